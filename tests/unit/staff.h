// SPDX-License-Identifier: EUPL-1.2
/* A small team for tests: Oost with Anna (Dutch, woman), Bram (Dutch and Turkish, man) and Carla (family
 * coach), West with Dirk. Everyone full time since two years, room for 20 points. */
#ifndef PEIL_TEST_STAFF_H
#define PEIL_TEST_STAFF_H

#include "register/allocation.h"
#include "register/right.h"

struct staff_town {
    int64_t oost, west;
    int64_t anna, bram, carla, dirk;
};
void staff_town_make(struct ctx *c, struct staff_town *ret_town);
/* A request of team Oost about money, of a new person. */
struct request_id staff_request(struct ctx *c, const struct staff_town *t);
/* The same, given to this worker, and the first talk held. */
struct request_id staff_case(struct ctx *c, const struct staff_town *t, int64_t worker, int64_t weight);
/* An event now; its version is the one that is there. */
enum err staff_event(struct ctx *c, struct request_id id, enum kind kind, int64_t worker);
int64_t staff_employer(struct ctx *c, const char *name, const char *kind);
int64_t staff_account(struct ctx *c, const char *login, enum role role, int64_t team, int64_t worker);

#endif
