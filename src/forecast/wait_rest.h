// SPDX-License-Identifier: EUPL-1.2
/* How much longer somebody waits, from how long others still waited after as long a wait. It needs no order
 * of a list: it is for lists on which who asked first does not go first (each kind of question its own
 * speed).
 *
 * The hazard of the turn by length of the wait, of those who started and those who still wait together (left
 * truncated where the record begins, right censored at the origin: Klein & Moeschberger 2003, Survival
 * Analysis, 2nd ed., section 4.6), recent weeks weighing more, each stream leaning on all together where few
 * were seen. */
#ifndef PEIL_FORECAST_WAIT_REST_H
#define PEIL_FORECAST_WAIT_REST_H

#include "forecast/estimate_core.h"
#include "forecast/window.h"

enum { WAIT_BINS = 220 };
struct wait_rest {
    size_t streams;
    double edge[WAIT_BINS + 1];                     /* ticks */
    double sum[HISTORY_STREAMS_MAX][WAIT_BINS + 1]; /* cumulative hazard at the edges */
    double last[HISTORY_STREAMS_MAX];               /* hazard a tick after the last edge */
    double events;                                  /* starts that it rests on, by weight */
};
/* False: the arena is full. */
bool wait_rest_fit(const struct view *v, size_t streams, struct wait_rest *ret);
/* Window in ticks after the origin of who has waited `age` ticks there; from the first tick after it on. */
struct window wait_rest_window(const struct wait_rest *w, size_t stream, int32_t age);
/* Of who asks at the origin, from that tick itself on. */
struct window wait_rest_new(const struct wait_rest *w, size_t stream);

#endif
