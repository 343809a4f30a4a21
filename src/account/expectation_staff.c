// SPDX-License-Identifier: EUPL-1.2
/* Who can help, as far as it was written down: service, absence, and the part of the time that is promised to
 * places. */
#include "account/expectation_core.h"
#include "base/text.h"
#include "register/allocation.h"
#include "register/fte.h"
#include "register/presence.h"
#include "store/sql.h"

#include <string.h>

enum {
    WEEKS_BACK = 3 * 52, /* of presence */
    WEEKS_AHEAD = 53,
    PRESENCE_DAYS = 700, /* that are asked for at once */
    WEEK_MINUTES = 36 * 60,
};

/* The hours of the day, as they were written down by then; who was given a room without hours works a full
 * week, and who was given hours alone has that part of the room of the setting. */
static enum err hours_fill(struct ctx *c, const struct config *k, int64_t known,
                           const struct expectation_history *x, struct history_worker *w)
{
    struct sql_expectation_hours_row *r;
    size_t rows, at = 0;

    TRY(sql_expectation_hours(c, known, &r, &rows));
    for (size_t i = 0; i < x->h.workers; i++) {
        bool any = false;
        while (at < rows && r[at].worker < x->worker[i])
            at++;
        for (; at < rows && r[at].worker == x->worker[i]; at++) {
            if (!any || r[at].from_day <= x->day) /* before the first: what is agreed */
                w[i].hours = r[at].fte > 0 ? (float)r[at].fte / 100 : .01f;
            any = true;
        }
        if (!(w[i].room > 0))
            w[i].room = (w[i].hours > 0 ? w[i].hours : 1) * (float)k->room_full_time /
                        (float)weight_points(k, INT_NONE);
    }
    return OK;
}

/* Versions come by worker: the last one tells the facts, and the first that has a day tells since when that
 * is known. */
static enum err workers_fill(struct ctx *c, const struct config *k, int64_t known,
                             struct expectation_history *x)
{
    struct sql_expectation_workers_row *r;
    struct history_worker *w;
    int64_t *id;
    size_t rows, n = 0;

    TRY(sql_expectation_workers(c, known, &r, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *w, (void *)&w));
    TRY(ctx_alloc(c, rows + 1, sizeof *id, (void *)&id));
    for (size_t i = 0; i < rows; i++) {
        bool first = i == 0 || r[i].worker != r[i - 1].worker;
        int32_t written = r[i].recorded_at != TIME_NONE ? time_nl_day(r[i].recorded_at) : x->h.from;
        int32_t from = r[i].started_on != DAY_NONE ? r[i].started_on : x->h.from;
        int32_t to = r[i].ended_on != DAY_NONE ? r[i].ended_on : INT32_MAX;
        if (first) {
            id[n] = r[i].worker;
            w[n++] = (struct history_worker){ .from = from, .to = to, .known = written, .to_known = written };
        }
        struct history_worker *now = &w[n - 1];
        now->to_known = now->to != to ? written : now->to_known;
        now->from = from;
        now->to = to;
        now->team = expectation_list_of(x, r[i].team);
        /* points, of which a case of the usual weight takes some */
        now->room = r[i].room != INT_NONE ? (float)r[i].room / (float)weight_points(k, INT_NONE) : 0;
    }
    x->h.worker_of = n > 0 ? w : NULL;
    x->h.workers = n;
    x->worker = id;
    return hours_fill(c, k, known, x, w);
}

static uint32_t place_of(const struct expectation_history *x, int64_t worker)
{
    for (size_t i = 0; i < x->h.workers; i++)
        if (x->worker[i] == worker)
            return (uint32_t)i;
    return UINT32_MAX;
}

/* Leave ends on its expected day; other absence when its end was written down. */
static int32_t end_of(const struct sql_expectation_absences_row *r)
{
    if (r->ended_day != DAY_NONE)
        return r->ended_day;
    return text_is(r->kind, "leave") && r->until_day != DAY_NONE ? r->until_day : INT32_MAX;
}

static enum err absences_fill(struct ctx *c, int64_t known, struct expectation_history *x)
{
    struct sql_expectation_absences_row *r;
    struct history_absence *a, now = { 0 };
    size_t rows, n = 0;

    TRY(sql_expectation_absences(c, known, &r, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *a, (void *)&a));
    for (size_t i = 0; i < rows; i++) {
        int32_t written = time_nl_day(r[i].recorded_at), to = end_of(&r[i]);
        bool first = i == 0 || r[i].absence != r[i - 1].absence;
        if (first)
            now = (struct history_absence){
                .worker = place_of(x, r[i].worker), .known = written, .to = to, .to_known = written
            };
        now.to_known = now.to != to ? written : now.to_known;
        now.from = r[i].from_day;
        now.to = to;
        now.planned = !text_is(r[i].kind, "sick");
        bool last = i + 1 == rows || r[i + 1].absence != r[i].absence;
        if (last && !r[i].removed && now.worker != UINT32_MAX)
            a[n++] = now;
    }
    x->h.absence = a;
    x->h.absences = n;
    return OK;
}

/* ── Presence ─────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Minutes of work that a session took, or will take: `usual` workers when nobody wrote down how many. */
static double minutes_of(const struct presence *p, double usual)
{
    if (text_is(p->state, PRESENCE_CANCELLED) || text_is(p->state, PRESENCE_MOVED))
        return 0;
    bool held = p->held_from != INT_NONE && p->held_to != INT_NONE && p->held_to > p->held_from;
    int64_t length = held ? p->held_to - p->held_from : p->ends - p->starts;
    return (double)length * (p->workers > 0 ? (double)p->workers : usual);
}

static double usual_workers(const struct presence *p, size_t n)
{
    int64_t sessions = 0, workers = 0;

    for (size_t i = 0; i < n; i++)
        if (p[i].workers > 0) {
            sessions++;
            workers += p[i].workers;
        }
    return sessions > 0 ? (double)workers / (double)sessions : 1;
}

/* Minutes of presence by list and week, then divided by the hours of the team in that week. */
static enum err presence_add(struct ctx *c, const struct expectation_history *x, int32_t from, int32_t to,
                             float *share)
{
    struct presence_filter f = { .from = from, .to = to, .place = INT_NONE, .team = INT_NONE };
    struct presence *p;
    size_t n;

    TRY(presence_book_read(c, &f, &p, &n));
    double usual = usual_workers(p, n);
    for (size_t i = 0; i < n; i++) {
        size_t week = (size_t)(p[i].day - x->h.first_week) / 7;
        if (p[i].day >= x->h.first_week && week < x->h.weeks)
            share[(size_t)expectation_list_of(x, p[i].team) * x->h.weeks + week] +=
                (float)minutes_of(&p[i], usual);
    }
    return OK;
}

static enum err presence_fill(struct ctx *c, struct expectation_history *x)
{
    int32_t monday = x->day - (date_weekday(x->day) - 1), first = monday - 7 * WEEKS_BACK;
    struct fte_book book;
    float *share;

    while (first + 7 <= x->h.from)
        first += 7;
    x->h.first_week = first;
    x->h.weeks = (size_t)((monday - first) / 7) + WEEKS_AHEAD;
    int32_t last = first + 7 * (int32_t)x->h.weeks - 1;
    TRY(ctx_alloc(c, x->h.teams * x->h.weeks, sizeof *share, (void *)&share));
    memset(share, 0, x->h.teams * x->h.weeks * sizeof *share);
    for (int32_t from = first; from <= last; from += PRESENCE_DAYS) {
        int32_t to = from + PRESENCE_DAYS - 1;
        TRY(presence_add(c, x, from, to < last ? to : last, share));
    }
    TRY(fte_book_read(c, first, last, &book));
    for (size_t t = 0; t < x->h.teams; t++)
        for (size_t w = 0; w < x->h.weeks; w++) {
            int64_t fte =
                x->team[t] == INT_NONE ? 0 : fte_of_day(&book, x->team[t], first + 7 * (int32_t)w).actual;
            float *s = &share[t * x->h.weeks + w];
            *s = fte > 0 ? *s / ((float)(fte * WEEK_MINUTES) / 100) : 0;
            *s = *s > .9f ? .9f : *s; /* what was written down cannot be more than everybody's time */
        }
    x->h.presence = share;
    return OK;
}

enum err expectation_staff_read(struct ctx *c, const struct config *k, int64_t known,
                                struct expectation_history *x)
{
    TRY(workers_fill(c, k, known, x));
    TRY(absences_fill(c, known, x));
    return presence_fill(c, x);
}
