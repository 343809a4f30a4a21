// SPDX-License-Identifier: EUPL-1.2
#include "forecast/conformal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HALF_LIFE 26. /* weeks, of what counts for the factors */
#define FACTOR_LEAST 0.5
#define FACTOR_MOST 4.
#define LEAN_N 40. /* windows, and days on which they were given, at which experience counts for half */
#define LEAN_ORIGINS 8.

void calibration_start(enum forecast_way way, struct calibration *ret)
{
    struct calibration_stream none = { .factor = { 1, 1 }, .hit = (double)NAN, .reason = CALIBRATION_FEW };

    *ret = (struct calibration){ .way = way, .all = none };
    for (size_t s = 0; s < HISTORY_STREAMS_MAX; s++)
        ret->stream[s] = none;
}

struct scored {
    double side[2], weight; /* the distance below and above, in units of the window's */
    int32_t week;           /* in which it was given, counted back from the origin */
    int16_t stream;
    uint16_t piece[2]; /* of both distances, as of piece_of */
};

static bool passed(const struct outcome *o, const struct window *w, int32_t origin)
{
    return w->to < WINDOW_LATER && (int64_t)o->origin + w->to <= origin;
}

/* Pieces between the factors that are possible; below and above them one more. */
enum { PIECES = 512 };

static size_t piece_of(double at)
{
    if (at <= FACTOR_LEAST)
        return 0;
    if (at >= FACTOR_MOST)
        return PIECES + 1;
    size_t k = (size_t)((at - FACTOR_LEAST) * (PIECES / (FACTOR_MOST - FACTOR_LEAST)));
    return 1 + (k < PIECES ? k : PIECES - 1);
}

/* The outcomes that count, each with the distances of both sides in units of the window's. Those of one day
 * stand together and have lost the same weight. */
static size_t score_all(const struct outcome *o, size_t n, int32_t origin, int32_t week, struct scored *s)
{
    double keep = 1;
    int32_t keep_of = origin;
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        const struct window *w = &o[i].raw;
        if (!passed(&o[i], w, origin))
            continue;
        if (o[i].origin != keep_of)
            keep = exp2(-(double)(origin - o[i].origin) / week / HALF_LIFE);
        keep_of = o[i].origin;
        s[k] = (struct scored){ .side = { (w->middle - o[i].turn) / (w->middle - w->from + 0.5),
                                          (o[i].turn - w->middle) / ((double)w->to - w->middle + 0.5) },
                                .weight = o[i].weight * keep,
                                .week = (origin - o[i].origin) / week,
                                .stream = o[i].stream };
        for (int side = 0; side < 2; side++)
            s[k].piece[side] = (uint16_t)piece_of(s[k].side[side]);
        k++;
    }
    return k;
}

/* The quantile by weight, between FACTOR_LEAST and FACTOR_MOST, without sorting everything: the weight of
 * each piece between the two says in which piece it lies, and only that one is sorted. */
struct pieces {
    double weight[PIECES + 2], all; /* below FACTOR_LEAST, the pieces, above FACTOR_MOST */
};
struct point {
    double at, weight;
};

static int by_place(const void *pa, const void *pb)
{
    double a = ((const struct point *)pa)->at, b = ((const struct point *)pb)->at;

    return a < b ? -1 : a > b;
}

/* stream -1: of all. `point` has room for all. */
static double quantile(const struct scored *s, size_t n, int stream, int side, double level,
                       const struct pieces *p, struct point *point)
{
    double want = level * p->all, sum = 0;
    size_t k = 0, m = 0;

    while (k <= PIECES && sum + p->weight[k] < want)
        sum += p->weight[k++];
    if (k == 0 || k > PIECES)
        return k == 0 ? FACTOR_LEAST : FACTOR_MOST;
    for (size_t i = 0; i < n; i++)
        if ((stream < 0 || s[i].stream == stream) && s[i].piece[side] == k)
            point[m++] = (struct point){ s[i].side[side], s[i].weight };
    qsort(point, m, sizeof *point, by_place);
    for (size_t i = 0; i + 1 < m; i++)
        if ((sum += point[i].weight) >= want)
            return point[i].at;
    return m > 0 ? point[m - 1].at : FACTOR_MOST;
}

static double lean(double from, double to, size_t n, size_t origins)
{
    double k = (double)n / ((double)n + LEAN_N) * (double)origins / ((double)origins + LEAN_ORIGINS);

    return exp((1 - k) * log(from) + k * log(to));
}

/* How many windows count, and from how many days: of each stream, and at the end of all. */
struct counted {
    size_t n, days;
    int32_t last;
};

static void count(const struct outcome *o, size_t n, size_t streams, int32_t origin, struct counted *c)
{
    for (size_t s = 0; s <= streams; s++)
        c[s] = (struct counted){ .last = INT32_MIN };
    for (size_t i = 0; i < n; i++) {
        struct counted *of[2] = { &c[o[i].stream], &c[streams] };

        for (size_t k = 0; k < 2 && passed(&o[i], &o[i].raw, origin); k++) {
            of[k]->n++;
            of[k]->days += o[i].origin != of[k]->last;
            of[k]->last = o[i].origin;
        }
    }
}

struct factors {
    struct scored *scored;
    size_t n, streams;
    struct point *point;
    struct pieces *pieces; /* streams + 1; the last of all */
    const struct counted *counted;
};

/* ── How much experience it is ────────────────────────────────────────────────────────────────────────────
 */

enum {
    MEMORY_WEEKS = 208,
    TOGETHER_WEEKS = 13
}; /* what is longer ago weighs nothing; what still goes together */
#define LEVEL_MOST 0.98
#define LEVEL_LEAST 0.8

/* The part of the distances that the factor has to hold, so that it holds WINDOW_HIGH of those to come: of n
 * outcomes (1 + 1/n) times as many (Romano, Patterson & Candès 2019, Theorem 1). Windows that were given in
 * the same weeks are right or wrong together (one sick leave delays all), so n is not their number but that
 * of which the share of misses would vary as much by chance: its variance over the weeks, with what weeks
 * have in common up to a quarter (Newey & West 1987, Econometrica 55:703-708). */
static double level_of(const struct scored *s, size_t n, int side, double factor)
{
    double weight[MEMORY_WEEKS] = { 0 }, miss[MEMORY_WEEKS] = { 0 }, all = 0, missed = 0, variance = 0;

    for (size_t i = 0; i < n; i++) {
        if (s[i].week >= MEMORY_WEEKS)
            continue;
        weight[s[i].week] += s[i].weight;
        miss[s[i].week] += s[i].side[side] > factor ? s[i].weight : 0;
    }
    for (size_t k = 0; k < MEMORY_WEEKS; k++) {
        all += weight[k];
        missed += miss[k];
    }
    if (!(missed > 0 && missed < all))
        return WINDOW_HIGH;
    double share = missed / all;
    for (size_t k = 0; k < MEMORY_WEEKS; k++) {
        miss[k] -= share * weight[k];
        variance += miss[k] * miss[k];
        for (size_t l = 1; l < TOGETHER_WEEKS && l <= k; l++)
            variance += 2 * (1 - (double)l / TOGETHER_WEEKS) * miss[k] * miss[k - l];
    }
    double known = share * (1 - share) * all * all / fmax(variance, 1e-9);
    return fmin(LEVEL_MOST, WINDOW_HIGH * (1 + 1 / known));
}

/* What the windows as they were given, with the correction of then, missed at this side more than they should
 * changes the part that is held: adaptive conformal inference, Gibbs & Candès 2021, NeurIPS 34, (2) and
 * Proposition 4.1, summed over the weeks. Whatever the list does, misses come back to what they should be.
 * What is learned late must be followed slowly, so windows of many weeks change it less a week. */
#define STEP 0.01
#define STEP_WEEKS 8.

static double owed(const struct outcome *o, size_t n, int side, int32_t origin, int32_t week)
{
    double all = 0, missed = 0, ahead = 0, weeks = 0;
    int32_t last = INT32_MIN;

    for (size_t i = 0; i < n; i++) {
        const struct window *w = &o[i].window;
        if (!passed(&o[i], w, origin))
            continue;
        int32_t given = (origin - o[i].origin) / week;
        weeks += given != last;
        last = given;
        all += o[i].weight;
        ahead += o[i].weight * w->to / week;
        missed += (side == 1 ? o[i].turn > w->to : o[i].turn < w->from) ? o[i].weight : 0;
    }
    if (!(all > 0))
        return 0;
    return STEP * fmin(1, STEP_WEEKS / fmax(1, ahead / all)) * weeks * (missed / all - (1 - WINDOW_HIGH));
}

static void set_factors(const struct factors *f, int side, double owe, struct calibration *c)
{
    memset(f->pieces, 0, (f->streams + 1) * sizeof *f->pieces);
    for (size_t i = 0; i < f->n; i++) {
        const struct scored *s = &f->scored[i];
        struct pieces *of[2] = { &f->pieces[s->stream], &f->pieces[f->streams] };
        size_t k = s->piece[side];

        for (size_t j = 0; j < 2; j++) {
            of[j]->weight[k] += s->weight;
            of[j]->all += s->weight;
        }
    }
    const struct pieces *all = &f->pieces[f->streams];
    double level =
        level_of(f->scored, f->n, side, quantile(f->scored, f->n, -1, side, WINDOW_HIGH, all, f->point));
    level = fmin(LEVEL_MOST, fmax(LEVEL_LEAST, level + owe));
    for (int k = -1; k < (int)f->streams; k++) {
        size_t of = k < 0 ? f->streams : (size_t)k;
        struct calibration_stream *to = k < 0 ? &c->all : &c->stream[k];
        const struct counted *n = &f->counted[of];
        double on = k < 0 ? 1 : side == 1 ? c->all.factor.high : c->all.factor.low;
        double q = n->n > 0 ? quantile(f->scored, f->n, k, side, level, &f->pieces[of], f->point) : on;
        *(side == 1 ? &to->factor.high : &to->factor.low) = lean(on, q, n->n, n->days);
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
        if (!passed(&o[i], &o[i].window, origin) ||
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
    struct counted counted[HISTORY_STREAMS_MAX + 1];
    struct factors f = { .scored = arena_array(a, n + 1, sizeof *f.scored),
                         .streams = streams,
                         .point = arena_array(a, n + 1, sizeof *f.point),
                         .pieces = arena_array(a, streams + 1, sizeof *f.pieces),
                         .counted = counted };

    if (f.scored == NULL || f.point == NULL || f.pieces == NULL)
        return false;
    f.n = score_all(o, n, origin, week, f.scored);
    count(o, n, streams, origin, counted);
    for (int side = 0; side < 2; side++)
        set_factors(&f, side, owed(o, n, side, origin, week), c);
    set_hits(o, n, streams, origin, week, c);
    judge_all(streams, c);
    arena_release(a, mark);
    return true;
}
