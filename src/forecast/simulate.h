// SPDX-License-Identifier: EUPL-1.2
/* Runs a model of a waiting list (forecast/model.h) many times and counts on which day it is whose turn.
 *
 * The day is the unit, so there is no list of events. What a day needs is counted: how many cases of each
 * worker end that day, who is away, who came. That is exact at the resolution of a day (docs/forecast.md):
 *  - Leaving has no memory, so whether somebody has left is drawn when the turn comes, not before.
 *  - Later requests that can overtake nobody are not drawn at all, unless the size of the list is asked for.
 *
 * A turn is the day on which a place is free for this person. Who has left by then does not take it: it goes
 * to the next on the same day. `start` counts the turn all the same. Leaving is drawn apart from everything
 * that decides when the turn comes, so these counts are the chances given that the person stays.
 *
 * Random numbers are addressed, not consumed: each is a function of seed, replication and what it is for
 * (the third case of worker 5). The same seed gives the same bytes with any number of threads, and the same
 * person meets the same luck in two models that differ a little (common random numbers: Law 2015, Simulation
 * Modeling and Analysis, 5th ed., section 11.2). */
#ifndef PEIL_FORECAST_SIMULATE_H
#define PEIL_FORECAST_SIMULATE_H

#include "base/arena.h"
#include "forecast/model.h"

enum { SIMULATE_REPLICATIONS_MAX = 1000000 };

/* Somebody who asks on this day, after the others of that day and stream, and who takes no place: what would
 * the wait be of who asks then? */
struct simulate_probe {
    int32_t day;
    int16_t stream;
};
/* Which registers of the processor do the work; what it does not have is done with the next. */
enum simulate_with { SIMULATE_FASTEST, SIMULATE_512, SIMULATE_256, SIMULATE_PLAIN };
struct simulate_ask {
    uint64_t seed;
    uint32_t first, replications; /* numbers first .. first + replications - 1 */
    unsigned threads;             /* 0 or 1: this one */
    bool list;                    /* the size of the list on all days too: everybody who comes is followed */
    const int32_t *size_day;      /* or its size at the end of these days alone, ascending: far quicker */
    size_t sizes;
    enum simulate_with with; /* the same bytes, faster or slower */
    const struct simulate_probe *probe;
    size_t probes;
    bool only_probes;                     /* persons are not counted: `start` and `left` are NULL */
    const struct simulate_shared *shared; /* of a model that differs a little; NULL */
};
struct simulate_out {
    uint32_t *start; /* n × (days + 1): how often it is the turn of person i on day d; the last column: not
                        within the days. A row adds up to the replications */
    uint32_t *left;  /* n: how often person i had left when the turn came, or by the last day */
    uint32_t *probe; /* probes × (days + 1): as start, by day from day 0 on; NULL: none */
    uint16_t *probe_day; /* probes × replications: the day of its turn in each; `days`: not within them */
    float *list;         /* days × 5: p10 p25 p50 p75 p90 of how many are on the list at the end of the day,
                            paused or not; NULL: not asked for */
    float *size;         /* sizes × 5: the same of the days that were asked for; NULL: none */
};

/* Memory from the arena. False: the arena is full, or the model or the question is beyond its limits
 * (model_valid). */
bool simulate_run(const struct model *m, const struct simulate_ask *ask, struct arena *a,
                  struct simulate_out *ret_out);
/* The same with replications 0 .. replications - 1, without probes and list. */
bool simulate(const struct model *m, uint64_t seed, uint32_t replications, unsigned threads, struct arena *a,
              struct simulate_out *ret_out);
/* What many models that differ a little have in common, worked out once: for simulate_ask.shared of so many
 * runs with the same seed and replications, of models with the same draws. What costs as much as some runs is
 * only there for many. NULL: nothing, the runs do without. */
const struct simulate_shared *simulate_share(const struct model *m, const struct simulate_ask *ask,
                                             size_t runs, struct arena *a);
/* What this processor makes of it: SIMULATE_512, _256 or _PLAIN. */
enum simulate_with simulate_with_here(enum simulate_with with);
/* Whether the model keeps its contract: sizes, streams, parameters that are numbers. */
bool model_valid(const struct model *m);

#endif
