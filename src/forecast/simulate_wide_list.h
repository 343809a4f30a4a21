// SPDX-License-Identifier: EUPL-1.2
/* Whose turn it is, in one lane, sixteen persons at a time. On one day everybody in front of the next
 * stream's first goes, in order, until the places are taken: so a turn is a piece of a stream, not a person.
 * The rules are those of simulate_list.c. */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_LIST_H
#define PEIL_FORECAST_SIMULATE_WIDE_LIST_H

#include "forecast/simulate_lanes.h"

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

/* Of everybody and in all lanes: the number that says when they leave. */
WIDE static void list_luck(struct sim_batch *b)
{
    for (size_t lane = 0; lane < LANES; lane++) {
        wide a = wide_set(b->a[lane]), key = wide_set(b->b[lane]);

        for (size_t i = 0; i < b->t->m->n; i += 16) /* beyond the last person it is never looked at */
            wide_store(b->luck + lane * b->width + i,
                       wide_random(wide_place(RANDOM_LEAVE, 0, wide_load(b->t->person + i)), a, key));
    }
}

/* What one lane does on one day. */
struct turn {
    struct sim_batch *b;
    struct sim_list *l;
    struct sim_tally *tally;
    const uint32_t *key, *luck;
    uint8_t *gone; /* a bit for each place */
    int32_t *moved;
    int32_t day;
    uint32_t lane, places;
};

/* The persons of a stream from place `at` on, at most n, in front of `second`. Returns how many. */
static WIDE_INLINE uint32_t persons(struct turn *t, size_t s, uint32_t at, uint32_t n, uint32_t second)
{
    uint32_t begin = at, end = at + n; /* with a lower number than `leave` they have left */
    uint32_t leave = sim_batch_leave(t->b, s, (size_t)t->day)[t->lane];

    while (t->places > 0 && at < end) {
        uint32_t in = end - at >= 16 ? 0xffffu : (1u << (end - at)) - 1;
        if (second > 0)
            in &= wide_gt_u(wide_load(t->key + at), wide_set(second));
        uint32_t stay = in & wide_ge_u(wide_load(t->luck + at), wide_set(leave));
        if ((uint32_t)_mm_popcnt_u32(stay) >= t->places) /* up to and with the last one who takes a place */
            in &= _blsmsk_u32(_pdep_u32(1u << (t->places - 1), stay));
        uint32_t gone = in & ~stay, turns = (uint32_t)_mm_popcnt_u32(in);
        uint32_t bits;
        memcpy(&bits, t->gone + at / 8, sizeof bits);
        bits |= gone << at % 8;
        memcpy(t->gone + at / 8, &bits, sizeof bits);
        t->places -= (uint32_t)_mm_popcnt_u32(in & stay);
        at += turns;
        if (turns < 16)
            break;
    }
    t->moved[begin] += t->tally->sign;
    t->moved[at] -= t->tally->sign;
    return at - begin;
}

/* What goes first of the later requests of a stream; 0: none waits. */
static WIDE_INLINE uint32_t later_key(const struct turn *t, size_t s)
{
    struct sim_batch *b = t->b;
    const struct model *m = b->t->m;
    const uint16_t *came = t->l->came[s];
    const uint8_t *probes = b->t->probes + s * (size_t)m->days;
    uint32_t day = b->day[s][t->lane], today = (uint32_t)t->day, taken = b->taken[s][t->lane];

    while (day <= today && taken == (uint32_t)came[(size_t)day * LANES] + probes[day]) {
        day++;
        taken = 0;
    }
    b->day[s][t->lane] = day;
    b->taken[s][t->lane] = taken;
    return day > today ? 0
                       : key_of(m->order, s, (int32_t)(today - day),
                                ((uint32_t)m->days - day) * HISTORY_STREAMS_MAX +
                                    (uint32_t)(HISTORY_STREAMS_MAX - 1 - s));
}

static WIDE_INLINE uint32_t stream_key(const struct turn *t, size_t s)
{
    const struct sim_batch *b = t->b;

    if ((b->standing[s] >> t->lane & 1) != 0)
        return t->key[b->t->main[s].first + b->head[s][t->lane]];
    return b->backlog[s][t->lane] > 0 ? later_key(t, s) : 0;
}

/* The turn of a probe, which the list counts by the day on which its stream has come. */
static void probe(struct turn *t, size_t s, uint32_t nth)
{
    t->l->day[s] = (int32_t)t->b->day[s][t->lane];
    sim_list_probe(t->l, s, nth, t->day, t->tally);
}

/* Who came on one day, all at the same rank. Returns how many had the turn. */
static WIDE_INLINE uint32_t later(struct turn *t, size_t s)
{
    struct sim_batch *b = t->b;
    uint32_t since = b->day[s][t->lane], came = t->l->came[s][(size_t)since * LANES];
    uint32_t leave = t->l->leave[s][((size_t)t->day - since) * LANES], begin = b->taken[s][t->lane],
             at = begin;

    if (at >= came) {
        probe(t, s, at++ - came);
    } else if (leave == 0) {
        uint32_t n = came - at < t->places ? came - at : t->places;
        at += n;
        b->later[s][t->lane] += n;
        t->places -= n;
    } else {
        for (; at < came && t->places > 0; at++) {
            uint32_t place = random_place(RANDOM_LEAVE_LATER, (uint32_t)s, b->later[s][t->lane]++);
            t->places -= random_at(t->l->key, place) >= leave;
        }
    }
    b->taken[s][t->lane] = at;
    return at - begin;
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
    t->luck = b->luck + lane * b->width;
    t->gone = b->gone + lane * (b->width / 8);
    t->places = b->places[lane];
}

/* Persons of a stream, as far as they go before `second`. */
static WIDE_INLINE void stream_persons(struct turn *t, size_t s, uint32_t second)
{
    const struct sim_queue *q = &t->b->t->main[s];
    uint32_t *head = &t->b->head[s][t->lane], n = persons(t, s, q->first + *head, q->n - *head, second);

    *head += n;
    t->b->open[t->lane] -= n;
    if (*head == q->n)
        t->b->standing[s] &= ~((uint64_t)1 << t->lane);
}

/* Any order: stream against stream, in one lane. */
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
            t->b->open[t->lane] -= persons(t, (size_t)k->paused[q].stream, k->paused[q].first + i, 1, 0);
            continue;
        }
        if ((t->b->standing[f.who] >> t->lane & 1) != 0)
            stream_persons(t, f.who, f.second);
        else
            t->b->backlog[f.who][t->lane] -= later(t, f.who);
        key[f.who] = stream_key(t, f.who);
    }
}

/* ---- classes that always go before each other ---- */

static WIDE_INLINE uint64_t some(const uint32_t *of_lane)
{
    uint64_t lanes = 0;

    for (int g = 0; g < 4; g++)
        lanes |= (uint64_t)wide_some(wide_load(of_lane + 16 * g)) << 16 * g;
    return lanes;
}

/* Everybody of these lanes who waits came today and stays: as many as there are places. */
static WIDE_INLINE void today_turns(struct sim_batch *b, size_t s, uint64_t lanes, int32_t day)
{
    for (int g = 0; g < 4; g++, lanes >>= 16) {
        uint32_t in = (uint32_t)lanes & 0xffff;
        wide backlog = wide_load(b->backlog[s] + 16 * g), places = wide_load(b->left_over + 16 * g);
        wide n = wide_if(in, wide_min_u(backlog, places), wide_set(0));

        wide_store(b->backlog[s] + 16 * g, wide_sub(backlog, n));
        wide_store(b->left_over + 16 * g, wide_sub(places, n));
        wide_store(b->later[s] + 16 * g, wide_add(wide_load(b->later[s] + 16 * g), n));
        wide_store(b->taken[s] + 16 * g, wide_if(in, n, wide_load(b->taken[s] + 16 * g)));
        wide_store(b->day[s] + 16 * g, wide_if(in, wide_set(day), wide_load(b->day[s] + 16 * g)));
    }
}

/* Later requests of one stream, in sixteen lanes. */
struct queue {
    uint32_t in;           /* lanes with places and somebody who waits */
    wide lane, day, taken; /* the day on which the next one asked, and how many of it had the turn */
    wide came, probes;     /* that day */
    wide later, backlog, places;
};

static WIDE_INLINE void queue_read(struct turn *t, size_t s, uint32_t g, uint64_t lanes, struct queue *q)
{
    const struct sim_batch *b = t->b;

    q->in = (uint32_t)(lanes >> 16 * g) & 0xffff;
    q->lane = wide_add(wide_count(), wide_set(16 * g));
    q->day = wide_if(q->in, wide_load(b->day[s] + 16 * g), wide_set(0)); /* others may be beyond the last */
    q->taken = wide_load(b->taken[s] + 16 * g);
    q->later = wide_load(b->later[s] + 16 * g);
    q->backlog = wide_load(b->backlog[s] + 16 * g);
    q->places = wide_load(b->left_over + 16 * g);
}

static WIDE_INLINE void queue_write(struct sim_batch *b, size_t s, uint32_t g, uint64_t lanes,
                                    const struct queue *q)
{
    uint32_t in = (uint32_t)(lanes >> 16 * g) & 0xffff;

    wide_store(b->day[s] + 16 * g, wide_if(in, q->day, wide_load(b->day[s] + 16 * g)));
    wide_store(b->taken[s] + 16 * g, q->taken);
    wide_store(b->later[s] + 16 * g, q->later);
    wide_store(b->backlog[s] + 16 * g, q->backlog);
    wide_store(b->left_over + 16 * g, q->places);
}

static WIDE_INLINE wide queue_came(const struct turn *t, size_t s, const struct queue *q)
{
    const uint16_t *came = t->b->came + s * (size_t)t->b->t->m->days * LANES;

    return wide_gather_16(came, wide_add(wide_left(q->day, 6), q->lane));
}

/* Probes have the turn; the list counts them by the day on which their stream has come. */
static void queue_probes(struct turn *t, size_t s, uint32_t g, uint32_t probes, const uint32_t day[16],
                         const uint32_t nth[16])
{
    for (; probes != 0; probes &= probes - 1) {
        uint32_t i = (uint32_t)__builtin_ctz(probes);
        struct sim_list *l = &t->b->list[16 * g + i];

        l->day[s] = (int32_t)day[i];
        sim_list_probe(l, s, nth[i], t->day, t->tally);
    }
}

/* The next of each lane has the turn, or the lane goes on to the next day on which somebody can have asked.
 */
static WIDE_INLINE void queue_turn(struct turn *t, size_t s, uint32_t g, struct queue *q)
{
    const struct sim_batch *b = t->b;
    uint32_t next = q->in & wide_eq(q->taken, wide_add(q->came, q->probes));
    wide follows = wide_gather(b->t->follows + s * (size_t)b->t->m->days, q->day);

    q->day = wide_if(next, wide_and(follows, wide_set((1 << SIM_FOLLOWS) - 1)), q->day);
    q->probes = wide_if(next, wide_right(follows, SIM_FOLLOWS), q->probes);
    q->taken = wide_if(next, wide_set(0), q->taken);
    q->came = queue_came(t, s, q);
    wide leave = wide_gather(sim_batch_leave(b, s, 0),
                             wide_add(wide_left(wide_sub(wide_set(t->day), q->day), 6), q->lane));
    wide u = wide_random(wide_place(RANDOM_LEAVE_LATER, (uint32_t)s, q->later), wide_load(b->a + 16 * g),
                         wide_load(b->b + 16 * g));
    uint32_t turn = q->in & wide_gt(wide_add(q->came, q->probes), q->taken);
    uint32_t probes = turn & ~wide_gt(q->came, q->taken);

    if (probes != 0) {
        uint32_t day[16], nth[16];
        wide_store(day, q->day);
        wide_store(nth, wide_sub(q->taken, q->came));
        queue_probes(t, s, g, probes, day, nth);
    }
    q->later = wide_add_if(turn & ~probes, q->later, wide_set(1));
    q->places = wide_add_if(turn & ~probes & wide_ge_u(u, leave), q->places, wide_set(-1));
    q->taken = wide_add_if(turn, q->taken, wide_set(1));
    q->backlog = wide_add_if(turn, q->backlog, wide_set(-1));
    q->in &= wide_some(q->places) & wide_some(q->backlog);
}

/* Later requests in order, one of each lane at a time: all lanes in one loop, so that the processor has
 * something to do while it waits. */
static WIDE_INLINE void older_turns(struct turn *t, size_t s, uint64_t lanes)
{
    struct sim_batch *b = t->b;
    struct queue q[4];

    for (uint32_t g = 0; g < 4; g++) {
        queue_read(t, s, g, lanes, &q[g]);
        q[g].came = queue_came(t, s, &q[g]);
        q[g].probes = wide_gather_8(b->t->probes + s * (size_t)b->t->m->days, q[g].day);
    }
    while ((q[0].in | q[1].in | q[2].in | q[3].in) != 0)
        for (uint32_t g = 0; g < 4; g++)
            if (q[g].in != 0)
                queue_turn(t, s, g, &q[g]);
    for (uint32_t g = 0; g < 4; g++)
        queue_write(b, s, g, lanes, &q[g]);
}

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
        today_turns(b, s, alive & ~older, t->day);
    older &= alive;
    if (older != 0)
        older_turns(t, s, older);
}

/* ---- the day ---- */

WIDE static void list_turns(struct sim_batch *b, int32_t day, struct sim_tally *tally)
{
    struct turn t = {
        .b = b, .tally = tally, .key = keys_of(b, day), .day = day, .moved = b->moved + (size_t)day * b->moves
    };

    for (int g = 0; g < 4; g++)
        wide_store(b->left_over + 16 * g, wide_load(b->places + 16 * g));
    for (size_t i = 0; b->is_strict && i < b->t->m->order->streams; i++)
        strict_stream(&t, b->strict[i], b->older[b->strict[i]]);
    uint64_t lanes = b->is_strict ? 0 : b->active & some(b->places);
    for (; lanes != 0; lanes &= lanes - 1) {
        uint32_t lane = (uint32_t)_tzcnt_u64(lanes);

        turn_begin(b, lane, &t);
        lane_turns(&t);
        b->left_over[lane] = t.places;
    }
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

/* Every day, also when nobody starts. */
WIDE static void list_day(struct sim_batch *b, int32_t day)
{
    for (size_t s = 0; s < b->t->m->order->streams; s++)
        b->older[s] = day <= b->t->last[s] ? backlog_add(b, s, day) : ~(uint64_t)0;
}

#endif
