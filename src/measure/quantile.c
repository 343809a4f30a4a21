// SPDX-License-Identifier: EUPL-1.2
#include "measure/quantile.h"

#include "base/normal.h"
#include "measure/special.h"

#include <math.h>

/* The two ranks (from 0) that a quantile lies between, and the weight of the second one. */
struct place {
    size_t low, high;
    double weight;
};

static struct place quantile_place(size_t n, double p, enum quantile_type type)
{
    double size = (double)n, rank;

    if (type == QUANTILE_TYPE_1) {
        rank = ceil(size * p - 1e-12 * (1 + size * p));
        rank = fmin(fmax(rank, 1), size) - 1;
        return (struct place){ (size_t)rank, (size_t)rank, 0 };
    }
    rank = fmin(fmax((size - 1) * p, 0), size - 1);
    return (struct place){ (size_t)floor(rank), (size_t)ceil(rank), rank - floor(rank) };
}

static double between(double low, double high, double weight)
{
    return weight == 0 ? low : (1 - weight) * low + weight * high;
}

double quantile_of_sorted(const int64_t *value, size_t n, double p, enum quantile_type type)
{
    struct place at;

    if (n == 0 || !(p >= 0 && p <= 1))
        return NAN;
    at = quantile_place(n, p, type);
    return between((double)value[at.low], (double)value[at.high], at.weight);
}

/* A place in low..high for the pivot: scattered, so that no order of the values makes the search quadratic,
 * and the same in each run. */
static ptrdiff_t pivot_place(ptrdiff_t low, ptrdiff_t high, uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return low + (ptrdiff_t)((*state >> 33) % (uint64_t)(high - low + 1));
}

/* Hoare's FIND, once for whole numbers and once for reals: afterwards value[k] is what it would be if sorted,
 * with nothing larger before it and nothing smaller after it. */
#define SELECT(type_, select_)                                                                               \
    static void select_(type_ *value, size_t n, size_t rank)                                                 \
    {                                                                                                        \
        ptrdiff_t low = 0, high = (ptrdiff_t)n - 1, k = (ptrdiff_t)rank;                                     \
        uint64_t state = n;                                                                                  \
                                                                                                             \
        while (low < high) {                                                                                 \
            type_ pivot = value[pivot_place(low, high, &state)];                                             \
            ptrdiff_t i = low, j = high;                                                                     \
                                                                                                             \
            while (i <= j) {                                                                                 \
                while (value[i] < pivot)                                                                     \
                    i++;                                                                                     \
                while (pivot < value[j])                                                                     \
                    j--;                                                                                     \
                if (i <= j) {                                                                                \
                    type_ swap = value[i];                                                                   \
                    value[i++] = value[j];                                                                   \
                    value[j--] = swap;                                                                       \
                }                                                                                            \
            }                                                                                                \
            low = k > j ? (k < i ? k : i) : low; /* between j and i all equal the pivot */                   \
            high = k < i ? (k > j ? k : j) : high;                                                           \
        }                                                                                                    \
    }

SELECT(int64_t, select_whole)
SELECT(double, select_real)

double quantile_select(int64_t *value, size_t n, double p, enum quantile_type type)
{
    struct place at;

    if (n == 0 || !(p >= 0 && p <= 1))
        return NAN;
    at = quantile_place(n, p, type);
    select_whole(value, n, at.low);
    if (at.high != at.low) /* the least of what lies above */
        select_whole(value + at.high, n - at.high, 0);
    return between((double)value[at.low], (double)value[at.high], at.weight);
}

double quantile_select_real(double *value, size_t n, double p, enum quantile_type type)
{
    struct place at;

    if (n == 0 || !(p >= 0 && p <= 1))
        return NAN;
    at = quantile_place(n, p, type);
    select_real(value, n, at.low);
    if (at.high != at.low)
        select_real(value + at.high, n - at.high, 0);
    return between(value[at.low], value[at.high], at.weight);
}

/* The rank r, from 1 and with a part behind the comma, for which the rth of n values lies below the quantile
 * p with this chance: I_p(r, n - r + 1), which falls as r grows. */
static double rank_below(double n, double p, double chance)
{
    double low = 0, high = n + 1;

    for (int i = 0; i < 60; i++) {
        double r = (low + high) / 2;
        if (special_beta(r, n - r + 1, p) > chance)
            low = r;
        else
            high = r;
    }
    return (low + high) / 2;
}

static double at_rank(int64_t *value, size_t n, double rank)
{
    if (rank < 1 || rank > (double)n)
        return NAN;
    return quantile_select(value, n, n > 1 ? (rank - 1) / (double)(n - 1) : 0, QUANTILE_TYPE_7);
}

struct interval quantile_interval(int64_t *value, size_t n, double p, double level)
{
    double half = (1 - level) / 2, size = (double)n;

    if (n == 0 || !(p > 0 && p < 1))
        return (struct interval){ quantile_select(value, n, p, QUANTILE_TYPE_7), NAN, NAN };
    return (struct interval){ quantile_select(value, n, p, QUANTILE_TYPE_7),
                              at_rank(value, n, rank_below(size, p, 1 - half)),
                              at_rank(value, n, rank_below(size, p, half)) };
}

double quantile_between(size_t n, double p, double level)
{
    return normal_quantile((1 + level) / 2) * sqrt((double)n * p * (1 - p));
}

double mean_of(const int64_t *value, size_t n)
{
    int64_t sum = 0;

    if (n == 0)
        return NAN;
    for (size_t i = 0; i < n; i++)
        sum += value[i];
    return (double)sum / (double)n;
}
