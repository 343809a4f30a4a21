// SPDX-License-Identifier: EUPL-1.2
/* What is worked out once for a model, before the replications. */
#include "forecast/simulate_core.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool is_chance(float v)
{
    return v >= 0 && v <= 1;
}

static bool draw_valid(const struct model *m, const struct model_draw *p)
{
    for (size_t s = 0; s < m->order->streams; s++)
        if (!(p->arrival[s] >= 0 && p->arrival[s] <= 100000) || !is_chance(p->leave[s]))
            return false;
    return is_chance(p->ill) && is_chance(p->well) && p->duration > 0 && p->room >= 0 && p->rate >= 0 &&
           p->rate <= 100000 && isfinite(p->duration) && isfinite(p->room) && isfinite(p->drift);
}

static bool back_valid(const struct model_worker *p, size_t draws)
{
    if (p->back_of == NULL)
        return true;
    for (size_t i = 0; i < draws; i++)
        if (p->back_of[i] < 1)
            return false;
    return p->back != 0;
}

static bool staff_valid(const struct model *m)
{
    if (m->workers == 0)
        return m->dispersion >= 0 && isfinite(m->dispersion);
    if (m->workers > MODEL_WORKERS_MAX || m->durations == 0 || m->room == NULL || m->duration == NULL)
        return false;
    for (size_t w = 0; w < m->workers; w++)
        if (m->worker[w].case_first > m->opens || m->worker[w].case_n > m->opens - m->worker[w].case_first ||
            m->worker[w].case_n > 250 || !(fabsf(m->worker[w].more) <= 250) ||
            !back_valid(&m->worker[w], m->draws))
            return false;
    return true;
}

bool model_valid(const struct model *m)
{
    if (m->days < 1 || m->days > MODEL_DAYS_MAX || m->order == NULL || m->order->streams == 0 ||
        m->order->streams > HISTORY_STREAMS_MAX || m->order->ages == 0 || m->draws == 0 || m->n > 1u << 20 ||
        m->opens > 1u << 20 || !staff_valid(m))
        return false;
    for (size_t i = 0; i < m->n; i++)
        if (m->waiting[i].stream < 0 || (size_t)m->waiting[i].stream >= m->order->streams ||
            m->waiting[i].waited < 0)
            return false;
    for (size_t i = 0; i < m->draws; i++)
        if (!draw_valid(m, &m->draw[i]))
            return false;
    return true;
}

static uint32_t rank_of(const struct history_order *o, size_t stream, int32_t age)
{
    size_t at = age < 0 ? 0 : (size_t)age;

    return o->rank[stream * o->ages + (at < o->ages ? at : o->ages - 1)];
}

/* ---- who waits ---- */

struct asked {
    int32_t waited;
    uint32_t i;
};

static int asked_first(const void *a, const void *b)
{
    const struct asked *x = a, *y = b;

    return x->waited != y->waited ? (x->waited > y->waited ? -1 : 1) : (x->i > y->i) - (x->i < y->i);
}

/* Paused persons of a stream in queues of 64; the mask of a day says who is back. */
static bool paused_add(struct sim_table *t, const struct asked *order, size_t stream, uint32_t *at,
                       struct arena *a)
{
    const struct model *m = t->m;
    struct sim_queue *q = NULL;
    uint64_t *back = NULL;

    for (size_t k = 0; k < m->n; k++) {
        const struct model_waiting *p = &m->waiting[order[k].i];

        if ((size_t)p->stream != stream || p->resumes <= 0)
            continue;
        if (q == NULL || q->n == 64) {
            back = arena_array(a, (size_t)m->days, sizeof *back);
            if (back == NULL)
                return false;
            q = &t->paused[t->pauseds++];
            *q = (struct sim_queue){ .first = *at, .stream = (int16_t)stream, .back = back };
        }
        for (int32_t d = p->resumes; d < m->days; d++)
            back[d] |= (uint64_t)1 << q->n;
        t->person[(*at)++] = order[k].i;
        q->n++;
    }
    return true;
}

static bool queues_make(struct sim_table *t, struct arena *a)
{
    const struct model *m = t->m;
    struct asked *order = arena_array(a, m->n + 1, sizeof *order);
    uint32_t at = 0, below = ((uint32_t)m->days + 1) * HISTORY_STREAMS_MAX;

    t->person = arena_array(a, m->n + 16, sizeof *t->person);
    t->senior = arena_array(a, m->n + 1, sizeof *t->senior);
    t->paused = arena_array(a, m->n / 64 + m->order->streams + 1, sizeof *t->paused);
    if (order == NULL || t->person == NULL || t->senior == NULL || t->paused == NULL)
        return false;
    for (uint32_t i = 0; i < m->n; i++)
        order[i] = (struct asked){ m->waiting[i].waited, i };
    qsort(order, m->n, sizeof *order, asked_first);
    for (uint32_t k = 0; k < m->n; k++)
        t->senior[order[k].i] = below + (uint32_t)m->n - k;
    for (size_t s = 0; s < m->order->streams; s++) {
        t->main[s] = (struct sim_queue){ .first = at, .stream = (int16_t)s };
        for (size_t k = 0; k < m->n; k++)
            if ((size_t)m->waiting[order[k].i].stream == s && m->waiting[order[k].i].resumes <= 0) {
                t->person[at++] = order[k].i;
                t->main[s].n++;
            }
        if (!paused_add(t, order, s, &at, a))
            return false;
    }
    return true;
}

/* ---- who comes later and matters ---- */

/* The last day on which somebody of `stream` can ask and still overtake who asked `waited` days before day 0
 * in stream `of`: at some later day the rank is higher. Ranks never fall, so the age that it takes only
 * grows. */
static int32_t last_overtakes(const struct model *m, size_t stream, size_t of, int32_t waited)
{
    int32_t age = 0, last = -1;

    for (int32_t d = waited < 0 ? -waited : 0; d < m->days; d++) {
        uint32_t rank = rank_of(m->order, of, waited + d);

        while (age <= d && rank_of(m->order, stream, age) <= rank)
            age++;
        if (age > d) {
            age = d; /* nobody who came from day 0 on is old enough; tomorrow one more day */
            continue;
        }
        last = d - age > last ? d - age : last;
    }
    return last;
}

static void last_of(struct sim_table *t)
{
    const struct model *m = t->m;
    size_t streams = m->order->streams;
    int32_t youngest[HISTORY_STREAMS_MAX], always = t->sized;

    for (size_t s = 0; s < streams; s++)
        youngest[s] = INT32_MAX;
    for (size_t i = 0; i < m->n; i++) {
        const struct model_waiting *p = &m->waiting[i];

        if (p->waited < youngest[p->stream])
            youngest[p->stream] = p->waited;
        if (p->resumes - 1 > always) /* while somebody is away, who comes can take the place */
            always = p->resumes - 1 < m->days ? p->resumes - 1 : m->days - 1;
    }
    for (size_t i = 0; i < t->ask->probes; i++) {
        const struct simulate_probe *p = &t->ask->probe[i];

        if (-p->day < youngest[p->stream])
            youngest[p->stream] = -p->day;
        always = p->day > always ? p->day : always;
    }
    for (size_t s = 0; s < streams; s++) {
        t->last[s] = always;
        for (size_t of = 0; of < streams; of++) {
            int32_t last = youngest[of] == INT32_MAX ? -1 : last_overtakes(m, s, of, youngest[of]);
            t->last[s] = last > t->last[s] ? last : t->last[s];
        }
    }
}

/* ---- workers ---- */

static void here_make(struct sim_table *t)
{
    const struct model *m = t->m;

    for (int32_t d = 0; d < m->days; d++) {
        for (size_t w = 0; w < m->workers; w++)
            if (m->worker[w].from <= d && d <= m->worker[w].to)
                t->here[d] |= (uint64_t)1 << w;
        if (m->leave != NULL)
            t->here[d] &= ~m->leave[d];
    }
}

/* A case of t days gives its place free after t days rounded up. The levels lie just below the days, so that
 * this is one more than rounded down. */
static void help_make(struct sim_table *t)
{
    const struct model *m = t->m;
    uint32_t n = 1u << HELP_BITS, level = 0;

    for (uint32_t i = 0; i < n; i++) {
        double at = (i + 0.5) * (double)m->durations / n - 0.5;
        size_t k = at <= 0 ? 0 : (size_t)at;
        float from = m->duration[k < m->durations ? k : m->durations - 1];
        float to = m->duration[k + 1 < m->durations ? k + 1 : m->durations - 1];
        /* Between two levels of whole days there is no half day. */
        float days = m->durations < n && at > 0 && from != floorf(from)
                         ? from + (float)(at - (double)k) * (to - from)
                         : from;

        days -= 1.0f / 1024;
        t->help[i] = days < 0 || !(days == days) ? 0 : days > HELP_MOST ? HELP_MOST : days;
    }
    for (uint32_t i = 0; i < t->lasted_n; i++) {
        while (level < n && t->help[level] < (float)i / LASTED_STEPS)
            level++;
        t->lasted[i] = (uint16_t)level;
    }
}

/* Tables of levels: those of a model that differs a little, when its help lasts as long. */
static bool levels_make(struct sim_table *t, struct arena *a)
{
    const struct sim_table *same = sim_shared_table(t->ask->shared);
    const struct model *m = t->m;

    if (same != NULL && same->m->workers > 0 && same->m->duration == m->duration &&
        same->m->durations == m->durations) {
        t->help = same->help;
        t->lasted = same->lasted;
        t->wait = same->wait;
        return true;
    }
    t->help = arena_array(a, 1u << HELP_BITS, sizeof *t->help);
    t->lasted = arena_array(a, t->lasted_n + 1, sizeof *t->lasted);
    t->wait = arena_array(a, 1u << WAIT_BITS, sizeof *t->wait);
    if (t->help == NULL || t->lasted == NULL || t->wait == NULL)
        return false;
    for (uint32_t i = 0; i < 1u << WAIT_BITS; i++)
        t->wait[i] = (float)-log1p(-(i + 0.5) / (1u << WAIT_BITS));
    if (m->workers > 0)
        help_make(t);
    return true;
}

bool sim_table_make(const struct model *m, const struct simulate_ask *ask, struct arena *a,
                    struct sim_table *ret)
{
    size_t days = (size_t)m->days;
    double season = 0;
    struct sim_table t = { .m = m, .ask = ask, .lasted_n = HELP_MOST / 4 * LASTED_STEPS };

    t.here = arena_array(a, days, sizeof *t.here);
    t.season = arena_array(a, days, sizeof *t.season);
    t.probes = arena_array(a, days * m->order->streams + 3, 1);
    if (t.here == NULL || t.season == NULL || t.probes == NULL || !levels_make(&t, a) || !queues_make(&t, a))
        return false;
    for (size_t i = 0; i < ask->probes; i++)
        t.probes[(size_t)ask->probe[i].stream * days + (size_t)ask->probe[i].day]++;
    t.sized = sim_sizes(&t) == 0 ? -1 : sim_size_day(&t, sim_sizes(&t) - 1);
    last_of(&t);
    for (size_t d = 0; d < days; d++)
        t.season[d] = (float)(season += (double)m->season[d]);
    if (m->workers > 0)
        here_make(&t);
    for (size_t w = 0; w < m->workers; w++)
        t.more[w] = (int32_t)lroundf(m->worker[w].more * 256);
    *ret = t;
    return true;
}

/* ---- parameters ---- */

/* The mean of the exponential distribution that, rounded down, gives this chance a day. */
static float mean_of_chance(float chance)
{
    double mean = chance >= 1 ? 0 : chance <= 0 ? 1e8 : -1 / log1p(-(double)chance);

    return (float)(mean < 1e8 ? mean : 1e8);
}

void sim_draw_make(const struct model *m, uint32_t replication, struct sim_draw *ret)
{
    const struct model_draw *p = &m->draw[replication % m->draws];

    *ret = (struct sim_draw){ .p = p, .ill = mean_of_chance(p->ill), .well = mean_of_chance(p->well) };
    for (size_t s = 0; s < m->order->streams; s++)
        ret->leaves[s] = mean_of_chance(p->leave[s]);
}

uint32_t sim_room_fixed(const struct model *m, int32_t day, const struct model_draw *p)
{
    float room = m->room[day] * p->room;

    return room >= 250 ? 250u << 8 : room > 0 ? (uint32_t)(room * 256 + 0.5f) : 0;
}

int32_t sim_open_ends(const struct sim_table *t, size_t i, float duration, uint32_t u)
{
    float lasted = (float)t->m->open[i] * (1 / duration), from = 0;
    uint32_t n = 1u << HELP_BITS, at = lasted > 0 ? (uint32_t)(lasted * LASTED_STEPS + 0.5f) : 0;
    uint32_t level = t->lasted[at < t->lasted_n ? at : t->lasted_n - 1], tail = n - HELP_TAIL;
    int32_t passed = t->m->open[i], day;

    if (level > tail) { /* longer than nearly all: what is left is as at the beginning of the tail */
        level = tail;
        from = t->help[tail];
        passed = 0;
    }
    level += ((u >> 16) * (n - level)) >> 16;
    day = 1 + (int32_t)((t->help[level] - from) * duration) - passed;
    return day < 1 ? 1 : day;
}
