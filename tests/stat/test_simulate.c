// SPDX-License-Identifier: EUPL-1.2
/* The engine of the forecast, forecast/simulate.h, by itself. Against the event loop: test_event_loop.c. */
#include "base/text.h"
#include "forecast/simulate.h"
#include "forecast/simulate_random.h"
#include "stat/csv.h"
#include "stat/model_data.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

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
    CHECK(model_data_day(one.probe, 120, 301, 0.5) >= 30);
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
    test_check_near((model_data_day(last, MODEL_DAYS_MAX, replications, 0.8) + 0.5) * tick, cell[6], 0.02,
                    __FILE__, (int)row + 2, "p80");
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
                CHECK(model_data_day(y.start + i * columns, m->days, PROPERTY_REPLICATIONS, q) <=
                      model_data_day(x.start + p[i].row * columns, m->days, PROPERTY_REPLICATIONS, q) +
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
