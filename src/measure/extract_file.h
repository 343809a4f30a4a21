// SPDX-License-Identifier: EUPL-1.2
/* An extract as a file: columns of numbers, no persons (extract.h), in blocks with checksums (block_file.h).
 *
 * The first part of a file holds all rows. A later part holds rows that changed or came after it, and what it
 * says goes before what stood there: a file grows by what happened. A column is written in the fewest of 0,
 * 1, 2, 4 or 8 bytes a value that hold it, counted from its smallest value; all ones is "did not happen" or
 * "unknown". Texts are the names behind the codes (teams, neighbourhoods, ways, reasons); a later part only
 * adds names.
 *
 * The first part may also hold the rows of the month set (month_row.h) as they are counted, to be mapped and
 * read in place. With requests alone it is for who measures waiting only; with the facts (facts.h, blocks in
 * extract_facts.h) it is all that the catalogue of indicators is measured from. Whoever reads checks every
 * number: a file from elsewhere is refused or read right, never more. */
#ifndef PEIL_MEASURE_EXTRACT_FILE_H
#define PEIL_MEASURE_EXTRACT_FILE_H

#include "base/arena.h"
#include "measure/block_file.h"
#include "measure/extract.h"
#include "measure/facts.h"
#include "measure/month_row.h"

enum extract_names {
    NAMES_TEAM,
    NAMES_NEIGHBOURHOOD,
    NAMES_CHANNEL,
    NAMES_ROUTE,
    NAMES_CATEGORY,
    NAMES_REASON,
    EXTRACT_NAMES
};

struct names {
    const char *const *name;
    size_t n;
};
struct extract_file {
    struct extract x;
    struct names names[EXTRACT_NAMES];
    int64_t at;                 /* moment that it is about */
    int64_t events, activities; /* of the register */
    const struct facts *facts;  /* a request for each row of x; NULL: requests alone */
};

/* Everything, as a first part. rows: of the month set, or NULL. NULL in `x` is a column that is not there. */
void extract_file_put(const struct extract_file *e, const struct month_rows *rows, int32_t norm,
                      struct buf *out);
/* What changed since `old`, as a later part: rows that differ and new rows. Codes of `e` must be those of
 * `old` for the same names (extract_file_recode); facts have their names beside them. Nothing is written when
 * nothing happened, though somebody who waits waits longer. False: a first part must be written, because
 * requests went away, a column is not in both, or memory is short. */
struct extract_changes {
    size_t requests, facts; /* rows that came or differ; of facts also rows that went */
    bool news;              /* something happened; false: who waits or has a pause waits longer, at most */
};
bool extract_file_put_changes(const struct extract_file *old, const struct extract_file *e, struct arena *a,
                              struct buf *out, struct extract_changes *ret_changes);
/* Gives the codes of `e` the numbers that the same names have in `old`; new names come behind. False: no
 * memory. */
bool extract_file_recode(const struct extract_file *old, struct arena *a, struct extract_file *e);

/* Gives names the order in which the rows use them, and leaves out what none uses: the same rows then give
 * the same bytes, however they came here. False: no memory. */
bool extract_file_settle(struct arena *a, struct extract_file *e);

/* Reads all parts. An addition that was stopped halfway (store/file.h) is passed over. Columns and names lie
 * in the arena. False when the bytes are no such file, are damaged, or the arena is full. */
bool extract_file_get(const void *data, size_t len, struct arena *a, struct extract_file *ret_extract);
/* The rows of the month set in the first part, in place; false when they are not there, are wrong, or later
 * parts came after them. */
bool extract_file_rows(const void *data, size_t len, struct month_frame *ret_frame,
                       struct month_rows *ret_rows);

#endif
