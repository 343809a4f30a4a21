// SPDX-License-Identifier: EUPL-1.2
/* How many ask in each stream, as it is estimated when all streams, or one, have just changed. */
#include "base/rng.h"
#include "unit/small_history.h"
#include "unit/test.h"

#include <math.h>

enum { WEEKS = 104, LATELY = 6, DAYS = WEEKS * 7, STREAMS = 4, HISTORIES = 20, DRAWS = 100 };
static const double a_day[STREAMS] = { 0.25, 0.6, 1.6, 0 };

/* Two years as usual; in the last six weeks so many times as many. */
static void fill(struct small_history *x, uint64_t seed, const double *times)
{
    size_t n = 0;
    struct rng r;

    small_history_make(x, SMALL_ROWS, DAYS, STREAMS, 0);
    rng_seed(&r, seed);
    for (int32_t day = 0; day < DAYS; day++)
        for (int16_t s = 0; s < STREAMS; s++)
            for (uint64_t k = rng_poisson(&r, a_day[s] * (day < DAYS - 7 * LATELY ? 1 : times[s]));
                 k > 0 && n < SMALL_ROWS; k--) {
                x->received[n] = small_history_on(x, day);
                x->stream[n++] = s;
            }
    x->h.n = n;
}

/* The estimate of each stream against what is usual, on average over histories. */
static bool estimate_times(const double *times, double *ret_mean)
{
    struct arena a;
    bool good = true;

    for (int s = 0; s < STREAMS; s++)
        ret_mean[s] = 0;
    for (uint64_t seed = 1; good && seed <= HISTORIES; seed++) {
        arena_init(&a, 256u << 20);
        struct small_history *x = arena_alloc(&a, sizeof *x);
        struct estimate_how how = { .seed = seed, .draws = DRAWS };
        struct model m;
        fill(x, seed, times);
        good = small_history_model(x, &how, &a, &m);
        for (int s = 0; good && s < STREAMS; s++)
            for (size_t d = 0; d < m.draws; d++)
                ret_mean[s] += (double)m.draw[d].arrival[s] / DRAWS / HISTORIES / fmax(a_day[s], 0.01);
        arena_free(&a);
    }
    return good;
}

TEST(estimate_arrival_sees_all_streams_rise_together)
{
    static const double times[STREAMS] = { 1.7, 1.7, 1.7, 1.7 };
    double mean[STREAMS];

    if (!estimate_times(times, mean))
        return;
    for (int s = 0; s < 3; s++)
        CHECK(mean[s] > 1.42 && mean[s] < 1.8);
    CHECK(mean[3] < 1); /* a hundredth a day */
}

TEST(estimate_arrival_sees_one_stream_rise_alone)
{
    static const double rare[STREAMS] = { 1, 2.5, 1, 1 }, most[STREAMS] = { 1, 1, 1.7, 1 };
    double mean[STREAMS];

    if (!estimate_times(rare, mean))
        return;
    CHECK(mean[1] > 1.8 && mean[1] < 2.6);
    CHECK_NEAR(mean[0], 1, 0.08);
    CHECK_NEAR(mean[2], 1, 0.08);
    if (!estimate_times(most, mean))
        return;
    CHECK(mean[2] > 1.35 && mean[2] < 1.8);
    CHECK_NEAR(mean[0], 1, 0.15);
    CHECK_NEAR(mean[1], 1, 0.15);
}

TEST(estimate_arrival_stays_as_it_was)
{
    static const double times[STREAMS] = { 1, 1, 1, 1 };
    double mean[STREAMS];

    if (!estimate_times(times, mean))
        return;
    for (int s = 0; s < 3; s++)
        CHECK_NEAR(mean[s], 1, 0.08);
    CHECK(mean[3] < 1);
}
