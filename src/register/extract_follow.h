// SPDX-License-Identifier: EUPL-1.2
/* The measuring extract follows joined requests (register/merge.h): the request that stands for another takes
 * over the earliest moment of asking, the earliest first talk when its help has started, and all contacts;
 * the other is marked as a duplicate, so that no figure counts it. */
#ifndef PEIL_REGISTER_EXTRACT_FOLLOW_H
#define PEIL_REGISTER_EXTRACT_FOLLOW_H

#include "base/ctx.h"

#include <stddef.h>
#include <stdint.h>

struct follow {
    size_t n;
    const int64_t *id;     /* ascending */
    const int64_t *merged; /* number of the request that stands for this one; INT_NONE */
    /* columns of the extract (measure/extract.h), changed in place */
    int64_t *received, *started, *first, *last, *reached;
    uint32_t *flags;
    int64_t *contact; /* replaced by a new array when anything was joined */
    size_t *contact_from;
};
/* The row that stands for row i in the end; i itself when that row is not there (asked after the moment). */
size_t extract_follow_top(const struct follow *f, size_t i);
enum err extract_follow(struct ctx *c, struct follow *f) MUST_CHECK;

#endif
