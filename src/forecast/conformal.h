// SPDX-License-Identifier: EUPL-1.2
/* What experience says of the windows: how often they were right, how far their ends have to move to be right
 * as often as they say, and whether they may be told at all.
 *
 * Of the windows that were given before, the distance from the middle to the outcome counts in units of the
 * distance from the middle to the end, each side apart. Where windows are as wide as they should be, the mean
 * square of these distances is that of a normal distribution of which the ends are P10 and P90; its root is
 * the factor. So all outcomes tell of the width, where a quantile at the end rests on the few that missed:
 * windows of the same weeks are right or wrong together, so a year of thousands is a few events. What few
 * events say weighs little against what is believed without them: a stream leans on the whole list, the whole
 * list on 1 (Gelman et al. 2013, Bayesian Data Analysis, 3rd ed., section 2.6). What windows missed as they
 * were given moves the part that is to be held (adaptive conformal inference: Gibbs & Candès 2021, NeurIPS
 * 34). Which windows count is decided by the window, not by the outcome: those whose end had passed by then.
 * A choice by outcome ("those who started") takes the early starters, and the windows become too narrow. */
#ifndef PEIL_FORECAST_CONFORMAL_H
#define PEIL_FORECAST_CONFORMAL_H

#include "base/arena.h"
#include "forecast/history.h"
#include "forecast/window.h"

/* How windows are made. */
enum forecast_way {
    FORECAST_STAFF, /* simulation with workers, their cases and absence */
    FORECAST_RATE,  /* simulation with the rate of starts alone */
    FORECAST_WAIT,  /* what others still waited after as long a wait: where the list is not followed in order
                     */
    FORECAST_WAYS
};

/* A window that was given, and what is known of the turn. */
struct outcome {
    int32_t origin; /* tick on which it was given */
    int16_t stream;
    bool out;             /* it does not count: the resident left before its end */
    struct window raw;    /* before any factor */
    struct window window; /* as it was given */
    double turn;          /* ticks after the origin; INFINITY: not within what is known */
    double weight;        /* one over the chance that somebody stayed so long */
};

/* Whether the end of one of its windows has passed by then, so that it counts. */
static inline bool outcome_passed(const struct outcome *o, const struct window *w, int32_t origin)
{
    return !o->out && w->to < WINDOW_LATER && (int64_t)o->origin + w->to <= origin;
}

enum calibration_reason {
    CALIBRATION_TOLD,  /* windows are told */
    CALIBRATION_FEW,   /* too little has been checked yet */
    CALIBRATION_MISSED /* too few were right */
};
/* The bar. Windows are withdrawn when fewer than BAR_LOW of those of the last BAR_WEEKS were right (the whole
 * list or one stream), and come back from BAR_HIGH on. The distance between the two avoids flicker. A stream
 * with fewer than BAR_N windows follows the list; a list with fewer, or from fewer than BAR_ORIGINS origins,
 * is not judged: CALIBRATION_FEW, which is not told. */
#define CALIBRATION_BAR_LOW 0.65
#define CALIBRATION_BAR_HIGH 0.72
enum { CALIBRATION_BAR_WEEKS = 26, CALIBRATION_BAR_N = 30, CALIBRATION_BAR_ORIGINS = 6 };

struct calibration_stream {
    struct window_factor factor;
    double hit;     /* share of the windows of the last BAR_WEEKS that were right; NaN: none */
    size_t n;       /* of these */
    size_t origins; /* different days on which they were given */
    bool told;
    enum calibration_reason reason;
};
struct calibration {
    enum forecast_way way;
    struct calibration_stream all, stream[HISTORY_STREAMS_MAX];
};

/* Nothing is known yet: factors 1, not told. */
void calibration_start(enum forecast_way way, struct calibration *ret);
/* A step: what is known at `origin` from these outcomes (only those whose end has passed by then are used;
 * `week` ticks are one week). c holds the calibration of the step before: whether windows were told. False
 * when the arena is full; what it took is given back. */
bool calibration_step(const struct outcome *o, size_t n, size_t streams, int32_t origin, int32_t week,
                      struct arena *a, struct calibration *c);

#endif
