// SPDX-License-Identifier: EUPL-1.2
/* What a baseline holds of one indicator, as results: to stand beside what is measured now. */
#ifndef PEIL_ACCOUNT_BASELINE_MEASURED_H
#define PEIL_ACCOUNT_BASELINE_MEASURED_H

#include "account/baseline.h"
#include "account/indicator.h"

/* Every part of the indicator `id` (NULL: all indicators) of everybody together, or of one team; without the
 * codes of a mix. Numbers are those that were sealed, so are n and interval. Only versions that `all` still
 * knows and parts that the user may read. Few and no data come back as such, without a number. */
enum err baseline_measured(struct ctx *c, const struct baseline *b, const struct indicators *all,
                           const char *id, const char *team, struct measured_list *ret_list) MUST_CHECK;

#endif
