// SPDX-License-Identifier: EUPL-1.2
/* The month set (measure/month_set.h) of extracts: which cell a request belongs to, in whole Dutch days. */
#ifndef PEIL_REGISTER_MONTH_CELL_H
#define PEIL_REGISTER_MONTH_CELL_H

#include "measure/extract_file.h"
#include "measure/month_set.h"
#include "register/config.h"

/* Cell = (neighbourhood + 1) * MONTH_CELL_URGENCIES + urgency (enum urgency): the first ones are requests
 * without a known neighbourhood. Left out: the same question asked twice, and what was received before the
 * twenty years that fit. The norm is that of `k` for an ordinary request. ret_any: there are rows. Memory:
 * the arena. */
enum { MONTH_CELL_URGENCIES = 5 };
enum err month_cell_rows(struct ctx *c, const struct extract_file *e, const struct config *k,
                         struct month_rows *ret_rows, bool *ret_any) MUST_CHECK;
/* Extracts of several organisations as one: neighbourhoods of the same name are one cell. The moment is the
 * earliest. */
enum err month_cell_join(struct ctx *c, const struct extract_file *e, size_t n,
                         struct extract_file *ret_all) MUST_CHECK;

#endif
