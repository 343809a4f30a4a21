// SPDX-License-Identifier: EUPL-1.2
/* What is true of a made-up municipality, counted in the simulation and never in the register: what figures
 * from the register are compared with. */
#ifndef PEIL_FORECAST_TOWN_TRUTH_H
#define PEIL_FORECAST_TOWN_TRUTH_H

#include "forecast/town.h"

/* Of one team, or of all, in a period. Events count when they happened in the period and by `now`. */
struct town_truth {
    int64_t received;   /* requests in the register, duplicates included */
    int64_t duplicates; /* of these */
    int64_t started;    /* first talks */
    int64_t left;       /* left the list without one; no duplicates */
    /* The full wait of those who asked in the period, without emergencies and duplicates: until it was their
     * turn, also when they left before it or when it came after `now`. Nothing is censored. NaN when nobody
     * asked. */
    int64_t waits;
    double wait_days[3]; /* P50, P80, P90: the smallest wait that so many do not exceed (type 1) */
    double within_14_days, within_42_days;
    double within_norm; /* at or before the end of the last day of the norm of their urgency */
};
#define TOWN_ALL_TEAMS (-1)

/* from <= t < to; norm_days: working days by urgency (index enum town_urgency); scratch: room for t->n. */
void town_truth_get(const struct town *t, int team, int64_t from, int64_t to, const int norm_days[5],
                    double *scratch, struct town_truth *ret_truth);
/* How many waited at a moment, duplicates that were not noticed yet included; and how many of those these
 * are. */
int64_t town_waiting_at(const struct town *t, int team, int64_t at, int64_t *ret_duplicates);

#endif
