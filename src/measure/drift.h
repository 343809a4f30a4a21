// SPDX-License-Identifier: EUPL-1.2
/* Slow drift and the moment of a change. Values that are NaN are not known: no zero, and passed over. */
#ifndef PEIL_MEASURE_DRIFT_H
#define PEIL_MEASURE_DRIFT_H

#include <stdbool.h>
#include <stddef.h>

/* The tabular CUSUM: Page 1954, Biometrika 41:100-115; Montgomery 2009, Introduction to Statistical Quality
 * Control, 6th ed., section 9.1.2 (eq. 9.2-9.3). With the usual allowance of 1/2 sigma and decision interval
 * of 5 sigma a stable series gives a false alarm once in 465 points, a shift of one sigma is found after 10
 * points on average (his table 9.3). */
#define DRIFT_ALLOWANCE 0.5
#define DRIFT_DECISION 5.0

struct drift_way {
    double target;              /* NaN: the mean of the baseline */
    double sigma;               /* NaN: mean moving range of the baseline / 1.128 */
    double allowance, decision; /* in sigma; 0: the usual ones */
    size_t baseline;            /* the first so many points; 0: all */
};
#define DRIFT_NONE ((size_t)-1)
struct drift_side {
    size_t signal; /* first point above the decision interval; DRIFT_NONE */
    size_t since;  /* the sum was last 0 just before this point: where the drift began */
};
struct drift {
    double target, sigma, allowance, decision; /* the last two in units of the values */
    struct drift_side up, down;
};
/* sum_up[n] and sum_down[n] receive the sums, both 0 or more; NaN where the value is. A spread of 0 or
 * unknown gives sums that are NaN and no signal. */
struct drift drift_cusum(const double *value, size_t n, const struct drift_way *way, double *ret_up,
                         double *ret_down);

/* The one moment at which a series changed level: Pettitt 1979, Applied Statistics 28:126-135. Ranks only, so
 * that one odd month does not decide. p is his approximation 2 exp(-6 K^2 / (n^3 + n^2)), good below 0.5. */
struct change_point {
    size_t n;     /* known values */
    size_t first; /* index of the first point of the new level; DRIFT_NONE with fewer than two values */
    double k;     /* the largest |U| */
    double p;     /* chance of such a K without a change, at most 1 */
    double mean_before, mean_after;
};
/* O(n^2), no memory. */
struct change_point drift_change_point(const double *value, size_t n);

#endif
