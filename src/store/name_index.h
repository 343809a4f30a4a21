// SPDX-License-Identifier: EUPL-1.2
/* The names of residents in memory, so that lists show them and people are found without a name ever being
 * written outside the vault. One a store, shared by its threads, filled by register/person.c; never on disk.
 */
#ifndef PEIL_STORE_NAME_INDEX_H
#define PEIL_STORE_NAME_INDEX_H

#include "store/db.h"

/* What is kept of a person. `name` is shown; `folded` is the name in lower case without accents, `birth` an
 * ISO date, `phone` digits only; "" when unknown. */
struct name_entry {
    int64_t person;
    const char *name, *folded, *birth, *phone;
};

/* Adds or replaces; E_NOMEM. */
enum err name_index_put(struct ctx *c, struct store *s, const struct name_entry *e,
                        int64_t serial) MUST_CHECK;
/* The highest serial that was put, 0 at first. */
int64_t name_index_serial(struct store *s);
/* Names of n persons into ret_name (arena); NULL where the index does not know the person (yet). */
enum err name_index_names(struct ctx *c, struct store *s, const int64_t *person, size_t n,
                          const char **ret_name) MUST_CHECK;
/* Walks all entries; the callback returns false to stop. Entries live until it returns. */
void name_index_walk(struct store *s, bool (*entry)(void *arg, const struct name_entry *e), void *arg);
void name_index_free(struct store *s);

#endif
