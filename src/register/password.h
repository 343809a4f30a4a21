// SPDX-License-Identifier: EUPL-1.2
/* Passwords: argon2id, 19 MiB and 2 passes (OWASP Password Storage Cheat Sheet, 2023), about 60 ms. */
#ifndef PEIL_REGISTER_PASSWORD_H
#define PEIL_REGISTER_PASSWORD_H

#include "base/ctx.h"

#include <stdbool.h>

enum { PASSWORD_MIN = 12, PASSWORD_MAX = 200, PASSWORD_HASH = 128 }; /* bytes */

/* E_INVALID ("password") for one that is too short or too long to accept. */
enum err password_hash(struct ctx *c, const char *password, char ret_hash[PASSWORD_HASH]) MUST_CHECK;
/* hash NULL: there is no such account; takes the same time and is false. */
bool password_right(const char *hash, const char *password);

#endif
