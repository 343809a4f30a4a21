// SPDX-License-Identifier: EUPL-1.2
/* What a server does again and again beside its pages: on a thread of its own, which lets pages that are
 * asked for go first, with a connection of its own and as the quality officer. */
#ifndef PEIL_WEB_ROUNDS_H
#define PEIL_WEB_ROUNDS_H

#include "store/db.h"

#include <pthread.h>
#include <stdatomic.h>

struct rounds_how {
    const char *name;      /* in the log */
    int64_t first_seconds; /* before the first round */
    int64_t pause_seconds; /* between two rounds, at least ... */
    int64_t share;         /* ... and so many times what the last one took of the processor */
    int64_t clock_shift;   /* seconds that the clock is put ahead (tests) */
    size_t memory;         /* bytes that a round may use */
    /* A failure is logged, and the next round comes all the same. A long one looks at rounds.stop. */
    enum err (*round)(struct ctx *c, void *arg);
    void *arg;
};
struct rounds {
    struct rounds_how how;
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    atomic_bool stop;
};
/* False: there is no thread, and nothing to stop. */
bool rounds_start(struct rounds *r, struct store *store, const struct rounds_how *how);
void rounds_stop(struct rounds *r); /* after the round that is under way */

#endif
