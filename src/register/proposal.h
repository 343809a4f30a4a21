// SPDX-License-Identifier: EUPL-1.2
/* Who could take a request: one rule, pure, in this file alone.
 *
 * Points of a colleague for a request, added up; the most points stand first, then the fewest cases, then the
 * name:
 *
 *   discipline     +40 when it is the main one, +25 when it is a further one
 *   knows          +50 was the main worker of this resident before, +30 of someone who lives with them,
 *                  +45 takes part in this case now
 *   language       +30 speaks the language that the resident needs
 *   wish           +20 is what the resident wishes of a worker, -40 is not
 *   room           from +30 (nothing in hand) down to 0 (this case just fits); -60 when it does not fit
 *   gave back      -50 gave this request back before
 *   away           -30 absent today
 *
 * Never proposed, with the reason shown: own family or neighbours (an access block); not in service; a last
 * day is known, because nobody may be left without a worker. The one who chooses is free to take another one
 * of those who can. */
#ifndef PEIL_REGISTER_PROPOSAL_H
#define PEIL_REGISTER_PROPOSAL_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum fit { FIT_NONE, FIT_FURTHER, FIT_MAIN };
enum known { KNOWN_NOT, KNOWN_HOUSEHOLD, KNOWN_PERSON };
enum never { NEVER_NOT, NEVER_BLOCKED, NEVER_NOT_IN_SERVICE, NEVER_LEAVES };

/* What matters of one colleague for one request. */
struct candidate {
    int64_t worker;
    enum never never;
    enum fit fit;
    enum known known;
    bool takes_part, gave_back, absent;
    bool language_asked, speaks; /* speaks: what was asked */
    bool wish_asked, wish_met;
    int64_t cases, load, room; /* open cases, their weight, the weight that fits */
};

/* weight: of the request. Not for who is never proposed. */
int64_t proposal_points(const struct candidate *k, int64_t weight);
/* Sorts: who can first, by points, then fewest cases, then as they came (by name). */
void proposal_sort(struct candidate *k, size_t n, int64_t weight);
/* Whether a discipline suits what a request is about; category may be NULL. wanted: a discipline that
 * somebody chose, NULL: by the category. */
bool proposal_suits(const char *discipline, const char *category, const char *wanted);

#endif
