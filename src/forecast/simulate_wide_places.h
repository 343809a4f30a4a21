// SPDX-License-Identifier: EUPL-1.2
/* Places of a day when nothing is known of staff, in 64 lanes: what sim_count does one at a time, with the
 * same operations in the same order. */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_PLACES_H
#define PEIL_FORECAST_SIMULATE_WIDE_PLACES_H

#include "forecast/simulate_lanes.h"

enum { TOGETHER = SIM_BITS / 64 }; /* lanes of one register */
typedef double wide_d __attribute__((vector_size(TOGETHER * sizeof(double))));
typedef int64_t wide_m __attribute__((vector_size(TOGETHER * sizeof(double))));

static WIDE_INLINE wide_d wide_d_load(const double *at)
{
    wide_d v;

    memcpy(&v, at, sizeof v);
    return v;
}

static WIDE_INLINE bool any_of(wide_m m)
{
    int64_t any = 0;

    for (int i = 0; i < TOGETHER; i++)
        any |= m[i];
    return any != 0;
}

/* sim_count in the lanes from `lane` on. */
static WIDE_INLINE void count_some(struct sim_batch *b, int32_t day, size_t lane)
{
    size_t at = b->first_draw + lane;
    wide_d p = wide_d_load(sim_batch_counts(b, day, 0) + at),
           ratio = wide_d_load(sim_batch_counts(b, day, 1) + at),
           more = wide_d_load(sim_batch_counts(b, day, 2) + at),
           mean = wide_d_load(sim_batch_counts(b, day, 3) + at), chance = p, u;
    wide_m n = { 0 }, on = { 0 };

    for (size_t i = 0; i < TOGETHER; i++) {
        struct random_key key = { b->a[lane + i], b->b[lane + i] };
        u[i] = sim_count_at(random_at(key, sim_places_at(day, 0)));
    }
    on = ~on;
    for (int step = 0; step < COUNT_MOST; step++) {
        double k = step;

        on &= u > chance;
        if (!any_of(on))
            break;
        p = p * (ratio + more * k) / (k + 1);
        n -= on;
        on &= ~((p < COUNT_END) & (k + 1 > mean));
        chance += p;
    }
    for (size_t i = 0; i < TOGETHER; i++)
        b->places[lane + i] = (b->active >> (lane + i) & 1) != 0 ? (uint32_t)n[i] : 0;
}

WIDE static void places_count(struct sim_batch *b, int32_t day)
{
    for (size_t lane = 0; lane < LANES; lane += TOGETHER)
        count_some(b, day, lane);
}

#endif
