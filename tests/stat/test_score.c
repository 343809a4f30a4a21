// SPDX-License-Identifier: EUPL-1.2
/* Scores against slow second ways, windows by hand, and the level filter against the gamma-Poisson formula
 * and against jumps that are put in. */
#include "base/date.h"
#include "forecast/level.h"
#include "forecast/score.h"
#include "unit/test.h"

#include <math.h>
#include <stdlib.h>

enum { DAYS = 40 };

/* E|X - y| - E|X - X'| / 2 over all pairs: Gneiting & Raftery 2007, (21). */
static double slow_crps(const uint32_t *count, double y)
{
    double n = 0, one = 0, two = 0;

    for (int a = 0; a <= DAYS; a++) {
        n += count[a];
        one += count[a] * fabs(a - fmin(y, DAYS));
        for (int b = 0; b <= DAYS; b++)
            two += (double)count[a] * count[b] * abs(a - b);
    }
    return one / n - two / n / n / 2;
}

static void draw_counts(struct rng *r, uint32_t *count)
{
    for (int i = 0; i <= DAYS; i++)
        count[i] = 0;
    for (int i = 0; i < 500; i++) {
        double d = rng_exponential(r, 12);
        count[d < DAYS ? (int)d : DAYS]++;
    }
}

TEST(score_crps_slow)
{
    struct rng r;
    uint32_t count[DAYS + 1];

    rng_seed(&r, 4);
    for (int k = 0; k < 20; k++) {
        draw_counts(&r, count);
        for (double y = 0; y <= DAYS + 5; y += 2.5)
            CHECK_NEAR(score_crps(count, DAYS, y), slow_crps(count, y), 1e-9);
        CHECK_NEAR(score_crps(count, DAYS, -3), slow_crps(count, 0) + 3, 1e-9);
    }
}

/* The mean of a proper score is least for what is true. */
TEST(score_is_proper)
{
    struct rng r;
    double true_loss = 0, wrong[4] = { 0 };
    /* P10, P50, P90 of an exponential with mean 100: -100 log(1 - p). */
    static const struct window right = { 11, 69, 230 }, other[4] = {
        { 0, 69, 230 }, { 11, 60, 230 }, { 11, 69, 180 }, { 30, 90, 260 }
    };

    rng_seed(&r, 9);
    for (int i = 0; i < 200000; i++) {
        double y = rng_exponential(&r, 100);
        true_loss += score_window(&right, y);
        for (int k = 0; k < 4; k++)
            wrong[k] += score_window(&other[k], y);
    }
    for (int k = 0; k < 4; k++)
        CHECK(true_loss < wrong[k]);
    CHECK_NEAR(score_pinball(10, 0.9, 20), 9, 1e-12);
    CHECK_NEAR(score_pinball(20, 0.9, 10), 1, 1e-12);
}

TEST(score_pit_uniform)
{
    struct rng r;
    uint32_t count[DAYS + 1];
    int tenth[10] = { 0 };

    rng_seed(&r, 12);
    draw_counts(&r, count);
    for (int i = 0; i < 20000; i++) {
        double u = rng_unit(&r) * 500;
        int y = 0;
        while (u >= count[y])
            u -= count[y++];
        tenth[(int)(score_pit(count, DAYS, y, rng_unit(&r)) * 10)]++;
    }
    for (int k = 0; k < 10; k++)
        CHECK(abs(tenth[k] - 2000) < 4 * 43); /* four times the standard deviation */
}

TEST(score_add_means)
{
    struct score s = { 0 };
    static const struct window w = { 5, 10, 20 };

    score_add(&s, &w, 4, 1, (struct score_weight){ 1, 1 });
    score_add(&s, &w, 5, 2, (struct score_weight){ 1, 1 });
    score_add(&s, &w, 20, 3, (struct score_weight){ 1, 1 });
    score_add(&s, &w, 31, 4, (struct score_weight){ 3, 3 });
    struct score_mean m = score_mean(&s);
    CHECK_NEAR(m.coverage, 2. / 6, 1e-12);
    CHECK_NEAR(m.early, 1. / 6, 1e-12);
    CHECK_NEAR(m.late, 3. / 6, 1e-12);
    CHECK_NEAR(m.width, 15, 1e-12);
    CHECK_NEAR(m.bias, (6 + 5 - 10 - 63) / 6., 1e-12);
    CHECK_NEAR(m.crps, 18 / 6., 1e-12);
    CHECK_INT((int64_t)m.n, 4);
    /* Missed, and left after it: nobody knows by how far. */
    score_add(&s, &w, 1000, 900, (struct score_weight){ 2, 0 });
    struct score_mean later = score_mean(&s);
    CHECK_NEAR(later.coverage, 2. / 8, 1e-12);
    CHECK_NEAR(later.late, 5. / 8, 1e-12);
    CHECK(fabs(later.bias - m.bias) + fabs(later.absolute - m.absolute) < 1e-12);
    CHECK(fabs(later.pinball - m.pinball) + fabs(later.crps - m.crps) < 1e-12);
    CHECK(isnan(score_mean(&(struct score){ 0 }).coverage));
}

/* ── Windows ──────────────────────────────────────────────────────────────────────────────────────────────
 */

TEST(window_counts)
{
    uint32_t count[11] = { 0, 5, 5, 10, 20, 20, 20, 10, 5, 5, 0 };
    struct window w = window_of_counts(count, 10);

    CHECK(w.from == 3 && w.middle == 5 && w.to == 7);
    count[10] = 12; /* more than one in ten not within the days: no end is known */
    w = window_of_counts(count, 10);
    CHECK(w.middle == 5 && w.to == WINDOW_LATER);
    w = window_of_counts((uint32_t[11]){ [10] = 4 }, 10);
    CHECK(w.from == WINDOW_LATER && w.to == WINDOW_LATER);
    w = window_of_counts((uint32_t[11]){ [3] = 4 }, 10);
    CHECK(w.from == 3 && w.middle == 3 && w.to == 3);
}

TEST(window_widen_and_round)
{
    struct window w = { 10, 20, 40 };
    struct window same = window_widen(&w, &(struct window_factor){ 1, 1 }),
                  wide = window_widen(&w, &(struct window_factor){ 2, 1.5 });
    int32_t monday = date_from_civil(2026, 11, 23);

    CHECK(same.from == 10 && same.middle == 20 && same.to == 40);
    CHECK(wide.from == 0 && wide.middle == 20 && wide.to == 50);
    w.to = WINDOW_LATER;
    CHECK(window_widen(&w, &(struct window_factor){ 2, 2 }).to == WINDOW_LATER);
    CHECK_INT(date_weekday(monday), 1);
    for (int32_t d = 0; d < 7; d++) {
        struct window t = window_weeks(&(struct window){ d, d + 3, d + 10 }, monday);
        CHECK(date_weekday(t.from) == 1 && date_weekday(t.to) == 7);
        CHECK(t.from <= monday + d + 3 && t.to >= monday + d + 3);
        CHECK(abs(t.from - (monday + d)) <= 3 || (t.from < monday + d && t.from > monday + d - 7));
        CHECK(abs(t.to - (monday + d + 10)) <= 3);
    }
    CHECK(window_dates(&(struct window){ -3, 2, WINDOW_LATER }, monday).from == monday);
    CHECK(window_weeks(&w, monday).to == WINDOW_LATER);
}

TEST(window_revise_rule)
{
    static const struct window told = { 100, 130, 170 };
    static const struct {
        int32_t told_on, today;
        struct window now;
        enum window_revise want;
    } row[] = {
        { 50, 90, { 100, 130, 170 }, WINDOW_KEEP },
        { 50, 90, { 110, 171, 230 }, WINDOW_MUST },  /* its middle is after the end */
        { 50, 90, { 110, 170, 230 }, WINDOW_KEEP },  /* just not */
        { 50, 60, { 70, 99, 120 }, WINDOW_MUST },    /* the turn comes before it */
        { 50, 171, { 171, 172, 175 }, WINDOW_MUST }, /* over, and no turn */
        { 50, 90, { 115, 130, 150 }, WINDOW_HELPS }, /* 35 days instead of 70 */
        { 70, 90, { 115, 130, 150 }, WINDOW_KEEP },  /* told only three weeks ago */
        { 50, 90, { 105, 130, 160 }, WINDOW_KEEP },  /* 55 instead of 70: not enough */
        { 50, 90, { 80, 110, 119 }, WINDOW_KEEP },   /* shorter, but elsewhere */
        { 50, 150, { 150, 155, 160 }, WINDOW_KEEP }, /* 20 days left become 10 */
        { 50, 90, { 100, 168, WINDOW_LATER }, WINDOW_KEEP },
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        CHECK_INT(window_revise(&told, row[i].told_on, &row[i].now, row[i].today), row[i].want);
}

/* With noise around a truth that does not move, hardly anybody hears of a new window; and nobody hears two
 * within four weeks unless it must. */
TEST(window_revise_does_not_flicker)
{
    struct rng r;
    int news = 0;

    rng_seed(&r, 77);
    for (int person = 0; person < 200; person++) {
        int32_t turn = 200, told_on = 0;
        struct window told = { 160, 200, 240 };
        for (int32_t day = 7; day < 180; day += 7) {
            int32_t half = (turn - day) / 5 + 5, middle = turn + (int32_t)(rng_normal(&r) * half / 3);
            struct window now = { middle - half, middle, middle + half };
            if (window_revise(&told, told_on, &now, day) != WINDOW_KEEP) {
                told = now;
                told_on = day;
                news++;
            }
        }
    }
    CHECK(news < 200 * 4);
    CHECK(news >= 200); /* it does become sharper */
}

/* ── The level ────────────────────────────────────────────────────────────────────────────────────────────
 */

static struct level level; /* large */

/* Steady counts: as the gamma-Poisson posterior, a little wider because things might have moved. */
TEST(level_steady)
{
    struct level_week week[104];
    struct rng r;
    double sum = 0, square = 0, events = 0;

    rng_seed(&r, 5);
    for (int w = 0; w < 104; w++) {
        week[w] = (struct level_week){ (double)rng_poisson(&r, 20), 5, false };
        events += week[w].events;
    }
    level_of_counts(week, 104, 4, 2, &level);
    for (int i = 0; i < 4000; i++) {
        double v = level_draw(&level, &r).level;
        sum += v / 4000;
        square += v * v / 4000;
    }
    double exact = events / (104 * 5), sd = sqrt(square - sum * sum), exact_sd = exact / sqrt(events);
    CHECK(fabs(level_mean(&level) - exact) < 2 * exact_sd);
    CHECK_NEAR(sum, level_mean(&level), 0.01);
    CHECK(sd > 0.9 * exact_sd && sd < 4 * exact_sd);
    CHECK(level_over(&level) < 1.5);
}

static int ascending(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;

    return (a > b) - (a < b);
}

/* P10 to P90 of the logarithm of the level. */
static double level_width(struct rng *r)
{
    enum { DRAWS = 1000 };
    double x[DRAWS];

    for (int i = 0; i < DRAWS; i++)
        x[i] = log(level_draw(&level, r).level);
    qsort(x, DRAWS, sizeof *x, ascending);
    return x[DRAWS * 9 / 10] - x[DRAWS / 10];
}

/* What always was as it is holds the level: a jump that was not seen is not thought of every few weeks. The
 * gamma-Poisson posterior, for which nothing ever moves, has a width of 0.044 here. */
TEST(level_steady_is_narrow)
{
    enum { RUNS = 40, WEEKS = 120 };
    struct level_week week[WEEKS];
    struct rng r;
    double width = 0, square = 0;

    rng_seed(&r, 9);
    for (int k = 0; k < RUNS; k++) {
        for (int w = 0; w < WEEKS; w++)
            week[w] = (struct level_week){ (double)rng_poisson(&r, 25), 5, false };
        level_of_counts(week, WEEKS, 0.2, 0.2, &level);
        double off = log(level_mean(&level) / 5);
        square += off * off / RUNS;
        width += level_width(&r) / RUNS;
    }
    CHECK(width < 0.13);
    CHECK(sqrt(square) < 0.035);
}

/* Six weeks after a third fewer: the level has followed nearly all the way, and says how sure it is. */
TEST(level_jump)
{
    struct level_week week[104];
    struct rng r;
    double mean = 0, inside = 0;
    enum { RUNS = 60 };

    rng_seed(&r, 6);
    for (int k = 0; k < RUNS; k++) {
        int below = 0;
        for (int w = 0; w < 104; w++)
            week[w] = (struct level_week){ (double)rng_poisson(&r, w < 98 ? 30 : 20), 1, false };
        level_of_counts(week, 104, 30, 1, &level);
        mean += level_mean(&level) / RUNS;
        for (int i = 0; i < 500; i++)
            below += level_draw(&level, &r).level < 20;
        inside += (below > 25 && below < 475) / (double)RUNS;
    }
    CHECK(mean > 19.5 && mean < 22);
    CHECK(inside > 0.7);
}

/* Five weeks with a quarter fewer starts, which could be chance: when somebody wrote down that something
 * changed, the level follows; when nothing did, hardly anything is lost by it. */
TEST(level_told)
{
    enum { RUNS = 60, WEEKS = 104, SINCE = 99 };
    struct level_week week[WEEKS];
    struct rng r;
    double alone = 0, told = 0, off[2] = { 0 };

    rng_seed(&r, 12);
    for (int k = 0; k < RUNS; k++) {
        for (int w = 0; w < WEEKS; w++)
            week[w] = (struct level_week){ (double)rng_poisson(&r, w < SINCE ? 13 : 9.75), 1, false };
        level_of_starts(week, WEEKS, 0.5, 0.5, &level);
        alone += level_mean(&level) / RUNS;
        week[SINCE].changed = true;
        level_of_starts(week, WEEKS, 0.5, 0.5, &level);
        told += level_mean(&level) / RUNS;
        for (int w = 0; w < WEEKS; w++)
            week[w] = (struct level_week){ (double)rng_poisson(&r, 13), 1, false };
        for (int t = 0; t < 2; t++) {
            week[SINCE].changed = t > 0;
            level_of_starts(week, WEEKS, 0.5, 0.5, &level);
            off[t] += fabs(level_mean(&level) / 13 - 1) / RUNS;
        }
    }
    CHECK(alone > 10.4); /* half of the way */
    CHECK(told > 9.6 && told < 10.2);
    CHECK(off[1] < off[0] + 0.05);
}

/* Counts that scatter more than Poisson are seen to. */
TEST(level_over)
{
    struct level_week week[150];
    struct rng r;

    rng_seed(&r, 8);
    for (int w = 0; w < 150; w++)
        week[w] = (struct level_week){ (double)rng_poisson(&r, rng_exponential(&r, 3) + 7), 1, false };
    level_of_counts(week, 150, 10, 1, &level);
    CHECK(level_over(&level) > 1.4);
    CHECK_NEAR(level_mean(&level), 10, 0.12);
    level_of_counts(week, 0, 10, 1, &level); /* nothing seen: the prior */
    CHECK(level_mean(&level) > 8 && level_mean(&level) < 20);
    level_of_counts((struct level_week[3]){ { .exposure = 1 }, { .exposure = 1 }, { .exposure = 1 } }, 3, 0.5,
                    0.5, &level);
    CHECK(level_mean(&level) > 0 && level_mean(&level) < 0.5);
}
