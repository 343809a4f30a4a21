// SPDX-License-Identifier: EUPL-1.2
#include "register/session.h"

#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "register/password.h"
#include "store/memo.h"
#include "store/sql.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static void hash_token(const char *token, char hex[65])
{
    unsigned char hash[32];

    crypto_generichash(hash, sizeof hash, (const unsigned char *)token, strlen(token), NULL, 0);
    sodium_bin2hex(hex, 65, hash, sizeof hash);
}

void session_random(char text[SESSION_TOKEN_LEN + 1])
{
    unsigned char bytes[32];

    randombytes_buf(bytes, sizeof bytes);
    sodium_bin2base64(text, SESSION_TOKEN_LEN + 1, bytes, sizeof bytes,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

struct attempt {
    const struct sql_account_by_login_row *account;
    bool right;
    struct session *session;
};

/* The fifth wrong password waits one minute, every next one twice as long, at most an hour. */
enum err session_note_failure(struct ctx *c, int64_t account, int64_t before)
{
    int64_t failures = before + 1;
    int64_t wait = TIME_NONE;

    if (failures >= LOGIN_TRIES) {
        int64_t over = failures - LOGIN_TRIES;
        wait = c->now + (over < 6 ? 60 << over : 3600);
    }
    return sql_account_failed(c, account, failures, wait);
}

static enum err finish_login(struct ctx *c, void *arg)
{
    struct attempt *t = arg;
    char hex[65], csrf[SESSION_TOKEN_LEN + 1];

    if (!t->right)
        return session_note_failure(c, t->account->id, t->account->failures);
    session_random(t->session->token);
    session_random(csrf);
    hash_token(t->session->token, hex);
    TRY(sql_session_delete_ended(c, c->now));
    TRY(sql_once_delete_before(c, c->now - 2 * SECONDS_A_DAY));
    TRY(sql_account_failed(c, t->account->id, 0, TIME_NONE));
    struct sql_session_insert_args row = { hex, t->account->id, csrf, c->now, c->now + SESSION_HOURS * 3600 };
    return sql_session_insert(c, &row);
}

enum err session_login(struct ctx *c, const char *login, const char *password, struct session *ret_session)
{
    struct sql_account_by_login_row *a;
    struct session s = { .csrf = "" };
    size_t n;

    TRY(sql_account_by_login(c, login, &a, &n));
    if (n == 1 && a->locked_until != TIME_NONE && a->locked_until > c->now)
        return FAIL(E_BUSY, "%s", _("Too many wrong passwords. Please wait a few minutes and try again."));
    bool right = password_right(n == 1 ? a->password : NULL, password);
    struct attempt t = { a, right && a->active, &s };
    if (n == 1)
        TRY(db_tx(c, finish_login, &t));
    if (n == 0 || !t.right)
        return FAIL_FIELD("login", "%s", _("This name and this password do not belong together."));
    return session_find(c, s.token, ret_session);
}

/* A session as it is kept in memory, so that not every page asks the data base who is asking. */
struct known {
    int64_t account, team, worker, partner, ends_at;
    enum role role;
    bool grants, blocks;
    char language[3]; /* "": that of the program */
    char csrf[64], login[96], name[160];
};

static enum err read_session(struct ctx *c, const char *token, struct known *k)
{
    struct sql_session_find_row *row;
    char hex[65];
    size_t n;

    hash_token(token, hex);
    TRY(sql_session_find(c, hex, c->now, &row, &n));
    if (n == 0)
        return FAIL(E_LOGIN, "%s", _("Please log in first."));
    memset(k, 0, sizeof *k);
    k->account = row->account;
    k->team =
        row->guest ? INT_NONE : row->team; /* who a partner employs works in no team: sees what is shared */
    k->worker = row->worker;
    k->partner = row->partner;
    k->grants = row->grants;
    k->blocks = row->blocks;
    k->ends_at = row->ends_at;
    text_copy(k->language, sizeof k->language, row->language != NULL ? row->language : "");
    if (!role_find(row->role, &k->role))
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    text_copy(k->csrf, sizeof k->csrf, row->csrf);
    text_copy(k->login, sizeof k->login, row->login);
    text_copy(k->name, sizeof k->name, row->name);
    return OK;
}

enum err session_widen(struct ctx *c, struct session *s)
{
    const struct config *k;

    TRY(config_get(c, &k));
    if (k->list.city && s->scope.all == 0 && s->scope.team != INT_NONE &&
        role_may(s->actor.role, RIGHT_WAITING_LIST))
        s->scope.office = 2;
    return OK;
}

enum err session_find(struct ctx *c, const char *token, struct session *ret_session)
{
    struct known k;
    struct memo memo = { "session", token, strlen(token), &k, sizeof k, false };

    if (strlen(token) != SESSION_TOKEN_LEN)
        return FAIL(E_LOGIN, "%s", _("Please log in first."));
    if (!memo_get(c, &memo) || k.ends_at <= c->now) {
        TRY(read_session(c, token, &k));
        memo_put(c, &memo);
    }
    struct actor a = {
        .account = k.account, .role = k.role, .team = k.team, .worker = k.worker, .partner = k.partner
    };
    TRY(ctx_copy(c, k.name, &a.name));
    TRY(ctx_copy(c, k.login, &a.login));
    TRY(ctx_copy(c, k.csrf, &ret_session->csrf));
    ret_session->actor = a;
    ret_session->scope = scope_of(&a);
    ret_session->scope.grants = k.grants;
    ret_session->scope.blocks = k.blocks;
    if (k.grants || k.blocks)
        ret_session->scope.account = k.account;
    text_copy(ret_session->token, sizeof ret_session->token, token);
    c->actor = &ret_session->actor;
    c->scope = &ret_session->scope;
    if (k.language[0] != '\0')
        c->lang = text_is(k.language, "en") ? LANG_EN : LANG_NL;
    return session_widen(c, ret_session);
}

static enum err delete_session(struct ctx *c, void *arg)
{
    return sql_session_delete(c, arg);
}

enum err session_logout(struct ctx *c, const char *token)
{
    char hex[65];

    hash_token(token, hex);
    return db_tx(c, delete_session, hex);
}

enum err session_end_others(struct ctx *c, const char *token)
{
    char hex[65];

    hash_token(token, hex);
    return sql_session_delete_others(c, c->actor->account, hex);
}

void session_act_as(struct ctx *c, struct session *s, enum role role, int64_t team, int64_t worker)
{
    *s = (struct session){ .csrf = "command-line",
                           .actor = { INT_NONE, role, role_code(role), role_code(role), team, worker,
                                      INT_NONE } };
    s->scope = scope_of(&s->actor);
    c->actor = &s->actor;
    c->scope = &s->scope;
}

struct addition {
    const struct account_form *f;
    const char *hash;
    int64_t id;
};

static enum err insert_account(struct ctx *c, void *arg)
{
    struct addition *a = arg;
    struct sql_account_insert_args row = { a->f->login, a->f->name,   role_code(a->f->role),
                                           a->f->team,  a->f->worker, a->hash,
                                           c->now };
    struct sql_account_insert_row added;

    TRY(sql_account_insert(c, &row, &added));
    a->id = added.id;
    return OK;
}

enum err account_add(struct ctx *c, const struct account_form *f, int64_t *ret_account)
{
    char hash[PASSWORD_HASH];

    TRY(may(c, RIGHT_ACCOUNTS));
    if (text_empty(f->login))
        return FAIL_FIELD("login", "%s", _("Fill in a name to log in with."));
    TRY(password_hash(c, f->password, hash));
    struct addition a = { .f = f, .hash = hash };
    TRY(db_tx(c, insert_account, &a));
    *ret_account = a.id;
    return OK;
}

struct binding {
    int64_t account, partner;
};

static enum err bind(struct ctx *c, void *arg)
{
    const struct binding *b = arg;

    return sql_account_partner(c, b->account, b->partner);
}

enum err account_bind(struct ctx *c, int64_t account, int64_t partner)
{
    struct binding b = { account, partner };

    TRY(may(c, RIGHT_ACCOUNTS));
    return db_tx(c, bind, &b);
}

enum err account_all(struct ctx *c, struct account **ret_account, size_t *ret_n)
{
    struct sql_account_all_row *row;
    struct account *a;
    size_t n;

    TRY(may(c, RIGHT_ACCOUNTS));
    TRY(sql_account_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *a, (void *)&a));
    for (size_t i = 0; i < n; i++) {
        a[i] = (struct account){ row[i].id, row[i].login, row[i].name, ROLE_PARTNER, row[i].active };
        if (!role_find(row[i].role, &a[i].role))
            return FAIL(E_CORRUPT, _("The register holds an unknown role \"%s\"."), row[i].role);
    }
    *ret_account = a;
    *ret_n = n;
    return OK;
}
