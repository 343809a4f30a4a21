// SPDX-License-Identifier: EUPL-1.2
/* What the files of baselines share. Not for other layers. */
#ifndef PEIL_ACCOUNT_BASELINE_CORE_H
#define PEIL_ACCOUNT_BASELINE_CORE_H

#include "account/baseline.h"
#include "account/indicator.h"

enum { BASELINE_TABLES = 7 }; /* made from the register; one more is given (baseline_reconstructed) */
/* The tables of a moment and period, as the register knows them at `known`. Free them. */
struct baseline_content {
    struct buf table[BASELINE_TABLES];
    struct register_facts facts;
};
enum err baseline_content(struct ctx *c, const struct baseline_form *f, int64_t known,
                          struct baseline_content *ret_content) MUST_CHECK;
void baseline_content_free(struct baseline_content *k);

/* A cell: tabs and line ends become spaces; NULL is empty. */
void table_cell(struct buf *b, const char *text);
void table_text(struct buf *b, const char *name, const char *value); /* a line of two cells */

/* ---- baseline.c ---- */

enum err baseline_folder(struct ctx *c, const char **ret_folder) MUST_CHECK;
/* Of the files that are there, ascending. */
enum err baseline_numbers(struct ctx *c, int64_t **ret_number, size_t *ret_n) MUST_CHECK;
/* FOLDER/0001 with something behind it. */
enum err baseline_path(struct ctx *c, const char *folder, int64_t number, const char *with,
                       const char **ret_path) MUST_CHECK;
enum err baseline_hex(struct ctx *c, const unsigned char *data, size_t len, const char **ret_text) MUST_CHECK;
/* Hash, public key and signature behind what they are about; `as` says what is signed. */
void baseline_put_seal(const struct sign_key *key, const char *as, struct buf *out);
struct baseline_seal_read {
    struct block_part content;
    unsigned char hash[SIGN_HASH], public[SIGN_PUBLIC];
};
/* E_CORRUPT says what is wrong. */
enum err baseline_check_seal(struct ctx *c, const struct file_map *map, const char *kind, const char *as,
                             struct baseline_seal_read *ret_seal) MUST_CHECK;

/* ---- baseline_value.c ---- */
enum err baseline_values(struct ctx *c, const struct baseline_form *f, const struct register_facts *facts,
                         struct buf *definitions, struct buf *values, struct buf *gaps) MUST_CHECK;
enum figure_kind baseline_kind(const char *code); /* of the column "kind" */

#endif
