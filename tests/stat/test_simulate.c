// SPDX-License-Identifier: EUPL-1.2
/* The engine of the forecast: forecast/simulate.h. Against the event loop: test_event_loop.c. */
#include "forecast/simulate.h"
#include "forecast/simulate_random.h"
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

/* The walk of a place that comes free at a steady rate (forecast/position.h), a tick being a tenth of a
 * worker's day: expected/position_start_time.csv is in test_simulate_position. */
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
