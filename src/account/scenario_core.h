// SPDX-License-Identifier: EUPL-1.2
/* What the files of scenario share. */
#ifndef PEIL_ACCOUNT_SCENARIO_CORE_H
#define PEIL_ACCOUNT_SCENARIO_CORE_H

#include "account/scenario.h"

/* Fills `waited` and `since` of a kept plan. */
enum err scenario_waited_fill(struct ctx *c, struct scenario_kept *k) MUST_CHECK;

#endif
