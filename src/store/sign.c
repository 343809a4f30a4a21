// SPDX-License-Identifier: EUPL-1.2
#include "store/sign.h"

#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SEED = crypto_sign_SEEDBYTES, HEX = 2 * SEED };

static enum err make_file(struct ctx *c, const char *path)
{
    unsigned char seed[SEED];
    char hex[HEX + 2];
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return FAIL(E_IO, _("The key file %s could not be made: %s."), path, strerror(errno));
    randombytes_buf(seed, sizeof seed);
    sodium_bin2hex(hex, sizeof hex, seed, sizeof seed);
    hex[HEX] = '\n';
    bool ok = write(fd, hex, HEX + 1) == HEX + 1 && fsync(fd) == 0;
    sodium_memzero(hex, sizeof hex);
    sodium_memzero(seed, sizeof seed);
    close(fd);
    return ok ? OK : FAIL(E_IO, _("The key file %s could not be written: %s."), path, strerror(errno));
}

static enum err read_file(struct ctx *c, const char *path, struct sign_key *ret_key)
{
    unsigned char seed[SEED];
    char hex[HEX];
    struct stat st;
    size_t len = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return FAIL(E_IO, _("The key file %s could not be read: %s."), path, strerror(errno));
    bool safe = fstat(fd, &st) == 0 && (st.st_mode & 077) == 0;
    bool whole = read(fd, hex, HEX) == HEX && sodium_hex2bin(seed, SEED, hex, HEX, NULL, &len, NULL) == 0 &&
                 len == SEED;
    close(fd);
    if (whole && safe)
        crypto_sign_seed_keypair(ret_key->public, ret_key->secret, seed);
    sodium_memzero(hex, sizeof hex);
    sodium_memzero(seed, sizeof seed);
    if (!safe)
        return FAIL(E_IO, _("Others may read the key file %s. Make it safe with: chmod 600 %s"), path, path);
    return whole ? OK : FAIL(E_CORRUPT, _("The key file %s holds no key."), path);
}

enum err sign_key_get(struct ctx *c, bool create, struct sign_key *ret_key)
{
    const char *path;

    TRY(file_beside(c, "PEIL_SIGN_KEY", ".sign", &path));
    if (access(path, F_OK) != 0) {
        if (!create)
            return FAIL(E_NOT_FOUND, _("There is no key to sign with yet (%s)."), path);
        TRY(make_file(c, path));
    }
    return read_file(c, path, ret_key);
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
