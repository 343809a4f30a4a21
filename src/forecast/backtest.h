// SPDX-License-Identifier: EUPL-1.2
/* The forecast judged by what happened: every week of the past a forecast from what was known that week,
 * compared with what came. Rolling origins: Tashman 2000, International Journal of Forecasting 16:437-450.
 *
 * Who is scored: every window whose end had passed when the data end, whether the turn had come or not. Not
 * started by the end is a miss. A window whose end has not passed is not scored, also when its turn came
 * early. Who left before the turn and before the end of the window: the turn is unknown. They are not scored,
 * and those who stayed as long weigh for them (inverse probability of censoring: Robins & Finkelstein 2000,
 * Biometrics 56:779-788; the chance to stay is Kaplan-Meier's of leaving). Who left after the end was missed,
 * but nobody knows by how far: the others weigh for them there, and in the simple ways. */
#ifndef PEIL_FORECAST_BACKTEST_H
#define PEIL_FORECAST_BACKTEST_H

#include "forecast/forecast.h"
#include "forecast/rival.h"
#include "forecast/score.h"

#include <stdatomic.h>

struct backtest_how {
    struct forecast_how forecast; /* calibration is not read: it is made along the way */
    int32_t first, last;          /* origins: first, first + step, ... <= last */
    int32_t step;                 /* ticks; 0: a week */
    int32_t scored;               /* origins before this one teach and are not scored; 0: all are */
    int32_t until;                /* outcomes known up to and with this tick */
    bool plain;                   /* no factors: what the model says by itself */
    bool one_way;                 /* only in this way, not in the way that did best so far */
    enum forecast_way way;
    bool newcomers;          /* also the window of who asked since the origin before, given on asking: for
                                waits that are over sooner than a step */
    const atomic_bool *stop; /* it is given up at the next origin when this becomes true; NULL */
    atomic_size_t *done;     /* one more after each origin; NULL */
};

/* One person at one origin. */
struct backtest_row {
    uint32_t row;
    int32_t origin;
    int16_t stream, team;
    bool first, last; /* the first or last window of this person */
    bool scored;      /* its end has passed, and the outcome is known */
    bool told;        /* it would have been told: not withdrawn */
    bool asked;       /* given on asking, not at the origin; ticks count from asking */
    struct window by_way[FORECAST_WAYS], window, rival[RIVALS]; /* before and after the factors */
    double turn; /* ticks after the origin; INFINITY: not by `until` */
    float crps;  /* NaN with FORECAST_WAIT */
    float pit;
    struct score_weight weight;
};
struct backtest_part {
    struct score_mean every, first, last, rival[RIVALS];
    struct score_mean asked, asked_rival[RIVALS]; /* of the windows given on asking */
    size_t open;                                  /* windows whose end has not passed: not scored */
    size_t left;                                  /* not scored, because they left */
    size_t missed;                                /* scored as missed while the turn has not come */
    size_t withdrawn;                             /* of those scored: would not have been told */
};
struct backtest {
    const struct backtest_row *row; /* by origin, in the order of the list */
    size_t n;
    size_t origins, streams;
    struct backtest_part all, stream[HISTORY_STREAMS_MAX];
    struct calibration calibration; /* after the last origin */
    size_t withdrawals;             /* how often windows were withdrawn */
    int32_t withdrawn_at;           /* the first time; TICK_NONE */
    size_t way[FORECAST_WAYS];      /* origins that used it */
    double pit[10];                 /* share of the scored in each tenth */
};
/* False when the arena is full. */
bool backtest_run(const struct history *h, const struct backtest_how *how, struct arena *a,
                  struct backtest *ret_backtest);
/* How many origins there are. */
size_t backtest_origins(const struct history *h, const struct backtest_how *how);

/* Several at the same time, each in memory of its own of at most `ceiling` bytes; what is found does not
 * depend on how many threads there are. */
struct backtest_job {
    const struct history *h;
    struct backtest_how how;
    bool done;             /* afterwards: false: there was no memory, or it was given up */
    struct backtest found; /* without its rows */
};
void backtest_run_jobs(struct backtest_job *job, size_t n, unsigned threads, size_t ceiling);

#endif
