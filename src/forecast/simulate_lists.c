// SPDX-License-Identifier: EUPL-1.2
#include "forecast/simulate_lists.h"

#ifdef SIM_WIDE
#include <string.h>

static int32_t first_probe(const struct sim_table *t)
{
    int32_t first = t->m->days;

    for (size_t i = 0; i < t->ask->probes; i++)
        first = t->ask->probe[i].day < first ? t->ask->probe[i].day : first;
    if (t->ask->sizes > 0 && t->ask->size_day[0] < first)
        first = t->ask->size_day[0];
    return first;
}

struct sim_lists *sim_lists_make(const struct sim_batch *b, size_t batches, struct arena *a)
{
    size_t streams = b->t->m->order->streams;
    struct sim_lists l = { .until = first_probe(b->t) / BATCH_BLOCK * BATCH_BLOCK, .streams = streams };
    struct sim_lists *ret = arena_alloc(a, sizeof *ret);

    if (b->width == 0 || b->moves > 0 || b->t->pauseds > 0 || b->t->ask->probes == 0)
        return NULL;
    l.blocks = (size_t)(l.until / BATCH_BLOCK) + 1;
    l.of_lane = arena_array(a, batches * l.blocks * (3 * streams + 1) * LANES, sizeof *l.of_lane);
    l.standing = arena_array(a, batches * l.blocks * streams, sizeof *l.standing);
    if (l.of_lane == NULL || l.standing == NULL || ret == NULL)
        return NULL;
    *ret = l;
    return ret;
}

static size_t at_block(const struct sim_lists *l, size_t batch, int32_t day)
{
    return batch * l->blocks + (size_t)(day / BATCH_BLOCK);
}

static void keep(struct sim_lists *l, const struct sim_batch *b, size_t at)
{
    uint32_t *to = l->of_lane + at * (3 * l->streams + 1) * LANES;

    for (size_t s = 0; s < l->streams; s++, to += 3 * LANES) {
        memcpy(to, b->head[s], sizeof *b->head);
        memcpy(to + LANES, b->taken[s], sizeof *b->taken);
        memcpy(to + 2 * (size_t)LANES, b->backlog[s], sizeof *b->backlog);
    }
    memcpy(to, b->open, sizeof b->open);
    memcpy(l->standing + at * l->streams, b->standing, l->streams * sizeof *b->standing);
}

void sim_lists_day(struct sim_lists *l, struct sim_batch *b, size_t batch, int32_t day)
{
    struct sim_tally none = { 0 }; /* no probe asks before `until` */

    if (day > l->until)
        return;
    if (day % BATCH_BLOCK == 0)
        keep(l, b, at_block(l, batch, day));
    if (day < l->until && sim_batch_list(b, day, &none)) /* workers were not all alone: known up to here */
        l->until = day / BATCH_BLOCK * BATCH_BLOCK;
}

int32_t sim_lists_find(const struct sim_batch *b, const struct sim_lists *l, const struct sim_table *from)
{
    const struct model *m = b->t->m, *of = from->m;
    int32_t same = 0;

    if (l == NULL || b->known == NULL || !b->left_known || !b->t->ask->only_probes || m->order != of->order ||
        memcmp(b->t->last, from->last, l->streams * sizeof *from->last) != 0 ||
        memcmp(b->t->probes, from->probes, l->streams * (size_t)m->days) != 0)
        return 0;
    while (same < l->until && same < b->differs_from && m->season[same] == of->season[same] &&
           (b->t->here[same] & b->own_first) == 0)
        same++;
    return same / BATCH_BLOCK * BATCH_BLOCK;
}

void sim_lists_take(struct sim_batch *b, const struct sim_lists *l, int32_t day)
{
    size_t at = at_block(l, b->batch, day);
    const uint32_t *of = l->of_lane + at * (3 * l->streams + 1) * LANES;

    for (size_t s = 0; s < l->streams; s++, of += 3 * LANES) {
        memcpy(b->head[s], of, sizeof *b->head);
        memcpy(b->taken[s], of + LANES, sizeof *b->taken);
        memcpy(b->backlog[s], of + 2 * (size_t)LANES, sizeof *b->backlog);
    }
    memcpy(b->open, of, sizeof b->open);
    memcpy(b->standing, l->standing + at * l->streams, l->streams * sizeof *b->standing);
}
#endif
