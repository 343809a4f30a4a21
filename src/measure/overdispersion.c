// SPDX-License-Identifier: EUPL-1.2
#include "measure/overdispersion.h"

#include "base/normal.h"
#include "measure/quantile.h"

#include <math.h>
#include <string.h>

static double variance_of(enum standard_kind kind, double target, double size)
{
    return (kind == STANDARD_SHARE ? target * (1 - target) : target) / size;
}

static bool takes_part(enum standard_kind kind, double value, double size, double target)
{
    return isfinite(value) && size > 0 && target > 0 && (kind == STANDARD_RATE || target < 1);
}

double overdispersion_z(enum standard_kind kind, double value, double size, double target, double tau)
{
    if (!takes_part(kind, value, size, target))
        return NAN;
    return (value - target) / sqrt(variance_of(kind, target, size) + tau * tau);
}

/* Draws the tails in to the quantiles. */
static void winsorise(double *z, double *scratch, size_t n, double winsor)
{
    double low, high;

    memcpy(scratch, z, n * sizeof *z);
    low = quantile_select_real(scratch, n, winsor, QUANTILE_TYPE_7);
    memcpy(scratch, z, n * sizeof *z);
    high = quantile_select_real(scratch, n, 1 - winsor, QUANTILE_TYPE_7);
    for (size_t i = 0; i < n; i++)
        z[i] = z[i] < low ? low : z[i] > high ? high : z[i];
}

struct overdispersion overdispersion_of(enum standard_kind kind, const double *value, const double *size,
                                        size_t n, double target, double winsor, double *scratch)
{
    struct overdispersion d = { .phi = NAN };
    double *z = scratch, sum = 0, squares = 0, w1 = 0;

    for (size_t i = 0; i < n; i++) {
        if (!takes_part(kind, value[i], size[i], target))
            continue;
        double w = 1 / variance_of(kind, target, size[i]);
        z[d.n++] = overdispersion_z(kind, value[i], size[i], target, 0);
        w1 += w;
        squares += w * w;
    }
    if (d.n < OVERDISPERSION_GROUPS_MIN)
        return d;
    if (winsor > 0)
        winsorise(z, scratch + n, d.n, winsor);
    for (size_t i = 0; i < d.n; i++)
        sum += z[i] * z[i];
    d.phi = sum / (double)d.n;
    d.present = sum > (double)d.n - 1;
    d.tau = d.present ? sqrt((sum - ((double)d.n - 1)) / (w1 - squares / w1)) : 0;
    return d;
}

struct standard_limits overdispersion_funnel(enum standard_kind kind, double target, double size, double tau,
                                             double p)
{
    if (!(tau > 0))
        return standard_funnel(kind, target, size, p);
    if (!takes_part(kind, target, size, target))
        return (struct standard_limits){ NAN, NAN };
    double half = normal_quantile(1 - p) * sqrt(variance_of(kind, target, size) + tau * tau);
    double upper = target + half;
    return (struct standard_limits){ fmax(0, target - half),
                                     kind == STANDARD_SHARE ? fmin(1, upper) : upper };
}
