// SPDX-License-Identifier: EUPL-1.2
/* The extract: all that measuring and forecasting know of the register. One row a request, columns of
 * numbers, no persons: no names, no numbers of people or requests, no free text. The register fills it for
 * one moment; whoever measures only reads. All columns have n values and belong to the caller; a column that
 * a figure does not use may be NULL (the comment of the figure names what it reads).
 *
 * Times are seconds (base/date.h), TIME_NONE when it did not happen. Codes are small numbers from 0, -1
 * unknown. */
#ifndef PEIL_MEASURE_EXTRACT_H
#define PEIL_MEASURE_EXTRACT_H

#include "base/date.h"

#include <stddef.h>
#include <stdint.h>

/* What a request is, as bits of `flags`. */
enum extract_flag {
    EXTRACT_DIRECT = 1 << 0,     /* answered at once: counted in the inflow, not in waiting figures */
    EXTRACT_URGENT = 1 << 1,     /* spoed: shown apart from W1 and W2 */
    EXTRACT_CARRY_OVER = 1 << 2, /* taken over from before the register: was waiting already */
    EXTRACT_BACKDATED = 1 << 3,  /* typed in later than it happened */
    EXTRACT_DUPLICATE = 1 << 4,  /* the same question as an earlier request, which stays */
    EXTRACT_REOPENED =
        1 << 5,              /* the question of an earlier request that came back soon after it was closed */
    EXTRACT_HELPED = 1 << 6, /* its help is known: it counts in H1 (docs/measures/H1.md, part a) */
    EXTRACT_BY_TEAM = 1 << 7 /* and the main line of it is the team itself */
};

struct extract {
    size_t n;
    const int64_t *received;    /* when the resident asked; always known */
    const int64_t *started;     /* first substantive talk with the helping worker: stops the waiting clock */
    const int64_t *left;        /* left the list without a start (withdrawn, moved, died) */
    const int64_t *closed;      /* the request was closed */
    const int64_t *lost;        /* followed up to here only: what came after, the source does not tell */
    const int64_t *first_event; /* of the whole case */
    const int64_t *last_event;
    const int64_t *last_reached; /* last two-way contact while waiting; an attempt is none */
    /* All of them, for figures of an earlier moment: row i has contact[contact_from[i]] up to and without
     * contact[contact_from[i + 1]], in order of time. NULL: only last_reached is known. */
    const int64_t *contact;
    const size_t *contact_from; /* n + 1 */
    const int64_t
        *paused; /* seconds: pauses that the resident asked for, between received and the end of waiting */
    const int32_t *team, *neighbourhood, *channel, *route, *category, *urgency;
    const int32_t *reason; /* why it was closed, or left */
    const uint32_t *flags; /* enum extract_flag; NULL: none */
};

#endif
