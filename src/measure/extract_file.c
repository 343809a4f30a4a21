// SPDX-License-Identifier: EUPL-1.2
/* Writing. */
#include "measure/extract_file.h"

#include "measure/extract_column.h"
#include "measure/extract_facts.h"
#include "measure/extract_part.h"

#include <string.h>

static const char kind[] = "peil extract";

static void put_info(struct part_writing *w, const struct extract_file *e, size_t rows)
{
    struct buf *b = part_block(w, "info");

    part_put(b, (uint64_t)e->at, 8);
    part_put(b, (uint64_t)e->events, 8);
    part_put(b, (uint64_t)e->activities, 8);
    part_put(b, e->x.n, 8);
    part_put(b, rows, 8);
}

static void put_names(struct part_writing *w, const struct extract_file *e)
{
    for (int i = 0; i < EXTRACT_NAMES; i++)
        part_names(w, extract_names_block[i], &e->names[i]);
}

/* Contacts of some rows: how many each, and their times. */
static void put_contacts(struct part_writing *w, const struct extract *x, const uint32_t *row, size_t n)
{
    static const struct column count = { "contacts", COLUMN_CODE, 0, -1 };
    static const struct column time = { "contact", COLUMN_TIME, 0, -1 };
    struct buf *counts = part_block(w, count.name), *times = part_block(w, time.name);
    struct buf number = { 0 }, moment = { 0 };

    for (size_t i = 0; i < n; i++) {
        size_t at = row != NULL ? row[i] : i, from = x->contact_from[at];
        int32_t many = (int32_t)(x->contact_from[at + 1] - from);
        buf_put(&number, &many, sizeof many);
        if (many > 0)
            buf_put(&moment, x->contact + from, (size_t)many * sizeof *x->contact);
    }
    column_put(number.data, &count, NULL, number.len / sizeof(int32_t), counts);
    column_put(moment.data, &time, NULL, moment.len / sizeof(int64_t), times);
    buf_free(&number);
    buf_free(&moment);
}

static void put_columns(struct part_writing *w, const struct extract *x, const uint32_t *row, size_t n)
{
    for (size_t i = 0; i + 1 < EXTRACT_COLUMNS; i++) {
        const void *values = column_of(x, &extract_column[i]);
        if (values != NULL)
            column_put(values, &extract_column[i], row, n, part_block(w, extract_column[i].name));
    }
    if (x->contact_from != NULL)
        put_contacts(w, x, row, n);
}

/* The rows of the month set go as they lie in memory, which is little-endian on every machine that we know.
 */
static void put_rows(struct part_writing *w, const struct month_rows *rows, int32_t norm)
{
    const struct month_frame *f = rows->frame;
    size_t groups = (size_t)f->months * (size_t)f->cells, n = rows->from[groups];
    struct buf *b = part_block(w, "month.frame");

    part_put(b, (uint32_t)f->first[0], 4);
    part_put(b, (uint32_t)f->last_day, 4);
    part_put(b, (uint32_t)f->cells, 4);
    part_put(b, (uint32_t)norm, 4);
    for (int32_t day = 0; day < f->first[f->months] - f->first[0]; day++)
        part_put(b, f->limit[day], 2);
    part_point(w, "month.from", rows->from, (groups + 1) * sizeof *rows->from);
    part_point(w, "month.outcome", rows->outcome, n * sizeof *rows->outcome);
    part_point(w, "month.rest", rows->rest, n * sizeof *rows->rest);
}

void extract_file_put(const struct extract_file *e, const struct month_rows *rows, int32_t norm,
                      struct buf *out)
{
    struct part_writing w = { .part = { .n = 0 } };

    put_info(&w, e, e->x.n);
    put_names(&w, e);
    put_columns(&w, &e->x, NULL, e->x.n);
    if (e->facts != NULL)
        extract_facts_put(&w, e->facts, NULL);
    if (rows != NULL)
        put_rows(&w, rows, norm);
    part_end(&w, kind, out);
}

static bool contacts_differ(const struct extract *a, const struct extract *b, size_t i)
{
    size_t n = a->contact_from[i + 1] - a->contact_from[i];

    return n != b->contact_from[i + 1] - b->contact_from[i] ||
           (n > 0 && memcmp(a->contact + a->contact_from[i], b->contact + b->contact_from[i],
                            n * sizeof *a->contact) != 0);
}

/* news: not only a pause that goes on. */
static bool row_differs(const struct extract *a, const struct extract *b, size_t i, bool *ret_news)
{
    bool differs = false;

    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
        const struct column *c = &extract_column[k];
        const void *x = column_of(a, c), *y = column_of(b, c);
        if (x == NULL || column_value(x, c, i) == column_value(y, c, i))
            continue;
        differs = true;
        *ret_news = *ret_news || c->offset != offsetof(struct extract, paused);
    }
    if (a->contact_from == NULL || !contacts_differ(a, b, i))
        return differs;
    *ret_news = true;
    return true;
}

static bool same_columns(const struct extract *a, const struct extract *b)
{
    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++)
        if ((column_of(a, &extract_column[k]) == NULL) != (column_of(b, &extract_column[k]) == NULL))
            return false;
    return (a->contact_from == NULL) == (b->contact_from == NULL);
}

/* What differs in the facts; false: they cannot be continued. Somebody who waits longer is no news. */
static bool facts_differ(const struct facts *old, const struct facts *new, struct arena *a,
                         struct facts_change *ret_change, size_t *ret_rows, bool *ret_news)
{
    *ret_rows = 0;
    if (old == NULL || new == NULL)
        return old == new;
    if (!facts_change(old, new, a, ret_change))
        return false;
    for (int i = 0; i < FACT_SETS; i++) {
        const struct fact_set_change *s = &ret_change->set[i];
        if (s->columns)
            return false;
        *ret_rows += s->rows;
        *ret_news = *ret_news || s->since || (s->n > 0 && i != FACT_SILENCE);
    }
    return true;
}

bool extract_file_put_changes(const struct extract_file *old, const struct extract_file *e, struct arena *a,
                              struct buf *out, struct extract_changes *ret_changes)
{
    struct part_writing w = { .part = { .n = 0 } };
    uint32_t *row = arena_array(a, e->x.n + 1, sizeof *row);
    struct facts_change facts;
    size_t n = 0, fact_rows;
    bool news = e->x.n > old->x.n;

    if (row == NULL || e->x.n < old->x.n || !same_columns(&old->x, &e->x) ||
        !facts_differ(old->facts, e->facts, a, &facts, &fact_rows, &news))
        return false;
    for (size_t i = 0; i < e->x.n; i++)
        if (i >= old->x.n || row_differs(&old->x, &e->x, i, &news))
            row[n++] = (uint32_t)i;
    *ret_changes = (struct extract_changes){ n, fact_rows, news };
    if (!news)
        return true;
    put_info(&w, e, n);
    struct buf *b = part_block(&w, "row");
    for (size_t i = 0; i < n; i++)
        part_put(b, row[i], 4);
    put_names(&w, e);
    put_columns(&w, &e->x, row, n);
    if (e->facts != NULL)
        extract_facts_put(&w, e->facts, &facts);
    part_end(&w, kind, out);
    return true;
}

/* The numbers of the names of `e` in the list of `old`, which grows. */
static bool merge_names(const struct names *old, struct arena *a, struct names *e, int32_t *ret_code)
{
    const char **name = arena_array(a, old->n + e->n + 1, sizeof *name);
    size_t n = old->n;

    if (name == NULL)
        return false;
    for (size_t i = 0; i < n; i++)
        name[i] = old->name[i];
    for (size_t i = 0; i < e->n; i++) {
        size_t at = 0;
        while (at < n && strcmp(name[at], e->name[i]) != 0)
            at++;
        if (at == n)
            name[n++] = e->name[i];
        ret_code[i] = (int32_t)at;
    }
    *e = (struct names){ name, n };
    return true;
}

bool extract_file_recode(const struct extract_file *old, struct arena *a, struct extract_file *e)
{
    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
        const struct column *c = &extract_column[k];
        const int32_t *values = column_of(&e->x, c);
        if (c->names < 0 || values == NULL)
            continue;
        struct names *names = &e->names[c->names];
        int32_t *code = arena_array(a, names->n + 1, sizeof *code),
                *fresh = arena_array(a, e->x.n + 1, sizeof *fresh);
        if (code == NULL || fresh == NULL || !merge_names(&old->names[c->names], a, names, code))
            return false;
        for (size_t i = 0; i < e->x.n; i++)
            fresh[i] = values[i] >= 0 ? code[values[i]] : -1;
        column_set(&e->x, c, fresh);
    }
    return true;
}

bool extract_file_settle(struct arena *a, struct extract_file *e)
{
    for (size_t k = 0; k + 1 < EXTRACT_COLUMNS; k++) {
        const struct column *c = &extract_column[k];
        const int32_t *values = column_of(&e->x, c);
        if (c->names < 0 || values == NULL)
            continue;
        const struct names *old = &e->names[c->names];
        const char **name = arena_array(a, old->n + 1, sizeof *name);
        int32_t *code = arena_array(a, old->n + 1, sizeof *code),
                *fresh = arena_array(a, e->x.n + 1, sizeof *fresh);
        size_t n = 0;
        if (name == NULL || code == NULL || fresh == NULL)
            return false;
        for (size_t i = 0; i < e->x.n; i++) {
            int32_t v = values[i];
            if (v >= 0 && code[v] == 0) { /* not seen before; code counts from 1 */
                name[n++] = old->name[v];
                code[v] = (int32_t)n;
            }
            fresh[i] = v >= 0 ? code[v] - 1 : -1;
        }
        e->names[c->names] = (struct names){ name, n };
        column_set(&e->x, c, fresh);
    }
    return true;
}
