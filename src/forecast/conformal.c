// SPDX-License-Identifier: EUPL-1.2
#include "forecast/conformal.h"

#include "base/normal.h"

#include <math.h>
#include <string.h>

#define HALF_LIFE 52. /* weeks, of what counts for the factors */
#define FACTOR_LEAST 0.5
#define FACTOR_MOST 4.
enum {
    MEMORY_WEEKS = 208,  /* what is longer ago weighs nothing */
    TOGETHER_WEEKS = 13, /* what is right or wrong together */
    PRIOR_EVENTS = 4     /* for how many what is believed without experience counts */
};

void calibration_start(enum forecast_way way, struct calibration *ret)
{
    struct calibration_stream none = { .factor = { 1, 1 }, .hit = (double)NAN, .reason = CALIBRATION_FEW };

    *ret = (struct calibration){ .way = way, .all = none };
    for (size_t s = 0; s < HISTORY_STREAMS_MAX; s++)
        ret->stream[s] = none;
}

/* ── How far from the middle ──────────────────────────────────────────────────────────────────────────────
 */

#define Z_END 1.2815515655446004 /* P90 of the normal distribution */
#define Z_MOST 3.6 /* farther away tells no more: it may not be known, and nobody could foresee it */

/* Twice the square of the distance at a side, of a normal distribution of which the ends are P10 and P90: on
 * average 1 where windows are as wide as they should be. 0 at the other side of the middle. */
static double square_of(const struct outcome *o, int side)
{
    const struct window *w = &o->raw;
    double end = side == 1 ? (double)w->to - w->middle : (double)w->middle - w->from,
           far = side == 1 ? o->turn - w->middle : w->middle - o->turn, z = Z_END * far / (end + 0.5);

    return z > 0 ? 2 * fmin(z * z, Z_MOST * Z_MOST) : 0;
}

/* Sums by the week in which windows were given, counted back from the origin. */
struct by_week {
    double weight[MEMORY_WEEKS], square[2][MEMORY_WEEKS];
};

/* Of each stream, and at the end of all. */
static void add_weeks(const struct outcome *o, size_t n, size_t streams, int32_t origin, int32_t week,
                      struct by_week *by)
{
    double keep = 1;
    int32_t keep_of = -1;

    for (size_t i = 0; i < n; i++) {
        struct by_week *of[2] = { &by[o[i].stream], &by[streams] };
        if (!outcome_passed(&o[i], &o[i].raw, origin))
            continue;
        int32_t k = (origin - o[i].origin) / week;
        if (k >= MEMORY_WEEKS)
            continue;
        if (k != keep_of)
            keep = exp2(-k / HALF_LIFE);
        keep_of = k;
        double w = o[i].weight * keep, square[2] = { square_of(&o[i], 0), square_of(&o[i], 1) };
        for (size_t j = 0; j < 2; j++) {
            of[j]->weight[k] += w;
            of[j]->square[0][k] += w * square[0];
            of[j]->square[1][k] += w * square[1];
        }
    }
}

/* ── How much experience it is ────────────────────────────────────────────────────────────────────────────
 */

#define SQUARE_VARIANCE 5. /* of square_of, of one normal outcome: 4 E z^4 / 2 - 1 */
#define SQUARE_LEAST 0.2

struct spread {
    double square, events;
};

/* The mean square at a side, and for how many outcomes it counts. Windows that were given in the same weeks
 * are right or wrong together (one sick leave delays all), so it is not their number but that of which the
 * mean would vary as much by chance: its variance over the weeks, with what weeks have in common up to a
 * quarter (Newey & West 1987, Econometrica 55:703-708). Calm weeks show little of how much quarters differ,
 * so it is never more than one of each quarter, and one. */
static struct spread spread_of(const struct by_week *b, int side)
{
    double all = 0, sum = 0, squares = 0, variance = 0, apart[MEMORY_WEEKS];

    for (size_t k = 0; k < MEMORY_WEEKS; k++) {
        all += b->weight[k];
        squares += b->weight[k] * b->weight[k];
        sum += b->square[side][k];
    }
    if (!(all > 0))
        return (struct spread){ 1, 0 };
    double mean = sum / all, one = fmax(mean, SQUARE_LEAST), quarters = all * all / squares / TOGETHER_WEEKS;
    for (size_t k = 0; k < MEMORY_WEEKS; k++) {
        apart[k] = b->square[side][k] - mean * b->weight[k];
        variance += apart[k] * apart[k];
        for (size_t l = 1; l < TOGETHER_WEEKS && l <= k; l++)
            variance += 2 * (1 - (double)l / TOGETHER_WEEKS) * apart[k] * apart[k - l];
    }
    double events = SQUARE_VARIANCE * one * one * all * all / fmax(variance, 1e-9);
    return (struct spread){ mean, fmin(events, 1 + quarters) };
}

/* What was believed and what was seen: the scale of a variance is conjugate, so both weigh by the events
 * behind them (Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., section 2.6). */
static double believe(double before, const struct spread *seen)
{
    return (PRIOR_EVENTS * before + seen->events * seen->square) / (PRIOR_EVENTS + seen->events);
}

/* ── What is owed ─────────────────────────────────────────────────────────────────────────────────────────
 */

#define LEVEL_MOST 0.98
#define LEVEL_LEAST 0.8

/* What the windows as they were given, with the correction of then, missed at this side more than they should
 * changes the part that is held: adaptive conformal inference, Gibbs & Candès 2021, NeurIPS 34, (2) and
 * Proposition 4.1, summed over the weeks. Whatever the list does, misses come back to what they should be.
 * What is learned late must be followed slowly, so windows of many weeks change it less a week. */
#define STEP 0.01
#define STEP_WEEKS 8.

struct owed {
    double side[2];
};

static struct owed owed(const struct outcome *o, size_t n, int32_t origin, int32_t week)
{
    double all = 0, missed[2] = { 0 }, ahead = 0, weeks = 0;
    int32_t last = INT32_MIN;

    for (size_t i = 0; i < n; i++) {
        const struct window *w = &o[i].window;
        if (!outcome_passed(&o[i], w, origin))
            continue;
        int32_t given = (origin - o[i].origin) / week;
        weeks += given != last;
        last = given;
        all += o[i].weight;
        ahead += o[i].weight * w->to / week;
        missed[0] += o[i].turn < w->from ? o[i].weight : 0;
        missed[1] += o[i].turn > w->to ? o[i].weight : 0;
    }
    struct owed r = { { 0, 0 } };
    for (int side = 0; side < 2 && all > 0; side++)
        r.side[side] = STEP * fmin(1, STEP_WEEKS / fmax(1, ahead / all)) * weeks *
                       (missed[side] / all - (1 - WINDOW_HIGH));
    return r;
}

static void set_factors(const struct by_week *by, size_t streams, int side, double owe, struct calibration *c)
{
    double level = fmin(LEVEL_MOST, fmax(LEVEL_LEAST, WINDOW_HIGH + owe)),
           unit = normal_quantile(level) / Z_END;
    struct spread seen = spread_of(&by[streams], side);
    double all = believe(1, &seen);

    for (int k = -1; k < (int)streams; k++) {
        struct calibration_stream *to = k < 0 ? &c->all : &c->stream[k];
        double square = all;
        if (k >= 0) {
            seen = spread_of(&by[k], side);
            square = believe(all, &seen);
        }
        *(side == 1 ? &to->factor.high : &to->factor.low) =
            fmin(FACTOR_MOST, fmax(FACTOR_LEAST, unit * sqrt(square)));
    }
}

/* Of the windows whose end passed in the last weeks: how many were right, of each stream and at the end of
 * all. */
struct hits {
    double weight, hit;
    int32_t last;
};

static void add_hit(const struct outcome *o, struct hits *h, struct calibration_stream *to)
{
    const struct window *w = &o->window;

    to->n++;
    to->origins += o->origin != h->last;
    h->last = o->origin;
    h->weight += o->weight;
    h->hit += o->turn >= w->from && o->turn <= w->to ? o->weight : 0;
}

static void set_hits(const struct outcome *o, size_t n, size_t streams, int32_t origin, int32_t week,
                     struct calibration *c)
{
    struct hits h[HISTORY_STREAMS_MAX + 1];

    for (size_t s = 0; s <= streams; s++) {
        struct calibration_stream *to = s < streams ? &c->stream[s] : &c->all;
        to->n = to->origins = 0;
        h[s] = (struct hits){ .last = INT32_MIN };
    }
    for (size_t i = 0; i < n; i++) {
        if (!outcome_passed(&o[i], &o[i].window, origin) ||
            (int64_t)o[i].origin + o[i].window.to <= origin - (int64_t)CALIBRATION_BAR_WEEKS * week)
            continue;
        add_hit(&o[i], &h[streams], &c->all);
        add_hit(&o[i], &h[o[i].stream], &c->stream[o[i].stream]);
    }
    for (size_t s = 0; s <= streams; s++)
        (s < streams ? &c->stream[s] : &c->all)->hit = h[s].weight > 0 ? h[s].hit / h[s].weight : (double)NAN;
}

static void judge(struct calibration_stream *to)
{
    to->told = to->hit >= (to->told ? CALIBRATION_BAR_LOW : CALIBRATION_BAR_HIGH);
    to->reason = to->told ? CALIBRATION_TOLD : CALIBRATION_MISSED;
}

static void judge_all(size_t streams, struct calibration *c)
{
    if (c->all.n < CALIBRATION_BAR_N || c->all.origins < CALIBRATION_BAR_ORIGINS) {
        c->all.told = false;
        c->all.reason = CALIBRATION_FEW;
    } else {
        judge(&c->all);
    }
    for (size_t s = 0; s < streams; s++) {
        struct calibration_stream *one = &c->stream[s];
        if (one->n < CALIBRATION_BAR_N || one->origins < CALIBRATION_BAR_ORIGINS) {
            one->told = c->all.told;
            one->reason = c->all.reason;
            continue;
        }
        judge(one);
        if (!c->all.told) {
            one->told = false;
            one->reason = c->all.reason;
        }
    }
}

bool calibration_step(const struct outcome *o, size_t n, size_t streams, int32_t origin, int32_t week,
                      struct arena *a, struct calibration *c)
{
    struct arena_mark mark = arena_mark(a);
    struct by_week *by = arena_array(a, streams + 1, sizeof *by);

    if (by == NULL)
        return false;
    add_weeks(o, n, streams, origin, week, by);
    struct owed owe = owed(o, n, origin, week);
    for (int side = 0; side < 2; side++)
        set_factors(by, streams, side, owe.side[side], c);
    set_hits(o, n, streams, origin, week, c);
    judge_all(streams, c);
    arena_release(a, mark);
    return true;
}
