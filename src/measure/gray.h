// SPDX-License-Identifier: EUPL-1.2
/* Whether groups differ in how often something happens while other ways to end compete with it: the
 * counterpart of the log-rank test for the cumulative incidence. Gray 1988, Ann. Statist. 16:1141-1154 (rho =
 * 0, one stratum); the answers equal those of R's cmprsk::cuminc.
 *
 * With h = at risk / S of a group just before t, R = h (1 - F) and sums over the groups: the score of a group
 * is the sum over the times of (ends by the cause - all ends by the cause R / sum R), and its variance that
 * of Gray's section 3, with a correction for ties. Late entries are not part of his theory: then the answer
 * is NaN. */
#ifndef PEIL_MEASURE_GRAY_H
#define PEIL_MEASURE_GRAY_H

#include "measure/incidence.h"

#define GRAY_GROUPS_MAX 16
/* Of k sorted samples of the same cause, 2 <= k <= GRAY_GROUPS_MAX; else NaN. Nothing is allocated. */
struct logrank gray_compare(const struct incidence_sample *sample, size_t k);

#endif
