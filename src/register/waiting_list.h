// SPDX-License-Identifier: EUPL-1.2
/* The waiting list (wachtlijst): everyone who asked and has not had a first talk. Computed, so that nobody
 * falls off. */
#ifndef PEIL_REGISTER_WAITING_LIST_H
#define PEIL_REGISTER_WAITING_LIST_H

#include "register/clock.h"
#include "register/request.h"

enum waiting_sort {
    WAITING_BY_ORDER,
    WAITING_BY_RECEIVED,
    WAITING_BY_NEWEST,
    WAITING_BY_HEARD,
    WAITING_SORTS
};
/* Which part of the list: all; to call (silent too long or nearly, within two days); on the call list; over
 * the norm. */
enum waiting_part { WAITING_ALL, WAITING_TO_CALL, WAITING_LISTED, WAITING_OVER_NORM, WAITING_PARTS };

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
    int64_t urgency, attempts, received_at;
    bool listed;
    struct clocks clocks;
};
struct waiting_page {
    const struct waiting *row;
    size_t n;
    int64_t total, pages;
    int64_t part[WAITING_PARTS]; /* how many in each part under the same filters */
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

#endif
