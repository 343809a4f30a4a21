// SPDX-License-Identifier: EUPL-1.2
/* What drives a waiting list, counted from what was known on a day. */
#include "account/expectation.h"
#include "account/expectation_history.h"
#include "forecast/estimate.h"
#include "register/state.h"

#include <math.h>

enum { LATELY = 8, AHEAD = 8, LONG = 26, WEEK = 7 }; /* weeks */

struct driving {
    const struct expectation_history *x;
    int team;
    struct expected_driver *driver;
    size_t n;
};

static void add(struct driving *d, const char *name, double value)
{
    if (isfinite(value) && d->n < EXPECTATION_DRIVERS)
        d->driver[d->n++] = (struct expected_driver){ name, value };
}

static bool of_list(const struct driving *d, size_t i)
{
    return d->team < 0 || d->x->h.team[i] == d->team;
}

static bool within(const struct history_fact *f, int32_t after, int32_t to)
{
    return f->at != TICK_NONE && f->at > after && f->at <= to;
}

struct counts {
    double came, urgent, began, gone, ended, open, waiting;
};

static bool by(const struct history_fact *f, int32_t day)
{
    return f->at != TICK_NONE && f->at <= day;
}

/* What happened in the weeks that end `ago` weeks before the day; open, waiting: helped and waiting at its
 * end.
 */
static struct counts count(const struct driving *d, int ago, int weeks)
{
    const struct history *h = &d->x->h;
    int32_t to = d->x->day - WEEK * ago, after = to - WEEK * weeks;
    struct counts k = { 0 };

    for (size_t i = 0; i < h->n; i++) {
        if (!of_list(d, i))
            continue;
        bool in = within(&h->received[i], after, to);
        k.came += in;
        k.urgent += in && h->stream[i] >= 0 && h->stream[i] < 4; /* emergencies and "soon" come first */
        k.began += within(&h->started[i], after, to);
        k.gone += within(&h->left[i], after, to);
        k.ended += within(&h->closed[i], after, to);
        k.open += by(&h->started[i], to) && !by(&h->closed[i], to);
        k.waiting += by(&h->received[i], to) && !by(&h->started[i], to) && !by(&h->left[i], to) &&
                     (h->lost == NULL || !by(&h->lost[i], to));
    }
    return k;
}

static void count_weeks(struct driving *d)
{
    struct counts k = count(d, 0, LATELY), before = count(d, LATELY, LONG);

    add(d, "arrivals_week", k.came / LATELY);
    add(d, "starts_week", k.began / LATELY);
    add(d, "left_week", k.gone / LATELY);
    add(d, "closed_week", k.ended / LATELY);
    add(d, "urgent_share", k.came > 0 ? k.urgent / k.came : NAN);
    add(d, "open_cases", k.open);
    if (d->x->h.from > d->x->day - WEEK * (LATELY + LONG))
        return; /* the register is too young to compare */
    add(d, "arrivals_before", before.came / LONG);
    add(d, "starts_before", before.began / LONG);
    add(d, "urgent_before", before.came > 0 ? before.urgent / before.came : NAN);
}

/* How long help takes, on average of all: who is helped at the same time over who begins or ends in a week
 * (Little 1961, Operations Research 9:383-387; over a stretch in which the number grows or falls the mean of
 * begins and ends: Little & Graves 2008, in: Building Intuition, ch. 5). */
static void count_help(struct driving *d)
{
    int weeks = (d->x->day - d->x->h.from) / WEEK < LONG ? (d->x->day - d->x->h.from) / WEEK : LONG;
    double open = 0, waiting = 0;

    if (weeks < LATELY)
        return;
    for (int w = 0; w < weeks; w++) {
        struct counts one = count(d, w, 1);
        open += one.open / weeks;
        waiting += one.waiting / weeks;
    }
    struct counts k = count(d, 0, weeks);
    double turn = (k.began + k.ended) / 2 / weeks;
    add(d, "helped", open);
    add(d, "help_weeks", turn > 0 && k.ended > 0 ? open / turn : NAN);
    add(d, "leave_rate", waiting > 0 ? fmin(k.gone / weeks / waiting, .5) : NAN);
}

/* ── Staff ────────────────────────────────────────────────────────────────────────────────────────────────
 */

static bool serves(const struct driving *d, const struct history_worker *w, int32_t day)
{
    return w->from <= day && w->to >= day && (d->team < 0 || w->team == d->team);
}

static bool away(const struct history *h, size_t worker, int32_t day, bool planned_only)
{
    for (size_t k = 0; k < h->absences; k++)
        if (h->absence[k].worker == worker && h->absence[k].from <= day && h->absence[k].to >= day &&
            (!planned_only || h->absence[k].planned))
            return true;
    return false;
}

/* Who serves and who is away today; leave in the coming weeks. */
static void count_staff(struct driving *d)
{
    const struct history *h = &d->x->h;
    double there = 0, absent = 0, hours = 0, leave = 0, days = 0;
    int32_t day = d->x->day;

    for (size_t i = 0; i < h->workers; i++) {
        const struct history_worker *w = &h->worker_of[i];
        if (serves(d, w, day)) {
            there++;
            hours += w->hours > 0 ? (double)w->hours : 1;
            absent += away(h, i, day, false);
        }
        for (int32_t ahead = day + 1; ahead <= day + WEEK * AHEAD; ahead++) {
            days += serves(d, w, ahead);
            leave += serves(d, w, ahead) && away(h, i, ahead, true);
        }
    }
    add(d, "workers", there);
    add(d, "hours", hours);
    add(d, "absence_share", there > 0 ? absent / there : NAN);
    add(d, "leave_planned", days > 0 ? leave / days : NAN);
}

/* The part of the working time that places take, in these weeks and the next. */
static void count_presence(struct driving *d)
{
    const struct history *h = &d->x->h;
    double before = 0, after = 0;
    int32_t day = d->x->day;
    size_t n_before = 0, n_after = 0;

    for (size_t t = 0; t < h->teams && h->presence != NULL; t++)
        for (size_t w = 0; w < h->weeks; w++) {
            int32_t monday = h->first_week + WEEK * (int32_t)w;
            double share = (double)h->presence[t * h->weeks + w];
            bool near = monday > day - WEEK * LATELY && monday <= day + WEEK * AHEAD;
            if ((d->team >= 0 && (int)t != d->team) || (d->team < 0 && d->x->team[t] == INT_NONE) || !near)
                continue;
            before += monday <= day ? share : 0;
            after += monday <= day ? 0 : share;
            n_before += monday <= day;
            n_after += monday > day;
        }
    add(d, "presence_share", n_before > 0 ? before / (double)n_before : NAN);
    add(d, "presence_planned", n_after > 0 ? after / (double)n_after : NAN);
}

/* Days from Monday to Friday on which nobody works, in the coming weeks. */
static void count_holidays(struct driving *d)
{
    double off = 0;

    for (int32_t day = d->x->day + 1; day <= d->x->day + WEEK * AHEAD; day++)
        off +=
            date_weekday(day) <= 5 && d->x->h.working != NULL && !calendar_is_working(d->x->h.working, day);
    add(d, "holidays", off);
}

size_t expectation_drivers(const struct expectation_history *x, int team, struct expected_driver *ret_driver)
{
    struct driving d = { .x = x, .team = team, .driver = ret_driver };

    count_weeks(&d);
    count_help(&d);
    count_staff(&d);
    count_presence(&d);
    count_holidays(&d);
    return d.n;
}

enum err expectation_leaving(struct ctx *c, const struct expectation_history *x, int team,
                             struct expected_driver *driver, size_t *n)
{
    static const struct {
        int64_t urgency;
        const char *name;
    } of[] = { { URGENCY_SOON, "leave_rate_soon" },
               { URGENCY_NORMAL, "leave_rate_normal" },
               { URGENCY_LATER, "leave_rate_later" } };
    struct driving d = { .x = x, .team = team, .driver = driver, .n = *n };
    struct arena_mark before = arena_mark(c->arena);
    struct turn_stream stream[TURN_STREAMS];
    struct estimate_leaving l;
    size_t streams = turn_streams(stream);

    if (!estimate_leaving(&x->h, x->day, team, x->order.streams, c->arena, &l))
        return FAIL(E_NOMEM, "%s", "");
    arena_release(c->arena, before);
    for (size_t k = 0; k < COUNT(of); k++) {
        double left = 0, waited = 0;

        for (size_t s = 0; s < streams && s < x->order.streams; s++)
            if (stream[s].urgency == of[k].urgency) {
                left += l.chance[s] * l.waited[s];
                waited += l.waited[s];
            }
        add(&d, of[k].name, waited > 0 ? -expm1(WEEK * log1p(-left / waited)) : NAN);
    }
    *n = d.n;
    return OK;
}
