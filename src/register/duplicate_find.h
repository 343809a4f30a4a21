// SPDX-License-Identifier: EUPL-1.2
/* Pairs of residents who look like one person, whoever may see them. Everyone is compared with everyone once;
 * after that only who is new or changed. The pairs live in memory with the names (store/name_index.h). */
#ifndef PEIL_REGISTER_DUPLICATE_FIND_H
#define PEIL_REGISTER_DUPLICATE_FIND_H

#include "base/ctx.h"
#include "store/name_index.h"

/* The surest first; `why` is an enum duplicate_why; a < b. At most 4,000. The first time it compares all:
 * about a second for 200,000 residents; later some milliseconds. */
enum err duplicate_find(struct ctx *c, struct name_pair **ret_pair, size_t *ret_n) MUST_CHECK;

#endif
