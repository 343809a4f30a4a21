// SPDX-License-Identifier: EUPL-1.2
/* The appointments of the worker who is logged in, for the own calendar: when, and nothing else. */
#ifndef PEIL_REGISTER_OWN_APPOINTMENT_H
#define PEIL_REGISTER_OWN_APPOINTMENT_H

#include "base/ctx.h"

#include <stddef.h>
#include <stdint.h>

struct own_appointment {
    const char *uid; /* the same for the same appointment; tells nothing of the request */
    int64_t at, recorded_at;
};
/* From so many days ago on, of open requests; none for who is no worker. Rights: RIGHT_CONTACT. */
enum err own_appointment_list(struct ctx *c, int days_back, struct own_appointment **ret_appointment,
                              size_t *ret_n) MUST_CHECK;

#endif
