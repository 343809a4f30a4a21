// SPDX-License-Identifier: EUPL-1.2
/* What the files of record_check share: one function goes through all records of a kind, a hundred at a time.
 */
#ifndef PEIL_REGISTER_RECORD_CORE_H
#define PEIL_REGISTER_RECORD_CORE_H

#include "register/history.h"
#include "register/record_check.h"
#include "store/sql.h"

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

/* Defines `function`: every row that statement_ gives goes to same_(c, row, steps, &same). history_ is the
 * object in the history, kind_ the table that is named. */
#define RECORD_CHECK(function_, statement_, kind_, history_, same_)                                          \
    static enum err function_(struct ctx *c, struct records *r)                                              \
    {                                                                                                        \
        struct sql_##statement_##_row *row;                                                                  \
        int64_t last = 0;                                                                                    \
        size_t n = 1;                                                                                        \
                                                                                                             \
        while (n > 0) {                                                                                      \
            struct arena_mark mark = arena_mark(c->arena);                                                   \
            TRY(sql_##statement_(c, last, &row, &n));                                                        \
            for (size_t i = 0; i < n; i++) {                                                                 \
                struct played p;                                                                             \
                bool same = true;                                                                            \
                TRY(record_steps(c, history_, row[i].id, &p));                                               \
                TRY(same_(c, &row[i], &p, &same));                                                           \
                record_put(r, kind_, row[i].id, same);                                                       \
            }                                                                                                \
            last = n > 0 ? row[n - 1].id : last;                                                             \
            arena_release(c->arena, mark);                                                                   \
        }                                                                                                    \
        return OK;                                                                                           \
    }                                                                                                        \
    struct records /* with the ; after it */

/* By subject, each in its own file. */
enum err record_check_voices(struct ctx *c, struct records *r) MUST_CHECK; /* complaint, signal, incident */
enum err record_check_people(struct ctx *c, struct records *r) MUST_CHECK; /* around a resident */
enum err record_check_places(struct ctx *c, struct records *r) MUST_CHECK; /* partners, places, groups */

#endif
