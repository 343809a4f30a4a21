// SPDX-License-Identifier: EUPL-1.2
#include "register/due.h"
#include "unit/case_help.h"
#include "unit/test.h"

TEST(help_line_starts_after_the_first_talk)
{
    struct case_test t = case_begin();
    struct request_id waiting = case_request(&t), id = case_talked(&t);
    struct line_form f = { .request = waiting,
                           .seen = -1,
                           .kind = "team",
                           .partner = INT_NONE,
                           .programme = INT_NONE,
                           .day = t.c->today };
    int64_t line;

    CHECK_INT(line_start(t.c, &f, &line), E_CONFLICT);
    err_clear(t.c);
    CHECK(case_get(&t, waiting).now.waiting);
    f.request = id;
    f.day = t.c->today - 2;
    CHECK_INT(line_start(t.c, &f, &line), E_INVALID);
    CHECK_STR(t.c->err.field, "day");
    err_clear(t.c);
    f.day = t.c->today;
    f.kind = "";
    CHECK_INT(line_start(t.c, &f, &line), E_INVALID);
    CHECK_STR(t.c->err.field, "kind");
    test_end(t.c);
}

TEST(help_line_ends_once_with_a_reason)
{
    struct case_test t = case_begin();
    struct request_id id = case_talked(&t);
    int64_t line = case_line(&t, id, "team");
    struct line_end e = { id, -1, line, t.c->today, "" };

    CHECK_INT(line_stop(t.c, &e), E_INVALID);
    err_clear(t.c);
    e.reason = "goals_reached";
    CHECK_INT(line_stop(t.c, &e), OK);
    CHECK_INT(line_stop(t.c, &e), E_CONFLICT);
    err_clear(t.c);
    e.line = 999;
    CHECK_INT(line_stop(t.c, &e), E_NOT_FOUND);
    err_clear(t.c);
    CHECK_INT(line_make_main(t.c, id, -1, line), E_CONFLICT);
    test_end(t.c);
}

TEST(help_line_that_sends_on_is_followed_until_arrival)
{
    struct case_test t = case_begin();
    struct request_id id = case_talked(&t);
    int64_t line = case_line(&t, id, "general"), n[DUE_KINDS];
    struct help_line *all;
    struct care k;
    size_t lines;

    struct request r = case_get(&t, id);
    CHECK_INT(care_of(t.c, &r, &k), OK);
    CHECK_INT(line_all(t.c, &r, &k, &all, &lines), OK);
    CHECK_INT(all[0].arrival_by, t.c->today + 14);
    case_later(&t, 13);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_ARRIVAL], 0);
    case_later(&t, 1);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_ARRIVAL], 1);
    struct line_arrival a = { id, -1, line, "arrived", "Had the first talk there" };
    CHECK_INT(line_arrived(t.c, &a), OK);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_ARRIVAL], 0);
    case_line(&t, id, "team"); /* our own help needs no such question */
    case_later(&t, 30);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_ARRIVAL], 0);
    test_end(t.c);
}
