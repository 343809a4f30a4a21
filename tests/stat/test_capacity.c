// SPDX-License-Identifier: EUPL-1.2
/* Erlang A and the arithmetic of capacity, each against a slow second way. */
#include "base/rng.h"
#include "forecast/capacity.h"
#include "forecast/erlang.h"
#include "unit/test.h"

#include <math.h>

/* With endless patience callers do not give up: Erlang C. */
TEST(capacity_erlang_a_is_c)
{
    for (size_t agents = 12; agents < 20; agents += 3) {
        struct erlang_load l = { 100, 1800, 190 };
        struct erlang_answer c = erlang_answer(&l, agents, 20);
        struct erlang_a_answer a = erlang_a_answer(&l, agents, 1e9, 20);

        CHECK_NEAR(a.p_wait, c.p_wait, 1e-5);
        CHECK_NEAR(a.service_level, c.service_level, 1e-5);
        CHECK_NEAR(a.wait, c.asa, 1e-4);
        CHECK(a.p_abandon < 1e-5);
    }
}

/* Patience as long as handling: every caller is a server of its own, so the number present is Poisson
 * (M/M/infinity): Garnett, Mandelbaum & Reiman 2002, section 1. */
TEST(capacity_erlang_a_is_poisson)
{
    double traffic = 20, term = exp(-traffic), below = 0;
    struct erlang_load l = { 20, 300, 300 };
    struct erlang_a_answer a = erlang_a_answer(&l, 22, 300, 30);
    size_t n = 0;

    for (; n < 22; n++) {
        below += term;
        term *= traffic / (double)(n + 1);
    }
    CHECK_NEAR(a.p_wait, 1 - below, 1e-9);
}

/* Drawn by hand: callers with patience, one queue. */
TEST(capacity_erlang_a_drawn)
{
    enum { AGENTS = 6, CALLS = 400000 };
    struct erlang_load l = { 70, 1800, 180 };
    double free_at[AGENTS] = { 0 }, now = 0, waits = 0;
    int gave_up = 0, in_time = 0;
    struct rng r;

    rng_seed(&r, 5);
    for (int i = 0; i < CALLS; i++) {
        size_t first = 0;

        now += rng_exponential(&r, l.interval / l.calls);
        for (size_t k = 1; k < AGENTS; k++)
            first = free_at[k] < free_at[first] ? k : first;
        double wait = fmax(0, free_at[first] - now), patience = rng_exponential(&r, 120);
        waits += fmin(wait, patience);
        if (wait > patience) {
            gave_up++;
            continue;
        }
        in_time += wait <= 20;
        free_at[first] = now + wait + rng_exponential(&r, l.handling);
    }
    struct erlang_a_answer a = erlang_a_answer(&l, AGENTS, 120, 20);
    CHECK_NEAR((double)gave_up / CALLS, a.p_abandon, 0.02);
    CHECK_NEAR((double)in_time / CALLS, a.service_level, 0.01);
    CHECK_NEAR(waits / CALLS, a.wait, 0.02);
    CHECK(a.p_abandon > 0.05);
    /* a smaller number of agents does not hold the level, the smallest does */
    size_t need = erlang_a_agents(&l, 120, 20, 0.8);
    CHECK(erlang_a_answer(&l, need, 120, 20).service_level >= 0.8);
    CHECK(erlang_a_answer(&l, need - 1, 120, 20).service_level < 0.8);
}

/* The list as water that runs in and out, in small steps. */
static double weeks_until_empty(const struct capacity_load *l)
{
    double q = l->queue, t = 0, step = 1e-4;

    for (; q > 0 && t < 1000; t += step)
        q += step * (l->demand - l->places / l->duration - l->leave * q);
    return t;
}

TEST(capacity_by_steps)
{
    static const double leave[] = { 0, 0.02 };

    for (int i = 0; i < 2; i++) {
        struct capacity_load l = {
            .demand = 28, .duration = 12, .places = 400, .queue = 150, .leave = leave[i]
        };
        double slow = weeks_until_empty(&l);

        CHECK_NEAR(capacity_clears_in(&l), slow, 1e-3);
        CHECK_NEAR(capacity_to_clear(&l, slow), l.places, 1e-3);
        CHECK_NEAR(capacity_load_of(&l), 28 * 12 / 400.0, 1e-12);
        /* nobody comes after the last one: empty when it is their turn */
        struct capacity_load none = l;
        none.demand = 0;
        CHECK_NEAR(capacity_wait(&l), weeks_until_empty(&none), 1e-3);
    }
    struct capacity_load full = { .demand = 40, .duration = 12, .places = 400, .queue = 10 };
    CHECK(isinf(capacity_clears_in(&full)));
    CHECK(capacity_load_of(&full) > 1);
}

/* The smallest number: one place less does not hold. Against Erlang's own service level. */
TEST(capacity_norm)
{
    struct capacity_load l = { .demand = 28, .duration = 12 };
    struct erlang_load e = { 28, 1, 12 };

    for (double weeks = 0; weeks < 9; weeks += 2) {
        size_t places = (size_t)capacity_for_norm(&l, 0.8, weeks);

        CHECK(erlang_answer(&e, places, weeks).service_level >= 0.8);
        CHECK(erlang_answer(&e, places - 1, weeks).service_level < 0.8);
    }
    CHECK_INT((int64_t)capacity_for_norm(&(struct capacity_load){ .demand = 1e6, .duration = 10 }, 0.8, 1),
              0);
}
