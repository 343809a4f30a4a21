// SPDX-License-Identifier: EUPL-1.2
/* Expected periods told: every version is kept, the last one that was not taken back holds, and the check
 * finds what was changed behind the register's back. */
#include "register/facts.h"
#include "register/integrity.h"
#include "register/request.h"
#include "register/session.h"
#include "register/window_told.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <string.h>

static struct request_id waits(struct ctx *c)
{
    struct request_form f = asked(c);

    return asked_add(c, &f);
}

static struct window_form good(const struct ctx *c, struct request_id id)
{
    return (struct window_form){ .request = id,
                                 .version = -1,
                                 .said = { .from = c->today + 10,
                                           .middle = c->today + 15,
                                           .to = c->today + 24,
                                           .made_on = c->today,
                                           .hit_rate = 801,
                                           .scored = 412 },
                                 .channel = "call",
                                 .understood = "yes",
                                 .at = TIME_NONE };
}

static size_t told_of(struct ctx *c, struct request_id id, const struct window_told **ret_told)
{
    struct request q;
    size_t n = 0;

    CHECK_INT(request_get(c, id, &q), OK);
    CHECK_INT(window_told_all(c, &q, ret_told, &n), OK);
    return n;
}

TEST(window_told_keeps_every_version)
{
    struct ctx *c = test_begin("2024-03-04");
    struct request_id id = waits(c);
    struct window_form f = good(c, id);
    const struct window_told *told, *last;
    const struct window_waiting *row;
    int64_t first, second;
    size_t n;

    CHECK_INT(window_tell(c, &f, &first), OK);
    ctx_set_now(c, c->now + 7 * 86400);
    f.said.to += 9;
    f.said.made_on = c->today;
    f.said.hit_rate = 790;
    f.channel = "letter";
    f.understood = NULL;
    CHECK_INT(window_tell(c, &f, &second), OK);
    CHECK_INT((int64_t)told_of(c, id, &told), 2);
    CHECK_INT(told[0].said.to - told[0].said.from, 14);
    CHECK_INT(told[0].said.hit_rate, 801);
    CHECK_STR(told[0].understood, "yes");
    CHECK_STR(told[1].channel, "letter");
    CHECK(told[1].understood == NULL);
    last = window_told_last(told, 2);
    CHECK(last == &told[1]);
    CHECK_INT(window_waiting_list(c, INT_NONE, &row, &n), OK);
    if (CHECK_INT((int64_t)n, 1)) {
        CHECK_INT(row[0].told.seq, second);
        CHECK_INT(row[0].times, 2);
        CHECK_INT(row[0].told.said.hit_rate, 790);
        CHECK(window_waiting_find(row, n, id.v) == &row[0]);
        CHECK(window_waiting_find(row, n, id.v + 1) == NULL);
    }
    test_end(c);
}

TEST(window_told_is_taken_back)
{
    struct ctx *c = test_begin("2024-03-04");
    struct request_id id = waits(c);
    struct window_form f = good(c, id);
    struct request_change undo = { .id = id, .version = -1, .e = EVENT_NONE };
    const struct window_told *told;
    const struct window_waiting *row;
    struct integrity found;
    int64_t first, second;
    size_t n;

    CHECK_INT(window_tell(c, &f, &first), OK);
    f.said.to += 5;
    CHECK_INT(window_tell(c, &f, &second), OK);
    undo.e.kind = KIND_UNDONE;
    undo.e.occurred_at = c->now;
    undo.e.number = second;
    CHECK_INT(request_change(c, &undo), OK);
    n = told_of(c, id, &told);
    CHECK_INT((int64_t)n, 2); /* the version stays */
    CHECK(told[1].undone);
    CHECK(window_told_last(told, n) == &told[0]);
    CHECK_INT(window_waiting_list(c, INT_NONE, &row, &n), OK);
    CHECK(n == 1 && row[0].told.seq == first && row[0].times == 1);
    undo.e.number = first;
    CHECK_INT(request_change(c, &undo), OK);
    n = told_of(c, id, &told);
    CHECK(window_told_last(told, n) == NULL);
    CHECK_INT(window_waiting_list(c, INT_NONE, &row, &n), OK);
    CHECK_INT((int64_t)n, 0);
    CHECK_INT(integrity_check(c, &found), OK);
    CHECK_INT(found.different, 0);
    test_end(c);
}

TEST(window_told_refuses_what_is_no_period)
{
    struct ctx *c = test_begin("2024-03-04");
    struct request_id id = waits(c);
    struct window_form bad[8];
    static const char *const field[] = { "period", "period",  "period",     "period",
                                         "period", "channel", "understood", "period" };
    int64_t seq;

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i] = good(c, id);
    bad[0].said.scored = 0; /* never without its hit rate */
    bad[1].said.middle = bad[1].said.to + 1;
    bad[2].said.from = bad[2].said.to - WINDOW_DAYS_MAX - 1;
    bad[3].said.made_on = c->today + 1;
    bad[4].said = (struct window_said){ c->today - 9, c->today - 5, c->today - 1, c->today, 800, 100 };
    bad[5].channel = "pigeon";
    bad[6].understood = "maybe";
    bad[7].said.hit_rate = 1001;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(window_tell(c, &bad[i], &seq), E_INVALID);
        CHECK_STR(c->err.field, field[i]);
        err_clear(c);
    }
    test_end(c);
}

TEST(window_told_is_for_who_waits_and_who_may_call)
{
    struct ctx *c = test_begin("2024-03-04");
    struct request_id id = waits(c);
    struct window_form f = good(c, id);
    struct request_change end = { .id = id, .version = -1, .e = EVENT_NONE };
    const struct actor *me = c->actor;
    struct actor other = *c->actor;
    int64_t seq;

    other.role = ROLE_QUALITY;
    c->actor = &other;
    CHECK_INT(window_tell(c, &f, &seq), E_FORBIDDEN);
    err_clear(c);
    c->actor = me;
    f.version = 1; /* someone changed it since */
    CHECK_INT(window_tell(c, &f, &seq), E_CONFLICT);
    err_clear(c);
    f.version = -1;
    end.e.kind = KIND_FIRST_TALK;
    end.e.occurred_at = c->now;
    CHECK_INT(request_change(c, &end), OK);
    CHECK_INT(window_tell(c, &f, &seq), E_CONFLICT);
    err_clear(c);
    test_end(c);
}

/* The back office sends letters and does not call. */
TEST(window_told_in_the_ways_that_a_role_has)
{
    struct ctx *c = test_begin("2024-01-03");
    struct actor office = { .account = INT_NONE, .role = ROLE_BACK_OFFICE, .team = INT_NONE };

    c->actor = &office;
    CHECK_INT(window_may(c, "letter"), OK);
    CHECK_INT(window_may(c, "text"), OK);
    CHECK_INT(window_may(c, "call"), E_FORBIDDEN);
    err_clear(c);
    office.role = ROLE_BOARD;
    CHECK_INT(window_may(c, "letter"), E_FORBIDDEN);
    test_end(c);
}

/* The figures W5 and W6 count what was told. */
TEST(window_told_feeds_the_figures)
{
    struct ctx *c = test_begin("2024-03-04");
    struct request_id id = waits(c);
    struct window_form f = good(c, id);
    struct register_facts facts;
    int64_t seq;

    CHECK_INT(window_tell(c, &f, &seq), OK);
    CHECK_INT(facts_read(c, c->now, &facts), OK);
    const struct fact_rows *rows = &facts.f.set[FACT_WINDOW];
    if (CHECK_INT((int64_t)rows->n, 1)) {
        CHECK_INT(rows->column[FACT_WIDTH][0], 14);
        CHECK_INT(time_nl_day(rows->column[FACT_DUE][0]), f.said.to);
    }
    test_end(c);
}

static enum err flip(struct ctx *c, void *arg)
{
    return db_script(c, arg, false);
}

TEST(window_told_check_finds_a_change)
{
    /* a version without its event */
    static const char lost[] =
        "INSERT INTO told_window SELECT request, seq - 1, from_day, middle_day, to_day, "
        "made_on, 1, 1, 'call', 'no' FROM told_window";
    static const char *const flips[] = {
        "UPDATE told_now SET seq = 1",
        "UPDATE told_now SET times = 7",
        "DELETE FROM told_now",
        lost,
    };

    for (size_t i = 0; i < COUNT(flips); i++) {
        struct ctx *c = test_begin("2024-03-04");
        struct window_form f = good(c, waits(c));
        struct integrity found;
        int64_t seq;
        CHECK_INT(window_tell(c, &f, &seq), OK);
        CHECK_INT(integrity_check(c, &found), OK);
        CHECK_INT(found.different, 0);
        CHECK_INT(db_tx(c, flip, (void *)(uintptr_t)flips[i]), OK);
        CHECK_INT(integrity_check(c, &found), OK);
        CHECK_INT(found.different, 1);
        test_end(c);
    }
}
