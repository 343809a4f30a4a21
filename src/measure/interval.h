// SPDX-License-Identifier: EUPL-1.2
/* Intervals for shares, rates and means. `level` is the coverage, 0.95 as a rule. No trials or no exposure
 * gives NaN: a share of nothing is unknown, not zero. */
#ifndef PEIL_MEASURE_INTERVAL_H
#define PEIL_MEASURE_INTERVAL_H

#include <stdint.h>

struct interval {
    double value, lower, upper;
};

/* k of n, 0 <= k <= n. Wilson 1927, JASA 22:209-212: the score interval without continuity correction; the
 * one that Peil shows, as its coverage is near the level on average, also for small n (Brown, Cai & DasGupta
 * 2001, Stat. Science 16:101-133). */
struct interval interval_wilson(int64_t k, int64_t n, double level);
/* The same for a share that was put together from parts, with the size that a plain share of that variance
 * has: share (1 - share) / variance. */
struct interval interval_wilson_share(double share, double size, double level);
/* Clopper & Pearson 1934, Biometrika 26:404-413: the "exact" interval, never below its level and wider. */
struct interval interval_clopper_pearson(int64_t k, int64_t n, double level);
/* Events per unit of exposure (person-years, weeks, ...). Garwood 1936, Biometrika 28:437-442. */
struct interval interval_poisson_rate(int64_t events, double exposure, double level);
/* The mean of n values with this standard deviation (divided by n - 1): Student 1908, Biometrika 6:1-25. The
 * limits are NaN with fewer than two values. */
struct interval interval_mean(double mean, double sd, int64_t n, double level);

#endif
