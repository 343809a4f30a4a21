// SPDX-License-Identifier: EUPL-1.2
/* What a batch is made of, once for a model and a question, and how it stands at the beginning of day 0 of
 * its replications. Its days are in simulate_batch.c. */
#include "forecast/simulate_batch.h"

#ifdef SIM_WIDE
#include <math.h>
#include <string.h>

enum {
    KEY_MOST = 65535, /* rank and seniority share 32 bits; seniority is never 0, so no key is */
    LATER_MOST = 4096 /* of a stream and lane that have a row */
};

/* Whether the wide list can; else each lane has the plain one. */
static bool list_fits(const struct sim_table *t)
{
    return t->m->n + ((size_t)t->m->days + 1) * HISTORY_STREAMS_MAX < KEY_MOST;
}

/* Whether the rank says all: it does not change with the age, and no two streams have the same. */
static bool order_of(const struct sim_table *t, uint8_t *ret_stream)
{
    const struct history_order *o = t->m->order;

    for (size_t s = 0; s < o->streams; s++) {
        size_t at = s;

        for (size_t age = 1; age < o->ages; age++)
            if (o->rank[s * o->ages + age] != o->rank[s * o->ages])
                return false;
        for (; at > 0 && o->rank[ret_stream[at - 1] * o->ages] < o->rank[s * o->ages]; at--)
            ret_stream[at] = ret_stream[at - 1];
        if (at > 0 && o->rank[ret_stream[at - 1] * o->ages] == o->rank[s * o->ages])
            return false;
        ret_stream[at] = (uint8_t)s;
    }
    return t->pauseds == 0;
}

/* How many of a stream ask, probes among them: hardly ever more. */
static uint32_t later_most(const struct sim_table *t, size_t s)
{
    const struct model *m = t->m;
    size_t probes = 0;
    float most = 0;

    for (size_t i = 0; i < m->draws; i++)
        most = m->draw[i].arrival[s] > most ? m->draw[i].arrival[s] : most;
    for (size_t d = 0; d < (size_t)m->days; d++)
        probes += t->probes[s * (size_t)m->days + d];
    double n = t->last[s] < 0 ? 0 : (double)most * (double)t->season[t->last[s]];
    n += 6 * sqrt(n) + 16 + (double)probes;
    return n < LATER_MOST ? (uint32_t)n : LATER_MOST;
}

static bool queue_make(struct sim_batch *b, struct arena *a)
{
    const struct history_order *o = b->t->m->order;
    size_t days = (size_t)b->t->m->days;

    for (size_t s = 0; s < o->streams; s++) {
        b->later[s] = b->queue_lane;
        b->later_room[s] = later_most(b->t, s);
        b->queue_lane += b->later_room[s] + 1; /* who is beyond the room is known by two entries */
    }
    b->rank = arena_array(a, o->streams * days, sizeof *b->rank);
    if (b->rank == NULL)
        return false;
    for (size_t s = 0; s < o->streams; s++)
        for (size_t age = 0; age < days; age++)
            b->rank[s * days + age] = (uint32_t)o->rank[s * o->ages + (age < o->ages ? age : o->ages - 1)]
                                      << 16;
    if (b->came_known)
        return true;
    b->queue = arena_array(a, LANES * b->queue_lane, sizeof *b->queue);
    for (size_t lane = 0; b->queue != NULL && lane < LANES; lane++)
        for (size_t s = 0; s < o->streams; s++)
            b->queue[lane * b->queue_lane + b->later[s] + b->later_room[s]] = SIM_BEYOND;
    return b->queue != NULL;
}

static bool list_make(struct sim_batch *b, struct arena *a)
{
    size_t days = (size_t)b->t->m->days, width = (b->t->m->n + 33) & ~(size_t)15;

    if (b->t->ask->list || !list_fits(b->t))
        return true;
    b->width = width;
    b->left = b->left_known ? NULL : arena_array(a, LANES * width, sizeof *b->left);
    b->is_strict = order_of(b->t, b->strict);
    b->priority = arena_array(a, days * width, sizeof *b->priority);
    b->has_priority = arena_array(a, days, sizeof *b->has_priority);
    b->moves = b->t->ask->only_probes ? 0 : width;
    b->moved = arena_array(a, days * b->moves + width, sizeof *b->moved);
    b->gone = arena_array(a, LANES + 1, width / 8);
    b->often = arena_array(a, width, sizeof *b->often);
    return queue_make(b, a) && (b->left_known || b->left != NULL) && b->priority != NULL &&
           b->has_priority != NULL && b->moved != NULL && b->gone != NULL && b->often != NULL;
}

struct sim_batch *sim_batch_make(const struct sim_table *t, const struct sim_wide *wide, struct arena *a)
{
    size_t days = (size_t)t->m->days;
    char *memory = arena_alloc(a, sizeof(struct sim_batch) + 64);

    if (memory == NULL)
        return NULL;
    struct sim_batch *b = (void *)(memory + (64 - (uintptr_t)memory % 64) % 64);
    b->t = t;
    b->wide = wide;
    b->rows = (days + 1) | 1; /* odd: the same day of all workers is not in the same lines of the cache */
    char *ends = arena_array(a, b->rows * t->m->workers + 1, LANES);
    b->came = arena_array(a, days * t->m->order->streams * LANES + 1, sizeof *b->came);
    b->done = arena_array(a, t->pauseds * LANES + 1, sizeof *b->done);
    bool sizes = t->ask->list || (t->sized >= 0 && !list_fits(t)); /* counted by the plain list */
    b->size = sizes ? arena_array(a, (days + 1) * LANES, sizeof *b->size) : NULL;
    if (ends == NULL || b->came == NULL || b->done == NULL || (sizes && b->size == NULL))
        return NULL;
    b->ends = (uint8_t *)(ends + (64 - (uintptr_t)ends % 64) % 64);
    b->uniform = t->m->draws == 1;
    b->alone = !t->ask->list && list_fits(t);
    b->enough = 1.25f;
    b->asked_until = t->sized;
    for (size_t i = 0; i < t->ask->probes; i++)
        b->asked_until = t->ask->probe[i].day > b->asked_until ? t->ask->probe[i].day : b->asked_until;
    for (size_t i = 0; i < t->m->n; i++)
        b->asked_until =
            t->m->waiting[i].resumes > b->asked_until ? t->m->waiting[i].resumes : b->asked_until;
    b->own_first = sim_everybody(b);
    sim_batch_share(b);
    return list_make(b, a) && sim_batch_places_make(b, a) ? b : NULL;
}

static void begin_list(struct sim_batch *b)
{
    for (size_t s = 0; s < b->t->m->order->streams; s++)
        b->standing[s] = b->t->main[s].n > 0 ? ~(uint64_t)0 : 0;
    memset(b->head, 0, sizeof b->head);
    memset(b->taken, 0, sizeof b->taken);
    memset(b->asks, 0, sizeof b->asks);
    memset(b->backlog, 0, sizeof b->backlog);
    memset(b->gone, 0, LANES * (b->width / 8));
    if (!b->left_known)
        b->wide->list_begin(b);
}

static void begin_lane(struct sim_batch *b, uint32_t lane, uint32_t replication)
{
    const struct sim_table *t = b->t;
    struct random_key key = random_key_of(t->ask->seed, replication);
    size_t days = (size_t)t->m->days;
    struct sim_draw draw;

    sim_draw_make(t->m, replication, &draw);
    b->draw[lane] = draw.p;
    b->a[lane] = key.a;
    b->b[lane] = key.b;
    b->duration[lane] = draw.p->duration;
    b->inverse[lane] = 1 / draw.p->duration;
    b->ill[lane] = draw.ill;
    b->well[lane] = draw.well;
    b->shift[lane] = random_at(key, random_place(RANDOM_ROOM, 0, 0));
    b->list[lane] = (struct sim_list){ .t = t,
                                       .key = key,
                                       .number = replication - t->ask->first,
                                       .step = LANES,
                                       .done = b->done + lane * t->pauseds,
                                       .size = b->size == NULL ? NULL : b->size + lane * (days + 1),
                                       .open = &b->open[lane] };
    b->open[lane] = (uint32_t)(t->m->n + t->ask->probes);
    for (uint32_t s = 0; s < t->m->order->streams; s++) {
        b->list[lane].came[s] = b->came + s * days * LANES + lane;
        b->list[lane].leaves[s] = b->leaves[s][lane] = draw.leaves[s];
        b->arrival[s][lane] = draw.p->arrival[s];
        b->next[s][lane] = sim_gap(t, key, s, 0);
        b->asked[s][lane] = 1;
    }
}

void sim_batch_begin(struct sim_batch *b, uint32_t first, uint32_t n)
{
    const struct sim_table *t = b->t;
    size_t days = (size_t)t->m->days;

    sim_batch_share_begin(b, first);
    for (uint32_t lane = 0; lane < LANES; lane++)
        begin_lane(b, lane, first + lane);
    b->first_draw = first % t->m->draws;
    memset(b->free_of, 0, sizeof b->free_of);
    b->n = n;
    b->active = n == LANES ? ~(uint64_t)0 : ((uint64_t)1 << n) - 1;
    memset(b->done, 0, t->pauseds * LANES * sizeof *b->done);
    if (b->size != NULL)
        memset(b->size, 0, (days + 1) * LANES * sizeof *b->size);
    if (b->width > 0)
        begin_list(b);
    b->own = b->own_first;
    b->wide->begin(b, b->own);
}
#endif
