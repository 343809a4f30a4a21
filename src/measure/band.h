// SPDX-License-Identifier: EUPL-1.2
/* Figures from counts in bands (0-1 week, 1-2 weeks, ...), as authorities publish waiting lists. Within a
 * band people are taken to be spread evenly: what is computed from bands is an estimate, and says so. The
 * last band may be open (upper edge infinite). */
#ifndef PEIL_MEASURE_BAND_H
#define PEIL_MEASURE_BAND_H

#include <stddef.h>

struct bands {
    const double *lower, *upper; /* edges, ascending, lower[i + 1] >= upper[i] */
    const double *count;
    size_t n;
};
double bands_total(const struct bands *b);
/* Linear interpolation within the band that holds the share p of all, 0 <= p <= 1. NaN without people, and
 * when the band is open: then say "more than" its lower edge. */
double bands_quantile(const struct bands *b, double p);
/* How many lie at or below `edge`, and above it. NaN when it is no edge of a band and not beyond all. */
double bands_up_to(const struct bands *b, double edge);
double bands_over(const struct bands *b, double edge);

#endif
