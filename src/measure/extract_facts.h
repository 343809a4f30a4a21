// SPDX-License-Identifier: EUPL-1.2
/* The facts (facts.h) in an extract file: a block for each set and one for each list of names. For
 * extract_file*.c.
 *
 *   set.NAME       first moment of which the set tells (8 bytes), rows (8), splices (4), columns (4); each
 *                  splice: at which row of what stood there, how many rows go, how many come (4 each); each
 *                  column: what it is (4: 0 column, 1 code, 2 marks), its name (24), its length (8), and the
 *                  values of the rows that come, as a column of the extract is written
 *   fact.NAME      the names behind a code, all of them and in their order
 *   fact.marks     the names of the bits of marks
 *   fact.people    inhabitants by neighbourhood
 *
 * Codes and bits are those of the lists of the same part; another part may number them otherwise. The codes
 * of a request stand in its row of the extract. A set that is not there is as it was in the part before, and
 * in a first part: nothing is known. */
#ifndef PEIL_MEASURE_EXTRACT_FACTS_H
#define PEIL_MEASURE_EXTRACT_FACTS_H

#include "measure/extract_column.h"
#include "measure/extract_part.h"
#include "measure/fact_pool.h"
#include "measure/facts_change.h"

extern const struct column fact_file_column[3]; /* how values of each enum pool_column are written */

/* change: since what stands in the parts before; NULL: everything. */
void extract_facts_put(struct part_writing *w, const struct facts *f, const struct facts_change *change);

/* Reads part after part. */
struct facts_reading;
struct facts_reading *extract_facts_begin(struct arena *a); /* NULL: no memory */
/* False: not what a writer wrote. A part has facts when the first one has. */
bool extract_facts_part(struct facts_reading *r, const struct block_part *p, bool first);
/* Gives the facts their codes of requests from `e`, whose rows they are; NULL in e->facts when there are
 * none. False: the two do not belong together, or memory is short. */
bool extract_facts_end(struct facts_reading *r, struct extract_file *e);

#endif
