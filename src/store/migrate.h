// SPDX-License-Identifier: EUPL-1.2
/* The schema, step by step and only forward. Each step runs in one transaction and is recorded with its
 * checksum; a register that was made by a newer program, or whose steps differ, is refused. */
#ifndef PEIL_STORE_MIGRATE_H
#define PEIL_STORE_MIGRATE_H

#include "store/db.h"

struct migration {
    const char *name;
    const char *sql[2]; /* by enum db_engine_kind */
};
/* In order. The first (the list of steps) and the last (the key store) run at every start and are not listed.
 */
extern const struct migration migrations[];
extern const size_t migration_count;

/* Brings the register up to date; does nothing when it is. Error E_CORRUPT when it does not fit this program,
 * E_IO when it has lost the table of its key store. */
enum err migrate(struct ctx *c) MUST_CHECK;
/* The same up to and including the step of this name: a register as an older program left it, for tests. */
enum err migrate_until(struct ctx *c, const char *last) MUST_CHECK;

#endif
