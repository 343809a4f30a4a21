// SPDX-License-Identifier: EUPL-1.2
/* Partners and their agreements, places, consultation hours and sessions, groups, calls that were counted. */
#include "register/phone.h"
#include "register/presence.h"
#include "register/record_core.h"

static enum err same_partner(struct ctx *c, const struct sql_partner_after_row *row, const struct played *p,
                             bool *ret_same)
{
    const struct happening *stage = NULL;

    (void)c;
    for (size_t i = 0; i < p->n; i++) /* the stage that was reached last */
        if (text_is(p->h[i].kind, "stage") && (stage == NULL || p->h[i].occurred_at >= stage->occurred_at))
            stage = &p->h[i];
    *ret_same = row->version == (int64_t)p->n && stage != NULL && text_is(row->stage, stage->reason) &&
                row->ended_on == record_day(record_last(p, "ended"));
    return OK;
}

static enum err same_agreement(struct ctx *c, const struct sql_agreement_after_row *row,
                               const struct played *p, bool *ret_same)
{
    const struct happening *judged = record_last(p, "judged");

    (void)c;
    *ret_same = p->n > 0 && row->version == (int64_t)p->n &&
                row->kept == (judged != NULL ? judged->number : INT_NONE) &&
                row->judged_on == record_day(judged) && row->ends_on == record_day(record_last(p, "ended"));
    return OK;
}

/* Open since the first opening; closed when that was the last thing that happened. */
static enum err same_place(struct ctx *c, const struct sql_place_after_row *row, const struct played *p,
                           bool *ret_same)
{
    int32_t opened_on = DAY_NONE, closed_on = DAY_NONE;

    (void)c;
    for (size_t i = 0; i < p->n; i++) {
        bool opens = text_is(p->h[i].kind, "opened");
        if (opens && opened_on == DAY_NONE)
            opened_on = record_day(&p->h[i]);
        if (opens || text_is(p->h[i].kind, "closed"))
            closed_on = opens ? DAY_NONE : record_day(&p->h[i]);
    }
    *ret_same = row->version == (int64_t)p->n && row->opened_on == opened_on && row->closed_on == closed_on;
    return OK;
}

static enum err same_hour(struct ctx *c, const struct sql_hour_after_row *row, const struct played *p,
                          bool *ret_same)
{
    const struct happening *ended = record_last(p, "ended");

    (void)c;
    *ret_same =
        p->n > 0 && row->version == (int64_t)p->n &&
        (ended == NULL || (row->last_day != DAY_NONE &&
                           (ended->until == TIME_NONE || time_nl_day(ended->until) == row->last_day)));
    return OK;
}

struct tally {
    int64_t solved, requests, unhandled, questions;
};

static enum err tally_of(struct ctx *c, int64_t session, struct tally *ret_tally)
{
    struct sql_presence_questions_row *q;
    struct tally t = { 0 };
    size_t n;

    TRY(sql_presence_questions(c, session, &q, &n));
    for (size_t i = 0; i < n; i++) {
        bool counts = !text_is(q[i].outcome, "undone");
        for (size_t k = 0; k < n; k++)
            counts = counts && q[k].undoes != q[i].seq;
        t.questions += counts;
        t.solved += counts && text_is(q[i].outcome, "solved");
        t.requests += counts && text_is(q[i].outcome, "request");
        t.unhandled += counts && text_is(q[i].outcome, "unhandled");
    }
    *ret_tally = t;
    return OK;
}

static bool off(const char *kind)
{
    return text_is(kind, PRESENCE_CANCELLED) || text_is(kind, PRESENCE_MOVED);
}

static enum err same_session(struct ctx *c, const struct sql_presence_after_row *row, const struct played *p,
                             bool *ret_same)
{
    const char *state = PRESENCE_PROMISED, *reason = NULL;
    int64_t visitors = INT_NONE;
    struct tally t;

    TRY(tally_of(c, row->id, &t));
    for (size_t i = 0; i < p->n; i++) {
        const struct happening *h = &p->h[i];
        if (off(h->kind) || text_is(h->kind, PRESENCE_HELD) || text_is(h->kind, PRESENCE_OPEN))
            state = h->kind;
        if (off(h->kind))
            reason = h->reason;
        if (text_is(h->kind, PRESENCE_HELD))
            visitors = h->number;
    }
    *ret_same = p->n > 0 && row->version == (int64_t)p->n && text_is(row->state, state) &&
                text_is(row->reason, reason) && row->visitors == visitors && row->solved == t.solved &&
                row->requests == t.requests && row->unhandled == t.unhandled && row->questions == t.questions;
    return OK;
}

static enum err same_group(struct ctx *c, const struct sql_group_after_row *row, const struct played *p,
                           bool *ret_same)
{
    const struct happening *last = p->n > 0 ? &p->h[p->n - 1] : NULL;

    (void)c;
    *ret_same =
        last != NULL && row->version == (int64_t)p->n && row->stopped == text_is(last->kind, "stopped");
    return OK;
}

RECORD_CHECK(check_partners, partner_after, "partner", "partner", same_partner);
RECORD_CHECK(check_agreements, agreement_after, "agreement", "agreement", same_agreement);
RECORD_CHECK(check_places, place_after, "place", "place", same_place);
RECORD_CHECK(check_hours, hour_after, "walk_in_hour", "walk_in_hour", same_hour);
RECORD_CHECK(check_sessions, presence_after, "presence", "presence", same_session);
RECORD_CHECK(check_groups, group_after, "group_programme", "group", same_group);

/* Half hours have no number of their own: they are known by their day and time. */
static enum err check_counts(struct ctx *c, struct records *r)
{
    struct sql_phone_count_after_row *row;
    int64_t half_hour = -1;
    int32_t day = 0;
    size_t n = 1;

    while (n > 0) {
        struct arena_mark mark = arena_mark(c->arena);
        TRY(sql_phone_count_after(c, day, half_hour, &row, &n));
        for (size_t i = 0; i < n; i++) {
            int64_t id = (int64_t)row[i].day * PHONE_HALF_HOURS + row[i].half_hour;
            struct played p;
            TRY(record_steps(c, "phone_count", id, &p));
            record_put(r, "phone_count", id,
                       p.n > 0 && row[i].version == (int64_t)p.n && row[i].offered == p.h[p.n - 1].number);
        }
        if (n > 0) {
            day = row[n - 1].day;
            half_hour = row[n - 1].half_hour;
        }
        arena_release(c->arena, mark);
    }
    return OK;
}

enum err record_check_places(struct ctx *c, struct records *r)
{
    TRY(check_partners(c, r));
    TRY(check_agreements(c, r));
    TRY(check_places(c, r));
    TRY(check_hours(c, r));
    TRY(check_sessions(c, r));
    TRY(check_groups(c, r));
    return check_counts(c, r);
}
