// SPDX-License-Identifier: EUPL-1.2
/* An indicator month by month, as a control chart (measure/control_chart.h): is a month, or a row of months,
 * more than chance makes? Shares stand on a p' chart (Laney), all else on an XmR chart; rules of NHS England,
 * Making Data Count. Fewer than SERIES_MIN known months: no limits and no signals, because they would mean
 * nothing. Months without data are not known; they are no zero. */
#ifndef PEIL_ACCOUNT_INDICATOR_SERIES_H
#define PEIL_ACCOUNT_INDICATOR_SERIES_H

#include "account/indicator.h"

enum { SERIES_MAX = 36, SERIES_MIN = 12 };

struct indicator_series {
    size_t n;
    const struct measured *month[SERIES_MAX];    /* one a month, in order */
    double value[SERIES_MAX];                    /* NAN: not known, or too few to show */
    double lower[SERIES_MAX], upper[SERIES_MAX]; /* usual variation; NAN: none */
    bool signal[SERIES_MAX];
    double centre; /* NAN: none */
    size_t known;
};
/* From results by month of one group and code, in order; rows of other codes are passed over. */
void indicator_series_fill(const struct measured *row, size_t n, struct indicator_series *ret_series);

/* A code in the language of the user: a route, a cause, a kind of help ... NULL is "unknown"; what no list
 * knows (the name of a team or place) as it is. */
const char *indicator_code_name(const struct ctx *c, const char *code);

/* Two results of the same part: the later less the earlier, with the interval of the difference (shares:
 * Newcombe 1998; rates and counts: as a ratio, Przyborowski & Wilenski 1940; medians and means of which both
 * have an interval: compare_values, Zou & Donner 2008). kind NONE: cannot be compared, because one of them
 * has no value. PLAIN: there is no interval. */
enum difference_kind {
    DIFFERENCE_NONE,
    DIFFERENCE_SHARE,
    DIFFERENCE_RATIO,
    DIFFERENCE_PLAIN,
    DIFFERENCE_VALUE
};
struct difference {
    enum difference_kind kind;
    double value, lower, upper; /* limits NAN: no interval; infinite: open on that side */
};
struct difference indicator_difference(const struct measured *before, const struct measured *after);

#endif
