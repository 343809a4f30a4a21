// SPDX-License-Identifier: EUPL-1.2
/* Whose turn it is when waiting changes the rank: stream against stream, one turn of each lane at a time. The
 * rules are those of simulate_list.c. */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_FRONT_H
#define PEIL_FORECAST_SIMULATE_WIDE_FRONT_H

#include "forecast/simulate_wide_lane.h"

/* The first of a stream in sixteen lanes. */
struct first {
    uint32_t stands; /* lanes in which it is somebody of day 0 */
    wide at, end;    /* there its place, and the end of its stream; in others how many had the turn or wait */
    wide key, left;  /* 0: nobody waits; the day of leaving */
};
struct fronts {
    uint32_t in; /* lanes with places and somebody who waits */
    wide places;
    struct first of[HISTORY_STREAMS_MAX];
};

static WIDE_INLINE wide later_keys(const struct turn *t, size_t s, uint32_t in, wide asked)
{
    const struct model *m = t->b->t->m;
    wide age = wide_if(in, wide_sub(wide_set(t->day), asked), wide_set(0));
    wide senior = wide_left(wide_sub(wide_set(m->days), asked), 4);

    _Static_assert(HISTORY_STREAMS_MAX == 16, "shifted by four");
    return wide_add(wide_gather(t->b->rank + s * (size_t)m->days, age),
                    wide_add(senior, wide_set(HISTORY_STREAMS_MAX - 1 - (int64_t)s)));
}

static WIDE_INLINE wide persons_left(const struct sim_batch *b, uint32_t g, wide place)
{
    wide row = wide_mul(wide_count(), wide_set((int64_t)b->width));

    return wide_gather_16(b->left + 16 * g * b->width, wide_add(row, place));
}

/* Who is first now, in these lanes. */
static WIDE_INLINE void first_look(const struct turn *t, size_t s, uint32_t g, uint32_t in, struct first *f)
{
    const struct sim_batch *b = t->b;
    uint32_t last = in & f->stands & wide_eq(f->at, f->end);
    wide key = wide_set(0), left = key;

    if (last != 0) {
        f->stands &= ~last;
        f->at = wide_if(last, wide_set(0), f->at);
        f->end = wide_if(last, wide_load(b->backlog[s] + 16 * g), f->end);
    }
    uint32_t waits = in & wide_gt(f->end, f->at), stands = waits & f->stands, later = waits & ~stands;
    if (stands != 0) {
        wide place = wide_if(stands, f->at, wide_set(0));
        left = persons_left(b, g, place);
        key = wide_if(stands, wide_gather(t->key, place), key);
    }
    if (later != 0) {
        wide entry = queue_look(b, s, g, later, f->at);
        left = wide_if(later, wide_and(entry, wide_set(QUEUE_LEFT)), left);
        key = wide_if(later, later_keys(t, s, later, wide_right(entry, QUEUE_ASKED)), key);
    }
    f->key = wide_if(in, key, f->key);
    f->left = wide_if(in, left, f->left);
}

static WIDE_INLINE void fronts_read(const struct turn *t, uint32_t g, uint64_t lanes, struct fronts *x)
{
    const struct sim_batch *b = t->b;
    uint32_t in = (uint32_t)(lanes >> 16 * g) & 0xffff;

    x->in = in;
    x->places = wide_if(in, wide_load(b->left_over + 16 * g), wide_set(0));
    for (size_t i = 0; i < b->fronts; i++) {
        size_t s = b->front[i];
        const struct sim_queue *q = &b->t->main[s];
        struct first *f = &x->of[s];
        wide head = wide_load(b->head[s] + 16 * g), taken = wide_load(b->taken[s] + 16 * g);

        f->stands = (uint32_t)(b->standing[s] >> 16 * g) & 0xffff;
        f->at = wide_if(f->stands, wide_add(head, wide_set(q->first)), taken);
        f->end =
            wide_if(f->stands, wide_set(q->first + q->n), wide_add(taken, wide_load(b->backlog[s] + 16 * g)));
        f->key = f->left = wide_set(0);
        first_look(t, s, g, in, f);
    }
}

static WIDE_INLINE void first_turn(struct turn *t, size_t s, uint32_t g, uint32_t in, struct fronts *x)
{
    struct first *f = &x->of[s];
    uint32_t probes = in & ~f->stands & ~wide_some(f->left);

    if (probes != 0) {
        uint32_t k[16];
        wide_store(k, f->at);
        queue_probes(t->b, s, g, probes, k, t->day, t->tally);
    }
    x->places = wide_add_if(in & wide_gt(f->left, wide_set(t->day)), x->places, wide_set(-1));
    f->at = wide_add_if(in, f->at, wide_set(1));
    first_look(t, s, g, in, f);
}

static WIDE_INLINE void fronts_turn(struct turn *t, uint32_t g, struct fronts *x)
{
    const struct sim_batch *b = t->b;
    wide first = wide_set(0);

    for (size_t i = 0; i < b->fronts; i++)
        first = wide_max_u(first, x->of[b->front[i]].key);
    x->in &= wide_some(wide_min_u(first, x->places));
    for (size_t i = 0; i < b->fronts; i++) {
        uint32_t in = x->in & wide_eq(x->of[b->front[i]].key, first);
        if (in != 0)
            first_turn(t, b->front[i], g, in, x);
    }
}

/* The persons of a stream who had the turn today, in these lanes: from place `from` on, so many. */
static WIDE_INLINE void persons_moved(struct turn *t, uint32_t g, uint32_t in, wide from, wide n)
{
    uint32_t at[16], went[16];

    wide_store(at, from);
    wide_store(went, n);
    for (; in != 0; in &= in - 1) {
        uint32_t i = _tzcnt_u32(in), begin = at[i], end = begin + went[i];
        turn_begin(t->b, 16 * g + i, t);
        t->moved[begin]++;
        t->moved[end]--;
        for (; begin < end; begin += 16) {
            uint32_t some = end - begin >= 16 ? 0xffffu : (1u << (end - begin)) - 1;
            persons_gone(t, begin, some & ~wide_gt(wide_load_16(t->left + begin), wide_set(t->day)));
        }
    }
}

static WIDE_INLINE void first_write(struct turn *t, size_t s, uint32_t g, const struct first *f)
{
    struct sim_batch *b = t->b;
    const struct sim_queue *q = &b->t->main[s];
    wide head = wide_load(b->head[s] + 16 * g), open = wide_load(b->open + 16 * g);
    wide now = wide_if(f->stands, wide_sub(f->at, wide_set(q->first)), wide_set(q->n)),
         n = wide_sub(now, head);
    uint32_t moved = wide_some(n);

    if (moved != 0) {
        wide_store(b->open + 16 * g, wide_sub(open, n));
        wide_store(b->head[s] + 16 * g, now);
        b->standing[s] &= ~((uint64_t)(~f->stands & 0xffff) << 16 * g);
        if (b->moves > 0)
            persons_moved(t, g, moved, wide_add(head, wide_set(q->first)), n);
    }
    wide taken = wide_if(f->stands, wide_load(b->taken[s] + 16 * g), f->at);
    wide backlog = wide_if(f->stands, wide_load(b->backlog[s] + 16 * g), wide_sub(f->end, f->at));
    wide_store(b->taken[s] + 16 * g, taken);
    wide_store(b->backlog[s] + 16 * g, backlog);
}

/* Nobody joins while turns are given, so in other streams nobody has one. */
static WIDE_INLINE void fronts_of(struct sim_batch *b)
{
    b->fronts = 0;
    for (size_t s = 0; s < b->t->m->order->streams; s++)
        if (b->standing[s] != 0 || some(b->backlog[s]) != 0)
            b->front[b->fronts++] = (uint8_t)s;
}

/* Today's turns of these lanes. */
static WIDE_INLINE void fronts_turns(struct turn *t, uint64_t lanes)
{
    struct sim_batch *b = t->b;
    struct fronts x[4];

    fronts_of(b);
    for (uint32_t g = 0; g < 4; g++)
        fronts_read(t, g, lanes, &x[g]);
    while ((x[0].in | x[1].in | x[2].in | x[3].in) != 0)
        for (uint32_t g = 0; g < 4; g++)
            if (x[g].in != 0)
                fronts_turn(t, g, &x[g]);
    for (uint32_t g = 0; g < 4; g++) {
        uint32_t in = (uint32_t)(lanes >> 16 * g) & 0xffff;

        wide_store(b->left_over + 16 * g, wide_if(in, x[g].places, wide_load(b->left_over + 16 * g)));
        for (size_t i = 0; i < b->fronts; i++)
            first_write(t, b->front[i], g, &x[g].of[b->front[i]]);
    }
}

#endif
