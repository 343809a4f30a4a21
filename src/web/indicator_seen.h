// SPDX-License-Identifier: EUPL-1.2
/* Of the records behind a figure those that this user may see, in a few words and without names. */
#ifndef PEIL_WEB_INDICATOR_SEEN_H
#define PEIL_WEB_INDICATOR_SEEN_H

#include "account/indicator.h"
#include "register/right.h"

struct indicator_seen {
    int64_t id;                             /* as in struct indicator_record */
    const char *number, *what, *team, *url; /* url NULL: no page of its own */
    int32_t day;
};
/* Whether this user may look at any of it. */
bool indicator_seen_may(struct ctx *c, enum fact_set set);
/* Asks the list of this kind of record, which checks rights and scope and logs the look; in order of id. */
enum err indicator_seen_get(struct ctx *c, const struct register_facts *f, enum fact_set set,
                            const struct indicator_record *record, size_t n, struct indicator_seen **ret_seen,
                            size_t *ret_n) MUST_CHECK;
/* indicator_line.c: a row without a record, in the words of the row itself. False: this user may not see it:
 * a day of a team that does not know its absence, an answer of a resident for who may not see small numbers
 * of everybody. Answers of residents have a month and no day. */
bool indicator_line(struct ctx *c, const struct register_facts *f, enum fact_set set, size_t row,
                    struct indicator_seen *ret_line);
/* Whether this user may see any row of such a set. */
bool indicator_line_may(struct ctx *c, enum fact_set set);
const struct indicator_seen *indicator_seen_find(const struct indicator_seen *seen, size_t n, int64_t id);

#endif
