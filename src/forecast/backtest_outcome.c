// SPDX-License-Identifier: EUPL-1.2
/* What the windows that were given turned out to be, for the calibration. */
#include "forecast/backtest_core.h"

#include <math.h>

#define WEIGHT_MOST 1.5 /* of its logarithm */
enum { WEIGHTS = 1024 };

void backtest_outcome_begins(struct backtest_work *w, uint32_t row)
{
    const struct backtest_row *r = &w->row[row];

    w->outcome[row] = (struct outcome){ .origin = r->origin,
                                        .stream = r->stream,
                                        .out = r->asked != w->how->newcomers,
                                        .raw = r->by_way[w->of_way],
                                        .window = r->window,
                                        .turn = INFINITY };
}

void backtest_outcome_ends(struct backtest_work *w, uint32_t row, const struct backtest_end *e)
{
    struct outcome *o = &w->outcome[row];

    o->turn = e->turn;
    o->out = o->out || (!isinf(e->left) && e->left <= o->window.to);
}

static void set_way(struct backtest_work *w, enum forecast_way way)
{
    for (size_t i = 0; i < w->n && way != w->of_way; i++)
        w->outcome[i].raw = w->row[i].by_way[way];
    w->of_way = way;
}

static double weight_of(double leave, double ticks)
{
    return exp(fmin(WEIGHT_MOST, leave * ticks));
}

bool backtest_outcomes_weigh(struct backtest_work *w, enum forecast_way way, int32_t origin)
{
    double leave = w->risk > 0 ? w->left / w->risk : 0,
           *weight = arena_array(&w->scratch, WEIGHTS, sizeof *weight);

    if (weight == NULL)
        return false;
    for (size_t t = 0; t < WEIGHTS; t++)
        weight[t] = weight_of(leave, (double)t);
    set_way(w, way);
    for (size_t i = 0; i < w->n; i++) {
        struct outcome *o = &w->outcome[i];
        if (!outcome_passed(o, &o->raw, origin) && !outcome_passed(o, &o->window, origin))
            continue;
        double stayed = fmin(o->turn, o->window.to + 1); /* whole ticks */
        o->weight = stayed >= 0 && stayed < WEIGHTS ? weight[(size_t)stayed] : weight_of(leave, stayed);
    }
    return true;
}
