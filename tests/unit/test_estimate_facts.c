// SPDX-License-Identifier: EUPL-1.2
/* What estimation makes of facts that not every register has: pauses with and without an end that was agreed,
 * requests that were lost from sight, and the hours of workers. */
#include "forecast/estimate.h"
#include "unit/test.h"

#include <math.h>

enum { ROWS = 400, DAYS = 400, WORKERS = 4 };

/* One request a day from day 0 on, in one stream; `wait` days later it starts, 60 days later help ends. */
struct small {
    struct history h;
    struct history_order order;
    struct history_fact received[ROWS], started[ROWS], left[ROWS], closed[ROWS], lost[ROWS];
    int16_t stream[ROWS], team[ROWS];
    int32_t who[ROWS];
    struct history_move move[2 * ROWS];
    struct history_worker worker[WORKERS];
    uint16_t rank[1];
};

static const struct history_fact nothing = { TICK_NONE, TICK_NONE };

static struct history_fact on(int32_t day)
{
    return day < DAYS ? (struct history_fact){ day, day } : nothing;
}

static void small_fill(struct small *x, int32_t wait, int32_t help)
{
    for (int32_t i = 0; i < ROWS; i++) {
        x->received[i] = on(i);
        x->started[i] = on(i + wait);
        x->closed[i] = on(i + wait + help);
        x->left[i] = x->lost[i] = nothing;
        x->who[i] = i % WORKERS;
    }
    for (int w = 0; w < WORKERS; w++)
        x->worker[w] = (struct history_worker){ .from = 0, .to = INT32_MAX, .to_known = 0 };
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
                             .move = x->move,
                             .worker_of = x->worker,
                             .workers = WORKERS,
                             .lost = x->lost,
                             .ticks_a_day = 1 };
    x->order = (struct history_order){ .streams = 1, .ages = 1, .rank = x->rank };
}

static void pause(struct small *x, uint32_t row, int32_t from, int32_t to, int32_t until)
{
    x->move[x->h.moves++] = (struct history_move){ row, from, -1, until };
    if (to != TICK_NONE)
        x->move[x->h.moves++] = (struct history_move){ row, to, 0, 0 };
}

static bool model(const struct small *x, bool without_staff, struct arena *a, struct model *m)
{
    struct estimate_how how = {
        .order = &x->order, .seed = 3, .draws = 40, .days = 60, .without_staff = without_staff
    };

    return CHECK(estimate_model(&x->h, DAYS - 1, &how, a, m));
}

static int32_t resumes(const struct model *m, uint32_t row)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->waiting[i].row == row)
            return m->waiting[i].resumes;
    return -1;
}

static double mean_leave(const struct model *m)
{
    double sum = 0;

    for (size_t d = 0; d < m->draws; d++)
        sum += (double)m->draw[d].leave[0];
    return sum / (double)m->draws;
}

TEST(estimate_facts_a_pause_ends_when_it_was_agreed_or_as_pauses_do)
{
    struct arena a;
    struct small *x;
    struct model m;

    arena_init(&a, 256u << 20);
    x = arena_alloc(&a, sizeof *x);
    small_fill(x, 40, 60);
    pause(x, 390, 395, TICK_NONE, DAYS - 1 + 17); /* agreed */
    pause(x, 391, 396, TICK_NONE, 0);             /* open: no experience yet, four weeks in all */
    if (model(x, true, &a, &m)) {
        CHECK_INT(resumes(&m, 390), 17);
        CHECK_INT(resumes(&m, 391), 28 - (DAYS - 1 - 396));
        CHECK_INT(resumes(&m, 392), 0);
    }
    x->h.moves = 0;
    for (int i = 0; i < 20; i++) /* earlier ones lasted ten to fourteen days */
        pause(x, (uint32_t)(100 + 10 * i), 105 + 10 * i, 105 + 10 * i + 10 + i % 5, 0);
    pause(x, 390, 395, TICK_NONE, DAYS - 1 - 2); /* agreed until the day before yesterday, and still paused */
    pause(x, 391, 396, TICK_NONE, 0);
    pause(x, 370, 371, TICK_NONE, 0); /* longer than anybody has seen end: as long again */
    if (model(x, true, &a, &m)) {
        CHECK(resumes(&m, 390) >= 12 - 4 - 2 && resumes(&m, 390) <= 14 - 4);
        CHECK(resumes(&m, 391) >= 10 - 3 && resumes(&m, 391) <= 14 - 3);
        CHECK_INT(resumes(&m, 370), DAYS - 1 - 371);
    }
    arena_free(&a);
}

TEST(estimate_facts_lost_from_sight_is_not_leaving)
{
    struct arena a;
    struct small *x;
    struct model m;

    arena_init(&a, 256u << 20);
    x = arena_alloc(&a, sizeof *x);
    small_fill(x, 40, 60);
    for (int i = 0; i < 340; i += 4) {
        x->started[i] = x->closed[i] = nothing;
        x->left[i] = on(i + 30);
    }
    double leaving = model(x, true, &a, &m) ? mean_leave(&m) : NAN;
    size_t waiting = m.n;
    for (int i = 0; i < 340; i += 4) {
        x->lost[i] = x->left[i];
        x->left[i] = nothing;
    }
    double lost = model(x, true, &a, &m) ? mean_leave(&m) : NAN;
    CHECK_INT((int64_t)m.n, (int64_t)waiting); /* they do not wait any more, as far as is known */
    CHECK(leaving > .002 && lost < leaving / 4);
    arena_free(&a);
}

/* Places of all together at full strength, on a day. */
static double places(const struct model *m, int32_t day)
{
    double n = 0;

    for (size_t w = 0; w < m->workers; w++)
        n += m->worker[w].from <= day && day <= m->worker[w].to ? (double)m->room[day] : 0;
    return n;
}

TEST(estimate_facts_part_time_hours_count)
{
    struct arena a;
    struct small *x;
    struct model m;

    arena_init(&a, 256u << 20);
    x = arena_alloc(&a, sizeof *x);
    small_fill(x, 40, 60);
    double full = model(x, false, &a, &m) && CHECK_INT((int64_t)m.workers, WORKERS) ? places(&m, 10) : NAN;
    CHECK_NEAR(full, 60, .06); /* so many are helped at the same time */
    for (int w = 0; w < WORKERS; w++)
        x->worker[w].hours = .5f; /* all half: the same places */
    CHECK_NEAR(model(x, false, &a, &m) ? places(&m, 10) : NAN, full, .001);
    /* three full and one of a fifth; then the one of a fifth goes: a sixteenth of the places, not a quarter
     */
    for (int w = 0; w < WORKERS; w++)
        x->worker[w].hours = w == 0 ? .2f : 1;
    x->worker[0].to = DAYS + 20;
    if (model(x, false, &a, &m)) {
        CHECK_NEAR(places(&m, 10), full, .001);
        CHECK_NEAR(places(&m, 40) / places(&m, 10), 3 / 3.2, .01);
    }
    /* somebody new works a full week: 1 beside 3.2 */
    struct estimate_staff more = { DAYS, 1 };
    struct estimate_plan plan = { .staff = &more, .staffs = 1 };
    struct estimate_how how = { .order = &x->order, .plan = &plan, .seed = 3, .draws = 4, .days = 60 };
    x->worker[0].to = INT32_MAX;
    if (CHECK(estimate_model(&x->h, DAYS - 1, &how, &a, &m)))
        CHECK_NEAR(places(&m, 40) / full, 4.2 / 3.2, .02);
    arena_free(&a);
}
