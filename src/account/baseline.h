// SPDX-License-Identifier: EUPL-1.2
/* Baselines (nulmetingen): a measurement that nobody can change afterwards, to compare later ones with.
 *
 * A baseline is one file of blocks (measure/block_file.h) in a folder beside the register, with everything
 * that its figures follow from: definitions, norms, population, staffing, calendar, what is missing, the
 * figures themselves, and the extract, row by row without persons. Behind it stands its hash (BLAKE2b) and a
 * signature (Ed25519) with the public key. It holds the hash of the baseline before it, so that none can be
 * taken out or put in between. What is edited in the register later does not change the file:
 * baseline_compare lists it.
 *
 * Texts are tables with tabs, the first line their heading. An empty cell is "no data", never zero. */
#ifndef PEIL_ACCOUNT_BASELINE_H
#define PEIL_ACCOUNT_BASELINE_H

#include "measure/block_file.h"
#include "measure/facts.h"
#include "store/db.h"
#include "store/file.h"
#include "store/sign.h"

struct baseline_form {
    const char *name;
    int64_t at;       /* reference moment: nothing later is known */
    int64_t from, to; /* period of the figures that have one */
    const char *
        reconstructed; /* values from before the register, found in files: see baseline_reconstructed; NULL */
};
/* Lines with tabs: indicator, period, n, value, lower, upper, source. All are needed: a value that was found
 * in files carries its interval and says where it comes from. E_INVALID with field "files" and the line. */
enum err baseline_reconstructed(struct ctx *c, const char *text, struct buf *out) MUST_CHECK;
/* Makes the next one. Rights: RIGHT_BASELINE. E_INVALID when the moment lies in the future or the period is
 * none. */
enum err baseline_seal(struct ctx *c, const struct baseline_form *f, int64_t *ret_number) MUST_CHECK;

enum baseline_key {
    BASELINE_OWN_KEY,
    BASELINE_OTHER_KEY,
    BASELINE_KEY_UNKNOWN
}; /* unknown: there is no key here */
struct baseline {
    int64_t number;
    const char *name, *municipality, *program;
    int64_t sealed_at, at, from, to;
    const char *sealed_by, *sealed_role;      /* name and role; NULL: the file does not say */
    int64_t sealed_account;                   /* INT_NONE: the command line, or not said */
    const char *hash, *previous, *public_key; /* hexadecimal; previous "" for the first one */
    const char *path;
    enum baseline_key key;
    bool remembered; /* the register knows it by this number and hash; only when it was asked for by number */
    struct block_part content;
    struct file_map map;
};
/* Opens and checks everything: each block, the hash, the signature, and when it was asked for by number the
 * link with the one before it and what the register remembers (account/baseline_memory.h). E_CORRUPT says
 * what is wrong. Close it after use: its blocks lie in the file. Rights: RIGHT_FIGURES. */
enum err baseline_open(struct ctx *c, int64_t number, struct baseline *ret_baseline) MUST_CHECK;
enum err baseline_open_file(struct ctx *c, const char *path, struct baseline *ret_baseline) MUST_CHECK;
void baseline_close(struct baseline *b);

struct baseline_line {
    struct baseline b; /* closed: no content */
    const char *wrong; /* NULL: it is whole; else what is wrong, and only number and path are known */
    bool missing;      /* the register remembers it, and there is no file */
};
/* All files, and those that are missing. */
enum err baseline_list(struct ctx *c, struct baseline_line **ret_line, size_t *ret_n) MUST_CHECK;

/* The names of the tables, in their order; NULL at the end. */
extern const char *const baseline_table[];
/* What a table is called, for a person. */
const char *baseline_table_name(const struct ctx *c, const char *table);
/* One line after the other: cells of `line` are cut at tabs. False at the end. */
struct table_walk {
    const char *at, *end;
};
enum { TABLE_CELLS = 32 };
struct table_walk table_walk(const struct block *b);
bool table_next(struct ctx *c, struct table_walk *w, const char *cell[TABLE_CELLS], size_t *ret_n);

/* What the register says now about the same moment. */
enum baseline_change { BASELINE_CHANGED, BASELINE_NEW, BASELINE_GONE };
struct baseline_row {
    enum baseline_change change;
    int64_t row;        /* in the sealed extract, from 1; of a new request: 0 */
    const char *column; /* as in measure/extract_file.h; NULL for new and gone */
    const char *old, *new;
};
struct baseline_text {
    const char *table;
    bool now; /* true: stands there now and did not; false: stood there */
    const char *line;
};
struct baseline_changes {
    struct baseline_row *row; /* in order of the rows; one for each column that differs */
    size_t n;
    size_t rows; /* requests that differ */
    struct baseline_text *text;
    size_t texts;
    bool may_see_rows;       /* false: only how many differ; row is empty */
    size_t facts[FACT_SETS]; /* rows of what happened beside that differ: came, went or changed; all 0 when
                                the baseline is older than that it seals those */
};
/* What a set of facts is called, for a person. */
const char *baseline_set_name(const struct ctx *c, enum fact_set set);
/* Rights: RIGHT_FIGURES; row by row only for who may see small numbers. */
enum err baseline_compare(struct ctx *c, const struct baseline *b,
                          struct baseline_changes *ret_changes) MUST_CHECK;

#endif
