// SPDX-License-Identifier: EUPL-1.2
/* Colleagues (collega's): the people with an account who may do something, to hand work to. */
#ifndef PEIL_REGISTER_COLLEAGUE_H
#define PEIL_REGISTER_COLLEAGUE_H

#include "register/right.h"

struct colleague {
    int64_t account, team;
    const char *name;
};
/* Active accounts with this right, by name; within the own team for who sees a team only. Rights: logged in.
 */
enum err colleague_list(struct ctx *c, enum right right, struct colleague **ret_colleague,
                        size_t *ret_n) MUST_CHECK;

#endif
