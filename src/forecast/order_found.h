// SPDX-License-Identifier: EUPL-1.2
/* In which order a list was really followed. */
#ifndef PEIL_FORECAST_ORDER_FOUND_H
#define PEIL_FORECAST_ORDER_FOUND_H

#include "forecast/estimate_core.h"

/* Of the latest starts with at least three others waiting: the mean share of these others who stood before
 * the one who started, by this order. 0: always whoever was first; a half: as if drawn from a hat. NaN when
 * there are too few such starts: then nobody waits for others. */
enum { ORDER_STARTS = 160, ORDER_LEAST = 20 };
double order_share(const struct view *v, const struct history_order *o);
/* Above this the order says too little of whose turn it is. Between a followed list with exceptions (0.1) and
 * a hat (0.5). */
#define ORDER_MOST 0.3
/* Up to this the order says whose turn it is. Where workers are known too, how long others waited after as
 * long a wait says nothing more: those had other people before them. */
#define ORDER_WELL 0.2

enum order_kind {
    ORDER_ASKED, /* who asked first */
    ORDER_CLASS, /* the stream that waited shortest goes first; within it who asked first */
    ORDER_AGED,  /* what was waited in proportion to what that stream waits: Kleinrock 1964, Naval Research
                    Logistics Quarterly 11:329-341 */
    ORDER_KINDS
};
extern const char *const order_code[ORDER_KINDS];
/* The order that fits best, for a source that does not say it. Memory from the arena; false: it is full. */
bool order_find(const struct view *v, size_t streams, struct history_order *ret_order,
                enum order_kind *ret_kind, double *ret_share);

/* The order that a list is followed in, when that is clearly another than the rule says: the classes of the
 * rule as they are on asking, and who has waited longer than so many weeks before all but the first of them
 * (never: strict classes). Teams keep habits of before a rule was written down, and a forecast by the rule is
 * then wrong for each class apart. *ret_days: after so many days; ORDER_NEVER; ORDER_RULE: the rule itself
 * fits best, or too few starts tell. The table is made in `keep`; false: an arena is full. */
enum { ORDER_NEVER = -1, ORDER_RULE = -2 };
bool order_followed(const struct view *v, const struct history_order *rule, struct arena *keep,
                    struct history_order *ret_order, int32_t *ret_days);

#endif
