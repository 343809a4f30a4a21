// SPDX-License-Identifier: EUPL-1.2
/* Of a list of requests those that this user may see, without names: for who looks behind a figure. */
#ifndef PEIL_REGISTER_REQUEST_CHOICE_H
#define PEIL_REGISTER_REQUEST_CHOICE_H

#include "base/ctx.h"

#include <stddef.h>

struct request_choice {
    int64_t request, received_at, team, urgency;
    char number[32];
    const char *state; /* in words */
};
/* In order of asking. Rights: RIGHT_REQUEST, and within scope; the look is logged. */
enum err request_choice(struct ctx *c, const int64_t *request, size_t n, struct request_choice **ret_choice,
                        size_t *ret_n) MUST_CHECK;

#endif
