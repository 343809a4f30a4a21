// SPDX-License-Identifier: EUPL-1.2
/* Signatures of the organisation (Ed25519: Bernstein e.a. 2012, J. Cryptogr. Eng. 2:77, by libsodium). The
 * secret key lies beside the register, readable for its owner alone ($PEIL_SIGN_KEY, else REGISTER.sign); the
 * public key goes into what is signed. */
#ifndef PEIL_STORE_SIGN_H
#define PEIL_STORE_SIGN_H

#include "store/db.h"

enum { SIGN_PUBLIC = 32, SIGN_LEN = 64, SIGN_HASH = 32 };

struct sign_key {
    unsigned char secret[64], public[SIGN_PUBLIC];
};
/* Reads the key; with `create` one is made when there is none, else E_NOT_FOUND. E_IO when others may read
 * it. */
enum err sign_key_get(struct ctx *c, bool create, struct sign_key *ret_key) MUST_CHECK;
void sign_key_forget(struct sign_key *k);
/* The key of a person, made from the password each time and kept nowhere: neither the register nor its
 * administrator can sign in that name. The same password, login and register give the same key (argon2id, as
 * in register/password.h, about 60 ms). E_NOMEM. Forget it after use. */
enum err sign_key_of_person(struct ctx *c, const char *login, const char *password,
                            struct sign_key *ret_key) MUST_CHECK;
/* BLAKE2b, 256 bits. */
void sign_hash(const void *data, size_t len, unsigned char ret_hash[SIGN_HASH]);
/* `what` says what is signed, so that a signature cannot be used for something else. */
void sign_make(const struct sign_key *k, const char *what, const unsigned char hash[SIGN_HASH],
               unsigned char ret_signature[SIGN_LEN]);
bool sign_check(const unsigned char public[SIGN_PUBLIC], const char *what,
                const unsigned char hash[SIGN_HASH], const unsigned char signature[SIGN_LEN]);
/* A number that stands for an id in a file, the same every time; who has no key cannot tell whose it is
 * (SipHash: Aumasson & Bernstein 2012, INDOCRYPT, 489). */
int64_t sign_pseudonym(const struct sign_key *k, int64_t id);

#endif
