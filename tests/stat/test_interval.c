// SPDX-License-Identifier: EUPL-1.2
/* Intervals and the functions below them, against published values, exact sums and expected/survey.csv. */
#include "base/normal.h"
#include "measure/interval.h"
#include "measure/special.h"
#include "stat/csv.h"
#include "unit/test.h"

#include <math.h>

TEST(special_normal)
{
    /* Wichura 1988, Applied Statistics 37:477-484, and the usual tables. */
    CHECK_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
    CHECK_NEAR(normal_quantile(0.25), -0.6744897501960817, 1e-14);
    CHECK_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-13);
    CHECK(normal_quantile(0.5) == 0);
    CHECK(isnan(normal_quantile(0)) && isnan(normal_quantile(1)));
}

/* For whole a, Q(a,x) is a Poisson sum; for a = 1/2, P is the error function. */
TEST(special_gamma)
{
    for (int a = 1; a <= 60; a += 7)
        for (double x = 0.1; x < 150; x *= 1.7) {
            double term = exp(-x), sum = 0;

            for (int k = 0; k < a; k++) {
                sum += term;
                term *= x / (k + 1);
            }
            CHECK_NEAR(special_gamma_q(a, x), sum, 1e-11);
            CHECK_NEAR(special_gamma_p(a, x) + special_gamma_q(a, x), 1, 1e-13);
        }
    CHECK_NEAR(special_gamma_p(0.5, 2.25), erf(1.5), 1e-13);
    CHECK_NEAR(special_chisq_tail(3.841458820694124, 1), 0.05, 1e-12);
    CHECK_NEAR(special_chisq_tail(18.307038053275146, 10), 0.05, 1e-12);
    CHECK_NEAR(special_gamma_p_inverse(7.5, special_gamma_p(7.5, 5.25)), 5.25, 1e-12);
    CHECK(isnan(special_gamma_p(-1, 2)) && special_gamma_p(3, 0) == 0 && special_gamma_q(3, 0) == 1);
}

/* For whole a and b, I_x(a,b) is a binomial tail (DLMF 8.17.5). */
TEST(special_beta)
{
    for (int a = 1; a <= 25; a += 4)
        for (int b = 1; b <= 25; b += 6)
            for (double x = 0.02; x < 1; x += 0.07) {
                int n = a + b - 1;
                double sum = 0;

                for (int k = a; k <= n; k++)
                    sum += exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(x) +
                               (n - k) * log1p(-x));
                CHECK_NEAR(special_beta(a, b, x), sum, 1e-11);
            }
    CHECK_NEAR(special_beta_inverse(3, 9, special_beta(3, 9, 0.2)), 0.2, 1e-12);
    CHECK_NEAR(special_beta_inverse(1, 1e6, 0.025), -expm1(1e-6 * log(0.975)), 1e-8);
    CHECK_NEAR(special_beta(5e5, 5e5, 0.5), 0.5, 1e-9);
}

TEST(interval_data_survey)
{
    struct ctx *c = test_begin_bare();
    struct csv t = csv_load(c, "expected/survey.csv");
    size_t k = csv_column(&t, "k"), n = csv_column(&t, "n"), checked = 0;

    for (size_t i = 0; i < t.rows; i++) {
        int64_t hit = (int64_t)csv_real(csv_cell(&t, i, k)), all = (int64_t)csv_real(csv_cell(&t, i, n));
        struct interval wilson = interval_wilson(hit, all, 0.95),
                        exact = interval_clopper_pearson(hit, all, 0.95);

        if (isnan(csv_real(csv_cell(&t, i, csv_column(&t, "wilson_lo95")))))
            continue; /* the file has 8 decimals */
        CHECK(fabs(wilson.value - csv_real(csv_cell(&t, i, csv_column(&t, "share")))) < 1e-8);
        CHECK(fabs(wilson.lower - csv_real(csv_cell(&t, i, csv_column(&t, "wilson_lo95")))) < 1e-8);
        CHECK(fabs(wilson.upper - csv_real(csv_cell(&t, i, csv_column(&t, "wilson_hi95")))) < 1e-8);
        CHECK(fabs(exact.lower - csv_real(csv_cell(&t, i, csv_column(&t, "clopper_lo95")))) < 1e-8);
        CHECK(fabs(exact.upper - csv_real(csv_cell(&t, i, csv_column(&t, "clopper_hi95")))) < 1e-8);
        checked++;
    }
    CHECK(checked >= 13);
}

/* The limits are defined by tails: with k of n at the lower limit, the chance of k or more is 2.5 %. */
TEST(interval_exact_tails)
{
    for (int64_t n = 1; n <= 40; n += 3)
        for (int64_t k = 0; k <= n; k++) {
            struct interval exact = interval_clopper_pearson(k, n, 0.95),
                            wilson = interval_wilson(k, n, 0.95);

            if (k > 0)
                CHECK_NEAR(special_beta((double)k, (double)(n - k + 1), exact.lower), 0.025, 1e-10);
            if (k < n)
                CHECK_NEAR(special_beta((double)(k + 1), (double)(n - k), exact.upper), 0.975, 1e-10);
            CHECK(exact.lower <= exact.value && exact.value <= exact.upper);
            CHECK(wilson.lower <= wilson.value && wilson.value <= wilson.upper);
            CHECK_NEAR(1 - interval_clopper_pearson(n - k, n, 0.95).upper + 1, exact.lower + 1, 1e-12);
        }
    CHECK(isnan(interval_wilson(0, 0, 0.95).value) && isnan(interval_clopper_pearson(0, 0, 0.95).upper));
    CHECK(interval_wilson(0, 12, 0.95).lower == 0 && interval_wilson(12, 12, 0.95).upper == 1);
}

/* Garwood's table: 0 -> (0, 3.689), 1 -> (0.0253, 5.572), 10 -> (4.795, 18.390). */
TEST(interval_poisson)
{
    struct interval none = interval_poisson_rate(0, 1, 0.95), ten = interval_poisson_rate(10, 2, 0.95);

    CHECK(none.lower == 0);
    CHECK_NEAR(none.upper, -log(0.025), 1e-12);
    CHECK(fabs(interval_poisson_rate(1, 1, 0.95).upper - 5.572) < 5e-4);
    CHECK_NEAR(interval_poisson_rate(1, 1, 0.95).lower, -log(0.975), 1e-12);
    CHECK_NEAR(ten.value, 5, 1e-15);
    CHECK(fabs(ten.lower * 2 - 4.795) < 5e-4 && fabs(ten.upper * 2 - 18.390) < 5e-4);
    CHECK(isnan(interval_poisson_rate(1, 0, 0.95).value));
}
