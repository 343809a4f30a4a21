// SPDX-License-Identifier: EUPL-1.2
/* Who had which case in the made-up municipality: weights, taking a case, and handing over when a worker
 * left. */
#include "base/date.h"
#include "base/rng.h"
#include "base/text.h"
#include "register/demo_core.h"

struct writing {
    const struct demo *d;
    const struct town_request *q;
    struct demo_step *step;
    size_t n, room;
};

/* The last afternoon of a worker; TIME_NONE while they are here. */
static int64_t leaves_at(const struct demo *d, int32_t worker)
{
    int32_t to = d->town.worker[worker].to;

    return to == INT32_MAX ? TIME_NONE : time_of_nl_day(to, 15 * 3600);
}

/* Who takes a case over: of the same team and in service longer, of the same discipline when there is one;
 * spread by the number of the request. -1: nobody. */
static int32_t successor(const struct demo *d, int32_t worker, size_t request)
{
    const struct town_worker *old = &d->town.worker[worker];
    int32_t best = -1;

    for (size_t k = 0; k < d->town.workers; k++) {
        size_t i = (request * 7 + k) % d->town.workers;
        const struct town_worker *w = &d->town.worker[i];
        if (w->team != old->team || w->from > old->to || w->to <= old->to)
            continue;
        if (w->discipline == old->discipline)
            return (int32_t)i;
        best = best < 0 ? (int32_t)i : best;
    }
    return best;
}

static void put(struct writing *w, enum kind kind, int64_t at, int64_t worker, const char *reason)
{
    struct event e = EVENT_NONE;

    if (w->n >= w->room || at > w->d->town.param.now)
        return;
    e.kind = kind;
    e.occurred_at = e.recorded_at = at;
    e.account = w->d->lead[w->q->team];
    e.worker = worker;
    e.reason = reason;
    if (kind == KIND_ACCEPTED)
        e.account = w->d->helper[w->q->team];
    w->step[w->n++] = (struct demo_step){ e, NULL };
}

/* Who of the chain has the case at that moment. */
static int32_t holder_at(const struct demo *d, int32_t worker, size_t request, int64_t at)
{
    int64_t leaves = leaves_at(d, worker);

    while (leaves != TIME_NONE && leaves <= at) {
        int32_t next = successor(d, worker, request);
        if (next < 0)
            break;
        worker = next;
        leaves = leaves_at(d, worker);
    }
    return worker;
}

/* From one who left to the next, up to the end of the case. Most residents are told within a few days. */
static void hand_over(struct writing *w, size_t request, int64_t from)
{
    int64_t end = w->q->ended_at != TIME_NONE ? w->q->ended_at : INT64_MAX, now = w->d->town.param.now;
    int32_t worker = holder_at(w->d, w->q->worker, request, from);

    for (int64_t at = leaves_at(w->d, worker); at != TIME_NONE && at > from && at < end && at <= now;
         at = leaves_at(w->d, worker)) {
        int32_t next = successor(w->d, worker, request);
        if (next < 0)
            return;
        put(w, KIND_WORKER_CHANGED, at, w->d->worker[next], "left");
        int64_t told = at + SECONDS_A_DAY * (2 + (int64_t)(request % 4));
        if (told < end)
            put(w, KIND_INFORMED, told, INT_NONE, "worker");
        worker = next;
    }
}

size_t demo_allocation(const struct demo *d, size_t i, struct demo_step *step, size_t n, size_t room)
{
    struct writing w = { d, &d->town.request[i], step, n, room };
    int64_t last = TIME_NONE;

    for (size_t k = 0; k < n; k++) {
        struct event *e = &step[k].e;
        if (e->kind == KIND_GIVEN_BACK)
            last = TIME_NONE;
        if (e->kind != KIND_ALLOCATED)
            continue;
        e->number = w.q->work + 1;
        e->worker = d->worker[holder_at(d, w.q->worker, i, e->occurred_at)];
        e->reason = i % 9 == 0 ? "other_choice" : "proposed";
        last = e->occurred_at > e->recorded_at ? e->occurred_at : e->recorded_at;
    }
    if (last == TIME_NONE)
        return w.n;
    bool started = w.q->started_at != TIME_NONE && w.q->started_at <= d->town.param.now;
    if (!started && i % 5 != 0)
        put(&w, KIND_ACCEPTED, last + 3600, INT_NONE, NULL);
    hand_over(&w, i, last);
    return w.n;
}
