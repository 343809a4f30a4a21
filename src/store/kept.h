// SPDX-License-Identifier: EUPL-1.2
/* What a layer above read from the register into arrays of its own, at a cost of a tenth of a second or more:
 * one such value a process, in memory of its own until anything is written to the register. Several readers
 * hold it at a time; who lets it go last gives its memory back, once a newer one has its place. */
#ifndef PEIL_STORE_KEPT_H
#define PEIL_STORE_KEPT_H

#include "store/db.h"

enum { KEPT_KEY = 64 };

struct kept_how {
    const void *key; /* everything that the value depends on, besides the register; at most KEPT_KEY bytes */
    size_t key_len;
    /* Reads the value into the arena of the context, as one read. */
    enum err (*read)(struct ctx *c, void *arg, void **ret_value);
    void *arg;
};
struct kept;
/* The value for the register as it is now, and the hold on it; when two ask at once, one reads and the other
 * waits. Without a writer, whose commits would go unseen, inside a transaction and on PostgreSQL it is read
 * for this context alone: *ret_kept is NULL. */
enum err kept_hold(struct ctx *c, const struct kept_how *how, struct kept **ret_kept,
                   void **ret_value) MUST_CHECK;
void kept_drop(struct ctx *c, struct kept *k); /* NULL: nothing */
void kept_free(struct store *s);

#endif
