// SPDX-License-Identifier: EUPL-1.2
/* What the files of referrals share. */
#ifndef PEIL_REGISTER_REFERRAL_CORE_H
#define PEIL_REGISTER_REFERRAL_CORE_H

#include "register/referral.h"
#include "store/sql.h"

enum err consent_check(struct ctx *c, const struct consent *k) MUST_CHECK;
/* Noon of that day, or now when that is still to come. */
int64_t referral_moment(const struct ctx *c, int32_t day);
/* Inside db_tx: a new referral of a request, with its consent. */
enum err referral_insert(struct ctx *c, const struct referral_link *l, int64_t person,
                         int64_t *ret_id) MUST_CHECK;
/* Inside db_tx: one more word on consent. `person`: of the request. */
struct consent_change {
    int64_t id, version, person;
    const struct consent *consent;
};
enum err consent_put(struct ctx *c, const struct consent_change *g) MUST_CHECK;

#endif
