// SPDX-License-Identifier: EUPL-1.2
/* How often each stream leaves the list, as it is estimated from who left, who started and who still waits.
 */
#include "base/rng.h"
#include "unit/small_history.h"
#include "unit/test.h"

#include <math.h>

enum { ROWS = 1200, DAYS = 600, STREAMS = 3, DRAWS = 200 };

/* Two requests a day, every `rare`th of stream 1 and the others of stream 0; each starts after `wait` days
 * unless it left before, at a chance a day by stream. Nobody is in stream 2. */
static void leavers_fill(struct small_history *x, uint64_t seed, int32_t wait, int rare, const double *chance)
{
    struct rng r;

    small_history_make(x, ROWS, DAYS, STREAMS, 0);
    rng_seed(&r, seed);
    for (int32_t i = 0; i < ROWS; i++) {
        int32_t day = i / 2, after = 1;

        x->stream[i] = i % rare == 0;
        while (after < wait && rng_unit(&r) >= chance[x->stream[i]])
            after++;
        x->received[i] = small_history_on(x, day);
        x->left[i] = small_history_on(x, after < wait ? day + after : DAYS);
        x->started[i] = small_history_on(x, after < wait ? DAYS : day + wait);
    }
}

static bool draws(const struct small_history *x, uint64_t seed, struct arena *a, struct model *m)
{
    struct estimate_how how = { .seed = seed, .draws = DRAWS };

    return small_history_model(x, &how, a, m);
}

static double share_below(const struct model *m, int stream, double value)
{
    double n = 0;

    for (size_t d = 0; d < m->draws; d++)
        n += (double)m->draw[d].leave[stream] < value;
    return n / (double)m->draws;
}

TEST(estimate_leave_each_stream_as_itself)
{
    const double chance[] = { 1. / 400, 1. / 50 };
    struct arena a;
    struct small_history *x;
    struct model m;
    struct estimate_leaving l;

    arena_init(&a, 256u << 20);
    x = arena_alloc(&a, sizeof *x);
    leavers_fill(x, 1, 60, 4, chance);
    if (draws(x, 5, &a, &m)) {
        CHECK_NEAR(small_history_leave(&m, 0), chance[0], 0.3);
        CHECK_NEAR(small_history_leave(&m, 1), chance[1], 0.3);
        CHECK(small_history_leave(&m, 2) > chance[0] &&
              small_history_leave(&m, 2) < 2 * chance[1]); /* nothing is known of it */
    }
    if (CHECK(estimate_leaving(&x->h, DAYS - 1, -1, STREAMS, &a, &l))) {
        CHECK_NEAR(l.chance[0], small_history_leave(&m, 0), 0.05);
        CHECK_NEAR(l.chance[1], small_history_leave(&m, 1), 0.05);
        CHECK(l.waited[0] > 20000 && l.waited[1] > 5000 && l.waited[2] <= 0);
    }
    arena_free(&a);
}

/* Three of 1,200 requests: what happened to them says hardly anything. */
TEST(estimate_leave_leans_on_all_when_little_is_known)
{
    const double alike[] = { 1. / 100, 1. / 100 }, never[] = { 1. / 100, 0 };
    struct arena a;
    struct small_history *x;
    struct model m;

    arena_init(&a, 256u << 20);
    x = arena_alloc(&a, sizeof *x);
    leavers_fill(x, 2, 40, 400, never);
    if (draws(x, 5, &a, &m))
        CHECK(small_history_leave(&m, 1) > 0.5 * small_history_leave(&m, 0) &&
              small_history_leave(&m, 1) < 1.2 * small_history_leave(&m, 0));
    leavers_fill(x, 3, 40, 2, alike);
    if (draws(x, 5, &a, &m))
        CHECK_NEAR(small_history_leave(&m, 1), small_history_leave(&m, 0), 0.15);
    arena_free(&a);
}

/* Who moves counts in each stream for as long as it was there. */
TEST(estimate_leave_counts_where_somebody_stood)
{
    const double chance[] = { 1. / 200, 1. / 200 };
    struct arena a;
    struct small_history *x;
    struct estimate_leaving l;
    double all = 0;

    arena_init(&a, 256u << 20);
    x = arena_alloc(&a, sizeof *x);
    leavers_fill(x, 4, 40, 2, chance);
    if (!CHECK(estimate_leaving(&x->h, DAYS - 1, -1, STREAMS, &a, &l)))
        return;
    for (int s = 0; s < STREAMS; s++)
        all += l.waited[s];
    x->move[x->h.moves++] = (struct history_move){ 401, 210, -1, 0 }; /* a pause: as before */
    x->move[x->h.moves++] = (struct history_move){ 401, 220, 2, 0 };
    x->started[401] = small_history_on(x, 240);
    x->left[401] = small_history_on(x, DAYS);
    x->started[403] = small_history_on(x, 241);
    x->left[403] = small_history_on(x, DAYS);
    if (CHECK(estimate_leaving(&x->h, DAYS - 1, -1, STREAMS, &a, &l))) {
        CHECK_NEAR(l.waited[2], 20, 1e-9);
        CHECK(l.waited[0] + l.waited[1] > all - 20 - 1e-9);
    }
    arena_free(&a);
}

/* About eight of ten truths lie between P10 and P90 of the draws, each list with draws of its own: also of a
 * stream of which some tens left (.77; of all more, because a level goes on wandering in the weeks to come,
 * which is in the draws and not in these lists). */
TEST_LONG(estimate_leave_knows_what_it_does_not_know)
{
    enum { TRIES = 400 };
    struct arena a;
    struct small_history *x;
    double in[2] = { 0 };
    struct rng r;

    arena_init(&a, 256u << 20);
    x = arena_alloc(&a, sizeof *x);
    rng_seed(&r, 6);
    for (int i = 0; i < TRIES; i++) {
        struct arena_mark before = arena_mark(&a);
        double chance[2];
        struct model m;

        for (int s = 0; s < 2; s++)
            chance[s] = 0.004 * exp(0.7 * rng_normal(&r));
        leavers_fill(x, (uint64_t)(100 + i), 40, 6, chance);
        for (int s = 0; draws(x, (uint64_t)i, &a, &m) && s < 2; s++)
            in[s] += share_below(&m, s, chance[s]) >= 0.1 && share_below(&m, s, chance[s]) <= 0.9;
        arena_release(&a, before);
    }
    for (int s = 0; s < 2; s++)
        CHECK(in[s] / TRIES > 0.73 && in[s] / TRIES < 0.97);
    arena_free(&a);
}
