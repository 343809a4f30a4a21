// SPDX-License-Identifier: EUPL-1.2
/* The engine of the forecast, forecast/simulate.h, by itself. Against the event loop: test_event_loop.c. */
#include "base/rng.h"
#include "base/text.h"
#include "forecast/simulate.h"
#include "forecast/simulate_random.h"
#include "stat/csv.h"
#include "stat/model_data.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

/* The smallest day that at least this share does not exceed. */
static int32_t day_at(const uint32_t *row, int32_t days, uint32_t n, double p)
{
    uint32_t cum = 0;

    for (int32_t d = 0; d < days; d++)
        if ((cum += row[d]) >= p * n)
            return d;
    return days;
}

static double mean_day(const uint32_t *row, int32_t days)
{
    double sum = 0;

    for (int32_t d = 0; d <= days; d++)
        sum += (double)row[d] * d;
    return sum;
}

TEST(simulate_rows_add_up)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&(struct model_data){ { 5, 95, 300 }, 40, 182, 7, true }, c->arena);
    struct simulate_out out;

    CHECK(simulate(m, 1, 300, 1, c->arena, &out));
    for (size_t i = 0; i < m->n; i++) {
        uint32_t sum = 0;
        for (int32_t d = 0; d <= m->days; d++)
            sum += out.start[i * 183 + (size_t)d];
        CHECK_INT(sum, 300);
        CHECK(out.left[i] <= 300);
    }
    /* who stands behind somebody of the same stream is never earlier */
    for (size_t i = 0; i + 1 < m->n; i++)
        CHECK(m->waiting[i].stream != m->waiting[i + 1].stream ||
              mean_day(out.start + i * 183, 182) <= mean_day(out.start + (i + 1) * 183, 182));
    CHECK(out.list == NULL && out.probe == NULL);
}

TEST(simulate_random_is_even)
{
    uint32_t bins[256] = { 0 }, pairs[256] = { 0 }, keys[256] = { 0 };
    double chi[3] = { 0 };

    for (uint32_t i = 0; i < 1u << 18; i++) {
        struct random_key k = random_key_of(7, 3), next = random_key_of(7, i);
        uint32_t u = random_at(k, random_place(RANDOM_HELP, 3, i)),
                 v = random_at(k, random_place(RANDOM_HELP, 3, i + 1));

        bins[u >> 24]++;
        pairs[(u >> 28) << 4 | v >> 28]++;
        keys[random_at(next, random_place(RANDOM_HELP, 3, 5)) >> 24]++;
    }
    for (int i = 0; i < 256; i++) {
        chi[0] += pow(bins[i] - 1024.0, 2) / 1024;
        chi[1] += pow(pairs[i] - 1024.0, 2) / 1024;
        chi[2] += pow(keys[i] - 1024.0, 2) / 1024;
    }
    for (int i = 0; i < 3; i++)
        CHECK(chi[i] > 170 && chi[i] < 345); /* 255 degrees of freedom: about 1e-4 on both sides */
}

TEST(simulate_same_bytes_however_split)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&(struct model_data){ { 5, 40, 60 }, 20, 120, 9, true }, c->arena);
    struct simulate_probe probe[] = { { 30, 2 }, { 30, 2 }, { 60, 0 } };
    struct simulate_ask ask = {
        .seed = 5, .replications = 301, .threads = 1, .list = true, .probe = probe, .probes = 3
    };
    struct simulate_out one, two, part[3];
    size_t size = m->n * 121;

    CHECK(simulate_run(m, &ask, c->arena, &one));
    ask.threads = 2;
    CHECK(simulate_run(m, &ask, c->arena, &two));
    CHECK(memcmp(one.start, two.start, size * sizeof *one.start) == 0);
    CHECK(memcmp(one.left, two.left, m->n * sizeof *one.left) == 0);
    CHECK(memcmp(one.probe, two.probe, (size_t)3 * 121 * sizeof *one.probe) == 0);
    CHECK(memcmp(one.list, two.list, (size_t)120 * 5 * sizeof *one.list) == 0);
    for (uint32_t i = 0; i < 3; i++) {
        ask.first = (uint32_t[]){ 0, 100, 163 }[i];
        ask.replications = (uint32_t[]){ 100, 63, 138 }[i];
        CHECK(simulate_run(m, &ask, c->arena, &part[i]));
    }
    for (size_t i = 0; i < size; i++)
        CHECK_INT(one.start[i], part[0].start[i] + part[1].start[i] + part[2].start[i]);
    for (size_t i = 0; i < (size_t)3 * 121; i++)
        CHECK_INT(one.probe[i], part[0].probe[i] + part[1].probe[i] + part[2].probe[i]);
    CHECK(day_at(one.probe, 120, 301, 0.5) >= 30);
}

/* ---- expected/position_start_time.csv ---- */

/* A place comes free at a steady rate, urgent requests go ahead. A tick is so long that 1,096 of them hold
 * nearly every outcome. */
static void check_position(const struct csv *e, size_t row, struct ctx *c)
{
    static const uint16_t rank[2] = { 2, 1 };
    struct history_order order = { .streams = 2, .ages = 1, .rank = rank };
    double cell[7];
    static const char *const name[7] = {
        "position", "workers", "completions_per_worker_day", "urgent_per_day", "mean_days", "sd_days", "p80"
    };

    for (size_t i = 0; i < 7; i++)
        cell[i] = csv_real(csv_cell(e, row, csv_column(e, name[i])));
    double tick = (cell[4] + 10 * cell[5]) / MODEL_DAYS_MAX;
    size_t n = (size_t)cell[0];
    uint32_t replications = cell[5] / cell[4] > 0.55 ? 100000 : 20000;
    struct model_waiting *p = arena_array(c->arena, n, sizeof *p);
    float *season = arena_array(c->arena, MODEL_DAYS_MAX, sizeof *season);
    uint8_t *working = arena_array(c->arena, MODEL_DAYS_MAX, 1);
    struct model_draw draw = { .arrival = { (float)(cell[3] * tick) },
                               .duration = 1,
                               .rate = (float)(cell[1] * cell[2] * tick) };
    struct simulate_out out;

    for (size_t i = 0; i < n; i++)
        p[i] = (struct model_waiting){ .stream = 1 };
    for (size_t d = 0; d < MODEL_DAYS_MAX; d++)
        season[d] = working[d] = 1;
    struct model m = { .days = MODEL_DAYS_MAX,
                       .order = &order,
                       .waiting = p,
                       .n = n,
                       .working = working,
                       .season = season,
                       .dispersion = 1,
                       .draw = &draw,
                       .draws = 1 };
    CHECK(simulate(&m, 17, replications, 2, c->arena, &out));
    const uint32_t *last = out.start + (n - 1) * (MODEL_DAYS_MAX + 1);
    CHECK(last[MODEL_DAYS_MAX] < replications / 2000);
    test_check_near((mean_day(last, MODEL_DAYS_MAX) / replications + 0.5) * tick, cell[4], 0.01, __FILE__,
                    (int)row + 2, "mean_days");
    test_check_near((day_at(last, MODEL_DAYS_MAX, replications, 0.8) + 0.5) * tick, cell[6], 0.02, __FILE__,
                    (int)row + 2, "p80");
}

TEST(simulate_data_position)
{
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/position_start_time.csv");

    for (size_t i = 0; i < e.rows; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        check_position(&e, i, c);
        arena_release(c->arena, mark);
    }
    CHECK_INT((int64_t)e.rows, 12);
}

/* ---- what must always be so ---- */

enum { PROPERTY_REPLICATIONS = 1000 };

static const struct model_data kinds[] = {
    { { 5, 40, 100 }, 15, 182, 1, false },
    { { 5, 40, 100 }, 15, 182, 6, true },
    { { 0, 9, 20 }, 4, 182, 3, true },
};

/* No mean is later than before by more than `slack` days. */
static void check_not_later(const struct model *before, const struct model *after, double slack,
                            struct arena *a)
{
    struct simulate_out x, y;
    size_t columns = (size_t)before->days + 1;

    CHECK(simulate(before, 9, PROPERTY_REPLICATIONS, 2, a, &x));
    CHECK(simulate(after, 9, PROPERTY_REPLICATIONS, 2, a, &y));
    for (size_t i = 0; i < before->n; i++)
        CHECK(mean_day(y.start + i * columns, before->days) <=
              mean_day(x.start + i * columns, before->days) + slack * PROPERTY_REPLICATIONS);
}

/* Every third worker is away, and back on another day in each draw. */
static struct model_worker *a_third_away(const struct model *m, struct arena *a)
{
    struct model_worker *w = arena_array(a, m->workers + 1, sizeof *w);

    memcpy(w, m->worker, m->workers * sizeof *w);
    for (size_t i = 0; i < m->workers; i += 3) {
        int32_t *back = arena_array(a, m->draws, sizeof *back);
        for (size_t d = 0; d < m->draws; d++)
            back[d] = 5 + (int32_t)((d * 37 + i * 11) % 120);
        w[i].back = 1;
        w[i].back_of = back;
    }
    return w;
}

/* The same luck for the same workers: another one only adds places. */
TEST(simulate_more_capacity_never_later)
{
    struct ctx *c = test_begin_bare();

    for (size_t k = 0; k < 2 * sizeof kinds / sizeof *kinds; k++) {
        struct model *m = model_data_make(&kinds[k / 2], c->arena), more;
        struct model_worker *w = a_third_away(m, c->arena);
        float *room = arena_array(c->arena, (size_t)m->days, sizeof *room);

        if (k % 2 > 0)
            m->worker = a_third_away(m, c->arena);
        more = *m;
        memcpy(w, m->worker, m->workers * sizeof *w);
        w[m->workers] = (struct model_worker){ .from = 21, .to = INT32_MAX };
        more.worker = w;
        more.workers++;
        check_not_later(m, &more, 0, c->arena);
        more = *m;
        for (int32_t d = 0; d < m->days; d++)
            room[d] = m->room[d] * 1.1f;
        more.room = room;
        check_not_later(m, &more, 0, c->arena);
    }
}

/* Who is judged more urgent, all else equal, is never later; and of two who asked on the same day the more
 * urgent one is first. */
TEST(simulate_urgent_never_later)
{
    struct ctx *c = test_begin_bare();

    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct model *m = model_data_make(&kinds[k], c->arena), urgent = *m;
        struct model_waiting *p = arena_array(c->arena, m->n, sizeof *p);
        size_t who = m->n - 3, columns = (size_t)m->days + 1;
        struct simulate_out x, y;

        CHECK(simulate(m, 9, PROPERTY_REPLICATIONS, 2, c->arena, &x));
        for (int16_t stream = 1; stream >= 0; stream--) {
            memcpy(p, m->waiting, m->n * sizeof *p);
            p[who].stream = stream;
            urgent.waiting = p;
            CHECK(simulate(&urgent, 9, PROPERTY_REPLICATIONS, 2, c->arena, &y));
            CHECK(mean_day(y.start + who * columns, m->days) <= mean_day(x.start + who * columns, m->days));
        }
        for (size_t i = 0; i < m->n; i++)
            for (size_t j = 0; j < m->n; j++)
                if (m->waiting[i].waited == m->waiting[j].waited &&
                    m->waiting[i].stream < m->waiting[j].stream)
                    CHECK(mean_day(x.start + i * columns, m->days) <=
                          mean_day(x.start + j * columns, m->days));
    }
}

/* Half of those in front are gone: nobody who stays gets a later window. Without leaving to the last path;
 * with leaving another place on the list has other luck, so within chance. */
TEST(simulate_fewer_ahead_never_later)
{
    struct ctx *c = test_begin_bare();

    for (size_t k = 0; k < 2 * sizeof kinds / sizeof *kinds; k++) {
        struct model *m = model_data_make(&kinds[k / 2], c->arena), fewer;
        struct model_waiting *p = arena_array(c->arena, m->n, sizeof *p);
        struct model_draw *draw = arena_array(c->arena, m->draws, sizeof *draw);
        struct simulate_out x, y;
        size_t columns = (size_t)m->days + 1, n = 0;

        memcpy(draw, m->draw, m->draws * sizeof *draw);
        for (size_t i = 0; k % 2 == 0 && i < m->draws; i++)
            memset(draw[i].leave, 0, sizeof draw[i].leave);
        m->draw = draw;
        fewer = *m;
        for (size_t i = 0; i < m->n; i++)
            if (i % 2 == 1 || i > m->n - 9) {
                p[n] = m->waiting[i];
                p[n++].row = (uint32_t)i;
            }
        fewer.waiting = p;
        fewer.n = n;
        CHECK(simulate(m, 9, PROPERTY_REPLICATIONS, 2, c->arena, &x));
        CHECK(simulate(&fewer, 9, PROPERTY_REPLICATIONS, 2, c->arena, &y));
        for (size_t i = 0; i < n; i++)
            for (double q = 0.1; q < 0.95; q += 0.4)
                CHECK(day_at(y.start + i * columns, m->days, PROPERTY_REPLICATIONS, q) <=
                      day_at(x.start + p[i].row * columns, m->days, PROPERTY_REPLICATIONS, q) +
                          (k % 2 == 1 ? 3 : 0));
    }
}

/* A probe who asks on day 0 at the end of the list waits as long as the last person of that stream who
 * really stands there. */
TEST(simulate_probe_is_a_person)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&kinds[1], c->arena), longer = *m;
    struct model_waiting *p = arena_array(c->arena, m->n + 1, sizeof *p);
    struct simulate_probe probe = { 0, 2 };
    struct simulate_ask ask = { .seed = 1, .replications = 4000, .threads = 2, .probe = &probe, .probes = 1 };
    struct simulate_out x, y;

    memcpy(p, m->waiting, m->n * sizeof *p);
    p[m->n] = (struct model_waiting){ .stream = 2 };
    longer.waiting = p;
    longer.n++;
    float *season = arena_array(c->arena, (size_t)m->days, sizeof *season);
    memcpy(season, m->season, (size_t)m->days * sizeof *season);
    season[0] = 0; /* nobody else asks on that day */
    m->season = longer.season = season;
    CHECK(simulate_run(m, &ask, c->arena, &x));
    CHECK(simulate(&longer, 2, 4000, 2, c->arena, &y));
    CHECK_NEAR(mean_day(x.probe, m->days), mean_day(y.start + m->n * ((size_t)m->days + 1), m->days), 0.02);
}

TEST(simulate_refuses)
{
    struct ctx *c = test_begin_bare();
    struct model *m = model_data_make(&kinds[2], c->arena), bad = *m;
    struct model_draw draw = m->draw[0];
    struct model_waiting who = { .stream = 3 };
    struct simulate_out out;
    struct arena small;

    draw.leave[1] = NAN;
    bad.draw = &draw;
    bad.draws = 1;
    CHECK(!simulate(&bad, 1, 10, 1, c->arena, &out));
    bad = *m;
    bad.waiting = &who;
    bad.n = 1;
    CHECK(!simulate(&bad, 1, 10, 1, c->arena, &out));
    struct model_worker worker[MODEL_WORKERS_MAX];
    int32_t back[3] = { 1, 400, 0 };
    bad = *m;
    memcpy(worker, m->worker, m->workers * sizeof *worker);
    worker[0].back = 1;
    worker[0].back_of = back;
    bad.worker = worker;
    CHECK(m->draws == 3 && !simulate(&bad, 1, 10, 1, c->arena, &out)); /* absent in all draws or in none */
    back[2] = 8;
    CHECK(simulate(&bad, 1, 10, 1, c->arena, &out));
    worker[0].back = 0;
    CHECK(!simulate(&bad, 1, 10, 1, c->arena, &out));
    bad = *m;
    bad.days = MODEL_DAYS_MAX + 1;
    CHECK(!simulate(&bad, 1, 10, 1, c->arena, &out));
    CHECK(!simulate(m, 1, 0, 1, c->arena, &out));
    bool fits = false;
    for (size_t ceiling = 1000; !fits; ceiling *= 2) {
        arena_init(&small, ceiling);
        fits = simulate(m, 1, 10, 2, &small, &out);
        CHECK(ceiling < 64000 ? !fits : ceiling < 10000000);
        arena_free(&small);
    }
}

/* ---- the wide registers give the same bytes ---- */

static void check_same(const struct model *m, const struct simulate_ask *ask, const struct simulate_out *x,
                       const struct simulate_out *y)
{
    size_t columns = (size_t)m->days + 1;

    CHECK(memcmp(x->start, y->start, m->n * columns * sizeof *x->start) == 0);
    CHECK(memcmp(x->left, y->left, m->n * sizeof *x->left) == 0);
    if (ask->probes > 0)
        CHECK(memcmp(x->probe, y->probe, ask->probes * columns * sizeof *x->probe) == 0 &&
              memcmp(x->probe_day, y->probe_day, ask->probes * ask->replications * sizeof *x->probe_day) ==
                  0);
    if (ask->list)
        CHECK(memcmp(x->list, y->list, (size_t)m->days * 5 * sizeof *x->list) == 0);
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
