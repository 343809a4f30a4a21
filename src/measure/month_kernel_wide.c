// SPDX-License-Identifier: EUPL-1.2
/* The same counts with AVX-512: 32 rows at a time where nothing must be looked up. What is left a row is one
 * addition in a histogram that stays in the first-level cache. */
#include "measure/month_kernel.h"

#ifdef MONTH_WIDE
#include <immintrin.h>
#include <string.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,popcnt,bmi,bmi2")))
#define WIDE_INLINE WIDE __attribute__((always_inline)) inline

enum {
    LANES = 32, /* 16-bit values in a register */
    STEP = 64,  /* rows of one turn */
    FEW = 80,
    TURNS = 31 /* turns until a counter of 8 bits could be full: 8 a turn */
};

/* What one turn after the other adds to. */
struct wide_counts {
    __m512i limit, wait_max;
    __m512i ones, twos,
        fours;      /* carry-save: how often each month of closing was seen, modulo 8, in 8 lanes */
    __m512i closed; /* and each 8 times, 64 counters of 8 bits */
    uint64_t direct, reopened, in_norm[3];
};

/* Flags, norm and longest wait of up to 32 rows. Rows beyond `used` are zero and must not count. */
static WIDE_INLINE void count_flags(struct wide_counts *k, __m512i outcome, __m512i rest, __mmask32 used)
{
    __m512i bin = _mm512_and_si512(outcome, _mm512_set1_epi16(0x3fff));
    __m512i day = _mm512_and_si512(rest, _mm512_set1_epi16(31));
    __m512i limit = _mm512_permutexvar_epi16(day, k->limit);

    k->direct +=
        (uint64_t)_mm_popcnt_u32(_mm512_test_epi16_mask(outcome, _mm512_set1_epi16(MONTH_ROW_DIRECT)));
    k->reopened += (uint64_t)_mm_popcnt_u32(_mm512_movepi16_mask(outcome));
    k->wait_max = _mm512_max_epu16(k->wait_max, _mm512_and_si512(bin, _mm512_set1_epi16(MONTH_WAIT_MAX)));
    for (int kind = 0; kind < 3;
         kind++) { /* bins of other kinds are far above the limit, or wrap round to there */
        __m512i wait = _mm512_sub_epi16(bin, _mm512_set1_epi16((short)(kind * MONTH_WAITS)));
        k->in_norm[kind] += (uint64_t)_mm_popcnt_u32(_mm512_mask_cmple_epu16_mask(used, wait, limit));
    }
}

/* sum and carry of three bits in each place (Harley-Seal: Warren, Hacker's Delight, 2nd ed. 2013, section
 * 5-1). */
static WIDE_INLINE __m512i carry(__m512i *sum, __m512i a, __m512i b)
{
    __m512i c = _mm512_ternarylogic_epi64(*sum, a, b, 0xe8);

    *sum = _mm512_ternarylogic_epi64(*sum, a, b, 0x96);
    return c;
}

/* Eight rows: a bit at the month of closing of each. */
static WIDE_INLINE __m512i month_bits(__m128i rest)
{
    return _mm512_sllv_epi64(_mm512_set1_epi64(1), _mm512_cvtepu16_epi64(rest));
}

/* The months of closing of 64 rows: bits in columns, added with logic instead of 64 additions in memory. */
static WIDE_INLINE void count_closed(struct wide_counts *k, __m512i rest_a, __m512i rest_b)
{
    __m512i a = _mm512_srli_epi16(rest_a, 10), b = _mm512_srli_epi16(rest_b, 10), two[4], four[2];
    uint64_t eight[8];

    two[0] =
        carry(&k->ones, month_bits(_mm512_castsi512_si128(a)), month_bits(_mm512_extracti32x4_epi32(a, 1)));
    two[1] = carry(&k->ones, month_bits(_mm512_extracti32x4_epi32(a, 2)),
                   month_bits(_mm512_extracti32x4_epi32(a, 3)));
    two[2] =
        carry(&k->ones, month_bits(_mm512_castsi512_si128(b)), month_bits(_mm512_extracti32x4_epi32(b, 1)));
    two[3] = carry(&k->ones, month_bits(_mm512_extracti32x4_epi32(b, 2)),
                   month_bits(_mm512_extracti32x4_epi32(b, 3)));
    four[0] = carry(&k->twos, two[0], two[1]);
    four[1] = carry(&k->twos, two[2], two[3]);
    _mm512_storeu_si512(eight, carry(&k->fours, four[0], four[1]));
    for (int i = 0; i < 8; i++)
        k->closed = _mm512_mask_add_epi8(k->closed, eight[i], k->closed, _mm512_set1_epi8(1));
}

/* What the carry-save counters hold goes to the months. */
WIDE static void flush_closed(struct wide_counts *k, uint32_t *closed)
{
    uint8_t count[64];
    __m512i sum = _mm512_setzero_si512();
    uint64_t bits[3][8];

    _mm512_storeu_si512(bits[0], k->ones);
    _mm512_storeu_si512(bits[1], k->twos);
    _mm512_storeu_si512(bits[2], k->fours);
    for (int i = 0; i < 3; i++)
        for (int lane = 0; lane < 8; lane++)
            sum = _mm512_mask_add_epi8(sum, bits[i][lane], sum, _mm512_set1_epi8((char)(1 << i)));
    _mm512_storeu_si512(count, k->closed);
    for (int i = 0; i < 64; i += 16) {
        __m512i eights =
            _mm512_slli_epi32(_mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)(count + i))), 3);
        uint8_t few[64];
        _mm512_storeu_si512(few, sum);
        __m512i rest = _mm512_cvtepu8_epi32(_mm_loadu_si128((const void *)(few + i)));
        __m512i old = _mm512_loadu_si512(closed + i);
        _mm512_storeu_si512(closed + i, _mm512_add_epi32(old, _mm512_add_epi32(eights, rest)));
    }
    k->ones = k->twos = k->fours = k->closed = _mm512_setzero_si512();
}

/* Where the bins of 32 rows are. */
static WIDE_INLINE void put_bins(uint16_t *ret_bin, __m512i outcome)
{
    __m512i bin = _mm512_and_si512(outcome, _mm512_set1_epi16(0x3fff));

    _mm512_storeu_si512(ret_bin, _mm512_add_epi16(bin, _mm512_slli_epi16(_mm512_srli_epi16(bin, 11), 5)));
}

/* One addition a row: the only thing that is done row by row. */
static WIDE_INLINE void count_bins(const uint16_t bin[STEP], uint16_t *bins)
{
    for (size_t i = 0; i < STEP; i += 4) {
        uint64_t four;
        memcpy(&four, bin + i, sizeof four);
        bins[four & 0xffff]++;
        bins[four >> 16 & 0xffff]++;
        bins[four >> 32 & 0xffff]++;
        bins[four >> 48]++;
    }
}

/* The rows after the last whole turn. */
WIDE static void count_tail(struct wide_counts *k, const struct month_group *g, size_t at, uint16_t *bins,
                            uint32_t *closed)
{
    for (size_t i = at; i < g->n; i += LANES) {
        __mmask32 used = (__mmask32)_bzhi_u32(~0u, (unsigned)(g->n - i < LANES ? g->n - i : LANES));
        count_flags(k, _mm512_maskz_loadu_epi16(used, g->outcome + i),
                    _mm512_maskz_loadu_epi16(used, g->rest + i), used);
    }
    for (size_t i = at; i < g->n; i++) {
        closed[g->rest[i] >> 10]++;
        bins[(size_t)(g->outcome[i] >> 11 & 7) * MONTH_KIND + (g->outcome[i] & MONTH_WAIT_MAX)]++;
    }
}

WIDE static void count_wide(const struct month_group *g, uint16_t *bins, struct month_tally *tally)
{
    int32_t start = g->frame->first[g->month] - g->frame->first[0];
    int32_t days = g->frame->first[g->month + 1] - g->frame->first[g->month];
    struct wide_counts k = { .limit = _mm512_loadu_si512(g->frame->limit + start) };
    size_t i = 0;

    if (_mm512_cmpge_epu16_mask(k.limit, _mm512_set1_epi16((short)days)) != 0) {
        month_kernel_plain.count(g, bins, tally); /* a norm of more than a month */
        return;
    }
    while (i + STEP <= g->n) {
        for (int turn = 0; turn < TURNS && i + STEP <= g->n; turn++, i += STEP) {
            __m512i rest_a = _mm512_loadu_si512(g->rest + i),
                    rest_b = _mm512_loadu_si512(g->rest + i + LANES);
            __m512i a = _mm512_loadu_si512(g->outcome + i), b = _mm512_loadu_si512(g->outcome + i + LANES);
            uint16_t bin[STEP];
            put_bins(bin, a);
            put_bins(bin + LANES, b);
            count_flags(&k, a, rest_a, ~0u);
            count_flags(&k, b, rest_b, ~0u);
            count_closed(&k, rest_a, rest_b);
            count_bins(bin, bins);
        }
        flush_closed(&k, tally->closed + g->month);
    }
    count_tail(&k, g, i, bins, tally->closed + g->month);
    tally->direct += (uint32_t)k.direct;
    tally->reopened += (uint32_t)k.reopened;
    for (int kind = 0; kind < 3; kind++)
        tally->in_norm[g->month + kind] += (uint32_t)k.in_norm[kind];
    uint16_t longest[LANES];
    _mm512_storeu_si512(longest, k.wait_max);
    for (int lane = 0; lane < LANES; lane++)
        tally->wait_max = longest[lane] > tally->wait_max ? longest[lane] : tally->wait_max;
}

/* Adds 32 values of 16 bits to 32 of 32 bits. */
static WIDE_INLINE void add_lanes(uint32_t *to, __m512i v, __mmask32 used)
{
    __m512i low = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(v));
    __m512i high = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(v, 1));
    __mmask16 a = (__mmask16)used, b = (__mmask16)(used >> 16);

    _mm512_mask_storeu_epi32(to, a, _mm512_add_epi32(low, _mm512_maskz_loadu_epi32(a, to)));
    if (b != 0)
        _mm512_mask_storeu_epi32(to + 16, b, _mm512_add_epi32(high, _mm512_maskz_loadu_epi32(b, to + 16)));
}

static WIDE_INLINE uint32_t sum_lanes(__m512i v)
{
    __m512i low = _mm512_cvtepu16_epi32(_mm512_castsi512_si256(v));
    __m512i high = _mm512_cvtepu16_epi32(_mm512_extracti64x4_epi64(v, 1));

    return (uint32_t)_mm512_reduce_add_epi32(_mm512_add_epi32(low, high));
}

/* A month has at most 31 days: one register for each kind. `month`: where who came on the first and waited
 * `low` days is by then; who came later in the month is one month further, or two past a short February. */
static WIDE_INLINE void fold_month(struct month_fold *f, int32_t month, uint32_t low, uint32_t n, int kinds)
{
    __mmask32 in_month = (__mmask32)_bzhi_u32(~0u, n);
    uint32_t used = 1u << (low >> 6) | 1u << ((low + n - 1) >> 6);
    uint16_t *bins = f->bins + low;
    __m512i started[3], left[3], all_started = _mm512_setzero_si512(), all_left = all_started;

    for (int kind = 0; kind < kinds; kind++) {
        started[kind] = _mm512_maskz_loadu_epi16(in_month, bins + (size_t)kind * MONTH_KIND);
        left[kind] = _mm512_maskz_loadu_epi16(in_month, bins + (size_t)(kind + MONTH_ROW_LEFT) * MONTH_KIND);
        all_started =
            _mm512_add_epi16(all_started, started[kind]); /* all rows of a chunk together fit in 16 bits */
        all_left = _mm512_add_epi16(all_left, left[kind]);
    }
    __m512i any = _mm512_or_si512(all_started, all_left);
    if (_mm512_test_epi16_mask(any, any) == 0)
        return;
    for (int kind = 0; kind < kinds; kind++) {
        add_lanes(f->start[month + kind + 1] + low, started[kind], in_month);
        f->start_used[month + kind] |= used;
        _mm512_mask_storeu_epi16(bins + (size_t)kind * MONTH_KIND, in_month, _mm512_setzero_si512());
    }
    add_lanes(f->gone[0] + low, all_started, in_month);
    f->used |= used;
    if (_mm512_test_epi16_mask(all_left, all_left) == 0)
        return;
    for (int kind = 0; kind < kinds; kind++) {
        f->left[month + kind] += sum_lanes(left[kind]);
        _mm512_mask_storeu_epi16(bins + (size_t)(kind + MONTH_ROW_LEFT) * MONTH_KIND, in_month,
                                 _mm512_setzero_si512());
    }
    add_lanes(f->gone[1] + low, all_left, in_month);
}

WIDE static void fold_wide(const struct month_group *g, struct month_fold *f, uint32_t len)
{
    struct month_walk w = { .month = g->month - 1 };

    while (month_walk_next(g, len, &w))
        if (w.short_month)
            fold_month(f, w.month, w.low, w.high - w.low, 3);
        else
            fold_month(f, w.month, w.low, w.high - w.low, 2);
}

WIDE static void move_wide(uint32_t *to, uint32_t *from, uint32_t used)
{
    for (; used != 0; used &= used - 1) {
        size_t at = (size_t)_tzcnt_u32(used) * 64;
        for (size_t i = at; i < at + 64; i += 16) {
            _mm512_storeu_si512(to + i,
                                _mm512_add_epi32(_mm512_loadu_si512(to + i), _mm512_loadu_si512(from + i)));
            _mm512_storeu_si512(from + i, _mm512_setzero_si512());
        }
    }
}

/* Running sums of 16 values. */
static WIDE_INLINE __m512i running_sum(__m512i v)
{
    const __m512i zero = _mm512_setzero_si512();

    v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 15));
    v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 14));
    v = _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 12));
    return _mm512_add_epi32(v, _mm512_alignr_epi32(v, zero, 8));
}

/* Where the running sum of 64 values reaches the ranks that lie in them. */
static WIDE_INLINE void find_ranks(const uint32_t *hist, int32_t day, uint32_t cum, const uint32_t rank[4],
                                   int *found, int32_t ret[3])
{
    for (int i = 0; i < 64; i += 16) {
        __m512i sums =
            _mm512_add_epi32(running_sum(_mm512_loadu_si512(hist + i)), _mm512_set1_epi32((int)cum));
        unsigned at;

        while ((at = _mm512_cmpge_epu32_mask(sums, _mm512_set1_epi32((int)rank[*found]))) != 0)
            ret[(*found)++] = day + i + (int32_t)_tzcnt_u32(at);
        cum = (uint32_t)_mm_extract_epi32(_mm512_extracti32x4_epi32(sums, 3), 3);
        if (rank[*found] == UINT32_MAX)
            return;
    }
}

static WIDE_INLINE uint32_t sum_block(const uint32_t *at)
{
    __m512i a = _mm512_add_epi32(_mm512_loadu_si512(at), _mm512_loadu_si512(at + 16));
    __m512i b = _mm512_add_epi32(_mm512_loadu_si512(at + 32), _mm512_loadu_si512(at + 48));

    return (uint32_t)_mm512_reduce_add_epi32(_mm512_add_epi32(a, b));
}

WIDE static uint32_t sum_blocks(const uint32_t *hist, uint32_t used)
{
    __m512i sum = _mm512_setzero_si512();

    for (; used != 0; used &= used - 1) {
        const uint32_t *at = hist + (size_t)_tzcnt_u32(used) * 64;
        __m512i a = _mm512_add_epi32(_mm512_loadu_si512(at), _mm512_loadu_si512(at + 16));
        __m512i b = _mm512_add_epi32(_mm512_loadu_si512(at + 32), _mm512_loadu_si512(at + 48));
        sum = _mm512_add_epi32(sum, _mm512_add_epi32(a, b));
    }
    return (uint32_t)_mm512_reduce_add_epi32(sum);
}

WIDE static uint32_t quantiles_wide(const uint32_t *hist, uint32_t used, uint32_t n, int32_t ret[3])
{
    uint32_t cum = 0;
    int found = 0;

    n = n == MONTH_COUNT_THEM ? sum_blocks(hist, used) : n;
    if (n == 0)
        return 0;
    const uint32_t rank[4] = { (uint32_t)(((uint64_t)n * 50 + 99) / 100),
                               (uint32_t)(((uint64_t)n * 80 + 99) / 100),
                               (uint32_t)(((uint64_t)n * 90 + 99) / 100), UINT32_MAX };
    for (; found < 3 && used != 0; used &= used - 1) {
        int32_t day = (int32_t)_tzcnt_u32(used) * 64;
        uint32_t more = sum_block(hist + day);
        if (cum + more >= rank[found])
            find_ranks(hist + day, day, cum, rank, &found, ret);
        cum += more;
    }
    return n;
}

/* The curve, eight days at a time. */
struct wide_curve {
    __m512d survival; /* before these days, in every lane */
    __m512d level[3]; /* to come down to: 50 %, 20 %, and never */
    __m256i at_risk;  /* before these days, in every lane */
    size_t found;
};

/* 1 / n, right to some 1e-15: the approximation of the processor holds 14 bits, and each step of Newton
 * doubles them. */
static WIDE_INLINE __m512d reciprocal(__m512d n)
{
    const __m512d two = _mm512_set1_pd(2);
    __m512d r = _mm512_rcp14_pd(n);

    r = _mm512_mul_pd(r, _mm512_fnmadd_pd(n, r, two));
    return _mm512_mul_pd(r, _mm512_fnmadd_pd(n, r, two));
}

/* False when S lies so near a level that the order of the multiplications could decide. */
static WIDE_INLINE bool curve_step(struct wide_curve *k, const uint32_t *event, const uint32_t *censored,
                                   int32_t day, int32_t ret[2])
{
    const __m256i zero = _mm256_setzero_si256();
    const __m512d one = _mm512_set1_pd(1), near = _mm512_set1_pd(1e-11);
    __m256i start = _mm256_loadu_si256((const void *)event);
    __m256i gone = _mm256_add_epi32(start, _mm256_loadu_si256((const void *)censored)), sums = gone;

    sums = _mm256_add_epi32(sums, _mm256_alignr_epi32(sums, zero, 7));
    sums = _mm256_add_epi32(sums, _mm256_alignr_epi32(sums, zero, 6));
    sums = _mm256_add_epi32(sums, _mm256_alignr_epi32(sums, zero, 4));
    __m256i after = _mm256_sub_epi32(k->at_risk, sums); /* at risk after each day */
    __m256i before = _mm256_add_epi32(after, gone);
    k->at_risk = _mm256_permutevar8x32_epi32(after, _mm256_set1_epi32(7));
    __m512d n = _mm512_cvtepu32_pd(before), s;
    s = _mm512_mask_mul_pd(one, _mm256_test_epi32_mask(start, start),
                           _mm512_cvtepu32_pd(_mm256_sub_epi32(before, start)), reciprocal(n));
    s = _mm512_mul_pd(
        s, _mm512_castsi512_pd(_mm512_alignr_epi64(_mm512_castpd_si512(s), _mm512_castpd_si512(one), 7)));
    s = _mm512_mul_pd(
        s, _mm512_castsi512_pd(_mm512_alignr_epi64(_mm512_castpd_si512(s), _mm512_castpd_si512(one), 6)));
    s = _mm512_mul_pd(
        s, _mm512_castsi512_pd(_mm512_alignr_epi64(_mm512_castpd_si512(s), _mm512_castpd_si512(one), 4)));
    s = _mm512_mul_pd(s, k->survival);
    k->survival = _mm512_permutexvar_pd(_mm512_set1_epi64(7), s);
    for (__mmask8 over;
         (over = _mm512_cmp_pd_mask(s, _mm512_add_pd(k->level[k->found], near), _CMP_LE_OQ)) != 0;) {
        __m512d far = _mm512_abs_pd(_mm512_sub_pd(s, k->level[k->found]));
        if (_mm512_cmp_pd_mask(far, near, _CMP_LT_OQ) != 0)
            return false;
        ret[k->found++] = day + (int32_t)_tzcnt_u32(over);
    }
    return true;
}

WIDE static void survival_wide(const uint32_t *event, const uint32_t *censored, uint32_t used, uint32_t n,
                               int32_t ret[2])
{
    struct wide_curve k = { .survival = _mm512_set1_pd(1),
                            .at_risk = _mm256_set1_epi32((int)n),
                            .level = { _mm512_set1_pd(0.5 + MONTH_KM_TOLERANCE),
                                       _mm512_set1_pd(0.2 + MONTH_KM_TOLERANCE), _mm512_set1_pd(-1) } };

    ret[0] = ret[1] = MONTH_NO_DATA;
    for (uint32_t rest = used; rest != 0; rest &= rest - 1) {
        int32_t at = (int32_t)_tzcnt_u32(rest) * 64;

        for (int32_t day = at; day < at + 64; day += 8) {
            if (!curve_step(&k, event + day, censored + day, day, ret)) {
                month_kernel_plain.survival(event, censored, used, n, ret);
                return;
            }
            if (k.found == 2)
                return;
        }
    }
}

const struct month_kernel month_kernel_wide = { "AVX-512", count_wide,     fold_wide,    FEW,
                                                move_wide, quantiles_wide, survival_wide };
#endif
