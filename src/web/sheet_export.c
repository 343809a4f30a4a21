// SPDX-License-Identifier: EUPL-1.2
/* A sheet as a file: the answer to ?format=csv and ?format=xlsx. */
#include "base/date.h"
#include "exchange/sheet_csv.h"
#include "exchange/sheet_xlsx.h"
#include "register/right.h"
#include "store/read_log.h"
#include "web/sheet_view.h"
#include "web/show.h"
#include "web/tpl_rt.h"

#include <stdio.h>
#include <string.h>

#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

bool sheet_is_file(const struct req *r)
{
    return req_query(r, "format") != NULL;
}

/* What a page writes with a minus begins with a hyphen in a file, as spreadsheets and programs read it. */
static void hyphens_put(struct ctx *c, struct sheet *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        for (size_t k = 0; k < rows->columns; k++) {
            struct sheet_cell *x = &rows->row[i].cell[k];
            if (x->text != NULL && strncmp(x->text, MINUS, strlen(MINUS)) == 0)
                x->text = filled_text(c, "-{1}", x->text + strlen(MINUS), NULL);
        }
}

/* The next rows in memory of their own, for `use`; no rows is the end. */
static enum err turn(struct ctx *c, const struct sheet *s, const struct sheet_source *from,
                     struct sheet *rows)
{
    *rows = *s;
    rows->row = NULL;
    rows->n = rows->room = rows->filled = 0;
    TRY(from->next(c, from->arg, rows));
    hyphens_put(c, rows);
    return OK;
}

static enum err write_csv(struct ctx *c, const struct sheet *s, const struct sheet_source *from,
                          struct buf *out)
{
    struct sheet rows;

    TRY(sheet_csv_head(c, s, out));
    do {
        struct arena_mark mark = arena_mark(c->arena);
        TRY(turn(c, s, from, &rows));
        sheet_csv_rows(c, &rows, out);
        arena_release(c->arena, mark);
    } while (rows.n > 0);
    return OK;
}

static enum err write_xlsx(struct ctx *c, const struct sheet *s, const struct sheet_source *from,
                           struct buf *out)
{
    struct sheet_xlsx *book __attribute__((cleanup(sheet_xlsx_drop))) = NULL;
    struct sheet rows;

    TRY(sheet_xlsx_begin(c, s, &book));
    do {
        struct arena_mark mark = arena_mark(c->arena);
        TRY(turn(c, s, from, &rows));
        TRY(sheet_xlsx_rows(c, book, &rows));
        arena_release(c->arena, mark);
    } while (rows.n > 0);
    return sheet_xlsx_end(c, book, out);
}

enum err web_sheet_export_from(struct ctx *c, const struct req *r, const struct sheet *s,
                               const struct sheet_source *from, struct reply *out)
{
    bool csv = text_is(req_query(r, "format"), "csv");
    char name[80], day[11];

    TRY(may(c, RIGHT_EXPORT));
    if (!csv && !text_is(req_query(r, "format"), "xlsx"))
        return FAIL(E_REQUEST, "%s", _("A list can be a CSV file or an Excel file."));
    date_iso(s->day, day);
    snprintf(name, sizeof name, "peil-%.40s-%s.%s", s->object, day, csv ? "csv" : "xlsx");
    struct look look = { c->actor->account, "export", s->object, INT_NONE };
    TRY(read_log_add(c, &look));
    TRY(csv ? write_csv(c, s, from, &out->body) : write_xlsx(c, s, from, &out->body));
    return reply_file(c, out, csv ? "text/csv; charset=utf-8" : XLSX_TYPE, name);
}

struct whole {
    const struct sheet *s;
    bool given;
};

static enum err whole_next(struct ctx *c, void *arg, struct sheet *s)
{
    struct whole *w = arg;

    (void)c;
    if (!w->given)
        *s = *w->s;
    w->given = true;
    return OK;
}

enum err web_sheet_export(struct ctx *c, const struct req *r, struct sheet *s, struct reply *out)
{
    struct whole w = { .s = s };

    return web_sheet_export_from(c, r, s, &(struct sheet_source){ whole_next, &w }, out);
}
