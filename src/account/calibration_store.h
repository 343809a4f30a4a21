// SPDX-License-Identifier: EUPL-1.2
/* How often expected periods were right (ijking), kept by list and week: what forecast/backtest.h found. The
 * newest one decides whether periods may be told; all of them stay. */
#ifndef PEIL_ACCOUNT_CALIBRATION_STORE_H
#define PEIL_ACCOUNT_CALIBRATION_STORE_H

#include "forecast/backtest.h"
#include "store/db.h"

/* A list: that of a team (its id), of the whole city, or of requests without a team. */
#define LIST_CITY INT64_C(0)
#define LIST_NO_TEAM INT64_C(-1)

extern const char *const forecast_way_code[FORECAST_WAYS];
extern const char *const calibration_reason_code[3];

/* Scores of one stream, or of all (stream -1). */
struct calibration_scores {
    int16_t stream;
    struct score_mean every, first, last, rival[RIVALS];
};
struct calibration_kept {
    bool there; /* false: none was made yet */
    int64_t list, seq, requests, made_at;
    int32_t origin;
    struct calibration calibration;
    size_t origins, withdrawals;
    int32_t withdrawn_on; /* DAY_NONE: never */
    const struct calibration_scores *scores;
    size_t n;
};
/* The same from a back-test, without writing it down. */
enum err calibration_of(struct ctx *c, int64_t list, int32_t origin, int64_t requests,
                        const struct backtest *b, struct calibration_kept *ret_kept) MUST_CHECK;
/* requests: how many were known, to see later that the register has become another one. */
enum err calibration_put(struct ctx *c, int64_t list, int32_t origin, int64_t requests,
                         const struct backtest *b) MUST_CHECK;
/* The newest of the days up to and with `day`. */
enum err calibration_get(struct ctx *c, int64_t list, int32_t day,
                         struct calibration_kept *ret_kept) MUST_CHECK;

#endif
