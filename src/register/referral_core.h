// SPDX-License-Identifier: EUPL-1.2
/* What the files of referrals share. */
#ifndef PEIL_REGISTER_REFERRAL_CORE_H
#define PEIL_REGISTER_REFERRAL_CORE_H

#include "register/referral.h"
#include "store/sql.h"

/* The rows of all statements for us have the columns of referral_get. */
#define REFERRAL(row)                                                                                        \
    ((struct referral){ .id = (row).id,                                                                      \
                        .version = (row).version,                                                            \
                        .partner = (row).partner,                                                            \
                        .request = (row).request,                                                            \
                        .person = (row).person,                                                              \
                        .out = text_is((row).direction, "out"),                                              \
                        .partner_name = (row).partner_name,                                                  \
                        .occurred_at = (row).occurred_at,                                                    \
                        .recorded_at = (row).recorded_at,                                                    \
                        .consent = (row).consent,                                                            \
                        .multi_problem = (row).multi_problem,                                                \
                        .stays = (row).stays,                                                                \
                        .warm = (row).warm,                                                                  \
                        .answered_at = (row).answered_at,                                                    \
                        .checked_at = (row).checked_at,                                                      \
                        .answer = (row).answer,                                                              \
                        .arrival = (row).arrival,                                                            \
                        .urgency = (row).urgency,                                                            \
                        .team = (row).team,                                                                  \
                        .worker = (row).worker,                                                              \
                        .worker_name = (row).worker_name,                                                    \
                        .first_contact_at = (row).first_contact_at })

/* Inside db_tx: a step in the history of a referral; and its row as it stands now. */
enum err referral_step(struct ctx *c, struct referral *r, int64_t seen, const struct happening *h) MUST_CHECK;
enum err referral_put(struct ctx *c, const struct referral *r) MUST_CHECK;
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
