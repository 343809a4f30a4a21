// SPDX-License-Identifier: EUPL-1.2
#include "base/text.h"
#include "register/own_account.h"
#include "register/session.h"
#include "unit/test.h"

#define OLD "a long password"

static struct session begin(struct ctx *c)
{
    struct account_form f = { .login = "ann",
                              .name = "Ann",
                              .password = OLD,
                              .role = ROLE_INTAKE,
                              .team = INT_NONE,
                              .worker = INT_NONE };
    struct session s = { .csrf = "" };
    int64_t id;

    CHECK_INT(account_add(c, &f, &id), OK);
    CHECK_INT(session_login(c, "ann", OLD, &s), OK);
    return s;
}

TEST(own_account_language_goes_with_the_account)
{
    struct ctx *c = test_begin("2024-03-01");
    struct session s = begin(c), again = { .csrf = "" };
    struct own_account own;

    c->lang = LANG_NL;
    CHECK_INT(session_find(c, s.token, &again), OK);
    CHECK_INT(c->lang, LANG_NL); /* nothing was chosen: that of the program stays */
    CHECK_INT(own_account_set_language(c, LANG_EN), OK);
    c->lang = LANG_NL;
    CHECK_INT(session_find(c, s.token, &again), OK);
    CHECK_INT(c->lang, LANG_EN);
    CHECK_INT(own_account_get(c, &own), OK);
    CHECK_STR(own.login, "ann");
    CHECK(own.team == NULL);
    CHECK_INT(own_account_set_language(c, LANG_NL), OK);
    CHECK_INT(session_find(c, s.token, &again), OK);
    CHECK_INT(c->lang, LANG_NL);
    test_end(c);
}

TEST(own_account_password_is_changed_with_the_old_one)
{
    struct ctx *c = test_begin("2024-03-01");
    struct session here = begin(c), there = { .csrf = "" }, again = { .csrf = "" };
    struct password_change p = { "wrong", "the new password", "the new password", here.token };

    CHECK_INT(session_login(c, "ann", OLD, &there), OK);
    CHECK_INT(session_find(c, here.token, &again), OK);
    CHECK_INT(own_account_set_password(c, &p), E_INVALID);
    CHECK_STR(c->err.field, "old");
    err_clear(c);
    p.old = OLD;
    p.again = "another one here";
    CHECK_INT(own_account_set_password(c, &p), E_INVALID);
    CHECK_STR(c->err.field, "again");
    err_clear(c);
    p.password = p.again = "short";
    CHECK_INT(own_account_set_password(c, &p), E_INVALID);
    CHECK_STR(c->err.field, "password");
    err_clear(c);
    p.password = p.again = OLD;
    CHECK_INT(own_account_set_password(c, &p), E_INVALID);
    err_clear(c);
    p.password = p.again = "the new password";
    CHECK_INT(own_account_set_password(c, &p), OK);
    CHECK_INT(session_find(c, here.token, &again), OK);       /* goes on */
    CHECK_INT(session_find(c, there.token, &again), E_LOGIN); /* has ended */
    err_clear(c);
    CHECK_INT(session_login(c, "ann", OLD, &again), E_INVALID);
    err_clear(c);
    CHECK_INT(session_login(c, "ann", "the new password", &again), OK);
    test_end(c);
}

TEST(own_account_guesses_are_counted)
{
    struct ctx *c = test_begin("2024-03-01");
    struct session here = begin(c), again = { .csrf = "" };
    struct password_change p = { "wrong", "the new password", "the new password", here.token };

    CHECK_INT(session_find(c, here.token, &again), OK);
    for (int i = 0; i < LOGIN_TRIES; i++) {
        CHECK_INT(own_account_set_password(c, &p), E_INVALID);
        err_clear(c);
    }
    p.old = OLD;
    CHECK_INT(own_account_set_password(c, &p), E_BUSY);
    test_end(c);
}

TEST(own_account_is_not_for_the_command_line)
{
    struct ctx *c = test_begin("2024-03-01");
    struct own_account own;

    CHECK_INT(own_account_get(c, &own), E_NOT_FOUND);
    err_clear(c);
    CHECK_INT(own_account_set_language(c, LANG_EN), E_NOT_FOUND);
    test_end(c);
}
