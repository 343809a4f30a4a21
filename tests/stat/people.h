// SPDX-License-Identifier: EUPL-1.2
/* Who asked in a made-up municipality, and what became of each: the columns that the worlds of world.h and
 * places.h write while they run and that a forecast reads as its history. Days are day numbers; a fact is
 * known on the day itself. */
#ifndef PEIL_STAT_PEOPLE_H
#define PEIL_STAT_PEOPLE_H

#include "base/arena.h"
#include "forecast/history.h"

struct people {
    struct history_fact *received, *started, *left, *closed; /* at TICK_NONE: not so far */
    int16_t *stream, *team;
    int32_t *helper, *turn; /* the worker; the day of the turn: -1 and TICK_NONE without */
    size_t n, most;
};
/* Room for `most`. False: the arena is full. */
bool people_room(struct people *p, size_t most, struct arena *a);
/* One who asks on this day, as long as there is room. */
void people_add(struct people *p, int stream, int team, int32_t day);
/* Forgets who was helped or left before this day; the others keep their order. */
void people_forget(struct people *p, int32_t before);
/* The columns of a history; without `helped` it knows neither the worker nor the end of help. */
void people_show(const struct people *p, bool helped, struct history *ret_history);

#endif
