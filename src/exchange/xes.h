// SPDX-License-Identifier: EUPL-1.2
/* XES event logs (IEEE 1849-2016) as rows: one record an event, in the columns that the caller names.
 *
 * A column is the key of an attribute of the event ("concept:name", "time:timestamp", "org:resource"), or
 * "case:" and the key of an attribute of its trace ("case:concept:name"). `case`, `activity`, `timestamp`,
 * `resource` and `lifecycle` are other names for the five usual ones, so that a mapping for a CSV of the same
 * log fits. An absent attribute is an empty field. Attributes inside attributes are not read.
 *
 * Safe on hostile files: a document type is refused, so there are no entities to expand and nothing is
 * fetched; nesting and the size of one tag are limited; memory does not grow with the file. Encoding is the
 * source's business, whatever the XML declaration says. */
#ifndef PEIL_EXCHANGE_XES_H
#define PEIL_EXCHANGE_XES_H

#include "exchange/csv.h"
#include "exchange/source.h"

#define XES_DEPTH_LIMIT 64
#define XES_TAG_LIMIT ((size_t)4 << 20) /* bytes of one tag with its attributes */

/* Called for each event; the record holds exactly the columns asked for and lives until it returns. `line` is
 * the line of the event's start tag. */
typedef enum err (*xes_row)(struct ctx *c, void *arg, const struct csv_record *record);

/* Reads the whole source. Errors: those of the source; E_INVALID with the line number for broken XML, a
 * document type, a file that is no XES, a trace attribute behind the first event of its trace; what `row`
 * returns ends the reading. */
enum err xes_read(struct ctx *c, struct source *s, const char *const *column, size_t columns, xes_row row,
                  void *arg) MUST_CHECK;

#endif
