// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "register/due.h"
#include "register/extract_keep.h"
#include "register/facts.h"
#include "register/month_cell.h"
#include "unit/case_help.h"
#include "unit/test.h"

#include <string.h>

static int64_t due_n(struct case_test *t, enum due_kind kind)
{
    int64_t n[DUE_KINDS];

    CHECK_INT(due_counts(t->c, INT_NONE, INT_NONE, n), OK);
    struct due_filter f = { kind, t->c->today, INT_NONE, INT_NONE };
    struct due *due;
    size_t listed = 0;
    CHECK_INT(due_list(t->c, &f, &due, &listed), OK);
    CHECK_INT((int64_t)listed, n[kind]);
    return n[kind];
}

TEST(closing_asks_first_about_help_and_goals)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct closing_form f = case_closing_form(&t, id);
    static const struct {
        size_t at;
        const char *field;
    } bad[] = { { offsetof(struct closing_form, where_to), "where_to" },
                { offsetof(struct closing_form, alone), "alone" },
                { offsetof(struct closing_form, experience), "experience" },
                { offsetof(struct closing_form, reason), "reason" } };

    case_line(&t, id, "team");
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct closing_form g = f;
        *(const char **)(void *)((char *)&g + bad[i].at) = "";
        CHECK_INT(closing_add(t.c, &g), E_INVALID);
        CHECK_STR(t.c->err.field, bad[i].field);
        err_clear(t.c);
    }
    f.end_lines = false;
    CHECK_INT(closing_add(t.c, &f), E_INVALID);
    CHECK_STR(t.c->err.field, "end_lines");
    err_clear(t.c);
    f.end_lines = true;
    f.unreviewed = false;
    CHECK_INT(closing_add(t.c, &f), E_INVALID);
    CHECK_STR(t.c->err.field, "unreviewed");
    err_clear(t.c);
    f.unreviewed = true;
    f.reason = "unreachable"; /* for the team lead */
    CHECK_INT(closing_add(t.c, &f), E_INVALID);
    CHECK_STR(t.c->err.field, "reason");
    err_clear(t.c);
    f.reason = "helped";
    CHECK_INT(closing_add(t.c, &f), OK);
    struct request r = case_get(&t, id);
    CHECK_INT(r.now.state, STATE_CLOSED);
    CHECK_STR(r.now.end_reason, "helped");
    test_end(t.c);
}

TEST(closing_another_judgement_than_the_rule_needs_a_reason_and_stays)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct closing_form f = case_closing_form(&t, id);
    struct closing z;
    bool found;

    case_line(&t, id, "specialist");
    f.direct = "yes";
    CHECK_INT(closing_add(t.c, &f), E_INVALID);
    CHECK_STR(t.c->err.field, "why");
    err_clear(t.c);
    f.why = "The specialist was asked only once";
    CHECK_INT(closing_add(t.c, &f), OK);
    struct request r = case_get(&t, id);
    CHECK_INT(closing_get(t.c, &r, &z, &found), OK);
    CHECK_STR(z.direct, "no");
    CHECK_STR(z.direct_said, "yes");
    CHECK_STR(z.direct_why, "The specialist was asked only once");
    struct direct_form again = { .request = id, .seen = -1, .direct = "no", .why = "" };
    CHECK_INT(direct_say(t.c, &again), E_INVALID);
    err_clear(t.c);
    again.why = "Looked at it once more";
    CHECK_INT(direct_say(t.c, &again), OK);
    r = case_get(&t, id);
    CHECK_INT(closing_get(t.c, &r, &z, &found), OK);
    CHECK_STR(z.direct_said, "no");
    size_t said = 0;
    for (size_t i = 0; i < r.events; i++)
        said += r.event[i].e.kind == KIND_DIRECT_SAID;
    CHECK_INT((int64_t)said, 2); /* the first one is still there */
    test_end(t.c);
}

/* What the extract says of who helped, read alone and with the facts of indicators. */
static void check_helped(struct case_test *t, uint32_t want)
{
    struct register_extract x;
    struct register_facts f;

    CHECK_INT(extract_read(t->c, t->c->now, &x), OK);
    CHECK_INT(x.x.flags[0] & (EXTRACT_HELPED | EXTRACT_BY_TEAM), want);
    CHECK_INT(facts_read(t->c, t->c->now, &f), OK);
    CHECK_INT(f.x.x.flags[0], x.x.flags[0]);
    CHECK_INT((f.f.set[FACT_REQUEST].marks[0] & FACT_BIT(DIRECT)) != 0, (want & EXTRACT_BY_TEAM) != 0);
}

TEST(closing_says_in_the_extract_who_helped)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct closing_form f = case_closing_form(&t, id);
    const struct config *k;
    struct register_extract x;
    struct month_rows rows;
    bool any;

    check_helped(&t, EXTRACT_HELPED | EXTRACT_BY_TEAM); /* as the plan says */
    case_line(&t, id, "specialist");
    check_helped(&t, EXTRACT_HELPED);
    f.direct = "yes";
    f.why = "The specialist was asked only once";
    CHECK_INT(closing_add(t.c, &f), OK);
    check_helped(&t, EXTRACT_HELPED | EXTRACT_BY_TEAM);
    CHECK_INT(config_get(t.c, &k), OK);
    CHECK_INT(extract_read(t.c, t.c->now, &x), OK);
    struct extract_file e = extract_file_of(&x, NULL);
    CHECK_INT(month_cell_rows(t.c, &e, k, &rows, &any), OK);
    CHECK(any && (rows.outcome[0] & MONTH_ROW_DIRECT) != 0);
    struct direct_form again = { .request = id, .seen = -1, .direct = "no", .why = "Looked at it once more" };
    CHECK_INT(direct_say(t.c, &again), OK);
    check_helped(&t, EXTRACT_HELPED);
    CHECK_INT(extract_read(t.c, t.c->now - 200 * SECONDS_A_DAY, &x), OK); /* before anybody asked */
    CHECK_INT((int64_t)x.x.n, 0);
    test_end(t.c);
}

TEST(closing_is_for_after_the_first_talk)
{
    struct case_test t = case_begin();
    struct request_id id = case_request(&t);
    struct closing_form f = case_closing_form(&t, id);

    CHECK_INT(closing_add(t.c, &f),
              E_CONFLICT); /* who waits is taken off the list with a reason of its own */
    CHECK(case_get(&t, id).now.waiting);
    case_later(&t, 200);
    CHECK_INT(due_n(&t, DUE_AFTERCARE), 0); /* nobody helped them */
    test_end(t.c);
}

TEST(closing_brings_a_call_after_three_months)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct closing_form f = case_closing_form(&t, id);

    CHECK_INT(closing_add(t.c, &f), OK); /* 3 January */
    case_later(&t, 90);
    CHECK_INT(t.c->today, date_from_civil(2024, 4, 2));
    CHECK_INT(due_n(&t, DUE_AFTERCARE), 0);
    case_later(&t, 1); /* 3 April */
    CHECK_INT(due_n(&t, DUE_AFTERCARE), 1);
    struct aftercare_form a = {
        .request = id, .seen = -1, .day = t.c->today, .result = "not_reached", .note = "No answer"
    };
    CHECK_INT(aftercare_add(t.c, &a), OK);
    CHECK_INT(due_n(&t, DUE_AFTERCARE), 1); /* an attempt is no contact */
    case_as(&t, ROLE_INTAKE, INT_NONE);
    a.result = "fine";
    CHECK_INT(aftercare_add(t.c, &a), OK);
    CHECK_INT(due_n(&t, DUE_AFTERCARE), 0);
    case_as(&t, ROLE_QUALITY, INT_NONE);
    CHECK_INT(aftercare_add(t.c, &a), E_FORBIDDEN);
    test_end(t.c);
}

TEST(closing_within_six_months_reopens_later_is_new)
{
    static const struct {
        int days;
        bool reopened;
    } when[] = { { 30, true }, { 181, true }, { 200, false } };
    struct case_test t = case_begin();

    for (size_t i = 0; i < COUNT(when); i++) {
        struct request_id id = case_planned(&t), again = { 0 };
        struct closing_form f = case_closing_form(&t, id);
        struct again before, after;
        CHECK_INT(closing_add(t.c, &f), OK);
        case_later(&t, when[i].days);
        case_as(&t, ROLE_INTAKE, INT_NONE);
        struct reopen_form back = { .request = id,
                                    .seen = -1,
                                    .received = t.c->today,
                                    .channel = "phone",
                                    .urgency = URGENCY_NORMAL,
                                    .safety_checked = true };
        CHECK_INT(reopen_add(t.c, &back, &again), OK);
        struct request r = case_get(&t, again), old = case_get(&t, id);
        CHECK_STR(r.question, "Money worries"); /* nobody types it again */
        CHECK_STR(r.who.name, "Jan de Vries");
        CHECK_INT(r.now.state, STATE_WAITING);
        CHECK_INT(r.now.team, t.team);
        CHECK_INT(again_of(t.c, &r, &before, &after), OK);
        CHECK_INT(before.request, id.v);
        CHECK(before.reopened == when[i].reopened);
        CHECK_INT(again_of(t.c, &old, &before, &after), OK);
        CHECK_INT(after.request, again.v);
        CHECK(after.reopened == when[i].reopened);
        CHECK_INT(old.now.state, STATE_CLOSED);
    }
    test_end(t.c);
}

TEST(closing_open_requests_do_not_reopen)
{
    struct case_test t = case_begin();
    struct request_id id = case_talked(&t), again;
    struct reopen_form back = { .request = id, .seen = -1, .received = t.c->today, .channel = "phone" };

    CHECK_INT(reopen_add(t.c, &back, &again), E_CONFLICT);
    test_end(t.c);
}
