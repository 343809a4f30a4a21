// SPDX-License-Identifier: EUPL-1.2
/* Households (huishouden, gezin): people who live together, each from a day until a day. Everyone in it is a
 * person with data sealed under a key of their own, also a child who asks for nothing. A child of parents who
 * live apart can be in two households at once. */
#ifndef PEIL_REGISTER_HOUSEHOLD_H
#define PEIL_REGISTER_HOUSEHOLD_H

#include "register/code.h"
#include "register/person.h"

extern const struct code_name household_roles[];
extern const size_t household_role_count;

struct household_member {
    int64_t id, person;
    const char *name, *role;    /* role: a code */
    int32_t birth;              /* DAY_NONE */
    int64_t age;                /* years; INT_NONE */
    int32_t starts_on, ends_on; /* ends_on: DAY_NONE while it lasts */
    bool child, self;           /* child: under 18, or so by role; self: the person who was asked for */
    bool hidden;                /* sealed, or blocked for this account: no name, no age */
};
struct household {
    int64_t id, version;
    const struct household_member *member; /* those of now first, the oldest first */
    size_t n, now;                         /* now: how many live there now */
};
/* Every household of this person (all registrations), the present one first. Nobody is asked for a right:
 * call it for a person who was checked (person_check), or whose request was. */
enum err household_of(struct ctx *c, int64_t person, const struct household **ret_household,
                      size_t *ret_n) MUST_CHECK;
/* What a request shows: how many live with this person now, and the children. */
struct household_sum {
    int64_t others, children;
    int64_t youngest; /* years; INT_NONE */
};
enum err household_sum_of(struct ctx *c, int64_t person, struct household_sum *ret_sum) MUST_CHECK;

struct household_form {
    int64_t person;       /* whose household; a new one when the person has none now */
    int64_t seen;         /* its version; 0 when there is none yet */
    const char *own_role; /* of that person, in a new household */
    int64_t known;        /* a person who is registered already; INT_NONE: `who` is new */
    struct identity who;
    const char *role;
    int32_t from;
};
/* Adds someone. Rights: RIGHT_HOUSEHOLD, and the person within scope. E_INVALID with the field, E_CONFLICT.
 */
enum err household_add(struct ctx *c, const struct household_form *f) MUST_CHECK;
/* Someone left on this day. E_CONFLICT when that was written down before. */
enum err household_leave(struct ctx *c, int64_t member, int64_t seen, int32_t day) MUST_CHECK;

/* Years between two days; INT_NONE when either is unknown. */
int64_t years_old(int32_t birth, int32_t day);

#endif
