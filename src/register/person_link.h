// SPDX-License-Identifier: EUPL-1.2
/* The same person registered twice (dubbele inwoner): a link between two registrations that can be ended
 * again.
 *
 * Nothing moves: requests, keys and identities stay with the registration they belong to. A registration
 * stands under at most one other; the one at the top of such a group is whose data count (person_get). Ending
 * a link gives both sides back as they were. Two registrations that somebody looked at and found to be
 * different people are never proposed again, and cannot be joined by mistake. */
#ifndef PEIL_REGISTER_PERSON_LINK_H
#define PEIL_REGISTER_PERSON_LINK_H

#include "store/db.h"

#include <stddef.h>

/* All registrations of this person, the one whose data count first, then in the order of their links; at
 * least the one asked for. No right is asked: these are numbers. */
enum err person_link_group(struct ctx *c, int64_t person, const int64_t **ret_person,
                           size_t *ret_n) MUST_CHECK;
/* The registration whose data count. */
enum err person_link_top(struct ctx *c, int64_t person, int64_t *ret_person) MUST_CHECK;

/* Joins the groups of two persons; the data of `kept` count. Rights: RIGHT_MERGE, and both within scope.
 * Errors: E_CONFLICT when they are joined already, or were judged to be different people. */
enum err person_link_add(struct ctx *c, int64_t kept, int64_t other) MUST_CHECK;
/* Takes `person`, and what was joined with it before, apart from the registration it stands under. Requests
 * that were joined over this link are taken apart too. Rights: RIGHT_MERGE, and within scope. E_CONFLICT when
 * it stands under nobody (any more). */
enum err person_link_end(struct ctx *c, int64_t person) MUST_CHECK;

/* "These are two people": remembered for ever, or until somebody takes it back. Rights: RIGHT_MERGE, and both
 * within scope. */
enum err person_distinct_add(struct ctx *c, int64_t a, int64_t b) MUST_CHECK;
enum err person_distinct_end(struct ctx *c, int64_t a, int64_t b) MUST_CHECK;

/* May this user see the person: through a request of any registration, through someone in the same household,
 * or because the user sees the whole register? E_NOT_FOUND when not. Rights: RIGHT_REQUEST. */
enum err person_check(struct ctx *c, int64_t person) MUST_CHECK;

#endif
