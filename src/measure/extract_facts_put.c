// SPDX-License-Identifier: EUPL-1.2
#include "measure/extract_facts.h"

#include "measure/extract_column.h"

#include <stdio.h>

const struct column fact_file_column[3] = { [POOL_COLUMN] = { "moment", COLUMN_TIME, 0, -1 },
                                            [POOL_CODE] = { "code", COLUMN_CODE, 0, -1 },
                                            [POOL_MARKS] = { "mark", COLUMN_MARKS, 0, -1 } };

/* Rows of a set that are written. */
struct coming {
    const struct fact_rows *rows;
    const uint32_t *row; /* NULL: all */
    size_t n;
};

static void put_column(struct buf *b, enum pool_column what, const char *name, const void *values,
                       const struct coming *k)
{
    char text[BLOCK_NAME] = "";
    struct buf column = { 0 };

    column_put(values, &fact_file_column[what], k->row, k->n, &column);
    snprintf(text, sizeof text, "%s", name);
    part_put(b, (uint64_t)what, 4);
    buf_put(b, text, sizeof text);
    part_put(b, column.len, 8);
    buf_put(b, buf_text(&column), column.len);
    b->failed |= column.failed;
    buf_free(&column);
}

static bool has_code(enum fact_set set, const struct fact_rows *f, enum fact_code which)
{
    return f->code[which] != NULL && !fact_code_is_of_extract(set, which);
}

static uint32_t columns_of(enum fact_set set, const struct fact_rows *f)
{
    uint32_t n = f->marks != NULL;

    for (size_t i = 0; i < FACT_COLUMNS; i++)
        n += f->column[i] != NULL;
    for (int i = 0; i < FACT_CODES; i++)
        n += has_code(set, f, (enum fact_code)i);
    return n;
}

static void put_columns(struct buf *b, enum fact_set set, const struct coming *k)
{
    const struct fact_rows *f = k->rows;

    for (int i = 0; i < FACT_COLUMNS; i++)
        if (f->column[i] != NULL)
            put_column(b, POOL_COLUMN, fact_column_name((enum fact_column)i), f->column[i], k);
    for (int i = 0; i < FACT_CODES; i++)
        if (has_code(set, f, (enum fact_code)i))
            put_column(b, POOL_CODE, fact_code_name((enum fact_code)i), f->code[i], k);
    if (f->marks != NULL)
        put_column(b, POOL_MARKS, "marks", f->marks, k);
}

static void put_set(struct part_writing *w, enum fact_set set, const struct fact_rows *f,
                    const struct fact_set_change *change)
{
    const struct fact_splice all = { 0, 0, 0, (uint32_t)f->n }, *splice = change ? change->splice : &all;
    size_t n = change != NULL ? change->n : 1;
    struct coming k = { .rows = f, .n = f->n };
    struct buf row = { 0 };
    char name[BLOCK_NAME];

    snprintf(name, sizeof name, "set.%s", fact_set_name(set));
    struct buf *b = part_block(w, name);
    part_put(b, (uint64_t)f->since, 8);
    part_put(b, f->n, 8);
    part_put(b, n, 4);
    part_put(b, columns_of(set, f), 4);
    for (size_t i = 0; i < n; i++) {
        part_put(b, splice[i].at, 4);
        part_put(b, splice[i].gone, 4);
        part_put(b, splice[i].come, 4);
        for (uint32_t at = 0; at < splice[i].come; at++) {
            uint32_t v = splice[i].from + at;
            buf_put(&row, &v, sizeof v);
        }
    }
    if (change != NULL) {
        k.row = (const void *)buf_text(&row);
        k.n = row.len / sizeof(uint32_t);
    }
    put_columns(b, set, &k);
    b->failed |= row.failed;
    buf_free(&row);
}

static void put_marks(struct part_writing *w)
{
    struct buf *b = part_block(w, "fact.marks");

    for (int i = 0; i < FACT_MARKS; i++) {
        buf_str(b, fact_mark_name((enum fact_mark)i));
        buf_char(b, '\0');
    }
}

void extract_facts_put(struct part_writing *w, const struct facts *f, const struct facts_change *change)
{
    char name[BLOCK_NAME];

    for (int i = 0; i < FACT_CODES; i++) {
        const struct names names = { f->name[i].name, f->name[i].n };
        snprintf(name, sizeof name, "fact.%s", fact_code_name((enum fact_code)i));
        part_names(w, name, &names);
    }
    put_marks(w);
    struct buf *b = part_block(w, "fact.people");
    for (size_t i = 0; i < f->name[FACT_NEIGHBOURHOOD].n; i++)
        part_put(b, (uint64_t)(f->inhabitants != NULL ? f->inhabitants[i] : -1), 8);
    for (int i = 0; i < FACT_SETS; i++) {
        const struct fact_set_change *s = change != NULL ? &change->set[i] : NULL;
        bool empty =
            f->set[i].since == TIME_NONE && f->set[i].n == 0 && columns_of((enum fact_set)i, &f->set[i]) == 0;
        if (s != NULL ? s->n > 0 || s->since : !empty)
            put_set(w, (enum fact_set)i, &f->set[i], s);
    }
}
