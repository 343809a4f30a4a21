// SPDX-License-Identifier: EUPL-1.2
#include "stat/csv.h"

#include "base/date.h"
#include "base/text.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

/* The text of a file, plain or compressed (gzread sees the difference). */
static char *load(struct ctx *c, const char *path)
{
    size_t size = 0, cap = 1 << 16;
    char *text = arena_alloc(c->arena, cap);
    gzFile f = gzopen(path, "rb");
    int got = -1;

    while (f != NULL && text != NULL && (got = gzread(f, text + size, (unsigned)(cap - size - 1))) > 0) {
        size += (size_t)got;
        if (cap - size < 2) {
            char *more = arena_alloc(c->arena, cap *= 2);

            if (more != NULL)
                memcpy(more, text, size);
            text = more;
        }
    }
    if (f != NULL)
        gzclose(f);
    if (text == NULL || got < 0)
        test_skip("cannot read %s", path);
    text[size] = '\0';
    return text;
}

/* Cuts one cell off in place; *ret_end is the character after it: ',' '\n' or NUL. */
static char *cut_cell(char **at, char *ret_end)
{
    char *from = *at, *to, *start = from;

    if (*from != '"') {
        from += strcspn(from, ",\n");
        to = from > start && from[-1] == '\r' ? from - 1 : from;
    } else {
        start = to = from;
        for (from++; *from != '\0' && (*from != '"' || from[1] == '"'); from++) {
            if (*from == '"')
                from++;
            *to++ = *from;
        }
        from += *from == '"';
        from += *from == '\r';
    }
    *ret_end = *from;
    *at = *from == '\0' ? from : from + 1;
    *to = '\0';
    return start;
}

struct csv csv_load(struct ctx *c, const char *file)
{
    char *text = load(c, test_data(file)), *at = text, end = ',';
    size_t lines = 0, cell = 0;
    struct csv t = { .columns = 1 };

    for (const char *p = text; *p != '\0'; p++)
        lines += *p == '\n';
    for (const char *p = text; *p != '\n' && *p != '\0'; p++)
        t.columns += *p == ',';
    t.name = arena_array(c->arena, (lines + 2) * t.columns, sizeof *t.name);
    if (t.name == NULL)
        test_skip("no memory for %s", file);
    while (*at != '\0') {
        t.name[cell++] = cut_cell(&at, &end);
        if (end != ',' && cell % t.columns != 0)
            test_check(false, file, (int)(cell / t.columns) + 1, "the number of cells of this line");
    }
    t.cell = t.name + t.columns;
    t.rows = cell / t.columns - 1;
    return t;
}

size_t csv_column(const struct csv *t, const char *name)
{
    for (size_t i = 0; i < t->columns; i++)
        if (text_is(t->name[i], name))
            return i;
    test_check(false, __FILE__, __LINE__, name);
    return 0;
}

const char *csv_cell(const struct csv *t, size_t row, size_t column)
{
    return t->cell[row * t->columns + column];
}

int64_t csv_time(const struct csv *t, size_t row, size_t column)
{
    const char *text = csv_cell(t, row, column);
    int64_t time;

    if (text[0] == '\0' || text_is(text, "NA"))
        return TIME_NONE;
    if (!time_scan(text, strlen(text), false, &time)) {
        test_check(false, __FILE__, __LINE__, text);
        return TIME_NONE;
    }
    return time;
}

double csv_real(const char *text)
{
    double v;

    return text_to_double(text, strlen(text), &v) ? v : NAN;
}

double csv_expected(const struct csv *t, const char *data_set, const char *group, const char *metric)
{
    size_t d = csv_column(t, "dataset"), g = csv_column(t, "group"), m = csv_column(t, "metric"),
           v = csv_column(t, "value");

    for (size_t i = 0; i < t->rows; i++)
        if (text_is(csv_cell(t, i, d), data_set) && text_is(csv_cell(t, i, g), group) &&
            text_is(csv_cell(t, i, m), metric))
            return csv_real(csv_cell(t, i, v));
    test_check(false, __FILE__, __LINE__, metric);
    return NAN;
}
