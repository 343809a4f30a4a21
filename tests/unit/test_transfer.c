// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "register/access.h"
#include "register/session.h"
#include "register/transfer.h"
#include "store/sql.h"
#include "unit/staff.h"
#include "unit/test.h"

static struct transfer make_list(struct ctx *c, const struct staff_town *t, int32_t starts, int32_t due)
{
    struct transfer_form f = { .name = "De Zijde to us",
                               .from = "De Zijde",
                               .to = "Our foundation",
                               .team = t->oost,
                               .starts = starts,
                               .due = due };
    struct transfer list = { 0 };
    int64_t id;

    CHECK(transfer_add(c, &f, &id) == OK);
    CHECK(transfer_get(c, id, &list) == OK);
    return list;
}

struct adding {
    const struct transfer *t;
    struct member_new m;
    enum added added;
};

static enum err add(struct ctx *c, void *arg)
{
    struct adding *a = arg;

    return member_add(c, a->t, &a->m, &a->added);
}

static enum err add_member(struct ctx *c, const struct transfer *t, const char *name, const char *key)
{
    struct adding a = { .t = t,
                        .m = { .request = INT_NONE,
                               .who = { .name = name },
                               .source_key = key,
                               .team = INT_NONE,
                               .original = t->starts - 30,
                               .waits_until = DAY_NONE } };

    return db_tx(c, add, &a);
}

static struct member first_member(struct ctx *c, const struct transfer *t)
{
    struct member *m = NULL;
    size_t n = 0;

    CHECK(member_all(c, t, MEMBER_ALL, &m, &n) == OK);
    if (!CHECK(n > 0))
        test_skip("nobody");
    return m[0];
}

TEST(transfer_rejects_wrong_lists)
{
    struct ctx *c = test_begin("2022-06-01");
    struct staff_town t;
    int64_t id;

    staff_town_make(c, &t);
    make_list(c, &t, c->today - 100, c->today + 29);
    struct transfer_form good = { "Other", "De Zijde", "Our foundation", t.oost, c->today, c->today + 29 };
    struct {
        struct transfer_form f;
        const char *field;
    } bad[] = { { good, "name" }, { good, "name" }, { good, "from" },
                { good, "to" },   { good, "due" },  { good, "starts" } };
    bad[0].f.name = "";
    bad[1].f.name = "De Zijde to us";
    bad[2].f.from = "";
    bad[3].f.to = "De Zijde";
    bad[4].f.due = c->today;
    bad[5].f.starts = DAY_NONE;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(transfer_add(c, &bad[i].f, &id) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

/* Handed over on paper is not handed over: three agree first. */
TEST(transfer_needs_three_agreements)
{
    struct ctx *c = test_begin("2022-06-01");
    struct staff_town t;
    const struct happening *h;
    size_t n;

    staff_town_make(c, &t);
    struct transfer list = make_list(c, &t, c->today - 100, c->today + 29);
    CHECK(add_member(c, &list, "Piet Jansen", "Z-1") == OK);
    struct member m = first_member(c, &list);
    CHECK_STR(m.name, "Piet Jansen");
    struct member_facts f = m.f;
    f.outcome = "transferred";
    CHECK(member_change(c, m.id, 1, &f, NULL) == E_INVALID);
    CHECK_STR(c->err.field, "outcome_on");
    err_clear(c);
    f.outcome_on = c->today;
    CHECK(member_change(c, m.id, 1, &f, NULL) == E_INVALID);
    CHECK_STR(c->err.field, "outcome");
    err_clear(c);
    f.agreed_resident = f.agreed_provider = c->today - 3;
    CHECK(member_change(c, m.id, 1, &f, NULL) == E_INVALID);
    err_clear(c);
    f.agreed_team = c->today - 1;
    CHECK(member_change(c, m.id, 1, &f, "Starts with a visit together") == OK);
    CHECK(member_change(c, m.id, 1, &f, NULL) == E_CONFLICT);
    err_clear(c);
    CHECK(member_get(c, m.id, &m) == OK);
    CHECK_INT(m.version, 2);
    CHECK(member_history(c, &m, &h, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(h[0].kind, "outcome");
    CHECK_STR(h[0].note, "Starts with a visit together");
    f.outcome_on = c->today + 1;
    CHECK(member_change(c, m.id, 2, &f, NULL) == E_INVALID); /* the future */
    test_end(c);
}

/* On the day everyone has an outcome or stands on the list of exceptions: who does not is overdue. */
TEST(transfer_counts_down_to_the_day)
{
    struct ctx *c = test_begin("2022-06-01");
    struct staff_town t;
    struct transfer_progress p;
    struct member *m;
    size_t n;

    staff_town_make(c, &t);
    struct transfer list = make_list(c, &t, c->today - 60, c->today + 29);
    for (int i = 0; i < 10; i++)
        CHECK(add_member(c, &list, "Someone", NULL) == OK);
    CHECK(member_all(c, &list, MEMBER_ALL, &m, &n) == OK);
    CHECK_INT((int64_t)n, 10);
    for (size_t i = 0; i < 7; i++) {
        struct member_facts f = m[i].f;
        f.outcome = i < 6 ? "ended" : "lost";
        f.outcome_on = c->today - 50 + 7 * (int32_t)i;
        f.informed = i < 5 ? f.outcome_on : DAY_NONE;
        CHECK(member_change(c, m[i].id, 1, &f, NULL) == OK);
    }
    struct member_facts later = m[7].f;
    later.exception = "treatment";
    CHECK(member_change(c, m[7].id, 1, &later, NULL) == E_INVALID);
    CHECK_STR(c->err.field, "exception_until");
    err_clear(c);
    later.exception_until = c->today + 90;
    CHECK(member_change(c, m[7].id, 1, &later, NULL) == OK);
    CHECK(transfer_progress(c, &list, &p) == OK);
    CHECK_INT(p.members, 10);
    CHECK_INT(p.open, 3);
    CHECK_INT(p.overdue, 0); /* the day has not come */
    CHECK_INT(p.exceptions, 1);
    CHECK_INT(p.outcome[1], 6);
    CHECK_INT(p.outcome[4], 1);
    CHECK_INT(p.not_informed, 5);
    int64_t before = 10;
    for (size_t w = 0; w < p.weeks; w++) { /* slowly: how many have no outcome at the end of this week */
        int64_t left = 0;
        struct member *all;
        CHECK(member_all(c, &list, MEMBER_ALL, &all, &n) == OK);
        for (size_t i = 0; i < n; i++)
            left += all[i].f.outcome == NULL || all[i].f.outcome_on > p.week[w].sunday;
        if (p.week[w].left == INT_NONE)
            CHECK(p.week[w].sunday - 6 > c->today);
        else
            CHECK_INT(p.week[w].left, left);
        CHECK(p.week[w].left == INT_NONE || p.week[w].left <= before);
        before = p.week[w].left != INT_NONE ? p.week[w].left : before;
    }
    CHECK_INT(p.week[p.weeks - 1].planned, 0);
    ctx_set_now(c, c->now + 40 * (int64_t)SECONDS_A_DAY);
    CHECK(member_all(c, &list, MEMBER_OVERDUE, &m, &n) == OK);
    CHECK_INT((int64_t)n, 2); /* not the exception */
    CHECK(member_all(c, &list, MEMBER_EXCEPTION, &m, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    test_end(c);
}

/* The waiting counts from when the resident asked the old provider; choosing to wait is a pause at their
 * wish. */
TEST(transfer_carries_the_original_day_over)
{
    struct ctx *c = test_begin("2022-06-01");
    struct staff_town t;
    struct request_id id;
    struct request r;

    staff_town_make(c, &t);
    struct transfer list = make_list(c, &t, c->today - 60, c->today + 29);
    CHECK(add_member(c, &list, "Piet Jansen", "Z-1") == OK);
    struct member m = first_member(c, &list);
    struct member_facts f = m.f;
    f.waits_until = c->today + 20;
    CHECK(member_change(c, m.id, 1, &f, NULL) == OK);
    if (!CHECK(member_register(c, m.id, 2, &id) == OK))
        test_skip("%s %s", c->err.text, c->err.trace);
    CHECK(request_get(c, id, &r) == OK);
    CHECK_INT(time_nl_day(r.now.received_at), m.f.original);
    CHECK_STR(r.who.name, "Piet Jansen");
    CHECK_STR(r.route, "carry_over");
    CHECK_INT(r.now.state, STATE_PAUSED);
    CHECK_STR(r.event[r.events - 1].e.reason, "chose_to_wait");
    CHECK(member_get(c, m.id, &m) == OK);
    CHECK_INT(m.f.request, id.v);
    CHECK(member_register(c, m.id, 3, &id) == E_CONFLICT);
    test_end(c);
}

TEST(transfer_same_key_is_added_once)
{
    struct ctx *c = test_begin("2022-06-01");
    struct staff_town t;
    struct member *m;
    size_t n;

    staff_town_make(c, &t);
    struct transfer list = make_list(c, &t, c->today - 60, c->today + 29);
    CHECK(add_member(c, &list, "Piet Jansen", "Z-1") == OK);
    CHECK(add_member(c, &list, "Piet Jansen", "Z-1") == OK);
    CHECK(add_member(c, &list, "", "Z-2") == E_INVALID);
    err_clear(c);
    CHECK(member_all(c, &list, MEMBER_ALL, &m, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    test_end(c);
}

TEST(transfer_rights_and_scope)
{
    struct ctx *c = test_begin("2022-06-01");
    struct staff_town t;
    struct transfer_line *line;
    struct member *m, one;
    struct session s;
    size_t n;

    staff_town_make(c, &t);
    struct transfer list = make_list(c, &t, c->today - 60, c->today + 29);
    CHECK(add_member(c, &list, "Piet Jansen", "Z-1") == OK); /* of team Oost, as the list says */
    int64_t id = first_member(c, &list).id;
    for (int role = 0; role < ROLE_SYSTEM; role++) {
        session_act_as(c, &s, (enum role)role, t.oost, INT_NONE);
        bool can = role_may((enum role)role, RIGHT_TRANSFER);
        CHECK((transfer_all(c, &line, &n) == OK) == can);
        err_clear(c);
        CHECK((member_all(c, &list, MEMBER_ALL, &m, &n) == OK) == can);
        err_clear(c);
        CHECK((member_get(c, id, &one) == OK) == can);
        err_clear(c);
    }
    session_act_as(c, &s, ROLE_TEAM_LEAD, t.west, INT_NONE);
    CHECK(member_all(c, &list, MEMBER_ALL, &m, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    CHECK(member_get(c, id, &one) == E_NOT_FOUND);
    err_clear(c);
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, INT_NONE, t.dirk); /* of a partner: works in no team */
    CHECK(member_all(c, &list, MEMBER_ALL, &m, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    CHECK(member_get(c, id, &one) == E_NOT_FOUND);
    test_end(c);
}
