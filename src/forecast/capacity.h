// SPDX-License-Identifier: EUPL-1.2
/* How much a list needs: the arithmetic of the account manager. Steady numbers a week go in; the answers say
 * what is needed on average and are no promise to a resident.
 *
 * A place is what one running case takes of a worker; places × 1 / (duration of help) come free. */
#ifndef PEIL_FORECAST_CAPACITY_H
#define PEIL_FORECAST_CAPACITY_H

#include <stdbool.h>
#include <stddef.h>

struct capacity_load {
    double demand;   /* requests a week that need help */
    double duration; /* mean weeks of help */
    double places;   /* cases at the same time, of all who are there */
    double queue;    /* who waits now */
    double leave;    /* rate a week at which somebody who waits leaves; 0 */
};

/* demand × duration / places: the share of the places that demand takes (Little 1961, Operations Research
 * 9:383-387). At 1 or more the list grows for ever, unless people leave. */
double capacity_load_of(const struct capacity_load *l);
/* Starts a week when all places are used: places / duration. */
double capacity_starts(const struct capacity_load *l);
/* Weeks that somebody waits who asks now behind `queue` others, when all starts take from the front: the
 * fluid wait ln(1 + leave × queue / starts) / leave, queue / starts when nobody leaves (Whitt 2006,
 * Operations Research 54:37-54, section 3). */
double capacity_wait(const struct capacity_load *l);
/* The least whole number of places with which a share of the requests starts within `weeks` in the long run:
 * M/M/c without classes, P(wait > t) = C(c, a) exp(-(c - a) t / duration), C being Erlang's (erlang.h; Gross
 * et al. 2008, Fundamentals of Queueing Theory, 4th ed., eq. 2.34 and 2.39). Leaving is left out, so it asks
 * rather too much. 0: more than ERLANG_AGENTS_MAX. */
double capacity_for_norm(const struct capacity_load *l, double share, double weeks);
/* Places with which the list is empty after `weeks`: starts must be what comes and what is there less what
 * leaves, from dq/dt = demand - starts - leave × q, q(0) = queue, q(weeks) = 0 (Whitt 2006; without leaving
 * starts = demand + queue / weeks). A long list holds all its starts, so the places are starts × duration. */
double capacity_to_clear(const struct capacity_load *l, double weeks);
/* Weeks after which the list is empty with these places; infinite: never. */
double capacity_clears_in(const struct capacity_load *l);

#endif
