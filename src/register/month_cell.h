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
enum month_cell_by { MONTH_BY_NEIGHBOURHOOD, MONTH_BY_TEAM }; /* instead of the neighbourhood: the team */
/* A request in whole days and its cell. False: the same question asked twice, which is not counted. */
bool month_cell_row(const struct extract *x, size_t i, enum month_cell_by by, struct month_row *ret_row);
/* The rows of a frame that is there already; what was received outside it is left out. */
enum err month_cell_rows_in(struct ctx *c, const struct extract *x, const struct month_frame *f,
                            enum month_cell_by by, struct month_rows *ret_rows) MUST_CHECK;
enum err month_cell_rows(struct ctx *c, const struct extract_file *e, const struct config *k,
                         struct month_rows *ret_rows, bool *ret_any) MUST_CHECK;
/* Extracts of several organisations as one: neighbourhoods of the same name are one cell. The moment is the
 * earliest. */
enum err month_cell_join(struct ctx *c, const struct extract_file *e, size_t n,
                         struct extract_file *ret_all) MUST_CHECK;

#endif
