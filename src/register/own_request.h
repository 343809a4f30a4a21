// SPDX-License-Identifier: EUPL-1.2
/* The open requests of the worker who is looking (mijn inwoners): the first few, for the page of today. */
#ifndef PEIL_REGISTER_OWN_REQUEST_H
#define PEIL_REGISTER_OWN_REQUEST_H

#include "register/state.h"
#include "store/db.h"

struct own_request {
    int64_t id;
    char number[32];
    const char *name; /* "" when nobody is known */
    enum state state;
    int64_t urgency;
    int32_t received; /* day on which the resident asked */
};
/* At most `max` of them, who asked first in front, and how many there are. None without a worker. Rights:
 * RIGHT_REQUEST; the look is logged. */
enum err own_request_list(struct ctx *c, int64_t max, struct own_request **ret_row, size_t *ret_n,
                          int64_t *ret_total) MUST_CHECK;

#endif
