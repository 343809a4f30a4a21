// SPDX-License-Identifier: EUPL-1.2
#include "store/vault.h"

#include "base/text.h"
#include "store/engine.h"
#include "store/key_file.h"
#include "store/sql.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
    TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES
};

_Static_assert(MASTER_KEY_LEN == KEY_FILE_BYTES, "the master key is what a key file holds");

enum err vault_open_master(struct ctx *c, struct store *s, bool create)
{
    const char *path = getenv("PEIL_KEY_FILE");

    if (sodium_init() < 0)
        return FAIL(E_NOMEM, "%s", "");
    if (path != NULL)
        snprintf(s->key_path, sizeof s->key_path, "%s", path);
    else if (s->kind == DB_SQLITE)
        snprintf(s->key_path, sizeof s->key_path, "%s.key", s->url);
    else
        snprintf(s->key_path, sizeof s->key_path, "peil.key");
    if (create && access(s->key_path, F_OK) != 0)
        TRY(key_file_make(c, s->key_path));
    s->master_key = sodium_malloc(MASTER_KEY_LEN);
    if (s->master_key == NULL)
        return FAIL(E_NOMEM, "%s", "");
    enum err e = key_file_read(c, s->key_path, s->master_key);
    if (e != OK) {
        vault_close_master(s);
        return e;
    }
    sodium_mprotect_readonly(s->master_key);
    return OK;
}

void vault_close_master(struct store *s)
{
    sodium_free(s->master_key);
    s->master_key = NULL;
}

/* One box: nonce, then cipher text with tag. The label says what is inside, so that boxes cannot be
 * exchanged. */
struct label {
    char what[8];
    int64_t person;
};

static enum err box(struct ctx *c, const unsigned char *key, const struct label *l, const void *plain,
                    size_t len, struct blob *ret_box)
{
    unsigned char *out = arena_alloc(c->arena, NONCE + len + TAG);

    if (out == NULL)
        return FAIL(E_NOMEM, "%s", "");
    randombytes_buf(out, NONCE);
    crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, plain, len, (const unsigned char *)l,
                                               sizeof *l, NULL, out, key);
    *ret_box = (struct blob){ out, NONCE + len + TAG };
    return OK;
}

static enum err unbox(struct ctx *c, const unsigned char *key, const struct label *l, struct blob b,
                      void *plain)
{
    const unsigned char *in = b.data;

    if (b.len < NONCE + TAG ||
        crypto_aead_xchacha20poly1305_ietf_decrypt(plain, NULL, NULL, in + NONCE, b.len - NONCE,
                                                   (const unsigned char *)l, sizeof *l, in, key) != 0)
        return FAIL(E_CORRUPT, "%s", _("This was changed outside the register, or belongs to another key."));
    return OK;
}

enum err vault_add_key(struct ctx *c, int64_t person)
{
    unsigned char key[MASTER_KEY_LEN];
    struct label l = { "key", person };
    struct blob wrapped;

    randombytes_buf(key, sizeof key);
    enum err e = box(c, db_store(c->db)->master_key, &l, key, sizeof key, &wrapped);
    sodium_memzero(key, sizeof key);
    if (e != OK)
        return e;
    return sql_person_key_put(c, person, wrapped);
}

static enum err person_key(struct ctx *c, int64_t person, unsigned char key[MASTER_KEY_LEN])
{
    struct label l = { "key", person };
    struct sql_person_key_get_row row;

    enum err e = sql_person_key_get(c, person, &row);
    if (e == E_NOT_FOUND) {
        err_clear(c);
        return FAIL(
            E_NOT_FOUND, "%s",
            _("The key of this resident is not there: the data were erased, or the file with keys is older "
              "than the register. The administrator can see which with: peil check."));
    }
    TRY(e);
    if (row.wrapped.len != NONCE + MASTER_KEY_LEN + TAG)
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    return unbox(c, db_store(c->db)->master_key, &l, row.wrapped, key);
}

enum err vault_seal(struct ctx *c, int64_t person, const char *text, struct blob *ret_sealed)
{
    unsigned char key[MASTER_KEY_LEN];
    struct label l = { "person", person };

    TRY(person_key(c, person, key));
    enum err e = box(c, key, &l, text, strlen(text), ret_sealed);
    sodium_memzero(key, sizeof key);
    return e;
}

enum err vault_open(struct ctx *c, int64_t person, struct blob sealed, const char **ret_text)
{
    unsigned char key[MASTER_KEY_LEN];
    struct label l = { "person", person };
    char *text = arena_alloc(c->arena, sealed.len + 1);

    if (text == NULL)
        return FAIL(E_NOMEM, "%s", "");
    TRY(person_key(c, person, key));
    enum err e = unbox(c, key, &l, sealed, text);
    sodium_memzero(key, sizeof key);
    if (e == OK)
        *ret_text = text;
    return e;
}

enum err vault_mark(struct ctx *c, const char *text, char ret_mark[VAULT_MARK])
{
    unsigned char key[crypto_kdf_KEYBYTES], hash[crypto_generichash_BYTES_MIN];

    if (crypto_kdf_derive_from_key(key, sizeof key, 1, "peilmark", db_store(c->db)->master_key) != 0)
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    crypto_generichash(hash, sizeof hash, (const unsigned char *)text, strlen(text), key, sizeof key);
    sodium_memzero(key, sizeof key);
    sodium_bin2hex(ret_mark, VAULT_MARK, hash, sizeof hash);
    return OK;
}
