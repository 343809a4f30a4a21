// SPDX-License-Identifier: EUPL-1.2
/* Extracts of several organisations as one, and an extract from a file as what figures are measured from. */
#ifndef PEIL_REGISTER_EXTRACT_JOIN_H
#define PEIL_REGISTER_EXTRACT_JOIN_H

#include "measure/extract_file.h"
#include "register/facts.h"

/* Rows behind each other, with the columns that all of them have, and with facts (measure/facts_join.h) when
 * all of them have those; names that are the same are one code. The
 * moment is the earliest; events are added up, and of activities the most that one has, because which they
 * are does not stand in a file. One extract stays as it is. Memory: the arena. */
enum err extract_join(struct ctx *c, const struct extract_file *e, size_t n,
                      struct extract_file *ret_all) MUST_CHECK;
/* The same columns and names as if the register had been read; no ids of requests, no records behind rows.
 * When the file holds requests alone there are no facts: all sets are empty. */
enum err extract_from_file(struct ctx *c, const struct extract_file *e,
                           struct register_facts *ret_facts) MUST_CHECK;
/* Maps and reads `n` files at these paths. Memory: the arena. */
enum err extract_files_read(struct ctx *c, const char *const *path, size_t n,
                            struct extract_file *ret_file) MUST_CHECK;

#endif
