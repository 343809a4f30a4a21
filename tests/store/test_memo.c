// SPDX-License-Identifier: EUPL-1.2
/* What is kept in memory while the server runs (store/memo.h) is never older than what was written, and never
 * shown to someone else. */
#include "unit/asked.h"
#include "unit/test.h"

#include "base/text.h"
#include "register/call_round.h"
#include "register/session.h"
#include "register/waiting_list.h"
#include "store/memo.h"

static const struct waiting_filter all = { INT_NONE, INT_NONE, INT_NONE, WAITING_ALL, WAITING_BY_ORDER, 1 };

static enum err add_teams(struct ctx *c, void *arg)
{
    int64_t *team = arg;

    TRY(team_find_or_add(c, "North", &team[0]));
    return team_find_or_add(c, "South", &team[1]);
}

static struct request_id add_request(struct ctx *c, int64_t team)
{
    struct request_form f = asked(c);

    f.who.name = "Anna";
    f.question = "Help";
    f.received = c->today;
    f.team = team;
    return asked_add(c, &f);
}

/* A server's connection beside the one of the test. */
static struct db *serve(struct ctx *c, struct store **ret_store)
{
    struct db *db = NULL;

    CHECK(store_open(c, test_url(c), false, ret_store) == OK);
    CHECK(store_start_writer(c, *ret_store) == OK);
    CHECK(db_open(c, *ret_store, &db) == OK);
    return db;
}

static int64_t total(struct ctx *c)
{
    struct waiting_page p = { .total = -1 };

    CHECK(db_read_begin(c) == OK);
    CHECK(waiting_list_get(c, &all, &p) == OK);
    db_read_end(c);
    CHECK_INT((int64_t)p.n, p.total);
    return p.total;
}

TEST(memo_list_is_never_older_than_what_was_written)
{
    struct ctx *c = test_begin("2024-01-03");
    struct db *own = c->db;
    struct store *s;
    struct session who;
    int64_t team[2];
    struct waiting_page p;

    CHECK(db_tx(c, add_teams, team) == OK);
    c->db = serve(c, &s);
    for (int64_t i = 0; i < 3; i++) {
        CHECK_INT(total(c), i);
        CHECK_INT(total(c), i);
        struct request_id id = add_request(c, team[0]);
        struct call_form call = {
            .request = id, .version = -1, .reached = false, .day = c->today, .next = DAY_NONE
        };
        CHECK(waiting_list_get(c, &all, &p) == OK);
        CHECK_INT(p.row[i].attempts, 0);
        CHECK(call_add(c, &call) == OK);
        CHECK(waiting_list_get(c, &all, &p) == OK);
        CHECK_INT(p.row[i].attempts, 1);
    }
    session_act_as(c, &who, ROLE_TEAM_LEAD, team[1], INT_NONE);
    CHECK_INT(total(c), 0); /* the other team has nobody, whatever was kept for those who see all */
    session_act_as(c, &who, ROLE_TEAM_LEAD, team[0], INT_NONE);
    CHECK_INT(total(c), 3);
    db_close(c->db);
    store_close(s);
    c->db = own;
    test_end(c);
}

/* What says itself all that it depends on stays when something is written; the rest does not. */
TEST(memo_that_lasts_stays)
{
    struct ctx *c = test_begin("2024-01-03");
    bool sqlite = store_kind(db_store(c->db)) == DB_SQLITE;
    struct db *own = c->db;
    int64_t key = 1, value = 5, got = 0, team[2];
    struct memo put[2] = { { "a", &key, sizeof key, &value, sizeof value, .lasting = true },
                           { "b", &key, sizeof key, &value, sizeof value, .lasting = false } };
    struct memo get[2] = { put[0], put[1] };
    struct store *s;

    get[0].value = get[1].value = &got;
    c->db = serve(c, &s);
    for (int i = 0; i < 2; i++) {
        CHECK(!memo_get(c, &get[i]));
        memo_put(c, &put[i]);
        CHECK(memo_get(c, &get[i]) == (sqlite || i == 0));
    }
    CHECK(db_tx(c, add_teams, team) == OK);
    got = 0;
    CHECK(memo_get(c, &get[0]) && got == 5);
    CHECK(!memo_get(c, &get[1]));
    key = 2;
    CHECK(!memo_get(c, &get[0]));
    db_close(c->db);
    store_close(s);
    c->db = own;
    test_end(c);
}

TEST(memo_session_ends_when_it_should)
{
    struct ctx *c = test_begin("2024-01-03");
    struct account_form f = {
        "lead", "Team \"A\"", "correct horse battery", ROLE_INTAKE, INT_NONE, INT_NONE
    };
    struct db *own = c->db;
    struct session s, again;
    struct store *store;
    int64_t id, start = c->now;

    CHECK(account_add(c, &f, &id) == OK);
    c->db = serve(c, &store);
    CHECK(session_login(c, "lead", "correct horse battery", &s) == OK);
    for (int i = 0; i < 3; i++) {
        CHECK(session_find(c, s.token, &again) == OK);
        CHECK_INT(again.actor.account, id);
        CHECK_STR(again.actor.name, "Team \"A\"");
        CHECK_STR(again.csrf, s.csrf);
    }
    ctx_set_now(c, start + SESSION_HOURS * 3600);
    CHECK(session_find(c, s.token, &again) == E_LOGIN);
    err_clear(c);
    ctx_set_now(c, start);
    CHECK(session_find(c, s.token, &again) == OK);
    CHECK(session_logout(c, s.token) == OK);
    CHECK(session_find(c, s.token, &again) == E_LOGIN);
    err_clear(c);
    db_close(c->db);
    store_close(store);
    c->db = own;
    test_end(c);
}
