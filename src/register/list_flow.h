// SPDX-License-Identifier: EUPL-1.2
/* In and out of the waiting list (in- en uitstroom): for every day who joined, who left and why, and how many
 * wait at its end. One definition: a request joins when the resident asked, and leaves at the first talk or
 * at an end without one (state_list.c); so that on every day joined - left is the change of the size. */
#ifndef PEIL_REGISTER_LIST_FLOW_H
#define PEIL_REGISTER_LIST_FLOW_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

/* Why they left; the last one is any other reason. */
enum flow_reason {
    FLOW_STARTED,
    FLOW_SOLVED,
    FLOW_ELSEWHERE,
    FLOW_WITHDRAWN,
    FLOW_UNREACHABLE,
    FLOW_MOVED, /* or died */
    FLOW_DUPLICATE,
    FLOW_OTHER,
    FLOW_REASONS
};

struct flow_filter {
    int64_t team;     /* INT_NONE: all that the user sees */
    int32_t from, to; /* first and last day; at most FLOW_DAYS */
    bool weeks;       /* a row a week, from Monday; else a row a day */
};
enum { FLOW_DAYS = 3 * 366 };
struct flow_row {
    int32_t day; /* first day of the row */
    int64_t joined, left[FLOW_REASONS], left_all;
    int64_t size; /* who wait at the end of the row */
};
struct list_flow {
    const struct flow_row *row;
    size_t n;
    int64_t before; /* who waited when the first day began */
};
/* Rights: RIGHT_WAITING_LIST; within scope, by the team of today. Errors: E_INVALID with field "from" or
 * "to".
 */
enum err list_flow_get(struct ctx *c, const struct flow_filter *f, struct list_flow *ret_flow) MUST_CHECK;

#endif
