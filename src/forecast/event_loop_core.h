// SPDX-License-Identifier: EUPL-1.2
/* Between event_loop.c (the clock) and event_loop_list.c (who waits). */
#ifndef PEIL_FORECAST_EVENT_LOOP_CORE_H
#define PEIL_FORECAST_EVENT_LOOP_CORE_H

#include "base/rng.h"
#include "forecast/event_heap.h"
#include "forecast/event_loop.h"

enum event_kind { EVENT_END, EVENT_HEALTH, EVENT_LEAVE, EVENT_ASK, EVENT_START };

#define LOOP_NOBODY UINT32_MAX

/* Somebody who waits, has left, or had the turn. */
struct loop_request {
    double asked;
    int32_t resumes;
    uint32_t next; /* who asked after, in the same stream */
    int16_t stream;
    bool left, turned;
};
struct loop {
    const struct model *m;
    const struct event_loop_ask *ask;
    const struct model_draw *draw;
    struct event_loop_out *out;
    struct rng rng;
    struct event_heap heap;
    double now, season_most;
    struct loop_request *request; /* the first n are who wait on day 0 */
    size_t requests, room;
    uint32_t head[HISTORY_STREAMS_MAX], tail[HISTORY_STREAMS_MAX];
    uint32_t on_list, unturned;
    uint32_t busy[MODEL_WORKERS_MAX];
    double share[MODEL_WORKERS_MAX]; /* of a part of a place */
    bool ill[MODEL_WORKERS_MAX];
    bool full; /* more asked than there is room for */
};

/* Puts them on the list in order of asking; who asks now goes last. */
void loop_list_begin(struct loop *l);
uint32_t loop_list_add(struct loop *l, struct loop_request r);
/* Who goes first now; LOOP_NOBODY. */
uint32_t loop_list_first(struct loop *l);
/* The turn has come: true when they take the place. */
bool loop_list_turn(struct loop *l, uint32_t who);

#endif
