// SPDX-License-Identifier: EUPL-1.2
/* What the parts of account/result.h share; not for other modules. */
#ifndef PEIL_ACCOUNT_RESULT_CORE_H
#define PEIL_ACCOUNT_RESULT_CORE_H

#include "account/result.h"

#define PERIODS_MAX 1200 /* a hundred years of months */

/* ---- result_period.c: years, quarters and months of Dutch time, or of UTC when the question says so ---- */

struct period {
    int64_t from, to;
    char label[16]; /* 2024, 2024-Q1, 2024-01 */
};
bool dimension_is_period(enum dimension d);
/* The periods from the first request (or q->from) until the reference time (or q->to). */
enum err periods_make(struct ctx *c, const struct extract *x, const struct result_query *q, enum dimension d,
                      struct period **ret_period, size_t *ret_n) MUST_CHECK;
/* The first moments of the months that hold first .. last, and of the one after: month[0 .. n], n <=
 * PERIODS_MAX. Returns n. */
size_t periods_months(const struct result_query *q, int64_t first, int64_t last, int64_t *month);

/* ---- result_group.c: columns that a result can be broken down by or limited to ---- */

const int32_t *group_column(const struct extract *x, enum dimension d);
size_t group_codes(const struct register_extract *x, enum dimension d);
const char *group_label(const struct register_extract *x, enum dimension d, size_t code); /* NULL: unknown */
/* The rows that q->only lets through, of row[0..n-1], in place; E_REQUEST for a value that nobody has. */
enum err group_only(struct ctx *c, const struct register_extract *x, const struct result_query *q,
                    uint32_t *row, size_t *ret_n) MUST_CHECK;

#endif
