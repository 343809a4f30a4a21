// SPDX-License-Identifier: EUPL-1.2
/* A secret of 32 random bytes in a file of its own, as one line of hexadecimal digits, mode 0600: the master
 * key of the vault, the seed with which baselines are signed. */
#ifndef PEIL_STORE_KEY_FILE_H
#define PEIL_STORE_KEY_FILE_H

#include "base/ctx.h"

enum { KEY_FILE_BYTES = 32 };

/* A new secret, on disk when it returns. E_IO when the file is there already or cannot be written. */
enum err key_file_make(struct ctx *c, const char *path) MUST_CHECK;
/* E_IO when it cannot be read, or others may read it too; E_CORRUPT when it holds no key. Nothing is left in
 * ret_key then. */
enum err key_file_read(struct ctx *c, const char *path, unsigned char ret_key[KEY_FILE_BYTES]) MUST_CHECK;

#endif
