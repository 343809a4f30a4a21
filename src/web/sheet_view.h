// SPDX-License-Identifier: EUPL-1.2
/* A sheet (exchange/sheet.h) on a page: a table that becomes cards on a phone, with its number of rows, order
 * by a click on a heading, pages, and links to the same list as a file.
 *
 *     if (sheet_is_file(r))
 *         return web_sheet_export(c, r, &s, out);
 *     TRY(sheet_view_fill(c, r, &s, &p->sheet));                     {{> sheet_html &p->sheet}}
 *
 * Query of the page: ?sort=2 (column from 1; -2: downwards), ?page=3 (or all), ?format=csv or xlsx.
 * Checkboxes: give the rows ids, set `box` to the name of the field and put the sheet in a form of your own.
 */
#ifndef PEIL_WEB_SHEET_VIEW_H
#define PEIL_WEB_SHEET_VIEW_H

#include "exchange/sheet.h"
#include "web/part.h"
#include "web/reply.h"
#include "web/saved_filter.h"

enum { SHEET_PAGE = 50 };

struct sheet_heading {
    const char *label, *url, *arrow; /* arrow: "ascending", "descending" or NULL */
    bool number;                     /* stands at the right */
};
struct sheet_view {
    const struct sheet *sheet;
    const struct sheet_heading *heading;
    const struct sheet_line *row; /* of this page */
    size_t n;
    struct pages pages;
    const char *all_url;            /* all rows on one page */
    const char *csv_url, *xlsx_url; /* NULL: this user may take nothing out */
    struct saved_tabs saved;
    const char *box; /* name of the checkboxes; NULL: none */
};

/* Sorts the sheet as the address says and takes the rows of its page. */
enum err sheet_view_fill(struct ctx *c, const struct req *r, struct sheet *s,
                         struct sheet_view *ret_view) MUST_CHECK;

/* The path of this request with its query, without `name`, and with name=value when there is a value. */
enum err query_url(struct ctx *c, const struct req *r, const char *name, const char *value,
                   const char **ret_url) MUST_CHECK;

/* Whether the address asks for a file. */
bool sheet_is_short(const char *text); /* fits in a column without a second line, as a period does */
bool sheet_is_file(const struct req *r);
/* Nothing stands in the cell: on a phone it takes no room and its label is not shown. */
bool sheet_cell_empty(const struct sheet_cell *x);
/* The whole sheet as the file that ?format= names. Rights: RIGHT_EXPORT; the look is logged as "export" of
 * the sheet's object. */
enum err web_sheet_export(struct ctx *c, const struct req *r, struct sheet *s, struct reply *out) MUST_CHECK;
/* The same for a list that is too long to hold: `next` puts the next rows into the sheet, which is empty each
 * time; no rows is the end. Memory of the context that it takes is given back after each turn. */
struct sheet_source {
    enum err (*next)(struct ctx *c, void *arg, struct sheet *s);
    void *arg;
};
enum err web_sheet_export_from(struct ctx *c, const struct req *r, const struct sheet *s,
                               const struct sheet_source *from, struct reply *out) MUST_CHECK;

/* For the template: the text of a cell without its link. */
void show_cell(struct ctx *c, struct buf *out, const struct sheet_column *column,
               const struct sheet_cell *cell);

#endif
