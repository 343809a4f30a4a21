// SPDX-License-Identifier: EUPL-1.2
#include "unit/small_history.h"

#include "unit/test.h"

static const struct history_fact nothing = { TICK_NONE, TICK_NONE };

void small_history_make(struct small_history *x, size_t rows, int32_t days, size_t streams, size_t workers)
{
    *x = (struct small_history){ .days = days };
    for (size_t i = 0; i < rows; i++) {
        x->received[i] = x->started[i] = x->left[i] = x->closed[i] = x->lost[i] = nothing;
        x->who[i] = workers > 0 ? (int32_t)(i % workers) : -1;
    }
    for (size_t w = 0; w < workers; w++)
        x->worker[w] = (struct history_worker){ .from = 0, .to = INT32_MAX };
    x->order = (struct history_order){ .streams = streams, .ages = 1, .rank = x->rank };
    x->h = (struct history){ .n = rows,
                             .received = x->received,
                             .started = x->started,
                             .left = x->left,
                             .closed = x->closed,
                             .lost = x->lost,
                             .stream = x->stream,
                             .team = x->team,
                             .worker = workers > 0 ? x->who : NULL,
                             .streams = streams,
                             .teams = 1,
                             .move = x->move,
                             .worker_of = workers > 0 ? x->worker : NULL,
                             .workers = workers,
                             .ticks_a_day = 1 };
}

struct history_fact small_history_on(const struct small_history *x, int32_t day)
{
    return day < x->days ? (struct history_fact){ day, day } : nothing;
}

void small_history_flow(struct small_history *x, int32_t wait, int32_t help)
{
    for (int32_t i = 0; i < (int32_t)x->h.n; i++) {
        x->received[i] = small_history_on(x, i);
        x->started[i] = small_history_on(x, i + wait);
        x->closed[i] = small_history_on(x, i + wait + help);
    }
}

bool small_history_model(const struct small_history *x, const struct estimate_how *how, struct arena *a,
                         struct model *ret_model)
{
    struct estimate_how mine = *how;

    mine.order = &x->order;
    mine.days = 60;
    return CHECK(estimate_model(&x->h, x->days - 1, &mine, a, ret_model));
}

double small_history_leave(const struct model *m, size_t stream)
{
    double sum = 0;

    for (size_t d = 0; d < m->draws; d++)
        sum += (double)m->draw[d].leave[stream];
    return sum / (double)m->draws;
}
