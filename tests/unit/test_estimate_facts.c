// SPDX-License-Identifier: EUPL-1.2
/* What estimation makes of facts that not every register has: pauses with and without an end that was agreed,
 * requests that were lost from sight, and the hours of workers. */
#include "unit/small_history.h"
#include "unit/test.h"

#include <math.h>

enum { ROWS = 400, DAYS = 400, WORKERS = 4 };

static const struct history_fact nothing = { TICK_NONE, TICK_NONE };

/* One request a day from day 0 on; `wait` days later it starts, `help` days later help ends. */
static void small_fill(struct small_history *x, int32_t wait, int32_t help)
{
    small_history_make(x, ROWS, DAYS, 1, WORKERS);
    small_history_flow(x, wait, help);
}

static void pause(struct small_history *x, uint32_t row, int32_t from, int32_t to, int32_t until)
{
    x->move[x->h.moves++] = (struct history_move){ row, from, -1, until };
    if (to != TICK_NONE)
        x->move[x->h.moves++] = (struct history_move){ row, to, 0, 0 };
}

static bool model(const struct small_history *x, bool without_staff, struct arena *a, struct model *m)
{
    struct estimate_how how = { .seed = 3, .draws = 40, .without_staff = without_staff };

    return small_history_model(x, &how, a, m);
}

static int32_t resumes(const struct model *m, uint32_t row)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->waiting[i].row == row)
            return m->waiting[i].resumes;
    return -1;
}

TEST(estimate_facts_a_pause_ends_when_it_was_agreed_or_as_pauses_do)
{
    struct arena a;
    struct small_history *x;
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
    struct small_history *x;
    struct model m;

    arena_init(&a, 256u << 20);
    x = arena_alloc(&a, sizeof *x);
    small_fill(x, 40, 60);
    for (int i = 0; i < 340; i += 4) {
        x->started[i] = x->closed[i] = nothing;
        x->left[i] = small_history_on(x, i + 30);
    }
    double leaving = model(x, true, &a, &m) ? small_history_leave(&m, 0) : NAN;
    size_t waiting = m.n;
    for (int i = 0; i < 340; i += 4) {
        x->lost[i] = x->left[i];
        x->left[i] = nothing;
    }
    double lost = model(x, true, &a, &m) ? small_history_leave(&m, 0) : NAN;
    CHECK_INT((int64_t)m.n, (int64_t)waiting); /* they do not wait any more, as far as is known */
    CHECK(leaving > .002 && lost < leaving / 4);
    arena_free(&a);
}

/* Places of all together at full strength, on a day. */
static double places(const struct model *m, int32_t day)
{
    double n = 0;

    for (size_t w = 0; w < m->workers; w++)
        n += m->worker[w].from <= day && day <= m->worker[w].to ? (double)(m->room[day] + m->worker[w].more)
                                                                : 0;
    return n;
}

TEST(estimate_facts_part_time_hours_count)
{
    struct arena a;
    struct small_history *x;
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
    struct estimate_how how = { .plan = &plan, .seed = 3, .draws = 4 };
    x->worker[0].to = INT32_MAX;
    if (small_history_model(x, &how, &a, &m))
        CHECK_NEAR(places(&m, 40) / full, 4.2 / 3.2, .02);
    arena_free(&a);
}

/* ── When who is ill is back ──────────────────────────────────────────────────────────────────────────────
 */

enum { ILL_DRAWS = 256 };

/* Ill since so many days, for `days` in all; INT32_MAX: nobody knows how long. */
static struct history_absence ill(uint32_t worker, int32_t since, int32_t days)
{
    int32_t from = DAYS - 1 - since;
    bool lasts = days == INT32_MAX;

    return (struct history_absence){ .worker = worker,
                                     .from = from,
                                     .to = lasts ? DAYS + 500 : from + days - 1,
                                     .known = from,
                                     .to_known = lasts ? DAYS + 500 : from };
}

static bool model_ill(struct small_history *x, const struct history_absence *absence, size_t n,
                      struct arena *a, struct model *m)
{
    struct estimate_how how = { .seed = 3, .draws = ILL_DRAWS };

    x->h.absence = absence;
    x->h.absences = n;
    return small_history_model(x, &how, a, m) && CHECK_INT((int64_t)m->workers, WORKERS);
}

/* Share of the draws in which so many workers, from the first on, are all away for longer than `days`. */
static double still_away(const struct model *m, size_t workers, int32_t days)
{
    double all = 0;

    for (size_t d = 0; d < ILL_DRAWS; d++) {
        size_t away = 0;
        for (size_t w = 0; w < workers; w++)
            away += m->worker[w].back_of[d] > days;
        all += away == workers;
    }
    return all / ILL_DRAWS;
}

/* One day for who comes back on a known day and for who is away as planned; by chance for who is ill since
 * days; a day in each draw for who is ill since weeks. */
TEST(estimate_facts_a_known_return_is_one_day)
{
    struct ctx *c = test_begin_bare();
    struct small_history *x = arena_array(c->arena, 1, sizeof *x);
    struct history_absence away[WORKERS] = { ill(0, 30, 40), ill(1, 30, 60), ill(2, 13, INT32_MAX),
                                             ill(3, 14, INT32_MAX) };
    struct model m;

    small_fill(x, 30, 60);
    away[1].planned = true;
    if (!model_ill(x, away, WORKERS, c->arena, &m))
        return;
    CHECK(m.worker[0].back_of == NULL && m.worker[0].back == 10);
    CHECK(m.worker[1].back_of == NULL && m.worker[1].back == 0);
    CHECK((m.leave[29] >> 1 & 1) == 1 && (m.leave[30] >> 1 & 1) == 0);
    CHECK(m.worker[2].back_of == NULL && m.worker[2].back == -1);
    CHECK(m.worker[3].back_of != NULL && m.worker[3].back == -1);
}

/* Nothing like it was seen: after 40 days, more than t more with a chance of 40 / (40 + t). */
TEST(estimate_facts_ill_as_never_before)
{
    struct ctx *c = test_begin_bare();
    struct small_history *x = arena_array(c->arena, 1, sizeof *x);
    struct history_absence away[] = { ill(0, 40, INT32_MAX) };
    struct model m;

    small_fill(x, 30, 60);
    if (!model_ill(x, away, 1, c->arena, &m))
        return;
    for (int32_t t = 5; t < 200; t += 15) /* Kolmogorov and Smirnov, one in a thousand */
        CHECK_NEAR(1 + still_away(&m, 1, t), 1 + 40.0 / (40 + t), 1.95 / 16);
    for (size_t d = 0; d < ILL_DRAWS; d++)
        CHECK(m.worker[0].back_of[d] >= 1 && m.worker[0].back_of[d] <= MODEL_DAYS_MAX);
}

/* Eight illnesses of a hundred days: who is ill for fifty is back in fifty more, but for who is ill in a new
 * way: 1 against 3 × 50/14 × 8.5/9. In which order they are told makes no difference. */
TEST(estimate_facts_ill_as_before)
{
    struct ctx *c = test_begin_bare();
    struct small_history *x = arena_array(c->arena, 1, sizeof *x);
    struct history_absence away[9], turned[9];
    double odds = 3 * 50 / 14. * 8.5 / 9, as_before = 0;
    struct model m, other;

    small_fill(x, 30, 60);
    for (uint32_t i = 0; i < 8; i++)
        away[i] = ill(1 + i % 3, 120 + (int32_t)i * 25, 100);
    away[8] = ill(0, 50, INT32_MAX);
    for (size_t i = 0; i < 9; i++)
        turned[i] = away[8 - i];
    if (!model_ill(x, away, 9, c->arena, &m) || !model_ill(x, turned, 9, c->arena, &other))
        return;
    for (size_t d = 0; d < ILL_DRAWS; d++) {
        as_before += m.worker[0].back_of[d] == 50;
        CHECK_INT(other.worker[0].back_of[d], m.worker[0].back_of[d]);
    }
    CHECK_NEAR(as_before / ILL_DRAWS, odds / (1 + odds), 0.08);
    CHECK(as_before < ILL_DRAWS);
}

/* Three fell ill at the same time: they all stay long or all come back soon. Of 14 + 3 × 26 days together all
 * three stay t more with the chance 92 / (92 + 3t); by themselves it would be its third power. */
TEST(estimate_facts_a_wave_has_one_length)
{
    struct ctx *c = test_begin_bare();
    struct small_history *x = arena_array(c->arena, 1, sizeof *x);
    struct history_absence away[] = { ill(0, 40, INT32_MAX), ill(1, 40, INT32_MAX), ill(2, 40, INT32_MAX) };
    struct model m;

    small_fill(x, 30, 60);
    if (!model_ill(x, away, 3, c->arena, &m))
        return;
    for (int32_t t = 10; t < 120; t += 10)
        CHECK_NEAR(1 + still_away(&m, 3, t), 1 + 92.0 / (92 + 3 * t), 1.95 / 16);
    CHECK_NEAR(1 + still_away(&m, 1, 92), 1.5, 1.95 / 16);
}

/* One with a full week is away and three with a fifth of it are there: these have room for what they carry,
 * and the other for five times as much, whenever that one is back. */
TEST(estimate_facts_room_goes_by_hours)
{
    struct ctx *c = test_begin_bare();
    struct small_history *x = arena_array(c->arena, 1, sizeof *x);
    struct history_absence away[] = { ill(0, 3, 24) };
    struct model m;

    small_fill(x, 40, 60);
    for (int w = 0; w < WORKERS; w++)
        x->worker[w].hours = w == 0 ? 1 : .2f;
    for (int kind = 0; kind < 3; kind++) { /* illness with a known end, leave, illness of weeks */
        away[0].planned = kind == 1;
        if (kind == 2)
            away[0] = ill(0, 40, INT32_MAX);
        if (!model_ill(x, away, 1, c->arena, &m))
            return;
        CHECK_NEAR((double)m.room[0], 15, .01);
        CHECK_NEAR((double)m.worker[0].more, 4 * 15, .01);
        for (size_t w = 1; w < WORKERS; w++)
            CHECK(m.worker[w].case_n == 15 && m.worker[w].more == 0);
        if (kind < 2) /* the others notice nothing of the return */
            CHECK_NEAR((double)(m.room[21] / m.room[20]), 1, .02);
    }
    away[0] = ill(0, 40, 8); /* all are there: cases are dealt by hours */
    x->worker[0].hours = .8f;
    if (!model_ill(x, away, 1, c->arena, &m))
        return;
    for (size_t w = 0; w < WORKERS; w++) {
        double cases = w == 0 ? 60 * .8 / 1.4 : 60 * .2 / 1.4;
        CHECK(fabs(m.worker[w].case_n - cases) < 1);
        CHECK_NEAR((double)(m.room[0] + m.worker[w].more), m.worker[w].case_n, .01);
    }
}
