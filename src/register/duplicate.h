// SPDX-License-Identifier: EUPL-1.2
/* Who may be in the register twice (dubbel): compared by all, so that what nobody noticed at the desk comes
 * up later. Proposals only; a person judges. */
#ifndef PEIL_REGISTER_DUPLICATE_H
#define PEIL_REGISTER_DUPLICATE_H

#include "register/person.h"

/* How sure: the order of the list. */
enum duplicate_why {
    DUPLICATE_NAME_BIRTH, /* the same name and birth date */
    DUPLICATE_ALMOST,     /* the same birth date, and a name that differs in one letter or sounds the same */
    DUPLICATE_PHONE,      /* the same phone number, and nothing that says they are two */
    DUPLICATE_NAME,       /* the same name, one of the two birth dates unknown */
    DUPLICATE_WHYS
};
struct duplicate {
    int64_t a, b; /* a < b */
    const char *name[2];
    int32_t birth[2];
    const char *phone[2];
    int64_t requests[2];
    enum duplicate_why why;
};
const char *duplicate_why_name(const struct ctx *c, enum duplicate_why why);

#define DUPLICATES_MOST 200
/* Pairs of whom this user may see both, that are not joined and that nobody judged to be two; the surest
 * first. Goes through the index of names: about a second for a million residents. Rights: RIGHT_MERGE; the
 * look is logged. */
enum err duplicate_list(struct ctx *c, const struct duplicate **ret_pair, size_t *ret_n) MUST_CHECK;

/* Pairs that somebody judged to be two people, the newest first, of those whom this user may see; at most
 * DUPLICATES_MOST. Rights: RIGHT_MERGE. */
struct distinct_pair {
    int64_t a, b, since;
    const char *name[2];
};
enum err duplicate_judged(struct ctx *c, const struct distinct_pair **ret_pair, size_t *ret_n) MUST_CHECK;
/* What is joined now, the newest first. Rights: RIGHT_MERGE. */
enum err duplicate_joined(struct ctx *c, const struct distinct_pair **ret_pair, size_t *ret_n) MUST_CHECK;

#endif
