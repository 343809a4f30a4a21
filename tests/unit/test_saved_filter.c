// SPDX-License-Identifier: EUPL-1.2
#include "base/text.h"
#include "register/right.h"
#include "register/saved_filter.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/test.h"

#include <stdio.h>
#include <string.h>

static struct actor person(struct ctx *c, const char *login, int64_t team)
{
    struct account_form f = { .login = login,
                              .name = login,
                              .password = "a long password",
                              .role = ROLE_TEAM_LEAD,
                              .team = team,
                              .worker = INT_NONE };
    struct actor a = { .role = ROLE_TEAM_LEAD,
                       .name = login,
                       .login = login,
                       .team = team,
                       .worker = INT_NONE,
                       .partner = INT_NONE };

    CHECK_INT(account_add(c, &f, &a.account), OK);
    return a;
}

static int64_t team(struct ctx *c, const char *name)
{
    struct sql_team_insert_row row = { 0 };

    CHECK_INT(sql_team_insert(c, name, &row), OK);
    return row.id;
}

static int64_t save(struct ctx *c, const char *name, const char *query, bool shared)
{
    struct saved_filter f = { .page = "/waiting", .name = name, .query = query, .shared = shared };
    int64_t id = 0;

    CHECK_INT(saved_filter_add(c, &f, &id), OK);
    return id;
}

TEST(saved_filter_is_for_oneself_or_the_team)
{
    struct ctx *c = test_begin("2024-03-01");
    int64_t west = team(c, "West"), east = team(c, "Oost");
    struct actor ann = person(c, "ann", west), ben = person(c, "ben", west), eve = person(c, "eve", east);
    struct saved_filter *f = NULL, one;
    size_t n = 0;

    c->actor = &ann;
    int64_t own = save(c, "Spoed", "urgency=4", false), shared = save(c, "Boven", "tab=over", true);
    CHECK_INT(saved_filter_list(c, "/waiting", &f, &n), OK);
    CHECK_INT((int64_t)n, 2);
    CHECK_STR(f[0].name, "Boven"); /* by name */
    CHECK_INT(saved_filter_list(c, "/figures", &f, &n), OK);
    CHECK_INT((int64_t)n, 0);
    c->actor = &ben;
    CHECK_INT(saved_filter_list(c, "/waiting", &f, &n), OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_STR(f[0].query, "tab=over");
    CHECK(!f[0].own);
    CHECK_INT(saved_filter_remove(c, shared), E_NOT_FOUND); /* of ann */
    err_clear(c);
    CHECK_INT(saved_filter_get(c, own, &one), E_NOT_FOUND);
    err_clear(c);
    one = (struct saved_filter){ .id = own, .name = "x" };
    CHECK_INT(saved_filter_change(c, &one), E_NOT_FOUND);
    err_clear(c);
    c->actor = &eve;
    CHECK_INT(saved_filter_list(c, "/waiting", &f, &n), OK);
    CHECK_INT((int64_t)n, 0);
    c->actor = &ann;
    one = (struct saved_filter){ .id = shared, .name = "Te lang", .shared = false };
    CHECK_INT(saved_filter_change(c, &one), OK);
    CHECK_INT(saved_filter_get(c, shared, &one), OK);
    CHECK_STR(one.name, "Te lang");
    CHECK_STR(one.query, "tab=over");
    c->actor = &ben;
    CHECK_INT(saved_filter_list(c, "/waiting", &f, &n), OK);
    CHECK_INT((int64_t)n, 0); /* no longer shared */
    c->actor = &ann;
    CHECK_INT(saved_filter_remove(c, shared), OK);
    CHECK_INT(saved_filter_own(c, &f, &n), OK);
    CHECK_INT((int64_t)n, 1);
    test_end(c);
}

TEST(saved_filter_refuses_what_is_not_right)
{
    struct ctx *c = test_begin("2024-03-01");
    struct actor ann = person(c, "ann", INT_NONE);
    struct saved_filter f = { .page = "/waiting", .name = "Spoed", .query = "urgency=4" };
    char name[64];
    int64_t id;

    CHECK_INT(saved_filter_add(c, &f, &id), E_NOT_FOUND); /* the command line has no tabs */
    err_clear(c);
    c->actor = &ann;
    CHECK_INT(saved_filter_add(c, &f, &id), OK);
    CHECK_INT(saved_filter_add(c, &f, &id), E_INVALID); /* that name exists */
    CHECK_STR(c->err.field, "name");
    err_clear(c);
    f.name = "";
    CHECK_INT(saved_filter_add(c, &f, &id), E_INVALID);
    err_clear(c);
    memset(name, 'x', sizeof name);
    name[FILTER_NAME + 1] = '\0';
    f.name = name;
    CHECK_INT(saved_filter_add(c, &f, &id), E_INVALID);
    err_clear(c);
    f.name = "Nieuw";
    f.query = "";
    CHECK_INT(saved_filter_add(c, &f, &id), E_INVALID);
    err_clear(c);
    f.query = "tab=call";
    f.shared = true; /* with which team? */
    CHECK_INT(saved_filter_add(c, &f, &id), E_INVALID);
    CHECK_STR(c->err.field, "shared");
    err_clear(c);
    f.shared = false;
    for (int i = 1; i < FILTER_MAX; i++) {
        snprintf(name, sizeof name, "filter %d", i);
        f.name = name;
        CHECK_INT(saved_filter_add(c, &f, &id), OK);
    }
    f.name = "one more";
    CHECK_INT(saved_filter_add(c, &f, &id), E_INVALID);
    test_end(c);
}
