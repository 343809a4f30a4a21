// SPDX-License-Identifier: EUPL-1.2
#include "exchange/sheet_csv.h"

#include "base/date.h"
#include "base/text.h"

static char delimiter(const struct ctx *c)
{
    return c->lang == LANG_NL ? ';' : ',';
}

static size_t width(const struct sheet *s)
{
    size_t n = s->columns;

    for (size_t i = 0; i < s->columns; i++)
        n += s->column[i].sub != NULL;
    return n;
}

static void head_line(const struct ctx *c, const char *label, const char *value, size_t cells,
                      struct buf *out)
{
    buf_csv(out, label, delimiter(c));
    for (size_t i = 1; i < cells; i++) {
        buf_char(out, delimiter(c));
        if (i == 1)
            buf_csv(out, value, delimiter(c));
    }
    buf_lit(out, "\r\n");
}

enum err sheet_csv_head(struct ctx *c, const struct sheet *s, struct buf *out)
{
    struct sheet_head h;
    size_t cells = width(s) > 2 ? width(s) : 2;

    TRY(sheet_head_fill(c, s, &h));
    buf_lit(out, "\xef\xbb\xbf");
    for (size_t i = 0; i < SHEET_HEAD; i++)
        head_line(c, h.label[i], h.value[i], cells, out);
    head_line(c, "", "", cells, out);
    for (size_t i = 0; i < s->columns; i++) {
        if (i > 0)
            buf_char(out, delimiter(c));
        buf_csv(out, _(s->column[i].label), delimiter(c));
        if (s->column[i].sub != NULL) {
            buf_char(out, delimiter(c));
            buf_csv(out, _(s->column[i].sub), delimiter(c));
        }
    }
    buf_lit(out, "\r\n");
    return OK;
}

static void cell(const struct ctx *c, enum sheet_kind kind, const struct sheet_cell *x, struct buf *out)
{
    if (kind == SHEET_TEXT || kind == SHEET_BADGE) {
        buf_csv(out, x->text, delimiter(c));
        return;
    }
    if (x->v == INT_NONE)
        return;
    switch (kind) {
    case SHEET_DECIMAL:
        buf_fixed(out, (double)x->v / 100, 2, c->lang == LANG_NL ? ',' : '.');
        break;
    case SHEET_DAY:
        buf_date(out, (int32_t)x->v);
        break;
    case SHEET_MOMENT:
        sheet_put_moment(out, x->v);
        break;
    case SHEET_CHECK:
        buf_csv(out, x->v != 0 ? _("Yes") : _("No"), delimiter(c));
        break;
    default:
        buf_int(out, x->v);
    }
}

void sheet_csv_rows(const struct ctx *c, const struct sheet *s, struct buf *out)
{
    for (size_t i = 0; i < s->n; i++) {
        for (size_t k = 0; k < s->columns; k++) {
            const struct sheet_cell *x = &s->row[i].cell[k];
            if (k > 0)
                buf_char(out, delimiter(c));
            cell(c, s->column[k].kind, x, out);
            if (s->column[k].sub != NULL) {
                buf_char(out, delimiter(c));
                buf_csv(out, x->sub, delimiter(c));
            }
        }
        buf_lit(out, "\r\n");
    }
}
