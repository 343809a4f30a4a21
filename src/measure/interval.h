// SPDX-License-Identifier: EUPL-1.2
/* Intervals for shares and rates. `level` is the coverage, 0.95 as a rule. No trials or no exposure gives
 * NaN: a share of nothing is unknown, not zero. */
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
/* Clopper & Pearson 1934, Biometrika 26:404-413: the "exact" interval, never below its level and wider. */
struct interval interval_clopper_pearson(int64_t k, int64_t n, double level);
/* Events per unit of exposure (person-years, weeks, ...). Garwood 1936, Biometrika 28:437-442. */
struct interval interval_poisson_rate(int64_t events, double exposure, double level);

#endif
