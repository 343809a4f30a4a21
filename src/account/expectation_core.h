// SPDX-License-Identifier: EUPL-1.2
/* What the files of expectation_history share. */
#ifndef PEIL_ACCOUNT_EXPECTATION_CORE_H
#define PEIL_ACCOUNT_EXPECTATION_CORE_H

#include "account/expectation_history.h"
#include "register/config.h"

/* Workers, absence and presence of teams; after the requests, which say who helps. */
enum err expectation_staff_read(struct ctx *c, const struct config *k, int64_t known,
                                struct expectation_history *x) MUST_CHECK;
/* What somebody wrote down of changes; after the teams. */
enum err expectation_changes_read(struct ctx *c, int64_t known, struct expectation_history *x) MUST_CHECK;
/* The list of a team; the last one for those without, and for a team that is not there any more. */
int16_t expectation_list_of(const struct expectation_history *x, int64_t team);

#endif
