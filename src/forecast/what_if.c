// SPDX-License-Identifier: EUPL-1.2
#include "forecast/what_if.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool within(const struct what_if *w, int32_t day)
{
    return day >= w->day && (w->until <= 0 || day < w->until);
}

/* ---- the change ---- */

static bool change_workers(const struct what_if *w, struct arena *a, struct model *m)
{
    size_t n = m->workers, more = w->workers > 0 ? (size_t)w->workers : 0;
    struct model_worker *worker = arena_array(a, n + more + 1, sizeof *worker);

    if (worker == NULL || n + more > MODEL_WORKERS_MAX || (w->workers < 0 && (size_t)-w->workers >= n))
        return false;
    memcpy(worker, m->worker, n * sizeof *worker);
    for (size_t i = 0; i < more; i++)
        worker[n + i] =
            (struct model_worker){ .from = w->day, .to = w->until > 0 ? w->until - 1 : INT32_MAX };
    for (size_t i = n; w->workers < 0 && i > n - (size_t)-w->workers; i--)
        worker[i - 1].to = w->day - 1 < worker[i - 1].to ? w->day - 1 : worker[i - 1].to;
    m->worker = worker;
    m->workers = n + more;
    return true;
}

/* Hours a week change the time that there is for cases in proportion. */
static bool change_room(const struct what_if *w, size_t workers, struct arena *a, struct model *m)
{
    float *room = arena_array(a, (size_t)m->days, sizeof *room);
    float factor = w->room;

    if (room == NULL)
        return false;
    if (workers > 0)
        factor *= 1 + w->hours / (float)(workers * WHAT_IF_WEEK);
    for (int32_t d = 0; d < m->days; d++)
        room[d] = (m->room == NULL ? 1 : m->room[d]) * (!within(w, d) ? 1 : factor > 0 ? factor : 0);
    m->room = room;
    return true;
}

/* Spread over the list by the golden ratio, so that a small share takes workers with cases of all ages. */
static bool change_away(const struct what_if *w, struct arena *a, struct model *m)
{
    uint64_t *leave = arena_array(a, (size_t)m->days, sizeof *leave), away = 0;
    size_t n = (size_t)(w->away * (float)m->workers + 0.5f), taken = 0;

    if (leave == NULL)
        return false;
    for (uint32_t i = 0; taken < n && taken < m->workers; i++) {
        uint64_t bit = (uint64_t)1 << ((uint64_t)(i * 0x9e3779b9u) * m->workers >> 32);
        taken += (away & bit) == 0;
        away |= bit;
    }
    for (int32_t d = 0; d < m->days; d++)
        leave[d] = (m->leave == NULL ? 0 : m->leave[d]) | (within(w, d) ? away : 0);
    m->leave = leave;
    return true;
}

static bool change_arrivals(const struct what_if *w, struct arena *a, struct model *m)
{
    float *season = arena_array(a, (size_t)m->days, sizeof *season);

    if (season == NULL || !(w->arrivals >= 0))
        return false;
    for (int32_t d = 0; d < m->days; d++)
        season[d] = m->season[d] * (within(w, d) ? w->arrivals : 1);
    m->season = season;
    return true;
}

bool what_if_make(const struct model *m, const struct what_if *w, struct arena *a, struct model *ret_model)
{
    struct model next = *m;

    if (w->workers != 0 && (m->workers == 0 || !change_workers(w, a, &next)))
        return false;
    if ((w->room != 1 || w->hours != 0) && !change_room(w, m->workers, a, &next))
        return false;
    if (w->away > 0 && (m->workers == 0 || !change_away(w, a, &next)))
        return false;
    if (w->arrivals != 1 && !change_arrivals(w, a, &next))
        return false;
    if (w->order != NULL)
        next.order = w->order;
    if (!model_valid(&next))
        return false;
    *ret_model = next;
    return true;
}

/* ---- the effect ---- */

/* The wait at which the mid-distribution reaches `part`, in a straight line between days on which there are
 * turns (Ma, Genton & Parzen 2011, Ann. Inst. Stat. Math. 63:227-243): a quantile in whole days would jump
 * over the weekend where the change is a fraction of a day. NAN: of so many the end is not known. */
static double wait_at(const uint16_t *day, uint32_t n, const struct simulate_probe *p, int32_t days,
                      double part, uint32_t *count)
{
    double cum = 0, before = 0, want = part * n;
    int32_t last = -1;

    memset(count, 0, ((size_t)days + 1) * sizeof *count);
    for (uint32_t i = 0; i < n; i++)
        count[day[i]]++;
    for (int32_t d = 0; d < days; d++) {
        double mid = cum + count[d] / 2.0;

        if (count[d] == 0)
            continue;
        if (mid >= want)
            return (last < 0 ? d : last + (d - last) * (want - before) / (mid - before)) - p->day;
        cum += count[d];
        before = mid;
        last = d;
    }
    return count[days] == 0 && last >= 0 ? last - p->day : (double)NAN;
}

/* Of one change: the turn of each probe in each replication. */
struct runs {
    const uint16_t *base, *day; /* replications */
    uint32_t n;
    int32_t days;
    uint32_t *count;
};

static struct what_if_value value_of(const struct runs *r, const struct simulate_probe *p, double part)
{
    const double t = 2.262157; /* Student's 97.5 % with WHAT_IF_BATCHES - 1 degrees of freedom */
    double sum = 0, squares = 0, mean, half;
    struct what_if_value v;

    v.value = wait_at(r->day, r->n, p, r->days, part, r->count);
    v.change = v.value - wait_at(r->base, r->n, p, r->days, part, r->count);
    for (uint32_t i = 0; i < WHAT_IF_BATCHES; i++) {
        uint32_t from = (uint32_t)((uint64_t)r->n * i / WHAT_IF_BATCHES);
        uint32_t n = (uint32_t)((uint64_t)r->n * (i + 1) / WHAT_IF_BATCHES) - from;
        double one = wait_at(r->day + from, n, p, r->days, part, r->count) -
                     wait_at(r->base + from, n, p, r->days, part, r->count);

        sum += one;
        squares += one * one;
    }
    mean = sum / WHAT_IF_BATCHES;
    half =
        t * sqrt(fmax(0, squares - WHAT_IF_BATCHES * mean * mean) / (WHAT_IF_BATCHES - 1) / WHAT_IF_BATCHES);
    v.change_low = v.change - half;
    v.change_high = v.change + half;
    return v;
}

static void effect(const struct simulate_ask *ask, const uint16_t *base, const uint16_t *day, int32_t days,
                   uint32_t *count, struct what_if_out *ret)
{
    size_t streams = ask->probes / WHAT_IF_ASKED;

    for (size_t i = 0; i < ask->probes; i++) {
        struct runs r = { base + i * ask->replications, day + i * ask->replications, ask->replications, days,
                          count };

        ret->middle[i >= streams][i - (i >= streams) * streams] = value_of(&r, &ask->probe[i], 0.5);
        ret->p80[i >= streams][i - (i >= streams) * streams] = value_of(&r, &ask->probe[i], 0.8);
    }
}

bool what_if_run(const struct model *m, const struct what_if *change, size_t changes,
                 const struct what_if_ask *ask, struct arena *a, struct what_if_out **ret_out)
{
    struct simulate_probe probe[WHAT_IF_ASKED * HISTORY_STREAMS_MAX];
    size_t streams = m->order->streams;
    struct simulate_ask run = { .seed = ask->seed,
                                .replications = ask->replications,
                                .threads = ask->threads,
                                .probe = probe,
                                .probes = WHAT_IF_ASKED * streams };
    struct what_if_out *out = arena_array(a, changes + 1, sizeof *out);
    uint32_t *count = arena_array(a, (size_t)m->days + 1, sizeof *count);
    struct simulate_out base, one;
    struct model with;

    if (out == NULL || count == NULL || m->days <= WHAT_IF_LATE || ask->replications < WHAT_IF_BATCHES)
        return false;
    for (size_t i = 0; i < run.probes; i++)
        probe[i] = (struct simulate_probe){ i < streams ? WHAT_IF_SOON : WHAT_IF_LATE,
                                            (int16_t)(i < streams ? i : i - streams) };
    struct arena_mark begin = arena_mark(a);
    run.only_probes = true;
    run.shared = simulate_share(m, &run, changes + 1, a);
    size_t used = a->used;
    if (!simulate_run(m, &run, a, &base))
        return false;
    struct arena_mark mark = arena_mark_room(a, a->used - used);
    effect(&run, base.probe_day, base.probe_day, m->days, count, &out[0]);
    for (size_t k = 0; k < changes; k++) {
        if (!what_if_make(m, &change[k], a, &with) || !simulate_run(&with, &run, a, &one))
            return false;
        effect(&run, base.probe_day, one.probe_day, m->days, count, &out[k + 1]);
        arena_release(a, mark);
    }
    arena_release(a, begin);
    *ret_out = out;
    return true;
}
