// SPDX-License-Identifier: EUPL-1.2
/* What the files that make the expectation of a list share. */
#ifndef PEIL_ACCOUNT_EXPECTATION_MAKING_H
#define PEIL_ACCOUNT_EXPECTATION_MAKING_H

#include "account/expectation.h"
#include "account/expectation_history.h"
#include "base/date.h"

/* One list. */
struct making {
    const struct expectation_how *how;
    struct expectation_history all, x; /* the register; what the forecast of this list looks at */
    struct history_order order;        /* in which this list is followed */
    int32_t order_days;                /* what differs from the rule: as of order_followed */
    int64_t list;
    int team; /* place in x.team; -1: all */
    size_t requests;
    struct calibration_kept kept;
    struct backtest_job *back; /* the look back; NULL: not now */
    struct forecast f;
    struct expected_row *row; /* by request */
    size_t n;
    struct expected_row newcomer[HISTORY_STREAMS_MAX];
    size_t newcomers;
    const float *size_list; /* days x 5, as in struct forecast; NULL */
    int32_t size_days;
    struct expected_driver driver[EXPECTATION_DRIVERS];
    size_t drivers;
};

/* Whether a row of x stands on this list. */
static inline bool making_has(const struct making *m, size_t i)
{
    return m->team < 0 || m->x.h.team[i] == m->team;
}

static inline int32_t making_monday(int32_t day)
{
    return day - (date_weekday(day) - 1);
}

/* Whether the register has something of today of this list. */
enum err making_is_of_today(struct ctx *c, const struct making *m, bool *ret_today) MUST_CHECK;
/* Writes what changed; sets *ret_changed when anything did, and leaves it otherwise. */
enum err making_write(struct ctx *c, struct making *m, bool *ret_changed) MUST_CHECK;
/* Drops lists that are no more: the order of the list was changed from teams to the city, or back. */
enum err making_drop_old(struct ctx *c, struct making *m, bool *ret_changed) MUST_CHECK;

#endif
