// SPDX-License-Identifier: EUPL-1.2
#include "register/own_account.h"

#include "base/text.h"
#include "register/config.h"
#include "register/password.h"
#include "register/session.h"
#include "store/sql.h"

static enum err check_account(struct ctx *c)
{
    TRY(may(c, RIGHT_LOGGED_IN));
    return c->actor->account == INT_NONE ? FAIL(E_NOT_FOUND, "%s", _("The command line has no account."))
                                         : OK;
}

enum err own_account_get(struct ctx *c, struct own_account *ret_account)
{
    const struct config *k;

    TRY(check_account(c));
    TRY(config_get(c, &k));
    *ret_account =
        (struct own_account){ .login = c->actor->login,
                              .name = c->actor->name,
                              .team = c->actor->team != INT_NONE ? config_team_name(k, c->actor->team) : NULL,
                              .role = c->actor->role,
                              .lang = c->lang };
    return OK;
}

static enum err set_language(struct ctx *c, void *arg)
{
    return sql_account_language(c, c->actor->account, arg);
}

enum err own_account_set_language(struct ctx *c, enum lang lang)
{
    char code[] = "nl";

    TRY(check_account(c));
    text_copy(code, sizeof code, lang == LANG_EN ? "en" : "nl");
    return db_tx(c, set_language, code);
}

struct changing {
    const struct password_change *p;
    const char *hash;
    const struct sql_account_by_login_row *account;
};

static enum err set_password(struct ctx *c, void *arg)
{
    struct changing *g = arg;

    TRY(sql_account_password(c, c->actor->account, g->hash));
    return session_end_others(c, g->p->token);
}

static enum err count_wrong(struct ctx *c, void *arg)
{
    struct changing *g = arg;

    return session_note_failure(c, g->account->id, g->account->failures);
}

enum err own_account_check_password(struct ctx *c, const char *password)
{
    struct sql_account_by_login_row *a;
    struct changing g = { .p = NULL };
    size_t n;

    TRY(check_account(c));
    TRY(sql_account_by_login(c, c->actor->login, &a, &n));
    if (n != 1)
        return FAIL(E_NOT_FOUND, "%s", "");
    if (a->locked_until != TIME_NONE && a->locked_until > c->now)
        return FAIL(E_BUSY, "%s", _("Too many wrong passwords. Please wait a few minutes and try again."));
    if (password_right(a->password, password))
        return OK;
    g.account = a;
    TRY(db_tx(c, count_wrong, &g));
    return FAIL_FIELD("password", "%s", _("This is not your present password."));
}

enum err own_account_set_password(struct ctx *c, const struct password_change *p)
{
    struct sql_account_by_login_row *a;
    struct changing g = { .p = p };
    char hash[PASSWORD_HASH];
    size_t n;

    TRY(check_account(c));
    TRY(sql_account_by_login(c, c->actor->login, &a, &n));
    if (n != 1)
        return FAIL(E_NOT_FOUND, "%s", "");
    if (a->locked_until != TIME_NONE && a->locked_until > c->now)
        return FAIL(E_BUSY, "%s", _("Too many wrong passwords. Please wait a few minutes and try again."));
    if (!text_is(p->password, p->again))
        return FAIL_FIELD("again", "%s", _("The two new passwords are not the same."));
    if (text_is(p->password, p->old))
        return FAIL_FIELD("password", "%s", _("The new password is the same as the old one."));
    if (!password_right(a->password, p->old)) {
        g.account = a;
        TRY(db_tx(c, count_wrong, &g));
        return FAIL_FIELD("old", "%s", _("This is not your present password."));
    }
    TRY(password_hash(c, p->password, hash));
    g.hash = hash;
    return db_tx(c, set_password, &g);
}
