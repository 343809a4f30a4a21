// SPDX-License-Identifier: EUPL-1.2
#include "account/baseline_memory.h"

#include "account/baseline_core.h"
#include "base/text.h"
#include "register/history.h"
#include "store/sql.h"

static const char object[] = "baseline", sealed[] = "sealed";

struct remembered {
    int64_t number;
    const char *hash; /* hexadecimal */
};

/* By number. No rights: it tells nothing of what a baseline holds. */
static enum err get(struct ctx *c, const struct remembered **ret_list, size_t *ret_n)
{
    struct sql_history_of_kind_row *row;
    struct remembered *list;
    size_t rows, n = 0;

    TRY(sql_history_of_kind(c, object, sealed, &row, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *list, (void *)&list));
    for (size_t i = 0; i < rows; i++)
        if (row[i].reason != NULL && (n == 0 || list[n - 1].number != row[i].object_id))
            list[n++] = (struct remembered){ row[i].object_id, row[i].reason };
    *ret_list = list;
    *ret_n = n;
    return OK;
}

enum err baseline_memory_hash(struct ctx *c, int64_t number, const char **ret_hash)
{
    const struct remembered *list;
    const char *hash = NULL;
    size_t n;

    TRY(get(c, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (list[i].number == number)
            hash = list[i].hash;
    *ret_hash = hash;
    return OK;
}

enum err baseline_memory_missing(struct ctx *c, int64_t **ret_number, size_t *ret_n)
{
    const struct remembered *list;
    int64_t *number, *missing;
    size_t n, files, found = 0;

    TRY(get(c, &list, &n));
    TRY(baseline_numbers(c, &number, &files));
    TRY(ctx_alloc(c, n + 1, sizeof *missing, (void *)&missing));
    for (size_t i = 0; i < n; i++) {
        bool there = false;
        for (size_t k = 0; k < files && !there; k++)
            there = number[k] == list[i].number;
        if (!there)
            missing[found++] = list[i].number;
    }
    *ret_number = missing;
    *ret_n = found;
    return OK;
}

/* Once for each number, also when two seal at the same time. */
static enum err remember(struct ctx *c, void *arg)
{
    const struct baseline *b = arg;
    const struct history_of what = { object, b->number, INT_NONE, -1 };
    struct happening one = HAPPENING_NONE;
    const char *hash;

    TRY(baseline_memory_hash(c, b->number, &hash));
    if (hash != NULL)
        return OK;
    one.kind = sealed;
    one.number = b->number;
    one.reason = b->hash;
    return history_add(c, &what, &one, NULL);
}

enum err baseline_memory_put(struct ctx *c)
{
    const struct remembered *list;
    int64_t *number;
    size_t n, files;

    TRY(get(c, &list, &n));
    TRY(baseline_numbers(c, &number, &files));
    for (size_t i = 0; i < files; i++) {
        struct baseline b;
        bool known = false;
        for (size_t k = 0; k < n && !known; k++)
            known = list[k].number == number[i];
        if (known)
            continue;
        if (baseline_open(c, number[i], &b) != OK) {
            err_clear(c); /* the list says what is wrong with it */
            continue;
        }
        baseline_close(&b);
        TRY(db_tx(c, remember, &b));
    }
    return OK;
}
