// SPDX-License-Identifier: EUPL-1.2
/* A list for which a period can be told: it is followed in order, about one a day comes, who began waited
 * five weeks; and somebody who asked today. */
#ifndef PEIL_TEST_HTTP_EXPECTATION_HELP_H
#define PEIL_TEST_HTTP_EXPECTATION_HELP_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stdint.h>

struct expecting {
    int64_t team;            /* the list */
    int64_t request, person; /* who asked today; 0 before expecting_person */
};

void expecting_list(struct ctx *c, struct expecting *ret);
void expecting_person(struct ctx *c, struct expecting *m);
/* Keeps what a back-test would have found: this share of 400 periods was right. */
void expecting_calibrate(struct ctx *c, int64_t list, bool told, double hit);
/* Makes the periods of today; the test is skipped when that cannot be. */
void expecting_make(struct ctx *c);

#endif
