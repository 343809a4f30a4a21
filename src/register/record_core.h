// SPDX-License-Identifier: EUPL-1.2
/* What the files of record_check share: the records of a kind are gone through one by one. */
#ifndef PEIL_REGISTER_RECORD_CORE_H
#define PEIL_REGISTER_RECORD_CORE_H

#include "register/each_row.h"
#include "register/history.h"
#include "register/record_check.h"

/* The steps of one record. */
struct played {
    const struct happening *h;
    size_t n;
};
enum err record_steps(struct ctx *c, const char *object, int64_t id, struct played *ret_steps) MUST_CHECK;
/* Counts a record, and names it when it differs. */
void record_put(struct records *r, const char *kind, int64_t id, bool same);
/* The last step of this kind; NULL: none. */
const struct happening *record_last(const struct played *p, const char *kind);
/* The Dutch day of its moment; DAY_NONE without a step. */
int32_t record_day(const struct happening *h);

/* Defines `static enum err function_(struct ctx *c, struct records *r)`: every row that statement_ gives goes
 * to same_(c, row, steps, &same). history_ is the object in the history, kind_ the table that is named. */
#define RECORD_CHECK(function_, statement_, kind_, history_, same_)                                          \
    static enum err function_##_one(struct ctx *c, const struct sql_##statement_##_row *row,                 \
                                    struct records *r)                                                       \
    {                                                                                                        \
        struct played p;                                                                                     \
        bool same = true;                                                                                    \
                                                                                                             \
        TRY(record_steps(c, history_, row->id, &p));                                                         \
        TRY(same_(c, row, &p, &same));                                                                       \
        record_put(r, kind_, row->id, same);                                                                 \
        return OK;                                                                                           \
    }                                                                                                        \
    EACH_ROW(function_, statement_, id, function_##_one, struct records)

/* By subject, each in its own file. */
enum err record_check_voices(struct ctx *c, struct records *r) MUST_CHECK; /* complaint, signal, incident */
enum err record_check_people(struct ctx *c, struct records *r) MUST_CHECK; /* around a resident */
enum err record_check_places(struct ctx *c, struct records *r) MUST_CHECK; /* partners, places, groups */

#endif
