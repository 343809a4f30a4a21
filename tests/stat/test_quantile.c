// SPDX-License-Identifier: EUPL-1.2
/* Quantiles against hand-computed values, the definition, and values of R (expected/requests_calls.csv). */
#include "base/date.h"
#include "base/rng.h"
#include "base/sort.h"
#include "measure/quantile.h"
#include "stat/csv.h"
#include "unit/test.h"

#include <math.h>

TEST(quantile_by_hand)
{
    static const struct {
        double p, type_7, type_1;
    } cases[] = { { 0, 10, 10 },   { 0.25, 17.5, 10 }, { 0.5, 25, 20 },
                  { 0.8, 34, 40 }, { 0.75, 32.5, 30 }, { 1, 40, 40 } };

    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t sorted[] = { 10, 20, 30, 40 }, mixed[] = { 30, 10, 40, 20 };
        double real[] = { 30, 10, 40, 20 };

        CHECK_NEAR(quantile_of_sorted(sorted, 4, cases[i].p, QUANTILE_TYPE_7), cases[i].type_7, 1e-15);
        CHECK_NEAR(quantile_of_sorted(sorted, 4, cases[i].p, QUANTILE_TYPE_1), cases[i].type_1, 1e-15);
        CHECK_NEAR(quantile_select(mixed, 4, cases[i].p, QUANTILE_TYPE_7), cases[i].type_7, 1e-15);
        CHECK_NEAR(quantile_select_real(real, 4, cases[i].p, QUANTILE_TYPE_1), cases[i].type_1, 1e-15);
    }
    CHECK(isnan(quantile_of_sorted(NULL, 0, 0.5, QUANTILE_TYPE_7)));
    CHECK(isnan(quantile_select(NULL, 0, 0.5, QUANTILE_TYPE_1)));
    CHECK(isnan(mean_of(NULL, 0)));
}

/* percent * n / 100 is whole here: the rank must not slip by rounding (0.07 * 100 = 7.000000000000001). */
TEST(quantile_exact_ranks)
{
    int64_t value[1000];

    for (int64_t i = 0; i < 1000; i++)
        value[i] = i + 1;
    for (int percent = 1; percent <= 100; percent++)
        for (size_t n = 100; n <= 1000; n += 100)
            CHECK_NEAR(quantile_of_sorted(value, n, percent / 100.0, QUANTILE_TYPE_1),
                       (double)((size_t)percent * n / 100), 1e-15);
}

TEST(quantile_select_like_sorted)
{
    static int64_t value[5000], sorted[5000], scratch[5000];
    static double real[5000];
    static const double p[] = { 0, 0.01, 0.2, 0.5, 0.8, 0.95, 1 };
    struct rng r;

    rng_seed(&r, 9);
    for (size_t n = 1; n <= 5000; n = n * 3 / 2 + 1)
        for (uint64_t different = 1; different <= 4096; different *= 16) /* many ties, few ties */
            for (size_t j = 0; j < COUNT(p); j++) {
                for (size_t i = 0; i < n; i++) {
                    sorted[i] = value[i] = (int64_t)rng_below(&r, different);
                    real[i] = (double)value[i];
                }
                sort_i64(sorted, scratch, n);
                for (int type = 1; type <= 7; type += 6) {
                    double want = quantile_of_sorted(sorted, n, p[j], (enum quantile_type)type);

                    CHECK(quantile_select(value, n, p[j], (enum quantile_type)type) == want);
                    CHECK(quantile_select_real(real, n, p[j], (enum quantile_type)type) == want);
                }
                sort_i64(value, scratch, n); /* nothing was lost */
                double sum = 0;
                for (size_t i = 0; i < n; i++)
                    sum += real[i];
                CHECK_NEAR(mean_of(value, n), sum / (double)n, 1e-13);
            }
}

TEST(quantile_data_calls)
{
    for (int priority = 2; priority <= 3; priority++) {
        struct ctx *c = test_begin_bare();
        struct csv e = csv_load(c, "expected/requests_calls.csv"), t = csv_load(c, "calls_sffd_a.csv.gz");
        const char *file = "calls_sffd_a.csv.gz",
                   *group = priority == 2 ? "final_priority 2: received -> dispatch, rows"
                                          : "final_priority 3: received -> dispatch, rows";
        size_t wanted = csv_column(&t, "final_priority"), received = csv_column(&t, "received"),
               dispatch = csv_column(&t, "dispatch"), n = 0;
        int64_t *wait = arena_array(c->arena, t.rows, sizeof *wait), negative = 0;

        for (size_t i = 0; i < t.rows; i++) {
            int64_t from = csv_time(&t, i, received), to = csv_time(&t, i, dispatch);

            if (csv_real(csv_cell(&t, i, wanted)) != priority || from == TIME_NONE || to == TIME_NONE)
                continue;
            wait[n++] = to - from;
            negative += to < from;
        }
        CHECK_NEAR((double)n, csv_expected(&e, file, group, "n"), 0);
        CHECK_NEAR((double)negative, csv_expected(&e, file, group, "negative"), 0);
        CHECK_NEAR(quantile_select(wait, n, 0.5, QUANTILE_TYPE_7),
                   csv_expected(&e, file, group, "p50_seconds_type7"), 1e-9);
        CHECK_NEAR(quantile_select(wait, n, 0.9, QUANTILE_TYPE_7),
                   csv_expected(&e, file, group, "p90_seconds_type7"), 1e-9);
    }
}
