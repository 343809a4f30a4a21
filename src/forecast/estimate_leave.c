// SPDX-License-Identifier: EUPL-1.2
/* Who leaves the list without a start, by stream. */
#include "forecast/estimate_core.h"

#include <math.h>
#include <string.h>

/* From here on a row has waited in this stream; -1: it never did. */
struct stands {
    int32_t since;
    int16_t stream;
};

struct waits {
    const struct view *v;
    size_t streams;
    struct level_week (*week)[LEVEL_WEEKS_MAX]; /* by stream: who left, and ticks that somebody waited */
    struct stands *now;
};

/* Ticks waited after `from` up to and with `to`. Who asks on a tick can leave on the next. */
static void add_ticks(struct waits *w, int16_t stream, int32_t from, int32_t to)
{
    const struct view *v = w->v;
    int64_t first = (int64_t)v->origin - (int64_t)v->weeks * v->week; /* before the first week */

    if (from < v->from - 1)
        from = v->from - 1;
    if (from < first)
        from = (int32_t)first;
    for (size_t k = from < to ? view_week(v, from + 1) : SIZE_MAX; k < v->weeks && from < to; k++) {
        int32_t end = view_week_end(v, k) < to ? view_week_end(v, k) : to;

        w->week[stream][k].exposure += end - from;
        from = end;
    }
}

/* Everybody to the stream of asking, and from move to move. Who is paused leaves as the stream of before. */
static void add_moves(struct waits *w)
{
    const struct history *h = w->v->h;

    for (size_t i = 0; i < h->n; i++)
        w->now[i] = (struct stands){ h->received[i].at, h->stream[i] };
    for (size_t i = 0; i < h->moves && h->move[i].known <= w->v->origin; i++) {
        const struct history_move *x = &h->move[i];
        struct stands *now = &w->now[x->row];

        if (x->stream < 0 || (size_t)x->stream >= w->streams || !view_has(w->v, x->row))
            continue;
        int32_t end = view_wait_end(w->v, x->row), to = x->known < end ? x->known : end;
        if (now->stream >= 0 && (size_t)now->stream < w->streams && view_knows(w->v, &h->received[x->row]))
            add_ticks(w, now->stream, now->since, to);
        *now = (struct stands){ to, x->stream };
    }
}

static void add_rows(struct waits *w)
{
    const struct view *v = w->v;

    for (size_t i = 0; i < v->h->n; i++) {
        int16_t stream = w->now[i].stream;
        int32_t end = view_wait_end(v, i);

        if (!view_has(v, i) || !view_knows(v, &v->h->received[i]) || stream < 0 ||
            (size_t)stream >= w->streams)
            continue;
        add_ticks(w, stream, w->now[i].since, end < v->origin ? end : v->origin);
        if (!view_knows(v, &v->h->started[i]) && end != INT32_MAX && end == view_at(v, &v->h->left[i])) {
            size_t k = view_week(v, end);
            if (k != SIZE_MAX)
                w->week[stream][k].events++;
        }
    }
}

/* How far streams differ, as the standard deviation of their ratio to all: one of these. */
static double spread_at(size_t i)
{
    return 0.02 * pow(1.4, (double)i); /* up to 2.2 */
}

/* Weight of each spread, by the chance of what was counted: a gamma with mean 1 of Poisson counts is a
 * negative binomial. */
static void weigh_spreads(struct leave_fit *fit, size_t streams)
{
    double log_p[LEAVE_SPREADS], most = -INFINITY, sum = 0;
    int sign;

    for (size_t i = 0; i < LEAVE_SPREADS; i++) {
        double a = 1 / (spread_at(i) * spread_at(i));
        log_p[i] = 0;
        for (size_t s = 0; s < streams; s++)
            if (fit->expected[s] > 0)
                log_p[i] += lgamma_r(a + fit->events[s], &sign) - lgamma_r(a, &sign) -
                            a * log1p(fit->expected[s] / a) - fit->events[s] * log(a + fit->expected[s]);
        most = fmax(most, log_p[i]);
    }
    for (size_t i = 0; i < LEAVE_SPREADS; i++)
        sum += fit->spread[i] = exp(log_p[i] - most);
    for (size_t i = 0; i < LEAVE_SPREADS; i++)
        fit->spread[i] /= sum;
}

/* Who left, and how many would have when everybody leaves alike in each week. */
static void count_streams(const struct waits *w, const struct level_week *all, struct leave_fit *fit)
{
    double over = fmax(1, level_over(&fit->all));

    for (size_t s = 0; s < w->streams; s++)
        for (size_t k = 0; k < w->v->weeks; k++) {
            const struct level_week *one = &w->week[s][k];
            if (all[k].exposure <= 0)
                continue;
            fit->waited[s] += one->exposure;
            fit->events[s] += one->events / over;
            fit->expected[s] += all[k].events / over * one->exposure / all[k].exposure;
        }
}

bool leave_estimate(const struct view *v, size_t streams, struct leave_fit *ret_fit)
{
    struct level_week all[LEVEL_WEEKS_MAX] = { 0 };
    struct waits w = { .v = v, .streams = streams };

    *ret_fit = (struct leave_fit){ .streams = streams };
    w.week = arena_array(v->a, streams, sizeof *w.week);
    w.now = arena_array(v->a, v->h->n + 1, sizeof *w.now);
    if (w.week == NULL || w.now == NULL)
        return false;
    add_moves(&w);
    add_rows(&w);
    for (size_t s = 0; s < streams; s++)
        for (size_t k = 0; k < v->weeks; k++) {
            all[k].events += w.week[s][k].events;
            all[k].exposure += w.week[s][k].exposure;
        }
    for (size_t k = 0; k < v->weeks; k++)
        if (all[k].exposure <= 0)
            all[k].events = 0;
    level_of_counts(all, v->weeks, 0.002 / v->h->ticks_a_day, 0.5, &ret_fit->all);
    count_streams(&w, all, ret_fit);
    weigh_spreads(ret_fit, streams);
    return true;
}

void leave_draw(const struct leave_fit *fit, double all, struct rng *r, float ret_leave[HISTORY_STREAMS_MAX])
{
    double u = rng_unit(r), ratio[HISTORY_STREAMS_MAX], sum = 0, weight = 0;
    size_t i = 0;

    while (i + 1 < LEAVE_SPREADS && (u -= fit->spread[i]) >= 0)
        i++;
    double a = 1 / (spread_at(i) * spread_at(i));
    for (size_t s = 0; s < fit->streams; s++) {
        ratio[s] = draw_gamma(r, a + fit->events[s]) / (a + fit->expected[s]);
        sum += fit->waited[s] * ratio[s];
        weight += fit->waited[s];
    }
    for (size_t s = 0; s < fit->streams; s++) /* all together leave at `all` */
        ret_leave[s] = (float)fmin(0.5, all * ratio[s] * (weight > 0 ? weight / sum : 1));
}

bool estimate_leaving(const struct history *h, int32_t origin, int team, size_t streams, struct arena *a,
                      struct estimate_leaving *ret_leaving)
{
    struct view v = view_of(h, origin, team, a);
    struct leave_fit fit;

    if (!leave_estimate(&v, streams, &fit))
        return false;
    *ret_leaving = (struct estimate_leaving){ 0 };
    double all = level_mean(&fit.all), sum = 0, weight = 0;
    for (size_t s = 0; s < streams; s++) {
        for (size_t i = 0; i < LEAVE_SPREADS; i++) {
            double a_i = 1 / (spread_at(i) * spread_at(i));
            ret_leaving->chance[s] += fit.spread[i] * (a_i + fit.events[s]) / (a_i + fit.expected[s]);
        }
        ret_leaving->waited[s] = fit.waited[s];
        sum += fit.waited[s] * ret_leaving->chance[s];
        weight += fit.waited[s];
    }
    for (size_t s = 0; s < streams; s++)
        ret_leaving->chance[s] = fmin(0.5, ret_leaving->chance[s] * all * (weight > 0 ? weight / sum : 1));
    return true;
}
