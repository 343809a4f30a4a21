// SPDX-License-Identifier: EUPL-1.2
#include "register/setting.h"

#include "unit/place_help.h"
#include "unit/test.h"

#include <string.h>

/* The values as a form sends them; [i] of the list. */
static size_t find(const char *name)
{
    size_t i = 0;

    while (i < setting_count && strcmp(settings[i].name, name) != 0)
        i++;
    return i;
}

static void read_all(struct ctx *c, const char *value[32])
{
    struct setting_value *v;
    size_t n;

    CHECK_INT(setting_all(c, &v, &n), OK);
    for (size_t i = 0; i < n; i++)
        value[i] = v[i].value;
}

static enum err name_it(struct ctx *c, void *arg)
{
    (void)arg;
    TRY(setting_put(c, "municipality", "Helmond"));
    return setting_put(c, "phone", "14 0492");
}

static void begin(struct ctx *c, const char *value[32])
{
    CHECK_INT(db_tx(c, name_it, NULL), OK);
    read_all(c, value);
}

TEST(setting_change_is_logged_and_rules_are_announced)
{
    struct ctx *c = test_begin("2024-03-05");
    struct setting_changed *log;
    const struct config *k;
    const char *seen[32], *value[32];
    size_t n;
    int64_t days;

    begin(c, seen);
    CHECK_INT(setting_change(c, seen, seen), OK); /* nothing differs */
    CHECK_INT(setting_changes(c, 100, &log, &n), OK);
    CHECK_INT((int64_t)n, 0);
    for (size_t i = 0; i < setting_count; i++)
        value[i] = seen[i];
    value[find("norm.soon")] = "5";
    value[find("phone")] = "0492-1";
    CHECK_INT(setting_change(c, value, seen), OK);
    CHECK_INT(config_get(c, &k), OK);
    CHECK_INT(k->norm_days[URGENCY_SOON], 5);
    CHECK_INT(setting_changes(c, 100, &log, &n), OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_STR(log[0].name, "norm.soon");
    CHECK_STR(log[0].new_value, "5");
    CHECK(log[0].announced && !log[1].announced);
    CHECK_INT(setting_news(c, 14, &log, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(setting_label(c, &log[0]), "Urgent: first talk within");
    ctx_set_now(c, c->now + 15 * SECONDS_A_DAY);
    CHECK_INT(setting_news(c, 14, &log, &n), OK);
    CHECK_INT((int64_t)n, 0);
    CHECK_INT(setting_number(c, "norm.referrer", &days), OK);
    CHECK_INT(days, 10);
    test_end(c);
}

TEST(setting_second_of_two_editors_sees_a_conflict)
{
    struct ctx *c = test_begin("2024-03-05");
    const char *seen[32], *one[32], *two[32];

    begin(c, seen);
    for (size_t i = 0; i < setting_count; i++)
        one[i] = two[i] = seen[i];
    CHECK_INT(setting_change(c, seen, seen), OK);
    one[find("norm.soon")] = "4";
    two[find("norm.soon")] = "6";
    CHECK_INT(setting_change(c, one, seen), OK);
    CHECK_INT(setting_change(c, two, seen), E_CONFLICT);
    err_clear(c);
    two[find("norm.soon")] = seen[find("norm.soon")] = "4";
    two[find("phone")] = "0492-2";
    CHECK_INT(setting_change(c, two, seen), OK); /* another field: no conflict */
    test_end(c);
}

TEST(setting_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-03-05");
    const char *seen[32], *value[32];
    static const struct {
        const char *name, *value;
    } bad[] = { { "norm.soon", "-1" },
                { "norm.soon", "x" },
                { "norm.contact", "0" },
                { "norm.later", "400" },
                { "municipality", "" } };

    begin(c, seen);
    for (size_t k = 0; k < COUNT(bad); k++) {
        for (size_t i = 0; i < setting_count; i++)
            value[i] = seen[i];
        value[find(bad[k].name)] = bad[k].value;
        CHECK_INT(setting_change(c, value, seen), E_INVALID);
        CHECK_STR(c->err.field, bad[k].name);
        err_clear(c);
    }
    test_end(c);
}

TEST(setting_closing_days_teams_and_neighbourhoods)
{
    struct ctx *c = test_begin("2024-03-05");
    struct town_of_test t;
    const struct config *k;
    struct setting_changed *log;
    size_t n;

    town_make(c, &t);
    CHECK_INT(closing_day_add(c, c->today - 1, "Gisteren"), E_INVALID);
    err_clear(c);
    CHECK_INT(closing_day_add(c, c->today + 1, ""), E_INVALID);
    err_clear(c);
    CHECK_INT(closing_day_add(c, c->today + 1, "Studiedag"), OK);
    CHECK_INT(config_get(c, &k), OK);
    CHECK(!calendar_is_working(&k->calendar, c->today + 1));
    CHECK_INT(closing_day_remove(c, c->today + 1), OK);
    CHECK_INT(closing_day_remove(c, c->today + 1), E_NOT_FOUND);
    err_clear(c);
    CHECK_INT(config_get(c, &k), OK);
    CHECK(calendar_is_working(&k->calendar, c->today + 1));
    CHECK_INT(team_add(c, "Oost"), E_INVALID);
    err_clear(c);
    CHECK_INT(team_change(c, t.east, "Oost", "Oost en Zuid"), OK);
    CHECK_INT(team_change(c, t.east, "Oost", "Oosten"), E_CONFLICT);
    err_clear(c);
    struct neighbourhood_form f = { t.fonkel, "De Fonkel|2|", "De Fonkel", t.east, 4200 };
    CHECK_INT(neighbourhood_change(c, &f), OK);
    CHECK_INT(neighbourhood_change(c, &f), E_CONFLICT);
    err_clear(c);
    CHECK_INT(config_get(c, &k), OK);
    CHECK_INT(config_team_of(k, t.fonkel), t.east);
    CHECK_INT(setting_changes_of(c, "neighbourhood", t.fonkel, &log, &n), OK);
    CHECK_INT((int64_t)n, 2); /* team, inhabitants */
    CHECK_STR(log[1].old_value, "West");
    CHECK_STR(log[1].new_value, "Oost en Zuid");
    test_end(c);
}

TEST(setting_rights_hold)
{
    struct ctx *c = test_begin("2024-03-05");
    struct session s;
    struct setting_value *v;
    size_t n;

    for (enum role role = ROLE_INTAKE; role < ROLE_SYSTEM; role++) {
        enum err want = role == ROLE_BOARD || role == ROLE_ADMIN ? OK : E_FORBIDDEN;
        act(c, &s, role, INT_NONE, INT_NONE);
        CHECK_INT(setting_all(c, &v, &n), want);
        err_clear(c);
        CHECK_INT(team_add(c, role == ROLE_BOARD ? "Een" : "Twee"), want);
        err_clear(c);
    }
    test_end(c);
}
