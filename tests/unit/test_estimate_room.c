// SPDX-License-Identifier: EUPL-1.2
/* Places on the first days, where a list is short or help is long: what is carried today is the room there is
 * when somebody waits. */
#include "unit/small_history.h"
#include "unit/test.h"

#include <math.h>

enum { ROWS = 400, DAYS = 400, WORKERS = 7 };

/* One request a day, which starts `wait` days later; help lasts `help` days. */
static void quick_fill(struct small_history *x, int32_t wait, int32_t help)
{
    small_history_make(x, ROWS, DAYS, 1, WORKERS);
    small_history_flow(x, wait, help);
}

/* Who asked last so many days ago still waits, and nobody has come since. */
static void quick_waits(struct small_history *x, int32_t days)
{
    for (int32_t i = ROWS - days; i < ROWS; i++)
        x->received[i] = small_history_on(x, DAYS - days);
    for (int32_t i = ROWS - days; i < ROWS; i++)
        x->started[i] = x->closed[i] = small_history_on(x, DAYS);
}

static bool quick_model(const struct small_history *x, struct arena *a, struct model *m)
{
    struct estimate_how how = { .seed = 3, .draws = 40 };

    return small_history_model(x, &how, a, m) && CHECK_INT((int64_t)m->workers, WORKERS);
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
    struct small_history *x = arena_array(c->arena, 1, sizeof *x);
    struct model m;
    uint32_t fewest = UINT32_MAX, most = 0;

    quick_fill(x, 30, 60); /* a list all the time */
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
    struct small_history *x = arena_array(c->arena, 1, sizeof *x);
    struct model m;

    quick_fill(x, 0, 60);
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
