// SPDX-License-Identifier: EUPL-1.2
/* From what has happened on a waiting list, as it was known on a day, to the model of the days after it.
 *
 * Everything is estimated from facts that were written down by the origin, with its uncertainty: a model
 * holds as many draws of its parameters as asked. Levels (arrivals of each stream, starts, leaving, falling
 * ill, the length of help) follow forecast/level.h: recent weeks weigh more as far as things moved. The
 * length of help comes from running and ended cases together (estimate_duration.h). In words:
 * docs/forecast_estimate.md. */
#ifndef PEIL_FORECAST_ESTIMATE_H
#define PEIL_FORECAST_ESTIMATE_H

#include "base/arena.h"
#include "forecast/model.h"

/* Days away as planned, besides those in the history. */
struct estimate_leave {
    uint32_t worker; /* place in history.worker_of */
    int32_t from, to;
};
/* From this tick on so many workers more; negative: so many of those who are there leave. */
struct estimate_staff {
    int32_t from;
    int32_t n;
};
struct estimate_plan {
    const struct estimate_leave *leave;
    size_t leaves;
    const struct estimate_staff *staff;
    size_t staffs;
    /* Share of the working time of the team in each week from `first_week` on that presence takes; instead of
     * what the history says of those weeks. NULL: the history's. */
    const float *presence;
    int32_t first_week;
    size_t weeks;
    double arrival; /* multiplies what is expected to come; 0 is 1 */
};

/* What the length of help is counted from, kept by whoever estimates at one origin after the other of the
 * same history and list: only what has changed is counted again, and the same comes out. NULL: the arena is
 * full. */
struct duration_kept;
struct duration_kept *duration_kept_make(struct arena *a);

struct estimate_how {
    int team; /* the list of this team; -1: of all together */
    const struct history_order *order;
    const struct estimate_plan *plan; /* NULL: nothing planned but what the history says */
    uint64_t seed;
    size_t draws;       /* 1..ESTIMATE_DRAWS_MAX; 0: that many */
    int32_t days;       /* to be followed; 0: 364, at most MODEL_DAYS_MAX */
    bool without_staff; /* only the rate of starts, although there is staff */
    bool frozen;        /* parameters as they were known at `frozen_at`, the list as it is at the origin */
    int32_t frozen_at;
    struct duration_kept *kept; /* NULL: none */
};
enum { ESTIMATE_DRAWS_MAX = 256, ESTIMATE_DAYS = 364 };

/* False when the arena is full. A list of more than MODEL_WORKERS_MAX workers, without staff or without any
 * ended case is modelled by its rate of starts (workers = 0). Order must outlive the model. */
bool estimate_model(const struct history *h, int32_t origin, const struct estimate_how *how, struct arena *a,
                    struct model *ret_model);

/* The same in two steps, for models with and without staff of one list on one day: what they share is
 * estimated once. `how` and the arena must outlive what is made. False: the arena is full. */
struct estimate_base;
bool estimate_begin(const struct history *h, int32_t origin, const struct estimate_how *how, struct arena *a,
                    struct estimate_base **ret_base);
bool estimate_end(struct estimate_base *base, bool staff, struct model *ret_model);

/* Who leaves the list: of each stream the chance a tick, as the draws have it on average now, and for how
 * many ticks somebody waited in it. False: the arena is full. */
struct estimate_leaving {
    double chance[HISTORY_STREAMS_MAX], waited[HISTORY_STREAMS_MAX];
};
bool estimate_leaving(const struct history *h, int32_t origin, int team, size_t streams, struct arena *a,
                      struct estimate_leaving *ret_leaving);

#endif
