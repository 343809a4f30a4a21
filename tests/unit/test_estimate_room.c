// SPDX-License-Identifier: EUPL-1.2
/* Places on the first days, where a list is short or help is long: what is carried today is the room there is
 * when somebody waits. */
#include "forecast/estimate.h"
#include "unit/test.h"

#include <math.h>

enum { ROWS = 400, DAYS = 400, WORKERS = 7 };

/* One request a day, which starts on the same day; help lasts `help` days. */
struct quick {
    struct history h;
    struct history_order order;
    struct history_fact received[ROWS], started[ROWS], left[ROWS], closed[ROWS];
    int16_t stream[ROWS], team[ROWS];
    int32_t who[ROWS];
    struct history_worker worker[WORKERS];
    uint16_t rank[1];
};

static struct history_fact on(int32_t day)
{
    return day < DAYS ? (struct history_fact){ day, day } : (struct history_fact){ TICK_NONE, TICK_NONE };
}

static void quick_fill(struct quick *x, int32_t help)
{
    for (int32_t i = 0; i < ROWS; i++) {
        x->received[i] = x->started[i] = on(i);
        x->closed[i] = on(i + help);
        x->left[i] = on(DAYS);
        x->who[i] = i % WORKERS;
    }
    for (int w = 0; w < WORKERS; w++)
        x->worker[w] = (struct history_worker){ .from = 0, .to = INT32_MAX };
    x->h = (struct history){ .n = ROWS,
                             .received = x->received,
                             .started = x->started,
                             .left = x->left,
                             .closed = x->closed,
                             .stream = x->stream,
                             .team = x->team,
                             .worker = x->who,
                             .streams = 1,
                             .teams = 1,
                             .worker_of = x->worker,
                             .workers = WORKERS,
                             .ticks_a_day = 1 };
    x->order = (struct history_order){ .streams = 1, .ages = 1, .rank = x->rank };
}

/* Who asked last so many days ago still waits, and nobody has come since. */
static void quick_waits(struct quick *x, int32_t days)
{
    for (int32_t i = ROWS - days; i < ROWS; i++)
        x->received[i] = on(DAYS - days);
    for (int32_t i = ROWS - days; i < ROWS; i++)
        x->started[i] = x->closed[i] = on(DAYS);
}

static bool quick_model(const struct quick *x, struct arena *a, struct model *m)
{
    struct estimate_how how = { .order = &x->order, .seed = 3, .draws = 40, .days = 60 };

    return CHECK(estimate_model(&x->h, DAYS - 1, &how, a, m)) && CHECK_INT((int64_t)m->workers, WORKERS);
}

static double room_all(const struct model *m, int32_t day)
{
    double n = 0;

    for (size_t w = 0; w < m->workers; w++)
        n += (double)m->room[day] + (double)m->worker[w].more;
    return n;
}

TEST(estimate_room_nobody_has_a_place_that_is_not_there)
{
    struct ctx *c = test_begin_bare();
    struct quick *x = arena_array(c->arena, 1, sizeof *x);
    struct model m;
    uint32_t fewest = UINT32_MAX, most = 0;

    quick_fill(x, 60);
    for (int32_t i = 0; i < ROWS; i++) { /* a list all the time */
        x->started[i] = on(i + 30);
        x->closed[i] = on(i + 90);
    }
    if (!quick_model(x, c->arena, &m))
        return;
    for (size_t w = 0; w < m.workers; w++) {
        const struct model_worker *p = &m.worker[w];
        CHECK(fabs((double)m.room[0] + (double)p->more - (double)p->case_n) < 0.02);
        fewest = p->case_n < fewest ? p->case_n : fewest;
        most = p->case_n > most ? p->case_n : most;
    }
    CHECK_INT((int64_t)most - fewest, 1); /* 60 cases are no whole number for each of seven */
}

TEST(estimate_room_somebody_waits_where_nobody_did)
{
    struct ctx *c = test_begin_bare();
    struct quick *x = arena_array(c->arena, 1, sizeof *x);
    struct model m;

    quick_fill(x, 60);
    if (quick_model(x, c->arena, &m)) /* nobody waits: a little more than was ever carried */
        CHECK_NEAR(room_all(&m, 0), 63, 0.01);
    quick_waits(x, 5);
    if (quick_model(x, c->arena, &m)) {
        CHECK_INT((int64_t)m.n, 5);
        CHECK_INT((int64_t)m.opens, 55); /* five have ended and none begun */
        CHECK_NEAR(room_all(&m, 0), 55, 0.01);
        CHECK(room_all(&m, 59) > 58 && room_all(&m, 59) < 61); /* 60 were carried before */
    }
}
