// SPDX-License-Identifier: EUPL-1.2
/* Made-up municipalities whose future is known, to check forecasts with: each person, each worker and each
 * hour of work followed one by one. It shares no model with src/forecast: room is not counted in cases but in
 * hours, cases ask different amounts of work at different speeds, work stands still while a worker is away,
 * and nothing in it is exponential but chance. */
#ifndef PEIL_STAT_WORLD_H
#define PEIL_STAT_WORLD_H

#include "base/arena.h"
#include "forecast/history.h"

enum world_work { WORK_LOG_NORMAL, WORK_GAMMA, WORK_TWO_KINDS };
enum world_turns { TURNS_ASKED, TURNS_CLASS, TURNS_AGED };
enum world_story {
    STORY_NONE,
    STORY_SURGE,    /* 1.7 times as many requests from six weeks before the origin on */
    STORY_SICK,     /* a third of the workers falls ill in the six weeks before it, for a long time */
    STORY_RECOVERY, /* a third of the workers was away for half a year and came back six weeks before it */
    STORY_LONGER,   /* help takes a fifth longer for who starts from the middle of the record on */
    STORY_STORIES
};
struct world_how {
    uint64_t seed;
    int weeks; /* of the record; the origin is its last day */
    int after; /* weeks that are followed after it */
    int workers;
    double load;  /* requests in a week, against what the workers can start */
    double list;  /* weeks of starts on the list when the record begins */
    double leave; /* chance a day to leave the list */
    enum world_work work;
    enum world_turns turns;
    enum world_story story;
    bool seasons; /* summer and Christmas: fewer requests, leave */
    bool illness; /* the usual */
    double hours; /* of help on average; 0: 24, some twelve weeks */
    double dip;   /* of the requests, that still come in a lull of the seasons; 0: 0.7 */
    bool urgent;  /* everybody is urgent */
    int teams;    /* workers and requests belong to one of so many; 0: one */
    bool shared;  /* all teams help from one list */
};
struct world {
    struct history history; /* everything that happens, also after the origin; known when it happens */
    struct history_order order;
    int32_t origin;
    const int32_t *turn; /* by row: day of the turn, also of who left before; TICK_NONE: not while followed */
    size_t n;
};
enum { WORLD_STREAMS = 3 }; /* urgent, soon, normal */
/* False: the arena is full. Without `staff` the history says nothing of workers and the end of help. */
bool world_make(const struct world_how *how, bool staff, struct arena *a, struct world *ret_world);

#endif
