// SPDX-License-Identifier: EUPL-1.2
#include "web/sheet_view.h"

#include "base/date.h"
#include "web/frame.h"
#include "web/show.h"

#include <string.h>

enum err query_url(struct ctx *c, const struct req *r, const char *name, const char *value,
                   const char **ret_url)
{
    struct buf b = { 0 };
    char mark = '?';

    buf_str(&b, r->path);
    for (size_t i = 0; i < r->query.n; i++) {
        if (text_is(r->query.at[i].name, name))
            continue;
        buf_char(&b, mark);
        buf_url_part(&b, r->query.at[i].name);
        buf_char(&b, '=');
        buf_url_part(&b, r->query.at[i].value);
        mark = '&';
    }
    if (value != NULL) {
        buf_char(&b, mark);
        buf_str(&b, name);
        buf_char(&b, '=');
        buf_url_part(&b, value);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_url);
    buf_free(&b);
    return e;
}

static enum err number_url(struct ctx *c, const struct req *r, const char *name, int64_t v,
                           const char **ret_url)
{
    char text[24];

    *text_put_int(text, v) = '\0';
    return query_url(c, r, name, text, ret_url);
}

static int64_t query_number(const struct req *r, const char *name)
{
    const char *text = req_query(r, name);
    int64_t v;

    return text != NULL && text_to_int(text, &v) ? v : 0;
}

static enum err page_url(struct ctx *c, void *arg, int64_t page, const char **ret_url)
{
    return number_url(c, arg, "page", page, ret_url);
}

static bool is_number(enum sheet_kind kind)
{
    return kind == SHEET_COUNT || kind == SHEET_DECIMAL || kind == SHEET_DAYS;
}

/* sort: column from 1, negative downwards, 0 as it came. */
static enum err headings_fill(struct ctx *c, const struct req *r, const struct sheet *s, int64_t sort,
                              struct sheet_view *v)
{
    struct sheet_heading *h;

    TRY(ctx_alloc(c, s->columns, sizeof *h, (void *)&h));
    for (size_t i = 0; i < s->columns; i++) {
        int64_t number = (int64_t)i + 1;
        h[i].label = _(s->column[i].label);
        h[i].number = is_number(s->column[i].kind);
        h[i].arrow = sort == number ? "ascending" : sort == -number ? "descending" : NULL;
        if (s->n > 1)
            TRY(number_url(c, r, "sort", sort == number ? -number : number, &h[i].url));
    }
    v->heading = h;
    return OK;
}

enum err sheet_view_fill(struct ctx *c, const struct req *r, struct sheet *s, struct sheet_view *ret_view)
{
    struct sheet_view v = { .sheet = s };
    int64_t sort = query_number(r, "sort"), page = query_number(r, "page");
    int64_t last = ((int64_t)s->n + SHEET_PAGE - 1) / SHEET_PAGE;

    if (sort > (int64_t)s->columns || sort < -(int64_t)s->columns)
        sort = 0;
    if (sort != 0)
        sheet_sort(s, (size_t)(sort < 0 ? -sort : sort) - 1, sort < 0);
    if (page < 1 || page > last)
        page = 1;
    TRY(headings_fill(c, r, s, sort, &v));
    bool all = text_is(req_query(r, "page"), "all");
    size_t from = all ? 0 : (size_t)(page - 1) * SHEET_PAGE;
    v.row = s->row + from;
    v.n = !all && s->n - from > SHEET_PAGE ? SHEET_PAGE : s->n - from;
    struct req copy = *r;
    if (!all)
        TRY(pages_fill(c, page, last, page_url, &copy, &v.pages));
    TRY(query_url(c, r, "page", "all", &v.all_url));
    if (user_may(c, RIGHT_EXPORT) && r->method != METHOD_POST) {
        TRY(query_url(c, r, "format", "csv", &v.csv_url));
        TRY(query_url(c, r, "format", "xlsx", &v.xlsx_url));
    }
    TRY(saved_tabs_fill(c, r, &v.saved));
    *ret_view = v;
    return OK;
}

void show_cell(struct ctx *c, struct buf *out, const struct sheet_column *column,
               const struct sheet_cell *cell)
{
    if (cell->v == INT_NONE) {
        buf_html(out, cell->text);
        return;
    }
    switch (column->kind) {
    case SHEET_DAYS:
        show_days(c, out, cell->v);
        break;
    case SHEET_DECIMAL:
        buf_str(out, number_text(c, (double)cell->v / 100,
                                 cell->v % 100 == 0  ? 0
                                 : cell->v % 10 == 0 ? 1
                                                     : 2));
        break;
    case SHEET_DAY:
        show_date(c, out, (int32_t)cell->v);
        break;
    case SHEET_MOMENT:
        show_date(c, out, time_nl_day(cell->v));
        buf_printf(out, ", %02d:%02d", time_nl_second(cell->v) / 3600, time_nl_second(cell->v) / 60 % 60);
        break;
    case SHEET_CHECK:
        buf_html(out, cell->v != 0 ? _("Yes") : _("No"));
        break;
    default:
        show_count(c, out, cell->v);
    }
}

bool sheet_cell_empty(const struct sheet_cell *x)
{
    return x->v == INT_NONE && text_empty(x->text) && text_empty(x->sub);
}

bool sheet_is_short(const char *text)
{
    return text != NULL && strlen(text) <= 27;
}
