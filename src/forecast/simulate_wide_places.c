// SPDX-License-Identifier: EUPL-1.2
/* Places of a day when nothing is known of staff, in 64 lanes: what sim_places does one at a time, with the
 * same operations in the same order. The compiler makes the wide instructions of the loops over lanes. */
#include "forecast/simulate_batch.h"

#ifdef SIM_WIDE
#include <string.h>

#define WIDE __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq")))
#define WIDE_INLINE WIDE __attribute__((always_inline)) inline

enum { TOGETHER = 8 }; /* lanes that are worked out until the last of them is ready */
enum { NOT_YET, WIDE_COUNT, PLAIN_COUNT };

/* One value of every draw, and again the first LANES of them, so that any 64 replications stand in a row. */
static double *counts(const struct sim_batch *b, int32_t day, size_t value)
{
    return b->counts + ((size_t)day * BATCH_COUNTS + value) * (b->t->m->draws + LANES);
}

bool sim_wide_places_make(struct sim_batch *b, struct arena *a)
{
    size_t days = (size_t)b->t->m->days;

    if (b->t->m->workers > 0)
        return true;
    b->counts = arena_array(a, days * BATCH_COUNTS * (b->t->m->draws + LANES), sizeof *b->counts);
    b->counted = arena_array(a, days, sizeof *b->counted);
    return b->counts != NULL && b->counted != NULL;
}

/* What the counts of a day come from, of all draws: logarithms and powers, so once and not a replication. */
static void counts_make(struct sim_batch *b, int32_t day)
{
    const struct model *m = b->t->m;
    double *p = counts(b, day, 0), *ratio = counts(b, day, 1), *more = counts(b, day, 2),
           *mean = counts(b, day, 3);

    b->counted[day] = WIDE_COUNT;
    for (size_t i = 0; i < m->draws; i++) {
        double of_day = sim_places_mean(m, &m->draw[i], day);
        struct sim_count c = sim_count_of(of_day, (double)m->dispersion);

        if (of_day > PLACES_PART || c.least > 0)
            b->counted[day] = PLAIN_COUNT;
        for (size_t at = i; at < m->draws + LANES; at += m->draws) {
            p[at] = c.p;
            ratio[at] = c.ratio;
            more[at] = c.more;
            mean[at] = c.mean;
        }
    }
}

typedef double wide __attribute__((vector_size(TOGETHER * sizeof(double))));
typedef int64_t mask __attribute__((vector_size(TOGETHER * sizeof(double))));

static WIDE_INLINE wide load(const double *at)
{
    wide v;

    memcpy(&v, at, sizeof v);
    return v;
}

static WIDE_INLINE bool any_of(mask m)
{
    int64_t any = 0;

    for (int i = 0; i < TOGETHER; i++)
        any |= m[i];
    return any != 0;
}

/* sim_count in the lanes from `lane` on. */
WIDE static void count_some(struct sim_batch *b, int32_t day, size_t lane)
{
    size_t at = b->first_draw + lane;
    wide p = load(counts(b, day, 0) + at), ratio = load(counts(b, day, 1) + at),
         more = load(counts(b, day, 2) + at), mean = load(counts(b, day, 3) + at), chance = p, u;
    mask n = { 0 }, on = { 0 };

    for (size_t i = 0; i < TOGETHER; i++) {
        struct random_key key = { b->a[lane + i], b->b[lane + i] };
        u[i] = sim_count_at(random_at(key, sim_places_at(day, 0)));
    }
    on = ~on;
    for (double k = 0; k < COUNT_MOST; k++) {
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

void sim_wide_places_drawn(struct sim_batch *b, int32_t day)
{
    if (b->counted[day] == NOT_YET)
        counts_make(b, day);
    for (size_t lane = 0; b->counted[day] == WIDE_COUNT && lane < LANES; lane += TOGETHER)
        count_some(b, day, lane);
    for (size_t lane = 0; b->counted[day] == PLAIN_COUNT && lane < LANES; lane++)
        b->places[lane] = (b->active >> lane & 1) != 0
                              ? sim_places(b->t->m, b->draw[lane], day, b->list[lane].key)
                              : 0;
}
#endif
