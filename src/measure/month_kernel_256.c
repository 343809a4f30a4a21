// SPDX-License-Identifier: EUPL-1.2
/* The same counts with AVX2: 16 rows at a time up to the additions, of which there are two a row, in
 * histograms that stay in the first-level cache. */
#include "measure/month_kernel.h"

#ifdef MONTH_WIDE
#include <immintrin.h>
#include <string.h>

#define WIDE __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define WIDE_INLINE WIDE __attribute__((always_inline)) inline

enum {
    LANES = 16,  /* 16-bit values in a register */
    PIECE = 512, /* rows of which all places are worked out before they are counted: what a register has just
                    written can only be read back in parts much later */
    FEW = 96,
    COLUMNS = 4, /* histograms of the months of closing: the same month comes row after row */
    MONTHS = MONTH_NOT_CLOSED + 1
};

/* What one register after the other adds to: 16 counters each, of at most MONTH_CHUNK / LANES. */
struct wide_counts {
    __m256i limit[2]; /* of the first 16 days and of the others, in bytes */
    __m256i wait_max, direct, reopened, in_norm[3];
    uint16_t closed[COLUMNS * MONTHS];
};

struct places {
    uint16_t bin[PIECE], closed[PIECE];
};

/* The norm of each row by its day of receipt: a look-up in 32 bytes. */
static WIDE_INLINE __m256i limit_of(const struct wide_counts *k, __m256i rest)
{
    __m256i day = _mm256_and_si256(rest, _mm256_set1_epi16(31));
    __m256i at = _mm256_or_si256(day, _mm256_set1_epi16(INT16_MIN)); /* the upper byte: 0 */

    return _mm256_blendv_epi8(_mm256_shuffle_epi8(k->limit[0], at), _mm256_shuffle_epi8(k->limit[1], at),
                              _mm256_cmpgt_epi16(day, _mm256_set1_epi16(15)));
}

/* Flags, norm, longest wait and places of 16 rows. */
static WIDE_INLINE void count_rows(struct wide_counts *k, const uint16_t *outcomes, const uint16_t *rests,
                                   uint16_t *ret_bin, uint16_t *ret_closed)
{
    const __m256i column = _mm256_set1_epi64x((long long)3 * MONTHS << 48 | (long long)2 * MONTHS << 32 |
                                              (long long)MONTHS << 16);
    __m256i outcome = _mm256_loadu_si256((const void *)outcomes);
    __m256i rest = _mm256_loadu_si256((const void *)rests), limit = limit_of(k, rest);
    __m256i bin = _mm256_and_si256(outcome, _mm256_set1_epi16(0x3fff));

    k->reopened = _mm256_add_epi16(k->reopened, _mm256_srli_epi16(outcome, 15));
    k->direct =
        _mm256_add_epi16(k->direct, _mm256_and_si256(_mm256_srli_epi16(outcome, 14), _mm256_set1_epi16(1)));
    k->wait_max = _mm256_max_epu16(k->wait_max, _mm256_and_si256(bin, _mm256_set1_epi16(MONTH_WAIT_MAX)));
    for (int kind = 0; kind < 3;
         kind++) { /* bins of other kinds are above the limit, or wrap round to there */
        __m256i wait = _mm256_sub_epi16(bin, _mm256_set1_epi16((short)(kind * MONTH_WAITS)));
        __m256i within = _mm256_cmpeq_epi16(_mm256_min_epu16(wait, limit), wait);
        k->in_norm[kind] = _mm256_sub_epi16(k->in_norm[kind], within);
    }
    bin = _mm256_add_epi16(bin, _mm256_slli_epi16(_mm256_srli_epi16(bin, 11), 5));
    _mm256_storeu_si256((void *)ret_bin, bin);
    _mm256_storeu_si256((void *)ret_closed, _mm256_add_epi16(_mm256_srli_epi16(rest, 10), column));
}

static WIDE_INLINE void add_four(uint16_t *to, const uint16_t *at)
{
    uint64_t four;

    memcpy(&four, at, sizeof four);
    to[four & 0xffff]++;
    to[four >> 16 & 0xffff]++;
    to[four >> 32 & 0xffff]++;
    to[four >> 48]++;
}

/* n: a multiple of LANES, at most PIECE. */
static WIDE_INLINE void count_piece(struct wide_counts *k, const struct month_group *g, size_t at, size_t n,
                                    uint16_t *bins)
{
    struct places p;

    for (size_t i = 0; i < n; i += LANES)
        count_rows(k, g->outcome + at + i, g->rest + at + i, p.bin + i, p.closed + i);
    for (size_t i = 0; i < n; i += 4) {
        add_four(bins, p.bin + i);
        add_four(k->closed, p.closed + i);
    }
}

static WIDE_INLINE uint32_t sum_lanes(__m256i v)
{
    uint16_t lane[LANES];
    uint32_t sum = 0;

    _mm256_storeu_si256((void *)lane, v);
    for (int i = 0; i < LANES; i++)
        sum += lane[i];
    return sum;
}

static WIDE_INLINE void counts_end(const struct wide_counts *k, const struct month_group *g,
                                   struct month_tally *tally)
{
    uint16_t longest[LANES];

    tally->direct += sum_lanes(k->direct);
    tally->reopened += sum_lanes(k->reopened);
    for (int kind = 0; kind < 3; kind++)
        tally->in_norm[g->month + kind] += sum_lanes(k->in_norm[kind]);
    for (int i = 0; i < COLUMNS * MONTHS; i++)
        tally->closed[g->month + i % MONTHS] += k->closed[i];
    _mm256_storeu_si256((void *)longest, k->wait_max);
    for (int lane = 0; lane < LANES; lane++)
        tally->wait_max = longest[lane] > tally->wait_max ? longest[lane] : tally->wait_max;
}

WIDE static void count_256(const struct month_group *g, uint16_t *bins, struct month_tally *tally)
{
    int32_t start = g->frame->first[g->month] - g->frame->first[0];
    int32_t days = g->frame->first[g->month + 1] - g->frame->first[g->month];
    const uint16_t *limit = g->frame->limit + start;
    struct wide_counts k = { 0 };
    uint8_t bytes[32];
    size_t i = 0, whole = g->n / LANES * LANES;

    for (int day = 0; day < 32; day++) {
        if (limit[day] >= days) { /* a norm of more than a month */
            month_kernel_plain.count(g, bins, tally);
            return;
        }
        bytes[day] = (uint8_t)limit[day];
    }
    for (int half = 0; half < 2; half++)
        k.limit[half] = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)(bytes + 16 * half)));
    for (; i < whole; i += PIECE)
        count_piece(&k, g, i, whole - i < PIECE ? whole - i : PIECE, bins);
    counts_end(&k, g, tally);
    struct month_group rest = { g->frame, g->month, g->outcome + whole, g->rest + whole, g->n - whole };
    month_kernel_plain.count(&rest, bins, tally);
}

/* ---- bins to histograms ---- */

/* Adds 16 values of 16 bits to 16 of 32 bits. */
static WIDE_INLINE void add_lanes(uint32_t *to, __m256i v)
{
    __m256i low = _mm256_cvtepu16_epi32(_mm256_castsi256_si128(v));
    __m256i high = _mm256_cvtepu16_epi32(_mm256_extracti128_si256(v, 1));

    _mm256_storeu_si256((void *)to, _mm256_add_epi32(low, _mm256_loadu_si256((const void *)to)));
    _mm256_storeu_si256((void *)(to + 8), _mm256_add_epi32(high, _mm256_loadu_si256((const void *)(to + 8))));
}

/* Takes the bins of these days, and leaves zeros. */
static WIDE_INLINE __m256i take_bins(uint16_t *bins, __m256i days)
{
    __m256i all = _mm256_loadu_si256((const void *)bins);

    _mm256_storeu_si256((void *)bins, _mm256_andnot_si256(days, all));
    return _mm256_and_si256(all, days);
}

/* At most 16 days of a month (month_kernel_wide.c). */
static WIDE_INLINE void fold_days(struct month_fold *f, int32_t month, uint32_t low, uint32_t n, int kinds)
{
    const __m256i count = _mm256_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    __m256i days = _mm256_cmpgt_epi16(_mm256_set1_epi16((short)n), count);
    uint32_t used = 1u << (low >> 6) | 1u << ((low + n - 1) >> 6);
    __m256i started[3], left[3], all_started = _mm256_setzero_si256(), all_left = all_started;

    for (int kind = 0; kind < kinds; kind++) {
        uint16_t *bins = f->bins + low + (size_t)kind * MONTH_KIND;

        started[kind] = take_bins(bins, days);
        left[kind] = take_bins(bins + (size_t)MONTH_ROW_LEFT * MONTH_KIND, days);
        all_started = _mm256_add_epi16(all_started, started[kind]);
        all_left = _mm256_add_epi16(all_left, left[kind]);
    }
    __m256i any = _mm256_or_si256(all_started, all_left);
    if (_mm256_testz_si256(any, any))
        return;
    f->used |= used;
    for (int kind = 0; kind < kinds; kind++) {
        add_lanes(f->start[month + kind + 1] + low, started[kind]);
        f->start_used[month + kind] |= used;
    }
    add_lanes(f->gone[0] + low, all_started);
    if (_mm256_testz_si256(all_left, all_left))
        return;
    for (int kind = 0; kind < kinds; kind++)
        f->left[month + kind] += sum_lanes(left[kind]);
    add_lanes(f->gone[1] + low, all_left);
}

WIDE static void fold_256(const struct month_group *g, struct month_fold *f, uint32_t len)
{
    struct month_walk w = { .month = g->month - 1 };

    while (month_walk_next(g, len, &w))
        for (uint32_t low = w.low; low < w.high; low += LANES) {
            uint32_t n = w.high - low < LANES ? w.high - low : LANES;

            if (w.short_month)
                fold_days(f, w.month, low, n, 3);
            else
                fold_days(f, w.month, low, n, 2);
        }
}

WIDE static void move_256(uint32_t *to, uint32_t *from, uint32_t used)
{
    for (; used != 0; used &= used - 1) {
        size_t at = (size_t)_tzcnt_u32(used) * 64;
        for (size_t i = at; i < at + 64; i += 8) {
            _mm256_storeu_si256((void *)(to + i),
                                _mm256_add_epi32(_mm256_loadu_si256((const void *)(to + i)),
                                                 _mm256_loadu_si256((const void *)(from + i))));
            _mm256_storeu_si256((void *)(from + i), _mm256_setzero_si256());
        }
    }
}

/* ---- histograms to numbers ---- */

static WIDE_INLINE uint32_t sum_block(const uint32_t *at)
{
    __m256i sum = _mm256_setzero_si256();

    for (int i = 0; i < 64; i += 8)
        sum = _mm256_add_epi32(sum, _mm256_loadu_si256((const void *)(at + i)));
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    four = _mm_add_epi32(four, _mm_srli_si128(four, 8));
    return (uint32_t)_mm_cvtsi128_si32(_mm_add_epi32(four, _mm_srli_si128(four, 4)));
}

WIDE static uint32_t quantiles_256(const uint32_t *hist, uint32_t used, uint32_t n, int32_t ret[3])
{
    uint32_t cum = 0, rank[3];
    int found = 0;

    if (n == MONTH_COUNT_THEM) {
        n = 0;
        for (uint32_t rest = used; rest != 0; rest &= rest - 1)
            n += sum_block(hist + (size_t)_tzcnt_u32(rest) * 64);
    }
    for (int i = 0; i < 3; i++)
        rank[i] = (uint32_t)(((uint64_t)n * (i == 0 ? 50 : i == 1 ? 80 : 90) + 99) / 100);
    for (; n > 0 && found < 3 && used != 0; used &= used - 1) {
        int32_t day = (int32_t)_tzcnt_u32(used) * 64;
        uint32_t more = sum_block(hist + day);

        if (cum + more < rank[found]) {
            cum += more;
            continue;
        }
        for (int32_t end = day + 64; day < end; day++)
            for (cum += hist[day]; found < 3 && cum >= rank[found]; found++)
                ret[found] = day;
    }
    return n;
}

/* The curve, four days at a time. */
struct wide_curve {
    __m256d survival; /* before these days, in every lane */
    double level[2];  /* to come down to: 50 %, 20 % */
    __m128i at_risk;  /* before these days, in every lane */
    size_t found;
};

/* False when S lies so near a level that the order of the multiplications could decide. */
static WIDE_INLINE bool curve_step(struct wide_curve *k, const uint32_t *event, const uint32_t *censored,
                                   int32_t day, int32_t ret[2])
{
    const __m256d one = _mm256_set1_pd(1), near = _mm256_set1_pd(1e-11), sign = _mm256_set1_pd(-0.0);
    __m128i start = _mm_loadu_si128((const void *)event);
    __m128i gone = _mm_add_epi32(start, _mm_loadu_si128((const void *)censored)), sums = gone;

    sums = _mm_add_epi32(sums, _mm_slli_si128(sums, 4));
    sums = _mm_add_epi32(sums, _mm_slli_si128(sums, 8));
    __m128i after = _mm_sub_epi32(k->at_risk, sums); /* at risk after each day */
    __m128i before = _mm_add_epi32(after, gone), none = _mm_cmpeq_epi32(start, _mm_setzero_si128());
    k->at_risk = _mm_shuffle_epi32(after, 0xff);
    __m256d s = _mm256_div_pd(_mm256_cvtepi32_pd(_mm_sub_epi32(before, start)), _mm256_cvtepi32_pd(before));
    s = _mm256_blendv_pd(s, one, _mm256_castsi256_pd(_mm256_cvtepi32_epi64(none)));
    s = _mm256_mul_pd(s, _mm256_blend_pd(_mm256_permute4x64_pd(s, 0x90), one, 1)); /* one day further, two */
    s = _mm256_mul_pd(s, _mm256_blend_pd(_mm256_permute4x64_pd(s, 0x40), one, 3));
    s = _mm256_mul_pd(s, k->survival);
    k->survival = _mm256_permute4x64_pd(s, 0xff);
    while (k->found < 2) {
        __m256d level = _mm256_set1_pd(k->level[k->found]);
        __m256d far = _mm256_andnot_pd(sign, _mm256_sub_pd(s, level));
        __m256d over = _mm256_cmp_pd(s, _mm256_add_pd(level, near), _CMP_LE_OQ);

        if (_mm256_movemask_pd(over) == 0)
            break;
        if (_mm256_movemask_pd(_mm256_cmp_pd(far, near, _CMP_LT_OQ)) != 0)
            return false;
        ret[k->found++] = day + (int32_t)_tzcnt_u32((uint32_t)_mm256_movemask_pd(over));
    }
    return true;
}

WIDE static void survival_256(const uint32_t *event, const uint32_t *censored, uint32_t used, uint32_t n,
                              int32_t ret[2])
{
    struct wide_curve k = { .survival = _mm256_set1_pd(1),
                            .at_risk = _mm_set1_epi32((int)n),
                            .level = { 0.5 + MONTH_KM_TOLERANCE, 0.2 + MONTH_KM_TOLERANCE } };
    bool sure = n <= INT32_MAX;

    ret[0] = ret[1] = MONTH_NO_DATA;
    for (uint32_t rest = used; sure && k.found < 2 && rest != 0; rest &= rest - 1) {
        int32_t day = (int32_t)_tzcnt_u32(rest) * 64, end = day + 64;

        for (; sure && k.found < 2 && day < end; day += 4)
            sure = curve_step(&k, event + day, censored + day, day, ret);
    }
    if (!sure)
        month_kernel_plain.survival(event, censored, used, n, ret);
}

const struct month_kernel month_kernel_256 = { "AVX2",   count_256,     fold_256,    FEW,
                                               move_256, quantiles_256, survival_256 };
#endif
