// SPDX-License-Identifier: EUPL-1.2
#include "forecast/capacity.h"

#include "forecast/erlang.h"

#include <math.h>

double capacity_load_of(const struct capacity_load *l)
{
    return l->places > 0 ? l->demand * l->duration / l->places : l->demand > 0 ? (double)INFINITY : 0;
}

double capacity_starts(const struct capacity_load *l)
{
    return l->places / l->duration;
}

double capacity_wait(const struct capacity_load *l)
{
    double starts = capacity_starts(l);

    if (l->queue <= 0)
        return 0;
    if (starts <= 0)
        return (double)INFINITY;
    return l->leave > 0 ? log1p(l->leave * l->queue / starts) / l->leave : l->queue / starts;
}

static bool holds_norm(const struct capacity_load *l, double places, double share, double weeks)
{
    double traffic = l->demand * l->duration;

    return places > traffic &&
           erlang_c(traffic, (size_t)places) * exp(-(places - traffic) * weeks / l->duration) <= 1 - share;
}

double capacity_for_norm(const struct capacity_load *l, double share, double weeks)
{
    double low = 0, high = 1;

    while (high <= ERLANG_AGENTS_MAX && !holds_norm(l, high, share, weeks)) {
        low = high;
        high *= 2;
    }
    if (high > ERLANG_AGENTS_MAX) {
        high = ERLANG_AGENTS_MAX;
        if (!holds_norm(l, high, share, weeks))
            return 0;
    }
    while (high - low > 1) { /* more places never make it worse */
        double half = floor((low + high) / 2);
        if (holds_norm(l, half, share, weeks))
            high = half;
        else
            low = half;
    }
    return high;
}

double capacity_to_clear(const struct capacity_load *l, double weeks)
{
    double starts = l->demand + l->queue / weeks;

    if (l->leave > 0) /* q(t) = q0 e^-lt + (demand - starts)(1 - e^-lt) / leave = 0 */
        starts = l->demand + l->leave * l->queue / expm1(l->leave * weeks);
    return starts * l->duration;
}

double capacity_clears_in(const struct capacity_load *l)
{
    double more = capacity_starts(l) - l->demand; /* starts beyond what comes */

    if (l->queue <= 0)
        return 0;
    if (more <= 0)
        return (double)INFINITY;
    return l->leave > 0 ? log1p(l->leave * l->queue / more) / l->leave : l->queue / more;
}
