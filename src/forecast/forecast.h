// SPDX-License-Identifier: EUPL-1.2
/* The window of everybody who waits, from a history and a day. */
#ifndef PEIL_FORECAST_FORECAST_H
#define PEIL_FORECAST_FORECAST_H

#include "base/arena.h"
#include "forecast/conformal.h"
#include "forecast/estimate.h"

struct forecast_how {
    struct estimate_how estimate; /* team, order, plan, seed, days */
    const struct calibration
        *calibration;      /* of backtest.h; NULL: windows as they come, by forecast_way_first */
    uint32_t replications; /* 0: 2000 */
    unsigned threads;
    bool newcomer;               /* also the window of who would ask today */
    bool list;                   /* also the size of the list */
    struct estimate_base **base; /* what forecasts of the same origin in several ways share: NULL inside at
                                    first; NULL: nothing. The arena must be the same */
};
struct forecast {
    size_t n; /* who waits, in the order of the list */
    const uint32_t *row;
    const int16_t *stream;
    const struct window *raw, *window; /* ticks after the origin, before and after the factors */
    const uint32_t *count;             /* n x (days + 1), as struct simulate_out; NULL with FORECAST_WAIT */
    int32_t days;
    const float *list; /* days x 5: size of the list; NULL with FORECAST_WAIT or when not asked for */
    /* By stream, when asked for: of who would ask today; ticks after asking. */
    const struct window *newcomer;
    size_t streams;
    enum forecast_way way;
    struct model model; /* not filled with FORECAST_WAIT */
};
/* False when the arena is full. Whether windows may be shown is in the calibration, not here. */
bool forecast_make(const struct history *h, int32_t origin, const struct forecast_how *how, struct arena *a,
                   struct forecast *ret_forecast);

/* The same in one way, whatever the calibration says of ways; FORECAST_STAFF without staff is as
 * FORECAST_RATE
 * (*ret_forecast says which). */
bool forecast_by(const struct history *h, int32_t origin, const struct forecast_how *how,
                 enum forecast_way way, struct arena *a, struct forecast *ret_forecast);

/* The order in which the list is really followed, as far as it was known at the origin (order_found.h); that
 * of `how` when nothing clearly says otherwise. *ret_days: as of order_followed. False: the arena is full. */
bool forecast_order(const struct history *h, int32_t origin, const struct estimate_how *how, struct arena *a,
                    struct history_order *ret_order, int32_t *ret_days);

/* The way before there is experience: FORECAST_WAIT when the list is not followed in order (order_found.h),
 * else FORECAST_STAFF when workers are known and twice as many cases have ended as run, else FORECAST_RATE.
 * In made-up towns the simulation of workers errs less than the rate of starts, whether room is counted in
 * hours or in places; where help lasts nearly as long as the record it does not. Another way is used as soon
 * as the back-test shows that it is better on this list. */
enum forecast_way forecast_way_first(const struct history *h, int32_t origin, const struct estimate_how *how,
                                     struct arena *a);
struct view;
enum forecast_way forecast_way_of_share(double share /* order_share */, const struct view *v,
                                        const struct estimate_how *how);

#endif
