// SPDX-License-Identifier: EUPL-1.2
/* The oracle against formulas, and the engine against the oracle. */
#include "base/rng.h"
#include "forecast/event_heap.h"
#include "forecast/event_loop.h"
#include "forecast/queue.h"
#include "forecast/simulate.h"
#include "stat/csv.h"
#include "stat/model_data.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- continuous time against Cobham ---- */

struct steady {
    size_t servers, classes;
    double service;
    const double *arrivals;
};

/* Empty at first, `days` of the unit of time long. */
static struct model *steady_model(const struct steady *s, int32_t days, struct arena *a)
{
    enum { LEVELS = 1 << 18 };
    struct model *m = arena_alloc(a, sizeof *m);
    struct model_draw *draw = arena_alloc(a, sizeof *draw);
    struct history_order *o = arena_alloc(a, sizeof *o);
    struct model_worker *w = arena_array(a, s->servers, sizeof *w);
    uint16_t *rank = arena_array(a, s->classes, sizeof *rank);
    float *duration = arena_array(a, LEVELS, sizeof *duration),
          *one = arena_array(a, (size_t)days, sizeof *one);
    uint8_t *working = arena_array(a, (size_t)days, 1);

    for (size_t i = 0; i < s->servers; i++)
        w[i] = (struct model_worker){ .to = INT32_MAX };
    for (int i = 0; i < LEVELS; i++)
        duration[i] = (float)(-log1p(-(i + 0.5) / LEVELS) / s->service);
    for (int32_t d = 0; d < days; d++) {
        one[d] = 1;
        working[d] = 1;
    }
    *draw = (struct model_draw){ .duration = 1, .room = 1 };
    for (size_t k = 0; k < s->classes; k++) {
        rank[k] = (uint16_t)(s->classes - k);
        draw->arrival[k] = (float)s->arrivals[k];
    }
    *o = (struct history_order){ .streams = s->classes, .ages = 1, .rank = rank };
    *m = (struct model){ .days = days,
                         .order = o,
                         .worker = w,
                         .workers = s->servers,
                         .working = working,
                         .season = one,
                         .room = one,
                         .duration = duration,
                         .durations = LEVELS,
                         .draw = draw,
                         .draws = 1 };
    return m;
}

static void check_steady(const struct steady *s, uint32_t replications, double within)
{
    struct ctx *c = test_begin_bare();
    struct queue_class q[QUEUE_CLASSES_MAX];
    struct model *m = steady_model(s, 1000, c->arena);
    struct event_loop_ask ask = { .seed = 11, .replications = replications, .continuous = true, .warm = 20 };
    struct event_loop_out out;

    queue_priority(&(struct queue_load){ s->servers, s->service, s->arrivals, s->classes }, q);
    CHECK(event_loop_run(m, &ask, c->arena, &out));
    for (size_t k = 0; k < s->classes; k++)
        CHECK_NEAR(out.wait[k], q[k].wait, within);
}

/* Three classes, non-preemptive: Cobham 1954 (forecast/queue.h, which is checked against
 * expected/mmc_priority.csv to 1e-6). */
TEST_LONG(event_loop_three_classes)
{
    static const double one[] = { 10, 30, 50 }, five[] = { 35, 35, 35 }, twelve[] = { 20, 60, 60 };

    check_steady(&(struct steady){ 1, 3, 150, one }, 60, 0.005);
    check_steady(&(struct steady){ 5, 3, 30, five }, 60, 0.005);
    check_steady(&(struct steady){ 12, 3, 16, twelve }, 60, 0.005);
}

TEST(event_loop_heap_sorts)
{
    struct ctx *c = test_begin_bare();
    struct event_heap h = { .at = arena_array(c->arena, 5000, sizeof *h.at), .room = 5000 };
    struct rng r;
    double last = -1;

    rng_seed(&r, 3);
    for (int i = 0; i < 5000; i++) {
        event_push(&h, (struct event){ .time = rng_unit(&r) });
        if (i % 3 == 2) {
            double first = event_pop(&h).time;
            for (size_t k = 0; k < h.n; k++)
                CHECK(h.at[k].time >= first);
        }
    }
    while (h.n > 0) {
        double next = event_pop(&h).time;
        CHECK(next >= last);
        last = next;
    }
}

/* ---- both engines ---- */

static const double parts[] = { 0.1, 0.5, 0.9 };

enum { REPLICATIONS = 20000 };

/* Working days up to this one: nobody starts in a weekend, so Friday and Monday lie a day apart. */
static int32_t work_day(const struct model *m, int32_t day)
{
    int32_t n = 0;

    for (int32_t d = 0; d < day; d++)
        n += d + 1 == m->days || m->working[d + 1];
    return n;
}

/* Kolmogorov's distance between two counts. */
static double distance(const uint32_t *x, const uint32_t *y, int32_t days, double n)
{
    double sum = 0, most = 0;

    for (int32_t d = 0; d <= days; d++) {
        sum += ((double)x[d] - y[d]) / n;
        most = fmax(most, fabs(sum));
    }
    return most;
}

/* At probes along the list p10, p50 and p90 lie within a day, and no chance differs by more than 2 % (the
 * critical value of Kolmogorov and Smirnov for 20,000 and 20,000 at 1 in 10,000 is 0.022); nor does the part
 * that leaves. */
static void check_same(const struct model *m, const char *what, struct arena *a)
{
    struct simulate_out ours;
    struct event_loop_out theirs;
    struct event_loop_ask ask = { .seed = 3, .replications = REPLICATIONS, .stop = true };
    size_t columns = (size_t)m->days + 1, step = m->n > 16 ? m->n / 16 : 1;

    CHECK(simulate(m, 4, REPLICATIONS, 2, a, &ours));
    CHECK(event_loop_run(m, &ask, a, &theirs));
    for (size_t i = 0; i < m->n; i += step) {
        const uint32_t *x = ours.start + i * columns, *y = theirs.start + i * columns;
        for (size_t k = 0; k < 3; k++) {
            int32_t p = model_data_day(x, m->days, REPLICATIONS, parts[k]),
                    q = model_data_day(y, m->days, REPLICATIONS, parts[k]);
            bool same = abs(work_day(m, p) - work_day(m, q)) <= 1;
            test_check(same, __FILE__, (int)i, what);
            if (!same)
                printf("%s: person %zu p%.0f: %d, event loop %d\n", what, i, 100 * parts[k], p, q);
        }
        CHECK_NEAR(1 + distance(x, y, m->days, REPLICATIONS), 1, 0.022);
        CHECK_NEAR(1 + ours.left[i] / (double)REPLICATIONS, 1 + theirs.left[i] / (double)REPLICATIONS, 0.022);
    }
}

TEST_LONG(event_loop_same_as_engine_strict)
{
    struct ctx *c = test_begin_bare();

    check_same(model_data_make(&(struct model_data){ { 3, 24, 75 }, 10, 182, 1, false }, c->arena), "strict",
               c->arena);
}

TEST_LONG(event_loop_same_as_engine_ageing)
{
    struct ctx *c = test_begin_bare();

    check_same(model_data_make(&(struct model_data){ { 3, 24, 75 }, 10, 182, 8, true }, c->arena), "ageing",
               c->arena);
}

TEST_LONG(event_loop_same_as_engine_illness)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&(struct model_data){ { 2, 12, 40 }, 8, 240, 1, true }, c->arena);
    struct model_draw *p = arena_array(c->arena, 1, sizeof *p);

    *p = m->draw[0];
    p->ill = 1.0f / 25;
    p->well = 1.0f / 30;
    m->draw = p;
    check_same(m, "illness", c->arena);
}

/* Another rhythm of presence, planned leave, somebody who joins and somebody who goes. */
TEST_LONG(event_loop_same_as_engine_staff)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&(struct model_data){ { 2, 12, 40 }, 8, 240, 3, true }, c->arena);
    struct model_worker *w = arena_array(c->arena, m->workers + 1, sizeof *w);
    uint64_t *leave = arena_array(c->arena, 240, sizeof *leave);
    float *room = arena_array(c->arena, 240, sizeof *room);

    memcpy(w, m->worker, m->workers * sizeof *w);
    w[m->workers++] = (struct model_worker){ .from = 30, .to = INT32_MAX };
    w[2].to = 45;
    w[4].more = -20;
    w[5].more = 3.4f;
    w[6].more = -1.7f;
    for (int32_t d = 0; d < 240; d++) {
        leave[d] = d >= 20 && d < 41 ? 0x31 : 0;
        room[d] = 10.3f + (float)(d / 7 % 3);
    }
    m->worker = w;
    m->leave = leave;
    m->room = room;
    check_same(m, "staff", c->arena);
}

/* Four of eight are away for weeks, and when each is back differs by draw, also beyond the last day. */
TEST_LONG(event_loop_same_as_engine_back)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&(struct model_data){ { 2, 12, 40 }, 8, 240, 16, true }, c->arena);
    struct model_worker *w = arena_array(c->arena, m->workers, sizeof *w);
    int32_t *back = arena_array(c->arena, 4 * m->draws, sizeof *back);

    memcpy(w, m->worker, m->workers * sizeof *w);
    for (size_t i = 0; i < 4; i++) {
        w[2 * i].back = 1;
        w[2 * i].back_of = back + i * m->draws;
        for (size_t k = 0; k < m->draws; k++)
            back[i * m->draws + k] = 1 + (int32_t)((k * 7 + i * 5) % 16 * 17);
    }
    m->worker = w;
    check_same(m, "back", c->arena);
}

/* Every third person is paused, also for longer than it takes the others: who asks later may go then. */
TEST_LONG(event_loop_same_as_engine_pauses)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&(struct model_data){ { 2, 20, 30 }, 10, 240, 1, true }, c->arena);
    struct model_waiting *p = arena_array(c->arena, m->n, sizeof *p);

    memcpy(p, m->waiting, m->n * sizeof *p);
    for (size_t i = 0; i < m->n; i += 3)
        p[i].resumes = 1 + (int32_t)i * 3;
    m->waiting = p;
    check_same(m, "pauses", c->arena);
}

TEST_LONG(event_loop_same_as_engine_no_staff)
{
    struct ctx *c = test_begin_bare();
    static const float dispersion[] = { 0.4f, 1, 2.5f };

    for (size_t i = 0; i < 3; i++) {
        struct model *m = model_data_make(&(struct model_data){ { 3, 25, 70 }, 0, 182, 4, true }, c->arena);
        m->dispersion = dispersion[i];
        check_same(m, "no staff", c->arena);
    }
}

/* Few wait, many places, all kinds of order: the last places of a day are given to who has most room. */
TEST_LONG(event_loop_same_as_engine_quiet)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&(struct model_data){ { 1, 2, 9 }, 3, 120, 1, true }, c->arena);
    struct model_waiting *p = arena_array(c->arena, m->n, sizeof *p);
    struct model_draw *draw = arena_array(c->arena, 1, sizeof *draw);

    memcpy(p, m->waiting, m->n * sizeof *p);
    p[11].resumes = 80;
    p[5].resumes = 40;
    m->waiting = p;
    *draw = m->draw[0];
    draw->duration = 0.3f;
    m->draw = draw;
    check_same(m, "quiet", c->arena);
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

/* The fan of the size of the list, half a year ahead: within two percent of the list, or two persons. */
TEST_LONG(event_loop_same_as_engine_list)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&(struct model_data){ { 3, 24, 75 }, 10, 182, 4, true }, c->arena);
    struct simulate_ask ask = { .seed = 1, .replications = 4000, .threads = 2, .list = true };
    struct event_loop_ask loop = { .seed = 2, .replications = 4000 };
    struct simulate_out ours;
    struct event_loop_out theirs;
    uint32_t *size = arena_array(c->arena, 4000, sizeof *size);

    CHECK(simulate_run(m, &ask, c->arena, &ours));
    CHECK(event_loop_run(m, &loop, c->arena, &theirs));
    for (size_t d = 0; d < 182; d += 13) {
        for (size_t r = 0; r < 4000; r++)
            size[r] = theirs.size[r * 182 + d];
        qsort(size, 4000, sizeof *size, by_value);
        for (size_t k = 0; k < 5; k++) {
            double want = size[(size_t[]){ 399, 999, 1999, 2999, 3599 }[k]],
                   got = (double)ours.list[d * 5 + k];
            CHECK(fabs(got - want) <= fmax(2, 0.02 * want));
        }
    }
}
