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
    double low, high, weight;
    int16_t stream;
};

static int by_low(const void *pa, const void *pb)
{
    double a = ((const struct scored *)pa)->low, b = ((const struct scored *)pb)->low;

    return a < b ? -1 : a > b;
}

static int by_high(const void *pa, const void *pb)
{
    double a = ((const struct scored *)pa)->high, b = ((const struct scored *)pb)->high;

    return a < b ? -1 : a > b;
}

static bool passed(const struct outcome *o, const struct window *w, int32_t origin)
{
    return w->to < WINDOW_LATER && (int64_t)o->origin + w->to <= origin;
}

/* The outcomes that count, each with the distances of both sides in units of the window's. */
static size_t score_all(const struct outcome *o, size_t n, int32_t origin, int32_t week, struct scored *s)
{
    size_t k = 0;

    for (size_t i = 0; i < n; i++) {
        const struct window *w = &o[i].raw;
        if (!passed(&o[i], w, origin))
            continue;
        s[k++] =
            (struct scored){ .low = (w->middle - o[i].turn) / (w->middle - w->from + 0.5),
                             .high = (o[i].turn - w->middle) / ((double)w->to - w->middle + 0.5),
                             .weight = o[i].weight * exp2(-(double)(origin - o[i].origin) / week / HALF_LIFE),
                             .stream = o[i].stream };
    }
    return k;
}

/* Quantile by weight of the side that is sorted; stream -1: of all. */
static double quantile(const struct scored *s, size_t n, int stream, bool high)
{
    double all = 0, sum = 0;

    for (size_t i = 0; i < n; i++)
        all += stream < 0 || s[i].stream == stream ? s[i].weight : 0;
    for (size_t i = 0; i < n; i++) {
        if (stream >= 0 && s[i].stream != stream)
            continue;
        sum += s[i].weight;
        if (sum >= WINDOW_HIGH * all)
            return fmin(fmax(high ? s[i].high : s[i].low, FACTOR_LEAST), FACTOR_MOST);
    }
    return 1;
}

static double lean(double from, double to, size_t n, size_t origins)
{
    double k = (double)n / ((double)n + LEAN_N) * (double)origins / ((double)origins + LEAN_ORIGINS);

    return exp((1 - k) * log(from) + k * log(to));
}

/* How many windows count, and from how many days. */
static void count(const struct outcome *o, size_t n, int stream, int32_t origin, size_t *ret_n,
                  size_t *ret_days)
{
    int32_t last = INT32_MIN;

    *ret_n = *ret_days = 0;
    for (size_t i = 0; i < n; i++)
        if (passed(&o[i], &o[i].raw, origin) && (stream < 0 || o[i].stream == stream)) {
            ++*ret_n;
            *ret_days += o[i].origin != last;
            last = o[i].origin;
        }
}

static void set_factors(const struct outcome *o, size_t n, size_t streams, int32_t origin,
                        const struct scored *s, size_t scored, bool high, struct calibration *c)
{
    for (int k = -1; k < (int)streams; k++) {
        size_t many, days;
        struct calibration_stream *to = k < 0 ? &c->all : &c->stream[k];
        double on = k < 0 ? 1 : high ? c->all.factor.high : c->all.factor.low;
        count(o, n, k, origin, &many, &days);
        double f = lean(on, many > 0 ? quantile(s, scored, k, high) : on, many, days);
        *(high ? &to->factor.high : &to->factor.low) = f;
    }
}

/* Of the windows whose end passed in the last weeks: how many were right. */
static void set_hit(const struct outcome *o, size_t n, int stream, int32_t origin, int32_t week,
                    struct calibration_stream *to)
{
    double weight = 0, hit = 0;
    int32_t last = INT32_MIN;

    to->n = to->origins = 0;
    for (size_t i = 0; i < n; i++) {
        const struct window *w = &o[i].window;
        if (!passed(&o[i], w, origin) || (stream >= 0 && o[i].stream != stream) ||
            (int64_t)o[i].origin + w->to <= origin - (int64_t)CALIBRATION_BAR_WEEKS * week)
            continue;
        to->n++;
        to->origins += o[i].origin != last;
        last = o[i].origin;
        weight += o[i].weight;
        hit += o[i].turn >= w->from && o[i].turn <= w->to ? o[i].weight : 0;
    }
    to->hit = weight > 0 ? hit / weight : (double)NAN;
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
    struct scored *s = arena_array(a, n + 1, sizeof *s);

    if (s == NULL)
        return false;
    size_t scored = score_all(o, n, origin, week, s);
    qsort(s, scored, sizeof *s, by_low);
    set_factors(o, n, streams, origin, s, scored, false, c);
    qsort(s, scored, sizeof *s, by_high);
    set_factors(o, n, streams, origin, s, scored, true, c);
    for (int k = -1; k < (int)streams; k++)
        set_hit(o, n, k, origin, week, k < 0 ? &c->all : &c->stream[k]);
    judge_all(streams, c);
    arena_release(a, mark);
    return true;
}
