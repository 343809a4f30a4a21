// SPDX-License-Identifier: EUPL-1.2
/* The same model (forecast/model.h) as a general event loop: every request, start, end of help, illness and
 * leaving is an event on a heap with four children a node (LaMarca & Ladner 1996, ACM J. Exp. Algorithmics 1,
 * article 4). Slow, and it shares nothing with forecast/simulate.h but the model and the generator's header:
 * the oracle of the tests, and what the engine's speed is measured against.
 *
 * It also runs in continuous time: help starts as soon as there is room, ends when it ends, and there are no
 * days. That can be held against the formulas of queues (forecast/queue.h). */
#ifndef PEIL_FORECAST_EVENT_LOOP_H
#define PEIL_FORECAST_EVENT_LOOP_H

#include "base/arena.h"
#include "forecast/model.h"

struct event_loop_ask {
    uint64_t seed;
    uint32_t replications;
    bool continuous;
    bool stop;   /* as soon as everybody who waits on day 0 had the turn */
    double warm; /* waits count of who asks from this day on */
};
struct event_loop_out {
    uint32_t *start, *left;                /* as of simulate_out */
    uint32_t *size;                        /* replications × days: on the list at the end of the day */
    double wait[HISTORY_STREAMS_MAX];      /* mean days of who asked later and started, by stream */
    uint64_t started[HISTORY_STREAMS_MAX]; /* how many those are */
    uint64_t events;
};
/* Memory from the arena. False: it is full, or more asked than twelve standard deviations above the mean. */
bool event_loop_run(const struct model *m, const struct event_loop_ask *ask, struct arena *a,
                    struct event_loop_out *ret_out);

#endif
