// SPDX-License-Identifier: EUPL-1.2
/* The register as plain tables, for whoever wants to count again what Peil counts: numbers, codes and
 * moments. No names and no free text; a person is a number that tells nothing. Names are a table of their
 * own, for who may see every resident. Every export is logged. */
#ifndef PEIL_ACCOUNT_EXPORT_TABLE_H
#define PEIL_ACCOUNT_EXPORT_TABLE_H

#include "base/buf.h"
#include "base/ctx.h"

struct export_sink {
    bool json; /* else CSV, with commas and a first line of names */
    enum err (*write)(struct ctx *c, void *arg, const char *data, size_t len);
    void *arg;
};
/* One table as it stands now. Rights: RIGHT_EXPORT. E_NOT_FOUND: there is no such table. */
enum err export_table(struct ctx *c, const char *table, const struct export_sink *to) MUST_CHECK;
/* Which tables there are, in order; NULL after the last one. */
const char *export_table_name(size_t i);
/* Names of residents by request. Rights: RIGHT_EXPORT, RIGHT_SEARCH, and everything within scope. */
enum err export_residents(struct ctx *c, const struct export_sink *to) MUST_CHECK;

#endif
