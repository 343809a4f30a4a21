// SPDX-License-Identifier: EUPL-1.2
/* Workers of 64 replications who go through the days of a block alone: while more people wait than there are
 * places, every free place is taken, whoever takes it, so nobody has to look at the others or at the list.
 * And the way back, when places were left after all. */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_ALONE_H
#define PEIL_FORECAST_SIMULATE_WIDE_ALONE_H

#include "forecast/simulate_wide_workers.h"

enum { ALONE = 8 /* workers side by side: no more than have their days in the cache */ };

/* A worker who goes through the days. */
struct alone {
    wide busy, cases, free;
    uint32_t w;
};

static WIDE_INLINE void alone_day(struct sim_batch *b, struct alone *p, int32_t day, bool first)
{
    uint8_t room = b->room_at[day % BATCH_BLOCK];

    if (first || room != b->room_at[(day - 1) % BATCH_BLOCK])
        p->cases = cases_of(b, p->w, b->room[room]);
    p->free = worker_day(b, p->w, day, &p->busy, p->cases);
    p->busy = bytes_add(p->busy, p->free);
    if (b->keeps_free)
        wide_store(b->free_by[p->w][day % BATCH_BLOCK], p->free);
}

/* The next of these workers; returns how many. */
static WIDE_INLINE uint32_t alone_some(uint64_t *who, struct alone *p)
{
    uint32_t n = 0;

    for (; *who != 0 && n < ALONE; *who &= *who - 1)
        p[n++].w = (uint32_t)_tzcnt_u64(*who);
    return n;
}

/* What n workers start today. */
static WIDE_INLINE void alone_starts(struct sim_batch *b, const struct alone *p, uint32_t n, struct starts *s)
{
    wide most = p[0].free;

    for (uint32_t i = 0; i < n; i++) {
        most = bytes_max(most, p[i].free);
        starts_add(b, s, bytes_gt(p[i].free, 0), p[i].w, 0);
    }
    for (uint8_t nth = 1; bytes_gt(most, nth) != 0; nth++)
        for (uint32_t i = 0; i < n; i++)
            starts_add(b, s, bytes_gt(p[i].free, nth), p[i].w, nth);
    starts_run(b, s);
}

/* A few workers at a time, from `day` up to `until`; free_of is what all of them took. */
WIDE static void workers_alone(struct sim_batch *b, int32_t day, int32_t until, uint64_t who)
{
    struct starts s;

    s.ends.n = 0;
    s.ends.more = 1;
    memset(b->free_of, 0, sizeof b->free_of);
    while (who != 0) {
        struct alone p[ALONE];
        uint32_t n = alone_some(&who, p);

        for (uint32_t i = 0; i < n; i++)
            p[i].busy = wide_load(b->busy[p[i].w]);
        for (s.day = day; s.day < until; s.day++) {
            for (uint32_t i = 0; i < n; i++)
                alone_day(b, &p[i], s.day, s.day == day);
            if (!b->t->m->working[s.day])
                continue;
            for (uint32_t i = 0; i < n; i += 2)
                bytes_add_to(b->free_of[s.day % BATCH_BLOCK], p[i].free,
                             i + 1 < n ? p[i + 1].free : wide_set(0));
            alone_starts(b, p, n, &s);
        }
        for (uint32_t i = 0; i < n; i++)
            wide_store(b->busy[p[i].w], p[i].busy);
    }
}

/* What they started on these days of the block is taken back. */
static WIDE_INLINE void starts_back(struct sim_batch *b, int32_t day, int32_t until, uint64_t who)
{
    struct starts s;

    s.ends.n = 0;
    s.ends.more = UINT8_MAX;
    while (who != 0) {
        struct alone p[ALONE];
        uint32_t n = alone_some(&who, p);

        for (s.day = day; s.day < until; s.day++) {
            for (uint32_t i = 0; i < n; i++)
                p[i].free = wide_load(b->free_by[p[i].w][s.day % BATCH_BLOCK]);
            alone_starts(b, p, n, &s);
        }
    }
}

/* These workers, who have gone through the block up to `until`, stand at the beginning of `day` again. */
WIDE static void workers_back(struct sim_batch *b, int32_t day, int32_t until, uint64_t who)
{
    int32_t begin = day - day % BATCH_BLOCK;

    starts_back(b, day, until, who);
    for (; who != 0; who &= who - 1) {
        uint32_t w = (uint32_t)_tzcnt_u64(who);
        wide busy = wide_load(b->busy_before[w]);

        b->present[w] = b->present_before[w];
        for (int32_t d = begin; d < day; d++) {
            worker_morning(b, w, d, &busy);
            busy = bytes_add(busy, wide_load(b->free_by[w][d % BATCH_BLOCK]));
        }
        wide_store(b->busy[w], busy);
    }
}

#endif
