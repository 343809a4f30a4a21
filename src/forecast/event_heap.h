// SPDX-License-Identifier: EUPL-1.2
/* A heap of events with four children a node: two cache lines hold all children (LaMarca & Ladner 1996). */
#ifndef PEIL_FORECAST_EVENT_HEAP_H
#define PEIL_FORECAST_EVENT_HEAP_H

#include <stddef.h>
#include <stdint.h>

struct event {
    double time;
    uint32_t kind, who;
};
struct event_heap {
    struct event *at;
    size_t n, room;
};

static inline void event_push(struct event_heap *h, struct event e)
{
    size_t i = h->n++;

    while (i > 0 && h->at[(i - 1) / 4].time > e.time) {
        h->at[i] = h->at[(i - 1) / 4];
        i = (i - 1) / 4;
    }
    h->at[i] = e;
}

/* Not of an empty heap. */
static inline struct event event_pop(struct event_heap *h)
{
    struct event first = h->at[0], last = h->at[--h->n];
    size_t i = 0;

    for (;;) {
        size_t child = 4 * i + 1, end = child + 4 < h->n ? child + 4 : h->n, least = child;

        if (child >= h->n)
            break;
        for (size_t k = child + 1; k < end; k++)
            least = h->at[k].time < h->at[least].time ? k : least;
        if (h->at[least].time >= last.time)
            break;
        h->at[i] = h->at[least];
        i = least;
    }
    h->at[i] = last;
    return first;
}

#endif
