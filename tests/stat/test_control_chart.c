// SPDX-License-Identifier: EUPL-1.2
/* Control charts: worked examples, and a slow second way to each rule on random series with holes. */
#include "base/rng.h"
#include "measure/control_chart.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

#define N 40

struct drawn {
    double value[N], denominator[N], point[N], lower[N], upper[N], sigma[N];
    uint8_t flag[N];
    struct chart k;
    struct chart_runs runs;
};

static void draw(struct drawn *d, struct chart_series s, enum chart_rules rules)
{
    s.value = d->value;
    s.denominator = d->denominator;
    d->k = (struct chart){ .point = d->point, .lower = d->lower, .upper = d->upper, .sigma = d->sigma };
    chart_limits(&s, &d->k);
    d->runs = chart_signals(&d->k, s.n, rules, d->flag);
}

/* Wheeler's first example of an XmR chart is 2.66 mR by hand: 10 12 11 15 -> mean 12, ranges 2 1 4. */
TEST(control_xmr_by_hand)
{
    struct drawn d = { .value = { 10, 12, 11, 15 } };

    draw(&d, (struct chart_series){ .kind = CHART_XMR, .n = 4 }, CHART_RULES_NHS);
    CHECK_NEAR(d.k.centre, 12, 1e-15);
    CHECK_NEAR(d.k.mean_range, 7.0 / 3, 1e-15);
    CHECK_NEAR(d.upper[0], 12 + 2.66 * 7 / 3, 1e-15);
    CHECK_NEAR(d.lower[3], 12 - 2.66 * 7 / 3, 1e-15);
    CHECK(d.k.ranges == 3);
}

/* Nothing known, one point, no spread: no number is made up. */
TEST(control_nothing_to_draw)
{
    struct drawn d = { .value = { NAN, NAN, 3 } };

    draw(&d, (struct chart_series){ .kind = CHART_XMR, .n = 2 }, CHART_RULES_NHS);
    CHECK(isnan(d.k.centre) && isnan(d.lower[0]) && d.k.known == 0 && d.flag[0] == 0);
    CHECK(d.runs.useful == 0);
    CHECK(!d.runs.signal);
    draw(&d, (struct chart_series){ .kind = CHART_XMR, .n = 3 }, CHART_RULES_ANHOEJ);
    CHECK_NEAR(d.k.centre, 3, 1e-15);
    CHECK(isnan(d.k.mean_range) && isnan(d.upper[2]) && d.flag[2] == 0);
    draw(&d, (struct chart_series){ .kind = CHART_XMR, .n = 0 }, CHART_RULES_NHS);
    CHECK(isnan(d.k.centre));
}

/* A month without data is no zero: the rest is as if it were not there. */
TEST(control_hole_is_no_zero)
{
    struct drawn whole = { .value = { 5, 7, 6, 9, 4, 8, 7, 6 } };
    struct drawn hole = { .value = { 5, 7, NAN, 6, 9, 4, NAN, NAN, 8, 7, 6 } };

    draw(&whole, (struct chart_series){ .kind = CHART_XMR, .n = 8 }, CHART_RULES_ANHOEJ);
    draw(&hole, (struct chart_series){ .kind = CHART_XMR, .n = 11 }, CHART_RULES_ANHOEJ);
    CHECK_NEAR(hole.k.centre, whole.k.centre, 1e-15);
    CHECK_NEAR(hole.upper[10], whole.upper[7], 1e-15);
    CHECK(isnan(hole.upper[2]) && hole.flag[2] == 0);
    CHECK(hole.runs.crossings == whole.runs.crossings);
    CHECK(hole.k.known == 8);
}

/* Laney's own point: with equal n, P' is XmR of the shares (sigma_z sigma_p = mR / 1.128). */
TEST(control_laney_is_xmr_of_shares)
{
    struct drawn p = { .value = { 12, 15, 8, 10, 4, 7, 16, 9, 14, 10 } }, x = p;

    for (int i = 0; i < 10; i++) {
        p.denominator[i] = 50;
        x.value[i] /= 50;
    }
    draw(&p, (struct chart_series){ .kind = CHART_P_PRIME, .n = 10 }, CHART_RULES_NONE);
    draw(&x, (struct chart_series){ .kind = CHART_XMR, .n = 10 }, CHART_RULES_NONE);
    CHECK_NEAR(p.k.centre, x.k.centre, 1e-14);
    CHECK_NEAR(p.sigma[0], x.k.mean_range / 1.128, 1e-13);
    draw(&p, (struct chart_series){ .kind = CHART_U_PRIME, .n = 10 }, CHART_RULES_NONE);
    CHECK_NEAR(p.sigma[0], x.k.mean_range / 1.128, 1e-13);
}

/* G: mean 20 cases between two events, limits 20 + 3 sqrt(420); T: all equal times stay equal. */
TEST(control_rare_events)
{
    struct drawn g = { .value = { 10, 30, 15, 25, 20, 400 } }, t = { .value = { 8, 8, 8, 8, 8 } };

    draw(&g, (struct chart_series){ .kind = CHART_G, .n = 6, .freeze = 5 }, CHART_RULES_ANHOEJ);
    CHECK_NEAR(g.k.centre, 20, 1e-15);
    CHECK_NEAR(g.upper[0], 20 + 3 * sqrt(420), 1e-15);
    CHECK(g.lower[0] == 0 && g.flag[5] & CHART_OUTSIDE);
    CHECK_NEAR(g.k.run_line, 13.86, 1e-12);
    draw(&t, (struct chart_series){ .kind = CHART_T, .n = 5 }, CHART_RULES_NHS);
    CHECK_NEAR(t.k.centre, 8, 1e-14);
    CHECK_NEAR(t.upper[1], 8, 1e-14);
    for (int i = 0; i < 5; i++)
        t.value[i] = 10 + 5 * i;
    draw(&t, (struct chart_series){ .kind = CHART_T, .n = 5 }, CHART_RULES_NHS);
    double mean = 0, range = (pow(30, 1 / 3.6) - pow(10, 1 / 3.6)) / 4;
    for (int i = 0; i < 5; i++)
        mean += pow(t.value[i], 1 / 3.6) / 5;
    CHECK_NEAR(t.upper[0], pow(mean + 2.66 * range, 3.6), 1e-12);
    CHECK_NEAR(t.lower[0], pow(mean - 2.66 * range, 3.6), 1e-12);
}

TEST(control_screen_leaves_out_one_jump)
{
    struct drawn d = { 0 };

    for (int i = 0; i < 20; i++)
        d.value[i] = i % 2 == 0 ? 10 : 11;
    d.value[9] = 60;
    draw(&d, (struct chart_series){ .kind = CHART_XMR, .n = 20 }, CHART_RULES_NHS);
    CHECK(d.k.screened == 0 && isnan(d.k.range_limit));
    draw(&d, (struct chart_series){ .kind = CHART_XMR, .n = 20, .screen = true }, CHART_RULES_NHS);
    CHECK(d.k.screened == 2);
    CHECK_NEAR(d.k.mean_range, 1, 1e-15);
    CHECK(d.flag[9] & CHART_OUTSIDE);
}

/* ── A slow second way ────────────────────────────────────────────────────────────────────────────────────
 */

/* The known points of d, one behind another, and where each stands. */
static size_t squeeze(const struct drawn *d, size_t n, double *ret_x, size_t *ret_at)
{
    size_t m = 0;

    for (size_t i = 0; i < n; i++)
        if (!isnan(d->point[i])) {
            ret_at[m] = i;
            ret_x[m++] = d->point[i];
        }
    return m;
}

/* Looks at every window of the squeezed series by itself. */
static void slow_nhs(const struct drawn *d, size_t n, uint8_t *ret)
{
    double x[N], line = d->k.run_line;
    size_t at[N], m = squeeze(d, n, x, at);

    memset(ret, 0, n);
    for (size_t i = 0; i < m; i++)
        if (x[i] > d->upper[at[i]] || x[i] < d->lower[at[i]])
            ret[at[i]] |= CHART_OUTSIDE;
    for (size_t i = 0; i + 7 <= m; i++) {
        bool above = true, below = true, up = true, down = true;
        for (size_t j = i; j < i + 7; j++) {
            above = above && x[j] > line;
            below = below && x[j] < line;
            up = up && (j == i || x[j] > x[j - 1]);
            down = down && (j == i || x[j] < x[j - 1]);
        }
        for (size_t j = i; j < i + 7; j++) {
            ret[at[j]] |= above || below ? CHART_FLAG_SHIFT : 0;
            ret[at[j]] |= up || down ? CHART_FLAG_TREND : 0;
        }
    }
    for (size_t i = 0; i + 3 <= m; i++)
        for (double side = -1; side <= 1; side += 2) {
            bool same = true, near[3];
            for (size_t j = 0; j < 3; j++) {
                double away = side * (x[i + j] - d->k.centre);
                same = same && away > 0;
                near[j] = away > 2 * d->sigma[at[i + j]] && !(ret[at[i + j]] & CHART_OUTSIDE);
            }
            for (size_t j = 0; j < 3 && same && near[0] + near[1] + near[2] >= 2; j++)
                ret[at[i + j]] |= near[j] ? CHART_FLAG_NEAR : 0;
        }
}

/* Longest run and crossings from all pairs; the binomial by Pascal's triangle. */
static struct chart_runs slow_runs(const struct drawn *d, size_t n)
{
    double x[N], row[N + 1] = { 1 }, sum = 0;
    size_t at[N], m = squeeze(d, n, x, at), u = 0;
    struct chart_runs r = { 0 };
    bool up[N];

    for (size_t i = 0; i < m; i++)
        if (x[i] > d->k.run_line || x[i] < d->k.run_line) /* neither without a line */
            up[u++] = x[i] > d->k.run_line;
    r.useful = u;
    for (size_t i = 0; i < u; i++)
        for (size_t j = i; j < u && up[j] == up[i]; j++)
            if (j - i + 1 > r.longest)
                r.longest = j - i + 1;
    for (size_t i = 1; i < u; i++)
        r.crossings += up[i] != up[i - 1] ? 1 : 0;
    for (size_t i = 1; i < u; i++) {
        for (size_t j = i; j > 0; j--)
            row[j] = (row[j] + row[j - 1]) / 2;
        row[0] /= 2;
    }
    while (u > 0 && (sum += row[r.crossings_min]) < 0.05)
        r.crossings_min++;
    r.longest_max = u > 0 ? (size_t)floor(log((double)u) / log(2) + 0.5) + 3 : 0;
    return r;
}

static void random_series(struct rng *r, struct drawn *d, size_t n)
{
    double level = 20, drift = rng_unit(r) < 0.5 ? 0 : rng_normal(r);

    for (size_t i = 0; i < n; i++) {
        level += drift;
        d->denominator[i] = 40 + (double)rng_below(r, 60);
        d->value[i] = (double)rng_poisson(r, fmin(fmax(level, 1), 38));
        if (rng_unit(r) < 0.1)
            d->value[i] = NAN;
    }
}

TEST(control_slow_second_way)
{
    static const enum chart_kind kinds[] = { CHART_XMR, CHART_P,       CHART_P_PRIME, CHART_U,
                                             CHART_C,   CHART_U_PRIME, CHART_G };
    struct rng r;
    int flagged[8] = { 0 };

    rng_seed(&r, 4);
    for (int turn = 0; turn < 3000; turn++) {
        struct drawn d;
        uint8_t slow[N];
        size_t n = 1 + rng_below(&r, N);
        struct chart_runs want;

        random_series(&r, &d, n);
        draw(&d,
             (struct chart_series){
                 .kind = kinds[turn % 7], .n = n, .screen = turn % 2 == 0, .freeze = n / 2 },
             CHART_RULES_NHS);
        slow_nhs(&d, n, slow);
        CHECK(memcmp(slow, d.flag, n) == 0);
        want = slow_runs(&d, n);
        CHECK(d.runs.longest == want.longest);
        CHECK(d.runs.crossings == want.crossings);
        CHECK(d.runs.longest_max == want.longest_max);
        CHECK(d.runs.crossings_min == want.crossings_min);
        for (size_t i = 0; i < n; i++)
            for (int b = 0; b < 4; b++)
                flagged[b] += d.flag[i] >> b & 1;
    }
    for (int b = 0; b < 4; b++)
        CHECK(flagged[b] > 20); /* every rule was put to the test */
}

TEST(control_anhoej_flags)
{
    struct drawn d = { 0 };

    for (int i = 0; i < 24; i++)
        d.value[i] = i < 12 ? 10 + i % 3 : 20 + i % 3;
    draw(&d, (struct chart_series){ .kind = CHART_XMR, .n = 24 }, CHART_RULES_ANHOEJ);
    CHECK(d.runs.longest == 12);
    CHECK(d.runs.longest_max == 8); /* log2 24 = 4.58 */
    CHECK(d.runs.crossings == 1);
    CHECK(d.runs.crossings_min == 8); /* Anhoej 2015, table 1 */
    CHECK(d.runs.signal && d.flag[0] & CHART_FLAG_LONG_RUN && d.flag[23] & CHART_FLAG_FEW_CROSSINGS);
    draw(&d, (struct chart_series){ .kind = CHART_XMR, .n = 24 }, CHART_RULES_NONE);
    CHECK(d.runs.signal);
    for (int i = 0; i < 24; i++) /* without rules the limits still speak */
        CHECK(d.flag[i] == (d.point[i] < d.lower[i] || d.point[i] > d.upper[i] ? CHART_OUTSIDE : 0));
}
