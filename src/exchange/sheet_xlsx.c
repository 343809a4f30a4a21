// SPDX-License-Identifier: EUPL-1.2
#include "exchange/sheet_xlsx.h"

#include "base/clocale.h"
#include "base/date.h"
#include "base/text.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { TEXT_LIMIT = 32767, SHEET_NAME = 31 }; /* characters in a cell and in the name of a sheet (ECMA-376) */

struct sheet_xlsx {
    int file;           /* in memory; -1: closed */
    lxw_workbook *book; /* NULL: closed */
    lxw_worksheet *sheet;
    lxw_format *bold, *day, *moment, *decimal;
    lxw_row_t line;
};

/* Excel counts days from 1899-12-30, so that its wrong 29 February 1900 does not matter (ECMA-376 18.17.4.1).
 */
static double serial(int32_t day, int second)
{
    return (double)(day - date_from_civil(1899, 12, 30)) + (double)second / SECONDS_A_DAY;
}

static enum err check(struct ctx *c, lxw_error e)
{
    return e == LXW_NO_ERROR ? OK : FAIL(E_IO, _("The file could not be made: %s"), lxw_strerror(e));
}

static enum err put_text(struct ctx *c, struct sheet_xlsx *b, lxw_col_t at, const char *text,
                         lxw_format *format)
{
    char *cut;

    if (text_empty(text))
        return OK;
    if (strnlen(text, TEXT_LIMIT + 1) > TEXT_LIMIT) { /* bytes: never more characters than bytes */
        TRY(ctx_alloc(c, TEXT_LIMIT + 1, 1, (void *)&cut));
        text_copy(cut, TEXT_LIMIT + 1, text);
        text = cut;
    }
    return check(c, worksheet_write_string(b->sheet, b->line, at, text, format));
}

static lxw_format *number_format(lxw_workbook *book, const char *pattern)
{
    lxw_format *f = workbook_add_format(book);

    if (f != NULL)
        format_set_num_format(f, pattern);
    return f;
}

static double column_width(enum sheet_kind kind)
{
    switch (kind) {
    case SHEET_TEXT:
        return 28;
    case SHEET_MOMENT:
    case SHEET_BADGE:
        return 17;
    default:
        return 12;
    }
}

static enum err put_heading(struct ctx *c, struct sheet_xlsx *b, const struct sheet *s)
{
    lxw_col_t at = 0;

    for (size_t i = 0; i < s->columns; i++) {
        TRY(check(c, worksheet_set_column(b->sheet, at, at, column_width(s->column[i].kind), NULL)));
        TRY(put_text(c, b, at++, _(s->column[i].label), b->bold));
        if (s->column[i].sub == NULL)
            continue;
        TRY(check(c, worksheet_set_column(b->sheet, at, at, 20, NULL)));
        TRY(put_text(c, b, at++, _(s->column[i].sub), b->bold));
    }
    worksheet_repeat_rows(b->sheet, b->line, b->line);
    b->line++;
    worksheet_freeze_panes(b->sheet, b->line, 0);
    return OK;
}

static enum err put_head(struct ctx *c, struct sheet_xlsx *b, const struct sheet *s)
{
    struct sheet_head h;

    TRY(sheet_head_fill(c, s, &h));
    for (size_t i = 0; i < SHEET_HEAD; i++, b->line++) {
        TRY(put_text(c, b, 0, h.label[i], b->bold));
        TRY(put_text(c, b, 1, h.value[i], i == 0 ? b->bold : NULL));
    }
    b->line++;
    worksheet_set_paper(b->sheet, 9); /* A4 */
    worksheet_set_landscape(b->sheet);
    worksheet_fit_to_pages(b->sheet, 1, 0);
    worksheet_set_footer(b->sheet, "&L&A&R&P / &N");
    return put_heading(c, b, s);
}

static enum err make(struct ctx *c, struct sheet_xlsx *b, const struct sheet *s)
{
    lxw_workbook_options options = { .constant_memory = LXW_TRUE };
    lxw_doc_properties about = { .created = (time_t)c->now };
    char path[40];

    about.title = arena_copy(c->arena, s->title, strlen(s->title));
    b->file = memfd_create("peil", MFD_CLOEXEC);
    if (b->file < 0)
        return FAIL(E_IO, "%s", _("There is no memory for the file."));
    snprintf(path, sizeof path, "/proc/self/fd/%d", b->file);
    b->book = workbook_new_opt(path, &options);
    if (b->book == NULL)
        return FAIL(E_NOMEM, "%s", "");
    b->sheet = workbook_add_worksheet(b->book, NULL);
    b->bold = workbook_add_format(b->book);
    b->day = number_format(b->book, "dd-mm-yyyy");
    b->moment = number_format(b->book, "dd-mm-yyyy hh:mm");
    b->decimal = number_format(b->book, "0.00");
    if (about.title == NULL || b->sheet == NULL || b->bold == NULL || b->day == NULL || b->moment == NULL ||
        b->decimal == NULL)
        return FAIL(E_NOMEM, "%s", "");
    format_set_bold(b->bold);
    TRY(check(c, workbook_set_properties(b->book, &about)));
    return put_head(c, b, s);
}

/* The library writes numbers in the locale of the thread; in a file a decimal comma is a mistake. */
static enum err in_c_locale(struct ctx *c, struct sheet_xlsx *b, const struct sheet *s,
                            enum err (*work)(struct ctx *c, struct sheet_xlsx *b, const struct sheet *s))
{
    locale_t before = uselocale(clocale());
    enum err e = work(c, b, s);

    uselocale(before);
    return e;
}

enum err sheet_xlsx_begin(struct ctx *c, const struct sheet *s, struct sheet_xlsx **ret_book)
{
    struct sheet_xlsx *b;

    TRY(ctx_alloc(c, 1, sizeof *b, (void *)&b));
    b->file = -1;
    enum err e = in_c_locale(c, b, s, make);
    if (e != OK) {
        sheet_xlsx_drop(&b);
        return e;
    }
    *ret_book = b;
    return OK;
}

static enum err put_cell(struct ctx *c, struct sheet_xlsx *b, lxw_col_t at, enum sheet_kind kind,
                         const struct sheet_cell *x)
{
    if (kind == SHEET_TEXT || kind == SHEET_BADGE)
        return put_text(c, b, at, x->text, NULL);
    if (x->v == INT_NONE)
        return OK;
    switch (kind) {
    case SHEET_DECIMAL:
        return check(c, worksheet_write_number(b->sheet, b->line, at, (double)x->v / 100, b->decimal));
    case SHEET_DAY:
        return check(c, worksheet_write_number(b->sheet, b->line, at, serial((int32_t)x->v, 0), b->day));
    case SHEET_MOMENT:
        return check(c, worksheet_write_number(b->sheet, b->line, at,
                                               serial(time_nl_day(x->v), time_nl_second(x->v)), b->moment));
    case SHEET_CHECK:
        return put_text(c, b, at, x->v != 0 ? _("Yes") : _("No"), NULL);
    default:
        return check(c, worksheet_write_number(b->sheet, b->line, at, (double)x->v, NULL));
    }
}

static enum err put_rows(struct ctx *c, struct sheet_xlsx *b, const struct sheet *s)
{
    for (size_t i = 0; i < s->n; i++, b->line++) {
        lxw_col_t at = 0;
        for (size_t k = 0; k < s->columns; k++) {
            const struct sheet_cell *x = &s->row[i].cell[k];
            TRY(put_cell(c, b, at++, s->column[k].kind, x));
            if (s->column[k].sub != NULL)
                TRY(put_text(c, b, at++, x->sub, NULL));
        }
    }
    return OK;
}

enum err sheet_xlsx_rows(struct ctx *c, struct sheet_xlsx *b, const struct sheet *s)
{
    return in_c_locale(c, b, s, put_rows);
}

static enum err read_file(struct ctx *c, int file, struct buf *out)
{
    off_t len = lseek(file, 0, SEEK_END);
    size_t left = len > 0 ? (size_t)len : 0;

    if (left == 0 || lseek(file, 0, SEEK_SET) != 0)
        return FAIL(E_IO, "%s", _("The file could not be read back."));
    if (!buf_reserve(out, left))
        return FAIL(E_NOMEM, "%s", "");
    while (left > 0) {
        ssize_t n = read(file, out->data + out->len, left);
        if (n <= 0)
            return FAIL(E_IO, "%s", _("The file could not be read back."));
        out->len += (size_t)n;
        left -= (size_t)n;
    }
    return OK;
}

static enum err close_book(struct ctx *c, struct sheet_xlsx *b, const struct sheet *s)
{
    lxw_workbook *book = b->book;

    (void)s;
    b->book = NULL; /* closing gives the workbook back, also when it fails */
    return check(c, workbook_close(book));
}

enum err sheet_xlsx_end(struct ctx *c, struct sheet_xlsx *b, struct buf *out)
{
    TRY(in_c_locale(c, b, NULL, close_book));
    return read_file(c, b->file, out);
}

void sheet_xlsx_drop(struct sheet_xlsx **b)
{
    struct sheet_xlsx *x = *b;

    if (x == NULL)
        return;
    if (x->book != NULL)
        (void)workbook_close(x->book); /* the only way that gives everything back */
    x->book = NULL;
    if (x->file >= 0)
        close(x->file);
    x->file = -1;
}
