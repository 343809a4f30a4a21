// SPDX-License-Identifier: EUPL-1.2
/* The predicate of authorisation over one register: own, team, other team, sealed, granted, blocked, back
 * office. */
#include "register/config.h"
#include "register/request.h"
#include "register/session.h"
#include "register/waiting_list.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

enum { OWN, TEAM, OTHER, SEALED, CASES };

struct town {
    int64_t team[2], worker[2], account[2];
    struct request_id id[CASES];
    int64_t person[CASES];
};

static enum err configure(struct ctx *c, void *arg)
{
    struct town *t = arg;
    struct sql_worker_insert_row w;

    TRY(team_find_or_add(c, "Oost", &t->team[0]));
    TRY(team_find_or_add(c, "West", &t->team[1]));
    for (int i = 0; i < 2; i++) {
        TRY(sql_worker_insert(c, "Medewerker", t->team[0], NULL, &w));
        t->worker[i] = w.id;
    }
    return OK;
}

static void event(struct ctx *c, struct request_id id, enum kind kind, int64_t worker)
{
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE, .note = "Inhoud" };

    ch.e.kind = kind;
    ch.e.worker = worker;
    ch.e.occurred_at = c->now;
    CHECK(request_change(c, &ch) == OK);
}

static void fill(struct ctx *c, struct town *t)
{
    CHECK(db_tx(c, configure, t) == OK);
    for (int i = 0; i < CASES; i++) {
        struct request_form f = asked(c);

        f.who.name = "Iemand";
        f.question = "Vraag";
        f.team = t->team[i == OTHER];
        CHECK(request_add(c, &f, &t->id[i]) == OK);
    }
    event(c, t->id[OWN], KIND_ALLOCATED, t->worker[0]);
    event(c, t->id[TEAM], KIND_ALLOCATED, t->worker[1]);
    event(c, t->id[SEALED], KIND_SEALED, INT_NONE);
    for (int i = 0; i < 2; i++) {
        struct account_form a = { i ? "lead" : "worker", "Naam",     "een lang wachtwoord",
                                  ROLE_SOCIAL_WORKER,    t->team[0], t->worker[i] };
        a.role = i ? ROLE_TEAM_LEAD : ROLE_SOCIAL_WORKER;
        CHECK(account_add(c, &a, &t->account[i]) == OK);
    }
}

/* "ynny": which of the cases can be opened; lists and search follow the same predicate. */
static void check_seen(struct ctx *c, const struct town *t, const char *want)
{
    char got[CASES + 1] = "";
    struct request r;
    struct waiting_page list;

    for (int i = 0; i < CASES; i++) {
        got[i] = request_get(c, t->id[i], &r) == OK ? 'y' : 'n';
        err_clear(c);
    }
    CHECK_STR(got, want);
    int64_t expected = 0;
    for (int i = 0; i < CASES; i++)
        expected += want[i] == 'y';
    if (role_may(c->actor->role, RIGHT_WAITING_LIST)) {
        struct waiting_filter f = {
            .team = INT_NONE, .neighbourhood = INT_NONE, .urgency = INT_NONE, .page = 1
        };
        CHECK(waiting_list_get(c, &f, &list) == OK);
        CHECK_INT(list.total, expected);
        CHECK_INT((int64_t)list.n, expected);
    }
}

TEST(scope_each_role_sees_its_own)
{
    struct ctx *c = test_begin("2024-03-05");
    struct session s;
    struct town t;

    fill(c, &t);
    check_seen(c, &t, "yyyy"); /* whoever holds the register file */
    session_act_as(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    check_seen(c, &t, "yyyn");
    session_act_as(c, &s, ROLE_TEAM_LEAD, t.team[0], INT_NONE);
    check_seen(c, &t, "yynn");
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, t.team[0], t.worker[0]);
    check_seen(c, &t, "yynn");
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, t.team[1], t.worker[0]);
    check_seen(c, &t, "ynyn"); /* moved to another team: the own case goes along */
    session_act_as(c, &s, ROLE_BACK_OFFICE, INT_NONE, INT_NONE);
    check_seen(c, &t, "nnnn");
    session_act_as(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    check_seen(c, &t, "nnnn");
    test_end(c);
}

TEST(scope_sealed_is_for_its_own_worker_and_office_for_what_it_has_to_do_with)
{
    struct ctx *c = test_begin("2024-03-05");
    struct session s;
    struct town t;

    fill(c, &t);
    event(c, t.id[SEALED], KIND_ALLOCATED, t.worker[0]);
    event(c, t.id[TEAM], KIND_WMO_REPORTED, INT_NONE);
    event(c, t.id[TEAM], KIND_ACCOUNT_SENT, INT_NONE);
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, t.team[0], t.worker[0]);
    check_seen(c, &t, "yyny");
    session_act_as(c, &s, ROLE_BACK_OFFICE, INT_NONE, INT_NONE);
    check_seen(c, &t, "nynn");
    test_end(c);
}

static enum err grant(struct ctx *c, void *arg)
{
    const struct town *t = arg;
    struct sql_access_grant_insert_args g = { t->account[0], t->id[OTHER].v, "emergency",
                                              c->now,        c->now + 86400, { NULL, 0 } };
    struct sql_access_grant_insert_row row;

    return sql_access_grant_insert(c, &g, &row);
}

TEST(scope_a_grant_opens_one_request_for_a_day)
{
    struct ctx *c = test_begin("2024-03-05");
    struct session s;
    struct request r;
    struct town t;

    fill(c, &t);
    CHECK(db_tx(c, grant, &t) == OK);
    CHECK(session_login(c, "worker", "een lang wachtwoord", &s) == OK);
    check_seen(c, &t, "yyyn");
    CHECK(request_get(c, t.id[OTHER], &r) == OK && r.content);
    CHECK(request_get(c, t.id[TEAM], &r) == OK && !r.content);
    CHECK(request_get(c, t.id[OWN], &r) == OK && r.content);
    ctx_set_now(c, c->now + 86401);
    check_seen(c, &t, "yynn");
    test_end(c);
}

static enum err block(struct ctx *c, void *arg)
{
    const struct town *t = arg;

    return sql_access_block_insert(c, t->account[0], t->person[OWN], c->now);
}

TEST(scope_a_blocked_person_is_never_seen)
{
    struct ctx *c = test_begin("2024-03-05");
    struct session s;
    struct request r;
    struct town t;

    fill(c, &t);
    CHECK(request_get(c, t.id[OWN], &r) == OK);
    t.person[OWN] = r.person;
    CHECK(db_tx(c, block, &t) == OK);
    CHECK(session_login(c, "worker", "een lang wachtwoord", &s) == OK);
    check_seen(c, &t, "nynn");
    CHECK(session_login(c, "lead", "een lang wachtwoord", &s) == OK);
    check_seen(c, &t, "yynn");
    test_end(c);
}

TEST(scope_content_is_withheld_and_says_so)
{
    struct ctx *c = test_begin("2024-03-05");
    struct session s;
    struct request r;
    struct town t;
    size_t withheld = 0;

    fill(c, &t);
    event(c, t.id[TEAM], KIND_FIRST_TALK, t.worker[1]);
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, t.team[0], t.worker[0]);
    CHECK(request_get(c, t.id[TEAM], &r) == OK);
    for (size_t i = 0; i < r.events; i++) {
        withheld += r.event[i].withheld;
        CHECK(r.event[i].e.kind != KIND_FIRST_TALK || r.event[i].note == NULL);
    }
    CHECK_INT((int64_t)withheld, 1);
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, t.team[0], t.worker[1]);
    CHECK(request_get(c, t.id[TEAM], &r) == OK && r.content);
    for (size_t i = 0; i < r.events; i++)
        CHECK(!r.event[i].withheld);
    test_end(c);
}
