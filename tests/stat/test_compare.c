// SPDX-License-Identifier: EUPL-1.2
/* Comparing before and after, drift and change points, standardisation, funnels, stock and flow, bands:
 * worked examples of books and R, slow second ways, and expected/{waiting_wales,stockflow_nhs}.csv. */
#include "base/normal.h"
#include "base/rng.h"
#include "measure/band.h"
#include "measure/compare.h"
#include "measure/drift.h"
#include "measure/special.h"
#include "measure/standard.h"
#include "measure/stock_flow.h"
#include "stat/csv.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

/* Student 1908, table of sleep: the first worked example there is. R: t.test(sleep). */
static const double sleep_1[] = { 0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0 };
static const double sleep_2[] = { 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4 };

TEST(compare_t_quantile)
{
    CHECK_NEAR(special_t_quantile(0.975, 9), 2.262157, 1e-6);           /* tables */
    CHECK_NEAR(special_t_quantile(0.975, 1), tan(M_PI * 0.475), 1e-12); /* Cauchy */
    CHECK_NEAR(special_t_quantile(0.025, 30), -2.042272456301238, 1e-12);
    CHECK_NEAR(special_t_quantile(0.975, 1e7), normal_quantile(0.975), 1e-6);
    CHECK_NEAR(special_t_quantile(0.75, 2), sqrt(2.0 / 3), 1e-12); /* closed form of two degrees */
    CHECK_NEAR(special_t_quantile(0.5000001, 2), 2e-7 * sqrt(2), 1e-6);
    CHECK(special_t_quantile(0.5, 4) == 0 && isnan(special_t_quantile(1, 4)) &&
          isnan(special_t_quantile(0.9, 0)));
}

TEST(compare_paired_sleep)
{
    struct compare_paired r = compare_paired(sleep_1, sleep_2, 10, 0.95);

    CHECK_INT(r.pairs, 10);
    CHECK_NEAR(r.change.value, 1.58, 1e-12);
    CHECK_NEAR(r.change.lower, 0.7001142, 1e-6); /* R: t.test(..., paired = TRUE) */
    CHECK_NEAR(r.change.upper, 2.4598858, 1e-6);
    CHECK(r.up == 9 && r.same == 1 && r.down == 0);
    CHECK_NEAR(r.share_up.value, 0.9, 1e-15);
}

TEST(compare_paired_unknown)
{
    double before[] = { 1, NAN, 3, NAN }, after[] = { 2, 5, NAN, NAN };
    struct compare_paired r = compare_paired(before, after, 4, 0.95);

    CHECK(r.pairs == 1 && r.unpaired == 2 && r.up == 1);
    CHECK(r.change.value == 1 && isnan(r.change.lower));
    r = compare_paired(before, after, 0, 0.95);
    CHECK(r.pairs == 0 && isnan(r.change.value));
}

TEST(compare_means_sleep)
{
    double df;
    struct interval d = compare_means(compare_sample(sleep_1, 10), compare_sample(sleep_2, 10), 0.95, &df);

    CHECK_NEAR(d.value, 1.58, 1e-12);
    CHECK_NEAR(d.lower, -0.2054832, 1e-6);
    CHECK_NEAR(d.upper, 3.3654832, 1e-6);
    CHECK_NEAR(df, 17.776473516, 1e-8);
    d = compare_means(compare_sample(sleep_1, 1), compare_sample(sleep_2, 10), 0.95, &df);
    CHECK(isnan(d.lower) && isnan(df));
}

/* Newcombe 1998, table II, example (a): 56 of 70 against 48 of 80. */
TEST(compare_shares_newcombe)
{
    struct interval d = compare_shares(48, 80, 56, 70, 0.95), turned = compare_shares(56, 70, 48, 80, 0.95);

    CHECK_NEAR(d.value, 0.2, 1e-12);
    CHECK(fabs(d.lower - 0.0524) < 5e-5 && fabs(d.upper - 0.3339) < 5e-5);
    CHECK_NEAR(turned.lower, -d.upper, 1e-12);
    d = compare_shares(0, 10, 0, 20, 0.95); /* his example (g) */
    CHECK(fabs(d.lower + 0.2775) < 5e-5 && fabs(d.upper - 0.1611) < 5e-5);
    CHECK(isnan(compare_shares(0, 0, 1, 2, 0.95).value));
}

/* R's help of poisson.test: 11 in 800 against 21 in 3011. */
TEST(compare_rates_exact)
{
    struct interval r = compare_rates(21, 3011, 11, 800, 0.95), none = compare_rates(0, 10, 4, 10, 0.95);

    CHECK_NEAR(r.value, 11.0 / 800 / (21.0 / 3011), 1e-12);
    CHECK_NEAR(r.lower, 0.8584264, 1e-6);
    CHECK_NEAR(r.upper, 4.2772659, 1e-6);
    CHECK(isinf(none.value) && isinf(none.upper) && none.lower > 0);
    CHECK(isnan(compare_rates(0, 10, 0, 10, 0.95).value));
}

/* ── Drift ────────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Montgomery, table 9.1 and 9.2: target 10, sigma 1; the shift comes after sample 20. */
TEST(drift_cusum_montgomery)
{
    static const double x[] = { 9.45,  7.99,  9.29,  11.66, 12.16, 10.18, 8.04,  11.46, 9.20,  10.34,
                                9.03,  11.47, 10.51, 9.40,  10.08, 9.37,  10.62, 10.31, 8.52,  10.84,
                                10.90, 9.33,  12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52 };
    double up[30], down[30];
    struct drift d = drift_cusum(x, 30, &(struct drift_way){ .target = 10, .sigma = 1 }, up, down);

    CHECK(fabs(up[4] - 2.82) < 0.005 && fabs(up[22] - 1.79) < 0.005);
    CHECK_NEAR(up[28], 5.28, 1e-9);
    CHECK(fabs(down[1] - 1.56) < 0.005);
    CHECK(d.up.signal == 28 && d.up.since == 22); /* "the shift occurred between periods 22 and 23" */
    CHECK(d.down.signal == DRIFT_NONE && d.decision == 5 && d.allowance == 0.5);
}

/* The sum upwards is the largest sum of any stretch that ends here: a second definition. */
TEST(drift_cusum_slow)
{
    struct rng r;

    rng_seed(&r, 1954);
    for (int turn = 0; turn < 300; turn++) {
        double x[40], up[40], down[40];
        size_t n = 1 + rng_below(&r, 40), signal = DRIFT_NONE;

        for (size_t i = 0; i < n; i++)
            x[i] = rng_unit(&r) < 0.1 ? NAN : 10 + rng_normal(&r) + (i > 20 ? 1.5 : 0);
        struct drift d = drift_cusum(x, n, &(struct drift_way){ .target = 10, .sigma = 1 }, up, down);
        for (size_t i = 0; i < n; i++) {
            double most = 0, least = 0, sum_up = 0, sum_down = 0;
            if (isnan(x[i])) {
                CHECK(isnan(up[i]) && isnan(down[i]));
                continue;
            }
            for (size_t j = i + 1; j-- > 0;) {
                sum_up += isnan(x[j]) ? 0 : x[j] - 10.5;
                sum_down += isnan(x[j]) ? 0 : 9.5 - x[j];
                most = fmax(most, sum_up);
                least = fmax(least, sum_down);
            }
            CHECK(fabs(up[i] - most) < 1e-10 && fabs(down[i] - least) < 1e-10);
            if (most > 5 && signal == DRIFT_NONE)
                signal = i;
        }
        CHECK(d.up.signal == signal);
    }
}

TEST(drift_without_spread)
{
    double flat[] = { 4, 4, 4, NAN, 4 }, up[5], down[5];
    struct drift d = drift_cusum(flat, 5, &(struct drift_way){ .target = NAN, .sigma = NAN }, up, down);

    CHECK(d.target == 4 && d.sigma == 0 && isnan(up[0]) && d.up.signal == DRIFT_NONE);
    CHECK(isnan(drift_cusum(flat, 0, &(struct drift_way){ .target = NAN, .sigma = NAN }, up, down).target));
}

/* Annual flow of the Nile at Aswan 1871-1970; Cobb 1978, Biometrika 65:243-251: the level fell after 1898. */
TEST(drift_change_point_nile)
{
    static const double nile[] = {
        1120, 1160, 963,  1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994, 1020, 960,  1180,
        799,  958,  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,  874, 694,  940,  833,
        701,  916,  692,  1020, 1050, 969,  831,  726,  456,  824,  702,  1120, 1100, 832, 764,  821,  768,
        845,  864,  862,  698,  845,  744,  796,  1040, 759,  781,  865,  845,  944,  984, 897,  822,  1010,
        771,  676,  649,  846,  812,  742,  801,  1040, 860,  874,  848,  890,  744,  749, 838,  1050, 918,
        986,  797,  923,  975,  815,  1020, 906,  901,  1170, 912,  746,  919,  718,  714, 740
    };
    struct change_point r = drift_change_point(nile, COUNT(nile));

    CHECK(r.n == 100 && r.first == 28);
    CHECK(r.p < 1e-6);
    CHECK_NEAR(r.mean_before, 1097.75, 1e-12); /* Cobb: 1097.75 and 849.97 */
    CHECK_NEAR(r.mean_after, 849.97222, 1e-7);
}

/* U of every place from all pairs across it. */
TEST(drift_change_point_slow)
{
    struct rng r;

    rng_seed(&r, 11);
    for (int turn = 0; turn < 500; turn++) {
        double x[30], most = -1;
        size_t n = 2 + rng_below(&r, 28), first = 0;
        struct change_point got;

        for (size_t i = 0; i < n; i++)
            x[i] = floor(5 * rng_unit(&r) + (i > n / 2 ? 2 : 0));
        for (size_t cut = 1; cut < n; cut++) {
            double u = 0;
            for (size_t i = 0; i < cut; i++)
                for (size_t j = cut; j < n; j++)
                    u += (x[i] > x[j]) - (x[i] < x[j]);
            if (fabs(u) > most) {
                most = fabs(u);
                first = cut;
            }
        }
        got = drift_change_point(x, n);
        CHECK(got.first == first && got.k == most);
    }
    CHECK(drift_change_point((double[]){ 3, NAN }, 2).first == DRIFT_NONE);
}

/* ── Standardisation and funnels ──────────────────────────────────────────────────────────────────────────
 */

/* By hand: urgent 8 of 10, not urgent 20 of 40, against a city with as many of both. */
TEST(standard_by_hand)
{
    struct standard_group g = { (double[]){ 8, 20 }, (double[]){ 10, 40 } };
    double half[] = { 100, 100 }, own[] = { 10, 40 };
    struct standard_value v = standard_direct(STANDARD_SHARE, &g, half, 2, 0.95);
    double variance = (0.8 * 0.2 / 10 + 0.5 * 0.5 / 40) / 4;

    CHECK_NEAR(v.crude.value, 0.56, 1e-12);
    CHECK_NEAR(v.adjusted.value, 0.65, 1e-12);
    CHECK_NEAR(v.effective, 0.65 * 0.35 / variance, 1e-12);
    CHECK(v.adjusted.lower < 0.65 && v.adjusted.upper > 0.65);
    v = standard_direct(STANDARD_SHARE, &g, own, 2, 0.95); /* to its own make-up: nothing changes */
    CHECK_NEAR(v.adjusted.value, v.crude.value, 1e-12);
    v = standard_direct(STANDARD_RATE, &g, own, 2, 0.95);
    CHECK_NEAR(v.adjusted.value, 0.56, 1e-12);
    CHECK_NEAR(v.adjusted.lower, v.crude.lower, 1e-12); /* Dobson's is the exact interval of the total then */
    CHECK_NEAR(v.adjusted.upper, v.crude.upper, 1e-12);
    g.size = (double[]){ 0, 40 };
    v = standard_direct(STANDARD_SHARE, &g, half, 2, 0.95);
    CHECK(v.empty == 1 && isnan(v.adjusted.value));
}

/* The chance of a value beyond the limits is at most p, and with one case less would be more. */
TEST(standard_funnel_tails)
{
    for (double n = 5; n < 400; n *= 1.7) {
        struct standard_limits w = standard_funnel(STANDARD_SHARE, 0.3, n, 0.025),
                               a = standard_funnel(STANDARD_RATE, 0.3, n, 0.001);
        double size = round(n), below = 0, term = 0, k;

        for (k = 0; k <= size; k++) { /* the smallest k with P(X <= k) > p, from the sum itself */
            term = exp(lgamma(size + 1) - lgamma(k + 1) - lgamma(size - k + 1) + k * log(0.3) +
                       (size - k) * log(0.7));
            if (below + term > 0.025)
                break;
            below += term;
        }
        CHECK_NEAR(w.lower + 1, fmax(0, (k - (below + term - 0.025) / term) / size) + 1, 1e-9);
        below = 0;
        for (k = 0;; k++) {
            term = exp(-0.3 * n + k * log(0.3 * n) - lgamma(k + 1));
            if (below + term > 0.999)
                break;
            below += term;
        }
        CHECK_NEAR(a.upper, (k - (below + term - 0.999) / term) / n, 1e-8);
        CHECK(w.lower < 0.3 && w.upper > 0.3 && a.upper > w.upper);
    }
    CHECK(isnan(standard_funnel(STANDARD_SHARE, 0.3, 0, 0.025).lower));
}

/* ── Stock and flow ───────────────────────────────────────────────────────────────────────────────────────
 */

/* A list that was coded anew in the seventh month: 400 people vanish. Someone appears in the fourth. */
TEST(stock_flow_recoded_list)
{
    double in[12], out[12], stock[12], left[12], work[48];
    uint8_t flag[12];
    struct stock_flow r;

    for (int i = 0; i < 12; i++) {
        in[i] = 100;
        out[i] = 90;
        stock[i] = (i == 0 ? 1000 : stock[i - 1]) + 10 - (i > 0 ? 5 + i % 2 : 0);
    }
    for (int i = 3; i < 12; i++)
        stock[i] += 30;
    for (int i = 6; i < 12; i++)
        stock[i] -= 400;
    r = stock_flow_check(&(struct stock_flow_series){ in, out, stock, 12, 0 }, left, flag, work);
    CHECK_INT((int64_t)r.checked, 11);
    CHECK(isnan(left[0]) && flag[0] == 0);
    CHECK(flag[3] == STOCK_APPEARED && left[3] < 0);
    CHECK(flag[6] & STOCK_JUMP);
    CHECK_INT((int64_t)r.jumps, 1);
    CHECK_INT((int64_t)r.appeared, 1);
    out[8] = 5000;
    stock_flow_check(&(struct stock_flow_series){ in, out, stock, 12, 0 }, left, flag, work);
    CHECK(flag[8] & STOCK_MORE_THAN_ALL && flag[8] & STOCK_APPEARED);
    stock[5] = NAN; /* no data: neither this month nor the next can be told */
    r = stock_flow_check(&(struct stock_flow_series){ in, out, stock, 12, 0 }, left, flag, work);
    CHECK(isnan(left[5]) && isnan(left[6]) && flag[6] == 0);
    CHECK_INT((int64_t)r.checked, 9);
}

TEST(stock_flow_data_nhs)
{
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/stockflow_nhs.csv"), t = csv_load(c, "stockflow_nhs_a.csv");
    size_t org = csv_column(&t, "org"), checked = 0;

    for (size_t i = 0; i < e.rows; i++) {
        double in[60], out[60], stock[60], left[60], work[240];
        uint8_t flag[60];
        size_t n = 0;
        struct stock_flow r;

        for (size_t j = 0; j < t.rows && n < 60; j++)
            if (strcmp(csv_cell(&t, j, org), csv_cell(&e, i, 0)) == 0) {
                in[n] = csv_real(csv_cell(&t, j, csv_column(&t, "new")));
                out[n] = csv_real(csv_cell(&t, j, csv_column(&t, "completed")));
                stock[n++] = csv_real(csv_cell(&t, j, csv_column(&t, "waiting_end")));
            }
        r = stock_flow_check(&(struct stock_flow_series){ in, out, stock, n, 0 }, left, flag, work);
        const double want[] = {
            (double)n, r.first_stock, r.last_stock,       r.in,
            r.out,     r.unexplained, (double)r.appeared, r.mean_wait * STOCK_FLOW_WEEKS_A_MONTH
        };
        for (size_t k = 0; k < COUNT(want); k++)
            test_check_near(want[k] + 1, csv_real(csv_cell(&e, i, k + 1)) + 1, 1e-6,
                            "expected/stockflow_nhs.csv", (int)i + 2, e.name[k + 1]);
        checked++;
    }
    CHECK_INT((int64_t)checked, 26);
}

/* ── Bands ────────────────────────────────────────────────────────────────────────────────────────────────
 */

TEST(band_by_hand)
{
    struct bands b = { (double[]){ 0, 1, 2 }, (double[]){ 1, 2, INFINITY }, (double[]){ 4, 4, 2 }, 3 };

    CHECK_NEAR(bands_quantile(&b, 0.5), 1.25, 1e-15);
    CHECK_NEAR(bands_quantile(&b, 0.8), 2, 1e-15);
    CHECK(isnan(bands_quantile(&b, 0.9)) && isnan(bands_up_to(&b, 1.5)));
    CHECK(bands_up_to(&b, 1) == 4 && bands_over(&b, 2) == 2);
    b.n = 0;
    CHECK(isnan(bands_quantile(&b, 0.5)) && bands_total(&b) == 0);
}

/* Everybody written out, evenly within the band. */
TEST(band_slow)
{
    struct rng r;

    rng_seed(&r, 7);
    for (int turn = 0; turn < 200; turn++) {
        double lower[6], upper[6], count[6], p = rng_unit(&r), edge = 0, total = 0;
        struct bands b = { lower, upper, count, 6 };

        for (size_t i = 0; i < 6; i++) {
            lower[i] = edge;
            upper[i] = edge += 1 + (double)rng_below(&r, 4);
            count[i] = (double)rng_below(&r, 50);
            total += count[i];
        }
        if (total == 0)
            continue;
        double left = p * total, want = NAN; /* take away a thousandth of a person at a time */
        for (size_t i = 0; i < 6 && isnan(want); i++)
            for (double k = 0; k < count[i] * 1000; k++, left -= 0.001)
                if (left <= 0.001) {
                    want = lower[i] + (k + left * 1000) / (count[i] * 1000) * (upper[i] - lower[i]);
                    break;
                }
        CHECK(fabs(bands_quantile(&b, p) - want) < 1e-6);
        CHECK_NEAR(bands_up_to(&b, upper[2]) + bands_over(&b, upper[2]), total, 1e-15);
    }
}

TEST(band_data_wales)
{
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/waiting_wales.csv"), t = csv_load(c, "waiting_wales_a.csv");
    size_t checked = 0;

    for (size_t i = 0; i < e.rows; i++) {
        double lower[80], upper[80], count[80];
        struct bands b = { lower, upper, count, 0 };

        for (size_t j = 0; j < t.rows && b.n < 80; j++)
            if (strcmp(csv_cell(&t, j, 0), csv_cell(&e, i, 0)) == 0) {
                lower[b.n] = csv_real(csv_cell(&t, j, 1));
                upper[b.n] = csv_cell(&t, j, 2)[0] == '\0' ? INFINITY : csv_real(csv_cell(&t, j, 2));
                count[b.n++] = csv_cell(&t, j, 3)[0] == '\0' ? 0 : csv_real(csv_cell(&t, j, 3));
            }
        const double got[] = { bands_total(&b),         bands_up_to(&b, 26) / bands_total(&b),
                               bands_over(&b, 36),      bands_over(&b, 53),
                               bands_quantile(&b, 0.5), bands_quantile(&b, 0.8),
                               bands_quantile(&b, 0.9), bands_quantile(&b, 0.92) };
        for (size_t k = 0; k < COUNT(got); k++)
            test_check_near(got[k], csv_real(csv_cell(&e, i, k + 1)), 1e-6, "expected/waiting_wales.csv",
                            (int)i + 2, e.name[k + 1]);
        checked++;
    }
    CHECK_INT((int64_t)checked, 64);
}

static struct interval difference_of(struct interval before, double df_before, struct interval after,
                                     double df_after)
{
    const struct compare_value a = { before, df_before, df_before }, b = { after, df_after, df_after };

    return compare_values(&a, &b, 0.95);
}

/* Put together from two Wilson intervals it is Newcombe's; a limit that is not known leaves its side open. */
TEST(compare_values_from_two_intervals)
{
    const int64_t k[][4] = { { 48, 80, 56, 70 }, { 9, 10, 3, 10 }, { 0, 10, 5, 10 }, { 10, 10, 10, 20 } };
    struct interval d;

    for (size_t i = 0; i < sizeof k / sizeof *k; i++) {
        struct interval shares = compare_shares(k[i][0], k[i][1], k[i][2], k[i][3], 0.95);
        d = difference_of(interval_wilson(k[i][0], k[i][1], 0.95), 0, interval_wilson(k[i][2], k[i][3], 0.95),
                          0);
        CHECK_NEAR(d.value, shares.value, 1e-15);
        CHECK_NEAR(d.lower, shares.lower, 1e-15);
        CHECK_NEAR(d.upper, shares.upper, 1e-15);
    }
    d = difference_of((struct interval){ 40, 37, 44 }, 0, (struct interval){ 60, 48, 65 }, 0);
    CHECK_NEAR(d.lower, 20 - sqrt(12. * 12 + 4 * 4), 1e-12);
    CHECK_NEAR(d.upper, 20 + sqrt(5. * 5 + 3 * 3), 1e-12);
    d = difference_of((struct interval){ 40, 37, 44 }, 0, (struct interval){ 60, 48, NAN }, 0);
    CHECK(isfinite(d.lower) && isinf(d.upper) && d.upper > 0);
    d = difference_of((struct interval){ 40, 37, NAN }, 0, (struct interval){ 60, 48, 65 }, 0);
    CHECK(isinf(d.lower) && d.lower < 0 && isfinite(d.upper));
    d = difference_of((struct interval){ 40, NAN, NAN }, 0, (struct interval){ 60, 48, 65 }, 0);
    CHECK(d.value == 20 && isnan(d.lower) && isnan(d.upper));
    d = difference_of((struct interval){ NAN, NAN, NAN }, 0, (struct interval){ 60, 48, 65 }, 0);
    CHECK(isnan(d.value) && isnan(d.lower) && isnan(d.upper));
}

/* The expected halves are R's, written from Satterthwaite's formula: s = d / qt(.975, df), then
 * qt(.975, (s1^2 + s2^2)^2 / (s1^4 / df1 + s2^4 / df2)) * sqrt(s1^2 + s2^2). */
TEST(compare_values_with_degrees_of_freedom)
{
    const struct compare_sample x = { 12, 30, 7 }, y = { 9, 36, 3 };
    struct compare_value a = { { 40, 37, 44 }, 7, 9 }, b = { { 60, 48, 65 }, 6, 8 };
    struct interval d = compare_values(&a, &b, 0.95), w;
    double df;

    CHECK_NEAR(d.lower, 20 - 12.13971222567651, 1e-9);
    CHECK_NEAR(d.upper, 20 + 5.43967630133291, 1e-9);
    a.df_upper = 0; /* not known: as from very many */
    d = compare_values(&a, &b, 0.95);
    CHECK_NEAR(d.lower, 20 - 12.18281125977604, 1e-4);
    /* from two intervals of means it is Welch's */
    w = compare_means(x, y, 0.95, &df);
    d = difference_of(interval_mean(x.mean, x.sd, x.n, 0.95), 11, interval_mean(y.mean, y.sd, y.n, 0.95), 8);
    CHECK_NEAR(d.lower, w.lower, 1e-9);
    CHECK_NEAR(d.upper, w.upper, 1e-9);
    /* beside one that is known exactly the other keeps its own limits, however few it rests on */
    d = difference_of((struct interval){ 40, 37, 44 }, 2, (struct interval){ 60, 60, 60 }, 2);
    CHECK(d.lower == 16 && d.upper == 23);
    d = difference_of((struct interval){ 40, 37, 44 }, 2, (struct interval){ 60, 59.999, 60.001 }, 50);
    CHECK_NEAR(d.lower, 16, 1e-4);
    CHECK_NEAR(d.upper, 23, 1e-4);
}
