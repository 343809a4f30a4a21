// SPDX-License-Identifier: EUPL-1.2
/* The account of whoever is logged in: its language and its password. */
#ifndef PEIL_REGISTER_OWN_ACCOUNT_H
#define PEIL_REGISTER_OWN_ACCOUNT_H

#include "register/right.h"

struct own_account {
    const char *login, *name, *team; /* team: NULL for none */
    enum role role;
    enum lang lang; /* of the screens */
};
/* All: for an account, not for the command line (E_NOT_FOUND). */
enum err own_account_get(struct ctx *c, struct own_account *ret_account) MUST_CHECK;
enum err own_account_set_language(struct ctx *c, enum lang lang) MUST_CHECK;

/* Is this the password of whoever is logged in? E_INVALID ("password") when not, E_BUSY after too many wrong
 * ones. About 60 ms. */
enum err own_account_check_password(struct ctx *c, const char *password) MUST_CHECK;

struct password_change {
    const char *old, *password, *again;
    const char *token; /* of this session, which goes on; all others of the account end */
};
/* E_INVALID with the field ("old", "password", "again"), E_BUSY after too many wrong ones: they count as
 * wrong logins do. Takes about 120 ms: never on an event loop. */
enum err own_account_set_password(struct ctx *c, const struct password_change *p) MUST_CHECK;

#endif
