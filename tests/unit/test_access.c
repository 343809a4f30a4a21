// SPDX-License-Identifier: EUPL-1.2
/* Who gets in: a reason, an emergency, a seal, a block; and who sees that. */
#include "register/access.h"
#include "register/access_claim.h"
#include "register/person_link.h"
#include "register/session.h"
#include "register/waiting_list.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <string.h>

struct town {
    int64_t team[2], lead[2], worker[2], dpo; /* accounts */
    struct request_id request[2];
    int64_t person[2];
};

static enum err two_teams(struct ctx *c, void *arg)
{
    struct town *t = arg;

    TRY(team_find_or_add(c, "Oost", &t->team[0]));
    return team_find_or_add(c, "West", &t->team[1]);
}

static int64_t account(struct ctx *c, const char *login, enum role role, int64_t team)
{
    struct account_form f = { login, login, "correct horse battery", role, team, INT_NONE };
    int64_t id = 0;

    CHECK(account_add(c, &f, &id) == OK);
    return id;
}

static void build(struct ctx *c, struct town *t)
{
    struct request r;

    CHECK(db_tx(c, two_teams, t) == OK);
    t->lead[0] = account(c, "lead0", ROLE_TEAM_LEAD, t->team[0]);
    t->lead[1] = account(c, "lead1", ROLE_TEAM_LEAD, t->team[1]);
    t->worker[0] = account(c, "worker0", ROLE_SOCIAL_WORKER, t->team[0]);
    t->worker[1] = account(c, "worker1", ROLE_SOCIAL_WORKER, t->team[1]);
    t->dpo = account(c, "dpo", ROLE_DPO, INT_NONE);
    for (int i = 0; i < 2; i++) {
        struct request_form f = asked(c);

        f.who.name = i == 0 ? "Jan de Vries" : "Els Bakker";
        f.who.birth = "1980-01-01";
        f.team = t->team[i];
        CHECK(request_add(c, &f, &t->request[i]) == OK);
        CHECK(request_get(c, t->request[i], &r) == OK);
        t->person[i] = r.person;
    }
}

/* The session of an account, as the site makes it for every request: with the grants and blocks of this
 * moment. */
static void act(struct ctx *c, struct session *s, const char *login)
{
    struct session found;

    CHECK(session_login(c, login, "correct horse battery", s) == OK);
    CHECK(session_find(c, s->token, &found) == OK);
    *s = found;
    c->actor = &s->actor;
    c->scope = &s->scope;
}

static bool sees(struct ctx *c, struct request_id id)
{
    struct request r;
    enum err e = request_get(c, id, &r);

    err_clear(c);
    return e == OK;
}

static bool reads(struct ctx *c, struct request_id id)
{
    struct request r = { .content = false };
    enum err e = request_get(c, id, &r);

    err_clear(c);
    return e == OK && r.content;
}

TEST(access_opens_with_a_reason_for_a_working_day)
{
    struct ctx *c = test_begin("2024-01-03");
    struct session s;
    struct town t;

    build(c, &t);
    act(c, &s, "lead0");
    CHECK(sees(c, t.request[0]));
    CHECK(!reads(c, t.request[0]));
    struct access_form f = { t.request[0], "replacement", "short" };
    CHECK(access_open(c, &f) == E_INVALID);
    CHECK_STR(c->err.field, "why");
    err_clear(c);
    f.why = "The colleague is ill, the resident called.";
    f.reason = "danger"; /* a reason of the other list */
    CHECK(access_open(c, &f) == E_INVALID);
    err_clear(c);
    f.reason = "replacement";
    CHECK(access_open(c, &f) == OK);
    act(c, &s, "lead0");
    CHECK(reads(c, t.request[0]));
    f.request = t.request[1];
    CHECK(access_open(c, &f) == E_NOT_FOUND); /* another team: that is an emergency */
    err_clear(c);
    ctx_set_now(c, c->now + (ACCESS_CONTENT_HOURS * 3600) + 1);
    act(c, &s, "lead0");
    CHECK(!reads(c, t.request[0]));
    test_end(c);
}

TEST(access_in_an_emergency_is_reported_and_judged)
{
    struct ctx *c = test_begin("2024-01-03");
    struct access_filter all = { .account = INT_NONE, .request = INT_NONE };
    struct session s;
    struct town t;
    struct request_id found;
    const struct access_case *x;
    size_t n;

    build(c, &t);
    act(c, &s, "worker0");
    CHECK(!sees(c, t.request[1]));
    struct access_form f = { t.request[1], "danger", "Police called, she is outside." };
    CHECK(access_emergency_find(c, "Els Bakkers", 3652, &found) == E_INVALID); /* only exact */
    err_clear(c);
    CHECK(access_emergency_find(c, "els bakker", 3652, &found) == OK); /* 1980-01-01 */
    CHECK_INT(found.v, t.request[1].v);
    CHECK(access_emergency(c, &f) == OK);
    act(c, &s, "worker0");
    CHECK(sees(c, t.request[1]));
    CHECK(reads(c, t.request[1]));
    CHECK(access_cases(c, &all, &x, &n) == E_FORBIDDEN);
    err_clear(c);
    act(c, &s, "dpo");
    CHECK(access_cases(c, &all, &x, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(x[0].reason, "danger");
    CHECK_STR(x[0].why, "Police called, she is outside.");
    CHECK_STR(x[0].who, "worker0");
    CHECK(x[0].looks >= 2);
    CHECK(x[0].judged == NULL);
    CHECK(access_judge(c, x[0].id, "nonsense", NULL) == E_INVALID);
    err_clear(c);
    CHECK(access_judge(c, x[0].id, "asked", "Why not the own worker?") == OK);
    CHECK(access_judge(c, x[0].id, "right", NULL) == E_CONFLICT);
    err_clear(c);
    all.open = true;
    CHECK(access_cases(c, &all, &x, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    ctx_set_now(c, c->now + (ACCESS_EMERGENCY_HOURS * 3600) + 1);
    act(c, &s, "worker0");
    CHECK(!sees(c, t.request[1]));
    test_end(c);
}

TEST(access_seal_hides_from_the_team_and_needs_another_to_come_off)
{
    struct ctx *c = test_begin("2024-01-03");
    struct session s;
    struct town t;
    const struct seal_state *row;
    size_t n;

    build(c, &t);
    act(c, &s, "lead0");
    struct seal_form f = { t.request[0], true, false, "threat", "An ex-partner is looking for her." };
    CHECK(access_seal(c, &f) == OK);
    CHECK(access_seal(c, &f) == E_CONFLICT);
    err_clear(c);
    CHECK(!sees(c, t.request[0]));
    CHECK(access_sealed(c, &row, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    act(c, &s, "lead1"); /* a lead of another team cannot even ask */
    struct seal_state state;
    CHECK(access_seal_get(c, t.request[0], &state) == E_NOT_FOUND);
    err_clear(c);
    f.seal = false;
    CHECK(access_seal(c, &f) == E_NOT_FOUND);
    err_clear(c);
    act(c, &s, "lead0");
    CHECK(access_seal(c, &f) == E_FORBIDDEN); /* who put it on */
    err_clear(c);
    act(c, &s, "dpo");
    f.reason = "over";
    CHECK(access_seal(c, &f) == OK);
    act(c, &s, "worker0");
    CHECK(sees(c, t.request[0]));
    CHECK(access_seal(c, &f) == E_FORBIDDEN);
    test_end(c);
}

TEST(access_seal_of_a_person_also_covers_what_comes)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_form next = { .who = { 0 },
                                 .question = "Again",
                                 .received = c->today,
                                 .neighbourhood = INT_NONE,
                                 .urgency = URGENCY_UNKNOWN };
    struct session s, system;
    struct town t;
    struct request_id id;

    build(c, &t);
    act(c, &s, "dpo");
    struct seal_form f = { t.request[0], true, true, "threat", "An ex-partner is looking for her." };
    CHECK(access_seal(c, &f) == OK);
    session_act_as(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
    next.person = t.person[0];
    next.team = t.team[0];
    CHECK(request_add(c, &next, &id) == OK);
    act(c, &s, "lead0");
    CHECK(!sees(c, t.request[0]));
    CHECK(!sees(c, id));
    CHECK(person_check(c, t.person[0]) == E_NOT_FOUND);
    test_end(c);
}

TEST_LONG(access_block_holds_at_once_and_follows_joined_persons)
{
    struct ctx *c = test_begin("2024-01-03");
    struct waiting_filter all = { INT_NONE, INT_NONE, INT_NONE, WAITING_ALL, WAITING_BY_ORDER, 1 };
    const struct access_claim *x;
    struct waiting_page p;
    struct session s, system;
    struct town t;
    size_t n;

    build(c, &t);
    act(c, &s, "worker0");
    CHECK(access_claim_add(c, t.person[0], "enemy", NULL) == E_INVALID);
    err_clear(c);
    CHECK(access_claim_add(c, t.person[0], "family", "My uncle") == OK);
    act(c, &s, "worker0");
    CHECK(!sees(c, t.request[0]));
    CHECK(person_check(c, t.person[0]) == E_NOT_FOUND);
    err_clear(c);
    CHECK(waiting_list_get(c, &all, &p) == OK);
    CHECK_INT(p.total, 0);
    struct access_form f = { t.request[0], "danger", "Someone is in danger here." };
    CHECK(access_emergency(c, &f) == E_NOT_FOUND); /* no reason opens this */
    err_clear(c);
    session_act_as(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
    CHECK(person_link_add(c, t.person[0], t.person[1]) == OK); /* the other registration is the same uncle */
    act(c, &s, "worker0");
    f.request = t.request[1];
    CHECK(access_emergency(c, &f) == E_NOT_FOUND);
    err_clear(c);
    session_act_as(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
    CHECK(person_link_end(c, t.person[1]) == OK);
    act(c, &s, "worker0");
    CHECK(access_emergency(c, &f) == OK);
    act(c, &s, "lead1"); /* not of this team */
    CHECK(access_claims(c, &x, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    act(c, &s, "lead0");
    CHECK(access_claims(c, &x, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(x[0].name, "Jan de Vries");
    CHECK_STR(x[0].note, "My uncle");
    CHECK(access_claim_confirm(c, x[0].id, x[0].version) == OK);
    CHECK(access_claim_end(c, x[0].id, x[0].version, "A mistake") == E_CONFLICT); /* an old page */
    err_clear(c);
    CHECK(access_claim_end(c, x[0].id, x[0].version + 1, "") == E_INVALID);
    err_clear(c);
    CHECK(access_claim_end(c, x[0].id, x[0].version + 1, "It was somebody else") == OK);
    act(c, &s, "worker0");
    CHECK(sees(c, t.request[0]));
    test_end(c);
}

TEST(access_readers_of_a_file)
{
    struct ctx *c = test_begin("2024-01-03");
    const struct access_look *x;
    struct session s;
    struct town t;
    size_t n;
    bool found = false;

    build(c, &t);
    act(c, &s, "worker0");
    CHECK(sees(c, t.request[0]));
    CHECK(access_looks_of_request(c, t.request[0], &x, &n) == E_FORBIDDEN);
    err_clear(c);
    act(c, &s, "lead1");
    CHECK(access_looks_of_request(c, t.request[0], &x, &n) == E_NOT_FOUND);
    err_clear(c);
    act(c, &s, "lead0");
    CHECK(access_looks_of_request(c, t.request[0], &x, &n) == OK);
    for (size_t i = 0; i < n; i++)
        found = found || (x[i].login != NULL && strcmp(x[i].login, "worker0") == 0);
    CHECK(found);
    act(c, &s, "dpo");
    CHECK(access_looks_of_request(c, t.request[1], &x, &n) == OK);
    CHECK(access_looks_of_account(c, t.worker[0], &x, &n) == OK);
    CHECK(n >= 1);
    act(c, &s, "lead0");
    CHECK(access_looks_of_account(c, t.worker[0], &x, &n) == E_FORBIDDEN);
    test_end(c);
}
