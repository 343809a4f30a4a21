// SPDX-License-Identifier: EUPL-1.2
/* A sheet as separated values (RFC 4180) that a spreadsheet opens by itself: UTF-8 with a byte order mark; in
 * Dutch a semicolon between the cells and a comma in decimals, in English a comma and a point. Days are
 * 2024-01-31, moments 2024-01-31 14:05 in Dutch local time. A text that a spreadsheet would run gets a ' in
 * front (base/buf.h). Every line has the same number of cells, also those above the table. */
#ifndef PEIL_EXCHANGE_SHEET_CSV_H
#define PEIL_EXCHANGE_SHEET_CSV_H

#include "exchange/sheet.h"

/* What stands above the rows. Then the rows, as often as there are any. */
enum err sheet_csv_head(struct ctx *c, const struct sheet *s, struct buf *out) MUST_CHECK;
void sheet_csv_rows(const struct ctx *c, const struct sheet *s, struct buf *out);

#endif
