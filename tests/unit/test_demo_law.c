// SPDX-License-Identifier: EUPL-1.2
/* The legal track of the made-up municipality: the backlog of the start is gone after nine weeks, nine in ten
 * decisions are in time, and there is some of everything. */
#include "register/application.h"
#include "register/demo.h"
#include "register/late_letter.h"
#include "store/sql.h"
#include "unit/test.h"

static void counts(struct ctx *c, struct decision_figures *f, struct open_decision **open, size_t *n)
{
    CHECK(open_decisions(c, open, n) == OK);
    CHECK(decision_figures_get(c, *open, *n, f) == OK);
}

TEST_LONG(demo_law_tells_the_story)
{
    struct ctx *c = test_begin("2022-06-20");
    struct demo_options o = { .seed = 1,
                              .from = date_from_civil(2022, 1, 3),
                              .to = date_from_civil(2022, 6, 19),
                              .scale = .5,
                              .password = "not-a-secret-at-all" };
    struct research_count r;
    struct decision_figures f;
    struct open_decision *open;
    struct demo_made made;
    int64_t letters, applied = 0;
    size_t n;

    CHECK(demo_make(c, &o, &made) == OK);
    counts(c, &f, &open, &n);
    /* weeks from 3 January on: the backlog at scale 1 is 410 */
    int first = 0;
    while (f.week[first].monday < o.from)
        first++;
    CHECK(f.week[first - 1].open > 150 && f.week[first - 1].open < 260);
    CHECK(f.week[first + 5].open < f.week[first - 1].open / 2 + 30);
    CHECK(f.week[first + 9].open < 60);
    for (int i = 0; i < DECISION_WEEKS; i++)
        applied += f.week[i].applied;
    CHECK(applied > 100);
    CHECK(f.decided >= 100);
    CHECK((double)f.in_term / (double)f.decided > .84 && (double)f.in_term / (double)f.decided < .97);
    CHECK(f.result[0] > f.result[1] && f.result[1] > 0 && f.result[2] > 0);
    CHECK(research_count_get(c, &r) == OK);
    CHECK(r.kept > 20 && r.late > 0 && r.letters > 0);
    CHECK(late_letter_count(c, &letters) == OK);
    CHECK(letters > 0);
    test_end(c);
}

/* The terms that may end within a working week and more, as a text to compare. */
static const char *due_text(struct ctx *c, struct buf *to)
{
    struct due_term *due;
    size_t n;

    buf_clear(to);
    if (due_terms(c, INT_NONE, c->today + 9, &due, &n) != OK)
        return "failed";
    for (size_t i = 0; i < n; i++)
        buf_printf(to, "%lld %d %lld %d %d\n", (long long)due[i].request, (int)due[i].term.kind,
                   (long long)due[i].term.application, due[i].term.now.due, due[i].term.overdue);
    return buf_text(to);
}

/* Requests whose terms cannot end yet are not read; that never hides a term, on any later day. */
TEST_LONG(demo_law_sleeping_hides_no_term)
{
    struct ctx *c = test_begin("2022-03-14");
    struct demo_options o = { .seed = 3,
                              .from = date_from_civil(2022, 1, 3),
                              .to = date_from_civil(2022, 3, 13),
                              .scale = .3,
                              .password = "not-a-secret-at-all" };
    struct buf quick[13] = { 0 }, whole = { 0 };
    int64_t begin = c->now;
    struct demo_made made;

    CHECK(demo_make(c, &o, &made) == OK);
    for (int i = 0; i < 13; i++) {
        c->now = begin + (int64_t)i * i * 4 * SECONDS_A_DAY;
        c->today = time_nl_day(c->now);
        due_text(c, &quick[i]);
    }
    CHECK(sql_law_awake(c) == OK);
    for (int i = 0; i < 13; i++) {
        c->now = begin + (int64_t)i * i * 4 * SECONDS_A_DAY;
        c->today = time_nl_day(c->now);
        CHECK_STR(buf_text(&quick[i]), due_text(c, &whole));
        CHECK(i > 0 || whole.len > 200);
        buf_free(&quick[i]);
    }
    buf_free(&whole);
    test_end(c);
}
