// SPDX-License-Identifier: EUPL-1.2
/* What models that differ a little have in common, replication by replication: who comes on which day, on
 * which day who waits leaves, when workers fall ill and are back, and their days (simulate_days.h). Worked
 * out once. */
#include "forecast/simulate_days.h"
#include "forecast/simulate_lists.h"

#ifdef SIM_WIDE
#include <string.h>

enum {
    SHARE_MOST = 1 << 24, /* bytes: beyond it, working out costs less than memory */
    DAYS_RUNS = 12        /* what the days of workers cost is saved by so many runs */
};

struct simulate_shared {
    struct sim_table t;
    struct model m;
    struct simulate_ask ask;
    size_t came_size, turns_size, queue_size; /* of one batch */
    uint16_t *came;                           /* as of struct sim_batch */
    uint32_t *queue;                          /* as there; NULL */
    uint64_t *turns;                          /* stretches of BATCH_HEALTH days × workers × BATCH_HEALTH */
    uint16_t *left;                           /* as of struct sim_batch; NULL */
    size_t left_size;
    struct sim_days *days;   /* NULL */
    struct sim_lists *lists; /* NULL; only with `days` */
};

/* A block of days of workers. */
static void keep_block(struct simulate_shared *s, struct sim_batch *b, size_t batch, int32_t day)
{
    uint64_t *turns = s->turns + batch * s->turns_size;

    b->wide->block(b, day);
    if (s->days != NULL)
        sim_days_block(s->days, b, batch, day);
    if (day % BATCH_HEALTH == 0)
        memcpy(turns + (size_t)(day / BATCH_HEALTH) * s->m.workers * BATCH_HEALTH, b->turns,
               s->m.workers * sizeof *b->turns);
}

static void keep(struct simulate_shared *s, struct sim_batch *b, size_t batch)
{
    sim_batch_begin(b, s->ask.first + (uint32_t)batch * LANES, LANES);
    if (s->days != NULL)
        sim_days_begin(s->days, b, batch);
    for (int32_t day = 0; day < s->m.days; day++) {
        b->wide->requests(b, day);
        if (s->m.workers > 0 && day % BATCH_BLOCK == 0)
            keep_block(s, b, batch, day);
        if (s->lists != NULL)
            sim_lists_day(s->lists, b, batch, day);
    }
    memcpy(s->came + batch * s->came_size, b->came, s->came_size * sizeof *b->came);
    if (s->queue != NULL)
        memcpy(s->queue + batch * s->queue_size, b->queue, s->queue_size * sizeof *b->queue);
    if (s->left != NULL)
        memcpy(s->left + batch * s->left_size, b->left, s->left_size * sizeof *b->left);
}

/* Room for what a batch of the list comes down to. */
static bool list_make(struct simulate_shared *s, const struct sim_batch *b, size_t batches, struct arena *a)
{
    s->queue_size = LANES * b->queue_lane;
    s->left_size = LANES * b->width;
    if (s->queue_size > 0)
        s->queue = arena_array(a, batches * s->queue_size, sizeof *s->queue);
    if (s->left_size > 0)
        s->left = arena_array(a, batches * s->left_size, sizeof *s->left);
    return (s->queue_size == 0 || s->queue != NULL) && (s->left_size == 0 || s->left != NULL);
}

const struct simulate_shared *simulate_share(const struct model *m, const struct simulate_ask *ask,
                                             size_t runs, struct arena *a)
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
    if (b == NULL || !list_make(s, b, batches, a)) {
        arena_release(a, mark);
        return NULL;
    }
    mark = arena_mark(a);
    if (runs >= DAYS_RUNS && (s->days = sim_days_make(b, batches, a)) == NULL)
        arena_release(a, mark);
    mark = arena_mark(a);
    if (s->days != NULL && (s->lists = sim_lists_make(b, batches, a)) == NULL)
        arena_release(a, mark);
    for (size_t i = 0; i < batches; i++)
        keep(s, b, i);
    if (s->days != NULL && !sim_days_end(s->days, b))
        s->days = NULL; /* and then nobody finds the lists */
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
    b->left_known = s->left != NULL && m->waiting == s->m.waiting && m->n == s->m.n;
    for (size_t w = 0; w < m->workers && w < s->m.workers; w++)
        if (m->worker[w].from == s->m.worker[w].from && m->worker[w].back == s->m.worker[w].back &&
            m->worker[w].back_of == s->m.worker[w].back_of)
            b->turns_known |= (uint64_t)1 << w;
    if (b->alone)
        sim_days_find(b, s->days, &s->t);
    b->lists = s->lists;
    b->resumes = sim_lists_find(b, s->lists, &s->t);
}

void sim_batch_share_begin(struct sim_batch *b, uint32_t first)
{
    const struct simulate_shared *s = b->t->ask->shared;

    b->batch = (first - b->t->ask->first) / LANES;
    if (b->left_known)
        b->left = s->left + b->batch * s->left_size;
    if (b->came_known) { /* only read */
        b->came = s->came + b->batch * s->came_size;
        b->queue = s->queue == NULL ? NULL : s->queue + b->batch * s->queue_size;
    }
    if (b->turns_known != 0)
        b->shared_turns = s->turns + b->batch * s->turns_size;
    b->shared_workers = b->turns_known != 0 ? s->m.workers : 0;
}
#endif
