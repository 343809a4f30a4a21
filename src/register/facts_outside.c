// SPDX-License-Identifier: EUPL-1.2
/* Facts of what was counted outside the register: surveys, lists kept elsewhere (register/outside_record.h).
 */
#include "base/text.h"
#include "register/facts_table.h"
#include "store/sql.h"

static bool set_of(const char *list, enum fact_set *ret_set)
{
    static const struct {
        const char *list;
        enum fact_set set;
    } sets[] = {
        { "experience", FACT_EXPERIENCE },
        { "statement", FACT_STATEMENT },
        { "experience_question", FACT_EXPERIENCE_QUESTION },
        { "invitation", FACT_INVITATION },
        { "panel", FACT_PANEL },
        { "partner_answer", FACT_PARTNER_ANSWER },
        { "mirror", FACT_MIRROR },
        { "work_sample", FACT_WORK_SAMPLE },
        { "pattern", FACT_PATTERN },
        { "improvement", FACT_IMPROVEMENT },
        { "published", FACT_PUBLISHED },
        { "advice", FACT_ADVICE },
    };

    for (size_t i = 0; i < COUNT(sets); i++)
        if (text_is(sets[i].list, list)) {
            *ret_set = sets[i].set;
            return true;
        }
    return false;
}

/* A day that has not come yet is not known. */
static int64_t happened(const struct fact_filling *g, int32_t day)
{
    int64_t moment = fact_day_begin(day);

    return moment != TIME_NONE && moment <= g->at ? moment : TIME_NONE;
}

static enum err take_record(struct ctx *c, void *arg, const struct sql_outside_record_all_row *r)
{
    struct fact_filling *g = arg;
    enum fact_set set;
    size_t row;

    if (!set_of(r->list, &set))
        return OK;
    struct fact_table *t = &g->set[set];
    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = fact_day_begin(r->day);
    t->column[FACT_DUE][row] = fact_day_end(r->due);
    t->column[FACT_END][row] = happened(g, r->done);
    t->column[FACT_GONE][row] = happened(g, r->checked);
    t->column[FACT_NUMBER][row] = r->number;
    t->column[FACT_TIMES][row] = set == FACT_WORK_SAMPLE ? r->number : 1;
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    t->code[FACT_NEIGHBOURHOOD][row] = fact_place(g, r->neighbourhood);
    fact_mark(t, row, FACT_BIT(KNOWN), r->known == 1);
    fact_mark(t, row, FACT_BIT(ASKED), r->known != INT_NONE);
    fact_mark(t, row, FACT_BIT(JUDGED), r->kept != INT_NONE);
    fact_mark(t, row, FACT_BIT(KEPT), r->kept == 1);
    fact_since(t, t->column[FACT_AT][row]);
    if (r->channel != NULL)
        TRY(dictionary_code(c, &g->x->channel, r->channel, &t->code[FACT_CHANNEL][row]));
    return r->category != NULL ? dictionary_code(c, &g->kind, r->category, &t->code[FACT_KIND][row]) : OK;
}

enum err facts_outside_fill(struct ctx *c, struct fact_filling *g)
{
    static const enum fact_set sets[] = {
        FACT_EXPERIENCE, FACT_EXPERIENCE_QUESTION, FACT_INVITATION, FACT_STATEMENT,
        FACT_PANEL,      FACT_PARTNER_ANSWER,      FACT_MIRROR,     FACT_WORK_SAMPLE,
        FACT_PATTERN,    FACT_IMPROVEMENT,         FACT_PUBLISHED,  FACT_ADVICE
    };

    for (size_t i = 0; i < COUNT(sets); i++)
        TRY(fact_table_begin(c, &g->set[sets[i]],
                             FACT_C(AT) | FACT_C(DUE) | FACT_C(END) | FACT_C(GONE) | FACT_C(NUMBER) |
                                 FACT_C(TIMES),
                             FACT_K(TEAM) | FACT_K(NEIGHBOURHOOD) | FACT_K(CHANNEL) | FACT_K(KIND), 16));
    return sql_outside_record_all_each(c, time_nl_day(g->at), take_record, g);
}
