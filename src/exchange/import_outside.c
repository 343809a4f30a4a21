// SPDX-License-Identifier: EUPL-1.2
/* One line of a survey, or of a list that is kept elsewhere (register/outside_record.h). */
#include "base/date.h"
#include "base/text.h"
#include "exchange/import_run.h"
#include "register/outside_record.h"

#include <string.h>

#define CATEGORY_MAX 160 /* bytes; longer is a story, and may be about somebody */

static bool refuse(struct ctx *c, struct import_run *r, const struct csv_record *rec, enum mapping_field f,
                   const char *why)
{
    const char *name = r->m->column[f].name;

    import_reject(c, r, rec->line, name != NULL ? name : mapping_field_word(f), "%s", why);
    return false;
}

static bool day_get(struct ctx *c, struct import_run *r, const struct csv_record *rec, enum mapping_field f,
                    int32_t *ret_day)
{
    int64_t time;

    if (!import_time(c, r, rec, &r->m->column[f], &time))
        return false;
    *ret_day = time != TIME_NONE ? time_nl_day(time) : DAY_NONE;
    return true;
}

/* yes, no or not said. */
static bool answer_get(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                       enum mapping_field f, int64_t *ret_answer)
{
    static const char *const yes[] = { "1", "yes", "ja", "true", "waar" }, *const no[] = { "0", "no", "nee",
                                                                                           "false",
                                                                                           "onwaar" };
    const char *text;
    char low[16];

    *ret_answer = INT_NONE;
    if (!import_value(c, r, rec, &r->m->column[f], &text))
        return false;
    if (text_empty(text))
        return true;
    text_fold(low, sizeof low, text);
    for (size_t i = 0; i < COUNT(yes); i++) {
        if (text_is(yes[i], low))
            *ret_answer = 1;
        if (text_is(no[i], low))
            *ret_answer = 0;
    }
    return *ret_answer != INT_NONE || refuse(c, r, rec, f, _("is not yes or no"));
}

static bool record_get(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                       struct outside_record *o)
{
    const char *number;

    if (!import_value(c, r, rec, &r->m->column[MAPPING_LIST], &o->list) ||
        !day_get(c, r, rec, MAPPING_DAY, &o->day) || !day_get(c, r, rec, MAPPING_DUE, &o->due) ||
        !day_get(c, r, rec, MAPPING_DONE, &o->done) || !day_get(c, r, rec, MAPPING_CHECKED, &o->checked) ||
        !answer_get(c, r, rec, MAPPING_KNOWN, &o->known) || !answer_get(c, r, rec, MAPPING_KEPT, &o->kept) ||
        !import_value(c, r, rec, &r->m->column[MAPPING_NUMBER], &number) ||
        !import_value(c, r, rec, &r->m->column[MAPPING_CATEGORY], &o->category) ||
        !import_value(c, r, rec, &r->m->column[MAPPING_CHANNEL], &o->channel) ||
        !import_value(c, r, rec, &r->m->column[MAPPING_KEY], &o->key))
        return false;
    if (o->list == NULL || !code_known(outside_lists, outside_list_count, o->list))
        return refuse(c, r, rec, MAPPING_LIST, _("is not a list that Peil knows"));
    if (o->day == DAY_NONE)
        return refuse(c, r, rec, MAPPING_DAY, _("is empty"));
    if (number != NULL && !text_to_int(number, &o->number))
        return refuse(c, r, rec, MAPPING_NUMBER, _("is not a whole number"));
    if (o->category != NULL && strlen(o->category) > CATEGORY_MAX)
        return refuse(c, r, rec, MAPPING_CATEGORY, _("is too long for a kind"));
    return true;
}

static bool is_whole(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                     const struct outside_record *o)
{
    const char *lacks = outside_record_lacks(o);

    for (size_t i = 0; lacks != NULL && i < MAPPING_FIELD_COUNT; i++)
        if (text_is(mapping_field_word((enum mapping_field)i), lacks))
            return refuse(c, r, rec, (enum mapping_field)i,
                          o->number != INT_NONE && text_is(lacks, "number")
                              ? _("is not a number that is possible here")
                          : !text_empty(o->category) && text_is(lacks, "category")
                              ? _("is not one of the questions of this list")
                              : _("is needed for this list"));
    return lacks == NULL;
}

static enum err names_get(struct ctx *c, struct import_run *r, const struct csv_record *rec,
                          struct outside_record *o, bool *ret_taken)
{
    const char *team, *place;

    *ret_taken = import_value(c, r, rec, &r->m->column[MAPPING_TEAM], &team) &&
                 import_value(c, r, rec, &r->m->column[MAPPING_NEIGHBOURHOOD], &place);
    if (!*ret_taken)
        return OK;
    TRY(import_team(c, r, team, &o->team));
    return import_neighbourhood(c, r, place, &o->neighbourhood);
}

/* A file without numbers: equal lines are told apart by counting them, so that the same file gives the same
 * keys again. */
static enum err key_make(struct ctx *c, struct import_run *r, struct outside_record *o)
{
    struct buf b = { 0 };
    enum err e = OK;

    buf_printf(&b, "%s:", r->m->source);
    if (o->key != NULL) {
        buf_str(&b, o->key);
    } else {
        buf_printf(&b, "%s/%d/%d/%d/%d/%lld/%lld/%lld/%s/%lld/%lld", o->list, o->day, o->due, o->done,
                   o->checked, (long long)o->number, (long long)o->known, (long long)o->kept,
                   o->category != NULL ? o->category : "", (long long)o->team, (long long)o->neighbourhood);
        e = import_key_count(c, r, &b);
    }
    if (e == OK)
        e = b.failed ? FAIL(E_NOMEM, "%s", "") : ctx_copy(c, buf_text(&b), &o->key);
    buf_free(&b);
    return e;
}

enum err import_outside_line(struct ctx *c, struct import_run *r, const struct csv_record *rec)
{
    struct outside_record o = { .number = INT_NONE, .team = INT_NONE, .neighbourhood = INT_NONE };
    bool is_new, taken;

    if (!import_shape(c, r, rec) || !record_get(c, r, rec, &o) || !is_whole(c, r, rec, &o))
        return OK;
    TRY(names_get(c, r, rec, &o, &taken));
    if (!taken)
        return OK;
    TRY(key_make(c, r, &o));
    TRY(outside_record_put(c, &o, &is_new));
    r->report->answers_new += is_new;
    r->report->answers_known += !is_new;
    return OK;
}
