// SPDX-License-Identifier: EUPL-1.2
/* The workers of 64 replications, together, day by day: what they begin with, who is ill, how many places are
 * free, and what they start. Who goes through the days alone stands in simulate_wide_alone.h. The formulas
 * are those of simulate_plain.c and simulate_table.c, in the same order, so that every lane gives the same
 * numbers. */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_WORKERS_H
#define PEIL_FORECAST_SIMULATE_WIDE_WORKERS_H

#include "forecast/simulate_lanes.h"

enum { STARTS_MOST = 1024 /* that are collected */ };

/* sim_wait */
static WIDE_INLINE wide waits(const struct sim_table *t, wide u, wide_f mean)
{
    return wide_f_down(wide_f_mul(wide_f_gather(t->wait, wide_right(u, 32 - WAIT_BITS)), mean));
}

static WIDE_INLINE wide lanes_from(int group)
{
    return wide_add(wide_count(), wide_set((uint32_t)group * 16));
}

/* Where cases that end are counted: of sim_batch.ends. First all places, then all additions: what a wide
 * register has just written can only be read back piece by piece much later. */
struct endings {
    uint32_t at[STARTS_MOST];
    uint32_t n;
    uint8_t more; /* what each adds: 1; or 255, which takes it back */
};

static WIDE_INLINE void endings_put(const struct sim_batch *b, struct endings *e, uint32_t i, wide lane,
                                    wide day)
{
    wide_store(e->at + i, wide_add(wide_left(wide_min(day, wide_set(b->t->m->days)), 6), lane));
}

static WIDE_INLINE void endings_count(struct sim_batch *b, struct endings *e)
{
    if (b->log != NULL)
        sim_batch_log(b, e->at, e->n);
    uint8_t *ends = b->ends, more = e->more;
    uint32_t i = 0;

    for (; i + 4 <= e->n; i += 4) {
        ends[e->at[i]] = (uint8_t)(ends[e->at[i]] + more);
        ends[e->at[i + 1]] = (uint8_t)(ends[e->at[i + 1]] + more);
        ends[e->at[i + 2]] = (uint8_t)(ends[e->at[i + 2]] + more);
        ends[e->at[i + 3]] = (uint8_t)(ends[e->at[i + 3]] + more);
    }
    for (; i < e->n; i++)
        ends[e->at[i]] = (uint8_t)(ends[e->at[i]] + more);
    e->n = 0;
}

/* ---- the beginning ---- */

/* Of a running case in 16 lanes: the levels that are longer, and what has passed (sim_open_ends). */
struct lasted {
    wide level, passed;
    wide_f from;
};

static WIDE_INLINE struct lasted lasted_of(const struct sim_batch *b, int32_t open, int g)
{
    const struct sim_table *t = b->t;
    const wide tail = wide_set((1 << HELP_BITS) - HELP_TAIL), most = wide_set(t->lasted_n - 1);
    wide days = wide_set(open);
    wide_f lasted = wide_f_mul(wide_f_of(days), wide_f_load(b->inverse + 16 * g));
    wide at = wide_f_down(wide_f_add(wide_f_mul(lasted, wide_f_set(LASTED_STEPS)), wide_f_set(0.5f)));
    wide level = wide_gather_16(t->lasted, wide_min_u(at, most));
    uint32_t beyond = wide_gt(level, tail);

    return (
        struct lasted){ wide_min(level, tail), wide_if(beyond, wide_set(0), days),
                        wide_f_if(beyond, wide_f_set(t->help[(1 << HELP_BITS) - HELP_TAIL]), wide_f_set(0)) };
}

/* sim_open_ends */
static WIDE_INLINE void open_case(struct sim_batch *b, uint32_t worker, uint32_t c, struct endings *e)
{
    const struct sim_table *t = b->t;
    const wide n = wide_set(1 << HELP_BITS), one = wide_set(1);
    const wide place = wide_set(random_place(RANDOM_OPEN, 0, c));
    struct lasted l = lasted_of(b, t->m->open[c], 0);

    for (int g = 0; g < 4; g++) {
        wide_f duration = wide_f_load(b->duration + 16 * g);
        wide u = wide_random(place, wide_load(b->a + 16 * g), wide_load(b->b + 16 * g));

        if (g > 0 && !b->uniform)
            l = lasted_of(b, t->m->open[c], g);
        u = wide_mul(wide_right(u, 16), wide_sub(n, l.level));
        u = wide_add(l.level, wide_right(u, 16));
        wide_f lasts = wide_f_sub(wide_f_gather(t->help, u), l.from);
        wide day = wide_sub(wide_f_down(wide_f_mul(lasts, duration)), l.passed);
        day = wide_max(wide_add(day, one), one);
        if (t->m->worker[worker].back != 0) /* the work stands still until the worker is back */
            day = wide_add(day, wide_min(wide_load(b->change[worker] + 16 * g), wide_set(t->m->days)));
        endings_put(b, e, e->n, wide_add(lanes_from(g), wide_set((int64_t)(worker * b->rows * LANES))), day);
        e->n += 16;
    }
    if (e->n == STARTS_MOST)
        endings_count(b, e);
}

static WIDE_INLINE void health_begin(struct sim_batch *b, uint32_t w)
{
    const struct model *m = b->t->m;
    const struct model_worker *p = &m->worker[w];
    int32_t from = p->from > 0 ? p->from : 0;

    b->present[w] = p->back == 0 ? ~(uint64_t)0 : 0;
    for (int g = 0; g < 4; g++) {
        wide u = wide_random(wide_set(random_place(RANDOM_ILL, w, 0)), wide_load(b->a + 16 * g),
                             wide_load(b->b + 16 * g));
        wide wait = waits(b->t, u, wide_f_load((p->back < 0 ? b->well : b->ill) + 16 * g));
        wide day = wide_add(wait, wide_set(from + 1));

        wide_store(b->change[w] + 16 * g, p->back > 0 ? wide_set(p->back) : day);
        wide_store(b->changes[w] + 16 * g, wide_set(p->back <= 0));
    }
    for (uint32_t lane = 0; p->back_of != NULL && lane < LANES; lane++) { /* as model_back */
        b->change[w][lane] = p->back_of[(b->first_draw + lane) % m->draws];
        b->changes[w][lane] = 0;
    }
}

WIDE static void workers_begin(struct sim_batch *b, uint64_t who)
{
    const struct model *m = b->t->m;
    struct endings e;

    e.n = 0;
    e.more = 1;
    for (; who != 0; who &= who - 1) {
        uint32_t w = (uint32_t)_tzcnt_u64(who);

        memset(b->busy[w], (int)m->worker[w].case_n, LANES);
        memset(b->ends + w * b->rows * LANES, 0, b->rows * LANES);
        health_begin(b, w);
        for (uint32_t c = 0; c < m->worker[w].case_n; c++)
            open_case(b, w, m->worker[w].case_first + c, &e);
        endings_count(b, &e);
    }
}

/* ---- the days ---- */

/* When worker w falls ill or is back in the days of the block that begins today, in 16 lanes: `turns` gets a
 * bit a lane on each of those days. */
static WIDE_INLINE void health_lanes(struct sim_batch *b, uint32_t w, int g, int32_t until, uint64_t *turns)
{
    wide change = wide_load(b->change[w] + 16 * g), changes = wide_load(b->changes[w] + 16 * g);
    wide one = wide_set(1);
    uint32_t here = (uint32_t)(b->healthy[w] >> 16 * g) & 0xffff, now;
    uint32_t day[16];

    while ((now = wide_gt(wide_set(until), change)) != 0) {
        wide u = wide_random(wide_place(RANDOM_ILL, w, changes), wide_load(b->a + 16 * g),
                             wide_load(b->b + 16 * g));

        wide_store(day, change);
        for (uint32_t lanes = now; lanes != 0; lanes &= lanes - 1) {
            uint32_t i = _tzcnt_u32(lanes);
            turns[day[i] % BATCH_HEALTH] |= (uint64_t)1 << (16 * (uint32_t)g + i);
        }
        here ^= now;
        wide_f mean = wide_f_if(here, wide_f_load(b->ill + 16 * g), wide_f_load(b->well + 16 * g));
        wide next = wide_add(wide_add(waits(b->t, u, mean), one), change);
        change = wide_if(now, next, change);
        changes = wide_add_if(now, changes, one);
    }
    b->healthy[w] = (b->healthy[w] & ~((uint64_t)0xffff << 16 * g)) | (uint64_t)here << 16 * g;
    wide_store(b->change[w] + 16 * g, change);
    wide_store(b->changes[w] + 16 * g, changes);
}

/* sim_room, for the days of the block. */
static WIDE_INLINE void room_block(struct sim_batch *b, int32_t day, int32_t until)
{
    const struct model *m = b->t->m;
    uint32_t n = 0;

    for (int32_t d = day; d < until; d++) {
        if (d == day || m->room[d] != m->room[d - 1]) {
            for (uint32_t lane = 0; lane < LANES; lane++)
                b->room[n][lane] = sim_room_fixed(m, d, b->draw[lane]);
            n++;
        }
        b->room_at[d % BATCH_BLOCK] = (uint8_t)(n - 1);
    }
}

WIDE static void workers_block(struct sim_batch *b, int32_t day)
{
    const struct model *m = b->t->m;
    int32_t last = m->days - day;

    room_block(b, day, last < BATCH_BLOCK ? m->days : day + BATCH_BLOCK);
    if (day % BATCH_HEALTH != 0)
        return;
    memset(b->turns, 0, sizeof b->turns);
    for (uint32_t w = 0; w < m->workers; w++) {
        if (day == 0)
            b->healthy[w] = b->present[w];
        if ((b->turns_known >> w & 1) != 0) {
            size_t at = (size_t)(day / BATCH_HEALTH) * b->shared_workers + w;
            memcpy(b->turns[w], b->shared_turns + at * BATCH_HEALTH, sizeof *b->turns);
            continue;
        }
        for (int g = 0; g < 4; g++)
            health_lanes(b, w, g, last < BATCH_HEALTH ? m->days : day + BATCH_HEALTH, b->turns[w]);
    }
}

static WIDE_INLINE wide cases_of(const struct sim_batch *b, uint32_t w, const uint32_t *room)
{
    const wide more = wide_set((uint32_t)b->t->more[w]);
    wide cases[4];

    for (int g = 0; g < 4; g++) {
        wide shift = wide_add(wide_load(b->shift + 16 * g), wide_set(w * 0x9e3779b9u));
        wide n = wide_add(wide_add(wide_load(room + 16 * g), wide_right(shift, 24)), more);
        cases[g] = wide_min_u(wide_right(wide_max(n, wide_set(0)), 8), wide_set(250));
    }
    return bytes_of(cases);
}

static WIDE_INLINE void worker_morning(struct sim_batch *b, uint32_t w, int32_t day, wide *busy)
{
    if (day == 0)
        return;
    *busy = bytes_sub(*busy, wide_load(b->ends + (w * b->rows + (size_t)day) * LANES));
    b->present[w] ^= b->turns[w][day % BATCH_HEALTH];
}

/* The morning of a worker; returns the free places if help starts today. */
static WIDE_INLINE wide worker_day(struct sim_batch *b, uint32_t w, int32_t day, wide *busy, wide cases)
{
    const struct sim_table *t = b->t;

    worker_morning(b, w, day, busy);
    if (!t->m->working[day] || (t->here[day] >> w & 1) == 0)
        return wide_set(0);
    return bytes_rest(b->present[w] & b->active, cases, *busy);
}

/* What workers start on a day: lane, worker, and the how-manieth start. Collected first, so that sixteen run
 * at a time whoever they are of, and none of them waits for how many there are. */
struct starts {
    uint8_t lane[STARTS_MOST], who[STARTS_MOST], nth[STARTS_MOST];
    int32_t day;
    struct endings ends; /* of as many */
};

static WIDE_INLINE void starts_run(struct sim_batch *b, struct starts *s)
{
    const struct sim_table *t = b->t;
    const wide today = wide_set(sim_help_at(0, (uint32_t)s->day, 0));
    const wide tomorrow = wide_set((uint32_t)s->day + 1), worker = wide_set((uint32_t)b->rows * LANES);

    for (uint32_t i = 0; i < s->ends.n; i += 16) {
        wide lane = wide_load_8(s->lane + i), who = wide_load_8(s->who + i);
        wide place = wide_add(wide_add(today, wide_load_8(s->nth + i)), wide_left(who, 22));
        wide u = wide_random(place, wide_pick_64(b->a, lane), wide_pick_64(b->b, lane));
        wide_f level = wide_f_gather(t->help, wide_right(u, 32 - HELP_BITS));
        wide duration = b->uniform ? wide_load(b->duration) : wide_pick_64(b->duration, lane);
        wide lasts = wide_f_down(wide_f_mul(level, wide_f_bits(duration)));

        endings_put(b, &s->ends, i, wide_add(lane, wide_mul(who, worker)), wide_add(lasts, tomorrow));
    }
    endings_count(b, &s->ends);
}

static WIDE_INLINE void starts_add(struct sim_batch *b, struct starts *s, uint64_t lanes, uint32_t who,
                                   uint32_t nth)
{
    uint32_t n = s->ends.n;

    if (n > STARTS_MOST - LANES) {
        starts_run(b, s);
        n = 0;
    }
    bytes_put(s->lane + n, lanes);
    wide_store(s->who + n, bytes_set((uint8_t)who));
    wide_store(s->nth + n, bytes_set((uint8_t)nth));
    s->ends.n = n + (uint32_t)_mm_popcnt_u64(lanes);
}

/* One day of all workers up to the turns. */
WIDE static void workers_places(struct sim_batch *b, int32_t day)
{
    uint8_t room = b->room_at[day % BATCH_BLOCK];

    memset(b->free_of[day % BATCH_BLOCK], 0, sizeof *b->free_of);
    b->starters = 0;
    for (uint32_t w = 0; w < b->t->m->workers; w++) {
        wide busy = wide_load(b->busy[w]);

        if (!b->has_cases || room != b->room_at[(day - 1) % BATCH_BLOCK])
            wide_store(b->cases[w], cases_of(b, w, b->room[room]));
        wide free = worker_day(b, w, day, &busy, wide_load(b->cases[w]));
        wide_store(b->busy[w], busy);
        if (bytes_gt(free, 0) == 0)
            continue;
        wide_store(b->free[w], free);
        b->starters |= (uint64_t)1 << w;
        bytes_add_to(b->free_of[day % BATCH_BLOCK], free, wide_set(0));
    }
    b->has_cases = true;
}

/* And from the turns on. */
WIDE static void workers_start(struct sim_batch *b, int32_t day)
{
    struct starts s;

    s.day = day;
    s.ends.n = 0;
    s.ends.more = 1;
    for (uint64_t who = b->starters; who != 0; who &= who - 1) {
        uint32_t w = (uint32_t)_tzcnt_u64(who);
        wide free = wide_load(b->free[w]);
        uint64_t lanes = bytes_gt(free, 0);

        wide_store(b->busy[w], bytes_add(wide_load(b->busy[w]), free));
        for (uint32_t nth = 0; lanes != 0; lanes = bytes_gt(free, (uint8_t)++nth))
            starts_add(b, &s, lanes, w, nth);
    }
    starts_run(b, &s);
}

#endif
