// SPDX-License-Identifier: EUPL-1.2
/* Quantiles and means of complete data (no censoring; with people still waiting, see survival.h).
 * Numbering of Hyndman & Fan 1996, American Statistician 50:361-365:
 *   type 7  linear interpolation at (n - 1) p; what spreadsheets and R give by default;
 *   type 1  the smallest observed value x with share(values <= x) >= p; always a value that occurred.
 * 0 <= p <= 1; no data gives NaN. n p is compared with a tolerance of 1e-12, so that 0.07 * 100 counts as 7.
 */
#ifndef PEIL_MEASURE_QUANTILE_H
#define PEIL_MEASURE_QUANTILE_H

#include "measure/interval.h"

#include <stddef.h>
#include <stdint.h>

enum quantile_type { QUANTILE_TYPE_1 = 1, QUANTILE_TYPE_7 = 7 };

/* Of values in ascending order. */
double quantile_of_sorted(const int64_t *value, size_t n, double p, enum quantile_type type);
/* Of values in any order, which are rearranged in place: O(n) on average (Hoare 1961, CACM 4:321, algorithm
 * 65). No value may be NaN. */
double quantile_select(int64_t *value, size_t n, double p, enum quantile_type type);
double quantile_select_real(double *value, size_t n, double p, enum quantile_type type);

/* A quantile of type 7 with its interval: the order statistics whose ranks leave 1 - level outside, half on
 * either side, as whole ranks do by the binomial law and ranks in between by the beta law (Hutson 1999, J.
 * Appl. Statist. 26:343-353, section 2). Too few values for a limit: NaN. The values are rearranged in place.
 */
struct interval quantile_interval(int64_t *value, size_t n, double p, double level);
/* About how many values lie between that quantile and each of its limits: what compare_values asks for. */
double quantile_between(size_t n, double p, double level);

/* The sum of the values must fit in int64_t. */
double mean_of(const int64_t *value, size_t n);

#endif
