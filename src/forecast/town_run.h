// SPDX-License-Identifier: EUPL-1.2
/* The simulation while it runs: shared by town.c (days, waiting, turns) and town_arrive.c (staff, arrivals).
 */
#ifndef PEIL_FORECAST_TOWN_RUN_H
#define PEIL_FORECAST_TOWN_RUN_H

#include "forecast/town_core.h"

#define TOWN_DECK 50 /* cards */

/* Who waits in one team, who asked first in front. */
struct queue {
    uint32_t *item;
    size_t n, room;
};
/* The next request that is typed in, or whose help ends, on the same day; -1: none. */
struct link {
    int32_t entering, ending;
};
struct simulation {
    struct town_param p;
    struct arena *a;
    struct rng rng;
    struct town_request *request;
    size_t n, room;
    struct town_worker *worker;
    size_t workers, worker_room;
    struct queue queue[TOWN_TEAMS];
    double load[TOWN_TEAMS];     /* hours a week that running cases take */
    double *release[TOWN_TEAMS]; /* by day since the first: hours a week of old clients that end then */
    struct link *link;           /* of every request */
    size_t link_room;
    int32_t *entering, *ending;   /* by day since the first: the first of those typed in, or ended, then */
    int32_t days, last_open;      /* days in the arrays; the last working day */
    uint32_t *active[TOWN_TEAMS]; /* who works there this month */
    size_t actives[TOWN_TEAMS];
    uint8_t deck[TOWN_TEAMS][TOWN_DECK]; /* the amounts of work of the next requests */
    size_t dealt[TOWN_TEAMS];
    int64_t open; /* in the register and had no turn yet */
    bool full;    /* the arena is */
};

int32_t town_next_open(const struct simulation *s, int32_t day); /* the day itself or the next working day */
/* At the beginning of a month people leave and others come. */
void town_change_staff(struct simulation *s, int32_t day);
/* The one with the least to do of two. */
int32_t town_choose_worker(struct simulation *s, int team);
/* The list that is taken over on the first day: asked in the months before; many chose to wait for it. */
void town_take_over(struct simulation *s);
/* Who asks on this day, in all neighbourhoods. */
void town_arrive(struct simulation *s, int32_t day);
/* Who is typed in on this day comes into the queue of the team. */
void town_enter_typed(struct simulation *s, int32_t day);

#endif
