// SPDX-License-Identifier: EUPL-1.2
/* The waiting list (wachtlijst): everyone who asked and has not had a first talk. Computed, so that nobody
 * falls off. */
#ifndef PEIL_REGISTER_WAITING_LIST_H
#define PEIL_REGISTER_WAITING_LIST_H

#include "register/clock.h"
#include "register/request.h"

enum waiting_sort {
    WAITING_BY_ORDER, /* whose turn it is: register/list_order.h */
    WAITING_BY_RECEIVED,
    WAITING_BY_NEWEST,
    WAITING_BY_HEARD,
    WAITING_SORTS
};
/* Which part of the list: all; to call (call_round.h: call_is_due); put on the call list by hand; over the
 * norm; parked. */
enum waiting_part {
    WAITING_ALL,
    WAITING_TO_CALL,
    WAITING_LISTED,
    WAITING_OVER_NORM,
    WAITING_PARKED, /* paused at the resident's own wish, until a day */
    WAITING_PARTS
};

struct waiting_filter {
    int64_t team, neighbourhood, urgency; /* INT_NONE: all */
    enum waiting_part part;
    enum waiting_sort sort;
    int64_t page; /* from 1 */
};
#define WAITING_PAGE 50 /* rows a page */

struct waiting {
    int64_t id;
    char number[32];
    const char *name; /* "" when nobody is known */
    const char *team, *neighbourhood;
    enum state state;
    int64_t version, urgency, attempts, received_at;
    int64_t worker;     /* INT_NONE: nobody yet */
    bool listed, wmo;   /* on the call list; a Wmo report */
    int rank;           /* class after ageing (list_order.h); `urgency` is the one that was decided */
    int32_t parked;     /* DAY_NONE, or the day until which the resident wanted to wait */
    bool again;         /* that day has come: available again */
    int32_t call_on;    /* agreed day of the next call; DAY_NONE */
    const char *bridge; /* last help for the time of waiting: a kind of bridging.h; NULL */
    enum bridge_state bridged;
    struct clocks clocks;
};
struct waiting_page {
    const struct waiting *row;
    size_t n;
    int64_t total, pages;
    int64_t part[WAITING_PARTS]; /* how many in each part under the same filters */
    int64_t again;               /* of the parked ones: how many are available again */
};
/* One page of the list. Rights: RIGHT_WAITING_LIST; only what the scope allows; the look is logged. */
enum err waiting_list_get(struct ctx *c, const struct waiting_filter *f,
                          struct waiting_page *ret_page) MUST_CHECK;
/* For a file: up to WAITING_MORE rows after the first `skip`, without counts. Rights: RIGHT_EXPORT besides.
 * The one who makes the file logs the look. */
#define WAITING_MORE 1000
enum err waiting_list_more(struct ctx *c, const struct waiting_filter *f, int64_t skip,
                           struct waiting_page *ret_page) MUST_CHECK;
/* The waiting requests of these persons, for a search. */
enum err waiting_list_of(struct ctx *c, const struct person_match *match, size_t n,
                         struct waiting_page *ret_page) MUST_CHECK;

/* Where a request stands in its list: that of its team, or of the city (a rule, config.h). Only those who
 * could be given a turn are counted: without a worker and not parked. */
struct waiting_place {
    int64_t place; /* from 1 */
    int64_t of;    /* how long that list is */
    bool city;
};
/* For one request that waits; needs what request_get gives. Rights: RIGHT_WAITING_LIST. */
enum err waiting_place_get(struct ctx *c, const struct request *r,
                           struct waiting_place *ret_place) MUST_CHECK;
/* The ids of one page of the list in the order of turns; `max` of them after the first `skip`. No rights are
 * checked: the scope holds. */
enum err waiting_order_get(struct ctx *c, const struct waiting_filter *f, size_t skip, size_t max,
                           int64_t **ret_request, size_t *ret_n) MUST_CHECK;

#endif
