// SPDX-License-Identifier: EUPL-1.2
/* What a forecast has to beat: simple ways to say how long somebody will wait, each with an 80 % interval.
 * Ibrahim & Whitt 2009, Manufacturing & Service Operations Management 11:397-415, compare the first two. */
#ifndef PEIL_FORECAST_RIVAL_H
#define PEIL_FORECAST_RIVAL_H

#include "forecast/estimate_core.h"
#include "forecast/window.h"

enum rival {
    RIVAL_LAST,     /* the wait of who started last in this stream (last to enter service), with the errors
                       that it had for those who started lately */
    RIVAL_POSITION, /* people ahead divided by the rate of starts of the last 8 weeks, with its errors */
    RIVAL_MEAN,     /* the mean wait of those who started in the last 26 weeks, with P10 and P90 */
    RIVAL_SURVIVAL, /* Kaplan-Meier of who asked in the last year, given the wait so far */
    RIVAL_NAIVE,    /* P10, P50, P90 of the last 200 waits */
    RIVALS
};
extern const char *const rival_code[RIVALS];

enum { RIVAL_WAITS = 200, RIVAL_ERRORS = 400 };
/* Errors of earlier windows whose turn came. */
struct rival_error {
    float error[RIVAL_ERRORS]; /* the last ones, in a ring */
    size_t n;
    double low, high; /* of them, when there are enough; */
    size_t seen;      /* n for which that was worked out */
};
struct rival_waits {
    double *wait; /* sorted */
    size_t n;
};
struct rival_stream {
    double last, mean;
    struct rival_waits naive, half_year; /* sorted */
    struct rival_waits time;             /* Kaplan-Meier: times at which a turn came */
    double *alive;                       /* and the part that still waits after them */
};
struct rivals {
    size_t streams;
    double rate; /* starts a tick */
    struct rival_stream stream[HISTORY_STREAMS_MAX];
    struct rival_error last[HISTORY_STREAMS_MAX]; /* outcome - middle */
    struct rival_error position;                  /* outcome / middle */
};
/* What is known at the view's origin; errors stay. False: the arena is full. A stream without starts takes
 * those of all. */
bool rivals_fit(const struct view *v, size_t streams, struct rivals *ret);
/* Ticks after the origin of who has waited `age` ticks there and has so many people before; age -1: who asks
 * only then, where the same tick is possible. */
void rivals_window(struct rivals *r, size_t stream, int32_t age, size_t ahead,
                   struct window ret_window[RIVALS]);
/* The turn came so many ticks after the origin. */
void rivals_learn(struct rivals *r, size_t stream, const struct window *given, double turn);

#endif
