// SPDX-License-Identifier: EUPL-1.2
#include "forecast/position.h"

#include <math.h>

double position_ever(const struct position_load *l)
{
    return l->urgent <= l->free ? 1 : pow(l->free / l->urgent, l->position);
}

double position_mean(const struct position_load *l)
{
    return l->urgent < l->free ? l->position / (l->free - l->urgent) : INFINITY;
}

double position_sd(const struct position_load *l)
{
    double drift = l->free - l->urgent;

    return drift > 0 ? sqrt(l->position * (l->free + l->urgent) / (drift * drift * drift)) : INFINITY;
}

/* log of the chance that the walk first reaches zero at step n: the ballot theorem gives position / n of the
 * paths that end there. */
static double log_first(const struct position_load *l, double n)
{
    double k = l->position, up = (n + k) / 2, down = (n - k) / 2, all = l->free + l->urgent;

    if (down > 0 && l->urgent <= 0)
        return -INFINITY;
    return log(k / n) + lgamma(n + 1) - lgamma(up + 1) - lgamma(down + 1) + up * log(l->free / all) +
           (down > 0 ? down * log(l->urgent / all) : 0);
}

/* Sums over the number of steps by that day: Poisson(n) x first passage by step n. */
double position_chance(const struct position_load *l, double days)
{
    double mean = (l->free + l->urgent) * days, sum = 0, reached = 0;

    if (!(days > 0))
        return 0;
    size_t last = (size_t)(mean + 12 * sqrt(mean) + 40);
    for (size_t n = l->position; n <= last; n++) {
        double steps = (double)n;
        if ((n - l->position) % 2 == 0)
            reached += exp(log_first(l, steps));
        sum += reached * exp(steps * log(mean) - mean - lgamma(steps + 1));
    }
    return sum < 1 ? sum : 1;
}

double position_quantile(const struct position_load *l, double p)
{
    double low = 0, high = (l->position + 1) / (l->free + l->urgent);

    if (!(p < position_ever(l)))
        return INFINITY;
    while (position_chance(l, high) < p) {
        low = high;
        high *= 2;
        if (high > 1e7)
            return INFINITY;
    }
    for (int i = 0; i < 60 && high - low > 1e-9 * high; i++) {
        double middle = (low + high) / 2;
        if (position_chance(l, middle) < p)
            low = middle;
        else
            high = middle;
    }
    return high;
}

double position_draw(const struct position_load *l, struct rng *r, size_t most)
{
    double all = l->free + l->urgent, day = 0;
    size_t place = l->position;

    for (size_t step = 0; place > 0; step++) {
        if (step == most)
            return INFINITY;
        day += rng_exponential(r, 1 / all);
        if (rng_unit(r) * all < l->free)
            place--;
        else
            place++;
    }
    return day;
}
