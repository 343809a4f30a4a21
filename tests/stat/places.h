// SPDX-License-Identifier: EUPL-1.2
/* A made-up list of which the model of src/forecast is true: room is counted in places, help ends on its day
 * whoever is away, classes go strictly before each other. Where world.h asks whether the forecast holds when
 * nothing of the model is true, this one asks what is lost by estimating: what remains with the true
 * parameters is the future itself.
 *
 * 40 workers with 12 places each, 11 in school weeks; absent at random, 60 days present and 8 away on
 * average; help log-normal, median 60 days and sigma 0.8; one in 250 leaves a day (`apart`: one in 50 of
 * "soon", one in 600 of regular); urgent 12 %, soon 28 %,
 * regular 60 %; a place goes to the worker present with most places free. */
#ifndef PEIL_STAT_PLACES_H
#define PEIL_STAT_PLACES_H

#include "stat/world.h"

struct places_how {
    uint64_t seed;
    int weeks;   /* of the record */
    int after;   /* weeks that are followed after it */
    int longer;  /* from this week of the record on help that starts takes a fifth longer; 0: never */
    bool all;    /* and help that is under way too: what is left of it */
    bool stands; /* work stands still while the worker is away */
    bool apart;  /* classes do not leave alike: see places_leave */
};
/* What a forecaster cannot know. */
enum { PLACES_WORKERS = 40, PLACES_ROOM = 12 };
#define PLACES_MEDIAN 60.
#define PLACES_SIGMA 0.8
#define PLACES_LONGER 1.2
#define PLACES_LEAVE (1. / 250)
#define PLACES_ILL (1. / 60)
#define PLACES_WELL (1. / 8)
double places_arrival(int stream, int32_t day);                /* requests expected on a day */
double places_leave(const struct places_how *how, int stream); /* chance a day to leave the list */
int places_room(int32_t day);                                  /* places of a worker */

/* False: the arena is full. */
bool places_make(const struct places_how *how, struct arena *a, struct world *ret_world);

#endif
