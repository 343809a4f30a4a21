// SPDX-License-Identifier: EUPL-1.2
/* The list in the order of turns, page by page, against sorting everybody; who sees which list; parked
 * people. */
#include "register/list_order.h"
#include "register/session.h"
#include "register/waiting_list.h"
#include "store/sql.h"
#include "unit/test.h"

#include "base/rng.h"

#include <stdlib.h>

enum { PEOPLE = 230 };

struct town {
    struct turn_facts f[PEOPLE];
    int64_t team_of[PEOPLE], team[2];
    bool worker[PEOPLE];
    int64_t helper;
};

static enum err put_one(struct ctx *c, struct rng *r, struct town *t, size_t i)
{
    int64_t asked =
        time_of_nl_day(c->today - (int32_t)rng_below(r, 90), 9 * 3600 + (int)rng_below(r, 4) * 60);
    struct event e[4];
    size_t n = 0;

    t->f[i] = (struct turn_facts){ .urgency = (int64_t)rng_below(r, URGENCIES),
                                   .received_at = asked,
                                   .wmo = rng_below(r, 3) == 0 };
    t->team_of[i] = t->team[rng_below(r, 2)];
    t->worker[i] = rng_below(r, 6) == 0;
    for (size_t k = 0; k < COUNT(e); k++)
        e[k] = EVENT_NONE;
    e[n].kind = KIND_TRIAGED;
    e[n].urgency = t->f[i].urgency;
    e[n++].occurred_at = asked;
    if (t->f[i].wmo) {
        e[n].kind = KIND_WMO_REPORTED;
        e[n++].occurred_at = asked;
    }
    if (t->worker[i]) {
        e[n].kind = KIND_ALLOCATED;
        e[n].worker = t->helper;
        e[n++].occurred_at = asked + 60;
    }
    struct request_import in = { .source = INT_NONE,
                                 .person = INT_NONE,
                                 .neighbourhood = INT_NONE,
                                 .team = t->team_of[i],
                                 .urgency = INT_NONE,
                                 .received_at = asked,
                                 .event = e,
                                 .events = n };
    struct request_imported done;
    TRY(request_import(c, &in, &done));
    t->f[i].request = done.id;
    return OK;
}

static enum err put_town(struct ctx *c, void *arg)
{
    struct sql_worker_insert_row added;
    struct town *t = arg;
    struct rng r;

    rng_seed(&r, 11);
    TRY(team_find_or_add(c, "Oost", &t->team[0]));
    TRY(team_find_or_add(c, "West", &t->team[1]));
    TRY(sql_worker_insert(c, "Noor", t->team[0], NULL, &added));
    t->helper = added.id;
    for (size_t i = 0; i < PEOPLE; i++)
        TRY(put_one(c, &r, t, i));
    return OK;
}

static const struct config *sort_config;
static int32_t sort_day;
static int by_turn(const void *pa, const void *pb)
{
    struct turn a = turn_of(sort_config, pa, sort_day), b = turn_of(sort_config, pb, sort_day);

    return turn_compare(&a, &b, sort_day);
}

/* The ids of everyone of a team (INT_NONE: all) in the order of turns, by sorting. */
static size_t sorted(const struct town *t, int64_t team, int64_t id[PEOPLE])
{
    static struct turn_facts f[PEOPLE];
    size_t n = 0;

    for (size_t i = 0; i < PEOPLE; i++)
        if (team == INT_NONE || t->team_of[i] == team)
            f[n++] = t->f[i];
    qsort(f, n, sizeof f[0], by_turn);
    for (size_t i = 0; i < n; i++)
        id[i] = f[i].request;
    return n;
}

static void check_pages(struct ctx *c, struct waiting_filter f, const int64_t *id, size_t n)
{
    struct waiting_page p;
    size_t at = 0;

    for (f.page = 1; at < n; f.page++) {
        if (!CHECK(waiting_list_get(c, &f, &p) == OK) || !CHECK(p.n > 0))
            return;
        for (size_t i = 0; i < p.n; i++, at++)
            if (!CHECK_INT(p.row[i].id, id[at]))
                return;
    }
    CHECK_INT(p.total, (int64_t)n);
}

static size_t town_index(const struct town *t, int64_t request)
{
    size_t i = 0;

    while (t->f[i].request != request)
        i++;
    return i;
}

/* Someone's place counts who stands before and could be given a turn: nobody who has a worker already. */
static void check_places(struct ctx *c, const struct town *t, int64_t team, const int64_t *id, size_t n)
{
    int64_t ahead = 0;

    for (size_t i = 0; i < n; i++) {
        struct waiting_place place;
        struct request r;
        size_t k = town_index(t, id[i]);
        if (i % 7 == 0 && (team == INT_NONE || t->team_of[k] == team)) {
            CHECK(request_get(c, (struct request_id){ id[i] }, &r) == OK);
            CHECK(waiting_place_get(c, &r, &place) == OK);
            if (!CHECK_INT(place.place, ahead + 1))
                return;
        }
        ahead += !t->worker[k];
    }
}

TEST(waiting_list_pages_are_in_the_order_of_turns)
{
    struct ctx *c = test_begin("2024-06-03");
    struct waiting_filter f = { INT_NONE, INT_NONE, INT_NONE, WAITING_ALL, WAITING_BY_ORDER, 1 };
    static struct town t;
    struct session s;
    int64_t id[PEOPLE];
    size_t n;

    CHECK(db_tx(c, put_town, &t) == OK);
    CHECK(config_get(c, &sort_config) == OK);
    sort_day = c->today;
    n = sorted(&t, INT_NONE, id);
    CHECK_INT((int64_t)n, PEOPLE);
    check_pages(c, f, id, n);
    n = sorted(&t, t.team[1], id);
    f.team = t.team[1];
    check_pages(c, f, id, n);
    check_places(c, &t, t.team[1], id, n);
    session_act_as(c, &s, ROLE_TEAM_LEAD, t.team[1], INT_NONE);
    f.team = INT_NONE;
    check_pages(c, f, id, n); /* the own team's list */
    test_end(c);
}

/* With one list for the city, each team sees all who wait, and places count through all teams. */
TEST(waiting_list_of_the_city_is_seen_by_every_team)
{
    struct ctx *c = test_begin("2024-06-03");
    struct waiting_filter f = { INT_NONE, INT_NONE, INT_NONE, WAITING_ALL, WAITING_BY_ORDER, 1 };
    static struct town t;
    struct session s;
    int64_t id[PEOPLE];
    size_t n;

    CHECK(db_tx(c, put_town, &t) == OK);
    CHECK(setting_put(c, "list.of", "city") == OK);
    CHECK(config_get(c, &sort_config) == OK);
    sort_day = c->today;
    n = sorted(&t, INT_NONE, id);
    for (int role = 0; role < 2; role++) {
        session_act_as(c, &s, role == 0 ? ROLE_TEAM_LEAD : ROLE_SOCIAL_WORKER, t.team[0],
                       role == 0 ? INT_NONE : t.helper);
        CHECK(session_widen(c, &s) == OK);
        check_pages(c, f, id, n);
        check_places(c, &t, INT_NONE, id, n);
    }
    CHECK(setting_put(c, "list.of", "team") == OK);
    session_act_as(c, &s, ROLE_TEAM_LEAD, t.team[0], INT_NONE);
    CHECK(session_widen(c, &s) == OK);
    n = sorted(&t, t.team[0], id);
    check_pages(c, f, id, n);
    test_end(c);
}
