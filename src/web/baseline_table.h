// SPDX-License-Identifier: EUPL-1.2
/* The sealed tables of a baseline as people read them: the figures, the norms, hours, days and so on. */
#ifndef PEIL_WEB_BASELINE_TABLE_H
#define PEIL_WEB_BASELINE_TABLE_H

#include "account/baseline.h"
#include "exchange/sheet.h"

/* The cells of a line of the figures ("values"). */
enum baseline_value_cell {
    V_ID,
    V_PART,
    V_VERSION,
    V_TEAM,
    V_CODE,
    V_N,
    V_STATE,
    V_KIND,
    V_AT,
    V_VALUE,
    V_LOWER,
    V_UPPER,
    V_NORM,
    V_VERDICT,
    V_CELLS
};

/* Fills columns and rows of the sheet. Lines of indicators that this user may not read are left out. Errors:
 * E_CORRUPT. */
enum err baseline_table_rows(struct ctx *c, const struct baseline *b, const char *table,
                             struct sheet *s) MUST_CHECK;
/* The same for the definitions, in words and with the amounts that were sealed. */
enum err baseline_definition_rows(struct ctx *c, const struct baseline *b, struct sheet *s) MUST_CHECK;

#endif
