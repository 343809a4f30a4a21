// SPDX-License-Identifier: EUPL-1.2
/* Goes through all rows of a table of any length, by a statement that gives the next ones after a number. */
#ifndef PEIL_REGISTER_EACH_ROW_H
#define PEIL_REGISTER_EACH_ROW_H

#include "store/sql.h"

/* Defines `static enum err function_(struct ctx *c, arg_ *arg)`: each row of sql_<statement_> goes to
 * visit_(c, row, arg), by number, and the first failure of it ends the walk. number_ is the column that the
 * statement is asked with, above 0. What a visit takes from the arena is given back after it. */
#define EACH_ROW(function_, statement_, number_, visit_, arg_)                                               \
    static enum err function_(struct ctx *c, arg_ *arg)                                                      \
    {                                                                                                        \
        struct sql_##statement_##_row *row;                                                                  \
        int64_t last = 0;                                                                                    \
        size_t n = 1;                                                                                        \
                                                                                                             \
        while (n > 0) {                                                                                      \
            struct arena_mark batch = arena_mark(c->arena);                                                  \
            TRY(sql_##statement_(c, last, &row, &n));                                                        \
            for (size_t i = 0; i < n; i++) {                                                                 \
                struct arena_mark each = arena_mark(c->arena);                                               \
                TRY(visit_(c, &row[i], arg));                                                                \
                arena_release(c->arena, each);                                                               \
            }                                                                                                \
            last = n > 0 ? row[n - 1].number_ : last;                                                        \
            arena_release(c->arena, batch);                                                                  \
        }                                                                                                    \
        return OK;                                                                                           \
    }                                                                                                        \
    struct ctx /* with the ; after it */

#endif
