// SPDX-License-Identifier: EUPL-1.2
#include "forecast/rival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const rival_code[RIVALS] = { "last_to_start", "position", "mean", "survival", "naive" };

struct start {
    int32_t at;
    int32_t wait;
    int16_t stream;
};

static int latest_first(const void *pa, const void *pb)
{
    const struct start *a = pa, *b = pb;

    if (a->at != b->at)
        return a->at > b->at ? -1 : 1;
    return a->wait < b->wait ? -1 : a->wait > b->wait;
}

static int ascending(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;

    return a < b ? -1 : a > b;
}

/* Type 1. */
static double quantile(const double *sorted, size_t n, double p)
{
    size_t k = (size_t)ceil(p * (double)n);

    return n == 0 ? (double)NAN : sorted[k > 0 ? k - 1 : 0];
}

/* The latest waits of a stream (of all: -1), up to `most`, of starts after `since`. */
static bool waits_of(const struct view *v, const struct start *start, size_t n, int stream, size_t most,
                     int32_t since, struct rival_waits *ret)
{
    ret->wait = arena_array(v->a, (n < most ? n : most) + 1, sizeof *ret->wait);
    ret->n = 0;
    if (ret->wait == NULL)
        return false;
    for (size_t i = 0; i < n && ret->n < most && start[i].at > since; i++)
        if (stream < 0 || start[i].stream == stream)
            ret->wait[ret->n++] = start[i].wait;
    return true;
}

struct life {
    double time;
    bool turn;
};

static int by_time(const void *pa, const void *pb)
{
    const struct life *a = pa, *b = pb;

    if (a->time < b->time || b->time < a->time)
        return a->time < b->time ? -1 : 1;
    return (int)b->turn - (int)a->turn;
}

/* Kaplan & Meier 1958, Journal of the American Statistical Association 53:457-481, (2b). */
static bool survival_of(const struct view *v, int stream, struct rival_stream *s)
{
    const struct history *h = v->h;
    struct life *life = arena_array(v->a, h->n + 1, sizeof *life);
    size_t n = 0;
    double alive = 1;

    s->time.wait = arena_array(v->a, h->n + 1, sizeof *s->time.wait);
    s->alive = arena_array(v->a, h->n + 1, sizeof *s->alive);
    if (life == NULL || s->time.wait == NULL || s->alive == NULL)
        return false;
    for (size_t i = 0; i < h->n; i++) {
        if (!view_has(v, i) || !view_knows(v, &h->received[i]) || (stream >= 0 && h->stream[i] != stream) ||
            h->received[i].at <= v->origin - 52 * v->week)
            continue;
        int32_t end = view_wait_end(v, i);
        life[n++] = (struct life){ (double)(end == INT32_MAX ? v->origin : end) - h->received[i].at,
                                   view_knows(v, &h->started[i]) };
    }
    qsort(life, n, sizeof *life, by_time);
    s->time.n = 0;
    for (size_t i = 0; i < n; i++)
        if (life[i].turn) {
            alive *= 1 - 1 / (double)(n - i);
            s->time.wait[s->time.n] = life[i].time;
            s->alive[s->time.n++] = alive;
        }
    return true;
}

static bool fit_stream(const struct view *v, const struct start *start, size_t n, int stream,
                       struct rival_stream *s)
{
    int of = -1;

    for (size_t i = 0; i < n && of < 0; i++)
        of = start[i].stream == stream ? stream : of;
    if (!waits_of(v, start, n, of, RIVAL_WAITS, INT32_MIN, &s->naive) ||
        !waits_of(v, start, n, of, SIZE_MAX, v->origin - 26 * v->week, &s->half_year) ||
        !survival_of(v, of, s))
        return false;
    s->last = s->naive.n > 0 ? s->naive.wait[0] : 0;
    if (s->half_year.n == 0)
        s->half_year = s->naive;
    s->mean = 0;
    for (size_t i = 0; i < s->half_year.n; i++)
        s->mean += s->half_year.wait[i] / (double)s->half_year.n;
    qsort(s->naive.wait, s->naive.n, sizeof *s->naive.wait, ascending);
    if (s->half_year.wait != s->naive.wait)
        qsort(s->half_year.wait, s->half_year.n, sizeof *s->half_year.wait, ascending);
    return true;
}

bool rivals_fit(const struct view *v, size_t streams, struct rivals *ret)
{
    struct start *start = arena_array(v->a, v->h->n + 1, sizeof *start);
    size_t n = 0;

    if (start == NULL)
        return false;
    const double one = 1. / (8 * v->week); /* start in eight weeks */

    ret->streams = streams;
    ret->now = v->origin;
    ret->week = v->week;
    ret->rate = 0;
    for (size_t i = 0; i < v->h->n; i++)
        if (view_has(v, i) && view_knows(v, &v->h->started[i])) {
            int32_t at = v->h->started[i].at, wait = at - v->h->received[i].at;
            start[n++] = (struct start){ at, wait > 0 ? wait : 0, v->h->stream[i] };
            ret->rate += at > v->origin - 8 * v->week ? one : 0;
        }
    ret->rate = fmax(ret->rate, one / 2); /* nobody started: less than one */
    qsort(start, n, sizeof *start, latest_first);
    for (size_t s = 0; s < streams; s++)
        if (!fit_stream(v, start, n, (int)s, &ret->stream[s]))
            return false;
    return true;
}

enum { ERRORS_LEAST = 20, ERRORS_SORTED = 2048 };
struct ends {
    double low, high;
};

/* Of everybody of one origin the same, so sorted once; of many errors every so-manieth is enough. */
static void error_sort(const struct rivals *r, struct rival_error *e)
{
    double sorted[ERRORS_SORTED + 1] = { 0 };
    size_t first = e->n > RIVAL_ERRORS ? e->n - RIVAL_ERRORS : 0, n = 0;

    if (e->sorted == r->now)
        return;
    e->sorted = r->now;
    while (first < e->n && e->at[first % RIVAL_ERRORS] <= r->now - RIVAL_ERROR_WEEKS * r->week)
        first++;
    size_t step = (e->n - first) / ERRORS_SORTED + 1;
    for (size_t i = first; i < e->n; i += step)
        sorted[n++] = (double)e->error[i % RIVAL_ERRORS];
    e->enough = n >= ERRORS_LEAST;
    qsort(sorted, n, sizeof *sorted, ascending);
    e->low = quantile(sorted, n, WINDOW_LOW);
    e->high = quantile(sorted, n, WINDOW_HIGH);
}

static struct ends error_ends(const struct rivals *r, struct rival_error *e, double low, double high)
{
    error_sort(r, e);
    return e->enough ? (struct ends){ e->low, e->high } : (struct ends){ low, high };
}

static int32_t ticks(double v)
{
    return !(v < WINDOW_LATER) ? WINDOW_LATER : v < 0 ? 0 : (int32_t)lround(v);
}

static struct window after(const struct rival_waits *w, double middle, int32_t age)
{
    return (struct window){ ticks(quantile(w->wait, w->n, WINDOW_LOW) - age), ticks(middle - age),
                            ticks(quantile(w->wait, w->n, WINDOW_HIGH) - age) };
}

static double survival_at(const struct rival_stream *s, int32_t age, double p)
{
    double now = 1;

    for (size_t i = 0; i < s->time.n; i++) {
        if (s->time.wait[i] <= age)
            now = s->alive[i];
        else if (s->alive[i] <= now * (1 - p) + 1e-12)
            return s->time.wait[i] - (age < 0 ? 0 : age);
    }
    /* The rest has no end yet: what was the longest; without any, the last waits. */
    return fmax((s->time.n > 0 ? s->time.wait[s->time.n - 1] : quantile(s->naive.wait, s->naive.n, p)) -
                    (age < 0 ? 0 : age),
                1);
}

void rivals_window(struct rivals *r, size_t stream, int32_t age, size_t ahead,
                   struct window ret_window[RIVALS])
{
    const struct rival_stream *s = &r->stream[stream];
    int32_t waited = age < 0 ? 0 : age, least = age < 0 ? 0 : 1;
    double last = fmax(s->last - waited, 1), place = ((double)ahead + 1) / r->rate;
    struct ends error = error_ends(r, &r->last[stream], -last / 2, last),
                part = error_ends(r, &r->position, 0.6, 1.6);

    ret_window[RIVAL_LAST] =
        (struct window){ ticks(last + error.low), ticks(last), ticks(last + error.high) };
    ret_window[RIVAL_POSITION] =
        (struct window){ ticks(place * part.low), ticks(place), ticks(place * part.high) };
    ret_window[RIVAL_MEAN] = after(&s->half_year, s->mean, waited);
    ret_window[RIVAL_NAIVE] = after(&s->naive, quantile(s->naive.wait, s->naive.n, 0.5), waited);
    ret_window[RIVAL_SURVIVAL] =
        (struct window){ ticks(survival_at(s, age, WINDOW_LOW)), ticks(survival_at(s, age, 0.5)),
                         ticks(survival_at(s, age, WINDOW_HIGH)) };
    for (size_t i = 0; i < RIVALS; i++) {
        struct window *w = &ret_window[i];
        w->from = w->from < least ? least : w->from;
        w->middle = w->middle < w->from ? w->from : w->middle;
        w->to = w->to < w->middle ? w->middle : w->to;
    }
}

static void add_error(const struct rivals *r, struct rival_error *e, double error)
{
    e->error[e->n % RIVAL_ERRORS] = (float)error;
    e->at[e->n++ % RIVAL_ERRORS] = r->now;
}

void rivals_learn(struct rivals *r, size_t stream, const struct window *given, double turn)
{
    add_error(r, &r->last[stream], turn - given[RIVAL_LAST].middle);
    add_error(r, &r->position, turn / given[RIVAL_POSITION].middle);
}
