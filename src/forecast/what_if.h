// SPDX-License-Identifier: EUPL-1.2
/* What if: a change of the model of a waiting list, and what that does to the wait of somebody who asks in
 * three and in six months. All changes are run with the same random numbers as the model as it is, so that
 * little but the change makes the difference (common random numbers: Law 2015, Simulation Modeling and
 * Analysis, 5th ed., section 11.2). */
#ifndef PEIL_FORECAST_WHAT_IF_H
#define PEIL_FORECAST_WHAT_IF_H

#include "forecast/simulate.h"

enum { WHAT_IF_ASKED = 2, WHAT_IF_BATCHES = 10, WHAT_IF_SOON = 91, WHAT_IF_LATE = 182 };

/* From `day` on, up to and without `until` (0: for good). What stays as it is: 0, or a factor of 1. */
struct what_if {
    int32_t day, until;
    int32_t
        workers; /* so many more, who begin with nobody; fewer: the last of the list go, with their cases */
    float hours; /* so many a week more for help, all workers together (fewer at places); less: negative */
    float room;  /* multiplies the room of workers; without staff the rate of starts */
    float arrivals;                    /* multiplies what is asked */
    float away;                        /* this share of the workers is ill all those days */
    const struct history_order *order; /* another rule, for all days; NULL */
};
#define WHAT_IF_NOTHING                                                                                      \
    {                                                                                                        \
        .room = 1, .arrivals = 1                                                                             \
    }
enum { WHAT_IF_WEEK = 36 }; /* hours of one worker */

struct what_if_ask {
    uint64_t seed;
    uint32_t replications; /* at least WHAT_IF_BATCHES */
    unsigned threads;
};
/* Days of waiting. NAN: not within the days of the model. */
struct what_if_value {
    double value, change; /* and the difference with the model as it is */
    double change_low,
        change_high; /* 95 % interval of the difference: Student's t over WHAT_IF_BATCHES batches
                        of replications (Law 2015, section 10.3.2: paired differences) */
};
struct what_if_out {
    /* Of who asks on day WHAT_IF_SOON and WHAT_IF_LATE, by stream. */
    struct what_if_value middle[WHAT_IF_ASKED][HISTORY_STREAMS_MAX], p80[WHAT_IF_ASKED][HISTORY_STREAMS_MAX];
};

/* The model with the change in it; what it does not change is shared with m. False: the arena is full, or the
 * result is no model (more than MODEL_WORKERS_MAX workers, nobody left). */
bool what_if_make(const struct model *m, const struct what_if *w, struct arena *a, struct model *ret_model);
/* ret_out[0] is the model as it is, ret_out[k] with change[k - 1]. The model needs more than WHAT_IF_LATE
 * days: who has not been helped by its end waits longer than can be said. */
bool what_if_run(const struct model *m, const struct what_if *change, size_t changes,
                 const struct what_if_ask *ask, struct arena *a, struct what_if_out **ret_out);

#endif
