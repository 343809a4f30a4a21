// SPDX-License-Identifier: EUPL-1.2
#include "exchange/sheet.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINK_MAX = 400 };

enum err sheet_row(struct ctx *c, struct sheet *s, int64_t id)
{
    struct sheet_cell *cell;

    assert(s->n == 0 || s->filled == s->columns); /* the row before has all its cells */
    if (s->n == s->room) {
        size_t room = s->room == 0 ? 64 : 2 * s->room;
        struct sheet_line *more;
        TRY(ctx_alloc(c, room, sizeof *more, (void *)&more));
        if (s->n > 0)
            memcpy(more, s->row, s->n * sizeof *more);
        s->row = more;
        s->room = room;
    }
    TRY(ctx_alloc(c, s->columns, sizeof *cell, (void *)&cell));
    s->row[s->n++] = (struct sheet_line){ .id = id, .cell = cell };
    s->filled = 0;
    return OK;
}

static enum sheet_kind next_kind(const struct sheet *s)
{
    assert(s->n > 0 && s->filled < s->columns);
    return s->column[s->filled].kind;
}

static void put(struct sheet *s, struct sheet_cell cell)
{
    s->row[s->n - 1].cell[s->filled++] = cell;
}

void sheet_text(struct sheet *s, const char *text)
{
    assert(next_kind(s) == SHEET_TEXT);
    put(s, (struct sheet_cell){ .text = text, .v = INT_NONE });
}

void sheet_badge(struct sheet *s, const char *text, const char *look)
{
    assert(next_kind(s) == SHEET_BADGE);
    put(s, (struct sheet_cell){ .text = text, .look = look, .v = INT_NONE });
}

void sheet_count(struct sheet *s, int64_t v)
{
    enum sheet_kind kind = next_kind(s);

    assert(kind == SHEET_COUNT || kind == SHEET_DAYS || kind == SHEET_DECIMAL);
    put(s, (struct sheet_cell){ .v = v });
}

void sheet_day(struct sheet *s, int32_t day)
{
    assert(next_kind(s) == SHEET_DAY);
    put(s, (struct sheet_cell){ .v = day == DAY_NONE ? INT_NONE : day });
}

void sheet_moment(struct sheet *s, int64_t time)
{
    assert(next_kind(s) == SHEET_MOMENT);
    put(s, (struct sheet_cell){ .v = time == TIME_NONE ? INT_NONE : time });
}

void sheet_check(struct sheet *s, bool yes)
{
    assert(next_kind(s) == SHEET_CHECK);
    put(s, (struct sheet_cell){ .v = yes });
}

static struct sheet_cell *last_cell(struct sheet *s)
{
    assert(s->n > 0 && s->filled > 0);
    return &s->row[s->n - 1].cell[s->filled - 1];
}

void sheet_sub(struct sheet *s, const char *text)
{
    last_cell(s)->sub = text;
}

enum err sheet_link(struct ctx *c, struct sheet *s, const char *format, ...)
{
    char url[LINK_MAX];
    va_list ap;
    int n;

    va_start(ap, format);
    n = vsnprintf(url, sizeof url, format, ap);
    va_end(ap);
    assert(n > 0 && n < LINK_MAX && url[0] == '/');
    return ctx_copy(c, url, &last_cell(s)->url);
}

/* ── Order ────────────────────────────────────────────────────────────────────────────────────────────────
 */

struct sorting {
    size_t column;
    bool down;
};

static bool is_text(const struct sheet_cell *x)
{
    return x->v == INT_NONE && !text_empty(x->text);
}

static int compare_cells(const struct sheet_cell *a, const struct sheet_cell *b, bool down)
{
    bool none_a = a->v == INT_NONE && !is_text(a), none_b = b->v == INT_NONE && !is_text(b);
    char fold_a[256], fold_b[256];
    int order;

    if (none_a || none_b)
        return (int)none_a - (int)none_b;
    if (is_text(a) && is_text(b)) {
        text_fold(fold_a, sizeof fold_a, a->text);
        text_fold(fold_b, sizeof fold_b, b->text);
        order = strcmp(fold_a, fold_b);
    } else {
        order = (a->v > b->v) - (a->v < b->v);
    }
    return down ? -order : order;
}

static int compare_rows(const void *a, const void *b, void *arg)
{
    const struct sheet_line *x = a, *y = b;
    const struct sorting *how = arg;

    return compare_cells(&x->cell[how->column], &y->cell[how->column], how->down);
}

void sheet_sort(struct sheet *s, size_t column, bool down)
{
    struct sorting how = { column, down };

    assert(column < s->columns);
    if (s->n > 1) /* glibc's is a merge sort for what fits in memory: stable */
        qsort_r(s->row, s->n, sizeof *s->row, compare_rows, &how);
}

/* ── What stands above a file ─────────────────────────────────────────────────────────────────────────────
 */

void sheet_put_moment(struct buf *b, int64_t time)
{
    int second;

    if (time == TIME_NONE)
        return;
    second = time_nl_second(time);
    buf_date(b, time_nl_day(time));
    buf_printf(b, " %02d:%02d", second / 3600, second / 60 % 60);
}

enum err sheet_head_fill(struct ctx *c, const struct sheet *s, struct sheet_head *ret_head)
{
    struct sheet_head h = { .label = { _("List"), _("Filter"), _("Reference date"), _("Exported") },
                            .value = { s->title, s->filter != NULL ? s->filter : _("Everything") } };
    struct buf b = { 0 };
    char day[11];

    date_iso(s->day, day);
    TRY(ctx_copy(c, day, &h.value[2]));
    sheet_put_moment(&b, c->now);
    if (c->actor != NULL && !text_empty(c->actor->name)) {
        buf_lit(&b, ", ");
        buf_str(&b, c->actor->name);
    }
    enum err e = ctx_copy(c, buf_text(&b), &h.value[3]);
    buf_free(&b);
    TRY(e);
    *ret_head = h;
    return OK;
}
