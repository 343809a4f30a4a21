// SPDX-License-Identifier: EUPL-1.2
/* The wide registers of the engine, and what models share, against the plain way: the same bytes. */
#include "base/rng.h"
#include "forecast/simulate.h"
#include "stat/model_data.h"
#include "unit/test.h"

#include <string.h>

static void check_same(const struct model *m, const struct simulate_ask *ask, const struct simulate_out *x,
                       const struct simulate_out *y)
{
    size_t columns = (size_t)m->days + 1;

    if (!ask->only_probes)
        CHECK(memcmp(x->start, y->start, m->n * columns * sizeof *x->start) == 0 &&
              memcmp(x->left, y->left, m->n * sizeof *x->left) == 0);
    if (ask->probes > 0)
        CHECK(memcmp(x->probe, y->probe, ask->probes * columns * sizeof *x->probe) == 0 &&
              memcmp(x->probe_day, y->probe_day, ask->probes * ask->replications * sizeof *x->probe_day) ==
                  0);
    if (ask->list)
        CHECK(memcmp(x->list, y->list, (size_t)m->days * 5 * sizeof *x->list) == 0);
    if (ask->sizes > 0)
        CHECK(memcmp(x->size, y->size, ask->sizes * 5 * sizeof *x->size) == 0);
}

/* Registers of 512 and of 256 bits against the plain way; those that this processor does not have are the
 * next that it has. */
static void check_plain(const struct model *m, const struct simulate_ask *ask, struct arena *a)
{
    struct simulate_ask how = *ask;
    struct simulate_out plain, wide;
    struct arena_mark mark = arena_mark(a);

    how.with = SIMULATE_PLAIN;
    CHECK(simulate_run(m, &how, a, &plain));
    for (how.with = SIMULATE_512; how.with <= SIMULATE_256; how.with++) {
        CHECK(simulate_run(m, &how, a, &wide));
        check_same(m, ask, &wide, &plain);
    }
    arena_release(a, mark);
}

/* The same order with the highest rank that there is, or with 0 as the lowest. */
static void shift_ranks(struct model *m, bool up, struct arena *a)
{
    struct history_order *o = arena_array(a, 1, sizeof *o);
    size_t n = m->order->streams * m->order->ages;
    uint16_t *rank = arena_array(a, n, sizeof *rank), low = UINT16_MAX, high = 0;

    for (size_t i = 0; i < n; i++) {
        low = m->order->rank[i] < low ? m->order->rank[i] : low;
        high = m->order->rank[i] > high ? m->order->rank[i] : high;
    }
    for (size_t i = 0; i < n; i++)
        rank[i] = (uint16_t)(up ? UINT16_MAX - (high - m->order->rank[i]) : m->order->rank[i] - low);
    *o = *m->order;
    o->rank = rank;
    m->order = o;
}

/* Of some of who is absent: another day in each draw, also beyond the last. */
static void any_back(struct model_worker *w, const struct model *m, struct rng *r, struct arena *a)
{
    for (size_t i = 0; i < m->workers; i++) {
        int32_t *back = arena_array(a, m->draws, sizeof *back);

        for (size_t k = 0; k < m->draws; k++)
            back[k] = 1 + (int32_t)rng_below(r, (uint64_t)m->days * 5 / 4);
        w[i].back_of = w[i].back != 0 && rng_below(r, 3) > 0 ? back : NULL;
    }
}

/* Everything that a model can have, drawn at random: also parameters that no town has. */
static struct model *any_model(uint64_t seed, struct arena *a)
{
    struct rng r;
    rng_seed(&r, seed);
    struct model_data d = { { rng_below(&r, 4), rng_below(&r, 30), rng_below(&r, 90) },
                            rng_below(&r, 4) == 0 ? 0 : 1 + rng_below(&r, 24),
                            20 + (int32_t)rng_below(&r, 200),
                            1 + rng_below(&r, 70),
                            rng_below(&r, 2) == 0 };
    struct model *m = model_data_make(&d, a);
    struct model_worker *w = arena_array(a, m->workers + 1, sizeof *w);
    struct model_waiting *p = arena_array(a, m->n + 1, sizeof *p);
    struct model_draw *draw = arena_array(a, m->draws, sizeof *draw);
    uint64_t *leave = arena_array(a, (size_t)m->days, sizeof *leave);
    float *room = arena_array(a, (size_t)m->days, sizeof *room);

    memcpy(w, m->worker, m->workers * sizeof *w);
    memcpy(p, m->waiting, m->n * sizeof *p);
    memcpy(draw, m->draw, m->draws * sizeof *draw);
    for (size_t i = 0; i < m->workers; i++) {
        w[i].from = rng_below(&r, 5) == 0 ? (int32_t)rng_below(&r, 60) : 0;
        w[i].to = rng_below(&r, 5) == 0 ? (int32_t)rng_below(&r, 90) : INT32_MAX;
        w[i].back = (int32_t)rng_below(&r, 12) - 1;
        w[i].back = w[i].back > 4 ? 0 : w[i].back;
        w[i].more = rng_below(&r, 2) == 0 ? (float)(24 * rng_unit(&r) - 14) : 0;
    }
    for (size_t i = 0; rng_below(&r, 2) == 0 && i < m->n; i++)
        p[i].resumes = rng_below(&r, 4) == 0 ? (int32_t)rng_below(&r, 60) : 0;
    for (size_t i = 0; i < m->draws; i++) {
        draw[i].duration *= (float)(0.05 + 1.5 * rng_unit(&r));
        for (size_t s = 0; s < m->order->streams; s++) /* in a third of the models alike */
            draw[i].leave[s] =
                seed % 3 == 2 && s > 0 ? draw[i].leave[0] : draw[i].leave[s] * (float)(5 * rng_unit(&r));
        draw[i].ill = (float)(rng_unit(&r) * rng_unit(&r));
        draw[i].well = (float)rng_unit(&r);
    }
    for (size_t d2 = 0; d2 < (size_t)m->days; d2++) {
        leave[d2] = d2 / 10 % 3 == 1 ? rng_next(&r) & rng_next(&r) & rng_next(&r) : 0;
        room[d2] = m->room[d2] * (float)(0.8 + 0.4 * rng_unit(&r));
    }
    any_back(w, m, &r, a);
    m->worker = w;
    m->waiting = p;
    m->draw = draw;
    m->leave = leave;
    m->room = room;
    if (seed % 3 > 0)
        shift_ranks(m, seed % 3 == 1, a);
    return m;
}

TEST(simulate_wide_same_bytes)
{
    struct ctx *c = test_begin_bare();

    for (uint64_t seed = 1; seed <= 60; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct model *m = any_model(seed, c->arena);
        struct simulate_probe probe[] = {
            { m->days / 3, 2 }, { m->days / 2, 0 }, { m->days / 3, 2 }, { 0, 1 }
        };
        struct simulate_ask ask = { .seed = seed, .first = (uint32_t)seed * 7, .replications = 130 };

        check_plain(m, &ask, c->arena);
        ask.probe = probe;
        ask.probes = 4;
        check_plain(m, &ask, c->arena);
        ask.list = true;
        check_plain(m, &ask, c->arena);
        arena_release(c->arena, mark);
    }
}

/* The size of the list on some days is that of all days, although not everybody is followed to the end. */
TEST(simulate_sizes_of_days_same_bytes)
{
    struct ctx *c = test_begin_bare();

    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct model *m = any_model(seed, c->arena);
        struct simulate_probe probe[] = { { m->days / 3, 2 }, { m->days / 2, 0 } };
        const int32_t day[] = { 0, m->days / 3, m->days / 3, seed % 2 == 0 ? m->days / 2 : m->days - 1 };
        struct simulate_ask all = { .seed = seed, .replications = 70, .list = true }, some = all;
        struct simulate_out list, out;

        some.list = false;
        some.size_day = day;
        some.sizes = COUNT(day);
        CHECK(simulate_run(m, &all, c->arena, &list));
        for (int probes = 0; probes < 2; probes++) {
            some.probe = probe;
            some.probes = probes == 0 ? 0 : COUNT(probe);
            some.only_probes = probes == 1;
            some.threads = (unsigned)probes + 1;
            check_plain(m, &some, c->arena);
            if (!CHECK(simulate_run(m, &some, c->arena, &out)) || !CHECK(out.list == NULL))
                continue;
            for (size_t i = 0; i < COUNT(day); i++)
                CHECK(memcmp(&out.size[i * 5], &list.list[(size_t)day[i] * 5], 5 * sizeof *out.size) == 0);
        }
        arena_release(c->arena, mark);
    }
}

/* So many come that there is no place for all of them in the wide engines' rows (LATER_MOST of
 * simulate_batch.c): in classes and in an order that changes with waiting, with probes beyond the row. */
TEST(simulate_wide_same_bytes_crowd)
{
    struct ctx *c = test_begin_bare();

    for (int ageing = 0; ageing < 2; ageing++) {
        struct model *m =
            model_data_make(&(struct model_data){ { 3, 20, 40 }, 0, 160, 3, ageing == 1 }, c->arena);
        struct model_draw *draw = arena_array(c->arena, m->draws, sizeof *draw);
        struct simulate_probe probe[] = { { 120, 1 }, { 120, 1 }, { 130, 2 }, { 140, 1 } };
        struct simulate_ask ask = { .seed = 3, .replications = 70, .probe = probe, .probes = 4 };

        for (size_t i = 0; i < m->draws; i++) {
            draw[i] = m->draw[i];
            draw[i].arrival[1] = 48;
            draw[i].rate = 62;
        }
        m->draw = draw;
        ask.size_day = (const int32_t[]){ 20, 150 };
        ask.sizes = 2;
        check_plain(m, &ask, c->arena);
    }
}

/* ---- what models that differ a little share ---- */

TEST(simulate_shared_same_bytes)
{
    struct ctx *c = test_begin_bare();

    for (uint64_t seed = 1; seed <= 30; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct model *m = any_model(seed, c->arena), changed = *m;
        struct model_worker *w = arena_array(c->arena, m->workers + 1, sizeof *w);
        float *season = arena_array(c->arena, (size_t)m->days, sizeof *season);
        struct simulate_probe probe[] = { { m->days / 3, 2 }, { m->days / 2, 0 } };
        struct simulate_ask ask = { .seed = seed,
                                    .first = (uint32_t)seed,
                                    .replications = 150,
                                    .threads = 2,
                                    .probe = probe,
                                    .probes = 2 };
        struct simulate_out plain, wide;
        size_t columns = (size_t)m->days + 1;

        memcpy(w, m->worker, m->workers * sizeof *w);
        if (m->workers > 0 && seed % 3 == 0) {
            w[seed % m->workers].back = 3;
            w[seed % m->workers].back_of = NULL;
        }
        for (size_t d = 0; d < (size_t)m->days; d++)
            season[d] = m->season[d] * (seed % 2 == 0 ? 1.2f : 1);
        changed.worker = w;
        changed.season = season;
        for (ask.with = SIMULATE_512; ask.with <= SIMULATE_256; ask.with++) {
            struct simulate_ask how = ask;
            how.shared = simulate_share(m, &ask, 1, c->arena);
            CHECK(how.shared != NULL || simulate_with_here(ask.with) == SIMULATE_PLAIN);
            CHECK(simulate_run(&changed, &how, c->arena, &wide));
            how = ask;
            how.with = SIMULATE_PLAIN;
            CHECK(simulate_run(&changed, &how, c->arena, &plain));
            check_same(m, &ask, &wide, &plain);
        }
        for (ask.with = SIMULATE_512; ask.with <= SIMULATE_PLAIN; ask.with++) {
            struct simulate_out probes;
            ask.only_probes = true;
            CHECK(simulate_run(&changed, &ask, c->arena, &probes));
            CHECK(probes.start == NULL && probes.left == NULL);
            CHECK(memcmp(probes.probe, plain.probe, 2 * columns * sizeof *plain.probe) == 0);
            CHECK(memcmp(probes.probe_day, plain.probe_day, (size_t)2 * 150 * sizeof *plain.probe_day) == 0);
            ask.only_probes = false;
        }
        arena_release(c->arena, mark);
    }
}

/* From a day on: one more worker, other room, some on leave, more requests, or for all days another order. */
static struct model any_change(const struct model *m, uint64_t seed, struct arena *a)
{
    struct model with = *m;
    int32_t from = (int32_t)(seed * 7) % (m->days / 2);
    struct model_worker *w = arena_array(a, m->workers + 1, sizeof *w);
    float *room = arena_array(a, (size_t)m->days, sizeof *room),
          *season = arena_array(a, (size_t)m->days, sizeof *season);
    uint64_t *leave = arena_array(a, (size_t)m->days, sizeof *leave);

    memcpy(w, m->worker, m->workers * sizeof *w);
    w[m->workers] = (struct model_worker){ .from = from, .to = INT32_MAX };
    for (int32_t d = 0; d < m->days; d++) {
        room[d] = m->room[d] * (d < from ? 1 : seed % 2 == 0 ? 0.8f : 1.3f);
        leave[d] = (m->leave == NULL ? 0 : m->leave[d]) | (d < from ? 0 : seed % 8);
        season[d] = m->season[d] * (d < from ? 1 : seed % 2 == 0 ? 0.7f : 1.4f);
    }
    with.worker = seed % 5 == 0 && m->workers < MODEL_WORKERS_MAX ? w : m->worker;
    with.workers += with.worker == w;
    with.room = seed % 5 == 1 ? room : m->room;
    with.leave = seed % 5 == 2 ? leave : m->leave;
    with.season = seed % 5 == 3 ? season : m->season;
    if (seed % 5 == 4)
        shift_ranks(&with, true, a);
    return with;
}

static void check_shared(const struct model *m, uint64_t seed, struct arena *a)
{
    struct simulate_probe probe[] = { { m->days / 3, 2 }, { m->days / 2, 0 }, { m->days / 2, 0 } };
    struct simulate_ask ask = {
        .seed = seed, .first = (uint32_t)seed, .replications = 150, .threads = 2, .probe = probe, .probes = 3
    };
    struct model changed = any_change(m, seed, a);
    struct simulate_out plain, wide;
    size_t columns = (size_t)m->days + 1;

    ask.with = SIMULATE_PLAIN;
    CHECK(simulate_run(&changed, &ask, a, &plain));
    for (ask.with = SIMULATE_512; ask.with <= SIMULATE_256; ask.with++) {
        struct simulate_ask how = ask;

        how.shared = simulate_share(m, &ask, 100, a);
        CHECK(simulate_run(&changed, &how, a, &wide));
        check_same(m, &ask, &wide, &plain);
        how.only_probes = ask.only_probes = true;
        how.shared = simulate_share(m, &ask, 100, a);
        CHECK(simulate_run(&changed, &how, a, &wide));
        CHECK(memcmp(wide.probe, plain.probe, 3 * columns * sizeof *plain.probe) == 0);
        CHECK(memcmp(wide.probe_day, plain.probe_day, (size_t)3 * 150 * sizeof *plain.probe_day) == 0);
        ask.only_probes = false;
    }
}

/* The days of workers are known from the model as it is: until they differ, and as long as enough wait. */
TEST(simulate_shared_days_same_bytes)
{
    struct ctx *c = test_begin_bare();

    for (uint64_t seed = 1; seed <= 50; seed++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct model *m = any_model(seed, c->arena);

        if (m->workers > 0)
            check_shared(m, seed, c->arena);
        struct model_data crowd = { { 3, 40, 90 }, 20, 150, seed, seed % 2 == 0 };
        check_shared(model_data_make(&crowd, c->arena), seed, c->arena);
        arena_release(c->arena, mark);
    }
}
