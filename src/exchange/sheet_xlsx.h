// SPDX-License-Identifier: EUPL-1.2
/* A sheet as an Excel workbook (ECMA-376, through libxlsxwriter): what the CSV file holds, with real dates
 * and numbers, a fixed heading, and a page set-up for A4. Texts are stored as texts: nothing in them is run.
 * The rows go through a temporary file that has no name; the file itself is kept in memory. */
#ifndef PEIL_EXCHANGE_SHEET_XLSX_H
#define PEIL_EXCHANGE_SHEET_XLSX_H

#include "exchange/sheet.h"

struct sheet_xlsx; /* a workbook being written */

/* What stands above the rows. E_IO when there is no room for it. */
enum err sheet_xlsx_begin(struct ctx *c, const struct sheet *s, struct sheet_xlsx **ret_book) MUST_CHECK;
enum err sheet_xlsx_rows(struct ctx *c, struct sheet_xlsx *b, const struct sheet *s) MUST_CHECK;
/* Appends the whole file to `out`. */
enum err sheet_xlsx_end(struct ctx *c, struct sheet_xlsx *b, struct buf *out) MUST_CHECK;
/* Gives everything back; after sheet_xlsx_begin, always. For the cleanup attribute. */
void sheet_xlsx_drop(struct sheet_xlsx **b);

#endif
