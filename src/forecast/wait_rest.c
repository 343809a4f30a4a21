// SPDX-License-Identifier: EUPL-1.2
#include "forecast/wait_rest.h"

#include <math.h>

enum { WEIGHTS_MOST = 4096 };
#define GROWTH 0.05
#define SHORT 10.     /* half-life of what counts, in weeks: lately */
#define LONG 104.     /* and in the long run */
#define LEAN_LONG 3.  /* starts near a length that a stream leans on all streams with, in the long run */
#define LEAN_SHORT 8. /* and what is lately on the long run */

struct counts {
    double half_life;     /* ticks */
    const double *weight; /* by half a tick before the origin, as weight_at has it; so many of them */
    size_t weights;
    double risk[HISTORY_STREAMS_MAX + 1][WAIT_BINS], end[HISTORY_STREAMS_MAX + 1][WAIT_BINS];
};

/* Each bin is a twentieth wider than the one before, in whole ticks: the first are one tick. */
static void set_edges(double *edge)
{
    for (size_t i = 0; i <= WAIT_BINS; i++)
        edge[i] = floor(expm1((double)i * log1p(GROWTH)) / GROWTH + 1e-9);
}

static size_t bin(double age)
{
    if (!(age > 0))
        return 0;
    double i = log1p(GROWTH * fmax(age, 0)) / log1p(GROWTH);

    return i < WAIT_BINS - 1 ? (size_t)(i + 1e-9) : WAIT_BINS - 1;
}

static double weight_at(double ticks, double half_life)
{
    return exp2(-fmax(0, ticks) / half_life);
}

/* Edges are whole ticks, so the middle between two is whole or a half. */
static double weight_of(const struct counts *x, double ticks)
{
    double k = 2 * fmax(0, ticks);

    return k < (double)x->weights ? x->weight[(size_t)k] : weight_at(ticks, x->half_life);
}

/* One request: at risk from length a to length b; then the turn came (in the tick that begins there) or not.
 */
static void add(struct counts *x, const double *edge, const struct view *v, size_t row, double a, double b,
                bool turn)
{
    size_t s = (size_t)v->h->stream[row];
    double received = v->h->received[row].at, weight = 1;

    for (size_t i = bin(a); i < WAIT_BINS && (edge[i] < b || turn); i++) {
        double from = fmax(a, edge[i]), to = i + 1 < WAIT_BINS ? fmin(b, edge[i + 1]) : b;
        weight = weight_of(x, v->origin - received - (from + to) / 2);
        x->risk[s][i] += weight * fmax(0, to - from);
        if (turn && b < edge[i + 1]) {
            x->end[s][i] += weight;
            x->risk[s][i] += weight / 2; /* within the tick */
            return;
        }
    }
}

static void count(const struct view *v, size_t streams, const double *edge, struct counts *x)
{
    for (size_t i = 0; i < v->h->n; i++) {
        if (!view_has(v, i) || !view_knows(v, &v->h->received[i]) || v->h->stream[i] < 0 ||
            (size_t)v->h->stream[i] >= streams)
            continue;
        int32_t received = v->h->received[i].at, end = view_wait_end(v, i);
        double a = received < v->from ? (double)v->from - received : 0,
               b = end == INT32_MAX ? (double)v->origin + 1 - received : (double)end - received;
        if (b < 0)
            b = 0;
        if (b >= a)
            add(x, edge, v, i, a, b, view_knows(v, &v->h->started[i]));
    }
    for (size_t s = 0; s < streams; s++)
        for (size_t i = 0; i < WAIT_BINS; i++) {
            x->risk[streams][i] += x->risk[s][i];
            x->end[streams][i] += x->end[s][i];
        }
}

/* Hazard a tick of each bin: with the neighbours where bins are narrow for what was seen, and leaning on
 * `lean` (of all streams) or on the bin before it. */
static void hazards(const double *risk, const double *end, const double *lean, double prior, double *hazard)
{
    double all_risk = 1e-9, all_end = 1e-9;

    for (size_t i = 0; i < WAIT_BINS; i++) {
        all_risk += risk[i];
        all_end += end[i];
    }
    double before = all_end / all_risk;
    for (size_t i = 0; i < WAIT_BINS; i++) {
        double on = lean != NULL ? lean[i] : before, r = risk[i], e = end[i];
        for (size_t k = 1; k <= 3 && e < 8 && i >= k && i > 2; k++) {
            r += risk[i - k] + (i + k < WAIT_BINS ? risk[i + k] : 0);
            e += end[i - k] + (i + k < WAIT_BINS ? end[i + k] : 0);
        }
        hazard[i] = before = on > 0 ? (e + prior) / (r + prior / on) : 0;
    }
}

static struct counts *count_with(const struct view *v, size_t streams, const double *edge, double weeks)
{
    struct counts *x = arena_alloc(v->a, sizeof *x);

    if (x == NULL)
        return NULL;
    x->half_life = weeks * v->week;
    x->weights = 2 * (v->weeks + 1) * (size_t)v->week;
    x->weights = x->weights < WEIGHTS_MOST ? x->weights : WEIGHTS_MOST;
    double *weight = arena_array(v->a, x->weights, sizeof *weight);
    if (weight == NULL)
        return NULL;
    for (size_t k = 0; k < x->weights; k++)
        weight[k] = weight_at((double)k / 2, x->half_life);
    x->weight = weight;
    count(v, streams, edge, x);
    return x;
}

bool wait_rest_fit(const struct view *v, size_t streams, struct wait_rest *ret)
{
    double *edge = ret->edge, all[WAIT_BINS], own[WAIT_BINS], now[WAIT_BINS];

    set_edges(edge);
    struct counts *far = count_with(v, streams, edge, LONG), *near = count_with(v, streams, edge, SHORT);
    if (far == NULL || near == NULL)
        return false;
    hazards(far->risk[streams], far->end[streams], NULL, LEAN_LONG, all);
    ret->streams = streams;
    ret->events = 0;
    for (size_t i = 0; i < WAIT_BINS; i++)
        ret->events += far->end[streams][i];
    for (size_t s = 0; s < streams; s++) {
        hazards(far->risk[s], far->end[s], all, LEAN_LONG, own);
        hazards(near->risk[s], near->end[s], own, LEAN_SHORT, now);
        ret->sum[s][0] = 0;
        for (size_t i = 0; i < WAIT_BINS; i++)
            ret->sum[s][i + 1] = ret->sum[s][i] + now[i] * (edge[i + 1] - edge[i]);
        ret->last[s] = now[WAIT_BINS - 1];
    }
    return true;
}

static double cumulative(const struct wait_rest *w, size_t s, double age)
{
    const double *edge = w->edge;
    size_t i = bin(age);

    if (age >= edge[WAIT_BINS])
        return w->sum[s][WAIT_BINS] + (age - edge[WAIT_BINS]) * w->last[s];
    while (i > 0 && edge[i] > age)
        i--;
    while (i + 1 < WAIT_BINS && edge[i + 1] <= age)
        i++;
    return w->sum[s][i] + (w->sum[s][i + 1] - w->sum[s][i]) * (age - edge[i]) / (edge[i + 1] - edge[i]);
}

/* The tick in which the cumulative hazard reaches `need`. */
static int32_t reached(const struct wait_rest *w, size_t s, double need)
{
    const double *edge = w->edge;
    size_t low = 0, high = WAIT_BINS;
    double at;

    if (need >= w->sum[s][WAIT_BINS]) {
        at = w->last[s] > 0 ? edge[WAIT_BINS] + (need - w->sum[s][WAIT_BINS]) / w->last[s] : WINDOW_LATER;
    } else {
        while (high - low > 1) {
            size_t half = (low + high) / 2;
            if (w->sum[s][half] <= need)
                low = half;
            else
                high = half;
        }
        at = edge[low] +
             (edge[high] - edge[low]) * (need - w->sum[s][low]) / (w->sum[s][high] - w->sum[s][low]);
    }
    return at >= WINDOW_LATER ? WINDOW_LATER : (int32_t)at;
}

/* Given that the turn did not come in the ticks before `from`. */
static struct window window_from(const struct wait_rest *w, size_t s, int32_t from)
{
    static const double p[3] = { WINDOW_LOW, 0.5, WINDOW_HIGH };
    double before = cumulative(w, s, from);
    int32_t at[3];

    for (size_t k = 0; k < 3; k++) {
        at[k] = reached(w, s, before - log1p(-p[k]));
        if (at[k] < from)
            at[k] = from;
    }
    return (struct window){ at[0], at[1], at[2] };
}

struct window wait_rest_window(const struct wait_rest *w, size_t stream, int32_t age)
{
    struct window r = window_from(w, stream, age + 1);

    r.from = r.from >= WINDOW_LATER ? WINDOW_LATER : r.from - age;
    r.middle = r.middle >= WINDOW_LATER ? WINDOW_LATER : r.middle - age;
    r.to = r.to >= WINDOW_LATER ? WINDOW_LATER : r.to - age;
    return r;
}

struct window wait_rest_new(const struct wait_rest *w, size_t stream)
{
    return window_from(w, stream, 0);
}
