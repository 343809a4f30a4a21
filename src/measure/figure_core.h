// SPDX-License-Identifier: EUPL-1.2
/* What the figures share; not for other modules. */
#ifndef PEIL_MEASURE_FIGURE_CORE_H
#define PEIL_MEASURE_FIGURE_CORE_H

#include "measure/figure.h"
#include "measure/interval.h"

#include <math.h>

#define DAY_SECONDS ((double)SECONDS_A_DAY)

static inline size_t figure_rows(const struct extract *x, const struct figure_query *q)
{
    return q->row != NULL ? q->n : x->n;
}

static inline size_t figure_row(const struct figure_query *q, size_t i)
{
    return q->row != NULL ? q->row[i] : i;
}

/* Whether a moment lies in the period and is known at the reference time. */
static inline bool figure_in_period(const struct figure_query *q, int64_t time)
{
    if (time == TIME_NONE || time > q->at)
        return false;
    return (q->from == 0 && q->to == 0) || (q->from <= time && time < q->to);
}

static inline bool figure_kept(const struct extract *x, const struct figure_query *q, size_t row)
{
    return x->flags == NULL || (x->flags[row] & q->skip) == 0;
}

static inline struct clocks_way figure_clock(const struct figure_query *q)
{
    return (struct clocks_way){ .at = q->at, .net = q->net && q->since == 0, .in_days = q->in_days };
}

/* Whether a request is in the cohort: received in the period, and not kept out. */
static inline bool figure_in_cohort(const struct extract *x, const struct figure_query *q, size_t row)
{
    return figure_in_period(q, x->received[row]) && figure_kept(x, q, row);
}

static inline double figure_level(const struct figure_query *q)
{
    return q->way.level > 0 ? q->way.level : 0.95;
}

/* Empties the result and names it. */
void figure_start(struct figure_result *r, enum figure_id id);
void figure_put(struct figure_result *r, struct figure_value v);
/* A value without limits. */
void figure_put_plain(struct figure_result *r, enum figure_kind kind, double at, double value);
/* A simple share. */
void figure_put_share(struct figure_result *r, double at, const struct interval *share);
/* The quantiles asked for, else `n` usual ones. */
const double *figure_quantiles(const struct figure_query *q, const double *usual, size_t n, size_t *ret_n);

/* How long somebody had been waiting at the baseline; from the start when they came later or there is none.
 */
int64_t figure_late_entry(const struct extract *x, const struct figure_query *q, size_t row);
/* Draws the curve of a sorted sample that was taken from so many rows, and writes all that it says of a
 * figure: n, events, censored, late, outside, quantiles, shares, the longest time. */
struct survival_curve figure_put_curve(struct figure_result *ret, const struct survival_sample *s,
                                       size_t rows, const struct figure_query *q, struct figure_work *w);

#endif
