// SPDX-License-Identifier: EUPL-1.2
#include "store/sign.h"

#include "store/file.h"
#include "store/key_file.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

_Static_assert(crypto_sign_SEEDBYTES == KEY_FILE_BYTES, "the seed is what a key file holds");

enum err sign_key_get(struct ctx *c, bool create, struct sign_key *ret_key)
{
    unsigned char seed[KEY_FILE_BYTES];
    const char *path;

    TRY(file_beside(c, "PEIL_SIGN_KEY", ".sign", &path));
    if (access(path, F_OK) != 0) {
        if (!create)
            return FAIL(E_NOT_FOUND, _("There is no key to sign with yet (%s)."), path);
        TRY(key_file_make(c, path));
    }
    TRY(key_file_read(c, path, seed));
    crypto_sign_seed_keypair(ret_key->public, ret_key->secret, seed);
    sodium_memzero(seed, sizeof seed);
    return OK;
}

enum err sign_key_of_person(struct ctx *c, const char *login, const char *password, struct sign_key *ret_key)
{
    enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };
    unsigned char seed[crypto_sign_SEEDBYTES], salt[crypto_pwhash_SALTBYTES];
    crypto_generichash_state h;
    struct sign_key own;

    TRY(sign_key_get(c, true, &own));
    crypto_generichash_init(&h, NULL, 0, sizeof salt);
    crypto_generichash_update(&h, own.public, sizeof own.public);
    crypto_generichash_update(&h, (const unsigned char *)login, strlen(login));
    crypto_generichash_final(&h, salt, sizeof salt);
    sign_key_forget(&own);
    if (crypto_pwhash(seed, sizeof seed, password, strlen(password), salt, PASSES, MEMORY,
                      crypto_pwhash_ALG_ARGON2ID13) != 0)
        return FAIL(E_NOMEM, "%s", "");
    crypto_sign_seed_keypair(ret_key->public, ret_key->secret, seed);
    sodium_memzero(seed, sizeof seed);
    return OK;
}

void sign_key_forget(struct sign_key *k)
{
    sodium_memzero(k, sizeof *k);
}

void sign_hash(const void *data, size_t len, unsigned char ret_hash[SIGN_HASH])
{
    crypto_generichash(ret_hash, SIGN_HASH, data, len, NULL, 0);
}

/* The words and the hash together: what is signed. */
struct message {
    unsigned char text[32 + SIGN_HASH];
};

static struct message message_of(const char *what, const unsigned char hash[SIGN_HASH])
{
    struct message m = { { 0 } };

    memcpy(m.text, what, strlen(what) < 32 ? strlen(what) : 32);
    memcpy(m.text + 32, hash, SIGN_HASH);
    return m;
}

void sign_make(const struct sign_key *k, const char *what, const unsigned char hash[SIGN_HASH],
               unsigned char ret_signature[SIGN_LEN])
{
    struct message m = message_of(what, hash);

    crypto_sign_detached(ret_signature, NULL, m.text, sizeof m.text, k->secret);
}

bool sign_check(const unsigned char public[SIGN_PUBLIC], const char *what,
                const unsigned char hash[SIGN_HASH], const unsigned char signature[SIGN_LEN])
{
    struct message m = message_of(what, hash);

    return crypto_sign_verify_detached(signature, m.text, sizeof m.text, public) == 0;
}

int64_t sign_pseudonym(const struct sign_key *k, int64_t id)
{
    unsigned char key[crypto_shorthash_KEYBYTES];
    int64_t tag;

    crypto_generichash(key, sizeof key, (const unsigned char *)"pseudonym", 9, k->secret, 32);
    crypto_shorthash((unsigned char *)&tag, (const unsigned char *)&id, sizeof id, key);
    sodium_memzero(key, sizeof key);
    return tag;
}
