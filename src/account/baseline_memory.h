// SPDX-License-Identifier: EUPL-1.2
/* What the register remembers of its baselines: number and hash of each that was sealed, in the history of
 * the baseline, where rows are only added. A file that was taken away is missed by it, the last one and all
 * of them too, and so is one that took the place of another. A difference says that one of the two came back
 * from a copy, or was taken away; it does not say which (docs/baseline.md). */
#ifndef PEIL_ACCOUNT_BASELINE_MEMORY_H
#define PEIL_ACCOUNT_BASELINE_MEMORY_H

#include "account/baseline.h"

/* The hash of one, hexadecimal; NULL: the register does not know it. */
enum err baseline_memory_hash(struct ctx *c, int64_t number, const char **ret_hash) MUST_CHECK;
/* Those of which the file is not there. No rights. */
enum err baseline_memory_missing(struct ctx *c, int64_t **ret_number, size_t *ret_n) MUST_CHECK;
/* Remembers every whole baseline that is not yet: the one that was just sealed, one that a halt between file
 * and register left out, and those of before this memory. */
enum err baseline_memory_put(struct ctx *c) MUST_CHECK;

#endif
