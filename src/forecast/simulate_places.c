// SPDX-License-Identifier: EUPL-1.2
/* Places of a day when nothing is known of staff: a count with a mean and a dispersion, by inversion. */
#include "forecast/simulate_core.h"

#include <math.h>

/* p0 may be as small as exp(-2 × PLACES_PART). */
struct sim_count sim_count_of(double mean, double dispersion)
{
    struct sim_count c = { .p = 1, .ratio = mean, .mean = mean };

    if (!(mean > 0))
        return c;
    if (fabs(dispersion - 1) < 1e-3) {
        c.p = exp(-mean);
    } else if (dispersion > 1) {
        double size = mean / (dispersion - 1);
        c.more = 1 - 1 / dispersion;
        c.ratio = size * c.more;
        c.p = exp(-size * log(dispersion));
    } else {
        double n = ceil(mean / (1 - dispersion)), q = mean / n;
        if (q >= 1) {
            c.least = (uint32_t)n;
            return c;
        }
        c.more = -q / (1 - q);
        c.ratio = -n * c.more;
        c.p = exp(n * log1p(-q));
    }
    return c;
}

/* The count whose chance of being at most that many first reaches sim_count_at(u). */
static uint32_t sim_count(const struct sim_count *c, uint32_t u32)
{
    double u = sim_count_at(u32), p = c->p, chance = p;
    uint32_t k = 0;

    while (u > chance && k < COUNT_MOST) {
        p = p * (c->ratio + c->more * k) / (k + 1);
        k++;
        if (p < COUNT_END && (double)k > c->mean)
            break;
        chance += p;
    }
    return c->least + k;
}

double sim_places_mean(const struct model *m, const struct model_draw *p, int32_t day)
{
    return (double)p->rate * (m->room == NULL ? 1 : (double)m->room[day]) *
           (1 + (double)p->drift * day / 365.25);
}

uint32_t sim_places(const struct model *m, const struct model_draw *p, int32_t day, struct random_key k)
{
    double mean = sim_places_mean(m, p, day);
    uint32_t parts = mean > PLACES_PART ? (uint32_t)(mean / PLACES_PART) + 1 : 1, all = 0;
    struct sim_count c = sim_count_of(mean / parts, (double)m->dispersion);

    for (uint32_t i = 0; i < parts; i++)
        all += sim_count(&c, random_at(k, sim_places_at(day, i)));
    return all;
}
