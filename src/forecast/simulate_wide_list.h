// SPDX-License-Identifier: EUPL-1.2
/* The list on one day, in all lanes. */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_LIST_H
#define PEIL_FORECAST_SIMULATE_WIDE_LIST_H

#include "forecast/simulate_wide_class.h"
#include "forecast/simulate_wide_front.h"

/* Those that came today join; returns the lanes in which others waited already. */
static WIDE_INLINE uint64_t backlog_add(struct sim_batch *b, size_t s, int32_t day)
{
    const struct sim_table *t = b->t;
    const uint16_t *came = b->came + (s * (size_t)t->m->days + (size_t)day) * LANES;
    uint32_t probes = t->probes[s * (size_t)t->m->days + (size_t)day];
    uint64_t lanes = some(b->backlog[s]);

    for (int g = 0; g < 4; g++) {
        wide n = wide_add(wide_load_16(came + 16 * g), wide_set(probes));
        wide_store(b->backlog[s] + 16 * g, wide_add(n, wide_load(b->backlog[s] + 16 * g)));
    }
    return probes > 0 ? ~(uint64_t)0 : lanes;
}

/* In which of these lanes somebody is back from a pause and waits. */
static WIDE_INLINE uint64_t lanes_back(const struct turn *t, uint64_t lanes)
{
    const struct sim_batch *b = t->b;
    uint64_t back = 0;

    for (size_t q = 0; q < b->t->pauseds; q++)
        for (uint64_t of = b->t->paused[q].back[t->day] != 0 ? lanes & ~back : 0; of != 0; of &= of - 1) {
            uint32_t lane = (uint32_t)_tzcnt_u64(of);
            if ((b->t->paused[q].back[t->day] & ~b->list[lane].done[q]) != 0)
                back |= (uint64_t)1 << lane;
        }
    return back;
}

WIDE static void list_turns(struct sim_batch *b, int32_t day, struct sim_tally *tally)
{
    struct turn t = { .b = b,
                      .tally = tally,
                      .key = b->is_strict ? NULL : keys_of(b, day),
                      .day = day,
                      .moved = b->moved + (size_t)day * b->moves };

    for (int g = 0; g < 4; g++)
        wide_store(b->left_over + 16 * g, wide_load(b->places + 16 * g));
    for (size_t i = 0; b->is_strict && i < b->t->m->order->streams; i++)
        strict_stream(&t, b->strict[i], b->older[b->strict[i]]);
    uint64_t lanes = b->is_strict ? 0 : b->active & some(b->places), back = lanes_back(&t, lanes);
    if ((lanes & ~back) != 0)
        fronts_turns(&t, lanes & ~back);
    for (lanes &= back; lanes != 0; lanes &= lanes - 1) {
        uint32_t lane = (uint32_t)_tzcnt_u64(lanes);

        turn_begin(b, lane, &t);
        lane_turns(&t);
        b->left_over[lane] = t.places;
    }
    if (day >= b->t->sized)
        b->active &= some(b->open);
}

/* How many of the lanes somebody had left in, when the turn came. */
WIDE static void list_end(struct sim_batch *b)
{
    for (size_t i = 0; i < b->t->m->n; i += 16) {
        wide often = wide_load(b->often + i);

        for (size_t lane = 0; lane < LANES; lane++) {
            uint16_t gone;
            memcpy(&gone, b->gone + lane * (b->width / 8) + i / 8, sizeof gone);
            often = wide_add_if(gone, often, wide_set(1));
        }
        wide_store(b->often + i, often);
    }
}

/* Persons of a queue from place `at` on who have not left by the end of the day. */
static WIDE_INLINE uint32_t persons_stay(const uint16_t *left, size_t at, size_t end, int32_t day)
{
    uint32_t n = 0;

    for (; at < end; at++)
        n += left[at] > day;
    return n;
}

static WIDE_INLINE uint32_t paused_stay(const struct sim_batch *b, uint32_t lane, const uint16_t *left,
                                        int32_t day)
{
    uint32_t n = 0;

    for (size_t q = 0; q < b->t->pauseds; q++)
        for (uint32_t i = 0; i < b->t->paused[q].n; i++)
            n += (b->list[lane].done[q] >> i & 1) == 0 && left[b->t->paused[q].first + i] > day;
    return n;
}

/* Who had no turn yet and has not left; probes have left at once. */
WIDE static void list_size(const struct sim_batch *b, int32_t day, uint32_t ret_size[LANES])
{
    const struct sim_table *t = b->t;

    for (uint32_t lane = 0; lane < LANES; lane++) {
        const uint16_t *left = b->left + lane * b->width;
        uint32_t n = paused_stay(b, lane, left, day);

        for (size_t s = 0; s < t->m->order->streams; s++) {
            const struct sim_queue *q = &t->main[s];
            n += persons_stay(left, q->first + b->head[s][lane], q->first + q->n, day);
            for (uint32_t k = 0; k < b->backlog[s][lane]; k++)
                n += (queue_at(b, s, lane, b->taken[s][lane] + k) & QUEUE_LEFT) > (uint32_t)day;
        }
        ret_size[lane] = n;
    }
}

/* Every day, also when nobody starts. */
WIDE static void list_day(struct sim_batch *b, int32_t day)
{
    for (size_t s = 0; s < b->t->m->order->streams; s++)
        b->older[s] = day <= b->t->last[s] ? backlog_add(b, s, day) : ~(uint64_t)0;
}

#endif
