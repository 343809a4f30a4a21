// SPDX-License-Identifier: EUPL-1.2
#include "register/outside_record.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "store/sql.h"

const struct code_name outside_lists[] = {
    { "experience", N_("Experience after a contact") },
    { "experience_question", N_("Questions after a contact") },
    { "invitation", N_("Invitations to tell the experience") },
    { "statement", N_("Survey of clients") },
    { "panel", N_("City panel") },
    { "partner_answer", N_("Survey of partners") },
    { "mirror", N_("Mirror talks") },
    { "work_sample", N_("Sample of working hours") },
    { "pattern", N_("Patterns in complaints and signals") },
    { "improvement", N_("Measures to do better") },
    { "published", N_("Published results") },
    { "advice", N_("Advice and questions") },
};
const size_t outside_list_count = COUNT(outside_lists);

/* In English, or as a Dutch file has it; E4 of the catalogue reads both. */
const struct code_name experience_questions[] = {
    { "heard", N_("Felt heard") },
    { "clear", N_("Knew what would happen") },
    { "helped", N_("Was helped by it") },
    { "gehoord", N_("Felt heard") },
    { "duidelijk", N_("Knew what would happen") },
    { "geholpen", N_("Was helped by it") },
};
const size_t experience_question_count = COUNT(experience_questions);

const char *outside_record_lacks(const struct outside_record *r)
{
    const char *list = r->list;

    if (text_is(list, "experience"))
        return r->number >= 1 && r->number <= 10 ? NULL : "number";
    if (text_is(list, "work_sample"))
        return text_empty(r->category) ? "category" : r->number >= 1 && r->number <= 1000 ? NULL : "number";
    if (text_is(list, "experience_question"))
        return r->category == NULL ||
                       !code_known(experience_questions, experience_question_count, r->category)
                   ? "category"
               : r->kept == INT_NONE ? "kept"
                                     : NULL;
    if (text_is(list, "statement"))
        return text_empty(r->category) ? "category" : r->kept == INT_NONE ? "kept" : NULL;
    if (text_is(list, "panel"))
        return r->known == INT_NONE && r->kept == INT_NONE ? "known" : NULL;
    if (text_is(list, "partner_answer") || text_is(list, "invitation"))
        return r->known == INT_NONE ? "known" : NULL;
    if (text_is(list, "published"))
        return r->kept == INT_NONE ? "kept" : NULL;
    if (text_is(list, "pattern") || text_is(list, "improvement") || text_is(list, "advice"))
        return r->due == DAY_NONE ? "due" : NULL;
    return text_is(list, "mirror") ? NULL : "list";
}

enum err outside_record_put(struct ctx *c, const struct outside_record *r, bool *ret_new)
{
    struct sql_outside_record_insert_row *added;
    size_t n;
    struct sql_outside_record_insert_args row = { .source_key = r->key,
                                                  .list = r->list,
                                                  .day = r->day,
                                                  .due = r->due,
                                                  .done = r->done,
                                                  .checked = r->checked,
                                                  .number = r->number,
                                                  .known = r->known,
                                                  .kept = r->kept,
                                                  .category = r->category,
                                                  .team = r->team,
                                                  .neighbourhood = r->neighbourhood,
                                                  .channel = r->channel,
                                                  .recorded_at = c->now,
                                                  .account = c->actor->account };

    TRY(may(c, RIGHT_IMPORT));
    TRY(sql_outside_record_insert(c, &row, &added, &n));
    *ret_new = n > 0;
    return OK;
}
