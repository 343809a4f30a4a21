// SPDX-License-Identifier: EUPL-1.2
#include "forecast/event_loop_core.h"

#include <math.h>
#include <string.h>

/* Later on a day than everything else. In the morning things end, at its end help starts. */
static const double day_end = 1 - 1.0 / 1024;

static void happen(struct loop *l, double time, enum event_kind kind, uint32_t who)
{
    if (time < l->m->days)
        event_push(&l->heap, (struct event){ time, kind, who });
}

/* Days until something happens with this chance a day, at least 1. */
static double days_until(struct loop *l, double chance)
{
    if (chance <= 0)
        return INFINITY;
    return chance >= 1 ? 1 : 1 + floor(log(1 - rng_unit(&l->rng)) / log1p(-chance));
}

/* ---- help ---- */

static double help_lasts(struct loop *l)
{
    return (double)l->m->duration[rng_below(&l->rng, l->m->durations)] * (double)l->draw->duration;
}

static void help_ends(struct loop *l, uint32_t worker, double begin, double lasts)
{
    double end = begin + lasts;

    if (!l->ask->continuous) {
        end = floor(begin) + ceil(lasts);
        end = end < floor(l->now) + 1 ? floor(l->now) + 1 : end;
    }
    happen(l, end, EVENT_END, worker);
}

/* A running case: one of the durations that are longer. When hardly any is, what is left is as for those that
 * lasted as long as the longest 1/64. */
static void open_case(struct loop *l, uint32_t worker, double lasted, double still)
{
    const struct model *m = l->m;
    size_t low = 0, high = m->durations, tail = m->durations - m->durations / 64;

    while (low < high) {
        size_t half = (low + high) / 2;
        if ((double)m->duration[half] * (double)l->draw->duration <= lasted)
            low = half + 1;
        else
            high = half;
    }
    if (low > tail) {
        low = tail;
        lasted = (double)m->duration[tail] * (double)l->draw->duration;
    }
    if (low == m->durations)
        low--;
    double all =
        (double)m->duration[low + rng_below(&l->rng, m->durations - low)] * (double)l->draw->duration;
    help_ends(l, worker, still, all - lasted);
}

static bool here(const struct loop *l, size_t w)
{
    const struct model_worker *p = &l->m->worker[w];
    int32_t day = (int32_t)l->now;

    return p->from <= day && day <= p->to && !l->ill[w] &&
           (l->m->leave == NULL || (l->m->leave[day] >> w & 1) == 0);
}

static double room_of(const struct loop *l, size_t w)
{
    double room = floor((double)l->m->room[(int32_t)l->now] * (double)l->draw->room +
                        (double)l->m->worker[w].more + l->share[w]);

    return here(l, w) ? fmax(room, 0) - (double)l->busy[w] : 0;
}

/* The worker with most room; LOOP_NOBODY. */
static uint32_t roomiest(const struct loop *l)
{
    uint32_t best = LOOP_NOBODY;
    double most = 0.5;

    for (uint32_t w = 0; w < l->m->workers; w++) {
        double room = room_of(l, w);
        if (room > most) {
            most = room;
            best = w;
        }
    }
    return best;
}

static void serve(struct loop *l)
{
    uint32_t worker, who;

    while ((worker = roomiest(l)) != LOOP_NOBODY && (who = loop_list_first(l)) != LOOP_NOBODY)
        if (loop_list_turn(l, who)) {
            l->busy[worker]++;
            help_ends(l, worker, l->now, help_lasts(l));
        }
}

/* ---- without staff ---- */

/* Marsaglia & Tsang 2000, ACM TOMS 26:363-372; a smaller shape by theirs and a power of a uniform number. */
static double gamma_draw(struct rng *r, double shape)
{
    double boost = shape < 1 ? pow(1 - rng_unit(r), 1 / shape) : 1,
           d = (shape < 1 ? shape + 1 : shape) - 1.0 / 3, c = 1 / sqrt(9 * d);

    for (;;) {
        double x = rng_normal(r), v = pow(1 + c * x, 3);
        if (v > 0 && log(1 - rng_unit(r)) < 0.5 * x * x + d - d * v + d * log(v))
            return boost * d * v;
    }
}

static uint64_t places_draw(struct loop *l, double mean)
{
    double dispersion = (double)l->m->dispersion;
    uint64_t k = 0;

    if (mean <= 0)
        return 0;
    if (dispersion > 1.0001)
        return rng_poisson(&l->rng, gamma_draw(&l->rng, mean / (dispersion - 1)) * (dispersion - 1));
    if (dispersion > 0.9999)
        return rng_poisson(&l->rng, mean);
    uint64_t tries = (uint64_t)ceil(mean / (1 - dispersion));
    for (uint64_t i = 0; i < tries; i++)
        k += rng_unit(&l->rng) < mean / (double)tries;
    return k;
}

static void serve_at_rate(struct loop *l)
{
    int32_t day = (int32_t)l->now;
    double mean = (double)l->draw->rate * (l->m->room == NULL ? 1 : (double)l->m->room[day]) *
                  (1 + (double)l->draw->drift * day / 365.25);
    uint32_t who;

    for (uint64_t places = places_draw(l, mean); places > 0 && (who = loop_list_first(l)) != LOOP_NOBODY;)
        places -= loop_list_turn(l, who);
}

/* ---- events ---- */

/* The next request of a stream: gaps at the highest rate there is, of which the season keeps a part
 * (thinning: Lewis & Shedler 1979, Nav. Res. Logist. Q. 26:403-413). */
static void next_ask(struct loop *l, uint32_t stream)
{
    double most = (double)l->draw->arrival[stream] * l->season_most, time = l->now;

    if (most <= 0)
        return;
    do
        time += rng_exponential(&l->rng, 1 / most);
    while (time < l->m->days && rng_unit(&l->rng) * l->season_most >= (double)l->m->season[(int32_t)time]);
    if (!l->ask->continuous && time - floor(time) >= day_end)
        time = floor(time) + 0.5;
    happen(l, time, EVENT_ASK, stream);
}

static void leave_sometime(struct loop *l, uint32_t who)
{
    double chance = (double)l->draw->leave[l->request[who].stream];

    happen(l, floor(l->now) + days_until(l, chance), EVENT_LEAVE, who);
}

static void ask_now(struct loop *l, uint32_t stream)
{
    uint32_t who = loop_list_add(l, (struct loop_request){ .asked = l->now, .stream = (int16_t)stream });

    next_ask(l, stream);
    if (who == LOOP_NOBODY)
        return;
    leave_sometime(l, who);
    if (l->ask->continuous)
        serve(l);
}

static void health(struct loop *l, uint32_t w)
{
    l->ill[w] = !l->ill[w];
    happen(l, l->now + days_until(l, (double)(l->ill[w] ? l->draw->well : l->draw->ill)), EVENT_HEALTH, w);
}

static void leave(struct loop *l, uint32_t who)
{
    struct loop_request *r = &l->request[who];

    if (r->turned)
        return;
    r->left = true; /* but keeps the place, so that the day of the turn is known */
    l->on_list--;
}

static void end_of_day(struct loop *l)
{
    int32_t day = (int32_t)l->now;

    if (l->m->working[day]) {
        if (l->m->workers == 0)
            serve_at_rate(l);
        else
            serve(l);
    }
    l->out->size[day] = l->on_list;
    happen(l, day + 1 + day_end, EVENT_START, 0);
}

static void handle(struct loop *l, struct event e)
{
    l->now = e.time;
    switch ((enum event_kind)e.kind) {
    case EVENT_END:
        l->busy[e.who]--;
        if (l->ask->continuous)
            serve(l);
        break;
    case EVENT_HEALTH:
        health(l, e.who);
        break;
    case EVENT_LEAVE:
        leave(l, e.who);
        break;
    case EVENT_ASK:
        ask_now(l, e.who);
        break;
    case EVENT_START:
        end_of_day(l);
        break;
    }
}

static void begin_worker(struct loop *l, uint32_t w, double share)
{
    const struct model_worker *p = &l->m->worker[w];
    int32_t back = p->back_of == NULL ? p->back : p->back_of[l->draw - l->m->draw];
    double from = p->from > 0 ? p->from : 0;

    l->share[w] = fmod(share + w * 0.61803398874989485, 1);
    l->busy[w] = p->case_n;
    l->ill[w] = back != 0;
    double change = back > 0 ? back : from + days_until(l, (double)(back < 0 ? l->draw->well : l->draw->ill));
    happen(l, change, EVENT_HEALTH, w);
    for (uint32_t c = 0; c < p->case_n; c++)
        open_case(l, w, l->m->open[p->case_first + c], back != 0 ? fmin(change, l->m->days) : 0);
}

static void begin(struct loop *l, uint32_t replication)
{
    double share;

    rng_seed(&l->rng, l->ask->seed + replication * UINT64_C(0x9e3779b97f4a7c15));
    share = rng_unit(&l->rng);
    l->draw = &l->m->draw[replication % l->m->draws];
    l->now = 0;
    l->heap.n = 0;
    loop_list_begin(l);
    for (uint32_t w = 0; w < l->m->workers; w++)
        begin_worker(l, w, share);
    for (uint32_t i = 0; i < l->m->n; i++)
        leave_sometime(l, i);
    for (uint32_t s = 0; s < l->m->order->streams; s++)
        next_ask(l, s);
    if (!l->ask->continuous)
        happen(l, day_end, EVENT_START, 0);
}

static void end(struct loop *l)
{
    for (size_t i = 0; i < l->m->n; i++)
        if (!l->request[i].turned) {
            l->out->start[i * ((size_t)l->m->days + 1) + (size_t)l->m->days]++;
            l->out->left[i] += l->request[i].left;
        }
}

/* How many can ask in one replication: twelve standard deviations above the mean of the busiest parameters.
 */
static size_t most_requests(const struct model *m)
{
    double season = 0, most = 0;

    for (int32_t d = 0; d < m->days; d++)
        season += (double)m->season[d];
    for (size_t i = 0; i < m->draws; i++) {
        double all = 0;
        for (size_t s = 0; s < m->order->streams; s++)
            all += (double)m->draw[i].arrival[s] * season;
        most = all > most ? all : most;
    }
    return m->n + (size_t)(most + 12 * sqrt(most)) + 64;
}

static bool make(struct loop *l, struct arena *a, struct event_loop_out *out)
{
    const struct model *m = l->m;

    l->room = most_requests(m);
    l->request = arena_array(a, l->room, sizeof *l->request);
    /* each request leaves, each case ends, each worker's health changes, each stream's next one asks */
    l->heap.room = l->room + m->opens + m->workers * 256 + HISTORY_STREAMS_MAX + 8;
    l->heap.at = arena_array(a, l->heap.room, sizeof *l->heap.at);
    out->start = arena_array(a, m->n * ((size_t)m->days + 1) + 1, sizeof *out->start);
    out->left = arena_array(a, m->n + 1, sizeof *out->left);
    out->size = arena_array(a, (size_t)l->ask->replications * (size_t)m->days + 1, sizeof *out->size);
    for (int32_t d = 0; d < m->days; d++)
        l->season_most = fmax(l->season_most, (double)m->season[d]);
    return l->request != NULL && l->heap.at != NULL && out->start != NULL && out->left != NULL &&
           out->size != NULL;
}

bool event_loop_run(const struct model *m, const struct event_loop_ask *ask, struct arena *a,
                    struct event_loop_out *ret_out)
{
    struct event_loop_out out = { 0 };
    struct loop l = { .m = m, .ask = ask, .out = &out };
    uint32_t *size;

    if (!make(&l, a, &out))
        return false;
    size = out.size;
    for (uint32_t r = 0; r < ask->replications; r++, out.size += m->days) {
        begin(&l, r);
        while (l.heap.n > 0 && !(ask->stop && l.unturned == 0) && !l.full) {
            handle(&l, event_pop(&l.heap));
            out.events++;
        }
        if (l.full)
            return false;
        end(&l);
    }
    out.size = size;
    for (size_t s = 0; s < m->order->streams; s++)
        out.wait[s] /= out.started[s] > 0 ? (double)out.started[s] : 1;
    *ret_out = out;
    return true;
}
