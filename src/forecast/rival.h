// SPDX-License-Identifier: EUPL-1.2
/* What a forecast has to beat: simple ways to say how long somebody will wait, each with an 80 % interval.
 * Ibrahim & Whitt 2009, Manufacturing & Service Operations Management 11:397-415, compare the first two. */
#ifndef PEIL_FORECAST_RIVAL_H
#define PEIL_FORECAST_RIVAL_H

#include "forecast/estimate_core.h"
#include "forecast/window.h"

enum rival {
    RIVAL_LAST,     /* the wait of who started last in this stream (last to enter service); its interval lies
                       where P10 and P90 of its own errors were, in this stream, for all whose turn came in
                       the last 26 weeks */
    RIVAL_POSITION, /* people ahead divided by the rate of starts of the last 8 weeks, times P10 and P90 of
                       what the wait was of that for all whose turn came in the last 26 weeks */
    RIVAL_MEAN,     /* the mean wait of those who started in the last 26 weeks, with P10 and P90 */
    RIVAL_SURVIVAL, /* Kaplan-Meier of who asked in the last year, given the wait so far */
    RIVAL_NAIVE,    /* P10, P50, P90 of the last 200 waits */
    RIVALS
};
extern const char *const rival_code[RIVALS];

enum { RIVAL_WAITS = 200, RIVAL_ERRORS = 8192, RIVAL_ERROR_WEEKS = 26 };
/* Errors of earlier windows whose turn came. */
struct rival_error {
    float error[RIVAL_ERRORS]; /* the last ones, in a ring */
    int32_t at[RIVAL_ERRORS];  /* and when they were learned: never earlier than the one before */
    size_t n;
    double low, high; /* of those of the last weeks, when there are enough; */
    bool enough;
    int32_t sorted; /* the origin for which that was worked out */
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
    int32_t now, week; /* the origin; ticks */
    double rate;       /* starts a tick */
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
