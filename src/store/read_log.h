// SPDX-License-Identifier: EUPL-1.2
/* Who looked at what. Looks are collected in memory, the same look of the same account is one entry with a
 * count, and they are written within a second, with the next group of transactions (docs/decisions/0005).
 * Without a writer (the command line) a look is written at once. */
#ifndef PEIL_STORE_READ_LOG_H
#define PEIL_STORE_READ_LOG_H

#include "store/db.h"

struct look {
    int64_t account;    /* INT_NONE: the command line */
    const char *action; /* "view", "list", "search", "export": a literal */
    const char *object; /* "request", "waiting_list": a literal */
    int64_t object_id;  /* INT_NONE: none */
};
enum err read_log_add(struct ctx *c, const struct look *look) MUST_CHECK;

/* For the writer: is there anything to write, and writing it inside a transaction. */
bool read_log_pending(struct store *s);
enum err read_log_flush(struct ctx *c, void *arg) MUST_CHECK;
void read_log_free(struct store *s);

#endif
