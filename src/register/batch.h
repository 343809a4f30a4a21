// SPDX-License-Identifier: EUPL-1.2
/* What one action did to one or more requests, so that it can be taken back at once. Taking back appends a
 * KIND_UNDONE for each event; nothing is removed. */
#ifndef PEIL_REGISTER_BATCH_H
#define PEIL_REGISTER_BATCH_H

#include "base/ctx.h"

#include <stdbool.h>

#define BATCH_HOURS 10 /* a working day; later, correct each request by itself */

/* Inside db_tx: starts the list of what this action does; kind is a code such as "allocate". */
enum err batch_begin(struct ctx *c, const char *kind, int64_t *ret_batch) MUST_CHECK;
/* Inside db_tx: the action added event `seq` to this request. */
enum err batch_put(struct ctx *c, int64_t batch, int64_t request, int64_t seq) MUST_CHECK;
/* Whether this user can still take it back: own action, not undone, not too old. */
enum err batch_can_undo(struct ctx *c, int64_t batch, bool *ret_can) MUST_CHECK;
/* Takes back all of it or nothing. Errors: E_NOT_FOUND, E_FORBIDDEN for someone else's action, E_CONFLICT
 * when it was undone before, is too old, or something happened since that depends on it. */
enum err batch_undo(struct ctx *c, int64_t batch, size_t *ret_n) MUST_CHECK;

#endif
