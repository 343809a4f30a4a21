// SPDX-License-Identifier: EUPL-1.2
#include "forecast/estimate_core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Everything that is estimated before it is drawn. */
struct fit {
    struct arrival_fit arrival;
    struct level rate;
    struct leave_fit leave;
    struct duration_fit duration;
    struct staff_fit staff;
};

/* Marsaglia & Tsang 2000, ACM Transactions on Mathematical Software 26:363-372, p. 369; below 1 by the power
 * of a uniform number (p. 371). */
double draw_gamma(struct rng *r, double shape)
{
    if (shape < 1) {
        double u = 1 - rng_unit(r);
        return draw_gamma(r, shape + 1) * pow(u, 1 / shape);
    }
    double d = shape - 1. / 3, c = 1 / sqrt(9 * d);
    for (;;) {
        double x = rng_normal(r), v = 1 + c * x;
        if (v <= 0)
            continue;
        v = v * v * v;
        if (log(1 - rng_unit(r)) < x * x / 2 + d - d * v + d * log(v))
            return d * v;
    }
}

static int32_t received_at(const struct view *v, size_t row)
{
    return view_at(v, &v->h->received[row]);
}

static int32_t started_at(const struct view *v, size_t row)
{
    return view_at(v, &v->h->started[row]);
}

/* ── Starts ─────────────────────────────────────────────────────────────────────────────────────────────
 */

/* The rate at which help starts, from weeks at whose beginning and end somebody waited: otherwise it says how
 * many there were to start with. */
static void fit_rate(const struct view *v, const double *list, const struct season *s, struct fit *fit)
{
    struct level_week week[LEVEL_WEEKS_MAX] = { 0 };
    size_t full = 0;

    for (size_t k = 0; k < v->weeks; k++)
        full += k > 0 && list[k] >= 1 && list[k - 1] >= 1;
    for (size_t k = 0; k < v->weeks; k++)
        if (full < 8 || (k > 0 && list[k] >= 1 && list[k - 1] >= 1))
            week[k].exposure = season_week(v, s, k);
    for (size_t k = 0; k < v->weeks; k++)
        week[k].changed = view_changed(v, HISTORY_STARTS, k);
    for (size_t i = 0; i < v->h->n; i++) {
        int32_t at = view_has(v, i) ? started_at(v, i) : TICK_NONE;
        size_t k = at == TICK_NONE ? SIZE_MAX : view_week(v, at);
        if (k != SIZE_MAX && week[k].exposure > 0)
            week[k].events++;
    }
    level_of_starts(week, v->weeks, 0.5, 0.5, &fit->rate);
}

/* ── Who waits now ────────────────────────────────────────────────────────────────────────────────────────
 */

static uint16_t rank_at(const struct history_order *o, const struct model_waiting *w)
{
    size_t age = w->waited < 0 ? 0 : (size_t)w->waited < o->ages ? (size_t)w->waited : o->ages - 1;

    return o->rank[(size_t)w->stream * o->ages + age];
}

struct place {
    struct model_waiting who;
    uint16_t rank;
};

static int by_place(const void *pa, const void *pb)
{
    const struct place *a = pa, *b = pb;

    if (a->rank != b->rank)
        return a->rank > b->rank ? -1 : 1;
    if (a->who.waited != b->who.waited)
        return a->who.waited > b->who.waited ? -1 : 1;
    return a->who.row < b->who.row ? -1 : 1;
}

bool waiting_estimate(const struct view *v, const struct history_order *o, struct model *m)
{
    int16_t *stream = view_streams(v);
    struct pauses *pauses = pauses_read(v);
    size_t n = 0;

    if (stream == NULL || pauses == NULL)
        return false;
    for (size_t i = 0; i < v->h->n; i++)
        n += view_has(v, i) && view_knows(v, &v->h->received[i]) && view_wait_end(v, i) == INT32_MAX;
    struct place *place = arena_array(v->a, n + 1, sizeof *place);
    struct model_waiting *waiting = arena_array(v->a, n + 1, sizeof *waiting);
    if (place == NULL || waiting == NULL)
        return false;
    n = 0;
    for (size_t i = 0; i < v->h->n; i++) {
        if (!view_has(v, i) || !view_knows(v, &v->h->received[i]) || view_wait_end(v, i) != INT32_MAX)
            continue;
        struct model_waiting w = { .waited = m->day - v->h->received[i].at,
                                   .stream = stream[i],
                                   .row = (uint32_t)i };
        if (w.stream < 0) { /* paused: the stream from before */
            w.resumes = pause_rest(v, pauses, i);
            w.stream = v->h->stream[i] < 0 ? 0 : v->h->stream[i];
        }
        if ((size_t)w.stream >= o->streams)
            w.stream = (int16_t)(o->streams - 1);
        place[n++] = (struct place){ w, rank_at(o, &w) };
    }
    qsort(place, n, sizeof *place, by_place);
    for (size_t i = 0; i < n; i++)
        waiting[i] = place[i].who;
    m->waiting = waiting;
    m->n = n;
    return true;
}

/* ── Draws ────────────────────────────────────────────────────────────────────────────────────────────────
 */

#define AHEAD_WEEKS 8. /* over which a level goes on wandering, on average over the people who wait */

double level_ahead(const struct level *l, struct rng *r)
{
    struct level_draw d = level_draw(l, r);

    return d.level * exp(rng_normal(r) * d.walk * sqrt(AHEAD_WEEKS));
}

static struct model_draw draw_one(const struct fit *fit, const struct model *m, double arrival, struct rng *r,
                                  struct rng *apart)
{
    struct model_draw d = { .duration = 1, .room = 1, .well = 0.1f };

    arrival_draw(&fit->arrival, arrival, r, d.arrival);
    leave_draw(&fit->leave, level_ahead(&fit->leave.all, r), apart, d.leave);
    if (m->workers > 0) {
        d.room = (float)exp(rng_normal(r) * fit->staff.room_sd);
        d.ill = fit->staff.absence ? (float)fmin(0.5, level_ahead(&fit->staff.ill, r)) : 0;
        d.well = (float)fmin(1, draw_gamma(r, fit->staff.well + 2) / (fit->staff.ill_days + 20));
        /* Lengths are in days with a worker; of the days to come there are as many without as usual. */
        d.duration = (float)(level_ahead(&fit->duration.scale, r) *
                             (1 + (d.ill > 0 ? (double)(d.ill / d.well) : 0)) / (1 - fit->staff.leave));
        return d;
    }
    struct level_draw rate = level_draw(&fit->rate, r);
    d.rate = (float)rate.level;
    /* A straight line that is as far off after a quarter as the wandering is. */
    d.drift = (float)(rng_normal(r) * rate.walk * sqrt(13) * 4);
    return d;
}

/* Of the spread of a week's starts, what is left over several weeks: help ends when it is done, so what came
 * free last week does not come free this week. Measured in the towns of tests/stat/world.c. */
#define OVER_WEEKS 0.7

static bool make_draws(const struct fit *fit, const struct estimate_how *how, struct arena *a,
                       struct model *m)
{
    size_t n = estimate_draws(how);
    struct model_draw *draw = arena_array(a, n, sizeof *draw);
    double arrival = how->plan != NULL && how->plan->arrival > 0 ? how->plan->arrival : 1;
    struct rng r, apart; /* of what streams have apart: another number of them changes nothing else */

    if (draw == NULL)
        return false;
    rng_seed(&r, how->seed ^ 0x9e3779b97f4a7c15u);
    rng_seed(&apart, how->seed ^ 0xd1b54a32d192ed03u);
    for (size_t i = 0; i < n; i++)
        draw[i] = draw_one(fit, m, arrival, &r, &apart);
    m->draw = draw;
    m->draws = n;
    m->dispersion = (float)(OVER_WEEKS * level_over(&fit->rate));
    return true;
}

/* ── The model ────────────────────────────────────────────────────────────────────────────────────────────
 */

static bool set_days(const struct view *param, const struct view *state, const struct season *arrivals,
                     const struct season *starts, struct model *m)
{
    uint8_t *working = arena_array(state->a, (size_t)m->days, 1);
    float *season = arena_array(state->a, (size_t)m->days, sizeof *season),
          *room = arena_array(state->a, (size_t)m->days, sizeof *room);
    struct view v = *param;

    if (working == NULL || season == NULL || room == NULL)
        return false;
    v.origin = state->origin;
    season_days(&v, arrivals, m->days, season);
    season_days(&v, starts, m->days, room);
    for (int32_t d = 1; d < m->days; d++) /* day 0 is the origin, and over */
        working[d] = view_working(&v, m->day + d);
    season[0] = 0;
    m->working = working;
    m->season = season;
    m->room = room;
    return true;
}

static bool fit_all(const struct view *param, const struct history_order *o, const struct season *arrivals,
                    const struct season *starts, struct fit *fit)
{
    double *list = view_list(param);

    if (list == NULL || !arrival_estimate(param, o, arrivals, &fit->arrival) ||
        !leave_estimate(param, o->streams, &fit->leave))
        return false;
    fit_rate(param, list, starts, fit);
    return true;
}

struct estimate_base {
    struct view state, param;
    const struct estimate_how *how;
    struct model m; /* but for what differs with staff */
    struct fit fit;
};

bool estimate_begin(const struct history *h, int32_t origin, const struct estimate_how *how, struct arena *a,
                    struct estimate_base **ret_base)
{
    struct estimate_base *b = arena_alloc(a, sizeof *b);
    struct season arrivals, starts;

    if (b == NULL)
        return false;
    b->how = how;
    b->state = view_of(h, origin, how->team, a);
    b->param = how->frozen ? view_of(h, how->frozen_at, how->team, a) : b->state;
    b->m = (struct model){ .day = origin,
                           .days = how->days > 0 ? how->days : ESTIMATE_DAYS,
                           .order = how->order };
    if (b->m.days > MODEL_DAYS_MAX)
        b->m.days = MODEL_DAYS_MAX;
    season_estimate(&b->param, received_at, &arrivals);
    season_estimate(&b->param, started_at, &starts);
    if (!set_days(&b->param, &b->state, &arrivals, &starts, &b->m) ||
        !waiting_estimate(&b->state, how->order, &b->m) ||
        !fit_all(&b->param, how->order, &arrivals, &starts, &b->fit))
        return false;
    *ret_base = b;
    return true;
}

bool estimate_end(struct estimate_base *b, bool staff, struct model *ret_model)
{
    const struct history *h = b->state.h;
    struct model m = b->m;
    bool full;

    if (staff && h->worker_of != NULL && h->ticks_a_day == 1) {
        const float *starts_by_day = m.room;
        bool lasted = duration_estimate(&b->param, b->how->kept, &b->fit.duration, &full);
        if ((!lasted && full) || (lasted && !staff_estimate(&b->state, &b->param, b->how, &m, &b->fit.staff)))
            return false;
        m.duration = b->fit.duration.table;
        m.durations = DURATION_TABLE;
        if (m.workers == 0)
            m.room = starts_by_day;
    }
    if (!make_draws(&b->fit, b->how, b->state.a, &m))
        return false;
    *ret_model = m;
    return true;
}

bool estimate_model(const struct history *h, int32_t origin, const struct estimate_how *how, struct arena *a,
                    struct model *ret_model)
{
    struct estimate_base *b;

    return estimate_begin(h, origin, how, a, &b) && estimate_end(b, !how->without_staff, ret_model);
}
