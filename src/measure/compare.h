// SPDX-License-Identifier: EUPL-1.2
/* Comparing two periods or groups: before and after, this baseline and now. Each gives the difference (or
 * ratio) with an interval; when the interval holds 0 (or 1), chance alone may explain it. A difference is
 * after less before. No data gives NaN. Values that are NaN are not counted. `level`: 0.95 as a rule. */
#ifndef PEIL_MEASURE_COMPARE_H
#define PEIL_MEASURE_COMPARE_H

#include "measure/interval.h"

#include <stddef.h>
#include <stdint.h>

/* Mean and spread of the values that are known. */
struct compare_sample {
    int64_t n;
    double mean, sd; /* sd divides by n - 1; NaN with fewer than two */
};
struct compare_sample compare_sample(const double *value, size_t n);

/* Paired change: the same resident before and after. */
struct compare_paired {
    int64_t pairs;    /* both known */
    int64_t unpaired; /* only one of the two known: they tell how far the pairs can be trusted */
    int64_t up, same, down;
    double sd;                /* of the changes */
    struct interval change;   /* the mean change, t interval: Student 1908, Biometrika 6:1-25, section IX */
    struct interval share_up; /* share of the pairs that went up: Wilson */
};
struct compare_paired compare_paired(const double *before, const double *after, size_t n, double level);

/* Two means with spreads of their own: Welch 1947, Biometrika 34:28-35. */
struct interval compare_means(struct compare_sample before, struct compare_sample after, double level,
                              double *ret_df);

/* Two shares: Newcombe 1998, Statist. Med. 17:873-890, method 10 (from the two Wilson intervals). */
struct interval compare_shares(int64_t k_before, int64_t n_before, int64_t k_after, int64_t n_after,
                               double level);

/* Two rates, as the ratio after / before: exact, given the sum of the events (Przyborowski & Wilenski 1940,
 * Biometrika 31:313-323; Clopper-Pearson of that split). Infinite upper limit when before has none. */
struct interval compare_rates(int64_t events_before, double exposure_before, int64_t events_after,
                              double exposure_after, double level);

/* Two medians, percentiles or means of which value and interval are known, also with people still waiting:
 * after less before, the interval put together from the distances between each value and its own limits
 * (MOVER: Zou & Donner 2008, Statist. Med. 27:1693-1702, eq. 5; Donner & Zou 2012, Stat. Methods Med. Res.
 * 21:347-359). Nothing but the two intervals is needed, so that a sealed one can be compared too; Newcombe's
 * for shares is the same from two Wilson intervals. A limit that is not known (NaN: the curve does not come
 * that far) leaves that side open: infinite. Both limits of one unknown: NaN, there is no interval.
 *
 * A distance is uncertain itself, and its interval allows for that; two of them together need less allowance.
 * With df degrees of freedom a distance is taken for t_df times a standard error; the two errors are added in
 * quadrature and taken times the t of their own degrees of freedom (Satterthwaite 1946, Biometrics Bull.
 * 2:110-114, eq. 17; from two intervals of means this is Welch's). df of a percentile is the number of events
 * (or values) between it and the limit: docs/measures/compare.md says why. Both df unknown: the plain MOVER.
 */
struct compare_value {
    struct interval at;
    double df_lower,
        df_upper; /* what the distance to each limit rests on; 0: not known, then without limit */
};
struct interval compare_values(const struct compare_value *before, const struct compare_value *after,
                               double level);

#endif
