// SPDX-License-Identifier: EUPL-1.2
#include "forecast/rival.h"

#include "base/sort.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const rival_code[RIVALS] = { "last_to_start", "position", "mean", "survival", "naive" };

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

/* Numbers of one stream after the other, the last those of rows without one: so all of them stand in a row.
 */
struct piles {
    uint64_t *key, *scratch;
    size_t first[HISTORY_STREAMS_MAX + 2], streams; /* place of the first of each, and the end */
};

/* The pile of a row; `key` of what goes on it. False: nothing does. */
typedef bool (*pile_key)(const struct view *v, size_t row, uint64_t *ret_key);

static size_t pile_of(const struct piles *p, int16_t stream)
{
    return stream >= 0 && (size_t)stream < p->streams ? (size_t)stream : p->streams;
}

static bool pile_up(const struct view *v, size_t streams, pile_key of, struct piles *p)
{
    size_t n[HISTORY_STREAMS_MAX + 1] = { 0 };
    uint64_t key;

    *p = (struct piles){ .key = arena_array(v->a, v->h->n + 1, sizeof *p->key),
                         .scratch = arena_array(v->a, v->h->n + 1, sizeof *p->scratch),
                         .streams = streams };
    if (p->key == NULL || p->scratch == NULL)
        return false;
    for (size_t i = 0; i < v->h->n; i++)
        n[pile_of(p, v->h->stream[i])] += of(v, i, &key);
    for (size_t s = 0; s <= streams; s++) {
        p->first[s + 1] = p->first[s] + n[s];
        n[s] = p->first[s];
    }
    for (size_t i = 0; i < v->h->n; i++)
        if (of(v, i, &key))
            p->key[n[pile_of(p, v->h->stream[i])]++] = key;
    return true;
}

/* Those of a stream, of all: -1, ascending. */
static const uint64_t *pile_sort(const struct piles *p, int stream, size_t *ret_n)
{
    uint64_t *key = p->key + (stream < 0 ? 0 : p->first[stream]);

    *ret_n = stream < 0 ? p->first[p->streams + 1] : p->first[stream + 1] - p->first[stream];
    sort_u64(key, p->scratch, *ret_n);
    return key;
}

/* A start: how long ago, above the wait. */
static bool start_key(const struct view *v, size_t row, uint64_t *ret_key)
{
    const struct history_fact *f = &v->h->started[row];

    if (!view_has(v, row) || !view_knows(v, f))
        return false;
    int32_t wait = f->at - v->h->received[row].at;
    *ret_key = (uint64_t)((int64_t)v->origin - f->at) << 32 | (uint32_t)(wait > 0 ? wait : 0);
    return true;
}

/* The waits of the latest starts, up to `most`, of less than `ago` ticks ago. */
static bool waits_of(const struct view *v, const uint64_t *start, size_t n, size_t most, int64_t ago,
                     struct rival_waits *ret)
{
    ret->wait = arena_array(v->a, (n < most ? n : most) + 1, sizeof *ret->wait);
    ret->n = 0;
    if (ret->wait == NULL)
        return false;
    for (size_t i = 0; i < n && i < most && (int64_t)(start[i] >> 32) < ago; i++)
        ret->wait[ret->n++] = (uint32_t)start[i];
    return true;
}

#define WAIT_ZERO (INT64_C(1) << 32) /* makes a wait that ended before it began a key too */

/* Who asked in the last year: how long it took, above whether no turn came. */
static bool life_key(const struct view *v, size_t row, uint64_t *ret_key)
{
    const struct history *h = v->h;

    if (!view_has(v, row) || !view_knows(v, &h->received[row]) ||
        h->received[row].at <= v->origin - 52 * v->week)
        return false;
    int32_t end = view_wait_end(v, row);
    int64_t wait = (int64_t)(end == INT32_MAX ? v->origin : end) - h->received[row].at;
    *ret_key = (uint64_t)(wait + WAIT_ZERO) << 1 | !view_knows(v, &h->started[row]);
    return true;
}

/* Kaplan & Meier 1958, Journal of the American Statistical Association 53:457-481, (2b). */
static bool survival_of(const struct view *v, const uint64_t *life, size_t n, struct rival_stream *s)
{
    double alive = 1;

    s->time.wait = arena_array(v->a, n + 1, sizeof *s->time.wait);
    s->alive = arena_array(v->a, n + 1, sizeof *s->alive);
    if (s->time.wait == NULL || s->alive == NULL)
        return false;
    s->time.n = 0;
    for (size_t i = 0; i < n; i++)
        if ((life[i] & 1) == 0) {
            alive *= 1 - 1 / (double)(n - i);
            s->time.wait[s->time.n] = (double)((int64_t)(life[i] >> 1) - WAIT_ZERO);
            s->alive[s->time.n++] = alive;
        }
    return true;
}

/* A stream; of all: -1, after the streams. */
static bool fit_stream(const struct view *v, const struct piles *starts, const struct piles *lives,
                       int stream, struct rival_stream *s)
{
    size_t n, m;
    const uint64_t *start = pile_sort(starts, stream, &n), *life = pile_sort(lives, stream, &m);

    if (!waits_of(v, start, n, RIVAL_WAITS, INT64_MAX, &s->naive) ||
        !waits_of(v, start, n, SIZE_MAX, 26 * (int64_t)v->week, &s->half_year) || !survival_of(v, life, m, s))
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

static double rate_of(const struct view *v)
{
    const double one = 1. / (8 * v->week); /* start in eight weeks */
    double rate = 0;

    for (size_t i = 0; i < v->h->n; i++)
        if (view_has(v, i) && view_knows(v, &v->h->started[i]))
            rate += v->h->started[i].at > v->origin - 8 * v->week ? one : 0;
    return fmax(rate, one / 2); /* nobody started: less than one */
}

bool rivals_fit(const struct view *v, size_t streams, struct rivals *ret)
{
    struct piles starts, lives;
    const struct rival_stream *all = NULL;

    ret->streams = streams;
    ret->now = v->origin;
    ret->week = v->week;
    ret->rate = rate_of(v);
    if (!pile_up(v, streams, start_key, &starts) || !pile_up(v, streams, life_key, &lives))
        return false;
    for (size_t s = 0; s < streams; s++)
        if (starts.first[s + 1] > starts.first[s] && !fit_stream(v, &starts, &lives, (int)s, &ret->stream[s]))
            return false;
    for (size_t s = 0; s < streams; s++) {
        if (starts.first[s + 1] > starts.first[s])
            continue;
        if (all == NULL && !fit_stream(v, &starts, &lives, -1, &ret->stream[s]))
            return false;
        all = all == NULL ? &ret->stream[s] : all;
        ret->stream[s] = *all;
    }
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

/* How many of the times are not above `age`. */
static size_t times_up_to(const struct rival_stream *s, int32_t age)
{
    size_t low = 0, high = s->time.n;

    while (low < high) {
        size_t half = low + (high - low) / 2;
        if (s->time.wait[half] <= age)
            low = half + 1;
        else
            high = half;
    }
    return low;
}

static double survival_at(const struct rival_stream *s, int32_t age, double p)
{
    size_t low = times_up_to(s, age), high = s->time.n;
    double want = (low > 0 ? s->alive[low - 1] : 1) * (1 - p) + 1e-12;

    while (low < high) { /* the part that still waits only falls */
        size_t half = low + (high - low) / 2;
        if (s->alive[half] > want)
            low = half + 1;
        else
            high = half;
    }
    if (low < s->time.n)
        return s->time.wait[low] - (age < 0 ? 0 : age);
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
