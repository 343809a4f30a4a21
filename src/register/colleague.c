// SPDX-License-Identifier: EUPL-1.2
#include "register/colleague.h"

#include "base/text.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    const struct colleague *x = a, *y = b;
    int d = strcmp(x->name, y->name);

    return d != 0 ? d : x->account < y->account ? -1 : 1;
}

enum err colleague_list(struct ctx *c, enum right right, struct colleague **ret_colleague, size_t *ret_n)
{
    struct sql_account_all_row *row;
    struct colleague *at;
    size_t n, count = 0;
    enum role role;

    TRY(may(c, RIGHT_LOGGED_IN));
    TRY(sql_account_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *at, (void *)&at));
    for (size_t i = 0; i < n; i++) {
        bool near = c->scope->all > 0 || c->scope->team == INT_NONE || row[i].team == INT_NONE ||
                    row[i].team == c->scope->team;
        if (row[i].active && near && role_find(row[i].role, &role) && role_may(role, right))
            at[count++] = (struct colleague){ row[i].id, row[i].team, row[i].name };
    }
    qsort(at, count, sizeof *at, by_name);
    *ret_colleague = at;
    *ret_n = count;
    return OK;
}
