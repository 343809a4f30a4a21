// SPDX-License-Identifier: EUPL-1.2
/* Files that somebody sent to try, so that nobody has to choose the same file again to import it. In memory
 * only, one an account, for KEPT_SECONDS; then, or when the server stops, it is wiped. */
#ifndef PEIL_WEB_KEPT_FILE_H
#define PEIL_WEB_KEPT_FILE_H

#include "base/ctx.h"
#include "web/req.h"

enum { KEPT_FILES = 8, KEPT_SECONDS = 15 * 60 };

struct kept_files;

struct kept_files *kept_files_make(struct arena *a); /* NULL without memory; lives as long as the arena */
void kept_files_free(struct kept_files *k);
/* Keeps a copy for this account, in the place of its last one, or of the oldest of all. *ret_number names it,
 * from 1. E_NOMEM. */
enum err kept_file_put(struct ctx *c, struct kept_files *k, const struct req_file *f,
                       int64_t *ret_number) MUST_CHECK;
/* A copy in the arena. E_NOT_FOUND: it is gone, or belongs to someone else. */
enum err kept_file_get(struct ctx *c, struct kept_files *k, int64_t number,
                       struct req_file *ret_file) MUST_CHECK;
/* What to say then. */
const char *kept_file_gone(const struct ctx *c);
void kept_file_drop(struct ctx *c, struct kept_files *k, int64_t number);

#endif
