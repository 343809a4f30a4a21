// SPDX-License-Identifier: EUPL-1.2
/* Whose turn it is when streams are classes that always go before each other. */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_CLASS_H
#define PEIL_FORECAST_SIMULATE_WIDE_CLASS_H

#include "forecast/simulate_wide_lane.h"

/* Everybody of these lanes who waits came today and stays: as many as there are places. */
static WIDE_INLINE void today_turns(struct sim_batch *b, size_t s, uint64_t lanes)
{
    for (int g = 0; g < 4; g++, lanes >>= 16) {
        uint32_t in = (uint32_t)lanes & 0xffff;
        wide backlog = wide_load(b->backlog[s] + 16 * g), places = wide_load(b->left_over + 16 * g);
        wide n = wide_if(in, wide_min_u(backlog, places), wide_set(0));

        wide_store(b->backlog[s] + 16 * g, wide_sub(backlog, n));
        wide_store(b->left_over + 16 * g, wide_sub(places, n));
        wide_store(b->taken[s] + 16 * g, wide_add(wide_load(b->taken[s] + 16 * g), n));
    }
}

/* Who asked from day 0 on, of one stream in sixteen lanes. */
struct queue {
    uint32_t in; /* lanes with places and somebody who waits */
    wide at;     /* entries that are looked at: in lanes that go on, of the next */
    wide taken, backlog, places;
};

static WIDE_INLINE void queue_read(const struct sim_batch *b, size_t s, uint32_t g, uint64_t lanes,
                                   struct queue *q)
{
    q->in = (uint32_t)(lanes >> 16 * g) & 0xffff;
    q->taken = wide_load(b->taken[s] + 16 * g);
    q->backlog = wide_load(b->backlog[s] + 16 * g);
    q->places = wide_load(b->left_over + 16 * g);
    q->at = q->taken;
}

static WIDE_INLINE void queue_write(struct sim_batch *b, size_t s, uint32_t g, const struct queue *q)
{
    wide_store(b->taken[s] + 16 * g, q->taken);
    wide_store(b->backlog[s] + 16 * g, q->backlog);
    wide_store(b->left_over + 16 * g, q->places);
}

/* The next of each lane, of which this is the entry, has the turn. */
static WIDE_INLINE void queue_turn(struct turn *t, size_t s, uint32_t g, struct queue *q, wide entry)
{
    struct sim_batch *b = t->b;
    uint32_t beyond = q->in & wide_eq(entry, wide_set(SIM_BEYOND));

    if (beyond != 0)
        entry = queue_seek_16(b, s, g, beyond, q->taken, entry);
    wide left = wide_and(entry, wide_set(QUEUE_LEFT));
    uint32_t probes = q->in & ~wide_some(left);
    if (probes != 0) {
        uint32_t k[16];
        wide_store(k, q->taken);
        queue_probes(b, s, g, probes, k, t->day, t->tally);
    }
    q->places = wide_add_if(q->in & wide_gt(left, wide_set(t->day)), q->places, wide_set(-1));
    q->taken = wide_add_if(q->in, q->taken, wide_set(1));
    q->backlog = wide_add_if(q->in, q->backlog, wide_set(-1));
    q->in &= wide_some(wide_min_u(q->places, q->backlog));
}

static WIDE_INLINE void queue_turns(struct turn *t, size_t s, uint32_t g, struct queue *q)
{
    const struct sim_batch *b = t->b;
    wide one, two;

    wide_gather_2(b->queue + 16 * g * b->queue_lane + b->later[s], queue_places(b, s, q->at), &one, &two);
    q->at = wide_add(q->at, wide_set(2)); /* so that the next look waits for nothing */
    queue_turn(t, s, g, q, one);
    queue_turn(t, s, g, q, two);
}

/* Two of each lane at a time: all lanes in one loop, so that the processor has something to do while it
 * waits.
 */
static WIDE_INLINE void older_turns(struct turn *t, size_t s, uint64_t lanes)
{
    struct sim_batch *b = t->b;
    struct queue q[4];

    for (uint32_t g = 0; g < 4; g++)
        queue_read(b, s, g, lanes, &q[g]);
    while ((q[0].in | q[1].in | q[2].in | q[3].in) != 0)
        for (uint32_t g = 0; g < 4; g++)
            if (q[g].in != 0)
                queue_turns(t, s, g, &q[g]);
    for (uint32_t g = 0; g < 4; g++)
        queue_write(b, s, g, &q[g]);
}

static WIDE_INLINE void strict_stream(struct turn *t, size_t s, uint64_t older)
{
    struct sim_batch *b = t->b;
    uint64_t alive = some(b->left_over) & b->active;

    for (uint64_t lanes = alive & b->standing[s]; lanes != 0; lanes &= lanes - 1) {
        uint32_t lane = (uint32_t)_tzcnt_u64(lanes);

        turn_begin(b, lane, t);
        t->places = b->left_over[lane];
        stream_persons(t, s, 0);
        b->left_over[lane] = t->places;
    }
    alive &= some(b->backlog[s]) & ~b->standing[s] & some(b->left_over);
    if ((alive & ~older) != 0)
        today_turns(b, s, alive & ~older);
    older &= alive;
    if (older != 0)
        older_turns(t, s, older);
}

#endif
