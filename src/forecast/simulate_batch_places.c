// SPDX-License-Identifier: EUPL-1.2
#include "forecast/simulate_batch.h"

#ifdef SIM_WIDE
enum { NOT_YET, WIDE_COUNT, PLAIN_COUNT };

bool sim_batch_places_make(struct sim_batch *b, struct arena *a)
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
    double *p = sim_batch_counts(b, day, 0), *ratio = sim_batch_counts(b, day, 1),
           *more = sim_batch_counts(b, day, 2), *mean = sim_batch_counts(b, day, 3);

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

void sim_batch_places(struct sim_batch *b, int32_t day)
{
    if (b->counted[day] == NOT_YET)
        counts_make(b, day);
    if (b->counted[day] == WIDE_COUNT)
        b->wide->count(b, day);
    for (size_t lane = 0; b->counted[day] == PLAIN_COUNT && lane < LANES; lane++)
        b->places[lane] =
            (b->active >> lane & 1) != 0 ? sim_places(b->t->m, b->draw[lane], day, b->list[lane].key) : 0;
}
#endif
