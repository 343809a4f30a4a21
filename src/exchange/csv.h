// SPDX-License-Identifier: EUPL-1.2
/* A streaming reader of separated values (RFC 4180, and what spreadsheets make of it).
 *
 * The delimiter is the one of , ; tab | that splits the first lines most evenly, quotes respected; a first
 * line "sep=;" decides. Lines end with CRLF, LF or CR, also inside quoted fields. A quote counts at the start
 * of a field only; blank lines are skipped. The fields stay in the reader's buffer: each is UTF-8 with a
 * final NUL and is valid until the next csv_next.
 *
 * One pass: 64 bytes at a time become a bit mask of delimiters, quotes and line ends (the idea of Langdale &
 * Lemire, "Parsing gigabytes of JSON per second", VLDB Journal 28, 2019, §3.1); the reader walks over the set
 * bits. */
#ifndef PEIL_EXCHANGE_CSV_H
#define PEIL_EXCHANGE_CSV_H

#include "exchange/source.h"

#define CSV_FIELD_LIMIT ((size_t)1 << 20)  /* bytes of one field */
#define CSV_RECORD_LIMIT ((size_t)4 << 20) /* bytes of one record */
#define CSV_COLUMN_LIMIT 4096

struct csv;

struct csv_field {
    const char *text;
    size_t len;
};

struct csv_record {
    int64_t line; /* of its first character, from 1 */
    size_t n;
    const struct csv_field *field;
    size_t broken; /* column from 1 with text after its closing quote; 0 when all is well */
};

/* Reads the first piece and finds the delimiter. The source stays the caller's. Memory: at most 9 MiB in the
 * arena, for ordinary files 0.4 MiB. */
enum err csv_open(struct ctx *c, struct source *s, struct csv **ret_csv) MUST_CHECK;
/* The next record; *ret_more false at the end. E_INVALID with the line number: a quote that is never closed,
 * a field or record over its limit, too many columns. After an error the reader must not be used. */
enum err csv_next(struct ctx *c, struct csv *r, struct csv_record *ret_record, bool *ret_more) MUST_CHECK;
char csv_delimiter(const struct csv *r);

#endif
