// SPDX-License-Identifier: EUPL-1.2
/* Who asks: how many in a week, and which part of them in each stream. */
#include "forecast/estimate_core.h"

#include <math.h>

/* Rank of a stream on the first day. */
static int rank_of(const struct history_order *o, int16_t stream)
{
    return stream < 0 || (size_t)stream >= o->streams ? -1 : o->rank[(size_t)stream * o->ages];
}

/* Who is judged again and goes up comes from nowhere, as far as the others are concerned. */
static void add_moves(const struct view *v, const struct history_order *o,
                      struct level_week (*week)[LEVEL_WEEKS_MAX], int16_t *now)
{
    for (size_t i = 0; i < v->h->n; i++)
        now[i] = v->h->stream[i];
    for (size_t i = 0; i < v->h->moves && v->h->move[i].known <= v->origin; i++) {
        const struct history_move *x = &v->h->move[i];
        size_t k = view_has(v, x->row) ? view_week(v, x->known) : SIZE_MAX;
        if (k != SIZE_MAX && now[x->row] >= 0 && rank_of(o, x->stream) > rank_of(o, now[x->row]))
            week[x->stream][k].events++;
        if (x->stream >= 0) /* -1 is a pause: the way back is none up */
            now[x->row] = x->stream;
    }
}

static void add_requests(const struct view *v, size_t streams, struct level_week (*week)[LEVEL_WEEKS_MAX])
{
    for (size_t i = 0; i < v->h->n; i++) {
        size_t k = view_has(v, i) && view_knows(v, &v->h->received[i]) ? view_week(v, v->h->received[i].at)
                                                                       : SIZE_MAX;
        if (k != SIZE_MAX && v->h->stream[i] >= 0 && (size_t)v->h->stream[i] < streams)
            week[v->h->stream[i]][k].events++;
    }
}

/* Each stream by itself. Returns the logarithm of the chance of what was seen. */
static double fit_apart(struct level_week (*week)[LEVEL_WEEKS_MAX], size_t weeks, struct arrival_fit *fit)
{
    size_t none = SIZE_MAX; /* streams in which nobody came all say the same */
    double log_all = 0;

    for (size_t s = 0; s < fit->streams; s++) {
        bool any = false;
        for (size_t k = 0; k < weeks; k++)
            any = any || week[s][k].events > 0;
        if (!any && none != SIZE_MAX) {
            fit->apart[s] = fit->apart[none];
            continue;
        }
        level_of_counts(week[s], weeks, 0.2, 0.2, &fit->apart[s]);
        if (any) {
            fit->some[fit->somes++] = s;
            log_all += fit->apart[s].log_all;
        } else {
            none = s;
        }
    }
    return log_all;
}

/* All together, and of what is left each stream against those that come after it. */
static double fit_together(struct level_week (*week)[LEVEL_WEEKS_MAX], size_t weeks, struct arrival_fit *fit)
{
    struct level_week all[LEVEL_WEEKS_MAX] = { 0 };
    struct level_split split[LEVEL_WEEKS_MAX];

    for (size_t k = 0; k < weeks; k++) {
        all[k].exposure = week[fit->some[0]][k].exposure;
        all[k].changed = week[fit->some[0]][k].changed;
        for (size_t i = 0; i < fit->somes; i++)
            all[k].events += week[fit->some[i]][k].events;
        split[k].of = all[k].events;
    }
    level_of_counts(all, weeks, 0.2, 0.2, &fit->all);
    double log_all = fit->all.log_all;
    for (size_t i = 0; i + 1 < fit->somes; i++) {
        for (size_t k = 0; k < weeks; k++) {
            split[k].of -= i > 0 ? split[k].events : 0;
            split[k].events = week[fit->some[i]][k].events;
        }
        level_of_odds(split, weeks, &fit->odds[i]);
        log_all += fit->odds[i].log_all;
    }
    return log_all;
}

bool arrival_estimate(const struct view *v, const struct history_order *o, const struct season *season,
                      struct arrival_fit *ret_fit)
{
    struct level_week(*week)[LEVEL_WEEKS_MAX] = arena_array(v->a, HISTORY_STREAMS_MAX, sizeof *week);
    int16_t *now = arena_array(v->a, v->h->n + 1, sizeof *now);

    if (week == NULL || now == NULL)
        return false;
    ret_fit->streams = o->streams;
    ret_fit->somes = 0;
    ret_fit->together = 0;
    add_requests(v, o->streams, week);
    add_moves(v, o, week, now);
    for (size_t k = 0; k < v->weeks; k++) {
        double exposure = season_week(v, season, k);
        bool changed = view_changed(v, HISTORY_REQUESTS, k);
        for (size_t s = 0; s < o->streams; s++) {
            week[s][k].exposure = exposure;
            week[s][k].changed = changed;
        }
    }
    double apart = fit_apart(week, v->weeks, ret_fit);
    if (ret_fit->somes > 1)
        ret_fit->together = 1 / (1 + exp(apart - fit_together(week, v->weeks, ret_fit)));
    return true;
}

void arrival_draw(const struct arrival_fit *fit, double times, struct rng *r,
                  float ret_arrival[HISTORY_STREAMS_MAX])
{
    bool together = rng_unit(r) < fit->together;

    for (size_t s = 0; s < fit->streams; s++)
        ret_arrival[s] = (float)(times * level_ahead(&fit->apart[s], r));
    if (!together)
        return;
    double left = times * level_ahead(&fit->all, r);
    for (size_t i = 0; i < fit->somes; i++) {
        double odds = i + 1 < fit->somes ? level_ahead(&fit->odds[i], r) : INFINITY;
        double part = i + 1 < fit->somes ? odds / (1 + odds) : 1;
        ret_arrival[fit->some[i]] = (float)(left * part);
        left *= 1 - part;
    }
}
