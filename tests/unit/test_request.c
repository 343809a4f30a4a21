// SPDX-License-Identifier: EUPL-1.2
#include "register/call_round.h"
#include "register/integrity.h"
#include "register/request.h"
#include "register/session.h"
#include "register/waiting_list.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <stdio.h>
#include <string.h>

static struct request_form good_form(struct ctx *c)
{
    struct request_form f = asked(c);

    f.who.phone = "06-55501234";
    return f;
}

static enum err add_west_hood(struct ctx *c, void *arg)
{
    int64_t west;

    TRY(team_find_or_add(c, "West", &west));
    return neighbourhood_find_or_add(c, "Warande", west, arg);
}

TEST(request_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_id id;
    struct {
        struct request_form f;
        const char *field;
    } bad[5];

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i].f = good_form(c);
    bad[0].f.question = "";
    bad[0].field = "question";
    bad[1].f.received = c->today + 1;
    bad[1].field = "received";
    bad[2].f.received = DAY_NONE;
    bad[2].field = "received";
    bad[3].f.safety_checked = false;
    bad[3].field = "safety";
    bad[4].f.urgency = 77;
    bad[4].field = "urgency";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(request_add(c, &bad[i].f, &id) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

TEST(request_is_read_back_whole)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_form f = good_form(c);
    struct request r;

    f.why = "No food in the house";
    struct request_id id = asked_add(c, &f);
    CHECK(request_get(c, id, &r) == OK);
    CHECK_STR(r.who.name, "Jan de Vries");
    CHECK_STR(r.question, "Money worries");
    CHECK_INT((int64_t)r.events, 4);
    CHECK_INT(r.now.state, STATE_WAITING);
    CHECK_INT(r.now.urgency, URGENCY_NORMAL);
    CHECK_STR(r.event[2].note, "No food in the house");
    CHECK_STR(r.number, "2023-1");
    test_end(c);
}

/* The text of a resident is nowhere in the register's files. */
TEST(request_names_are_not_in_the_file)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_form f = good_form(c);

    if (store_kind(db_store(c->db)) != DB_SQLITE) {
        test_end(c);
        test_skip("reads the files of SQLite");
    }
    f.who.name = "Zebedeus Uniquename";
    f.question = "Verysecretquestion";
    asked_add(c, &f);
    CHECK(db_script(c, "PRAGMA wal_checkpoint(TRUNCATE)", false) == OK);
    FILE *file = fopen(test_url(c), "rb");
    static char all[4 << 20];
    size_t n = fread(all, 1, sizeof all, file);
    fclose(file);
    CHECK(n > 1000);
    CHECK(memmem(all, n, "Zebedeus", 8) == NULL);
    CHECK(memmem(all, n, "Verysecret", 10) == NULL);
    CHECK(memmem(all, n, "55501234", 8) == NULL);
    test_end(c);
}

TEST(request_two_people_at_once_get_a_conflict)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_form f = good_form(c);
    struct request_id id = asked_add(c, &f);
    struct call_form call = {
        .request = id, .version = 4, .reached = true, .day = c->today, .next = DAY_NONE
    };

    CHECK(call_add(c, &call) == OK);
    CHECK(call_add(c, &call) == E_CONFLICT);
    err_clear(c);
    call.version = 5;
    CHECK(call_add(c, &call) == OK);
    test_end(c);
}

TEST(request_call_dates_are_checked)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_form f = good_form(c);
    struct request_id id = asked_add(c, &f);
    struct call_form call = {
        .request = id, .version = -1, .reached = true, .day = c->today + 1, .next = DAY_NONE
    };

    CHECK(call_add(c, &call) == E_INVALID);
    err_clear(c);
    call.day = c->today - 30;
    CHECK(call_add(c, &call) == E_INVALID);
    err_clear(c);
    call.day = c->today;
    call.next = c->today - 1;
    CHECK(call_add(c, &call) == E_INVALID);
    test_end(c);
}

TEST(waiting_list_shows_only_the_scope)
{
    struct ctx *c = test_begin("2024-01-03");
    struct waiting_filter all = { INT_NONE, INT_NONE, INT_NONE, WAITING_ALL, WAITING_BY_ORDER, 1 };
    struct waiting_page p;
    struct session s;
    struct request r;
    int64_t team[2];
    struct request_id id[2];

    CHECK(db_tx(c, asked_two_teams, team) == OK);
    for (int i = 0; i < 2; i++) {
        struct request_form f = good_form(c);
        f.team = team[i];
        id[i] = asked_add(c, &f);
    }
    for (int sort = 0; sort < WAITING_SORTS; sort++) {
        all.sort = (enum waiting_sort)sort;
        session_act_as(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
        CHECK(waiting_list_get(c, &all, &p) == OK);
        CHECK_INT(p.total, 2);
        session_act_as(c, &s, ROLE_TEAM_LEAD, team[1], INT_NONE);
        CHECK(waiting_list_get(c, &all, &p) == OK);
        CHECK_INT(p.total, 1);
        CHECK_INT(p.row[0].id, id[1].v);
        struct waiting_filter other = all;
        other.team = team[0]; /* asking for another team's list shows nothing */
        CHECK(waiting_list_get(c, &other, &p) == OK);
        CHECK_INT(p.total, 0);
        CHECK_INT((int64_t)p.n, 0);
    }
    CHECK(request_get(c, id[1], &r) == OK);
    CHECK(request_get(c, id[0], &r) == E_NOT_FOUND);
    err_clear(c);
    struct call_form call = {
        .request = id[0], .version = -1, .reached = true, .day = c->today, .next = DAY_NONE
    };
    CHECK(call_add(c, &call) == E_NOT_FOUND);
    err_clear(c);
    for (int role = 0; role < ROLE_SYSTEM; role++) {
        session_act_as(c, &s, (enum role)role, INT_NONE, INT_NONE);
        bool reads = role_may((enum role)role, RIGHT_WAITING_LIST);
        CHECK((waiting_list_get(c, &all, &p) == OK) == reads);
        err_clear(c);
        bool opens = role_may((enum role)role, RIGHT_REQUEST);
        enum err e = request_get(c, id[0], &r);
        CHECK(opens ? e == OK || e == E_NOT_FOUND : e == E_FORBIDDEN);
        err_clear(c);
    }
    test_end(c);
}

TEST(call_list_can_be_undone)
{
    struct ctx *c = test_begin("2024-01-03");
    struct waiting_filter listed = { INT_NONE, INT_NONE, INT_NONE, WAITING_LISTED, WAITING_BY_ORDER, 1 };
    struct request_form f = good_form(c);
    int64_t id[3], *changed;
    struct waiting_page p;
    size_t n;

    for (int i = 0; i < 3; i++)
        id[i] = asked_add(c, &f).v;
    CHECK(call_list_add(c, id, 2, &changed, &n) == OK);
    CHECK_INT((int64_t)n, 2);
    CHECK(call_list_add(c, id, 3, &changed, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(changed[0], id[2]);
    CHECK(waiting_list_get(c, &listed, &p) == OK);
    CHECK_INT(p.total, 3);
    CHECK(call_list_remove(c, id, 3, &n) == OK);
    CHECK_INT((int64_t)n, 3);
    CHECK(waiting_list_get(c, &listed, &p) == OK);
    CHECK_INT(p.total, 0);
    int64_t wrong[2] = { id[0], 999 }; /* all or none */
    CHECK(call_list_add(c, wrong, 2, &changed, &n) == E_NOT_FOUND);
    err_clear(c);
    CHECK(waiting_list_get(c, &listed, &p) == OK);
    CHECK_INT(p.total, 0);
    test_end(c);
}

TEST(person_is_found_again)
{
    static const struct {
        struct identity who;
        bool same;
    } rows[] = {
        { { .name = "Jan de Vries", .birth = "1980-01-01" }, true },
        { { .name = "jan de vries" }, true },
        { { .name = "Jan de Vriez", .birth = "1980-01-01" }, true },
        { { .name = "Jan de Vries", .birth = "1981-01-01" }, false },
        { { .name = "Piet Jansen", .phone = "+31 6 55501234" }, true },
        { { .name = "Piet Jansen" }, false },
        { { .phone = "12" }, false },
    };
    struct ctx *c = test_begin("2024-01-03");
    struct request_form f = good_form(c);
    struct person_match *m;
    size_t n;

    f.who.birth = "1980-01-01";
    asked_add(c, &f);
    for (size_t i = 0; i < COUNT(rows); i++) {
        CHECK(person_find_same(c, &rows[i].who, &m, &n) == OK);
        CHECK_INT(n > 0, rows[i].same);
    }
    CHECK(person_search(c, "vri", &m, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK(person_search(c, "vries jan", &m, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK(person_search(c, "ries", &m, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    test_end(c);
}

TEST(import_again_makes_no_doubles)
{
    struct ctx *c = test_begin("2024-01-03");
    struct event event[2] = { EVENT_NONE, EVENT_NONE };
    struct request_import r = { .source = INT_NONE,
                                .key = "NA",
                                .person = INT_NONE,
                                .neighbourhood = INT_NONE,
                                .team = INT_NONE,
                                .urgency = INT_NONE,
                                .received_at = c->now - 1000,
                                .event = event };
    struct sql_source_insert_row source;
    struct request_imported done;
    struct integrity check;

    CHECK(sql_source_insert(c, "test", &source) == OK);
    r.source = source.id;
    event[0].kind = KIND_FIRST_TALK;
    event[0].occurred_at = c->now - 500;
    event[1].kind = KIND_CLOSED;
    event[1].occurred_at = c->now - 100;
    r.events = 1;
    CHECK(request_import(c, &r, &done) == OK);
    CHECK(done.is_new);
    CHECK_INT((int64_t)done.events_added, 2);
    CHECK(request_import(c, &r, &done) == OK);
    CHECK(!done.is_new);
    CHECK_INT((int64_t)done.events_added, 0);
    r.events = 2;
    CHECK(request_import(c, &r, &done) == OK);
    CHECK_INT((int64_t)done.events_added, 1);
    CHECK(integrity_check(c, &check) == OK);
    CHECK_INT(check.requests, 1);
    CHECK_INT(check.events, 3);
    CHECK_INT(check.different, 0);
    test_end(c);
}

TEST(login_waits_after_five_wrong_passwords)
{
    struct ctx *c = test_begin("2024-01-03");
    struct account_form f = {
        "lead", "Team lead", "correct horse battery", ROLE_TEAM_LEAD, INT_NONE, INT_NONE
    };
    struct session s, again;
    int64_t id;

    CHECK(account_add(c, &f, &id) == OK);
    for (int i = 0; i < LOGIN_TRIES; i++) {
        CHECK(session_login(c, "lead", "wrong", &s) == E_INVALID);
        err_clear(c);
    }
    CHECK(session_login(c, "lead", "correct horse battery", &s) == E_BUSY);
    err_clear(c);
    ctx_set_now(c, c->now + 61);
    CHECK(session_login(c, "lead", "correct horse battery", &s) == OK);
    CHECK(session_find(c, s.token, &again) == OK);
    CHECK_INT(again.actor.role, ROLE_TEAM_LEAD);
    ctx_set_now(c, c->now + SESSION_HOURS * 3600);
    CHECK(session_find(c, s.token, &again) == E_LOGIN);
    err_clear(c);
    CHECK(session_login(c, "nobody", "wrong", &s) == E_INVALID);
    test_end(c);
}

/* A common surname: the one who waits is found among forty who do not. */
TEST(person_search_puts_who_waits_first)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_form f = good_form(c);
    struct person_match *m;
    struct request r;
    size_t n;

    for (int i = 0; i < 41; i++) {
        f.who.name = "Corrie Meijer";
        struct request_id id = asked_add(c, &f);
        struct request_change end = { .id = id, .version = -1, .e = EVENT_NONE };
        end.e.kind = KIND_CLOSED;
        end.e.reason = "solved";
        end.e.occurred_at = c->now;
        if (i < 40)
            CHECK(request_change(c, &end) == OK);
        CHECK(request_get(c, id, &r) == OK);
    }
    CHECK(person_search(c, "meijer", &m, &n) == OK);
    CHECK_INT((int64_t)n, PERSON_MATCHES);
    CHECK_INT(m[0].person, r.person);
    test_end(c);
}

/* Who works for one team sees afterwards what it wrote down, also without a neighbourhood. */
TEST(request_gets_the_team_of_who_registers_it)
{
    static const struct {
        enum role role;
        bool with_team, hood; /* of the actor; of the request: a neighbourhood of the other team */
        int team;             /* -1: none */
        bool visible;
    } t[] = {
        { ROLE_TEAM_LEAD, true, false, 0, true }, { ROLE_SOCIAL_WORKER, true, false, 0, true },
        { ROLE_TEAM_LEAD, true, true, 1, false }, { ROLE_INTAKE, false, false, -1, true },
        { ROLE_INTAKE, true, false, -1, true },   { ROLE_TEAM_LEAD, false, false, -1, true },
        { ROLE_INTAKE, false, true, 1, true },
    };
    struct ctx *c = test_begin("2024-01-03");
    int64_t team[2], hood = 0;

    CHECK(db_tx(c, asked_two_teams, team) == OK);
    CHECK(db_tx(c, add_west_hood, &hood) == OK);
    config_changed(c);
    for (size_t i = 0; i < COUNT(t); i++) {
        struct request_form f = good_form(c);
        struct request_id id = { 0 };
        struct session s, system;
        struct request r;
        bool visible = !t[i].visible;
        f.neighbourhood = t[i].hood ? hood : INT_NONE;
        session_act_as(c, &s, t[i].role, t[i].with_team ? team[0] : INT_NONE, INT_NONE);
        CHECK_INT(request_add(c, &f, &id), OK);
        CHECK_INT(request_visible(c, id, &visible), OK);
        CHECK_INT(visible, t[i].visible);
        session_act_as(c, &system, ROLE_SYSTEM, INT_NONE, INT_NONE);
        CHECK_INT(request_get(c, id, &r), OK);
        CHECK_INT(r.now.team, t[i].team < 0 ? INT_NONE : team[t[i].team]);
    }
    test_end(c);
}
