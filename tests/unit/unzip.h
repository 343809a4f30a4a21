// SPDX-License-Identifier: EUPL-1.2
#ifndef PEIL_TEST_UNZIP_H
#define PEIL_TEST_UNZIP_H

#include "base/buf.h"
#include "base/ctx.h"

/* One file out of a zip archive (APPNOTE.TXT 4.3.7 and 4.3.12), through its central directory, in the arena.
 * "" and a failed check when it is not there or is damaged. */
char *unzip(struct ctx *c, const struct buf *zip, const char *name);

#endif
