// SPDX-License-Identifier: EUPL-1.2
/* What the tests of places, presence, partners and referrals share. */
#ifndef PEIL_TEST_PLACE_HELP_H
#define PEIL_TEST_PLACE_HELP_H

#include "register/place.h"
#include "register/session.h"

struct town_of_test {
    int64_t east, west;        /* teams */
    int64_t brouwhuis, fonkel; /* neighbourhoods of east and west */
    int64_t school, location;  /* places in brouwhuis and fonkel */
    int64_t partner, other;    /* partners: a school and a welfare organisation */
    int64_t account;           /* a team lead */
    int64_t worker;
};
/* Two teams, two neighbourhoods, two places, two partners, a worker and an account. */
void town_make(struct ctx *c, struct town_of_test *t);
/* Acts as a role until the next call. partner, team: INT_NONE. */
void act(struct ctx *c, struct session *s, enum role role, int64_t partner, int64_t team);

#endif
