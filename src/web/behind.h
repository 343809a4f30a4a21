// SPDX-License-Identifier: EUPL-1.2
/* Parts of pages that take seconds to make, such as figures over every request: shown as they were a moment
 * ago, with that moment, and made again behind the reader's back on a thread of their own. A part is the same
 * for everyone who may see it and holds nothing of a session.
 *
 * The first reader of a part that nobody asked for before waits a moment, where that is likely to be enough,
 * else reads that it is being made. What costs much memory is made by this one thread only, one part after
 * the other. */
#ifndef PEIL_WEB_BEHIND_H
#define PEIL_WEB_BEHIND_H

#include "base/buf.h"
#include "store/db.h"

/* When the register changed, a part that old is made again; one that takes long less often, so that it never
 * takes more than a hundredth of the time of a processor. */
enum { BEHIND_KEY = 112, BEHIND_SECONDS = 60 };

/* Writes the part of this key. Runs as the quality officer, in the language `lang`. `arg` is that of
 * behind_start. */
typedef enum err (*behind_make)(struct ctx *c, void *arg, const char *key, struct buf *out);

struct behind;

/* NULL when memory or threads are short: then every reader makes the part. */
struct behind *behind_start(struct store *store, behind_make make, void *arg);
void behind_stop(struct behind *b);
/* Writes the part as it was last made. False: it was never made, or b is NULL. */
bool behind_get(struct behind *b, enum lang lang, const char *key, struct buf *out, int64_t *ret_made_at);
/* Has a part made that nobody asked for yet. */
void behind_want(struct behind *b, enum lang lang, const char *key);
enum behind_state {
    BEHIND_MADE,
    BEHIND_MAKING, /* nothing was written: look again later */
    BEHIND_SELF,   /* there is no thread, or it failed: the reader makes it and sees why */
};
/* Writes the part, or has it made. */
enum behind_state behind_read(struct behind *b, enum lang lang, const char *key, struct buf *out,
                              int64_t *ret_made_at);
/* What a reader made: `commits` was read before it began. Too long ones and too many are not kept. */
void behind_put(struct behind *b, enum lang lang, const char *key, const struct buf *part, int64_t made_at,
                uint64_t commits);

#endif
