// SPDX-License-Identifier: EUPL-1.2
/* One column of an extract file. For extract_file*.c and for whoever compares two extracts
 * (account/baseline_compare.c). */
#ifndef PEIL_MEASURE_EXTRACT_COLUMN_H
#define PEIL_MEASURE_EXTRACT_COLUMN_H

#include "measure/extract_file.h"

/* int64_t TIME_NONE, int32_t -1, uint32_t, uint64_t without its highest bit */
enum column_kind { COLUMN_TIME, COLUMN_CODE, COLUMN_FLAGS, COLUMN_MARKS };
struct column {
    const char *name;
    enum column_kind kind;
    size_t offset; /* of the pointer in struct extract */
    int names;     /* of the codes; -1 */
};
enum { EXTRACT_COLUMNS = 18 };
extern const struct column extract_column[EXTRACT_COLUMNS];

/* The column of an extract; NULL when it is not there. */
const void *column_of(const struct extract *x, const struct column *k);
void column_set(struct extract *x, const struct column *k, const void *values);
size_t column_width(const struct column *k);                                /* bytes of a value in memory */
int64_t column_value(const void *values, const struct column *k, size_t i); /* INT64_MIN: unknown */
void column_put_value(void *values, const struct column *k, size_t i, int64_t value);

/* n values as bytes: base, width, and the numbers from there on. `row` says which (NULL: the first n). */
void column_put(const void *values, const struct column *k, const uint32_t *row, size_t n, struct buf *out);
/* Reads n values into places `row` (NULL: in order). False when the block does not hold n values, or one that
 * cannot be. */
bool column_get(const struct block *b, const struct column *k, const uint32_t *row, size_t n, void *values);

#endif
