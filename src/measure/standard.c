// SPDX-License-Identifier: EUPL-1.2
#include "measure/standard.h"

#include "measure/special.h"

#include <math.h>

static struct interval crude_of(enum standard_kind kind, double events, double size, double level)
{
    if (kind == STANDARD_SHARE)
        return interval_wilson((int64_t)llround(events), (int64_t)llround(size), level);
    return interval_poisson_rate((int64_t)llround(events), size, level);
}

/* Dobson's: the exact limits of the total, moved and scaled to the adjusted rate. */
static struct interval adjusted_rate(double rate, double variance, double events, double level)
{
    struct interval total = interval_poisson_rate((int64_t)llround(events), 1, level);
    double scale = sqrt(variance / events);

    if (events <= 0) /* nothing happened anywhere: there is no variance to scale by */
        return (struct interval){ rate, NAN, NAN };
    return (struct interval){ rate, rate + scale * (total.lower - events),
                              rate + scale * (total.upper - events) };
}

struct standard_value standard_direct(enum standard_kind kind, const struct standard_group *g,
                                      const double *weight, size_t strata, double level)
{
    struct standard_value v = { .adjusted = { NAN, NAN, NAN }, .effective = NAN };
    double all = 0, sum = 0, variance = 0;

    for (size_t i = 0; i < strata; i++) {
        double w = weight[i], n = g->size[i], r = g->events[i] / n;

        v.events += g->events[i];
        v.size += n;
        if (!(w > 0))
            continue;
        if (!(n > 0)) {
            v.empty++;
            continue;
        }
        all += w;
        sum += w * r;
        variance += kind == STANDARD_SHARE ? w * w * r * (1 - r) / n : w * w * r / n;
    }
    v.crude = crude_of(kind, v.events, v.size, level);
    if (v.empty > 0 || all == 0)
        return v;
    sum /= all;
    variance /= all * all;
    if (kind == STANDARD_SHARE) {
        v.effective = variance > 0 ? sum * (1 - sum) / variance : v.size;
        v.adjusted = interval_wilson_share(sum, v.effective, level);
    } else {
        v.effective = variance > 0 ? sum / variance : v.size;
        v.adjusted = adjusted_rate(sum, variance, v.events, level);
    }
    return v;
}

static double cdf(enum standard_kind kind, double target, double size, double k)
{
    return kind == STANDARD_SHARE ? special_binomial_cdf(k, size, target)
                                  : special_poisson_cdf(k, target * size);
}

/* The smallest r with P(R <= r) > p, and from it Spiegelhalter's r - (P(r) - p) / (P(r) - P(r - 1)). */
static double limit(enum standard_kind kind, double target, double size, double p)
{
    double low = -1, high = kind == STANDARD_SHARE ? size : target * size + 10, at;

    while (kind == STANDARD_RATE && cdf(kind, target, size, high) <= p)
        high *= 2;
    high = ceil(high);
    while (high - low > 1) {
        double middle = floor((low + high) / 2);

        if (cdf(kind, target, size, middle) > p)
            high = middle;
        else
            low = middle;
    }
    at = cdf(kind, target, size, high);
    return high - (at - p) / (at - cdf(kind, target, size, high - 1));
}

struct standard_limits standard_funnel(enum standard_kind kind, double target, double size, double p)
{
    double whole = kind == STANDARD_SHARE ? round(size) : size;

    if (!(whole > 0) || !(target > 0) || (kind == STANDARD_SHARE && !(target < 1)))
        return (struct standard_limits){ NAN, NAN };
    return (struct standard_limits){ fmax(0, limit(kind, target, whole, p) / whole),
                                     limit(kind, target, whole, 1 - p) / whole };
}
