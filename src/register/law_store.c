// SPDX-License-Identifier: EUPL-1.2
/* The legal track as it is stored, so that lists are quick. */
#include "base/text.h"
#include "register/config.h"
#include "register/law_step.h"
#include "store/sql.h"

static bool is_legal(const struct event *event, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (law_kind_is(event[i].kind))
            return true;
    return false;
}

/* Some term of ours or of the municipality may be running. */
static bool runs(const struct law *l)
{
    bool ended = l->ended_at != TIME_NONE;

    if (!ended && l->reported_at != TIME_NONE && l->account_at == TIME_NONE)
        return true;
    if (!ended && l->family_declined_at != TIME_NONE &&
        (l->plan_at == TIME_NONE || l->plan_at < l->family_declined_at))
        return true;
    if (!ended && l->written_asked_at != TIME_NONE && l->written_sent_at == TIME_NONE)
        return true;
    for (size_t i = 0; i < l->applications; i++) {
        const struct law_application *a = &l->application[i];
        bool settled = a->late.notice_at == TIME_NONE || a->late.paid_at != TIME_NONE;
        if (a->decided_at == TIME_NONE || law_objection_open(a) || !settled)
            return true;
    }
    return false;
}

/* The moment before which no duty of this track ends. A last day only moves on by time alone (a term that
 * stands still), so what is computed now holds until the next event, or until a setting or the
 * calendar changes (sql_law_awake). TIME_NONE: look at any time. */
static enum err sleeps_until(struct ctx *c, const struct law *l, int64_t *ret_until)
{
    int32_t first = DAY_NONE;
    struct law_options o;
    const struct config *k;
    struct law_term *t;
    size_t n;

    TRY(config_get(c, &k));
    TRY(law_options_get(c, &o));
    TRY(law_terms(c, &k->calendar, &o, l, c->now, &t, &n));
    for (size_t i = 0; i < n; i++)
        if (law_term_runs(&t[i]) && law_rule(t[i].kind)->duty && (first == DAY_NONE || t[i].now.due < first))
            first = t[i].now.due;
    *ret_until = first == DAY_NONE ? TIME_NONE : time_of_nl_day(first, 0);
    return OK;
}

static bool has_review(const struct law *l)
{
    for (size_t i = 0; i < l->applications; i++)
        if (l->application[i].review_at != TIME_NONE)
            return true;
    return false;
}

static enum err row_of(struct ctx *c, int64_t request, const struct law *l, struct sql_law_put_args *ret_row)
{
    bool letter = l->reported_at != TIME_NONE && l->account_at == TIME_NONE && l->letter_at == TIME_NONE &&
                  l->ended_at == TIME_NONE && l->applications == 0;
    int64_t asleep = TIME_NONE;
    bool running = runs(l) || has_review(l);

    if (running)
        TRY(sleeps_until(c, l, &asleep));
    *ret_row = (struct sql_law_put_args){
        request,       track_code(l->track), stage_code(l->stage), l->reported_at, l->researched_at,
        l->account_at, l->letter_at,         l->ended_at,          letter,         running,
        asleep
    };
    return OK;
}

static struct sql_application_insert_args application_row(int64_t request, const struct law_application *a)
{
    return (struct sql_application_insert_args){ request,           a->seq,         a->provision->code,
                                                 a->applied_at,     a->decided_at,  a->result,
                                                 a->late.notice_at, a->objected_at, a->objection_decided_at };
}

enum err law_store(struct ctx *c, int64_t request, const struct event *event, size_t n, int64_t added)
{
    int64_t refused;
    struct law l;

    if (!is_legal(event, n))
        return OK;
    TRY(law_replay(c, event, n, &l, &refused));
    if (refused != 0 && refused == added)
        return FAIL(E_CONFLICT, "%s", _("This step is not possible now. Look at the present state first."));
    if (refused != 0 && added != 0)
        return FAIL(E_CONFLICT, "%s",
                    _("A later step depends on this one. First take back what came after it."));
    struct sql_law_put_args row;
    TRY(row_of(c, request, &l, &row));
    TRY(sql_law_put(c, &row));
    TRY(sql_application_clear(c, request));
    for (size_t i = 0; i < l.applications; i++) {
        struct sql_application_insert_args a = application_row(request, &l.application[i]);
        TRY(sql_application_insert(c, &a));
    }
    return OK;
}

static bool same_application(const struct sql_application_all_row *row,
                             const struct sql_application_insert_args *a)
{
    return row->seq == a->seq && text_is(row->provision, a->provision) && row->applied_at == a->applied_at &&
           row->decided_at == a->decided_at && text_is(row->result, a->result) &&
           row->notice_at == a->notice_at && row->objected_at == a->objected_at &&
           row->objection_decided_at == a->objection_decided_at;
}

/* A sleep that ends too early only costs time. */
static bool same_law(const struct sql_law_get_row *row, const struct sql_law_put_args *l)
{
    return text_is(row->track, l->track) && text_is(row->stage, l->stage) &&
           row->reported_at == l->reported_at && row->researched_at == l->researched_at &&
           row->account_at == l->account_at && row->letter_at == l->letter_at &&
           row->ended_at == l->ended_at && row->letter == l->letter && row->running == l->running &&
           (row->asleep_until == TIME_NONE || row->asleep_until <= l->asleep_until);
}

enum err law_check(struct ctx *c, int64_t request, struct event *event, size_t n, bool *ret_same)
{
    struct sql_application_all_row *stored;
    struct sql_law_get_row *row;
    size_t rows, applications;
    int64_t refused;
    struct law l;

    TRY(sql_law_get(c, request, &row, &rows));
    TRY(sql_application_all(c, request, &stored, &applications));
    if (!is_legal(event, n)) {
        *ret_same = rows == 0 && applications == 0;
        return OK;
    }
    TRY(law_replay(c, event, n, &l, &refused));
    struct sql_law_put_args want;
    TRY(row_of(c, request, &l, &want));
    bool same = rows == 1 && applications == l.applications && same_law(&row[0], &want);
    for (size_t i = 0; same && i < applications; i++) { /* stored by number, played by day */
        const struct law_application *played = law_application_find(&l, stored[i].seq);
        if (played == NULL)
            same = false;
        else {
            struct sql_application_insert_args a = application_row(request, played);
            same = same_application(&stored[i], &a);
        }
    }
    *ret_same = same;
    return OK;
}
