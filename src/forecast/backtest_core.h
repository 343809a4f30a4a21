// SPDX-License-Identifier: EUPL-1.2
/* What the files of the back-test share. */
#ifndef PEIL_FORECAST_BACKTEST_CORE_H
#define PEIL_FORECAST_BACKTEST_CORE_H

#include "forecast/backtest.h"
#include "forecast/estimate_core.h"

struct backtest_judged {
    int32_t origin;
    double n, loss[FORECAST_WAYS]; /* sums */
};
struct backtest_work {
    const struct history *h;
    struct history seen; /* of it what was known at the origin */
    const int32_t *last; /* as of history_last */
    const struct backtest_how *how;
    struct arena *a, scratch; /* of the result; of one origin */
    struct backtest_row *row;
    size_t n, room;
    struct rivals *rivals;
    struct calibration c;
    struct duration_kept *kept; /* of the length of help */
    struct history_order order; /* as it was followed lately; once a quarter */
    bool followed;              /* so well, with workers known, that FORECAST_WAIT does not take part */
    int32_t week, step;
    /* How the ways did so far, by day on which windows were given: losses of those whose quarter has passed.
     */
    struct backtest_judged *judged_at;
    size_t judged, judged_origins; /* rows, and such days */
    double left, risk;             /* of the rows: who left, and ticks at risk */
    uint32_t *open;                /* rows whose end is not known yet, in their order */
    size_t opens;
    struct outcome *outcome;  /* of every row (backtest_outcome.c), */
    enum forecast_way of_way; /* before any factor in this way */
    size_t withdrawals;
    int32_t withdrawn_at;
    size_t origins, way[FORECAST_WAYS];
};

/* Whether windows of this origin are scored: those before teach. */
static inline bool backtest_scores(const struct backtest_work *w, int32_t origin)
{
    return w->how->scored == 0 || origin >= w->how->scored;
}

/* Ticks after the row's origin: of the turn, or of leaving, as it was known at `at`; INFINITY: neither. */
struct backtest_end {
    double turn, left;
};
struct backtest_end backtest_end_of(const struct history *h, const struct backtest_row *r, int32_t at);

/* What each window turned out to be, as far as is known, for the calibration: kept from one origin to the
 * next, because of most windows nothing changes any more. A window is given; its end becomes known; then only
 * its weight is another one at each origin, and what it was before the factors when the way is another one.
 * Nobody but these three functions writes w->outcome. */
void backtest_outcome_begins(struct backtest_work *w, uint32_t row);
void backtest_outcome_ends(struct backtest_work *w, uint32_t row, const struct backtest_end *e);
/* As of this origin, in this way. False: the arena is full. */
bool backtest_outcomes_weigh(struct backtest_work *w, enum forecast_way way, int32_t origin);

/* Everything that can be counted after the last origin. False: the arena is full. */
bool backtest_count(struct backtest_work *w, struct backtest *ret);

#endif
