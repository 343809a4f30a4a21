// SPDX-License-Identifier: EUPL-1.2
#include "store/key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX = 2 * KEY_FILE_BYTES };

enum err key_file_make(struct ctx *c, const char *path)
{
    unsigned char key[KEY_FILE_BYTES];
    char hex[HEX + 2];
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd < 0)
        return FAIL(E_IO, _("The key file %s could not be made: %s."), path, strerror(errno));
    randombytes_buf(key, sizeof key);
    sodium_bin2hex(hex, sizeof hex, key, sizeof key);
    hex[HEX] = '\n';
    bool ok = write(fd, hex, HEX + 1) == HEX + 1 && fsync(fd) == 0;
    sodium_memzero(hex, sizeof hex);
    sodium_memzero(key, sizeof key);
    close(fd);
    return ok ? OK : FAIL(E_IO, _("The key file %s could not be written: %s."), path, strerror(errno));
}

enum err key_file_read(struct ctx *c, const char *path, unsigned char ret_key[KEY_FILE_BYTES])
{
    char hex[HEX];
    struct stat st;
    size_t len = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return FAIL(E_IO, _("The key file %s could not be read: %s."), path, strerror(errno));
    bool safe = fstat(fd, &st) == 0 && (st.st_mode & 077) == 0;
    bool whole = safe && read(fd, hex, HEX) == HEX &&
                 sodium_hex2bin(ret_key, KEY_FILE_BYTES, hex, HEX, NULL, &len, NULL) == 0 &&
                 len == KEY_FILE_BYTES;
    close(fd);
    sodium_memzero(hex, sizeof hex);
    if (!whole)
        sodium_memzero(ret_key, KEY_FILE_BYTES);
    if (!safe)
        return FAIL(E_IO, _("Others may read the key file %s. Make it safe with: chmod 600 %s"), path, path);
    return whole ? OK : FAIL(E_CORRUPT, _("The key file %s holds no key."), path);
}
