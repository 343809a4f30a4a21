// SPDX-License-Identifier: EUPL-1.2
/* One replication at a time, in the plainest way: this is what the model means. */
#include "forecast/simulate_core.h"

#include <string.h>

struct sim_plain {
    const struct sim_table *t;
    struct sim_list list;
    uint32_t open;
    uint16_t *ends; /* day × workers: cases that give their place free */
    uint16_t *came; /* streams × days */
    int32_t *size;
    struct {
        uint32_t busy, changes, free, shift;
        int32_t change; /* the day on which it falls ill or is back */
        bool away;
    } worker[MODEL_WORKERS_MAX];
    struct {
        float next; /* in the expected number of requests since day 0 */
        uint32_t asked;
    } coming[HISTORY_STREAMS_MAX];
    struct random_key key;
    struct sim_draw draw;
};

struct sim_plain *sim_plain_make(const struct sim_table *t, struct arena *a)
{
    size_t days = (size_t)t->m->days;
    struct sim_plain *w = arena_alloc(a, sizeof *w);

    if (w == NULL)
        return NULL;
    w->t = t;
    w->ends = arena_array(a, days * (t->m->workers + 1), sizeof *w->ends);
    w->came = arena_array(a, days * t->m->order->streams, sizeof *w->came);
    w->size = t->sized >= 0 ? arena_array(a, days + 1, sizeof *w->size) : NULL;
    w->list.done = arena_array(a, t->pauseds + 1, sizeof *w->list.done);
    if (w->ends == NULL || w->came == NULL || w->list.done == NULL || (t->sized >= 0 && w->size == NULL))
        return NULL;
    return w;
}

static int32_t next_change(struct sim_plain *w, size_t i, int32_t day)
{
    uint32_t u = random_at(w->key, random_place(RANDOM_ILL, (uint32_t)i, w->worker[i].changes++));

    return day + 1 + sim_wait(w->t, u, w->worker[i].away ? w->draw.well : w->draw.ill);
}

static void open_cases(struct sim_plain *w, size_t i)
{
    const struct model *m = w->t->m;
    const struct model_worker *p = &m->worker[i];
    int32_t still = p->back == 0 ? 0 : w->worker[i].change < m->days ? w->worker[i].change : m->days;

    for (uint32_t c = p->case_first; c < p->case_first + p->case_n; c++) {
        uint32_t u = random_at(w->key, random_place(RANDOM_OPEN, 0, c));
        int32_t day = still + sim_open_ends(w->t, c, w->draw.p->duration, u);
        if (day < m->days)
            w->ends[(size_t)day * m->workers + i]++;
    }
    w->worker[i].busy = p->case_n;
}

static void begin_workers(struct sim_plain *w, uint32_t replication)
{
    const struct model *m = w->t->m;
    uint32_t shift = random_at(w->key, random_place(RANDOM_ROOM, 0, 0));

    memset(w->ends, 0, (size_t)m->days * m->workers * sizeof *w->ends);
    memset(w->worker, 0, sizeof w->worker);
    for (size_t i = 0; i < m->workers; i++) {
        const struct model_worker *p = &m->worker[i];
        int32_t back = model_back(m, i, replication);

        w->worker[i].away = back != 0;
        w->worker[i].shift = shift;
        w->worker[i].change = back > 0 ? back : next_change(w, i, p->from > 0 ? p->from : 0);
        open_cases(w, i);
    }
}

static void begin(struct sim_plain *w, uint32_t replication)
{
    const struct sim_table *t = w->t;
    const struct model *m = t->m;
    w->key = random_key_of(t->ask->seed, replication);
    sim_draw_make(m, replication, &w->draw);
    memset(w->list.done, 0, t->pauseds * sizeof *w->list.done);
    w->list = (struct sim_list){ .t = t,
                                 .key = w->key,
                                 .number = replication - t->ask->first,
                                 .step = 1,
                                 .done = w->list.done,
                                 .size = w->size,
                                 .open = &w->open };
    w->open = (uint32_t)(m->n + t->ask->probes);
    for (uint32_t s = 0; s < m->order->streams; s++) {
        w->list.came[s] = w->came + s * (size_t)m->days;
        w->list.leaves[s] = w->draw.leaves[s];
        w->coming[s].next = sim_gap(t, w->key, s, 0);
        w->coming[s].asked = 1;
    }
    if (w->size != NULL)
        memset(w->size, 0, ((size_t)m->days + 1) * sizeof *w->size);
    begin_workers(w, replication);
}

static void morning(struct sim_plain *w, int32_t day)
{
    const struct model *m = w->t->m;

    for (size_t i = 0; i < m->workers; i++) {
        w->worker[i].busy -= w->ends[(size_t)day * m->workers + i];
        if (w->worker[i].change == day) {
            w->worker[i].away = !w->worker[i].away;
            w->worker[i].change = next_change(w, i, day);
        }
    }
}

/* Requests come at exponential gaps of the expected number (the time change of a Poisson process with a rate
 * that varies: Çinlar 1975, Introduction to Stochastic Processes, section 4.7). */
static void requests(struct sim_plain *w, int32_t day)
{
    const struct sim_table *t = w->t;

    for (uint32_t s = 0; s < t->m->order->streams; s++) {
        float until = w->draw.p->arrival[s] * t->season[day];
        uint32_t n = 0;

        for (; day <= t->last[s] && w->coming[s].next < until; n++)
            w->coming[s].next += sim_gap(t, w->key, s, w->coming[s].asked++);
        w->came[s * (size_t)t->m->days + (size_t)day] = (uint16_t)n;
        if (w->size != NULL)
            w->size[day] += (int32_t)n;
    }
}

static uint32_t places(struct sim_plain *w, int32_t day)
{
    const struct model *m = w->t->m;
    uint32_t room = sim_room_fixed(m, day, w->draw.p), all = 0;

    for (size_t i = 0; i < m->workers; i++) {
        uint32_t cases = sim_room(room, w->worker[i].shift, (uint32_t)i, w->t->more[i]);
        bool here = (w->t->here[day] >> i & 1) != 0 && !w->worker[i].away;

        w->worker[i].free = here && cases > w->worker[i].busy ? cases - w->worker[i].busy : 0;
        all += w->worker[i].free;
    }
    return all;
}

/* Fewer starts than places: who has most room first, so that in the end everybody has at most `level` free,
 * and as many as there are starts left over have one less than level + 1. */
static void spread(struct sim_plain *w, uint32_t starts)
{
    uint32_t level = 0, over = 0, extra;

    for (uint32_t f = 0; f < 256; f++) { /* the highest level that takes no less than `starts` */
        uint32_t takes = 0;
        for (size_t i = 0; i < w->t->m->workers; i++)
            takes += w->worker[i].free > f ? w->worker[i].free - f : 0;
        if (takes < starts)
            break;
        level = f;
        over = takes - starts;
    }
    extra = 0;
    for (size_t i = 0; i < w->t->m->workers; i++)
        extra += w->worker[i].free > level;
    extra -= over; /* so many of them, the first, come down to the level, the others stay one above */
    for (size_t i = 0; i < w->t->m->workers; i++) {
        uint32_t free = w->worker[i].free;

        w->worker[i].free = free > level ? free - level - (extra == 0) : 0;
        extra -= free > level && extra > 0;
    }
}

static void start(struct sim_plain *w, int32_t day)
{
    const struct model *m = w->t->m;

    for (size_t i = 0; i < m->workers; i++) {
        w->worker[i].busy += w->worker[i].free;
        for (uint32_t nth = 0; nth < w->worker[i].free; nth++) {
            uint32_t u = random_at(w->key, sim_help_at((uint32_t)i, (uint32_t)day, nth));
            int32_t ends = day + 1 + (int32_t)(w->t->help[u >> (32 - HELP_BITS)] * w->draw.p->duration);

            if (ends < m->days)
                w->ends[(size_t)ends * m->workers + i]++;
        }
    }
}

void sim_plain_run(struct sim_plain *w, uint32_t replication, struct sim_tally *tally)
{
    const struct sim_table *t = w->t;
    const struct model *m = t->m;

    begin(w, replication);
    for (int32_t day = 0; day < m->days && (w->open > 0 || day <= t->sized); day++) {
        if (day > 0)
            morning(w, day);
        requests(w, day);
        if (!m->working[day])
            continue;
        uint32_t n = m->workers == 0 ? sim_places(m, w->draw.p, day, w->key) : places(w, day);
        uint32_t starts = sim_list_turns(&w->list, day, n, tally);
        if (m->workers > 0 && starts < n)
            spread(w, starts);
        if (m->workers > 0)
            start(w, day);
    }
    sim_list_end(&w->list, tally);
    if (t->sized >= 0)
        sim_sizes_keep(t, w->size, tally->list + (size_t)(replication - t->ask->first) * sim_sizes(t));
}
