// SPDX-License-Identifier: EUPL-1.2
#include "base/normal.h"

#include <math.h>

double normal_quantile(double p)
{
    double low = -40, high = 0, middle;

    if (!(p > 0 && p < 1))
        return NAN;
    if (p > 0.5) /* the lower tail keeps its digits */
        return -normal_quantile(1 - p);
    if (p == 0.5)
        return 0;
    while ((middle = low + (high - low) / 2) > low && middle < high)
        *(0.5 * erfc(-middle * M_SQRT1_2) < p ? &low : &high) = middle;
    return middle;
}
