// SPDX-License-Identifier: EUPL-1.2
/* Accounts, passwords and sessions. */
#ifndef PEIL_REGISTER_SESSION_H
#define PEIL_REGISTER_SESSION_H

#include "register/right.h"

#define SESSION_TOKEN_LEN 43 /* base64url of 32 random bytes, without NUL */
#define SESSION_HOURS 10     /* one working day, then log in again */
#define LOGIN_TRIES 5        /* then the account waits, longer each time */

struct session {
    char token[SESSION_TOKEN_LEN + 1]; /* goes into the cookie; the register keeps only its hash */
    const char *csrf;                  /* goes into every form */
    struct actor actor;
    struct scope scope;
};

/* Checks login and password (argon2id, about 60 ms: never on an event loop) and starts a session.
 * Errors: E_INVALID with one text for a wrong name and a wrong password alike, E_BUSY while the account
 * waits. */
enum err session_login(struct ctx *c, const char *login, const char *password,
                       struct session *ret_session) MUST_CHECK;
/* The session of a token; sets c->actor and c->scope to it, and c->lang when the account has a language.
 * E_LOGIN when there is none or it has ended. */
enum err session_find(struct ctx *c, const char *token, struct session *ret_session) MUST_CHECK;
enum err session_logout(struct ctx *c, const char *token) MUST_CHECK;
/* Inside db_tx: a wrong password after `before` others; and the end of every session of this account except
 * this one. */
enum err session_note_failure(struct ctx *c, int64_t account, int64_t before) MUST_CHECK;
enum err session_end_others(struct ctx *c, const char *token) MUST_CHECK;
/* 256 bits by chance, as text: a token that nobody guesses. */
void session_random(char text[SESSION_TOKEN_LEN + 1]);
/* With one list for the city (a rule, config.h) each team also sees whoever waits elsewhere. session_find
 * does this; call it after session_act_as. */
enum err session_widen(struct ctx *c, struct session *s) MUST_CHECK;
/* For the command line and tests: acts as a role, without account. */
void session_act_as(struct ctx *c, struct session *s, enum role role, int64_t team, int64_t worker);

struct account_form {
    const char *login, *name, *password;
    enum role role;
    int64_t team, worker; /* INT_NONE: none */
};
struct account {
    int64_t id;
    const char *login, *name;
    enum role role;
    bool active;
};
/* Both: rights RIGHT_ACCOUNTS. */
enum err account_all(struct ctx *c, struct account **ret_account, size_t *ret_n) MUST_CHECK;
enum err account_add(struct ctx *c, const struct account_form *f, int64_t *ret_account) MUST_CHECK;
/* The organisation that an account of the role partner works for. Rights: RIGHT_ACCOUNTS. */
enum err account_bind(struct ctx *c, int64_t account, int64_t partner) MUST_CHECK;

#endif
