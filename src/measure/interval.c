// SPDX-License-Identifier: EUPL-1.2
#include "measure/interval.h"

#include "base/normal.h"
#include "measure/special.h"

#include <math.h>

static const struct interval unknown = { NAN, NAN, NAN };

struct interval interval_wilson_share(double share, double size, double level)
{
    double z = normal_quantile(1 - (1 - level) / 2), z2 = z * z / size, centre, half;

    if (!(size > 0) || !(share >= 0 && share <= 1))
        return unknown;
    centre = (share + z2 / 2) / (1 + z2);
    half = z * sqrt(share * (1 - share) / size + z2 / (4 * size)) / (1 + z2);
    return (struct interval){ .value = share,
                              .lower = share > 0 ? centre - half : 0, /* exactly, not 1e-18 */
                              .upper = share < 1 ? centre + half : 1 };
}

struct interval interval_wilson(int64_t k, int64_t n, double level)
{
    if (n <= 0 || k < 0 || k > n)
        return unknown;
    return interval_wilson_share((double)k / (double)n, (double)n, level);
}

struct interval interval_clopper_pearson(int64_t k, int64_t n, double level)
{
    double tail = (1 - level) / 2, hit = (double)k, miss = (double)(n - k);

    if (n <= 0 || k < 0 || k > n)
        return unknown;
    return (struct interval){ .value = hit / (double)n,
                              .lower = k == 0 ? 0 : special_beta_inverse(hit, miss + 1, tail),
                              .upper = k == n ? 1 : special_beta_inverse(hit + 1, miss, 1 - tail) };
}

struct interval interval_poisson_rate(int64_t events, double exposure, double level)
{
    double tail = (1 - level) / 2, count = (double)events;

    if (events < 0 || !(exposure > 0))
        return unknown;
    return (struct interval){ .value = count / exposure,
                              .lower = events == 0 ? 0 : special_gamma_p_inverse(count, tail) / exposure,
                              .upper = special_gamma_p_inverse(count + 1, 1 - tail) / exposure };
}

struct interval interval_mean(double mean, double sd, int64_t n, double level)
{
    double half;

    if (n <= 0)
        return unknown;
    if (n == 1)
        return (struct interval){ mean, NAN, NAN };
    half = special_t_quantile(1 - (1 - level) / 2, (double)(n - 1)) * sd / sqrt((double)n);
    return (struct interval){ mean, mean - half, mean + half };
}
