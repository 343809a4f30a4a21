// SPDX-License-Identifier: EUPL-1.2
/* Whose turn it is, in one lane, sixteen persons at a time. On one day everybody in front of the next
 * stream's first goes, in order, until the places are taken: so a turn is a piece of a stream, not a person.
 * The rules are those of simulate_list.c. */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_LANE_H
#define PEIL_FORECAST_SIMULATE_WIDE_LANE_H

#include "forecast/simulate_wide_queue.h"

static WIDE_INLINE uint32_t key_of(const struct history_order *o, size_t stream, int32_t age, uint32_t senior)
{
    size_t at = (size_t)age < o->ages ? (size_t)age : o->ages - 1;

    return (uint32_t)o->rank[stream * o->ages + at] << 16 | senior;
}

/* Of everybody who waits, on this day. The same for all replications, so made once. */
WIDE static const uint32_t *keys_of(struct sim_batch *b, int32_t day)
{
    const struct sim_table *t = b->t;
    uint32_t *key = b->priority + (size_t)day * b->width;

    if (b->has_priority[day])
        return key;
    for (size_t i = 0; i < t->m->n; i++) {
        const struct model_waiting *p = &t->m->waiting[t->person[i]];

        key[i] = key_of(t->m->order, (size_t)p->stream, p->waited + day, t->senior[t->person[i]]);
    }
    b->has_priority[day] = true;
    return key;
}

/* Of everybody and in all lanes: the day on which they leave. Beyond the last of a stream it is that of the
 * next stream, or never looked at. */
WIDE static void list_begin(struct sim_batch *b)
{
    const struct sim_table *t = b->t;

    for (size_t lane = 0; lane < LANES; lane++) {
        wide a = wide_set(b->a[lane]), key = wide_set(b->b[lane]);
        size_t i = 0;

        for (size_t s = 0; s < t->m->order->streams; s++) {
            size_t end = s + 1 < t->m->order->streams ? t->main[s + 1].first : t->m->n;
            wide_f mean = wide_f_set(b->leaves[s][lane]);
            for (; i < end; i += 16) {
                wide u = wide_random(wide_place(RANDOM_LEAVE, 0, wide_load(t->person + i)), a, key);
                wide_store_16(b->left + lane * b->width + i, leaves_on(b, 0, u, mean));
            }
            i = end;
        }
    }
}

/* What one lane does on one day. */
struct turn {
    struct sim_batch *b;
    struct sim_list *l;
    struct sim_tally *tally;
    const uint32_t *key;
    const uint16_t *left;
    uint8_t *gone; /* a bit for each place */
    int32_t *moved;
    int32_t day;
    uint32_t lane, places;
};

/* Who of the persons from place `at` on (bits of `in`) had left when their turn came. */
static WIDE_INLINE void persons_gone(struct turn *t, uint32_t at, uint32_t gone)
{
    uint32_t bits;

    memcpy(&bits, t->gone + at / 8, sizeof bits);
    bits |= gone << at % 8;
    memcpy(t->gone + at / 8, &bits, sizeof bits);
}

/* The persons of a stream from place `at` on, at most n, in front of `second`. Returns how many. */
static WIDE_INLINE uint32_t persons(struct turn *t, uint32_t at, uint32_t n, uint32_t second)
{
    uint32_t begin = at, end = at + n;

    while (t->places > 0 && at < end) {
        uint32_t in = end - at >= 16 ? 0xffffu : (1u << (end - at)) - 1;
        if (second > 0)
            in &= wide_gt_u(wide_load(t->key + at), wide_set(second));
        uint32_t stay = in & wide_gt(wide_load_16(t->left + at), wide_set(t->day));
        if ((uint32_t)_mm_popcnt_u32(stay) >= t->places) /* up to and with the last one who takes a place */
            in &= _blsmsk_u32(_pdep_u32(1u << (t->places - 1), stay));
        uint32_t turns = (uint32_t)_mm_popcnt_u32(in);
        persons_gone(t, at, in & ~stay);
        t->places -= (uint32_t)_mm_popcnt_u32(in & stay);
        at += turns;
        if (turns < 16)
            break;
    }
    t->moved[begin]++;
    t->moved[at]--;
    return at - begin;
}

/* Of who asks from day 0 on. */
static WIDE_INLINE uint32_t later_key(const struct turn *t, size_t s, uint32_t asked)
{
    const struct model *m = t->b->t->m;
    uint32_t age = (uint32_t)t->day - asked;

    return t->b->rank[s * (size_t)m->days + age] +
           (((uint32_t)m->days - asked) * HISTORY_STREAMS_MAX + (uint32_t)(HISTORY_STREAMS_MAX - 1 - s));
}

static WIDE_INLINE uint32_t stream_key(const struct turn *t, size_t s)
{
    const struct sim_batch *b = t->b;

    if ((b->standing[s] >> t->lane & 1) != 0)
        return t->key[b->t->main[s].first + b->head[s][t->lane]];
    return b->backlog[s][t->lane] > 0
               ? later_key(t, s, queue_at(b, s, t->lane, b->taken[s][t->lane]) >> QUEUE_ASKED)
               : 0;
}

/* The first of those who asked from day 0 on has the turn. */
static WIDE_INLINE void later_turn(struct turn *t, size_t s)
{
    struct sim_batch *b = t->b;
    uint32_t k = b->taken[s][t->lane]++, left = queue_at(b, s, t->lane, k) & QUEUE_LEFT;

    b->backlog[s][t->lane]--;
    if (left == 0)
        queue_probe(b, s, t->lane, k, t->day, t->tally);
    t->places -= left > (uint32_t)t->day;
}

static WIDE_INLINE uint64_t paused_now(const struct turn *t, size_t q)
{
    return t->b->t->paused[q].back[t->day] & ~t->l->done[q];
}

/* First and second of everybody; who: below `streams` a stream, above it a queue of paused. */
struct front {
    uint32_t first, second;
    size_t who;
};

static WIDE_INLINE void front_add(struct front *f, uint32_t key, size_t who)
{
    f->second = key > f->first ? f->first : key > f->second ? key : f->second;
    f->who = key > f->first ? who : f->who;
    f->first = key > f->first ? key : f->first;
}

static WIDE_INLINE void front_paused(const struct turn *t, struct front *f)
{
    const struct sim_table *k = t->b->t;

    for (size_t q = 0; q < k->pauseds; q++) {
        uint64_t now = paused_now(t, q);
        if (now != 0)
            front_add(f, t->key[k->paused[q].first + (uint32_t)_tzcnt_u64(now)], k->m->order->streams + q);
    }
}

static WIDE_INLINE void turn_begin(struct sim_batch *b, uint32_t lane, struct turn *t)
{
    t->l = &b->list[lane];
    t->lane = lane;
    t->left = b->left + lane * b->width;
    t->gone = b->gone + lane * (b->width / 8);
    t->places = b->places[lane];
}

/* Persons of a stream, as far as they go before `second`. */
static WIDE_INLINE void stream_persons(struct turn *t, size_t s, uint32_t second)
{
    const struct sim_queue *q = &t->b->t->main[s];
    uint32_t *head = &t->b->head[s][t->lane], n = persons(t, q->first + *head, q->n - *head, second);

    *head += n;
    t->b->open[t->lane] -= n;
    if (*head == q->n)
        t->b->standing[s] &= ~((uint64_t)1 << t->lane);
}

/* Any order, somebody back from a pause among them: stream against stream, in one lane. */
static WIDE_INLINE void lane_turns(struct turn *t)
{
    const struct sim_table *k = t->b->t;
    uint32_t key[HISTORY_STREAMS_MAX];
    size_t streams = k->m->order->streams;

    for (size_t s = 0; s < streams; s++)
        key[s] = stream_key(t, s);
    while (t->places > 0) {
        struct front f = { 0 };

        for (size_t s = 0; s < streams; s++)
            front_add(&f, key[s], s);
        if (k->pauseds > 0)
            front_paused(t, &f);
        if (f.first == 0)
            break;
        if (f.who >= streams) {
            size_t q = f.who - streams;
            uint32_t i = (uint32_t)_tzcnt_u64(paused_now(t, q));

            t->l->done[q] |= (uint64_t)1 << i;
            t->b->open[t->lane] -= persons(t, k->paused[q].first + i, 1, 0);
            continue;
        }
        if ((t->b->standing[f.who] >> t->lane & 1) != 0)
            stream_persons(t, f.who, f.second);
        else
            later_turn(t, f.who);
        key[f.who] = stream_key(t, f.who);
    }
}

static WIDE_INLINE uint64_t some(const uint32_t *of_lane)
{
    uint64_t lanes = 0;

    for (int g = 0; g < 4; g++)
        lanes |= (uint64_t)wide_some(wide_load(of_lane + 16 * g)) << 16 * g;
    return lanes;
}

#endif
