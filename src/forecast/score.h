// SPDX-License-Identifier: EUPL-1.2
/* How good a forecast was, once the outcome is known. Times are whole ticks after the day of the forecast.
 *
 * A forecast is a set of runs: count[d] of them said "day d", d in 0..days-1, and count[days] "not within the
 * days". What is compared are proper scores: nobody can do better by saying something else than what they
 * expect (Gneiting & Raftery 2007, Journal of the American Statistical Association 102:359-378). */
#ifndef PEIL_FORECAST_SCORE_H
#define PEIL_FORECAST_SCORE_H

#include "forecast/window.h"

#include <stddef.h>
#include <stdint.h>

/* Pinball loss of a quantile: (y - q)(p - [y < q]). Koenker & Bassett 1978, Econometrica 46:33-50, p. 38;
 * proper for the quantile: Gneiting & Raftery 2007, p. 370, (40). */
double score_pinball(double q, double p, double y);
/* The mean of the pinball losses of P10, P50 and P90. */
double score_window(const struct window *w, double y);
/* Continuous ranked probability score of the runs, in ticks: the integral of (F(x) - [x >= y])^2. Gneiting &
 * Raftery 2007, p. 367, (20). What lies beyond the days counts as the first day after them, in both: runs and
 * outcome. */
double score_crps(const uint32_t *count, int32_t days, double y);
/* Probability integral transform of a whole number, made continuous with u from [0,1): F(y-1) + u P(y). It is
 * uniform when the forecast is right. Smith 1985 by Czado, Gneiting & Held 2009, Biometrics 65:1254-1261,
 * p. 1255, (1). */
double score_pit(const uint32_t *count, int32_t days, int32_t y, double u);

/* Sums over forecasts, each with a weight. */
struct score {
    size_t n; /* forecasts */
    double weight, hit, early, late, width, far_weight, bias, absolute, pinball, crps, crps_weight;
};
/* How much a forecast counts. Whether the window held is known at its end; how far off it was only when the
 * turn comes: of somebody who leaves in between the first is known and not the second. */
struct score_weight {
    double held, far;
};
/* A forecast for somebody whose turn came on day y: `early` before the window, `late` after it. crps: NaN
 * when it is not known. */
void score_add(struct score *s, const struct window *w, double y, double crps, struct score_weight weight);
/* Means; NaN when there is nothing. */
struct score_mean {
    size_t n;
    double coverage; /* within the window, both ends included */
    double early, late, width, bias /* middle - outcome */, absolute, pinball, crps;
};
struct score_mean score_mean(const struct score *s);
/* Mean error and width as a part of those of another way for the same people; NaN when there is nothing. */
struct score_against {
    double absolute, width;
};
struct score_against score_against(const struct score_mean *s, const struct score_mean *other);

#endif
