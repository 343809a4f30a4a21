// SPDX-License-Identifier: EUPL-1.2
#include "forecast/simulate_days.h"

#ifdef SIM_WIDE
#include <string.h>

enum {
    DAYS_MOST = 1 << 25, /* bytes: beyond it, working out costs less than memory */
    BEYOND = 80,         /* days after the last one on which somebody asks */
    START_EACH = 4       /* days: a worker does not start more often, on average */
};

/* ---- of the model that they are known from ---- */

struct sim_days *sim_days_make(const struct sim_batch *b, size_t batches, struct arena *a)
{
    const struct model *m = b->t->m;
    int32_t until = (b->asked_until + BEYOND) / BATCH_BLOCK * BATCH_BLOCK + BATCH_BLOCK;
    struct sim_days d = { .until = until < m->days ? until : m->days, .workers = m->workers };
    size_t days = (size_t)d.until, lanes = batches * LANES;

    d.blocks = (days + BATCH_BLOCK - 1) / BATCH_BLOCK;
    d.log_room = lanes * (m->opens + m->workers * days / START_EACH + BATCH_BLOCK);
    if (!b->alone || m->workers == 0 || m->days * LANES > UINT16_MAX ||
        lanes * m->workers * days + d.log_room * sizeof *d.log > (size_t)DAYS_MOST)
        return NULL;
    d.free = arena_array(a, lanes * m->workers, days);
    d.free_of = arena_array(a, lanes * days, sizeof *d.free_of);
    d.busy = arena_array(a, lanes * m->workers, d.blocks + 1);
    d.present = arena_array(a, batches * m->workers * (d.blocks + 1), sizeof *d.present);
    d.log = arena_array(a, d.log_room, sizeof *d.log);
    d.piece = arena_array(a, batches * (d.blocks + 1) * m->workers + 1, sizeof *d.piece);
    struct sim_days *ret = arena_alloc(a, sizeof *ret);
    if (d.free == NULL || d.free_of == NULL || d.busy == NULL || d.present == NULL || d.log == NULL ||
        d.piece == NULL || ret == NULL)
        return NULL;
    *ret = d;
    return ret;
}

/* Of busy, present, piece. */
static size_t at_block(const struct sim_days *d, size_t batch, size_t block, size_t w)
{
    return (batch * (d->blocks + 1) + block) * d->workers + w;
}

void sim_days_begin(struct sim_days *d, struct sim_batch *b, size_t batch)
{
    b->log = d->log;
    b->log_room = d->log_room;
    b->keeps_free = true;
    for (size_t w = 0; w < d->workers; w++) {
        b->log_worker = w;
        b->wide->begin(b, (uint64_t)1 << w);
        d->piece[at_block(d, batch, 0, w) + 1] = b->logged;
    }
    b->log = NULL;
}

void sim_days_block(struct sim_days *d, struct sim_batch *b, size_t batch, int32_t day)
{
    size_t block = (size_t)(day / BATCH_BLOCK), at = at_block(d, batch, block, 0);
    int32_t end = sim_block_end(b, day);

    if (day > d->until)
        return;
    memcpy(d->busy + at * LANES, b->busy, d->workers * LANES);
    memcpy(d->present + at, b->present, d->workers * sizeof *d->present);
    if (day == d->until)
        return;
    b->log = d->log;
    for (size_t w = 0; w < d->workers; w++) {
        size_t first = (batch * d->workers + w) * (size_t)d->until + (size_t)day;
        uint16_t *sum = d->free_of + (batch * (size_t)d->until + (size_t)day) * LANES;

        b->log_worker = w;
        b->wide->alone(b, day, end, (uint64_t)1 << w);
        d->piece[at_block(d, batch, block + 1, w) + 1] = b->logged;
        memcpy(d->free + first * LANES, b->free_by[w], (size_t)(end - day) * LANES);
        for (size_t i = 0; i < (size_t)(end - day) * LANES; i++)
            sum[i] = (uint16_t)(sum[i] + d->free[first * LANES + i]);
    }
    memcpy(b->free_of, d->free_of + (batch * (size_t)d->until + (size_t)day) * LANES,
           (size_t)(end - day) * sizeof *b->free_of);
    b->log = NULL;
}

bool sim_days_end(const struct sim_days *d, const struct sim_batch *b)
{
    return b->logged < d->log_room;
}

/* ---- of a model that differs a little ---- */

static bool same_worker(const struct model *m, const struct model *of, size_t w)
{
    const struct model_worker *a = &m->worker[w], *b = &of->worker[w];

    return a->from == b->from && a->back == b->back && a->back_of == b->back_of &&
           a->case_first == b->case_first && a->case_n == b->case_n && a->more == b->more;
}

void sim_days_find(struct sim_batch *b, const struct sim_days *d, const struct sim_table *from)
{
    const struct model *m = b->t->m, *of = from->m;
    uint64_t same = 0;

    if (d == NULL || m->workers < d->workers || m->open != of->open || m->opens != of->opens ||
        b->t->help != from->help || memcmp(m->working, of->working, (size_t)d->until) != 0)
        return;
    for (size_t w = 0; w < d->workers; w++)
        same |= (uint64_t)same_worker(m, of, w) << w;
    b->differs_from = m->days;
    for (int32_t day = 0; day < d->until; day++) {
        uint64_t differ = m->room[day] != of->room[day] ? same : same & (b->t->here[day] ^ from->here[day]);

        if (differ != 0 && b->differ == 0)
            b->differs_from = day;
        b->differ |= differ;
    }
    b->known = d;
    b->own_first &= ~same;
}

/* Four at a time, as the processor can. */
static void ends_count(uint8_t *ends, const uint16_t *log, const uint16_t *end)
{
    for (; log + 4 <= end; log += 4) {
        ends[log[0]]++;
        ends[log[1]]++;
        ends[log[2]]++;
        ends[log[3]]++;
    }
    for (; log < end; log++)
        ends[*log]++;
}

void sim_days_take(struct sim_batch *b, int32_t day, uint64_t who)
{
    const struct sim_days *d = b->known;
    size_t block = (size_t)(day / BATCH_BLOCK), at = at_block(d, b->batch, block, 0);

    for (uint64_t rest = who; rest != 0; rest &= rest - 1) {
        size_t w = (size_t)__builtin_ctzll(rest);

        memcpy(b->busy[w], d->busy + (at + w) * LANES, LANES);
        b->present[w] = d->present[at + w];
        memset(b->ends + (w * b->rows + (size_t)day) * LANES, 0, (b->rows - (size_t)day) * LANES);
        for (size_t k = 0; k <= block; k++) {
            size_t piece = at_block(d, b->batch, k, w);
            ends_count(b->ends + w * b->rows * LANES, d->log + d->piece[piece], d->log + d->piece[piece + 1]);
        }
    }
    b->own |= who;
}

void sim_days_join(struct sim_batch *b, int32_t day, bool alone)
{
    uint64_t known = ~b->own & sim_everybody(b);
    int32_t end = sim_block_end(b, day);

    if (!alone || end > b->known->until)
        sim_days_take(b, day, known);
    else if (end > b->differs_from)
        sim_days_take(b, day, known & b->differ);
}

void sim_days_add(struct sim_batch *b, int32_t day)
{
    const struct sim_days *d = b->known;
    size_t n = (size_t)(sim_block_end(b, day) - day) * LANES;
    const uint16_t *all = d->free_of + (b->batch * (size_t)d->until + (size_t)day) * LANES;
    uint16_t *sum = b->free_of[0];

    for (size_t i = 0; i < n; i++)
        sum[i] = (uint16_t)(sum[i] + all[i]);
    for (uint64_t own = b->own & ~(uint64_t)0 >> (64 - d->workers); own != 0; own &= own - 1) {
        size_t w = (size_t)__builtin_ctzll(own);
        const uint8_t *free =
            d->free + ((b->batch * d->workers + w) * (size_t)d->until + (size_t)day) * LANES;
        for (size_t i = 0; i < n; i++)
            sum[i] = (uint16_t)(sum[i] - free[i]);
    }
}
#endif
