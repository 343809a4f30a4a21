// SPDX-License-Identifier: EUPL-1.2
/* The penalty for deciding late (dwangsom bij niet tijdig beslissen, Awb 4:17): who applied and then gave
 * notice of default (ingebrekestelling) after the term had passed, gets an amount for every day from two
 * weeks after that notice, 42 days at most. Pure. Amounts are indexed, so they are a setting with a first
 * day. */
#ifndef PEIL_REGISTER_PENALTY_H
#define PEIL_REGISTER_PENALTY_H

#include "base/calendar.h"
#include "base/date.h"

#include <stdbool.h>

enum { PENALTY_RATES = 16, PENALTY_DAYS = 42, PENALTY_STEP = 14 };

/* Euros a day: for the first fourteen days, the next fourteen and the rest. */
struct penalty_rate {
    int32_t from; /* for penalties that begin on or after this day */
    int64_t first, second, third;
};
struct penalty_rates {
    struct penalty_rate rate[PENALTY_RATES]; /* oldest first */
    size_t n;
};
/* "2009-10-01 20 30 40, 2019-01-01 23 35 45": what the law said in 2017, and since 2019. */
#define PENALTY_DEFAULT "2009-10-01 20 30 40, 2019-01-01 23 35 45"
/* False when the text is not such a list, oldest first. */
bool penalty_rates_parse(const char *text, struct penalty_rates *ret_rates);

struct penalty {
    bool early;          /* the notice came before the term had passed: it starts nothing */
    int32_t first, last; /* days over which it is due, so far; DAY_NONE */
    int32_t final;       /* the last day that can count: the 42nd */
    int64_t days, euros;
    bool running; /* goes up tomorrow */
};
/* due: last day of the term; notice: day on which the notice came; stop: day on which the decision was sent
 * (DAY_NONE: not yet). The day of the decision itself is not late any more. */
struct penalty penalty_of(const struct calendar *k, const struct penalty_rates *rates, int32_t due,
                          int32_t notice, int32_t stop, int32_t today);
/* For a number of days (0..42) that begin on `first`. */
int64_t penalty_euros(const struct penalty_rates *rates, int32_t first, int64_t days);

#endif
