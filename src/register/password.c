// SPDX-License-Identifier: EUPL-1.2
#include "register/password.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define MEMORY (19u << 20)
#define PASSES 2

static_assert(crypto_pwhash_STRBYTES <= PASSWORD_HASH, "a hash fits");

enum err password_hash(struct ctx *c, const char *password, char ret_hash[PASSWORD_HASH])
{
    size_t len = strlen(password);

    if (len < PASSWORD_MIN)
        return FAIL_FIELD("password", "%s", _("Choose a password of at least 12 characters."));
    if (len > PASSWORD_MAX)
        return FAIL_FIELD("password", _("This is too long: %d characters at most."), PASSWORD_MAX);
    if (crypto_pwhash_str(ret_hash, password, len, PASSES, MEMORY) != 0)
        return FAIL(E_NOMEM, "%s", "");
    return OK;
}

bool password_right(const char *hash, const char *password)
{
    /* Verified when there is no such account, so that the time tells nothing. */
    static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                                 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    return crypto_pwhash_str_verify(hash != NULL ? hash : nobody, password, strlen(password)) == 0 &&
           hash != NULL;
}
