// SPDX-License-Identifier: EUPL-1.2
/* Standing histograms: the month set kept up to date change by change, so that its figures do not depend on
 * how many requests there are. This is the answer computed beforehand; month_set.h counts the same from the
 * rows, and a recount at night must give the same bytes. One writer; readers wait for it. */
#ifndef PEIL_MEASURE_MONTH_STANDING_H
#define PEIL_MEASURE_MONTH_STANDING_H

#include "measure/month_set.h"

struct month_standing;

/* Bytes for a frame, aligned to 64: about 9 kB a month and cell over four years. */
size_t month_standing_size(const struct month_frame *f);
/* Makes it empty. Frame and kernel must stay as long as it. Only the last day of the frame may move, within
 * its last month: who still waits then waits longer, and nothing else changes. */
struct month_standing *month_standing_init(void *memory, const struct month_frame *f,
                                           const struct month_kernel *k);

/* A row comes in (by = 1) or goes out (by = -1). A request that changes goes out as it was and comes in as it
 * is. The row must be valid (month_row_valid). */
void month_standing_change(struct month_standing *s, uint32_t group, const uint16_t code[2], int by);

/* Adds how long those received in a month and cell have waited, in days: until they started, and (censored)
 * until they left or up to the last day. Both arrays hold MONTH_WAIT_MAX + 1 counts. Returns how many were
 * received. */
uint32_t month_standing_days(const struct month_standing *s, int32_t month, size_t cell, uint32_t *events,
                             uint32_t *censored);
/* The figures of one month: rows month * cells and on of `number`. The open list starts from the one of the
 * month before in `number`. */
void month_standing_month(struct month_standing *s, int32_t month, int32_t (*number)[MONTH_NUMBERS]);
/* Everything: month_set_rows() rows. */
void month_standing_all(struct month_standing *s, int32_t (*number)[MONTH_NUMBERS]);

#endif
