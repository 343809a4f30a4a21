// SPDX-License-Identifier: EUPL-1.2
/* The workers of 64 replications with AVX-512. The formulas are those of simulate_plain.c and
 * simulate_table.c, in the same order, so that every lane gives the same numbers. */
#include "forecast/simulate_batch.h"

#ifdef SIM_WIDE
#include <immintrin.h>
#include <string.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi2,popcnt,bmi,bmi2")))
#define WIDE_INLINE WIDE __attribute__((always_inline)) inline

bool sim_wide_here(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("popcnt") &&
           __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

/* ---- random numbers and tables ---- */

/* random_at */
static WIDE_INLINE __m512i number(__m512i place, __m512i a, __m512i b)
{
    __m512i x = _mm512_add_epi32(place, a);

    x = _mm512_xor_si512(x, _mm512_srli_epi32(x, 16));
    x = _mm512_mullo_epi32(x, _mm512_set1_epi32((int)RANDOM_MIX_1));
    x = _mm512_xor_si512(x, _mm512_srli_epi32(x, 15));
    x = _mm512_mullo_epi32(x, _mm512_set1_epi32((int)RANDOM_MIX_2));
    x = _mm512_ternarylogic_epi32(x, _mm512_srli_epi32(x, 16), b, 0x96); /* exclusive or of three */
    x = _mm512_mullo_epi32(x, _mm512_set1_epi32((int)RANDOM_MIX_3));
    return _mm512_xor_si512(x, _mm512_srli_epi32(x, 15));
}

static WIDE_INLINE __m512i load(const void *at)
{
    return _mm512_loadu_si512(at);
}

/* Element i of 64, for 16 values of i. */
static WIDE_INLINE __m512i pick(const void *table, __m512i i)
{
    const uint32_t *at = table;
    __m512i low = _mm512_permutex2var_epi32(load(at), i, load(at + 16));
    __m512i high = _mm512_permutex2var_epi32(load(at + 32), i, load(at + 48));

    return _mm512_mask_blend_epi32(_mm512_test_epi32_mask(i, _mm512_set1_epi32(32)), low, high);
}

/* sim_wait */
static WIDE_INLINE __m512i waits(const struct sim_table *t, __m512i u, __m512 mean)
{
    __m512 level = _mm512_i32gather_ps(_mm512_srli_epi32(u, 32 - WAIT_BITS), t->wait, 4);

    return _mm512_cvttps_epi32(_mm512_mul_ps(level, mean));
}

static WIDE_INLINE __m512i place_of(uint32_t what, __m512i of, __m512i i)
{
    return _mm512_or_si512(_mm512_set1_epi32((int)(what << 28)),
                           _mm512_or_si512(_mm512_slli_epi32(of, 22), i));
}

static WIDE_INLINE __m512i lanes_from(int group)
{
    const __m512i count = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    return _mm512_add_epi32(count, _mm512_set1_epi32(group * 16));
}

/* Cases of a worker that end on these days, in these lanes: 16 of them, of which those outside `in` only go
 * into the row of later days (a branch for each would be guessed wrong). */
static WIDE_INLINE void end_all(struct sim_batch *b, uint32_t worker, __m512i day, __m512i lane, __mmask16 in)
{
    const __m512i days = _mm512_set1_epi32(b->t->m->days);
    uint8_t *ends = b->ends + worker * b->rows * LANES;
    uint32_t at[16];

    lane = _mm512_mask_mov_epi32(lanes_from(0), in, lane);
    day = _mm512_mask_min_epi32(days, in, day, days);
    _mm512_storeu_si512(at, _mm512_add_epi32(_mm512_slli_epi32(day, 6), lane));
    for (int i = 0; i < 16; i += 8) {
        ends[at[i]]++;
        ends[at[i + 1]]++;
        ends[at[i + 2]]++;
        ends[at[i + 3]]++;
        ends[at[i + 4]]++;
        ends[at[i + 5]]++;
        ends[at[i + 6]]++;
        ends[at[i + 7]]++;
    }
}

/* ---- the beginning ---- */

/* Of a running case in 16 lanes: the levels that are longer, and what has passed (sim_open_ends). */
struct lasted {
    __m512i level, passed;
    __m512 from;
};

static WIDE_INLINE struct lasted lasted_of(const struct sim_batch *b, int32_t open, int g)
{
    const struct sim_table *t = b->t;
    const __m512i tail = _mm512_set1_epi32((1 << HELP_BITS) - HELP_TAIL),
                  most = _mm512_set1_epi32((int)t->lasted_n - 1);
    __m512i days = _mm512_set1_epi32(open);
    __m512 lasted = _mm512_mul_ps(_mm512_cvtepi32_ps(days), _mm512_loadu_ps(b->inverse + 16 * g));
    __m512i at = _mm512_cvttps_epi32(
        _mm512_add_ps(_mm512_mul_ps(lasted, _mm512_set1_ps(LASTED_STEPS)), _mm512_set1_ps(0.5f)));
    __m512i level = _mm512_and_si512(_mm512_i32gather_epi32(_mm512_min_epu32(at, most), t->lasted, 2),
                                     _mm512_set1_epi32(0xffff));
    __mmask16 beyond = _mm512_cmpgt_epi32_mask(level, tail);

    return (struct lasted){
        _mm512_min_epi32(level, tail), _mm512_mask_mov_epi32(days, beyond, _mm512_setzero_si512()),
        _mm512_maskz_mov_ps(beyond, _mm512_set1_ps(t->help[(1 << HELP_BITS) - HELP_TAIL]))
    };
}

/* sim_open_ends */
static WIDE_INLINE void open_case(struct sim_batch *b, uint32_t worker, uint32_t c)
{
    const struct sim_table *t = b->t;
    const __m512i n = _mm512_set1_epi32(1 << HELP_BITS), one = _mm512_set1_epi32(1);
    const __m512i place = _mm512_set1_epi32((int)random_place(RANDOM_OPEN, 0, c));
    struct lasted l = lasted_of(b, t->m->open[c], 0);

    for (int g = 0; g < 4; g++) {
        __m512 duration = _mm512_loadu_ps(b->duration + 16 * g);
        __m512i u = number(place, load(b->a + 16 * g), load(b->b + 16 * g));

        if (g > 0 && !b->uniform)
            l = lasted_of(b, t->m->open[c], g);
        u = _mm512_mullo_epi32(_mm512_srli_epi32(u, 16), _mm512_sub_epi32(n, l.level));
        u = _mm512_add_epi32(l.level, _mm512_srli_epi32(u, 16));
        __m512 lasts = _mm512_sub_ps(_mm512_i32gather_ps(u, t->help, 4), l.from);
        __m512i day = _mm512_sub_epi32(_mm512_cvttps_epi32(_mm512_mul_ps(lasts, duration)), l.passed);
        day = _mm512_max_epi32(_mm512_add_epi32(day, one), one);
        if (t->m->worker[worker].back != 0) /* the work stands still until the worker is back */
            day = _mm512_add_epi32(
                day, _mm512_min_epi32(load(b->change[worker] + 16 * g), _mm512_set1_epi32(t->m->days)));
        end_all(b, worker, day, lanes_from(g), 0xffff);
    }
}

static WIDE_INLINE void health_begin(struct sim_batch *b, uint32_t w)
{
    const struct model_worker *p = &b->t->m->worker[w];
    int32_t from = p->from > 0 ? p->from : 0;

    b->present[w] = p->back == 0 ? ~(uint64_t)0 : 0;
    for (int g = 0; g < 4; g++) {
        __m512i u = number(_mm512_set1_epi32((int)random_place(RANDOM_ILL, w, 0)), load(b->a + 16 * g),
                           load(b->b + 16 * g));
        __m512i wait = waits(b->t, u, _mm512_loadu_ps((p->back < 0 ? b->well : b->ill) + 16 * g));
        __m512i day = _mm512_add_epi32(wait, _mm512_set1_epi32(from + 1));

        _mm512_storeu_si512(b->change[w] + 16 * g, p->back > 0 ? _mm512_set1_epi32(p->back) : day);
        _mm512_storeu_si512(b->changes[w] + 16 * g, _mm512_set1_epi32(p->back <= 0));
    }
}

WIDE void sim_wide_begin(struct sim_batch *b)
{
    const struct model *m = b->t->m;

    for (uint32_t w = 0; w < m->workers; w++) {
        memset(b->busy[w], (int)m->worker[w].case_n, LANES);
        memset(b->ends + w * b->rows * LANES, 0, b->rows * LANES);
        health_begin(b, w);
        for (uint32_t c = 0; c < m->worker[w].case_n; c++)
            open_case(b, w, m->worker[w].case_first + c);
    }
}

/* ---- the days ---- */

/* When worker w falls ill or is back in the days of the block that begins today, in 16 lanes: `turns` gets a
 * bit a lane on each of those days. */
static WIDE_INLINE void health_lanes(struct sim_batch *b, uint32_t w, int g, int32_t until, uint64_t *turns)
{
    __m512i change = load(b->change[w] + 16 * g), changes = load(b->changes[w] + 16 * g);
    __m512i one = _mm512_set1_epi32(1);
    __mmask16 here = (__mmask16)(b->healthy[w] >> 16 * g), now;
    uint32_t day[16];

    while ((now = _mm512_cmplt_epi32_mask(change, _mm512_set1_epi32(until))) != 0) {
        __m512i u = number(place_of(RANDOM_ILL, _mm512_set1_epi32((int)w), changes), load(b->a + 16 * g),
                           load(b->b + 16 * g));

        _mm512_storeu_si512(day, change);
        for (uint32_t lanes = now; lanes != 0; lanes &= lanes - 1) {
            uint32_t i = _tzcnt_u32(lanes);
            turns[day[i] % BATCH_HEALTH] |= (uint64_t)1 << (16 * (uint32_t)g + i);
        }
        here ^= now;
        __m512 mean =
            _mm512_mask_blend_ps(here, _mm512_loadu_ps(b->well + 16 * g), _mm512_loadu_ps(b->ill + 16 * g));
        __m512i next = _mm512_add_epi32(_mm512_add_epi32(waits(b->t, u, mean), one), change);
        change = _mm512_mask_mov_epi32(change, now, next);
        changes = _mm512_mask_add_epi32(changes, now, changes, one);
    }
    b->healthy[w] = (b->healthy[w] & ~((uint64_t)0xffff << 16 * g)) | (uint64_t)here << 16 * g;
    _mm512_storeu_si512(b->change[w] + 16 * g, change);
    _mm512_storeu_si512(b->changes[w] + 16 * g, changes);
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

WIDE void sim_wide_block(struct sim_batch *b, int32_t day)
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
        for (int g = 0; g < 4; g++)
            health_lanes(b, w, g, last < BATCH_HEALTH ? m->days : day + BATCH_HEALTH, b->turns[w]);
    }
}

static WIDE_INLINE __m128i cases_16(const struct sim_batch *b, uint32_t w, const uint32_t *room, int g)
{
    __m512i shift = _mm512_add_epi32(load(b->shift + 16 * g), _mm512_set1_epi32((int)(w * 0x9e3779b9u)));
    __m512i n = _mm512_add_epi32(load(room + 16 * g), _mm512_srli_epi32(shift, 24));

    return _mm512_cvtepi32_epi8(_mm512_min_epu32(_mm512_srli_epi32(n, 8), _mm512_set1_epi32(250)));
}

static WIDE_INLINE __m512i cases_of(const struct sim_batch *b, uint32_t w, const uint32_t *room)
{
    __m512i all = _mm512_castsi128_si512(cases_16(b, w, room, 0));

    all = _mm512_inserti32x4(all, cases_16(b, w, room, 1), 1);
    all = _mm512_inserti32x4(all, cases_16(b, w, room, 2), 2);
    return _mm512_inserti32x4(all, cases_16(b, w, room, 3), 3);
}

/* The morning of a worker; returns the free places if help starts today. */
static WIDE_INLINE __m512i worker_day(struct sim_batch *b, uint32_t w, int32_t day, __m512i *busy,
                                      __m512i cases)
{
    const struct sim_table *t = b->t;

    if (day > 0) {
        *busy = _mm512_sub_epi8(*busy, load(b->ends + (w * b->rows + (size_t)day) * LANES));
        b->present[w] ^= b->turns[w][day % BATCH_HEALTH];
    }
    if (!t->m->working[day] || (t->here[day] >> w & 1) == 0)
        return _mm512_setzero_si512();
    return _mm512_maskz_subs_epu8(b->present[w] & b->active, cases, *busy);
}

static WIDE_INLINE void places_add(struct sim_batch *b, int32_t day, __m512i one, __m512i two)
{
    uint16_t *at = b->free_of[day % BATCH_BLOCK];
    __m512i low = _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_castsi512_si256(one)),
                                   _mm512_cvtepu8_epi16(_mm512_castsi512_si256(two)));
    __m512i high = _mm512_add_epi16(_mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(one, 1)),
                                    _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(two, 1)));

    _mm512_storeu_si512(at, _mm512_add_epi16(load(at), low));
    _mm512_storeu_si512(at + 32, _mm512_add_epi16(load(at + 32), high));
}

/* Lanes, and the how-manieth case of the lane that starts today: n of them in registers. (Through memory the
 * pieces would have to be written before they could be read.) */
struct starts {
    __m512i lane, nth; /* of the second of two workers: lane + LANES */
    uint32_t n;
};

static WIDE_INLINE void starts_run(struct sim_batch *b, uint32_t w, int32_t day, struct starts s)
{
    const struct sim_table *t = b->t;
    const __m512i today = _mm512_set1_epi32((int)sim_help_at(w, (uint32_t)day, 0)),
                  zero = _mm512_setzero_si512();

    for (uint32_t i = 0; i < s.n; i += 16) {
        __m512i lane = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(s.lane)),
                second = _mm512_srli_epi32(lane, 6);
        __m512i place = _mm512_add_epi32(today, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(s.nth)));
        __m512i u = number(_mm512_add_epi32(place, _mm512_slli_epi32(second, 22)), pick(b->a, lane),
                           pick(b->b, lane));
        __m512 level = _mm512_i32gather_ps(_mm512_srli_epi32(u, 32 - HELP_BITS), t->help, 4);
        __m512i duration = b->uniform ? load(b->duration) : pick(b->duration, lane);
        __m512i lasts = _mm512_cvttps_epi32(_mm512_mul_ps(level, _mm512_castsi512_ps(duration)));

        lane =
            _mm512_add_epi32(lane, _mm512_mullo_epi32(second, _mm512_set1_epi32((int)(b->rows - 1) * LANES)));
        end_all(b, w, _mm512_add_epi32(lasts, _mm512_set1_epi32(day + 1)), lane,
                (__mmask16)_bzhi_u32(0xffff, s.n - i));
        s.lane = _mm512_alignr_epi32(zero, s.lane, 4);
        s.nth = _mm512_alignr_epi32(zero, s.nth, 4);
    }
}

static WIDE_INLINE struct starts starts_of(const struct sim_batch *b, __m512i free, int nth, int second)
{
    __mmask64 more = _mm512_cmpgt_epu8_mask(free, _mm512_set1_epi8((char)nth));
    __m512i lane = _mm512_add_epi8(load(b->count), _mm512_set1_epi8((char)(second * LANES)));

    return (struct starts){ _mm512_maskz_compress_epi8(more, lane), _mm512_set1_epi8((char)nth),
                            (uint32_t)_mm_popcnt_u64(more) };
}

/* Joins them when they fit in one register, else runs the first. */
static WIDE_INLINE struct starts starts_join(struct sim_batch *b, uint32_t w, int32_t day, struct starts s,
                                             struct starts more)
{
    if (s.n + more.n > LANES) {
        starts_run(b, w, day, s);
        return more;
    }
    __mmask64 behind = s.n == LANES ? 0 : ~(uint64_t)0 << s.n;
    s.lane = _mm512_mask_expand_epi8(s.lane, behind, more.lane);
    s.nth = _mm512_mask_expand_epi8(s.nth, behind, more.nth);
    s.n += more.n;
    return s;
}

/* What two workers start today, the second with number w + 1. */
static WIDE_INLINE void starts_pair(struct sim_batch *b, uint32_t w, int32_t day, __m512i one, __m512i two)
{
    struct starts s = starts_join(b, w, day, starts_of(b, one, 0, 0), starts_of(b, two, 0, 1));
    __m512i most = _mm512_max_epu8(one, two);

    for (int nth = 1; _mm512_cmpgt_epu8_mask(most, _mm512_set1_epi8((char)nth)) != 0; nth++) {
        s = starts_join(b, w, day, s, starts_of(b, one, nth, 0));
        s = starts_join(b, w, day, s, starts_of(b, two, nth, 1));
    }
    starts_run(b, w, day, s);
}

/* A worker who goes through the days. */
struct alone {
    uint32_t w;
    __m512i busy, cases;
};

static WIDE_INLINE __m512i alone_day(struct sim_batch *b, struct alone *p, int32_t day, bool first)
{
    uint8_t room = b->room_at[day % BATCH_BLOCK];

    if (first || room != b->room_at[(day - 1) % BATCH_BLOCK])
        p->cases = cases_of(b, p->w, b->room[room]);
    __m512i free = worker_day(b, p->w, day, &p->busy, p->cases);
    p->busy = _mm512_add_epi8(p->busy, free);
    return free;
}

/* While more people wait than there are places, every free place is taken, whoever takes it: each worker goes
 * through the days alone. Two at a time, so that the processor has something to do while it waits. */
WIDE void sim_wide_alone(struct sim_batch *b, int32_t day, int32_t until)
{
    uint32_t workers = (uint32_t)b->t->m->workers;

    memset(b->free_of, 0, sizeof b->free_of);
    for (uint32_t w = 0; w < workers; w += 2) {
        struct alone one = { .w = w, .busy = load(b->busy[w]) }, two = { .w = w + 1 };
        bool pair = w + 1 < workers;

        if (pair)
            two.busy = load(b->busy[w + 1]);
        for (int32_t d = day; d < until; d++) {
            __m512i first = alone_day(b, &one, d, d == day);
            __m512i second = pair ? alone_day(b, &two, d, d == day) : _mm512_setzero_si512();
            __m512i any = _mm512_or_si512(first, second);

            if (_mm512_test_epi8_mask(any, any) == 0)
                continue;
            places_add(b, d, first, second);
            starts_pair(b, w, d, first, second);
        }
        _mm512_storeu_si512(b->busy[w], one.busy);
        if (pair)
            _mm512_storeu_si512(b->busy[w + 1], two.busy);
    }
}

/* One day of all workers up to the turns. */
WIDE void sim_wide_places(struct sim_batch *b, int32_t day)
{
    uint8_t room = b->room_at[day % BATCH_BLOCK];

    memset(b->free_of[day % BATCH_BLOCK], 0, sizeof *b->free_of);
    b->starters = 0;
    for (uint32_t w = 0; w < b->t->m->workers; w++) {
        __m512i busy = load(b->busy[w]);

        if (day % BATCH_BLOCK == 0 || room != b->room_at[(day - 1) % BATCH_BLOCK])
            _mm512_storeu_si512(b->cases[w], cases_of(b, w, b->room[room]));
        __m512i free = worker_day(b, w, day, &busy, load(b->cases[w]));
        _mm512_storeu_si512(b->busy[w], busy);
        if (_mm512_test_epi8_mask(free, free) == 0)
            continue;
        _mm512_storeu_si512(b->free[w], free);
        b->starters |= (uint64_t)1 << w;
        places_add(b, day, free, _mm512_setzero_si512());
    }
}

/* And from the turns on. */
WIDE void sim_wide_start(struct sim_batch *b, int32_t day)
{
    for (uint64_t who = b->starters; who != 0; who &= who - 1) {
        uint32_t w = (uint32_t)_tzcnt_u64(who);
        __m512i free = load(b->free[w]);

        _mm512_storeu_si512(b->busy[w], _mm512_add_epi8(load(b->busy[w]), free));
        starts_pair(b, w, day, free, _mm512_setzero_si512());
    }
}

WIDE void sim_wide_requests(struct sim_batch *b, int32_t day)
{
    const struct sim_table *t = b->t;
    const __m512i one = _mm512_set1_epi32(1);

    for (uint32_t s = 0; s < t->m->order->streams; s++) {
        uint16_t *came = b->came + (s * (size_t)t->m->days + (size_t)day) * LANES;

        if (day > t->last[s]) {
            memset(came, 0, LANES * sizeof *came);
            continue;
        }
        for (int g = 0; g < 4; g++) {
            __m512 until =
                _mm512_mul_ps(_mm512_loadu_ps(b->arrival[s] + 16 * g), _mm512_set1_ps(t->season[day]));
            __m512 next = _mm512_loadu_ps(b->next[s] + 16 * g);
            __m512i asked = load(b->asked[s] + 16 * g), n = _mm512_setzero_si512();
            __mmask16 comes;

            while ((comes = _mm512_cmp_ps_mask(next, until, _CMP_LT_OQ)) != 0) {
                __m512i u = number(place_of(RANDOM_COME, _mm512_set1_epi32((int)s), asked),
                                   load(b->a + 16 * g), load(b->b + 16 * g));
                __m512 gap = _mm512_i32gather_ps(_mm512_srli_epi32(u, 32 - WAIT_BITS), t->wait, 4);
                next = _mm512_mask_add_ps(next, comes, next, gap);
                asked = _mm512_mask_add_epi32(asked, comes, asked, one);
                n = _mm512_mask_add_epi32(n, comes, n, one);
            }
            _mm512_storeu_ps(b->next[s] + 16 * g, next);
            _mm512_storeu_si512(b->asked[s] + 16 * g, asked);
            _mm256_storeu_si256((void *)(came + 16 * g), _mm512_cvtepi32_epi16(n));
        }
        if (b->size != NULL)
            for (size_t lane = 0; lane < LANES; lane++)
                b->list[lane].size[day] += came[lane];
    }
}

WIDE void sim_wide_leave(struct sim_batch *b, int32_t day)
{
    uint32_t *leave = b->leave + (size_t)day * LANES;
    const __m512d one = _mm512_set1_pd(1), most = _mm512_set1_pd(4294967295.0);

    for (int g = 0; g < 8; g++) {
        __m512d stays = _mm512_loadu_pd(b->stays + 8 * g);
        __m512d left = _mm512_mul_pd(_mm512_sub_pd(one, stays), most);

        _mm256_storeu_si256((void *)(leave + 8 * g), _mm512_cvttpd_epu32(left));
        _mm512_storeu_pd(b->stays + 8 * g, _mm512_mul_pd(stays, _mm512_loadu_pd(b->stay + 8 * g)));
    }
}

#endif
