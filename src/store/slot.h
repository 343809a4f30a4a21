// SPDX-License-Identifier: EUPL-1.2
#ifndef PEIL_STORE_SLOT_H
#define PEIL_STORE_SLOT_H

#include "base/arena.h"
#include "store/db.h"

/* A place where a layer above keeps what it read from a store, once a process: guarded by its lock. What is
 * kept lives in the slot's arena until the store is closed; a new version is added when it changed, so
 * readers keep the old one. */
struct store_slot {
    void *value;
    int64_t checked_at;
    struct arena arena;
};
struct store_slot *store_slot_lock(struct store *s);
void store_slot_unlock(struct store *s);

#endif
