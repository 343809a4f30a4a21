// SPDX-License-Identifier: EUPL-1.2
/* Additive random effects against values that R computed from the formulas in the header; and what they are
 * for: the limits of chance alone call too many groups special where groups really differ a little. */
#include "base/rng.h"
#include "measure/overdispersion.h"
#include "measure/special.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>

enum { GROUPS = 12 };

static bool near(double a, double b)
{
    return fabs(a - b) <= 1e-9 * fmax(1, fabs(b));
}

static void check_case(enum standard_kind kind, const double *k, const double *n, size_t groups,
                       double winsor, const double *want)
{
    double value[GROUPS], scratch[2 * GROUPS], events = 0, all = 0;

    for (size_t i = 0; i < groups; i++) {
        value[i] = k[i] / n[i];
        events += k[i];
        all += n[i];
    }
    struct overdispersion d = overdispersion_of(kind, value, n, groups, events / all, winsor, scratch);
    CHECK(near(d.phi, want[0]) && near(d.tau, want[1]) && d.present == (want[1] > 0));
    CHECK(near(overdispersion_z(kind, value[0], n[0], events / all, d.tau), want[2]));
    struct standard_limits limits = overdispersion_funnel(kind, events / all, n[groups - 1], d.tau, 0.025);
    if (!CHECK(isnan(want[3]) || near(limits.upper, want[3])))
        fprintf(stderr, "  %.15g, not %.15g\n", limits.upper, want[3]);
}

TEST(overdispersion_agrees_with_r)
{
    static const double k[GROUPS] = { 62, 41, 55, 30, 88, 47, 12, 70, 25, 19, 16, 3 },
                        n[GROUPS] = { 120, 95, 130, 80, 140, 110, 40, 150, 60, 50, 45, 12 };
    static const double k2[] = { 30, 9, 27, 61, 18, 22, 4, 40 },
                        n2[] = { 800, 400, 900, 1000, 700, 750, 200, 1100 };
    static const double k3[] = { 50, 48, 52, 51 }, n3[] = { 100, 100, 100, 100 };
    static const double shares[] = { 1.12739900340919, 0.0260346840325815, 1.20627481225032,
                                     0.739742843041493 },
                        plain[] = { 2.60691479168552, 0.0737330079246133, 0.729429565305881,
                                    0.77006722605136 },
                        rates[] = { 1.1727464465634, 0.00414096543561563, 0.181475647616296,
                                    0.0499186841832955 },
                        alike[] = { 0.0545013625340635, 0, -0.0500006250117179, NAN };

    check_case(STANDARD_SHARE, k, n, GROUPS, 0.1, shares);
    check_case(STANDARD_SHARE, k, n, GROUPS, 0, plain);
    check_case(STANDARD_RATE, k2, n2, 8, 0.1, rates);
    check_case(STANDARD_SHARE, k3, n3, 4, 0.1, alike); /* less than chance: no spread, the exact limits */
    struct standard_limits exact = standard_funnel(STANDARD_SHARE, 0.5, 100, 0.025),
                           none = overdispersion_funnel(STANDARD_SHARE, 0.5, 100, 0, 0.025);
    CHECK(near(exact.lower, none.lower) && near(exact.upper, none.upper));
}

TEST(overdispersion_needs_three_groups_with_people)
{
    double scratch[8], value[] = { 0.2, 0.9, NAN, 0.4 }, size[] = { 40, 30, 20, 0 };
    struct overdispersion d = overdispersion_of(STANDARD_SHARE, value, size, 4, 0.5, 0.1, scratch);

    CHECK_INT((int64_t)d.n, 2);
    CHECK(isnan(d.phi) && !d.present);
    CHECK(isnan(overdispersion_z(STANDARD_SHARE, 0.5, 0, 0.5, 0)));
    CHECK(isnan(overdispersion_funnel(STANDARD_SHARE, 0.5, 0, 0.1, 0.025).upper));
    d = overdispersion_of(STANDARD_SHARE, value, size, 4, 1, 0.1,
                          scratch); /* everybody: no room for chance */
    CHECK_INT((int64_t)d.n, 0);
}

/* Forty groups whose true shares differ with a standard deviation of 0.05: how many are called special. */
TEST(overdispersion_calls_no_crowd_special)
{
    enum { RUNS = 400, N = 40, SIZE = 400 };
    double value[N], size[N], scratch[2 * N], tau = 0;
    int64_t chance = 0, spread = 0;
    struct rng rng;

    rng_seed(&rng, 20240701);
    for (int run = 0; run < RUNS; run++) {
        for (int i = 0; i < N; i++) {
            double p = 0.6 + 0.05 * rng_normal(&rng);
            int yes = 0;
            for (int k = 0; k < SIZE; k++)
                yes += rng_unit(&rng) < p;
            value[i] = (double)yes / SIZE;
            size[i] = SIZE;
        }
        struct overdispersion d = overdispersion_of(STANDARD_SHARE, value, size, N, 0.6, 0.1, scratch);
        tau += d.tau / RUNS;
        for (int i = 0; i < N; i++) {
            struct standard_limits a = overdispersion_funnel(STANDARD_SHARE, 0.6, SIZE, 0, 0.025),
                                   b = overdispersion_funnel(STANDARD_SHARE, 0.6, SIZE, d.tau, 0.025);
            chance += value[i] < a.lower || value[i] > a.upper;
            spread += value[i] < b.lower || value[i] > b.upper;
        }
    }
    CHECK((double)chance / (RUNS * N) > 0.25); /* a quarter and more, though nobody is special */
    CHECK((double)spread / (RUNS * N) < 0.12 && (double)spread / (RUNS * N) > 0.02);
    CHECK(tau > 0.035 && tau < 0.055); /* winsorising makes it somewhat smaller */
}
