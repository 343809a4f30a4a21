// SPDX-License-Identifier: EUPL-1.2
#include "register/place.h"

#include "unit/place_help.h"
#include "unit/test.h"

TEST(place_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    int64_t id;

    town_make(c, &t);
    struct place_form good = { .id = INT_NONE,
                               .kind = "gp",
                               .name = "Praktijk De Weegbree",
                               .neighbourhood = t.fonkel,
                               .team = INT_NONE,
                               .partner = INT_NONE,
                               .opens_on = DAY_NONE };
    struct {
        struct place_form f;
        const char *field;
    } bad[] = {
        { good, "name" }, { good, "kind" }, { good, "neighbourhood" }, { good, "name" }, { good, "team" }
    };
    bad[0].f.name = "";
    bad[1].f.kind = "castle";
    bad[2].f.neighbourhood = INT_NONE;
    bad[3].f.name = "De Spoel";
    bad[4].f.team = 999;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(place_save(c, &bad[i].f, &id), E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    CHECK_INT(place_save(c, &good, &id), OK);
    test_end(c);
}

TEST(place_second_of_two_editors_sees_a_conflict_and_changes_are_logged)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct place p;
    struct setting_changed *log;
    int64_t id;
    size_t n;

    town_make(c, &t);
    CHECK_INT(place_get(c, t.school, &p), OK);
    struct place_form f = { p.id,     p.version, p.kind,   p.name,  "Schoolstraat 1",
                            t.fonkel, t.east,    INT_NONE, DAY_NONE };
    CHECK_INT(place_save(c, &f, &id), OK);
    CHECK_INT(place_save(c, &f, &id), E_CONFLICT);
    err_clear(c);
    CHECK_INT(place_get(c, t.school, &p), OK);
    CHECK_STR(p.address, "Schoolstraat 1");
    CHECK(p.partner_name == NULL);
    CHECK_INT(setting_changes_of(c, "place", t.school, &log, &n), OK);
    CHECK_INT((int64_t)n, 3); /* partner, neighbourhood, address; the newest first */
    CHECK_STR(log[0].name, "partner");
    CHECK_STR(log[0].old_value, "Basisschool De Papieren Boot");
    CHECK(log[0].new_value == NULL);
    CHECK_STR(log[1].old_value, "Brouwhuis");
    CHECK_STR(log[1].new_value, "De Fonkel");
    test_end(c);
}

static void at(struct ctx *c, const char *iso)
{
    ctx_set_now(c, time_of_nl_day(test_day(iso), 12 * 3600));
}

/* Planned for 1 March; in February put off to 1 May; opened on 20 April; the other place never had a plan. */
TEST(place_planned_and_open_differ_by_month)
{
    struct ctx *c = test_begin("2024-01-10");
    struct town_of_test t;
    struct place_month *m;
    size_t n;

    town_make(c, &t);
    struct place_move plan = { t.school, -1, PLACE_PLANNED, test_day("2024-03-01"), NULL };
    CHECK_INT(place_move(c, &plan), OK);
    at(c, "2024-02-10");
    plan.day = test_day("2024-05-01");
    CHECK_INT(place_move(c, &plan), OK);
    at(c, "2024-04-20");
    CHECK_INT(place_move(c, &(struct place_move){ t.school, -1, PLACE_OPENED, c->today, NULL }), OK);
    CHECK_INT(place_move(c, &(struct place_move){ t.school, -1, PLACE_OPENED, c->today, NULL }), E_CONFLICT);
    err_clear(c);
    CHECK_INT(place_move(c, &plan), E_INVALID); /* no plan any more for what is open */
    err_clear(c);
    at(c, "2024-06-03");
    CHECK_INT(place_move(c, &(struct place_move){ t.school, -1, PLACE_CLOSED, test_day("2024-05-10"), NULL }),
              OK);
    CHECK_INT(place_months(c, test_day("2024-01-15"), test_day("2024-07-15"), &m, &n), OK);
    CHECK_INT((int64_t)n, 7);
    static const int64_t first[] = { 0, 0, 1, 1, 1, 1, 1 }, then[] = { 0, 0, 0, 0, 1, 1, 1 },
                         open[] = { 0, 0, 0, 1, 0, INT_NONE, INT_NONE };
    for (size_t i = 0; i < n; i++) {
        CHECK_INT(m[i].planned_first, first[i]);
        CHECK_INT(m[i].planned, then[i]);
        CHECK_INT(m[i].open, open[i]);
    }
    CHECK_INT(m[1].last_day, test_day("2024-02-29"));
    test_end(c);
}

TEST(place_rights_hold)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    struct session s;
    struct place *all;
    size_t n;
    int64_t id;

    town_make(c, &t);
    for (enum role role = ROLE_INTAKE; role < ROLE_SYSTEM; role++) {
        act(c, &s, role, t.partner, t.east);
        CHECK_INT(place_all(c, &all, &n), role_may(role, RIGHT_PLACE) ? OK : E_FORBIDDEN);
        err_clear(c);
        struct place_form f = { .id = t.school,
                                .version = -1,
                                .kind = "school",
                                .name = "Andere naam",
                                .neighbourhood = t.brouwhuis,
                                .team = INT_NONE,
                                .partner = INT_NONE };
        CHECK_INT(place_save(c, &f, &id), role_may(role, RIGHT_PLACE_EDIT) ? OK : E_FORBIDDEN);
        err_clear(c);
    }
    CHECK(role_may(ROLE_ACCOUNT_MANAGER, RIGHT_PLACE) && !role_may(ROLE_PARTNER, RIGHT_PLACE));
    test_end(c);
}
