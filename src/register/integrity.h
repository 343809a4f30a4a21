// SPDX-License-Identifier: EUPL-1.2
/* Is the register as it should be? Every standing is computed again from its events and compared, and every
 * other record from its history (record_check.h). */
#ifndef PEIL_REGISTER_INTEGRITY_H
#define PEIL_REGISTER_INTEGRITY_H

#include "base/ctx.h"
#include "register/record_check.h"

#include <stddef.h>

struct integrity {
    int64_t requests, events, persons;
    int64_t different;      /* standings that do not follow from their events */
    int64_t no_events;      /* requests without any event */
    int64_t unreadable;     /* identities that do not open, though their key exists */
    int64_t keyless;        /* identities whose key was destroyed: erased on purpose */
    int64_t no_regie;       /* open requests without exactly one who directs them (regie.h) */
    int64_t first_wrong;    /* id of the first request that is wrong; 0: none */
    struct records records; /* all other records */
};
/* Reads everything; memory stays flat. Runs the data base's own check too: E_CORRUPT when that fails. */
enum err integrity_check(struct ctx *c, struct integrity *ret_result) MUST_CHECK;

#endif
