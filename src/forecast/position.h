// SPDX-License-Identifier: EUPL-1.2
/* When it is the turn of who stands at a place of the waiting list, with the simplest model there is: places
 * come free at a steady rate, urgent requests come in at a steady rate and go ahead. Both are Poisson, so the
 * place is a random walk and the start its first passage to zero. Feller 1968, An Introduction to Probability
 * Theory I, 3rd ed., III.7 (first passage, by the ballot theorem); the number of steps by a time is Poisson.
 * A first look: no promise to a resident, whose window comes from the whole model. */
#ifndef PEIL_FORECAST_POSITION_H
#define PEIL_FORECAST_POSITION_H

#include "base/rng.h"

#include <stddef.h>

#define POSITION_MOST 2000

struct position_load {
    unsigned position; /* 1: next; at most POSITION_MOST */
    double free;       /* places that come free in a day, of all workers together */
    double urgent;     /* requests a day that go ahead; 0 or more */
};
/* The chance that it is ever their turn: below 1 when more urgent requests come than places come free. */
double position_ever(const struct position_load *l);
/* Mean and standard deviation in days; infinite when the turn may never come. */
double position_mean(const struct position_load *l);
double position_sd(const struct position_load *l);
/* The chance that it is their turn within `days`; to about 1e-9. */
double position_chance(const struct position_load *l, double days);
/* The smallest number of days with at least that chance; infinite when it is never reached. */
double position_quantile(const struct position_load *l, double p);
/* One life of the list: days until the turn, infinite when it takes more than `most` steps. */
double position_draw(const struct position_load *l, struct rng *r, size_t most);

#endif
