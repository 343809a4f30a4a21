// SPDX-License-Identifier: EUPL-1.2
#include "base/buf.h"
#include "base/date.h"
#include "register/absence.h"
#include "register/fte.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/staff.h"
#include "unit/test.h"

#include <string.h>

static struct absence_form form_of(struct ctx *c, int64_t worker)
{
    return (struct absence_form){
        .worker = worker, .kind = "sick", .from = c->today - 5, .until = DAY_NONE, .ended = DAY_NONE
    };
}

static enum err try_insert(struct ctx *c, void *arg)
{
    return db_script(c, arg, false);
}

/* A text that is no code and no day is refused by the data base itself, in every text column of both tables:
 * there is no place in which a medical reason could be written. A column that is added must be added here
 * with its rule. */
TEST(absence_has_no_place_for_a_reason)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    static char bad[][200] = {
        "INSERT INTO absence (worker, kind, from_day, removed, version) VALUES (1, 'griep', '2024-01-01', 0, "
        "1)",
        "INSERT INTO absence (worker, kind, from_day, removed, version) VALUES (1, 'sick', 'griep', 0, 1)",
        "INSERT INTO absence (worker, kind, from_day, until_day, removed, version) VALUES (1, 'sick', "
        "'2024-01-01', "
        "'overspannen', 0, 1)",
        "INSERT INTO absence (worker, kind, from_day, ended_day, removed, version) VALUES (1, 'sick', "
        "'2024-01-01', "
        "'rugklacht.', 0, 1)",
        "INSERT INTO absence_version VALUES (1, 9, '2024-01-01T00:00:00Z', NULL, 'griep', '2024-01-01', "
        "NULL, NULL, 0)",
        "INSERT INTO absence_version VALUES (1, 9, 'burn-out', NULL, 'sick', '2024-01-01', NULL, NULL, 0)",
    };
    static char good[] = "INSERT INTO absence (worker, kind, from_day, removed, version) VALUES (1, 'sick', "
                         "'2024-01-01', 0, 1)";
    struct sql_absence_text_columns_row *row;
    size_t n;

    staff_town_make(c, &t);
    for (size_t i = 0; i < COUNT(bad); i++) {
        test_check(db_tx(c, try_insert, bad[i]) != OK, __FILE__, __LINE__, bad[i]);
        err_clear(c);
    }
    CHECK(db_tx(c, try_insert, good) == OK);
    CHECK(sql_absence_text_columns(c, &row, &n) == OK);
    static const char *const known[] = { "absence.ended_day",
                                         "absence.from_day",
                                         "absence.kind",
                                         "absence.until_day",
                                         "absence_version.ended_day",
                                         "absence_version.from_day",
                                         "absence_version.kind",
                                         "absence_version.recorded_at",
                                         "absence_version.until_day" };
    CHECK_INT((int64_t)n, COUNT(known));
    for (size_t i = 0; i < n && i < COUNT(known); i++)
        CHECK_STR(row[i].name, known[i]);
    test_end(c);
}

TEST(absence_dates_are_checked)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    int64_t id;

    staff_town_make(c, &t);
    struct {
        struct absence_form f;
        const char *field;
    } bad[] = { { form_of(c, t.anna), "kind" },
                { form_of(c, t.anna), "from" },
                { form_of(c, t.anna), "until" },
                { form_of(c, t.anna), "ended" },
                { form_of(c, t.anna), "ended" } };
    bad[0].f.kind = "flu";
    bad[1].f.from = DAY_NONE;
    bad[2].f.until = bad[2].f.from - 1;
    bad[3].f.ended = bad[3].f.from - 1;
    bad[4].f.ended = c->today + 1;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(absence_add(c, &bad[i].f, &id) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    test_end(c);
}

TEST(absence_covers_the_right_days)
{
    struct absence sick = { .kind = "sick", .from = 100, .until = 105, .ended = DAY_NONE },
                   leave = { .kind = "leave", .from = 100, .until = 105, .ended = DAY_NONE };

    CHECK(!absence_covers(&sick, 99, 110));
    CHECK(absence_covers(&sick, 100, 110));
    CHECK(absence_covers(&sick, 110, 110));  /* nobody wrote down that it ended */
    CHECK(!absence_covers(&sick, 111, 110)); /* nobody knows the future */
    CHECK(absence_covers(&sick, 105, 102));
    CHECK(!absence_covers(&leave, 106, 110)); /* leave ends by itself */
    sick.ended = 103;
    CHECK(absence_covers(&sick, 103, 110));
    CHECK(!absence_covers(&sick, 104, 110));
}

TEST(absence_is_seen_by_few)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct session s;
    struct absence *a, one;
    struct absence_week week;
    int64_t id, other;
    size_t n;

    staff_town_make(c, &t);
    struct absence_form f = form_of(c, t.anna);
    CHECK(absence_add(c, &f, &id) == OK);
    static const struct {
        enum role role;
        int west, self;
        bool sees, changes;
    } who[] = { { ROLE_TEAM_LEAD, 0, 0, true, true },     { ROLE_TEAM_LEAD, 1, 0, false, false },
                { ROLE_SOCIAL_WORKER, 0, 1, true, true }, { ROLE_SOCIAL_WORKER, 0, 0, false, false },
                { ROLE_BOARD, 0, 0, true, false },        { ROLE_ACCOUNT_MANAGER, 0, 0, false, false },
                { ROLE_QUALITY, 0, 0, false, false },     { ROLE_INTAKE, 0, 0, false, false },
                { ROLE_DPO, 0, 0, false, false },         { ROLE_ADMIN, 0, 0, false, false } };
    for (size_t i = 0; i < COUNT(who); i++) {
        session_act_as(c, &s, who[i].role, who[i].west ? t.west : t.oost, who[i].self ? t.anna : t.bram);
        CHECK((absence_of(c, t.anna, &a, &n) == OK) == who[i].sees);
        err_clear(c);
        CHECK((absence_get(c, id, &one) == OK) == who[i].sees);
        err_clear(c);
        CHECK((absence_add(c, &f, &other) == OK) == who[i].changes);
        err_clear(c);
        if (absence_calendar(c, INT_NONE, c->today, &week) == OK) {
            bool there = false;
            for (size_t k = 0; k < week.n; k++)
                there = there || week.line[k].worker == t.anna;
            CHECK(there == who[i].sees);
        }
        err_clear(c);
    }
    test_end(c);
}

TEST(absence_keeps_its_versions)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct sql_absence_versions_row *v;
    struct absence *a;
    int64_t id;
    size_t n;

    staff_town_make(c, &t);
    struct absence_form f = form_of(c, t.anna);
    CHECK(absence_add(c, &f, &id) == OK);
    f.ended = c->today;
    CHECK(absence_change(c, id, 1, &f, false) == OK);
    CHECK(absence_change(c, id, 1, &f, false) == E_CONFLICT);
    err_clear(c);
    CHECK(absence_change(c, id, 2, &f, true) == OK); /* it was a mistake */
    CHECK(absence_of(c, t.anna, &a, &n) == OK);
    CHECK_INT((int64_t)n, 0);
    CHECK(sql_absence_versions(c, id, &v, &n) == OK);
    CHECK_INT((int64_t)n, 3);
    CHECK_INT(v[0].ended_day, DAY_NONE);
    CHECK_INT(v[1].ended_day, c->today);
    CHECK(v[2].removed);
    test_end(c);
}

/* The account manager gets shares of at least ten persons, never less. */
TEST(absence_shares_hide_small_groups)
{
    struct ctx *c = test_begin("2024-01-31");
    struct staff_town t;
    struct absence_share share[2];
    struct session s;
    int64_t id;

    staff_town_make(c, &t);
    struct absence_form f = form_of(c, t.anna);
    f.from = c->today - 9;
    f.ended = c->today - 5; /* five days of January */
    CHECK(absence_add(c, &f, &id) == OK);
    session_act_as(c, &s, ROLE_BOARD, INT_NONE, INT_NONE);
    CHECK(absence_shares(c, t.oost, c->today, 2, share) == OK);
    CHECK(!share[1].hidden);
    CHECK_INT(share[1].sick_days, 5);
    CHECK_INT(share[1].days, 3 * 31);
    CHECK_INT(share[0].sick_days, 0);
    session_act_as(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    CHECK(absence_shares(c, t.oost, c->today, 2, share) == OK);
    CHECK(share[1].hidden);
    CHECK_INT(share[1].sick_days + share[1].days + share[1].people,
              0); /* the number itself is not handed out */
    session_act_as(c, &s, ROLE_SYSTEM, INT_NONE, INT_NONE);
    struct worker_facts more = { .name = "More",
                                 .team = t.oost,
                                 .employer = INT_NONE,
                                 .room = INT_NONE,
                                 .started = DAY_NONE,
                                 .ended = DAY_NONE };
    for (int i = 0; i < 7; i++)
        CHECK(worker_add(c, &more, 100, &id) == OK);
    session_act_as(c, &s, ROLE_ACCOUNT_MANAGER, INT_NONE, INT_NONE);
    CHECK(absence_shares(c, t.oost, c->today, 1, share) == OK);
    CHECK(!share[0].hidden);
    CHECK_INT(share[0].people, 10);
    CHECK_INT(share[0].sick_days, 5);
    test_end(c);
}
