// SPDX-License-Identifier: EUPL-1.2
/* Who a resident is, lives with, is helped by; who may be registered twice. */
#include "base/rng.h"
#include "register/duplicate.h"
#include "register/duplicate_find.h"
#include "register/household.h"
#include "register/message.h"
#include "register/network.h"
#include "register/person_edit.h"
#include "register/person_file.h"
#include "register/person_link.h"
#include "register/session.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <stdio.h>
#include <string.h>

static int64_t new_person(struct ctx *c, const char *name)
{
    return asked_get(c, asked_of(c, (struct identity){ .name = name, .birth = "1980-01-01" }, INT_NONE))
        .person;
}

/* ── Person ───────────────────────────────────────────────────────────────────────────────────────────────
 */

TEST(person_edit_second_one_gets_a_conflict_and_history_is_kept)
{
    struct ctx *c = test_begin("2024-01-03");
    int64_t person = new_person(c, "Jan de Vries"), serial = 0;
    const struct person_change *x;
    struct identity who;
    size_t n;

    CHECK(person_get_own(c, person, &who, &serial) == OK);
    struct person_edit a = { person, serial, who }, b = { person, serial, who };
    a.who.phone = "06-55500001";
    b.who.address = "Dorpsstraat 1";
    b.who.language = "Arabisch";
    CHECK(person_edit(c, &a) == OK);
    CHECK(person_edit(c, &b) == E_CONFLICT);
    err_clear(c);
    CHECK(person_get_own(c, person, &who, &b.seen) == OK);
    CHECK(b.seen > serial);
    b.who.phone = who.phone;
    CHECK(person_edit(c, &b) == OK);
    CHECK(person_edit(c, &b) == E_CONFLICT);
    err_clear(c);
    CHECK(person_changes(c, person, &x, &n) == OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_INT((int64_t)x[0].n, 2);
    CHECK_STR(x[0].difference[0].field, "address");
    CHECK(x[0].difference[0].before == NULL);
    CHECK_STR(x[0].difference[1].after, "Arabisch");
    CHECK_STR(x[1].difference[0].after, "06-55500001");
    CHECK(person_get(c, person, &who) == OK);
    CHECK_STR(who.language, "Arabisch");
    CHECK_STR(who.phone, "06-55500001");
    test_end(c);
}

TEST(person_edit_rejects_wrong_input)
{
    static const struct {
        struct identity who;
        const char *field;
    } bad[] = {
        { { .name = NULL }, "name" },
        { { .name = "Jan", .birth = "2999-01-01" }, "birth" },
        { { .name = "Jan", .birth = "1201-01-01" }, "birth" },
        { { .name = "Jan", .email = "jan.example" }, "email" },
        { { .name = "Jan", .interpreter = "perhaps" }, "interpreter" },
        { { .name = "Jan", .reading = "perhaps" }, "reading" },
    };
    struct ctx *c = test_begin("2024-01-03");
    int64_t person = new_person(c, "Jan de Vries");

    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(person_edit(c, &(struct person_edit){ person, 1, bad[i].who }) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

TEST(person_file_is_for_who_may_see_a_request)
{
    struct ctx *c = test_begin("2024-01-03");
    struct person_file f;
    struct session s;
    int64_t team[2];

    CHECK(db_tx(c, asked_two_teams, team) == OK);
    struct request_id id = asked_of(c, (struct identity){ .name = "Jan de Vries" }, team[0]);
    int64_t person = asked_get(c, id).person;
    for (int role = 0; role < ROLE_SYSTEM; role++)
        for (int own = 0; own < 2; own++) {
            session_act_as(c, &s, (enum role)role, team[1 - own], INT_NONE);
            bool opens = role_may((enum role)role, RIGHT_REQUEST);
            bool sees =
                role == ROLE_INTAKE || (own == 1 && (role == ROLE_SOCIAL_WORKER || role == ROLE_TEAM_LEAD));
            CHECK_INT(person_file_get(c, person, &f), !opens ? E_FORBIDDEN : sees ? OK : E_NOT_FOUND);
            err_clear(c);
        }
    session_act_as(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    CHECK(person_file_get(c, person, &f) == OK);
    CHECK_INT((int64_t)f.requests, 1);
    CHECK(f.timeline.n >= 4);
    CHECK_INT((int64_t)f.timeline.promises, 2); /* a call, and the first talk */
    for (size_t i = 1; i < f.timeline.n; i++)
        CHECK(f.timeline.entry[i - 1].at >= f.timeline.entry[i].at);
    CHECK(f.timeline.promise[0].at <= f.timeline.promise[1].at);
    test_end(c);
}

/* ── Household ────────────────────────────────────────────────────────────────────────────────────────────
 */

static struct household_form member(int64_t person, int64_t seen, const char *name, const char *birth,
                                    int32_t from)
{
    return (struct household_form){ .person = person,
                                    .seen = seen,
                                    .own_role = "parent",
                                    .known = INT_NONE,
                                    .who = { .name = name, .birth = birth },
                                    .role = "child",
                                    .from = from };
}

TEST(household_members_come_and_leave)
{
    struct ctx *c = test_begin("2024-01-03");
    int64_t person = new_person(c, "Jan de Vries"), team[2];
    const struct household *h;
    struct household_sum sum;
    struct session s;
    size_t n;

    CHECK(db_tx(c, asked_two_teams, team) == OK);
    struct household_form f = member(person, 0, "Kim de Vries", "2015-05-05", c->today - 10);
    CHECK(household_add(c, &f) == OK);
    CHECK(household_add(c, &f) == E_CONFLICT); /* the second one saw no household yet */
    err_clear(c);
    CHECK(household_of(c, person, &h, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(h[0].version, 2);
    f = member(person, 2, "Sem de Vries", "2020-05-05", c->today - 10);
    CHECK(household_add(c, &f) == OK);
    CHECK(household_sum_of(c, person, &sum) == OK);
    CHECK_INT(sum.others, 2);
    CHECK_INT(sum.children, 2);
    CHECK_INT(sum.youngest, 3);
    CHECK(household_of(c, person, &h, &n) == OK);
    int64_t kim = 0, kim_person = 0;
    for (size_t i = 0; i < h[0].n; i++)
        if (strcmp(h[0].member[i].name, "Kim de Vries") == 0) {
            kim = h[0].member[i].id;
            kim_person = h[0].member[i].person;
        }
    CHECK(household_leave(c, kim, 1, c->today) == E_CONFLICT);
    err_clear(c);
    CHECK(household_leave(c, kim, 3, c->today - 20) == E_INVALID);
    err_clear(c);
    CHECK(household_leave(c, kim, 3, c->today) == OK);
    CHECK(household_leave(c, kim, 4, c->today) == E_CONFLICT);
    err_clear(c);
    CHECK(household_sum_of(c, person, &sum) == OK);
    CHECK_INT(sum.others, 1);
    /* a child who asks for nothing is reached through the parent, by who may see the parent */
    session_act_as(c, &s, ROLE_TEAM_LEAD, team[0], INT_NONE);
    CHECK(person_check(c, kim_person) == E_NOT_FOUND);
    err_clear(c);
    session_act_as(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    CHECK(person_check(c, kim_person) == OK);
    session_act_as(c, &s, ROLE_BACK_OFFICE, INT_NONE, INT_NONE);
    CHECK(household_add(c, &f) == E_FORBIDDEN);
    err_clear(c);
    test_end(c);
}

TEST(household_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-01-03");
    int64_t person = new_person(c, "Jan de Vries");
    struct {
        struct household_form f;
        const char *field;
    } bad[5];

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i].f = member(person, 0, "Kim de Vries", "2015-05-05", c->today);
    bad[0].f.who.name = "";
    bad[0].field = "name";
    bad[1].f.role = "boss";
    bad[1].field = "role";
    bad[2].f.from = c->today + 1;
    bad[2].field = "from";
    bad[3].f.who.birth = "2030-01-01";
    bad[3].field = "birth";
    bad[4].f.known = person;
    bad[4].field = "known";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(household_add(c, &bad[i].f) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

/* ── Network ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static struct helper_form helper(struct ctx *c, int64_t person)
{
    return (struct helper_form){ .id = INT_NONE,
                                 .person = person,
                                 .kind = "informal_carer",
                                 .told = "agreements",
                                 .message = NETWORK_NONE,
                                 .name = "Ria Bakker",
                                 .phone = "06-55500009",
                                 .starts_on = c->today - 5,
                                 .ends_on = DAY_NONE,
                                 .agreed_on = c->today };
}

TEST(network_messages_go_to_one_helper_at_most)
{
    struct ctx *c = test_begin("2024-01-03");
    int64_t person = new_person(c, "Jan de Vries"), id = 0, other = 0;
    struct addressee a;
    struct helper h;

    CHECK(network_addressee(c, person, &a) == OK);
    CHECK(a.resident);
    CHECK_INT(a.helper.id, INT_NONE);
    struct helper_form f = helper(c, person);
    f.message = NETWORK_INSTEAD;
    CHECK(network_put(c, &f, &id) == OK);
    CHECK(network_addressee(c, person, &a) == OK);
    CHECK(!a.resident);
    CHECK_STR(a.helper.name, "Ria Bakker");
    CHECK(message_may(c, person, WAY_TEXT) == OK); /* to her phone, whatever the resident was asked */
    CHECK(message_may(c, person, WAY_MAIL) == E_INVALID);
    CHECK_STR(c->err.field, "way");
    err_clear(c);
    struct helper_form g = helper(c, person);
    g.name = "Piet Bakker";
    g.message = NETWORK_ALSO;
    CHECK(network_put(c, &g, &other) == E_INVALID);
    CHECK_STR(c->err.field, "message");
    err_clear(c);
    g.message = NETWORK_NONE;
    CHECK(network_put(c, &g, &other) == OK);
    f.id = id;
    f.seen = 7;
    CHECK(network_put(c, &f, &id) == E_CONFLICT);
    err_clear(c);
    f.seen = 1;
    f.ends_on = c->today;
    CHECK(network_put(c, &f, &id) == OK);
    CHECK(network_addressee(c, person, &a) == OK);
    CHECK(a.resident); /* who left gets nothing any more */
    CHECK_INT(a.helper.id, INT_NONE);
    CHECK(network_get(c, id, &h) == OK);
    CHECK_INT(h.version, 2);
    CHECK(!h.now);
    test_end(c);
}

TEST(network_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-01-03");
    int64_t person = new_person(c, "Jan de Vries"), id;
    struct {
        struct helper_form f;
        const char *field;
    } bad[9];

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i].f = helper(c, person);
    bad[0].f.kind = "boss";
    bad[0].field = "kind";
    bad[1].f.name = NULL;
    bad[1].field = "name";
    bad[2].f.told = "gossip";
    bad[2].field = "told";
    bad[3].f.message = "";
    bad[3].field = "message";
    bad[4].f.agreed_on = DAY_NONE;
    bad[4].field = "agreed_on";
    bad[5].f.message = NETWORK_ALSO;
    bad[5].f.told = "nothing";
    bad[5].field = "told";
    bad[6].f.message = NETWORK_ALSO;
    bad[6].f.phone = NULL;
    bad[6].field = "phone";
    bad[7].f.starts_on = c->today + 1;
    bad[7].field = "starts_on";
    bad[8].f.ends_on = c->today - 10;
    bad[8].field = "ends_on";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(network_put(c, &bad[i].f, &id) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

/* ── Registered twice? ────────────────────────────────────────────────────────────────────────────────────
 */

TEST(duplicate_proposals)
{
    static const struct {
        struct identity a, b;
        int why; /* DUPLICATE_WHYS: no proposal */
    } rows[] = {
        { { .name = "Jan de Vries", .birth = "1980-01-01" },
          { .name = "jan de vries", .birth = "1980-01-01" },
          DUPLICATE_NAME_BIRTH },
        { { .name = "Els Meijer", .birth = "1970-02-03" },
          { .name = "Els Meyer", .birth = "1970-02-03" },
          DUPLICATE_ALMOST },
        { { .name = "Kees Bos", .phone = "06 55511111" },
          { .name = "Kees Bosch", .phone = "+31 6 55511111", .birth = "1960-06-06" },
          DUPLICATE_PHONE },
        { { .name = "Ans Peters", .birth = "1955-05-05" }, { .name = "Ans Peters" }, DUPLICATE_NAME },
        { { .name = "Piet Mulder", .birth = "1950-01-01", .phone = "06-55522222" },
          { .name = "Piet Mulder", .birth = "1981-01-01", .phone = "06-55522222" },
          DUPLICATE_WHYS },
        { { .name = "Anna Smit", .birth = "1950-01-01", .phone = "06-55533333" },
          { .name = "Bert Smit", .birth = "1950-07-01", .phone = "06-55533333" },
          DUPLICATE_WHYS },
    };
    struct ctx *c = test_begin("2024-01-03");
    const struct duplicate *d;
    const struct distinct_pair *judged;
    size_t n, expected = 0;

    for (size_t i = 0; i < COUNT(rows); i++) {
        asked_of(c, rows[i].a, INT_NONE);
        asked_of(c, rows[i].b, INT_NONE);
        expected += rows[i].why != DUPLICATE_WHYS;
    }
    CHECK(duplicate_list(c, &d, &n) == OK);
    CHECK_INT((int64_t)n, (int64_t)expected);
    for (size_t i = 0; i < n && n == expected; i++)
        CHECK_INT(d[i].why, rows[i].why); /* the surest first, as they stand in the table */
    CHECK(n == expected && person_distinct_add(c, d[0].b, d[0].a) == OK);
    CHECK(n == expected && person_link_add(c, d[1].a, d[1].b) == OK);
    int64_t never = d[0].a, linked = d[1].b;
    CHECK(duplicate_list(c, &d, &n) == OK);
    CHECK_INT((int64_t)n, (int64_t)expected - 2);
    CHECK(duplicate_judged(c, &judged, &n) == OK);
    CHECK(n == 1 && judged[0].a == never);
    CHECK(person_link_end(c, linked) == OK);
    CHECK(duplicate_list(c, &d, &n) == OK);
    CHECK_INT((int64_t)n, (int64_t)expected - 1); /* split: may be proposed again; "never the same" is not */
    test_end(c);
}

/* Only who is new or changed is compared again; the outcome is that of comparing everyone. */
TEST(duplicate_proposals_follow_changes)
{
    static const char *const first[] = { "Jan", "Jans", "Els", "Elsa" }, *const last[] = { "Bos", "Bosch",
                                                                                           "de Vos" };
    static const char *const birth[] = { "1980-01-01", "1980-01-02", "1980-01-03", NULL };
    struct ctx *c = test_begin("2024-01-03");
    struct name_pair *found, *again;
    size_t n, all = 0;
    struct rng r;

    rng_seed(&r, 11);
    for (int round = 0; round < 70; round++) {
        char name[40];
        snprintf(name, sizeof name, "%s %s", first[rng_below(&r, COUNT(first))],
                 last[rng_below(&r, COUNT(last))]);
        asked_of(c, (struct identity){ .name = name, .birth = birth[rng_below(&r, COUNT(birth))] }, INT_NONE);
        CHECK(duplicate_find(c, &found, &n) == OK);
        if (round < 41)
            continue; /* few are compared one by one, whoever was kept */
        CHECK(name_pairs_keep(c, db_store(c->db), NULL, 0, -1) == OK);
        CHECK(duplicate_find(c, &again, &all) == OK);
        CHECK_INT((int64_t)n, (int64_t)all);
        for (size_t i = 0; i < n && n == all; i++)
            CHECK(found[i].a == again[i].a && found[i].b == again[i].b && found[i].why == again[i].why);
    }
    CHECK(all > 20);
    test_end(c);
}
