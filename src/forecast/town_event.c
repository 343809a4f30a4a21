// SPDX-License-Identifier: EUPL-1.2
/* The steps of one request of the made-up municipality, from its few dates: what was asked at the start, the
 * calls while it waited, and the help. */
#include "forecast/town_core.h"

#include <stdlib.h>

#define DAY ((int64_t)SECONDS_A_DAY)
#define REVIEW_DAYS 90 /* looking back together */

struct writing {
    const struct town *t;
    const struct town_request *q;
    struct rng rng;
    struct town_event *event;
    size_t n;
};

/* Typed in at once, or for a few some days later; never after now. */
static int64_t typed_at(struct writing *w, int64_t at, bool can_be_late)
{
    int64_t typed = at + 60 * (2 + (int64_t)rng_below(&w->rng, 20));

    if (can_be_late && rng_unit(&w->rng) < TOWN_LATE)
        typed += DAY * (4 + (int64_t)rng_below(&w->rng, 6));
    if (typed < w->q->recorded_at)
        typed = w->q->recorded_at;
    return typed > w->t->param.now ? w->t->param.now : typed;
}

static struct town_event *add(struct writing *w, enum town_step step, int64_t at)
{
    bool late = step == TOWN_REACHED || step == TOWN_PLAN_AGREED || step == TOWN_FIRST_TALK;

    if (at == TIME_NONE || at > w->t->param.now || w->n == TOWN_EVENTS_MAX)
        return NULL;
    struct town_event *e = &w->event[w->n++];
    *e = (struct town_event){
        .step = step, .at = at, .until = TIME_NONE, .pick = (uint32_t)(rng_next(&w->rng) >> 33)
    };
    e->recorded_at = step == TOWN_REGISTERED ? w->q->recorded_at : typed_at(w, at, late);
    return e;
}

static void triage(struct writing *w, int64_t at, uint8_t urgency)
{
    struct town_event *e = add(w, TOWN_TRIAGED, at);

    if (e != NULL)
        e->urgency = urgency;
}

/* The end of the waiting: the first talk, or leaving. TIME_NONE: it lasts. */
static int64_t wait_end(const struct writing *w)
{
    return w->q->started_at != TIME_NONE ? w->q->started_at : w->q->ended_at;
}

static void write_start(struct writing *w)
{
    const struct town_request *q = w->q;

    add(w, TOWN_REGISTERED, q->received_at);
    add(w, TOWN_SAFETY_CHECKED, q->recorded_at + 60);
    triage(w, q->recorded_at + 120, q->urgency);
    if (q->paused_at == TIME_NONE || q->paused_at > q->recorded_at) /* else the end of the pause does it */
        add(w, TOWN_QUEUED, q->recorded_at + 180);
    triage(w, q->worse_at, q->urgency_now);
    int64_t end = wait_end(w);
    if (q->paused_at != TIME_NONE && (end == TIME_NONE || q->paused_at < end)) {
        struct town_event *e = add(w, TOWN_PAUSED, q->paused_at);
        if (e != NULL)
            e->until = q->resumed_at;
        if (end == TIME_NONE || q->resumed_at < end)
            add(w, TOWN_RESUMED, q->resumed_at);
    }
}

/* Up to three tries on that and the next working days; where the last one ended. Returns whether someone was
 * reached. */
static bool call(struct writing *w, int32_t *day, int tries, int64_t end)
{
    for (int i = 0; i < tries; i++) {
        int64_t at = town_moment(&w->rng, *day, 9 * 3600, 16 * 3600 + 1800);
        bool reached = rng_unit(&w->rng) < TOWN_CALL_REACHED;
        if (at >= end)
            return true;
        add(w, reached ? TOWN_REACHED : TOWN_ATTEMPTED, at);
        if (reached)
            return true;
        *day = calendar_add_working(w->t->param.calendar, *day, 1 + (int32_t)rng_below(&w->rng, 2));
    }
    return false;
}

/* The call round: within fourteen days after the last talk when the round is kept, else a round later; who
 * was not spoken to for very long is called until it works. */
static void write_calls(struct writing *w, int64_t end)
{
    const struct town_param *p = &w->t->param;
    int32_t heard = time_nl_day(w->q->received_at), typed = time_nl_day(w->q->recorded_at), day = heard;

    while (time_of_nl_day(day, 0) < end) {
        bool kept = rng_unit(&w->rng) < town_call_share(town_month(p, day > typed ? day : typed));
        int32_t silence = kept ? 8 + (int32_t)rng_below(&w->rng, 6) : TOWN_CALL_DAYS;
        day = calendar_add_working(p->calendar, day + silence, 0);
        bool must = day - heard >= TOWN_SILENCE_MAX;
        if (day <= typed || (!kept && !must))
            continue;
        if (call(w, &day, must ? 8 : 3, end))
            heard = day;
    }
}

/* Before someone is taken off the list as unreachable: three more tries. */
static void write_last_tries(struct writing *w, int64_t end)
{
    int32_t day = time_nl_day(end);

    for (int i = 3; i > 0; i--) {
        int32_t then = calendar_add_working(w->t->param.calendar, day, -2 * i);
        int64_t at = town_moment(&w->rng, then, 9 * 3600, 16 * 3600);
        if (at > w->q->recorded_at)
            add(w, TOWN_ATTEMPTED, at);
    }
}

static void write_waiting(struct writing *w)
{
    const struct town_request *q = w->q;
    int64_t now = w->t->param.now, end = wait_end(w) < now && wait_end(w) != TIME_NONE ? wait_end(w) : now;

    if (q->end == TOWN_DUPLICATE)
        return;
    bool unreachable = q->end == TOWN_UNREACHABLE && q->ended_at <= now;
    write_calls(w, unreachable ? end - 7 * DAY : end);
    if (unreachable)
        write_last_tries(w, end);
    if (end - q->recorded_at > 30 * DAY && rng_unit(&w->rng) < .12)
        add(w, TOWN_BRIDGED,
            town_moment(&w->rng,
                        calendar_add_working(w->t->param.calendar, time_nl_day(q->recorded_at) + 21, 0),
                        9 * 3600, 16 * 3600));
}

static void write_allocation(struct writing *w)
{
    const struct town_request *q = w->q;
    int64_t room = q->allocated_at != TIME_NONE ? q->started_at - q->allocated_at : 0;

    add(w, TOWN_ALLOCATED, q->allocated_at);
    if (room > 3 * DAY && rng_unit(&w->rng) < .12) {
        add(w, TOWN_GIVEN_BACK, q->allocated_at + room / 3);
        add(w, TOWN_ALLOCATED, q->allocated_at + room / 2);
    }
    add(w, TOWN_FIRST_TALK, q->started_at);
}

static int64_t some_days_later(struct writing *w, int64_t at, int32_t least, int32_t most)
{
    int32_t day = time_nl_day(at) + least + (int32_t)rng_below(&w->rng, (uint64_t)most - (uint64_t)least + 1);

    return town_moment(&w->rng, calendar_add_working(w->t->param.calendar, day, 0), 9 * 3600, 16 * 3600);
}

static void write_help(struct writing *w)
{
    const struct town_request *q = w->q;
    int64_t at = q->started_at;

    if (q->started_at == TIME_NONE)
        return;
    if (q->work != TOWN_LIGHT) {
        at = some_days_later(w, at, 7, 28);
        if (at < q->ended_at)
            add(w, TOWN_PLAN_AGREED, at);
    }
    at = some_days_later(w, at, 1, q->work == TOWN_LIGHT ? 4 : 21);
    if (at >= q->ended_at)
        return;
    add(w, TOWN_HELP_STARTED, at);
    bool last = q->work != TOWN_LIGHT && at < q->ended_at - DAY && rng_unit(&w->rng) < .7;
    while ((at = some_days_later(w, at, REVIEW_DAYS - 10, REVIEW_DAYS + 10)) < q->ended_at - 30 * DAY) {
        add(w, TOWN_EVALUATED, at);
        add(w, TOWN_CONTINUED, at + 600);
    }
    if (last)
        add(w, TOWN_EVALUATED, q->ended_at - 1800);
}

static int by_recording(const void *pa, const void *pb)
{
    const struct town_event *a = pa, *b = pb;

    if (a->recorded_at != b->recorded_at)
        return a->recorded_at < b->recorded_at ? -1 : 1;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->step < b->step ? -1 : a->step > b->step;
}

/* Who waits and was not spoken to for nearly two weeks may be on today's call list. */
static void write_listed(struct writing *w)
{
    int64_t now = w->t->param.now, heard = w->q->received_at, end = wait_end(w);

    if ((end != TIME_NONE && end <= now) || w->q->end == TOWN_DUPLICATE)
        return;
    for (size_t i = 0; i < w->n; i++)
        if (w->event[i].step == TOWN_REACHED && w->event[i].at > heard)
            heard = w->event[i].at;
    if (now - heard > 12 * DAY && w->q->recorded_at < now - 4 * 3600 && rng_unit(&w->rng) < .3)
        add(w, TOWN_LISTED, now - 3 * 3600);
}

size_t town_events(const struct town *t, size_t i, struct town_event *ret_event)
{
    struct writing w = { .t = t, .q = &t->request[i], .event = ret_event };

    rng_seed(&w.rng, t->param.seed * 0x9e3779b97f4a7c15u + i);
    write_start(&w);
    write_waiting(&w);
    write_allocation(&w);
    write_help(&w);
    add(&w, TOWN_ENDED, w.q->ended_at);
    write_listed(&w);
    qsort(w.event, w.n, sizeof *w.event, by_recording);
    return w.n;
}
