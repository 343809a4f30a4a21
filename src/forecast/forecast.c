// SPDX-License-Identifier: EUPL-1.2
#include "forecast/forecast.h"

#include "forecast/order_found.h"
#include "forecast/simulate.h"
#include "forecast/wait_rest.h"

#include <math.h>
#include <string.h>

enum { STAFF_ENDED = 60 }; /* cases of which an eighth more or less is chance */

/* What a forecast is filled with before it is constant. */
struct making {
    const struct history *h;
    int32_t origin;
    const struct forecast_how *how;
    struct arena *a;
    struct forecast f;
    struct window *raw, *newcomer;
};

/* Whether enough is known of workers and the length of help: twice as many cases have ended as run, so
 * (Little 1961, Operations Research 9:383-387) the record is twice as long as help lasts. */
static bool staff_known(const struct view *v)
{
    const struct history *h = v->h;
    size_t ended = 0, running = 0;

    if (h->worker_of == NULL || h->worker == NULL || h->ticks_a_day != 1)
        return false;
    for (size_t i = 0; i < h->n; i++)
        if (view_has(v, i) && view_knows(v, &h->started[i])) {
            int32_t end = view_at(v, &h->closed[i]);
            ended += end != TICK_NONE && end >= v->from;
            running += end == TICK_NONE && view_lost(v, i) == TICK_NONE;
        }
    return ended >= STAFF_ENDED && ended >= 2 * running;
}

enum forecast_way forecast_way_of_share(double share, const struct view *v, const struct estimate_how *how)
{
    if (isnan(share) || share > ORDER_MOST)
        return FORECAST_WAIT;
    return !how->without_staff && staff_known(v) ? FORECAST_STAFF : FORECAST_RATE;
}

enum forecast_way forecast_way_first(const struct history *h, int32_t origin, const struct estimate_how *how,
                                     struct arena *a)
{
    struct arena_mark mark = arena_mark(a);
    struct view v = view_of(h, origin, how->team, a);
    enum forecast_way way = forecast_way_of_share(order_share(&v, how->order), &v, how);

    arena_release(a, mark);
    return way;
}

bool forecast_order(const struct history *h, int32_t origin, const struct estimate_how *how, struct arena *a,
                    struct history_order *ret_order, int32_t *ret_days)
{
    struct view v = view_of(h, origin, how->team, a);

    return order_followed(&v, how->order, a, ret_order, ret_days);
}

static bool take_rows(struct making *k, const struct model *m)
{
    uint32_t *row = arena_array(k->a, m->n + 1, sizeof *row);
    int16_t *stream = arena_array(k->a, m->n + 1, sizeof *stream);

    k->raw = arena_array(k->a, m->n + 1, sizeof *k->raw);
    k->newcomer = arena_array(k->a, HISTORY_STREAMS_MAX, sizeof *k->newcomer);
    if (row == NULL || stream == NULL || k->raw == NULL || k->newcomer == NULL)
        return false;
    for (size_t i = 0; i < m->n; i++) {
        row[i] = m->waiting[i].row;
        stream[i] = m->waiting[i].stream;
    }
    k->f.n = m->n;
    k->f.row = row;
    k->f.stream = stream;
    k->f.streams = m->order->streams;
    k->f.days = m->days;
    return true;
}

/* ── By what others still waited ──────────────────────────────────────────────────────────────────────────
 */

static bool by_wait(struct making *k)
{
    const struct estimate_how *e = &k->how->estimate;
    struct model m = { .day = k->origin, .days = ESTIMATE_DAYS, .order = e->order };
    struct view v = view_of(k->h, k->origin, e->team, k->a),
                param = e->frozen ? view_of(k->h, e->frozen_at, e->team, k->a) : v;
    struct wait_rest *rest = arena_alloc(k->a, sizeof *rest);

    if (rest == NULL || !waiting_estimate(&v, e->order, &m) || !take_rows(k, &m) ||
        !wait_rest_fit(&param, e->order->streams, rest))
        return false;
    for (size_t i = 0; i < m.n; i++)
        k->raw[i] = wait_rest_window(rest, (size_t)m.waiting[i].stream, m.waiting[i].waited);
    for (size_t s = 0; s < e->order->streams; s++)
        k->newcomer[s] = wait_rest_new(rest, s);
    k->f.model = m;
    k->f.way = FORECAST_WAIT;
    return true;
}

/* ── By simulation ────────────────────────────────────────────────────────────────────────────────────────
 */

static bool by_simulation(struct making *k, bool staff)
{
    const struct estimate_how *e = &k->how->estimate;
    struct estimate_base *own = NULL, **base = k->how->base != NULL ? k->how->base : &own;
    struct simulate_probe probe[HISTORY_STREAMS_MAX] = { 0 };
    struct simulate_ask ask = { .seed = e->seed,
                                .replications = k->how->replications > 0 ? k->how->replications : 2000,
                                .threads = k->how->threads,
                                .list = k->how->list,
                                .probe = probe,
                                .probes = k->how->newcomer ? e->order->streams : 0 };
    struct simulate_out out;

    for (size_t s = 0; s < e->order->streams; s++)
        probe[s].stream = (int16_t)s;
    if (*base == NULL && !estimate_begin(k->h, k->origin, e, k->a, base))
        return false;
    if (!estimate_end(*base, staff && !e->without_staff, &k->f.model) || !take_rows(k, &k->f.model) ||
        !simulate_run(&k->f.model, &ask, k->a, &out))
        return false;
    size_t row = (size_t)k->f.days + 1;
    for (size_t i = 0; i < k->f.n; i++)
        k->raw[i] = window_of_counts(&out.start[i * row], k->f.days);
    for (size_t s = 0; s < ask.probes; s++)
        k->newcomer[s] = window_of_counts(&out.probe[s * row], k->f.days);
    k->f.count = out.start;
    k->f.list = out.list;
    k->f.way = k->f.model.workers > 0 ? FORECAST_STAFF : FORECAST_RATE;
    return true;
}

/* ── The windows ──────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct window_factor *factor_of(const struct calibration *c, int stream)
{
    static const struct window_factor one = { 1, 1 };

    return c == NULL ? &one : &c->stream[stream].factor;
}

bool forecast_by(const struct history *h, int32_t origin, const struct forecast_how *how,
                 enum forecast_way way, struct arena *a, struct forecast *ret_forecast)
{
    struct making k = { .h = h, .origin = origin, .how = how, .a = a };

    if (way == FORECAST_WAIT ? !by_wait(&k) : !by_simulation(&k, way == FORECAST_STAFF))
        return false;
    struct window *window = arena_array(a, k.f.n + 1, sizeof *window);
    if (window == NULL)
        return false;
    for (size_t i = 0; i < k.f.n; i++)
        window[i] = window_widen(&k.raw[i], factor_of(how->calibration, k.f.stream[i]));
    for (size_t s = 0; how->newcomer && s < k.f.streams; s++)
        k.newcomer[s] = window_widen(&k.newcomer[s], factor_of(how->calibration, (int)s));
    k.f.raw = k.raw;
    k.f.window = window;
    k.f.newcomer = how->newcomer ? k.newcomer : NULL;
    *ret_forecast = k.f;
    return true;
}

bool forecast_make(const struct history *h, int32_t origin, const struct forecast_how *how, struct arena *a,
                   struct forecast *ret_forecast)
{
    enum forecast_way way =
        how->calibration != NULL ? how->calibration->way : forecast_way_first(h, origin, &how->estimate, a);

    return forecast_by(h, origin, how, way, a, ret_forecast);
}
