// SPDX-License-Identifier: EUPL-1.2
#include "forecast/simulate_days.h"
#include "forecast/simulate_lists.h"

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
