// SPDX-License-Identifier: EUPL-1.2
/* The call round (belronde): everyone who waits is spoken to at least every 14 days. A call can be registered
 * at any time; only a call in which the resident was reached resets the silence; nobody leaves the waiting
 * list by it. */
#ifndef PEIL_REGISTER_CALL_ROUND_H
#define PEIL_REGISTER_CALL_ROUND_H

#include "register/request.h"

/* Who must be called: the one definition, for the list, the round, today's work and the figures. Everyone who
 * waits, parked or allocated too, and
 *  - was last spoken to so long ago that the contact norm ends within `soon_days` days, or has ended; or
 *  - was promised a call on or before today; or
 *  - was put on the call list by hand.
 * In SQL it is call_due of waiting_list.sql, with these bounds. */
bool call_is_due(const struct config *k, const struct standing *s, int32_t today);
struct call_bounds {
    int64_t heard_before, call_before;
};
struct call_bounds call_bounds_of(const struct config *k, int32_t today);
/* Minutes that it takes to reach `people` of them: the calls in vain are counted too (config.h: call_rule).
 */
int64_t call_minutes(const struct config *k, int64_t people);

struct call_form {
    struct request_id request;
    int64_t version; /* as the user saw it; -1: any */
    bool reached;
    int32_t day;      /* of the call; not in the future, not before the request */
    const char *note; /* only what is needed for the waiting; NULL */
    int32_t next;     /* agreed day of the next call; DAY_NONE: within the contact norm */
};
/* Rights: RIGHT_CALL. */
enum err call_add(struct ctx *c, const struct call_form *f) MUST_CHECK;

/* Puts requests on the call list, all or none; those that are on it already, or do not wait any more, are
 * passed over. *ret_changed (arena) holds the ids that were put on it, for undo. Rights: RIGHT_CALL, and
 * within scope. */
enum err call_list_add(struct ctx *c, const int64_t *request, size_t n, int64_t **ret_changed,
                       size_t *ret_n) MUST_CHECK;
/* Takes requests off the call list: the undo of call_list_add. */
enum err call_list_remove(struct ctx *c, const int64_t *request, size_t n, size_t *ret_n) MUST_CHECK;

#endif
