// SPDX-License-Identifier: EUPL-1.2
/* What models that differ a little have in common, replication by replication: who comes on which day, and
 * when workers fall ill and are back. Worked out once, for all days. */
#include "forecast/simulate_batch.h"

#ifdef SIM_WIDE
#include <string.h>

enum { SHARE_MOST = 1 << 24 }; /* bytes: beyond it, working out costs less than memory */

struct simulate_shared {
    struct sim_table t;
    struct model m;
    struct simulate_ask ask;
    size_t came_size, turns_size, queue_size; /* of one batch */
    uint16_t *came;                           /* as of struct sim_batch */
    uint32_t *queue;                          /* as there; NULL */
    uint64_t *turns;                          /* stretches of BATCH_HEALTH days × workers × BATCH_HEALTH */
};

static void keep(struct simulate_shared *s, struct sim_batch *b, size_t batch)
{
    uint64_t *turns = s->turns + batch * s->turns_size;

    sim_batch_begin(b, s->ask.first + (uint32_t)batch * LANES, LANES);
    for (int32_t day = 0; day < s->m.days; day++) {
        b->wide->requests(b, day);
        if (s->m.workers == 0 || day % BATCH_HEALTH != 0)
            continue;
        b->wide->block(b, day);
        memcpy(turns + (size_t)(day / BATCH_HEALTH) * s->m.workers * BATCH_HEALTH, b->turns,
               s->m.workers * sizeof *b->turns);
    }
    memcpy(s->came + batch * s->came_size, b->came, s->came_size * sizeof *b->came);
    if (s->queue != NULL)
        memcpy(s->queue + batch * s->queue_size, b->queue, s->queue_size * sizeof *b->queue);
}

const struct simulate_shared *simulate_share(const struct model *m, const struct simulate_ask *ask,
                                             struct arena *a)
{
    size_t batches = (ask->replications + LANES - 1) / LANES, days = (size_t)m->days;
    size_t came = m->order->streams * days * LANES,
           turns = (days / BATCH_HEALTH + 1) * m->workers * BATCH_HEALTH;
    const struct sim_wide *wide = sim_wide_of(ask->with);
    struct simulate_shared *s = NULL;
    struct arena_mark mark = arena_mark(a);

    if (wide == NULL || ask->list ||
        batches * (came * sizeof *s->came + turns * sizeof *s->turns) > SHARE_MOST ||
        (s = arena_alloc(a, sizeof *s)) == NULL)
        return NULL;
    *s = (struct simulate_shared){ .m = *m, .ask = *ask, .came_size = came, .turns_size = turns };
    s->came = arena_array(a, batches * came, sizeof *s->came);
    s->turns = arena_array(a, batches * turns + 1, sizeof *s->turns);
    struct sim_batch *b = s->came != NULL && s->turns != NULL && sim_table_make(&s->m, &s->ask, a, &s->t)
                              ? sim_batch_make(&s->t, wide, a)
                              : NULL;
    s->queue_size = b != NULL ? LANES * b->queue_lane : 0;
    if (b != NULL && s->queue_size > 0)
        s->queue = arena_array(a, batches * s->queue_size, sizeof *s->queue);
    if (b == NULL || (s->queue_size > 0 && s->queue == NULL)) {
        arena_release(a, mark);
        return NULL;
    }
    for (size_t i = 0; i < batches; i++)
        keep(s, b, i);
    return s;
}

const struct sim_table *sim_shared_table(const struct simulate_shared *s)
{
    return s == NULL ? NULL : &s->t;
}

/* Whether the same people come. */
static bool same_requests(const struct simulate_shared *s, const struct sim_table *t)
{
    size_t days = (size_t)t->m->days, streams = s->m.order->streams;

    return memcmp(s->m.season, t->m->season, days * sizeof *t->m->season) == 0 &&
           memcmp(s->t.last, t->last, streams * sizeof *t->last) == 0 &&
           memcmp(s->t.probes, t->probes, streams * days) == 0;
}

void sim_batch_share(struct sim_batch *b)
{
    const struct simulate_shared *s = b->t->ask->shared;
    const struct model *m = b->t->m;

    if (s == NULL || b->t->ask->list || m->days != s->m.days || m->draw != s->m.draw ||
        m->draws != s->m.draws || m->order->streams != s->m.order->streams ||
        b->t->ask->seed != s->ask.seed || b->t->ask->first != s->ask.first ||
        b->t->ask->replications != s->ask.replications)
        return;
    b->came_known = same_requests(s, b->t);
    for (size_t w = 0; w < m->workers && w < s->m.workers; w++)
        if (m->worker[w].from == s->m.worker[w].from && m->worker[w].back == s->m.worker[w].back &&
            m->worker[w].back_of == s->m.worker[w].back_of)
            b->turns_known |= (uint64_t)1 << w;
}

void sim_batch_share_begin(struct sim_batch *b, uint32_t first)
{
    const struct simulate_shared *s = b->t->ask->shared;

    if (b->came_known) { /* only read */
        b->came = s->came + (first - s->ask.first) / LANES * s->came_size;
        b->queue = s->queue == NULL ? NULL : s->queue + (first - s->ask.first) / LANES * s->queue_size;
    }
    if (b->turns_known != 0)
        b->shared_turns = s->turns + (first - s->ask.first) / LANES * s->turns_size;
    b->shared_workers = b->turns_known != 0 ? s->m.workers : 0;
}
#endif
