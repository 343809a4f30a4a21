// SPDX-License-Identifier: EUPL-1.2
/* Results that are dear to find (counts, a page of a list, a session), kept in memory until anything is
 * written to the register, unless they are lasting. At most 256 of them, each found again only under exactly
 * its key. */
#ifndef PEIL_STORE_MEMO_H
#define PEIL_STORE_MEMO_H

#include "store/db.h"

#define MEMO_VALUE_MAX (16 * 1024) /* bytes */

struct memo {
    const char *what; /* name of the computation */
    const void *key;  /* everything that the value depends on, besides the register */
    size_t key_len;
    void *value; /* no pointers in it; at most MEMO_VALUE_MAX, and always the same length for one `what` */
    size_t value_len;
    bool lasting; /* the key says all: what is written to the register does not make the value old */
};
/* Fills the value when it is known for the register as it is now. Never inside a transaction, whose state is
 * its own; nothing is kept without a writer (commits of others would go unseen), but for what is lasting on
 * PostgreSQL. */
bool memo_get(struct ctx *c, const struct memo *m);
void memo_put(struct ctx *c, const struct memo *m);
void memo_free(struct store *s);

#endif
