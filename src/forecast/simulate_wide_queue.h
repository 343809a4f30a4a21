// SPDX-License-Identifier: EUPL-1.2
/* Who asks from day 0 on, in the order of asking: a column of each stream in each lane. An entry says on
 * which day somebody asks and on which they have left, so that a turn is one look. Probes stand among them,
 * behind the others of their day, and have left at once: they take no place.
 *
 * There is room for nearly all; who comes after that is found by counting (queue_seek). */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_QUEUE_H
#define PEIL_FORECAST_SIMULATE_WIDE_QUEUE_H

#include "forecast/simulate_lanes.h"

#define QUEUE_ASKED 16     /* the day of asking stands above so many bits, the day of leaving below */
#define QUEUE_LEFT 0xffffu /* 0: a probe */

/* The day of leaving of who asked on `since` and has number u, in sixteen lanes (leaves_on of
 * simulate_list.c). */
static WIDE_INLINE wide leaves_on(const struct sim_batch *b, int32_t since, wide u, wide_f mean)
{
    wide_f wait = wide_f_gather(b->t->wait, wide_right(u, 32 - WAIT_BITS));
    wide day = wide_add(wide_f_down(wide_f_mul(wait, mean)), wide_set((int64_t)since + 1));

    return wide_min(day, wide_set(QUEUE_LEFT));
}

/* Where entries k of sixteen lanes stand, the first of these lanes at 0. */
static WIDE_INLINE wide queue_places(const struct sim_batch *b, size_t s, wide k)
{
    return wide_add(wide_min(k, wide_set(b->later_room[s] - 1)),
                    wide_mul(wide_count(), wide_set((int64_t)b->queue_lane)));
}

static WIDE_INLINE void queue_put(struct sim_batch *b, size_t s, uint32_t g, uint32_t in, wide entry)
{
    wide asks = wide_load(b->asks[s] + 16 * g), last = wide_set(b->later_room[s] - 1);

    entry = wide_if(wide_gt(last, asks), entry, wide_set(SIM_BEYOND));
    wide_scatter(in, b->queue + 16 * g * b->queue_lane + b->later[s], queue_places(b, s, asks), entry);
    wide_store(b->asks[s] + 16 * g, wide_add_if(in, asks, wide_set(1)));
}

/* Requests with these numbers, in these lanes. */
static WIDE_INLINE void queue_ask(struct sim_batch *b, size_t s, uint32_t g, uint32_t in, int32_t day,
                                  wide number)
{
    wide u = wide_random(wide_place(RANDOM_LEAVE_LATER, (uint32_t)s, number), wide_load(b->a + 16 * g),
                         wide_load(b->b + 16 * g));
    wide left = leaves_on(b, day, u, wide_f_load(b->leaves[s] + 16 * g));

    queue_put(b, s, g, in, wide_or(wide_set((int64_t)day << QUEUE_ASKED), left));
}

/* Place k of a stream, counted: as queue_ask and the probes of its day. */
static uint32_t queue_seek(const struct sim_batch *b, size_t s, uint32_t lane, uint32_t k)
{
    const uint16_t *came = b->list[lane].came[s];
    const uint8_t *probes = b->t->probes + s * (size_t)b->t->m->days;
    uint32_t day = 0, number = 0;

    for (; k >= (uint32_t)came[(size_t)day * LANES] + probes[day]; day++) {
        k -= (uint32_t)came[(size_t)day * LANES] + probes[day];
        number += came[(size_t)day * LANES];
    }
    if (k >= came[(size_t)day * LANES])
        return day << QUEUE_ASKED;
    uint32_t u = random_at(b->list[lane].key, random_place(RANDOM_LEAVE_LATER, (uint32_t)s, number + k));
    uint32_t left = day + 1 + (uint32_t)sim_wait(b->t, u, b->leaves[s][lane]);
    return day << QUEUE_ASKED | (left < QUEUE_LEFT ? left : QUEUE_LEFT);
}

static inline uint32_t queue_at(const struct sim_batch *b, size_t s, uint32_t lane, uint32_t k)
{
    return k + 1 < b->later_room[s] ? b->queue[lane * b->queue_lane + b->later[s] + k]
                                    : queue_seek(b, s, lane, k);
}

/* Those of sixteen lanes that are beyond the room, at places k. */
WIDE static wide queue_seek_16(const struct sim_batch *b, size_t s, uint32_t g, uint32_t in, wide k,
                               wide entry)
{
    uint32_t at[16], of[16];

    wide_store(at, k);
    wide_store(of, entry);
    for (; in != 0; in &= in - 1) {
        uint32_t i = _tzcnt_u32(in);
        of[i] = queue_seek(b, s, 16 * g + i, at[i]);
    }
    return wide_load(of);
}

/* Entries k of sixteen lanes; those of `in` are there. */
static WIDE_INLINE wide queue_look(const struct sim_batch *b, size_t s, uint32_t g, uint32_t in, wide k)
{
    wide entry = wide_gather(b->queue + 16 * g * b->queue_lane + b->later[s], queue_places(b, s, k));
    uint32_t beyond = in & wide_eq(entry, wide_set(SIM_BEYOND));

    return beyond == 0 ? entry : queue_seek_16(b, s, g, beyond, k, entry);
}

/* A probe at place k has the turn. */
static void queue_probe(struct sim_batch *b, size_t s, uint32_t lane, uint32_t k, int32_t day,
                        struct sim_tally *tally)
{
    uint32_t entry = queue_at(b, s, lane, k), nth = 0;

    while (nth < k && queue_at(b, s, lane, k - nth - 1) == entry)
        nth++;
    b->list[lane].day[s] = (int32_t)(entry >> QUEUE_ASKED);
    sim_list_probe(&b->list[lane], s, nth, day, tally);
}

static void queue_probes(struct sim_batch *b, size_t s, uint32_t g, uint32_t in, const uint32_t k[16],
                         int32_t day, struct sim_tally *tally)
{
    for (; in != 0; in &= in - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(in);
        queue_probe(b, s, 16 * g + i, k[i], day, tally);
    }
}

/* Who asks today, in every stream: the times between two who ask are drawn as long as they fall before the
 * day is over, and each stands at the end of the column. */
WIDE static void requests(struct sim_batch *b, int32_t day)
{
    const struct sim_table *t = b->t;
    const wide one = wide_set(1);

    for (uint32_t s = 0; s < t->m->order->streams; s++) {
        uint16_t *came = b->came + (s * (size_t)t->m->days + (size_t)day) * LANES;

        if (day > t->last[s]) {
            memset(came, 0, LANES * sizeof *came);
            continue;
        }
        for (int g = 0; g < 4; g++) {
            wide_f until = wide_f_mul(wide_f_load(b->arrival[s] + 16 * g), wide_f_set(t->season[day]));
            wide_f next = wide_f_load(b->next[s] + 16 * g);
            wide asked = wide_load(b->asked[s] + 16 * g), n = wide_set(0);
            uint32_t comes;

            while ((comes = wide_f_lt(next, until)) != 0) {
                wide u = wide_random(wide_place(RANDOM_COME, s, asked), wide_load(b->a + 16 * g),
                                     wide_load(b->b + 16 * g));
                wide_f gap = wide_f_gather(t->wait, wide_right(u, 32 - WAIT_BITS));
                if (b->width > 0)
                    queue_ask(b, s, (uint32_t)g, comes, day, wide_sub(asked, one));
                next = wide_f_if(comes, wide_f_add(next, gap), next);
                asked = wide_add_if(comes, asked, one);
                n = wide_add_if(comes, n, one);
            }
            wide_f_store(b->next[s] + 16 * g, next);
            wide_store(b->asked[s] + 16 * g, asked);
            wide_store_16(came + 16 * g, n);
            for (uint32_t k = 0; b->width > 0 && k < t->probes[s * (size_t)t->m->days + (size_t)day]; k++)
                queue_put(b, s, (uint32_t)g, 0xffff, wide_set((int64_t)day << QUEUE_ASKED));
        }
        if (b->size != NULL)
            for (size_t lane = 0; lane < LANES; lane++)
                b->list[lane].size[day] += came[lane];
    }
}

#endif
