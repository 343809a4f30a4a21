// SPDX-License-Identifier: EUPL-1.2
/* Calls every generated function with a data base that prints what it is asked. */
#include "store/sql.h"

#include <inttypes.h>
#include <stdio.h>

static void show(const char *how, const struct sql_statement *s, const union sql_value *v)
{
    printf("%s %s%s%s\n", how, s->name, s->keys ? ", keys" : "", s->id == SQL_ID_plain ? ", the first" : "");
    if (s->scan != NULL)
        printf("  scan: %s\n", s->scan);
    printf("  %s\n", s->text[DB_SQLITE]);
    printf("  %s\n", s->text[DB_POSTGRES]);
    for (int i = 0; i < s->params; i++)
        switch (s->param[i]) {
        case SQL_TEXT:
            printf("  %d text %s\n", i + 1, v[i].t != NULL ? v[i].t : "none");
            break;
        case SQL_REAL:
            printf("  %d real %.2f\n", i + 1, v[i].r);
            break;
        default:
            printf("  %d %s %" PRId64 "\n", i + 1, s->param[i] == SQL_DATE ? "date" : "int", v[i].i);
        }
    for (int i = 0; i < s->columns; i++)
        printf("  column %d: type %d at %zu of %zu\n", i + 1, (int)s->column[i].type, s->column[i].offset,
               s->row_size);
}

enum err db_run(struct ctx *c, const struct sql_statement *s, const union sql_value *value)
{
    (void)c;
    show("run", s, value);
    return OK;
}

enum err db_rows(struct ctx *c, const struct sql_statement *s, const union sql_value *value, void **ret_rows,
                 size_t *ret_n)
{
    static struct sql_standing_list_row row = { .request = 7, .team = 3 };

    (void)c;
    show("rows", s, value);
    *ret_rows = &row;
    *ret_n = 1;
    return OK;
}

enum err db_one(struct ctx *c, const struct sql_statement *s, const union sql_value *value, void *ret_row)
{
    (void)c;
    (void)ret_row;
    show("one", s, value);
    return OK;
}

enum err db_each(struct ctx *c, const struct sql_statement *s, const union sql_value *value,
                 enum err (*row)(struct ctx *c, void *arg, const void *r), void *arg)
{
    const struct sql_standing_each_row one = { .request = 9 };

    show("each", s, value);
    return row(c, arg, &one);
}

static enum err take(struct ctx *c, void *arg, const struct sql_standing_each_row *r)
{
    (void)c;
    *(int64_t *)arg = r->request;
    return OK;
}

static enum err calls(struct ctx *c)
{
    struct sql_standing_list_row *row;
    struct sql_team_get_row team;
    struct sql_standing_count_row count;
    struct sql_key_get_row key;
    int64_t seen = 0;
    size_t n;

    TRY(sql_plain(c));
    TRY(sql_swapped(c, 1, NULL));
    TRY(sql_team_get(c, 2, &team));
    TRY(sql_standing_list(c, 3, INT_NONE, &row, &n));
    TRY(sql_standing_by_urgency(c, 4, 5, &row, &n));
    TRY(sql_standing_other(c, 6, &row, &n));
    printf("%zu row: %" PRId64 " of %" PRId64 "\n", n, row->request, row->team);
    TRY(sql_standing_count(c, 7, 8, &count));
    TRY(sql_standing_each_each(c, 9, take, &seen));
    printf("streamed %" PRId64 "\n", seen);
    TRY(sql_many(c, &(struct sql_many_args){ .a = 1, .b = "b", .c = 0.5, .d = DAY_NONE, .e = 10 }));
    return sql_key_get(c, 11, &key);
}

int main(void)
{
    struct scope scope = { .team = 70, .worker = 80, .office = 1, .account = 90, .grants = 1, .blocks = 1 };
    struct arena arena;
    struct ctx c;
    struct sql_standing_list_row *row;
    size_t n;

    arena_init(&arena, 1 << 20);
    ctx_init(&c, &arena, LANG_EN);
    if (sql_standing_list(&c, 1, 2, &row, &n) != E_FORBIDDEN) /* nobody is asking */
        return 1;
    c.scope = &scope;
    c.now = 100;
    enum err e = calls(&c);
    for (size_t i = 0; i < SQL_IDS; i++)
        if (sql_all[i]->id != (int)i)
            return 1;
    arena_free(&arena);
    return e == OK ? 0 : 1;
}
