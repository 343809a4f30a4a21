// SPDX-License-Identifier: EUPL-1.2
/* What has happened on a waiting list, as far as forecasting may know it: one row a request, no persons, with
 * for each fact the day on which it was written down. A forecast of an earlier day (back-test) sees only what
 * was written down by then, never today's tables.
 *
 * Times are in ticks: days for a social team, smaller for other sources (a phone desk: minutes). Whoever
 * fills a history says how many ticks a day has. TICK_NONE: it did not happen, or is not known. */
#ifndef PEIL_FORECAST_HISTORY_H
#define PEIL_FORECAST_HISTORY_H

#include "base/arena.h"
#include "base/calendar.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TICK_NONE INT32_MIN
#define HISTORY_STREAMS_MAX 16

/* What happened at `at` and was written down at `known` (>= at, or both TICK_NONE). */
struct history_fact {
    int32_t at, known;
};
/* From `known` on the request stands in another stream (it was judged again), or in no list (-1: paused). */
struct history_move {
    uint32_t row;
    int32_t known;
    int16_t stream;
    int32_t until; /* of a pause: the first day that the resident is available again, as was agreed then; 0:
                      not known */
};
/* One who may start new help, from the first day to the last (INT32_MAX: no end known). */
struct history_worker {
    int32_t from, to, known, to_known;
    float room;  /* how many residents can be helped at the same time, for a list that says too little of it
                    (nobody waited); 0: not known */
    float hours; /* part of a full working week; 0: not known, then a full one */
    int16_t team;
};
/* Not there from..to, both included. */
struct history_absence {
    uint32_t worker;
    int32_t from, to, known, to_known;
    bool planned; /* leave: known beforehand. Otherwise illness: dates only */
};

/* Something is no longer as it was from the day `at` on: somebody wrote that down, and by how much is left to
 * what happens after it. */
enum history_what {
    HISTORY_REQUESTS = 1, /* how many ask */
    HISTORY_STARTS = 2,   /* how many can be helped: more or fewer hands */
    HISTORY_HELP = 4      /* how long help takes */
};
struct history_change {
    int32_t at, known;
    int32_t known_to; /* taken back after this tick; INT32_MAX: it was not */
    int16_t team;     /* of this list; -1: of all */
    enum history_what of_what;
};

struct history {
    size_t n;
    const struct history_fact *received; /* when the resident asked; always known */
    const struct history_fact *started;  /* the first talk: the end of waiting */
    const struct history_fact *left;     /* left the list without a start */
    const struct history_fact *closed;   /* the end of help */
    /* Lost from sight: nothing was told of this request after it (a file that ends), so that it neither left
     * nor closed. NULL: nobody. */
    const struct history_fact *lost;
    const int16_t *stream; /* at the time of registration: 0..streams-1 (history_order) */
    const int16_t *team;   /* the list that it stands on, 0..teams-1 */
    const int32_t *worker; /* who helps, by place; -1. NULL: not known of anybody */
    const uint32_t
        *place; /* of each row: its place in the history that this one is a part of; NULL: itself */
    size_t streams, teams;

    const struct history_move *move; /* in order of `known` */
    size_t moves;
    const struct history_worker
        *worker_of; /* NULL: nothing known of staff, then only the rate of starts is */
    size_t workers;
    const struct history_absence *absence;
    size_t absences;
    /* Presence at places takes time from help: share of the working time of a team in each week from
     * `first_week` (a tick on a Monday) on, teams × weeks, by team; also of weeks to come, as planned. NULL.
     */
    const float *presence;
    int32_t first_week;
    size_t weeks;
    const struct history_change *change;
    size_t changes;

    int32_t from; /* from here on everything was written down; earlier rows may miss those that had ended */
    int32_t ticks_a_day;            /* 1: a tick is a day */
    const struct calendar *working; /* days on which help starts; NULL: every tick */
};

/* What a forecast of one list looks at: its own rows, and those of others that were ever paused (how long
 * pauses last is learned from all lists). Everything that is worked out from the part, for that team, is as
 * from the whole; rows keep their order. team -1: all. Memory from the arena; false: it is full. */
bool history_part(const struct history *h, int team, struct arena *a, struct history *ret_part);
/* The same history without what comes after the last row of which anything was known at `origin`, sooner or
 * later moves included: nothing of those rows is seen from there. `last`: of history_last. */
struct history history_until(const struct history *h, const int32_t *last, int32_t origin);
/* A number that is another one as soon as anything in the history is (the calendar left out). */
uint64_t history_mark(const struct history *h);
/* For each row the first moment at which anything was known of it or of a row after it; ascending. NULL: the
 * arena is full. */
int32_t *history_last(const struct history *h, struct arena *a);

/* Who goes first. The request with the highest value of rank[stream][ticks waited] does; at the same value
 * who asked first. Every stream by itself is in the order of asking, so rank never falls while somebody
 * waits. `age` values a stream; the last value holds from there on. */
struct history_order {
    size_t streams, ages;
    const uint16_t *rank; /* streams × ages */
    bool shared;          /* one list for all teams: whoever comes free helps whoever is first */
};

#endif
