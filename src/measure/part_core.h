// SPDX-License-Identifier: EUPL-1.2
/* One task of part_measure.h while it is done: rows are counted in cells (part_measure.c), or at the end of
 * each period (part_stock.c); cells become results (part_result.c). For part_*.c. */
#ifndef PEIL_MEASURE_PART_CORE_H
#define PEIL_MEASURE_PART_CORE_H

#include "measure/part_measure.h"

struct part_run {
    const struct part_task *t;
    const struct part *p;
    const struct fact_rows *rows;
    struct condition_bound of, yes;
    struct condition_view view;
    struct part_work *w;
    size_t cells;
};

/* INT64_MIN: unknown, or the set does not have it. */
static inline int64_t part_number_of(const struct part_run *r, int column, size_t row)
{
    const int64_t *c = column >= 0 ? r->rows->column[column] : NULL;

    return c != NULL ? c[row] : INT64_MIN;
}

/* A duplicate, or not asked about. */
static inline bool part_left_out(const struct part_run *r, size_t row)
{
    return (r->rows->marks != NULL && (r->rows->marks[row] & FACT_BIT(DUPLICATE)) != 0) ||
           (r->t->group != NULL && r->t->group[row] < 0);
}

static inline size_t part_group_of(const struct part_run *r, size_t row)
{
    return r->t->group != NULL ? (size_t)r->t->group[row] : 0;
}

/* What a cell comes to. */
void part_result(struct part_run *r, struct part_cell *k, struct figure_result *f, size_t cell);
/* Rows that are there at the last moment of each period, group by group. */
void part_stock(struct part_run *r, struct figure_result *result);

#endif
