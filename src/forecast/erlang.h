// SPDX-License-Identifier: EUPL-1.2
/* How many people a telephone needs: Erlang B and C, M/M/c without and with a queue of any length.
 * Erlang 1917, Post Office Electr. Engrs. J. 10:189-197; formulas in Gross, Shortle, Thompson & Harris 2008,
 * Fundamentals of Queueing Theory, 4th ed., sections 2.3-2.5. They say too little when callers give up
 * (Erlang A below is for that) and too much when the load changes within the interval. */
#ifndef PEIL_FORECAST_ERLANG_H
#define PEIL_FORECAST_ERLANG_H

#include <stddef.h>

#define ERLANG_AGENTS_MAX 100000

/* Chance that a caller has to wait; 1 when the agents cannot keep up. */
double erlang_c(double traffic, size_t agents);

struct erlang_load {
    double calls, interval, handling; /* number in the interval; seconds */
};
struct erlang_answer {
    double traffic, p_block, p_wait;
    double service_level; /* share answered within `within` seconds */
    double asa;           /* mean seconds until the answer; infinite when the agents cannot keep up */
    double occupancy;     /* share of the time that an agent is on the phone; above 1: cannot keep up */
};
struct erlang_answer erlang_answer(const struct erlang_load *l, size_t agents, double within);
/* The smallest number of agents with this service level and at most this occupancy; 0 when there is none up
 * to ERLANG_AGENTS_MAX. */
size_t erlang_agents(const struct erlang_load *l, double within, double service_level, double occupancy);

/* When callers give up: M/M/c+M, each caller has patience of an exponential length (Palm 1957, Tele 4:1-83;
 * Garnett, Mandelbaum & Reiman 2002, M&SOM 4:208-227). The list cannot grow for ever then. The chance to be
 * answered in time from the density of the wait of somebody who would wait for ever (Zeltyn & Mandelbaum
 * 2005, Queueing Systems 51:361-402, section 3). */
struct erlang_a_answer {
    double p_wait;        /* all are busy when the call comes in */
    double p_abandon;     /* gives up before the answer */
    double service_level; /* share of all calls that is answered within `within` seconds */
    double wait;          /* mean seconds until the answer or giving up, of all calls */
    double occupancy;
};
/* `patience`: mean seconds, above 0. */
struct erlang_a_answer erlang_a_answer(const struct erlang_load *l, size_t agents, double patience,
                                       double within);
/* The smallest number of agents with this service level; 0: none up to ERLANG_A_AGENTS_MAX. */
#define ERLANG_A_AGENTS_MAX 10000
size_t erlang_a_agents(const struct erlang_load *l, double patience, double within, double service_level);

#endif
