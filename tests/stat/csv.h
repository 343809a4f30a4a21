// SPDX-License-Identifier: EUPL-1.2
/* A small reader of the real data sets for the numeric tests: CSV or CSV.gz, comma, quotes, header line. */
#ifndef PEIL_STAT_CSV_H
#define PEIL_STAT_CSV_H

#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct csv {
    const char **cell; /* rows x columns, after the header */
    const char **name; /* of the columns */
    size_t columns, rows;
};

/* A file of the data folder; skips the test when it is absent. Memory of the context. */
struct csv csv_load(struct ctx *c, const char *file);
size_t csv_column(const struct csv *t,
                  const char *name); /* stops the test run when there is no such column */
const char *csv_cell(const struct csv *t, size_t row, size_t column);
int64_t csv_time(const struct csv *t, size_t row, size_t column); /* TIME_NONE when empty or NA */
double csv_real(const char *text);                                /* NaN for NA */

/* The value of expected/FILE for one data set, group and metric; reports a failure when it is not there. */
double csv_expected(const struct csv *t, const char *data_set, const char *group, const char *metric);

#endif
