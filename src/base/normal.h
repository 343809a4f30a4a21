// SPDX-License-Identifier: EUPL-1.2
/* The normal distribution. */
#ifndef PEIL_BASE_NORMAL_H
#define PEIL_BASE_NORMAL_H

/* z with P(Z <= z) = p for a standard normal Z, 0 < p < 1; NaN for other p. From the C library's erfc by
 * bisection, until the two ends are neighbours. */
double normal_quantile(double p);

#endif
