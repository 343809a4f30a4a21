// SPDX-License-Identifier: EUPL-1.2
/* The days of a batch, and what they add to the result. It is made and begins in simulate_batch_make.c. */
#include "forecast/simulate_days.h"
#include "forecast/simulate_lists.h"

#ifdef SIM_WIDE
#include <string.h>

/* Fewer starts than places: who has most room first (as `spread` of simulate_plain.c). */
static void spread(struct sim_batch *b, uint32_t lane, uint32_t starts)
{
    uint8_t above[256] = { 0 }; /* workers with so much room */
    uint32_t level = 0, over, extra = 0, takes = 0, most = 0;

    for (uint64_t who = b->starters; who != 0; who &= who - 1) {
        uint32_t f = b->free[__builtin_ctzll(who)][lane];
        above[f]++;
        most = f > most ? f : most;
    }
    for (level = most; level > 0 && takes < starts; level--) {
        extra += above[level]; /* so many have more than level - 1 */
        takes += extra;
    }
    over = takes - starts;
    extra -= over;
    for (uint64_t who = b->starters; who != 0; who &= who - 1) {
        uint8_t *free = &b->free[__builtin_ctzll(who)][lane];
        uint32_t f = *free;

        *free = (uint8_t)(f > level ? f - level - (extra == 0) : 0);
        extra -= f > level && extra > 0;
    }
}

static void turns_plain(struct sim_batch *b, int32_t day, struct sim_tally *tally)
{
    for (uint64_t lanes = b->active; lanes != 0; lanes &= lanes - 1) {
        uint32_t lane = (uint32_t)__builtin_ctzll(lanes);
        uint32_t places = b->places[lane];

        b->left_over[lane] = places - (places > 0 ? sim_list_turns(&b->list[lane], day, places, tally) : 0);
        if (b->open[lane] == 0 && day >= b->t->sized)
            b->active &= ~((uint64_t)1 << lane);
    }
}

static void turns(struct sim_batch *b, int32_t day, struct sim_tally *tally)
{
    for (uint32_t lane = 0; b->t->m->workers > 0 && lane < LANES; lane++)
        b->places[lane] = b->free_of[day % BATCH_BLOCK][lane];
    if (b->t->m->workers == 0)
        sim_batch_places(b, day);
    if (b->width > 0)
        b->wide->list_turns(b, day, tally);
    else
        turns_plain(b, day, tally);
}

/* Places that nobody took. */
static void places_left(struct sim_batch *b, uint64_t lanes)
{
    for (; lanes != 0; lanes &= lanes - 1) {
        uint32_t lane = (uint32_t)__builtin_ctzll(lanes);
        if (b->left_over[lane] > 0)
            spread(b, lane, b->places[lane] - b->left_over[lane]);
    }
}

/* The size of the list of each lane, if it is asked for at the end of this day. */
static void keep_sizes(const struct sim_batch *b, int32_t day, struct sim_tally *tally)
{
    const struct sim_table *t = b->t;
    uint32_t size[LANES];
    bool counted = false;

    for (size_t i = 0; i < t->ask->sizes; i++) {
        if (t->ask->size_day[i] != day)
            continue;
        if (!counted)
            b->wide->list_size(b, day, size);
        counted = true;
        for (uint32_t lane = 0; lane < b->n; lane++)
            tally->list[(size_t)(b->list[lane].number) * t->ask->sizes + i] =
                (uint16_t)(size[lane] < 65535 ? size[lane] : 65535);
    }
}

static void block(struct sim_batch *b, int32_t day, bool alone)
{
    size_t workers = b->t->m->workers;

    b->wide->block(b, day);
    b->has_cases = false;
    if (b->known != NULL)
        sim_days_join(b, day, alone);
    if (!alone)
        return;
    b->keeps_free = day <= b->asked_until;
    if (b->keeps_free) {
        memcpy(b->busy_before, b->busy, workers * sizeof *b->busy);
        memcpy(b->present_before, b->present, workers * sizeof *b->present);
    }
    b->wide->alone(b, day, sim_block_end(b, day), b->own);
    if (b->own != sim_everybody(b))
        sim_days_add(b, day);
}

/* Places were left today: what is taken is right, but workers have gone on as if it were all. From here on
 * they do not go alone. */
static void go_back(struct sim_batch *b, int32_t day, uint64_t followed)
{
    uint64_t active = b->active, known = sim_everybody(b) & ~b->own;
    int32_t begin = day - day % BATCH_BLOCK;

    b->wide->back(b, day, sim_block_end(b, day), b->own);
    if (known != 0) {
        sim_days_take(b, begin, known);
        b->wide->alone(b, begin, day, known);
    }
    b->active = followed;
    b->wide->places(b, day);
    b->active = active;
    b->enough *= 1.5f;
}

/* Whether places were left in a lane that is not finished: then some worker had more room than was used. */
static bool some_left(const struct sim_batch *b)
{
    for (uint64_t lanes = b->active; lanes != 0; lanes &= lanes - 1)
        if (b->left_over[__builtin_ctzll(lanes)] > 0)
            return true;
    return false;
}

/* Whether it is likely that in no lane that is followed places will be left in the block that begins: more
 * people wait than there were places in the block before. Who has left is among them, hence `enough`. */
static bool enough_wait(const struct sim_batch *b, int32_t day)
{
    const struct sim_table *t = b->t;
    uint32_t waits[LANES] = { 0 }, places[LANES] = { 0 };
    uint64_t few = 0;

    if (day > b->asked_until) /* then places are only left in a lane when all had the turn: it is finished */
        return true;
    if (b->own != sim_everybody(b)) /* going back costs less than days that are known */
        return true;
    for (size_t s = 0; s < t->m->order->streams; s++)
        for (size_t lane = 0; lane < LANES; lane++)
            waits[lane] += t->main[s].n - b->head[s][lane] + b->backlog[s][lane];
    for (size_t d = 0; d < BATCH_BLOCK; d++)
        for (size_t lane = 0; lane < LANES; lane++)
            places[lane] += b->free_of[d][lane];
    for (size_t lane = 0; lane < LANES; lane++)
        few |= (uint64_t)((float)waits[lane] <= (float)places[lane] * b->enough) << lane;
    return (few & b->active) == 0;
}

/* A day on which help may start. *alone: whether workers go through the block alone. */
static void day_work(struct sim_batch *b, int32_t day, bool *alone, struct sim_tally *tally)
{
    size_t workers = b->t->m->workers;
    uint64_t followed = b->active;

    turns(b, day, tally);
    if (*alone && some_left(b)) {
        go_back(b, day, followed);
        *alone = false;
    }
    if (workers > 0 && !*alone) {
        places_left(b, followed);
        b->wide->start(b, day);
    }
}

static void days_run(struct sim_batch *b, struct sim_tally *tally)
{
    const struct model *m = b->t->m;
    bool alone = false;

    for (int32_t day = 0; day < m->days && b->active != 0; day++) {
        if (m->workers > 0 && day % BATCH_BLOCK == 0) {
            alone = b->alone && enough_wait(b, day);
            block(b, day, alone);
        }
        if (!b->came_known)
            b->wide->requests(b, day);
        if (day < b->resumes)
            continue;
        if (day == b->resumes && day > 0)
            sim_lists_take(b, b->lists, day);
        if (b->width > 0)
            b->wide->list_day(b, day);
        if (m->workers > 0 && !alone)
            b->wide->places(b, day);
        if (m->working[day])
            day_work(b, day, &alone, tally);
        if (b->width > 0 && day <= b->t->sized)
            keep_sizes(b, day, tally);
    }
}

void sim_batch_run(struct sim_batch *b, uint32_t first, uint32_t n, struct sim_tally *tally)
{
    const struct sim_table *t = b->t;
    const struct model *m = t->m;

    sim_batch_begin(b, first, n);
    if (m->n + t->ask->probes == 0 && t->sized < 0)
        b->active = 0;
    days_run(b, tally);
    if (b->width > 0 && !t->ask->only_probes)
        b->wide->list_end(b);
    for (uint32_t lane = 0; lane < n && !(t->ask->only_probes && b->width > 0); lane++) {
        for (size_t s = 0; b->width > 0 && s < m->order->streams; s++)
            b->list[lane].head[s] = b->head[s][lane];
        sim_list_end(&b->list[lane], tally);
        if (b->size != NULL)
            sim_sizes_keep(t, b->list[lane].size, tally->list + (size_t)b->list[lane].number * sim_sizes(t));
    }
}

bool sim_batch_list(struct sim_batch *b, int32_t day, struct sim_tally *tally)
{
    b->wide->list_day(b, day);
    if (!b->t->m->working[day])
        return false;
    turns(b, day, tally);
    return some_left(b);
}

void sim_batch_log(struct sim_batch *b, const uint32_t *ends, size_t n)
{
    uint32_t first = (uint32_t)(b->log_worker * b->rows * LANES), beyond = (uint32_t)b->t->m->days * LANES;

    for (size_t i = 0; i < n && b->logged < b->log_room; i++) {
        b->log[b->logged] = (uint16_t)(ends[i] - first);
        b->logged += ends[i] - first < beyond;
    }
}

/* A line of the result holds so many days: it is written once. */
enum { LINE_DAYS = 16, TILE = 16 /* places, at most what the width is rounded up by */ };

/* Nobody of these places has the turn on these days: most of them wait longer, or not so long. */
static bool nobody_moves(const struct sim_batch *b, size_t place, size_t day, size_t days,
                         const uint32_t turn[LINE_DAYS])
{
    uint32_t any = 0;

    for (size_t d = 0; d < LINE_DAYS; d++)
        any |= turn[d];
    for (size_t d = 0; d < days && any == 0; d++)
        for (size_t i = 0; i < TILE; i++)
            any |= (uint32_t)b->moved[(day + d) * b->moves + place + i];
    return any == 0;
}

static void add_days(const struct sim_batch *b, size_t day, size_t days, struct sim_tally *tally)
{
    size_t columns = (size_t)b->t->m->days + 1;
    uint32_t turn[LINE_DAYS] = { 0 };

    for (size_t i = 0; i < b->t->m->n; i++) {
        uint32_t *start = &tally->start[b->t->person[i] * columns + day];

        if (i % TILE == 0 && nobody_moves(b, i, day, days, turn)) {
            i += TILE - 1;
            continue;
        }
        for (size_t d = 0; d < days; d++) {
            turn[d] += (uint32_t)b->moved[(day + d) * b->moves + i];
            start[d] += turn[d];
        }
    }
}

void sim_batch_end(struct sim_batch *b, struct sim_tally *tally)
{
    size_t days = (size_t)b->t->m->days;

    for (size_t d = 0; b->moves > 0 && d < days; d += LINE_DAYS)
        add_days(b, d, days - d < LINE_DAYS ? days - d : LINE_DAYS, tally);
    for (size_t i = 0; b->moves > 0 && i < b->t->m->n; i++)
        tally->left[b->t->person[i]] += b->often[i];
}
#endif
