// SPDX-License-Identifier: EUPL-1.2
/* Standing histograms (measure/month_standing.h) of an extract that follows the register: by month of
 * receipt, team and urgency, over the last four years. A request that changes goes out as it was and comes in
 * as it is; only the first time, at a new month and with a new team is everything filled in. One user at a
 * time. */
#ifndef PEIL_REGISTER_MONTH_LIVE_H
#define PEIL_REGISTER_MONTH_LIVE_H

#include "measure/figure.h"
#include "measure/month_set.h"
#include "register/extract_live.h"

enum { MONTH_LIVE_MONTHS = 48 };

struct month_live;
struct month_live *month_live_make(void); /* NULL: no memory */
void month_live_free(struct month_live *m);
/* After each update of the extract, with what that told. */
enum err month_live_update(struct ctx *c, struct month_live *m, const struct extract_live *l,
                           const struct extract_news *news) MUST_CHECK;

/* W1 of those received in the month that begins on `month`: the values that figure_get_wait gives for whole
 * days, emergencies left out. team: its code in the extract, -1 unknown, MONTH_LIVE_ALL everyone. False when
 * days do not tell it: a month outside the four years, waits of more than five years, or a source that stops
 * somewhere (the column `lost`). */
#define MONTH_LIVE_ALL (-2)
bool month_live_wait(struct month_live *m, int32_t month, int32_t team, const struct figure_query *q,
                     struct figure_result *ret_result);

/* Reads the whole register again, of the moment of the last update, and counts all months from its rows: how
 * many rows and numbers differ from what stands here (0: the same bytes). Between the two nothing may be
 * written: within one db_read_begin. */
struct month_recount {
    size_t rows, numbers; /* that were compared */
    size_t rows_differ, numbers_differ;
};
enum err month_live_recount(struct ctx *c, struct month_live *m, const struct extract_live *l,
                            struct month_recount *ret_recount) MUST_CHECK;

#endif
