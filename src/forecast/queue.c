// SPDX-License-Identifier: EUPL-1.2
#include "forecast/queue.h"

#include "forecast/erlang.h"

#include <math.h>

struct queue_answer queue_priority(const struct queue_load *l, struct queue_class *ret)
{
    double capacity = (double)l->servers * l->service, all = 0, before = 0, busy, rest;

    for (size_t k = 0; k < l->classes; k++)
        all += l->arrivals[k];
    busy = erlang_c(all / l->service, l->servers);
    rest = busy / capacity; /* mean time until a server is free for who comes first */
    for (size_t k = 0; k < l->classes; k++) {
        struct queue_class *q = &ret[k];
        double up_to;

        q->load = l->arrivals[k] / capacity;
        up_to = before + q->load;
        q->wait = up_to < 1 ? rest / ((1 - before) * (1 - up_to)) : INFINITY;
        q->time_in_system = q->wait + 1 / l->service;
        q->waiting = l->arrivals[k] > 0 ? q->wait * l->arrivals[k] : 0;
        before = up_to;
    }
    return (struct queue_answer){ .load = all / capacity,
                                  .p_wait = busy,
                                  .wait_first_come = all < capacity ? busy / (capacity - all) : INFINITY };
}
