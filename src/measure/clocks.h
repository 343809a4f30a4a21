// SPDX-License-Identifier: EUPL-1.2
/* The waiting clocks of one request at a reference time (peildatum).
 *
 * The clock starts when the resident asked (received). It stops at the first substantive talk (started);
 * leaving the list or closing without a start ends the wait unfinished: a censoring, never a start. What
 * happened after the reference time is not known yet. When several ends are known the earliest counts; a
 * start goes first at the same moment. domain.md, the table of clocks: wait_gross, wait_net, contact_gap. */
#ifndef PEIL_MEASURE_CLOCKS_H
#define PEIL_MEASURE_CLOCKS_H

#include "measure/extract.h"

#include <stdbool.h>

enum clocks_state {
    CLOCKS_ABSENT,  /* received after the reference time */
    CLOCKS_WAITING, /* at the reference time */
    CLOCKS_STARTED,
    CLOCKS_LEFT,
    CLOCKS_CLOSED,
    CLOCKS_LOST /* followed up to here only */
};

struct clocks_way {
    int64_t at;   /* the reference time */
    bool net;     /* without the pauses that the resident asked for; gross is the headline */
    bool in_days; /* differences of Dutch calendar days instead of seconds: 23:50 to 0:10 is one day */
};

struct clocks_wait {
    enum clocks_state state;
    int64_t end;    /* moment at which the wait ended or was last seen */
    int64_t length; /* seconds; with in_days days of 86,400 s. 0 when the end lies before the start */
    bool negative;  /* it did: a mistake in the register, to be counted and shown */
};

/* Reads received, started, left, closed, lost, and paused for net. */
struct clocks_wait clocks_get_wait(const struct extract *x, size_t row, const struct clocks_way *way);

/* The whole way of a request, from received until it was closed (CLOCKS_CLOSED), was last seen (CLOCKS_LOST)
 * or is still open (CLOCKS_WAITING), with or without a start. Always gross. Reads received, closed, lost. */
struct clocks_wait clocks_get_completion(const struct extract *x, size_t row, const struct clocks_way *way);

/* Whole Dutch calendar days between two moments; negative when `to` is an earlier day. */
int64_t clocks_days_between(int64_t from, int64_t to);

/* Days of silence at `at`: since the last reached contact, or since the request came in when nobody was
 * reached yet. Reads received, and contact or else last_reached; a contact after `at` does not count. */
int64_t clocks_contact_gap(const struct extract *x, size_t row, int64_t at);

#endif
