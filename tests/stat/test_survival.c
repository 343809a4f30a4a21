// SPDX-License-Identifier: EUPL-1.2
/* Kaplan-Meier: examples by hand, R's rule for the middle of a stretch, and what must always hold. */
#include "base/rng.h"
#include "stat/oracle.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

static const struct survival_way plain_way = { 0 };

struct seen {
    int64_t entry, exit;
    bool event;
};
#define START SURVIVAL_FROM_START

static struct survival_sample sample_of(struct ctx *c, const struct seen *row, size_t n)
{
    struct survival_sample s = sample_room(c, n);

    for (size_t i = 0; i < n; i++)
        survival_add(&s, row[i].entry, row[i].exit, row[i].event);
    return s;
}

static struct survival_curve curve_of(struct ctx *c, const struct seen *row, size_t n)
{
    struct survival_sample s = sample_of(c, row, n);

    return sample_curve(c, &s);
}

static double quantile_of(const struct survival_curve *k, double p, enum survival_rule rule)
{
    struct survival_quantile q;

    survival_quantiles(k, &p, 1, &(struct survival_way){ .rule = rule }, &q);
    return q.value;
}

/* Freireich et al. 1963, Blood 21:699-716: remission under 6-MP, 21 patients; the example of every textbook
 * (Kalbfleisch & Prentice table 1.2; Klein & Moeschberger tables 4.1A-4.1B). */
TEST(survival_textbook)
{
    static const struct seen row[] = { { START, 6, 1 },  { START, 6, 1 },  { START, 6, 1 },  { START, 6, 0 },
                                       { START, 7, 1 },  { START, 9, 0 },  { START, 10, 1 }, { START, 10, 0 },
                                       { START, 11, 0 }, { START, 13, 1 }, { START, 16, 1 }, { START, 17, 0 },
                                       { START, 19, 0 }, { START, 20, 0 }, { START, 22, 1 }, { START, 23, 1 },
                                       { START, 25, 0 }, { START, 32, 0 }, { START, 32, 0 }, { START, 34, 0 },
                                       { START, 35, 0 } };
    static const struct {
        int64_t time;
        double survival, se;
    } want[] = { { 6, 0.857, 0.0764 },  { 7, 0.807, 0.0869 },  { 10, 0.753, 0.0963 }, { 13, 0.690, 0.1068 },
                 { 16, 0.627, 0.1141 }, { 22, 0.538, 0.1282 }, { 23, 0.448, 0.1346 } };
    struct ctx *c = test_begin_bare();
    struct survival_curve k = curve_of(c, row, COUNT(row));

    CHECK(k.n_step == 7);
    CHECK(k.events == 9);
    CHECK_INT(k.last, 35);
    for (size_t i = 0; i < COUNT(want); i++) {
        struct survival_point at = survival_at(&k, want[i].time, &plain_way);

        CHECK(fabs(at.survival - want[i].survival) < 0.0006);
        CHECK(fabs(at.se - want[i].se) < 0.0006);
        CHECK(!at.beyond);
    }
    CHECK_NEAR(quantile_of(&k, 0.5, SURVIVAL_MIDPOINT), 23, 1e-15);
    CHECK(isnan(quantile_of(&k, 0.8, SURVIVAL_MIDPOINT)));
    CHECK(survival_at(&k, 36, &plain_way).beyond);
}

TEST(survival_by_hand)
{
    static const struct seen row[] = { { START, 0, 1 }, { START, 2, 1 }, { START, 2, 0 }, { START, 5, 1 } };
    struct ctx *c = test_begin_bare();
    struct survival_curve k = curve_of(c, row, COUNT(row));
    struct survival_point at = survival_at(&k, 0, &plain_way);
    double mean, se;

    CHECK_NEAR(at.survival, 0.75, 1e-15); /* finished at once counts */
    CHECK_NEAR(at.se, sqrt(0.75 * 0.25 / 4),
               1e-14); /* without censorings Greenwood is the binomial variance */
    CHECK_NEAR(survival_at(&k, 2, &plain_way).survival, 0.5,
               1e-15); /* the event at 2 came before the censoring */
    CHECK_NEAR(survival_at(&k, 4, &plain_way).survival, 0.5, 1e-15);
    at = survival_at(&k, 5, &plain_way);
    CHECK(at.survival == 0 && isnan(at.se) && isnan(at.lower) && isnan(at.upper));
    survival_mean(&k, 4, &mean, &se);
    CHECK_NEAR(mean, 2 * 0.75 + 2 * 0.5, 1e-15);
    CHECK_NEAR(se, sqrt(2.5 * 2.5 / (4 * 3.0) + 1.0 / (3 * 2.0)), 1e-14);
}

/* Limits outside 0..1 mean nothing: they are cut off. */
TEST(survival_limits_within_bounds)
{
    static const struct seen row[] = {
        { START, 1, 1 }, { START, 2, 0 }, { START, 3, 0 }, { START, 4, 1 }, { START, 5, 0 }
    };
    struct ctx *c = test_begin_bare();
    struct survival_curve k = curve_of(c, row, COUNT(row));
    struct survival_point at = survival_at(&k, 4, &(struct survival_way){ .scale = SURVIVAL_PLAIN });

    CHECK(at.lower == 0 && at.upper < 1); /* 0.4 -+ 1.96 * 0.297 would be -0.18 and 0.98 */
    CHECK(survival_at(&k, 1, &(struct survival_way){ .scale = SURVIVAL_PLAIN }).upper == 1);
    CHECK(survival_at(&k, 1, &(struct survival_way){ .scale = SURVIVAL_LOG }).upper == 1);
    at = survival_at(&k, 4, &(struct survival_way){ .scale = SURVIVAL_PLAIN, .level = 0.5 });
    CHECK(at.lower > 0.15 && at.upper < 0.65);
}

TEST(survival_empty)
{
    struct ctx *c = test_begin_bare();
    struct survival_curve k = curve_of(c, NULL, 0);
    struct survival_point at = survival_at(&k, 3, &(struct survival_way){ .scale = SURVIVAL_LOG });

    CHECK_INT(k.last, -1);
    CHECK(at.survival == 1 && at.beyond);
    CHECK(isnan(quantile_of(&k, 0.5, SURVIVAL_STEP)));
}

/* quantile(survfit(...)) in R gives these. */
TEST(survival_midpoint)
{
    static const struct seen even[] = { { START, 1, 1 }, { START, 2, 1 }, { START, 3, 1 }, { START, 4, 1 } };
    static const struct seen cut[] = { { START, 1, 1 }, { START, 2, 1 }, { START, 3, 0 }, { START, 9, 0 } };
    static const struct seen thirds[] = { { START, 10, 1 }, { START, 20, 1 }, { START, 30, 1 } };
    struct ctx *c = test_begin_bare();
    struct survival_curve k = curve_of(c, even, COUNT(even));

    CHECK_NEAR(quantile_of(&k, 0.5, SURVIVAL_MIDPOINT), 2.5, 1e-15);
    CHECK_NEAR(quantile_of(&k, 0.5, SURVIVAL_STEP), 2, 1e-15);
    CHECK_NEAR(quantile_of(&k, 0.25, SURVIVAL_MIDPOINT), 1.5, 1e-15);
    CHECK_NEAR(quantile_of(&k, 0.6, SURVIVAL_MIDPOINT), 3, 1e-15);
    k = curve_of(c, cut, COUNT(cut)); /* the stretch at 0.5 is the last: to the longest observed time */
    CHECK_NEAR(quantile_of(&k, 0.5, SURVIVAL_MIDPOINT), 5.5, 1e-15);
    CHECK_NEAR(quantile_of(&k, 0.5, SURVIVAL_STEP), 2, 1e-15);
    CHECK(isnan(quantile_of(&k, 0.51, SURVIVAL_MIDPOINT)));
    k = curve_of(c, thirds, COUNT(thirds)); /* 1/3 and 2/3 are not exact in binary: the tolerance sees them */
    CHECK_NEAR(quantile_of(&k, 1.0 / 3, SURVIVAL_MIDPOINT), 15, 1e-15);
    CHECK_NEAR(quantile_of(&k, 2.0 / 3, SURVIVAL_STEP), 20, 1e-15);
}

TEST(survival_delayed_entry)
{
    /* A enters at 3: at risk at 4, not at 3. B enters after its own exit and is never at risk. */
    static const struct seen row[] = {
        { START, 3, 1 }, { 3, 4, 1 }, { 5, 5, 1 }, { START, 6, 0 }, { 0, 2, 0 }
    };
    static const struct seen early[] = { { START, 0, 1 }, { 0, 4, 1 } };
    struct ctx *c = test_begin_bare();
    struct survival_sample s = sample_of(c, row, COUNT(row));
    struct survival_curve k = sample_curve(c, &s);

    CHECK(s.dropped == 1);
    CHECK(k.n == 4);
    CHECK_INT(k.step[0].at_risk, 2);
    CHECK_INT(k.step[1].at_risk, 2);
    CHECK_NEAR(survival_at(&k, 4, &plain_way).survival, 0.25, 1e-15);
    k = curve_of(c, early, COUNT(early)); /* who enters at 0 is not yet there at 0 */
    CHECK_INT(k.step[0].at_risk, 1);
}

/* The definition, in O(n^2) and without sorting. */
static double slow_survival(const struct seen *row, size_t n, int64_t until, double *ret_greenwood)
{
    double s = 1, sum = 0;

    for (size_t i = 0; i < n; i++) {
        double risk = 0, hit = 0;
        bool seen = !row[i].event || row[i].exit > until || row[i].entry >= row[i].exit;

        for (size_t j = 0; j < i && !seen; j++) /* each time once */
            seen = row[j].event && row[j].exit == row[i].exit && row[j].entry < row[j].exit;
        if (seen)
            continue;
        for (size_t j = 0; j < n; j++) {
            risk += row[j].entry < row[i].exit && row[i].exit <= row[j].exit;
            hit += row[j].entry < row[i].exit && row[j].exit == row[i].exit && row[j].event;
        }
        s *= 1 - hit / risk;
        sum += hit / (risk * (risk - hit));
    }
    *ret_greenwood = sum;
    return s;
}

static void random_rows(struct rng *r, struct seen *row, size_t n, bool late)
{
    for (size_t i = 0; i < n; i++) {
        row[i].exit = (int64_t)rng_below(r, 40);
        row[i].event = rng_below(r, 3) > 0;
        row[i].entry = late && rng_below(r, 2) ? (int64_t)rng_below(r, 20) : START;
    }
}

TEST(survival_slow_formula)
{
    struct rng r;
    struct seen row[120];

    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct ctx *c = test_begin_bare();
        size_t n = 1 + (size_t)seed * 2 - 1;

        rng_seed(&r, seed);
        random_rows(&r, row, n, seed % 2 == 0);
        struct survival_curve k = curve_of(c, row, n);

        for (int64_t t = 0; t <= 41; t++) {
            double greenwood, want = slow_survival(row, n, t, &greenwood);
            struct survival_point at = survival_at(&k, t, &plain_way);

            CHECK(fabs(at.survival - want) < 1e-13);
            if (want > 1e-9)
                CHECK(fabs(at.se - want * sqrt(greenwood)) < 1e-12);
        }
    }
}

static bool same_curve(const struct survival_curve *a, const struct survival_curve *b)
{
    bool same = a->n_step == b->n_step;

    for (size_t i = 0; same && i < a->n_step; i++)
        same = a->step[i].time == b->step[i].time && fabs(a->step[i].survival - b->step[i].survival) < 1e-13;
    return same;
}

TEST(survival_properties)
{
    struct rng r;
    struct seen row[101], mixed[101];

    for (uint64_t seed = 100; seed < 130; seed++) {
        struct ctx *c = test_begin_bare();
        size_t n = 100;

        rng_seed(&r, seed);
        random_rows(&r, row, n, true);
        for (size_t i = 0; i < n; i++)
            row[i].exit++; /* nobody at 0 */
        struct survival_curve k = curve_of(c, row, n), other;

        for (size_t i = 0; i < n; i++) { /* any order gives the same curve, to the bit */
            size_t j = (size_t)rng_below(&r, i + 1);

            mixed[i] = mixed[j];
            mixed[j] = row[i];
        }
        other = curve_of(c, mixed, n);
        CHECK(k.n_step == other.n_step && memcmp(k.step, other.step, k.n_step * sizeof *k.step) == 0);
        row[n] = (struct seen){ START, 0, false }; /* somebody censored at once says nothing */
        other = curve_of(c, row, n + 1);
        CHECK(same_curve(&k, &other));
        for (size_t i = 0; i < n; i++) /* twice the time, twice the quantile */
            mixed[i] = (struct seen){ row[i].entry == START ? START : row[i].entry * 2, row[i].exit * 2,
                                      row[i].event };
        other = curve_of(c, mixed, n);
        for (double p = 0.1; p < 0.95; p += 0.2) {
            double once = quantile_of(&k, p, SURVIVAL_MIDPOINT),
                   twice = quantile_of(&other, p, SURVIVAL_MIDPOINT);

            CHECK((isnan(once) && isnan(twice)) || twice == 2 * once);
        }
    }
}

/* Limits and quantiles against their definition on the scale of S. */
TEST(survival_intervals_slow)
{
    static const double z = 1.959963984540054, p[] = { 0.2, 0.5, 0.8 };
    struct rng r;
    struct seen row[80];

    for (uint64_t seed = 7; seed < 47; seed++) {
        struct ctx *c = test_begin_bare();
        enum survival_scale scale = (enum survival_scale)(seed % 3);
        struct survival_way way = { .scale = scale, .rule = SURVIVAL_STEP };
        struct survival_quantile q[COUNT(p)];

        rng_seed(&r, seed);
        random_rows(&r, row, COUNT(row), false);
        struct survival_curve k = curve_of(c, row, COUNT(row));

        survival_quantiles(&k, p, COUNT(p), &way, q);
        for (size_t j = 0; j < COUNT(p); j++) {
            double lower = NAN, upper = NAN, best = 2;

            for (size_t i = 0; i < k.n_step; i++) {
                double s = k.step[i].survival, se = s * sqrt(k.step[i].greenwood);
                double low = scale == SURVIVAL_PLAIN ? s - z * se
                             : scale == SURVIVAL_LOG ? exp(log(s) - z * se / s)
                                                     : pow(s, exp(z * se / (s * -log(s))));
                double high = scale == SURVIVAL_PLAIN ? s + z * se
                              : scale == SURVIVAL_LOG ? exp(log(s) + z * se / s)
                                                      : pow(s, exp(-z * se / (s * -log(s))));

                if (isnan(lower) && low <= 1 - p[j])
                    lower = (double)k.step[i].time;
                if (high <= 1 - p[j] + 1e-9 && 1 - high < best) {
                    best = 1 - high;
                    upper = (double)k.step[i].time;
                }
            }
            CHECK(q[j].lower == lower || (isnan(lower) && isnan(q[j].lower)));
            CHECK(q[j].upper == upper || (isnan(upper) && isnan(q[j].upper)));
        }
    }
}

TEST(survival_days)
{
    uint32_t events[50] = { 0 }, censored[50] = { 0 }, entries[50] = { 0 };
    struct seen row[400];
    struct rng r;
    struct ctx *c = test_begin_bare();
    struct survival_days h = { events, censored, entries, 50, 0 };
    struct survival_step step[50];

    rng_seed(&r, 20240101);
    random_rows(&r, row, COUNT(row), true);
    for (size_t i = 0; i < COUNT(row); i++) {
        if (row[i].entry >= row[i].exit)
            row[i].entry = START;
        row[i].event ? events[row[i].exit]++ : censored[row[i].exit]++;
        if (row[i].entry == START)
            h.start++;
        else
            entries[row[i].entry]++;
    }
    struct survival_curve days = survival_curve_of_days(&h, step), k = curve_of(c, row, COUNT(row));

    CHECK(days.n == 400);
    CHECK(days.events == k.events);
    CHECK_INT(days.last, k.last);
    CHECK(days.n_step == k.n_step && memcmp(step, k.step, k.n_step * sizeof *step) == 0);
}

TEST(logrank_by_hand)
{
    /* Two people, one event each: at time 1 one of two, expected 1/2, variance 1/4; at time 2 nothing to
     * learn. */
    static const struct seen a[] = { { START, 1, 1 } }, b[] = { { START, 2, 1 } };
    struct ctx *c = test_begin_bare();
    struct survival_sample s[3] = { sample_of(c, a, 1), sample_of(c, b, 1), sample_of(c, NULL, 0) };
    double observed[3], expected[3];
    struct logrank l = survival_logrank(s, 3, observed, expected);

    CHECK_INT(l.df, 1); /* the empty group does not count */
    CHECK_NEAR(l.chisq, 1, 1e-12);
    CHECK_NEAR(l.p, 0.31731050786291415, 1e-12);
    CHECK_NEAR(expected[0], 0.5, 1e-15);
    CHECK_NEAR(expected[1], 1.5, 1e-15);
    CHECK(observed[0] == 1 && observed[1] == 1 && observed[2] == 0);
    l = survival_logrank(s, 1, NULL, NULL);
    CHECK(l.df == 0 && isnan(l.chisq) && isnan(l.p));
}

/* Three groups of one sample: the expected numbers against the definition; chi-square does not depend on the
 * order. */
TEST(logrank_properties)
{
    struct rng r;
    struct seen row[150];

    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct ctx *c = test_begin_bare();
        struct survival_sample s[3], turned[3];
        double expected[3], total = 0;

        rng_seed(&r, seed);
        random_rows(&r, row, COUNT(row), seed % 2 == 0);
        for (size_t g = 0; g < 3; g++) {
            s[g] = sample_of(c, row + 50 * g, 50);
            sample_curve(c, &s[g]);
        }
        struct logrank l = survival_logrank(s, 3, NULL, expected);

        for (size_t g = 0; g < 3; g++) {
            double want = 0;

            for (int64_t t = 0; t < 40; t++) {
                double risk = 0, mine = 0, hit = 0;

                for (size_t i = 0; i < COUNT(row); i++) {
                    bool here = row[i].entry < t && t <= row[i].exit;

                    risk += here;
                    mine += here && i / 50 == g;
                    hit += here && row[i].exit == t && row[i].event;
                }
                want += hit > 0 ? hit * mine / risk : 0;
            }
            CHECK_NEAR(expected[g], want, 1e-12);
            total += expected[g];
            turned[g] = s[(g + 1) % 3];
        }
        CHECK_NEAR(total, (double)(s[0].events + s[1].events + s[2].events), 1e-12);
        CHECK_NEAR(survival_logrank(turned, 3, NULL, NULL).chisq, l.chisq, 1e-9);
    }
}
