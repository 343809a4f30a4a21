// SPDX-License-Identifier: EUPL-1.2
/* Makes the expectation of every list behind the readers' back, on a thread of its own: once when the server
 * starts, and again when the register changed, at most once a minute. Once a week it looks back over the
 * past. What it makes is written to the register (account/expectation.h), so readers never wait for it. */
#ifndef PEIL_WEB_EXPECTATION_BEHIND_H
#define PEIL_WEB_EXPECTATION_BEHIND_H

#include "store/db.h"

struct expectation_behind;

/* clock_shift: seconds that the clock is put ahead (tests). NULL when memory or threads are short: then
 * periods are those that `peil forecast --keep` made. */
struct expectation_behind *expectation_behind_start(struct store *store, int64_t clock_shift);
/* How far it is, as struct expectation_progress; b NULL, or nothing being made: zero. */
struct expectation_far {
    size_t lists, ready, weeks, back;
};
struct expectation_far expectation_behind_far(const struct expectation_behind *b);
void expectation_behind_stop(struct expectation_behind *b);

#endif
