// SPDX-License-Identifier: EUPL-1.2
/* The extract of the register kept as a file (measure/extract_file.h), which grows by what happened. */
#ifndef PEIL_REGISTER_EXTRACT_KEEP_H
#define PEIL_REGISTER_EXTRACT_KEEP_H

#include "measure/extract_file.h"
#include "register/facts.h"

struct extract_kept {
    size_t rows, changed; /* requests; of them added or changed since the file was last written */
    size_t facts;         /* of what happened beside: rows that came, changed or went */
    size_t bytes;         /* of the file now */
    bool whole;           /* written anew; else what changed stands behind what was there */
};
/* The same columns and names, for the file. facts: of the same moment and rows; NULL: requests alone. */
struct extract_file extract_file_of(const struct register_extract *x, const struct facts *facts);
/* Brings the file up to date with an extract; `whole`: written anew, which gives the same bytes for the same
 * rows however they were read (register/extract_live.h). Whoever stops it halfway finds the file as it was,
 * or as it is now. A file that is damaged is refused, not replaced. */
enum err extract_keep_put(struct ctx *c, const char *path, const struct extract_file *e, bool whole,
                          struct extract_kept *ret_kept) MUST_CHECK;
/* Brings the file up to date with the register at that moment, with its facts; makes it when it is not there.
 * Rights: RIGHT_FIGURES. */
enum err extract_keep(struct ctx *c, const char *path, int64_t at, struct extract_kept *ret_kept) MUST_CHECK;

#endif
