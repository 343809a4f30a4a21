// SPDX-License-Identifier: EUPL-1.2
#include "forecast/order_found.h"

#include <math.h>
#include <stdlib.h>

const char *const order_code[ORDER_KINDS] = { "asked", "class", "aged" };

struct start {
    int32_t at;
    uint32_t row;
};

static int latest_first(const void *pa, const void *pb)
{
    const struct start *a = pa, *b = pb;

    if (a->at != b->at)
        return a->at > b->at ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static struct start *starts_of(const struct view *v, size_t *ret_n)
{
    struct start *start = arena_array(v->a, v->h->n + 1, sizeof *start);
    size_t n = 0;

    for (size_t i = 0; start != NULL && i < v->h->n; i++)
        if (view_has(v, i) && view_knows(v, &v->h->started[i]) && v->h->stream[i] >= 0)
            start[n++] = (struct start){ v->h->started[i].at, (uint32_t)i };
    if (start != NULL)
        qsort(start, n, sizeof *start, latest_first);
    *ret_n = n;
    return start;
}

static int rank_of(const struct history_order *o, const int16_t *stream, const struct view *v, size_t row,
                   int32_t at)
{
    int32_t age = at - v->h->received[row].at;
    size_t a = age < 0 ? 0 : (size_t)age < o->ages ? (size_t)age : o->ages - 1;

    return stream[row] < 0 || (size_t)stream[row] >= o->streams ? -1
                                                                : o->rank[(size_t)stream[row] * o->ages + a];
}

/* Of the latest starts so many, evenly over at most twice as many weeks of them: every `step`-th of the first
 * `of`. */
struct latest {
    struct start *start;
    size_t of, step;
};

/* Whoever may have waited at one of them, in the order of the rows: hardly anybody of a long record did. */
struct waiter {
    int32_t received, end;
    uint32_t row;
};
struct waiters {
    struct waiter *who;
    size_t n;
};

static struct latest latest_of(const struct view *v)
{
    size_t n;
    struct start *start = starts_of(v, &n);
    size_t of = n < 8 * ORDER_STARTS ? n : 8 * ORDER_STARTS;

    return (struct latest){ start, of, of / ORDER_STARTS + 1 };
}

/* who NULL: the arena is full. */
static struct waiters waiters_of(const struct view *v, const int16_t *stream, const struct latest *l)
{
    struct waiters w = { .who = arena_array(v->a, v->h->n + 1, sizeof *w.who) };

    for (size_t i = 0; w.who != NULL && l->of > 0 && i < v->h->n; i++) {
        int32_t end = view_has(v, i) && stream[i] >= 0 ? view_wait_end(v, i) : INT32_MIN;
        if (end > l->start[l->of - 1].at)
            w.who[w.n++] = (struct waiter){ v->h->received[i].at, end, (uint32_t)i };
    }
    return w;
}

static bool waited_at(const struct waiter *w, const struct start *s)
{
    return w->received < s->at && w->row != s->row && w->end > s->at;
}

/* Share of those who waited at this start who stood before it; NaN with fewer than three. Who started on the
 * same day waits for nobody. */
static double share_of(const struct view *v, const struct history_order *o, const int16_t *stream,
                       const struct waiters *w, const struct start *s)
{
    const struct history *h = v->h;
    int rank = rank_of(o, stream, v, s->row, s->at);
    double before = 0, others = 0;

    for (size_t i = 0; i < w->n; i++) {
        if (!waited_at(&w->who[i], s))
            continue;
        int other = rank_of(o, stream, v, w->who[i].row, s->at);
        others++;
        before += other > rank || (other == rank && w->who[i].received < h->received[s->row].at);
    }
    return others >= 3 ? before / others : (double)NAN;
}

static double share_of_all(const struct view *v, const struct history_order *o, const int16_t *stream,
                           const struct waiters *w, const struct latest *l)
{
    double sum = 0, used = 0;

    for (size_t i = 0; i < l->of; i += l->step) {
        double x = share_of(v, o, stream, w, &l->start[i]);
        if (!isnan(x)) {
            sum += x;
            used++;
        }
    }
    return used >= ORDER_LEAST || (used >= 3 && used * 2 * (double)l->step > (double)l->of) ? sum / used
                                                                                            : (double)NAN;
}

double order_share(const struct view *v, const struct history_order *o)
{
    int16_t *stream = view_streams(v);
    struct latest l = latest_of(v);

    if (stream == NULL || l.start == NULL)
        return (double)NAN;
    struct waiters w = waiters_of(v, stream, &l);
    return w.who == NULL ? (double)NAN : share_of_all(v, o, stream, &w, &l);
}

/* Mean wait of each stream, of those who started in the last year and those who still wait. */
static void mean_waits(const struct view *v, size_t streams, double *mean)
{
    double n[HISTORY_STREAMS_MAX] = { 0 }, all = 1, all_n = 1;

    for (size_t s = 0; s < streams; s++)
        mean[s] = 0;
    for (size_t i = 0; i < v->h->n; i++) {
        int16_t s = v->h->stream[i];
        if (!view_has(v, i) || !view_knows(v, &v->h->received[i]) || s < 0 || (size_t)s >= streams)
            continue;
        int32_t end = view_wait_end(v, i);
        if (end != INT32_MAX && end < v->origin - 52 * v->week)
            continue;
        double wait = (double)(end == INT32_MAX ? v->origin : end) - v->h->received[i].at;
        mean[s] += wait;
        all += wait;
        if (end != INT32_MAX) {
            n[s]++;
            all_n++;
        }
    }
    for (size_t s = 0; s < streams; s++)
        mean[s] = (mean[s] + 2 * all / all_n) / (n[s] + 2);
}

enum { AGES = 800, STEPS = 12 }; /* of rank in the time that a stream waits */

static uint16_t *make(const struct view *v, enum order_kind kind, size_t streams, const double *mean,
                      size_t ages)
{
    uint16_t *rank = arena_array(v->a, streams * ages, sizeof *rank);

    for (size_t s = 0; rank != NULL && s < streams; s++) {
        uint16_t longer = 0; /* streams that wait longer */
        const double own = mean[s];
        for (size_t k = 0; k < streams; k++)
            longer = (uint16_t)(longer + (mean[k] > own || (mean[k] >= own && k > s)));
        for (size_t age = 0; age < ages; age++)
            rank[s * ages + age] = kind == ORDER_CLASS ? longer
                                   : kind == ORDER_AGED
                                       ? (uint16_t)fmin(60000, STEPS * (double)age / fmax(mean[s], 0.5))
                                       : 0;
    }
    return rank;
}

bool order_find(const struct view *v, size_t streams, struct history_order *ret_order,
                enum order_kind *ret_kind, double *ret_share)
{
    int16_t *stream = view_streams(v);
    double mean[HISTORY_STREAMS_MAX], best = INFINITY;
    struct latest l = latest_of(v);

    if (stream == NULL || l.start == NULL)
        return false;
    struct waiters w = waiters_of(v, stream, &l);
    if (w.who == NULL)
        return false;
    mean_waits(v, streams, mean);
    *ret_share = (double)NAN;
    for (enum order_kind k = ORDER_ASKED; k < ORDER_KINDS; k++) {
        struct history_order o = { .streams = streams,
                                   .ages = k == ORDER_AGED ? AGES : 1,
                                   .shared = v->team < 0 };
        if (k != ORDER_ASKED && streams < 2)
            break;
        if ((o.rank = make(v, k, streams, mean, o.ages)) == NULL)
            return false;
        double share = share_of_all(v, &o, stream, &w, &l);
        if (k == ORDER_ASKED || share < best - 0.01) { /* the simplest, unless another is clearly better */
            best = isnan(share) ? INFINITY : share;
            *ret_order = o;
            *ret_kind = k;
            *ret_share = share;
        }
    }
    return true;
}

/* ── Another order than the rule ──────────────────────────────────────────────────────────────────────────
 */

enum { AGED_WEEKS = 26, OTHERS = AGED_WEEKS + 1 }; /* so many weeks, and never */
#define CLEARLY 0.04                               /* of the share: the rule holds unless another is better */

/* After `after` ticks before all classes but the first; after < 0: never. */
static bool aged_order(const struct history_order *rule, int32_t after, struct arena *a,
                       struct history_order *ret)
{
    size_t ages = after < 0 ? 1 : (size_t)after + 2;
    uint16_t *rank = arena_array(a, rule->streams * ages, sizeof *rank), class[HISTORY_STREAMS_MAX],
             first = 0;

    if (rank == NULL)
        return false;
    for (size_t s = 0; s < rule->streams; s++) {
        class[s] = 0;
        for (size_t k = 0; k < rule->streams; k++) /* twice, so that there is room between the classes */
            class[s] = (uint16_t)(class[s] + 2 * (rule->rank[k * rule->ages] < rule->rank[s * rule->ages]));
        first = class[s] > first ? class[s] : first;
    }
    for (size_t s = 0; s < rule->streams; s++)
        for (size_t age = 0; age < ages; age++)
            rank[s * ages + age] =
                after >= 0 && age > (size_t)after && class[s] < first ? (uint16_t)(first - 1) : class[s];
    *ret = (struct history_order){ rule->streams, ages, rank, rule->shared };
    return true;
}

/* Who waited at this start, and how many of them stood before it by each order. A list of its own each team:
 * nobody waits for those of another. */
static bool count_before(const struct view *v, const struct history_order *o, size_t orders,
                         const int16_t *stream, const struct waiters *w, const struct start *s,
                         double *ret_share)
{
    const struct history *h = v->h;
    double before[OTHERS + 1] = { 0 }, others = 0;
    int rank[OTHERS + 1];

    for (size_t k = 0; k < orders; k++)
        rank[k] = rank_of(&o[k], stream, v, s->row, s->at);
    for (size_t i = 0; i < w->n; i++) {
        uint32_t row = w->who[i].row;
        if (!waited_at(&w->who[i], s) || (!o->shared && h->team[row] != h->team[s->row]))
            continue;
        others++;
        for (size_t k = 0; k < orders; k++) {
            int other = rank_of(&o[k], stream, v, row, s->at);
            before[k] += other > rank[k] || (other == rank[k] && w->who[i].received < h->received[s->row].at);
        }
    }
    for (size_t k = 0; k < orders; k++)
        ret_share[k] = before[k] / others;
    return others >= 3;
}

/* The mean shares over the latest starts, as share_of_all takes them; false: too few. */
static bool shares_of(const struct view *v, const struct history_order *o, size_t orders,
                      const int16_t *stream, double *ret_share)
{
    double sum[OTHERS + 1] = { 0 }, one[OTHERS + 1], used = 0;
    struct latest l = latest_of(v);
    struct waiters w = { 0 };

    if (l.start != NULL)
        w = waiters_of(v, stream, &l);
    for (size_t i = 0; w.who != NULL && i < l.of; i += l.step)
        if (count_before(v, o, orders, stream, &w, &l.start[i], one)) {
            used++;
            for (size_t k = 0; k < orders; k++)
                sum[k] += one[k];
        }
    for (size_t k = 0; k < orders; k++)
        ret_share[k] = used > 0 ? sum[k] / used : 1;
    return used >= ORDER_LEAST;
}

bool order_followed(const struct view *v, const struct history_order *rule, struct arena *keep,
                    struct history_order *ret_order, int32_t *ret_days)
{
    struct history_order o[OTHERS + 1] = { *rule };
    double share[OTHERS + 1];
    int16_t *stream = view_streams(v);
    size_t best = 1;

    *ret_order = *rule;
    *ret_days = ORDER_RULE;
    if (v->h->ticks_a_day != 1 || rule->streams < 2)
        return true;
    for (int32_t k = 1; k <= OTHERS; k++)
        if (!aged_order(rule, k < OTHERS ? k * v->week : -1, v->a, &o[k]))
            return false;
    if (stream == NULL)
        return false;
    if (!shares_of(v, o, OTHERS + 1, stream, share))
        return true;
    for (size_t k = 2; k <= OTHERS; k++)
        best = share[k] < share[best] ? k : best;
    if (!(share[best] + CLEARLY < share[0]))
        return true;
    *ret_days = best < OTHERS ? (int32_t)best * v->week : ORDER_NEVER;
    return aged_order(rule, *ret_days, keep, ret_order);
}
