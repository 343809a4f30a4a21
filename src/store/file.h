// SPDX-License-Identifier: EUPL-1.2
/* Files beside the register: read through a mapping, written so that after a power cut the old or the new one
 * is there. */
#ifndef PEIL_STORE_FILE_H
#define PEIL_STORE_FILE_H

#include "base/buf.h"
#include "store/db.h"

#include <stdbool.h>

struct file_map {
    const void *data; /* page-aligned, read-only */
    size_t len;
};
/* E_NOT_FOUND when there is no such file. */
enum err file_map(struct ctx *c, const char *path, struct file_map *ret_map) MUST_CHECK;
void file_unmap(struct file_map *m);
/* Replaces the file at once, or with `fresh` refuses to (E_CONFLICT). Only the owner may read it. */
enum err file_write(struct ctx *c, const char *path, const struct buf *content, bool fresh) MUST_CHECK;
/* Adds at the end of a file of `len` bytes. The first 64 bytes of the addition (there are at least so many,
 * and not all zero) are written when the rest is on disk: an addition that was stopped halfway begins with
 * zeros, and the next one takes its place. E_CONFLICT when another process added something meanwhile. */
enum err file_append(struct ctx *c, const char *path, size_t len, const struct buf *content) MUST_CHECK;
/* A path beside the register: that of the variable `variable`, else the register's own with `suffix` behind
 * it, else (a register that is no file) "peil" with the suffix, in the folder where the program runs. In the
 * arena. */
enum err file_beside(struct ctx *c, const char *variable, const char *suffix,
                     const char **ret_path) MUST_CHECK;
/* The numbers of the files "0001<suffix>" in a folder, in order; none when there is no folder. In the arena.
 */
enum err file_numbers(struct ctx *c, const char *folder, const char *suffix, int64_t **ret_number,
                      size_t *ret_n) MUST_CHECK;
/* Makes a folder that only the owner may look into; it may be there. */
enum err file_folder(struct ctx *c, const char *path) MUST_CHECK;

#endif
