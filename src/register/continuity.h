// SPDX-License-Identifier: EUPL-1.2
/* Same worker (continuïteit, H5): how often a resident got another main worker. Pure: computed from the
 * events of a request, in one pass.
 *
 * Counted from the first talk on, because before it nobody was met: the worker of that moment is the first
 * one, and every later moment at which somebody else becomes the main worker is a change. Coming back to an
 * earlier worker is a change too. Events that were taken back (undone) do not count. */
#ifndef PEIL_REGISTER_CONTINUITY_H
#define PEIL_REGISTER_CONTINUITY_H

#include "register/state.h"

struct continuity {
    int64_t first, last; /* main workers; INT_NONE: none was written down */
    int64_t changes, talks;
};
/* The events must be in the order of happening with `undone` marked, as standing_replay leaves them. */
struct continuity continuity_of(const struct event *event, size_t n);
/* Of the requests with at least two talks: at most one change (H5). */
struct continuity_share {
    int64_t kept, requests;
};
/* Requests of a team (INT_NONE: all) whose first talk was at or after `since`. Rights: RIGHT_FIGURES. */
enum err continuity_count(struct ctx *c, int64_t team, int64_t since,
                          struct continuity_share *ret_share) MUST_CHECK;

#endif
