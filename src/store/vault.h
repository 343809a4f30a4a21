// SPDX-License-Identifier: EUPL-1.2
/* The vault: what says who a resident is, readable only with that person's own key.
 *
 * Each person has a random key. It is kept, wrapped by the register's master key, in the key store: a second
 * file (REGISTER.keys) or a schema of its own on PostgreSQL. Destroying that one row makes every copy of the
 * person's identity unreadable, in older backups of the register too. The master key is in REGISTER.key (mode
 * 0600), or in the file that PEIL_KEY_FILE names. Cipher: XChaCha20-Poly1305 (libsodium), with the person id
 * as associated data, so that a cipher text moved to another person does not open.
 */
#ifndef PEIL_STORE_VAULT_H
#define PEIL_STORE_VAULT_H

#include "store/db.h"

/* Reads the master key, or makes one when `create`; refuses a key file that others may read. */
enum err vault_open_master(struct ctx *c, struct store *s, bool create) MUST_CHECK;
void vault_close_master(struct store *s);

/* Makes the key of a new person; inside db_tx. The key is on disk before the transaction commits. */
enum err vault_add_key(struct ctx *c, int64_t person) MUST_CHECK;
/* Seals and opens a text with the person's key; results live in the arena.
 * Errors: E_NOT_FOUND when the key has been destroyed, E_CORRUPT when the cipher text was changed. */
enum err vault_seal(struct ctx *c, int64_t person, const char *text, struct blob *ret_sealed) MUST_CHECK;
enum err vault_open(struct ctx *c, int64_t person, struct blob sealed, const char **ret_text) MUST_CHECK;
/* A mark of a text: the same text gives the same mark in this register, and without the master key nobody can
 * tell which text it was. For counting how many different people, not who. */
enum { VAULT_MARK = 33 }; /* with the NUL */
enum err vault_mark(struct ctx *c, const char *text, char ret_mark[VAULT_MARK]) MUST_CHECK;

#endif
