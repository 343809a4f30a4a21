// SPDX-License-Identifier: EUPL-1.2
/* How a request stands, worked out a second time: slowly, from the raw events, by another way of thinking
 * than register/state.c. It first decides which events count and puts them in order, then answers each
 * question by looking back over them. For tests alone. */
#ifndef PEIL_TEST_STATE_ORACLE_H
#define PEIL_TEST_STATE_ORACLE_H

#include "base/rng.h"
#include "register/state.h"

/* The events are not changed. */
struct standing oracle_standing(const struct event *event, size_t n);
/* Days at `now`: since asking, the same without pauses, since we last spoke; -1 where it does not run. */
struct oracle_clocks {
    int64_t gross, net, silent;
};
struct oracle_clocks oracle_clocks(const struct event *event, size_t n, int64_t now);

/* A made-up history of up to `max` events: any kinds in any order, typed in later than they happened, several
 * at one moment, taken back, and taking back taken back. The first is the asking. Returns how many. */
size_t oracle_history(struct rng *r, int64_t asked, size_t max, struct event *ret_event);
/* Are two standings the same? Writes the first difference to stdout. */
bool oracle_same(const struct standing *a, const struct standing *b);

#endif
