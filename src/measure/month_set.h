// SPDX-License-Identifier: EUPL-1.2
/* The month set: thirteen figures for each month and cell (a neighbourhood and an urgency), and for each
 * calendar year of all cells together, counted from every row (month_row.h). Days, not moments.
 *
 *   MONTH_INFLOW     received in the month
 *   MONTH_STARTED    help started in the month
 *   MONTH_CLOSED     closed in the month
 *   MONTH_WITHDRAWN  left the list in the month without a start
 *   MONTH_OPEN       waiting at the end of the month: received, not started and not left
 *   MONTH_MEDIAN P80 P90   days that those who started in the month had waited: the smallest observed value
 * with 100 * cum >= p * n, in whole numbers (Hyndman & Fan 1996, Am. Stat. 50:361, type 1) MONTH_IN_NORM of
 * those who started in the month: within the norm of working days after receipt MONTH_DIRECT     of those
 * received in the month: helped directly MONTH_REOPENED   of those received in the month: came back after an
 * earlier request was closed MONTH_KM50 KM80  days after which half, 80 % of those received in the month have
 * started (Kaplan & Meier 1958, JASA 53:457): the smallest day with S <= 1 - p + 1e-9. Leaving and still
 * waiting are censorings; starts come before censorings on the same day
 *
 * MONTH_NO_DATA where nothing can be said: a quantile of nobody, a curve that does not come down that far.
 * Year rows: sums; the open list at the end of the year's last month; quantiles of all cells together.
 *
 * A count is exact, whichever kernel and however many threads make it: the same rows give the same bytes. */
#ifndef PEIL_MEASURE_MONTH_SET_H
#define PEIL_MEASURE_MONTH_SET_H

#include "measure/month_row.h"

#include <stdatomic.h>

enum month_number {
    MONTH_INFLOW,
    MONTH_STARTED,
    MONTH_CLOSED,
    MONTH_WITHDRAWN,
    MONTH_OPEN,
    MONTH_MEDIAN,
    MONTH_P80,
    MONTH_P90,
    MONTH_IN_NORM,
    MONTH_DIRECT,
    MONTH_REOPENED,
    MONTH_KM50,
    MONTH_KM80,
    MONTH_NUMBERS
};
#define MONTH_NO_DATA (-1)

/* How the machine does it: the plain way, or with the wide registers of a processor that has them. */
struct month_kernel;
extern const struct month_kernel month_kernel_plain;
/* Which registers of the processor do the work; what it does not have is done with the next. */
enum month_with { MONTH_FASTEST, MONTH_512, MONTH_256, MONTH_PLAIN };
const struct month_kernel *month_kernel_with(enum month_with with);
const struct month_kernel *month_kernel_best(void); /* the fastest that this processor can run */
const char *month_kernel_name(const struct month_kernel *k);

/* Rows of the result: months * cells, then the calendar years. */
size_t month_set_rows(const struct month_frame *f);

/* One count, by one or more threads. Each thread calls month_set_work with memory of its own; when all are
 * back, one calls month_set_end. */
struct month_set {
    const struct month_rows *rows;
    const struct month_kernel *kernel;
    int32_t (*number)[MONTH_NUMBERS]; /* month_set_rows() of them, the caller's: row m * cells + c, then the
                                         years */
    _Atomic(int32_t) next;            /* the next cell that nobody counts yet */
};
/* Bytes that one thread needs, aligned to 64 and zero before the first count; a count leaves them ready for
 * the next one. */
size_t month_work_size(const struct month_frame *f);
void month_set_begin(struct month_set *s, const struct month_rows *rows, const struct month_kernel *kernel,
                     int32_t (*number)[MONTH_NUMBERS]);
void month_set_work(struct month_set *s, void *work);
void month_set_end(struct month_set *s, void *const *work, size_t n_work);

#endif
