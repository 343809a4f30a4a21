// SPDX-License-Identifier: EUPL-1.2
/* Results that are made of the results of groups. */
#ifndef PEIL_MEASURE_PART_COMBINE_H
#define PEIL_MEASURE_PART_COMBINE_H

#include "measure/figure.h"

/* mix: counts of each code become shares of all of them together (Wilson); n is that sum. code[0..n-1], each
 * of one cell, changed in place. Returns the sum. */
int64_t part_mix(struct figure_result *code, size_t n);

/* places: how many places have at least `least` facts per 1,000 inhabitants, of those whose inhabitants are
 * known. */
void part_places(const struct figure_result *place, const int64_t *inhabitants, size_t n, double least,
                 struct figure_result *ret);

/* spread: places compared with the mix of strata (urgency) of all together: result[place * strata + stratum].
 * Direct standardisation (measure/standard.h), and only places with at least `minimum` people and somebody in
 * every stratum. Values: lowest and highest share with their intervals, FIGURE_RATIO of the two, and the
 * number of places as FIGURE_COUNT. share[places] receives the adjusted value, NaN for a place left out. */
#define SPREAD_STRATA 8
void part_spread(const struct figure_result *result, size_t places, size_t strata, int64_t minimum,
                 double *share, struct figure_result *ret);

#endif
