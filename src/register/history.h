// SPDX-License-Identifier: EUPL-1.2
/* What happened to a record that is not a request: a call-back, a partner, a complaint. The record's own
 * table holds its facts and how it stands; every step is also a row here, with both times, who wrote it down,
 * and a sealed note. Only ever appended. */
#ifndef PEIL_REGISTER_HISTORY_H
#define PEIL_REGISTER_HISTORY_H

#include "base/date.h"
#include "base/text.h"
#include "store/db.h"

struct happening {
    const char *kind; /* code of the concept's own list */
    int64_t occurred_at, recorded_at;
    int64_t seq; /* from 1 */
    int64_t account, worker, team, number;
    int64_t until;
    const char *reason; /* a code; NULL */
    const char *note;   /* free text, opened; NULL */
    const char *who;    /* name of who recorded it; NULL: the command line */
};
/* A step of which nothing is said yet. */
#define HAPPENING_NONE                                                                                       \
    (struct happening)                                                                                       \
    {                                                                                                        \
        .occurred_at = TIME_NONE, .recorded_at = TIME_NONE, .account = INT_NONE, .worker = INT_NONE,         \
        .team = INT_NONE, .number = INT_NONE, .until = TIME_NONE                                             \
    }

struct history_of {
    const char *object; /* "callback": the name of the concept's table */
    int64_t id;
    int64_t person; /* whose key seals and opens notes; INT_NONE: no notes */
    int64_t seen;   /* the version that the user saw; another one is E_CONFLICT; -1: any */
};
/* Inside db_tx: adds a step, recorded now by this user; occurred_at TIME_NONE is now. ret_version (may be
 * NULL) is the number of steps. Errors: E_CONFLICT, E_INVALID with field "date" when it lies in the future.
 * Rights are checked by the caller. */
enum err history_add(struct ctx *c, const struct history_of *what, const struct happening *h,
                     int64_t *ret_version) MUST_CHECK;
/* All steps in the order of recording. */
enum err history_all(struct ctx *c, const struct history_of *what, const struct happening **ret_h,
                     size_t *ret_n) MUST_CHECK;

#endif
