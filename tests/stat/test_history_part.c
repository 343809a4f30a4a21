// SPDX-License-Identifier: EUPL-1.2
/* A part of a history says the same of its list as the whole, and what comes later than an origin is not
 * missed when it is left out. */
#include "base/rng.h"
#include "forecast/backtest.h"
#include "forecast/rival.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

enum { ROWS = 1500, TEAMS = 3, STREAMS = 4, DAYS = 560, MOVES = 400 };

struct town {
    struct history_fact received[ROWS], started[ROWS], left[ROWS], closed[ROWS];
    int16_t stream[ROWS], team[ROWS];
    struct history_move move[MOVES];
    uint16_t rank[STREAMS];
    struct history h;
    struct history_order order;
};

static const struct history_fact never = { TICK_NONE, TICK_NONE };

/* Rows are not in the order of asking, and some facts were written down late. */
static void town_make(struct town *t)
{
    struct rng r;

    rng_seed(&r, 17);
    for (size_t i = 0; i < ROWS; i++) {
        int32_t at = (int32_t)rng_below(&r, DAYS), wait = 20 + (int32_t)rng_exponential(&r, 30),
                late = rng_below(&r, 10) == 0 ? 3 : 0, end = at + wait;
        bool left = rng_below(&r, 8) == 0;
        t->received[i] = (struct history_fact){ at, at + late };
        t->started[i] = left || end > DAYS ? never : (struct history_fact){ end, end + late };
        t->left[i] = left && end <= DAYS ? (struct history_fact){ end, end + late } : never;
        t->closed[i] = never;
        t->stream[i] = (int16_t)(rng_below(&r, 40) == 0 ? -1 : (int)rng_below(&r, STREAMS - 1));
        t->team[i] = (int16_t)rng_below(&r, TEAMS);
    }
    for (size_t i = 0; i < MOVES; i++) {
        uint32_t row = (uint32_t)rng_below(&r, ROWS);
        int16_t to = (int16_t)((int)rng_below(&r, STREAMS) - 1);
        t->move[i] =
            (struct history_move){ row, (int32_t)(i * DAYS / MOVES), to, to < 0 ? (int32_t)(i + 30) : 0 };
    }
    for (size_t s = 0; s < STREAMS; s++)
        t->rank[s] = (uint16_t)(STREAMS - s);
    t->h = (struct history){ .n = ROWS,
                             .received = t->received,
                             .started = t->started,
                             .left = t->left,
                             .closed = t->closed,
                             .stream = t->stream,
                             .team = t->team,
                             .streams = STREAMS,
                             .teams = TEAMS,
                             .move = t->move,
                             .moves = MOVES,
                             .ticks_a_day = 1 };
    t->order = (struct history_order){ STREAMS, 1, t->rank, false };
}

static void same_windows(const struct forecast *whole, const struct forecast *part, const struct history *h)
{
    CHECK(whole->n > 10);
    if (!CHECK_INT((int64_t)part->n, (int64_t)whole->n))
        return;
    for (size_t i = 0; i < whole->n; i++) {
        CHECK_INT(h->place != NULL ? h->place[part->row[i]] : part->row[i], whole->row[i]);
        CHECK(memcmp(&part->window[i], &whole->window[i], sizeof part->window[i]) == 0);
    }
}

TEST(history_part_forecasts_the_same)
{
    static struct town t;
    struct history part;
    struct forecast a, b;
    struct arena m;

    town_make(&t);
    arena_init(&m, (size_t)1 << 28);
    const int32_t *last = history_last(&t.h, &m);
    for (int team = 0; team < TEAMS && CHECK(last != NULL); team++) {
        struct forecast_how how = { .estimate = { .team = team, .order = &t.order, .seed = 3, .days = 200 },
                                    .replications = 100 };
        int32_t origin = 300 + 100 * team;
        if (!CHECK(history_part(&t.h, team, &m, &part)))
            break;
        CHECK(part.n > ROWS / TEAMS && part.n < ROWS / 2 + ROWS / TEAMS);
        struct history seen = history_until(&t.h, last, origin);
        for (enum forecast_way w = FORECAST_RATE; w < FORECAST_WAYS; w++) {
            CHECK(forecast_by(&t.h, origin, &how, w, &m, &a));
            CHECK(forecast_by(&part, origin, &how, w, &m, &b));
            same_windows(&a, &b, &part);
            CHECK(forecast_by(&seen, origin, &how, w, &m, &b));
            same_windows(&a, &b, &seen);
        }
    }
    arena_free(&m);
}

/* Rows in the order of asking: then those to come are left out, and only those. */
TEST(history_until_leaves_out_what_comes)
{
    static struct town t;
    struct arena m;

    town_make(&t);
    arena_init(&m, (size_t)1 << 24);
    for (size_t i = 0; i < ROWS; i++) {
        t.received[i] = (struct history_fact){ (int32_t)i, (int32_t)i };
        t.started[i] = t.left[i] = never;
    }
    t.h.moves = 1;
    t.move[0] = (struct history_move){ 800, 300, 1, 0 };
    const int32_t *last = history_last(&t.h, &m);
    CHECK_INT((int64_t)history_until(&t.h, last, 299).n, 300);
    CHECK_INT((int64_t)history_until(&t.h, last, 300).n, 801); /* something was written down of row 800 */
    CHECK_INT((int64_t)history_until(&t.h, last, 900).n, 901);
    CHECK_INT((int64_t)history_until(&t.h, last, -1).n, 0);
    arena_free(&m);
}

/* The look back over a part, chance included. */
TEST(history_part_looks_back_the_same)
{
    static struct town t;
    struct history part;
    struct backtest a, b;
    struct arena m;

    town_make(&t);
    arena_init(&m, (size_t)1 << 28);
    struct backtest_how how = {
        .forecast = { .estimate = { .team = 1, .order = &t.order, .seed = 3, .days = 120 },
                      .replications = 60 },
        .first = 200,
        .last = 400,
        .until = DAYS
    };
    if (CHECK(history_part(&t.h, 1, &m, &part)) && CHECK(backtest_run(&t.h, &how, &m, &a)) &&
        CHECK(backtest_run(&part, &how, &m, &b)) && CHECK_INT((int64_t)a.n, (int64_t)b.n)) {
        CHECK(a.n > 500);
        CHECK(memcmp(a.pit, b.pit, sizeof a.pit) == 0);
        CHECK(memcmp(&a.all, &b.all, sizeof a.all) == 0);
        for (size_t i = 0; i < a.n; i++) {
            CHECK_INT(part.place[b.row[i].row], a.row[i].row);
            CHECK(memcmp(a.row[i].rival, b.row[i].rival, sizeof a.row[i].rival) == 0);
        }
    }
    arena_free(&m);
}

/* Side by side the same is found. */
TEST(backtest_jobs_find_the_same)
{
    static struct town t;
    struct backtest_job one[TEAMS], both[TEAMS + 1];
    atomic_bool stop = true;

    town_make(&t);
    for (int k = 0; k <= TEAMS; k++) {
        int team = k < TEAMS ? k : 0;
        struct backtest_how how = {
            .forecast = { .estimate = { .team = team, .order = &t.order, .days = 120 }, .replications = 60 },
            .first = 200,
            .last = 300,
            .until = DAYS,
            .stop = k < TEAMS ? NULL : &stop
        };
        both[k] = (struct backtest_job){ .h = &t.h, .how = how };
        if (k < TEAMS)
            one[k] = both[k];
    }
    backtest_run_jobs(one, TEAMS, 1, (size_t)1 << 28);
    backtest_run_jobs(both, TEAMS + 1, 2, (size_t)1 << 28);
    CHECK(!both[TEAMS].done); /* given up */
    for (int k = 0; k < TEAMS; k++)
        if (CHECK(one[k].done && both[k].done && one[k].found.all.every.n > 100)) {
            CHECK(memcmp(&one[k].found.all, &both[k].found.all, sizeof one[k].found.all) == 0);
            CHECK(memcmp(one[k].found.pit, both[k].found.pit, sizeof one[k].found.pit) == 0);
            CHECK(both[k].found.row == NULL && both[k].found.n == 0);
        }
    backtest_run_jobs(one, 1, 2, 1 << 16); /* no memory */
    CHECK(!one[0].done);
}

TEST(history_mark_sees_every_change)
{
    static struct town t;
    static int32_t helper[ROWS];
    static float presence[TEAMS * 4];
    struct history_worker worker[2] = { { .from = 1, .to = 9, .hours = 1 }, { .from = 2, .to = 8 } };
    struct history_absence away = { .worker = 1, .from = 3, .to = 5 };

    town_make(&t);
    t.h.worker = helper;
    t.h.worker_of = worker;
    t.h.workers = 2;
    t.h.absence = &away;
    t.h.absences = 1;
    t.h.presence = presence;
    t.h.weeks = 4;
    uint64_t mark = history_mark(&t.h), now;
    CHECK(history_mark(&t.h) == mark);
    int32_t *const number[] = {
        &t.received[700].at, &t.started[0].known, &t.left[ROWS - 1].at, &t.closed[9].at, &helper[3],
        &t.move[5].until,    &t.move[5].known,    &worker[1].to,        &away.to_known,  &t.h.from
    };
    for (size_t i = 0; i < COUNT(number); i++) {
        *number[i] += 1;
        now = history_mark(&t.h);
        CHECK(now != mark);
        mark = now;
    }
    int16_t *const small[] = { &t.stream[ROWS - 1], &t.team[ROWS - 2], &t.move[MOVES - 1].stream,
                               &worker[0].team };
    for (size_t i = 0; i < COUNT(small); i++) {
        *small[i] = (int16_t)(*small[i] + 1);
        now = history_mark(&t.h);
        CHECK(now != mark);
        mark = now;
    }
    away.planned = true;
    CHECK((now = history_mark(&t.h)) != mark);
    presence[TEAMS * 4 - 1] = 0.5f;
    CHECK(history_mark(&t.h) != now);
    t.h.n--;
    CHECK(history_mark(&t.h) != now);
}

/* ── The simple way by survival against its definition ────────────────────────────────────────────────────
 */

/* Kaplan-Meier at `length`, by counting everybody again at each length. */
static double slow_alive(const struct town *t, int16_t stream, int32_t origin, int32_t length)
{
    double alive = 1;

    for (int32_t d = 0; d <= length; d++) {
        double at_risk = 0, turns = 0;
        for (size_t i = 0; i < ROWS; i++) {
            if (t->stream[i] != stream || t->received[i].known > origin || t->received[i].at <= origin - 364)
                continue;
            bool turn = t->started[i].at != TICK_NONE && t->started[i].known <= origin,
                 left = t->left[i].at != TICK_NONE && t->left[i].known <= origin;
            int32_t wait = (turn ? t->started[i].at : left ? t->left[i].at : origin) - t->received[i].at;
            at_risk += wait >= d;
            turns += turn && wait == d;
        }
        alive *= at_risk > 0 ? 1 - turns / at_risk : 1;
    }
    return alive;
}

TEST(rival_survival_by_its_definition)
{
    static struct town t;
    static struct rivals r;
    struct window w[RIVALS];
    struct arena m;
    int32_t origin = 450, ages[] = { 0, 7, 30, 55 };

    town_make(&t);
    arena_init(&m, (size_t)1 << 26);
    struct view v = view_of(&t.h, origin, -1, &m);
    CHECK(rivals_fit(&v, STREAMS, &r));
    for (int16_t s = 0; s < STREAMS - 1; s++)
        for (size_t k = 0; k < COUNT(ages); k++) {
            double now = slow_alive(&t, s, origin, ages[k]);
            int32_t half = ages[k] + 1;
            while (half < 300 && slow_alive(&t, s, origin, half) > now / 2 + 1e-12)
                half++;
            rivals_window(&r, (size_t)s, ages[k], 3, w);
            CHECK_INT(w[RIVAL_SURVIVAL].middle, half - ages[k]);
        }
    /* nobody of the last stream started: it takes all of them */
    CHECK_INT((int64_t)r.stream[STREAMS - 1].naive.n, RIVAL_WAITS);
    arena_free(&m);
}
