// SPDX-License-Identifier: EUPL-1.2
/* What is due in the help of residents: looking back on an agreed day, asking whether someone arrived where
 * we sent them (14 days), and calling after closing (3 months). Computed, so that nobody drops off. */
#ifndef PEIL_REGISTER_DUE_H
#define PEIL_REGISTER_DUE_H

#include "register/care.h"

enum due_kind { DUE_EVALUATION, DUE_ARRIVAL, DUE_AFTERCARE, DUE_KINDS };
enum { DUE_MAX = 500 };
bool due_find(const char *code, enum due_kind *ret_kind);
const char *due_name(const struct ctx *c, enum due_kind kind);

struct due {
    int64_t request;
    char number[32];
    const char *name; /* "" when nobody is known */
    const char *team;
    int64_t worker;
    int32_t day; /* on which it is due */
};
struct due_filter {
    enum due_kind kind;
    int32_t until;        /* due up to this day */
    int64_t worker, team; /* INT_NONE: all within scope */
};
/* The oldest first, at most DUE_MAX. Rights: RIGHT_CASE (aftercare: RIGHT_CALL); the look is logged. */
enum err due_list(struct ctx *c, const struct due_filter *f, struct due **ret_due, size_t *ret_n) MUST_CHECK;
/* How many of each kind are due up to today. */
enum err due_counts(struct ctx *c, int64_t worker, int64_t team, int64_t ret_count[DUE_KINDS]) MUST_CHECK;

#endif
