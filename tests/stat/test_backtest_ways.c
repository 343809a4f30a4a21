// SPDX-License-Identifier: EUPL-1.2
/* How far off a way to make periods was, and when another one is used. */
#include "forecast/backtest.h"
#include "stat/world.h"
#include "unit/test.h"

#include <math.h>

/* Who leaves after the end of the window was missed, but by how far nobody knows: those who stayed weigh for
 * them. A list of one start a day that stands still for sixty days; near the end of them one in four
 * leaves. */
TEST(backtest_error_of_who_left)
{
    enum { N = 420, STOP = 300, STILL = 60, QUEUE = 20, UNTIL = N + 400 };
    static struct history_fact received[N], started[N], left[N], none[N];
    static int16_t stream[N], team[N];
    static const uint16_t rank[1] = { 0 };
    struct history_order order = { .streams = 1, .ages = 1, .rank = rank };
    struct history h = { .n = N,
                         .received = received,
                         .started = started,
                         .left = left,
                         .closed = none,
                         .stream = stream,
                         .team = team,
                         .streams = 1,
                         .teams = 1,
                         .ticks_a_day = 1 };
    int32_t turn[N];
    struct arena a;
    struct backtest b;
    double n = 0, off = 0, last = 0, gone = 0;

    for (int i = 0; i < N; i++) {
        bool leaves = i % 4 == 0 && i + QUEUE >= STOP && i < STOP + STILL - 5;
        turn[i] = i + QUEUE + (i + QUEUE >= STOP ? STILL : 0);
        received[i] = (struct history_fact){ i, i };
        none[i] = started[i] = left[i] = (struct history_fact){ TICK_NONE, TICK_NONE };
        *(leaves ? &left[i] : &started[i]) = leaves
                                                 ? (struct history_fact){ STOP + STILL - 5, STOP + STILL - 5 }
                                                 : (struct history_fact){ turn[i], turn[i] };
    }
    arena_init(&a, (size_t)1 << 28);
    struct backtest_how how = { .forecast = { .estimate = { .team = -1, .order = &order, .days = 100 },
                                              .replications = 200 },
                                .first = 200,
                                .last = N - 1,
                                .until = UNTIL,
                                .one_way = true,
                                .way = FORECAST_RATE,
                                .plain = true };
    CHECK(backtest_run(&h, &how, &a, &b));
    for (size_t i = 0; i < b.n; i++) {
        const struct backtest_row *r = &b.row[i];
        gone += r->scored && isinf(r->turn);
        if (r->window.to >= WINDOW_LATER)
            continue;
        n++;
        off += fabs(r->window.middle - (double)(turn[r->row] - r->origin));
        last += fabs(r->rival[RIVAL_LAST].middle - (double)(turn[r->row] - r->origin));
    }
    CHECK(gone > 20);
    CHECK(fabs(b.all.every.absolute * n / off - 1) < 0.2);
    CHECK(fabs(b.all.rival[RIVAL_LAST].absolute * n / last - 1) < 0.2);
    arena_free(&a);
}

/* Origins that used each way, in a town of so many workers. planned: the plan says half as many workers
 * again, who never come. */
static void ways_of(uint64_t seed, int workers, bool planned, size_t *ret_way)
{
    struct world_how how = { .seed = seed,
                             .weeks = 104,
                             .after = 30,
                             .workers = workers,
                             .load = 1.12,
                             .list = 9,
                             .leave = 1. / 600,
                             .turns = TURNS_AGED,
                             .illness = true,
                             .seasons = true };
    struct arena a;
    struct world w;
    struct backtest b;

    arena_init(&a, (size_t)1 << 29);
    if (!CHECK(world_make(&how, true, &a, &w)))
        return;
    struct estimate_staff more = { w.history.from, workers / 2 };
    struct estimate_plan plan = { .staff = &more, .staffs = 1 };
    struct estimate_how eh = { .team = -1, .order = &w.order, .seed = 11, .days = 250 };
    eh.plan = planned ? &plan : NULL;
    struct backtest_how bh = { .forecast = { .estimate = eh, .replications = 60 },
                               .first = w.history.from + 26 * 7,
                               .last = w.origin,
                               .until = w.origin };
    CHECK(backtest_run(&w.history, &bh, &a, &b));
    for (size_t k = 0; k < FORECAST_WAYS; k++)
        ret_way[k] += b.way[k];
    arena_free(&a);
}

/* Another way is used for a reason, not for the luck of some weeks: workers that never come are found within
 * half a year; in small towns, where luck is large, ways did change. The first quarter is too early for
 * workers. */
TEST(backtest_changes_ways_for_a_reason)
{
    size_t wrong[FORECAST_WAYS] = { 0 }, right[FORECAST_WAYS] = { 0 };

    ways_of(1, 12, true, wrong);
    CHECK(wrong[FORECAST_STAFF] > 0 && wrong[FORECAST_STAFF] <= 13 && wrong[FORECAST_RATE] >= 60);
    for (uint64_t seed = 1; seed <= 6; seed++)
        ways_of(seed, 6, false, right);
    CHECK(right[FORECAST_STAFF] > 6 * 52 && right[FORECAST_RATE] <= 60);
}
