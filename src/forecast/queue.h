// SPDX-License-Identifier: EUPL-1.2
/* Mean waits when classes of urgency go first without breaking off what is being done: M/M/c with
 * non-preemptive priorities and one service rate. Cobham 1954, Operations Research 2:70-76 (eq. 3 and his
 * several channels); Gross et al. 2008, Fundamentals of Queueing Theory, 4th ed., section 3.4.2. A long-run
 * mean: no promise to one resident. */
#ifndef PEIL_FORECAST_QUEUE_H
#define PEIL_FORECAST_QUEUE_H

#include <stddef.h>

#define QUEUE_CLASSES_MAX 32

struct queue_load {
    size_t servers;
    double service;         /* completions of one server in a unit of time */
    const double *arrivals; /* of each class in a unit of time, the first goes first */
    size_t classes;
};
struct queue_class {
    double load;           /* share of all servers that this class needs */
    double wait;           /* mean wait until service; infinite when the list of this class grows for ever */
    double time_in_system; /* wait + service */
    double waiting;        /* mean number waiting */
};
struct queue_answer {
    double load;            /* of all classes; 1 or more: some list grows for ever */
    double p_wait;          /* chance that all servers are busy */
    double wait_first_come; /* the mean wait without classes; infinite at a load of 1 or more */
};
struct queue_answer queue_priority(const struct queue_load *l, struct queue_class *ret_class);

#endif
