// SPDX-License-Identifier: EUPL-1.2
/* Fills measure's facts from the register, with the extract of the same moment: what indicators are computed
 * from. Columns of numbers, no persons. Persons only tell, while it is filled, which requests and contacts
 * belong together; nothing of them is kept. */
#ifndef PEIL_REGISTER_FACTS_H
#define PEIL_REGISTER_FACTS_H

#include "measure/facts.h"
#include "register/extract.h"

struct register_facts {
    struct register_extract x;
    struct facts f;
    int64_t at;
    const int64_t
        *record[FACT_SETS]; /* only of facts_read_records: which record each row is; INT_NONE: none */
};
/* Everything known at `at`. What has no history of its own (staff, groups, agreements) is as it is written
 * down now. Memory: the arena, some 500 bytes a request. Rights: RIGHT_FIGURES. Not scoped: it names nobody,
 * and figures are about everyone. */
enum err facts_read(struct ctx *c, int64_t at, struct register_facts *ret_facts) MUST_CHECK;
/* Only these sets (NULL: all), and requests, which are always there: the others are as if nothing was ever
 * written down. */
enum err facts_read_sets(struct ctx *c, int64_t at, const bool set[FACT_SETS],
                         struct register_facts *ret_facts) MUST_CHECK;
/* The same, of its moment, with requests from the extract that follows the register instead of from their
 * events; after extract_live_update_facts. What is given back does not hang on it. */
struct extract_live;
enum err facts_read_live(struct ctx *c, const struct extract_live *l, const bool set[FACT_SETS],
                         struct register_facts *ret_facts) MUST_CHECK;
/* The same, with what was taken back up to the moment `known` (register/extract.h). */
enum err facts_read_known(struct ctx *c, int64_t at, int64_t known,
                          struct register_facts *ret_facts) MUST_CHECK;

/* The same, with the record behind each row: for who looks behind a figure, never for measuring. A row of a
 * request carries the id of the request, another one that of its own record; of FACT_ANSWER a question that
 * was answered at once is the id of its contact, turned negative. Calls, days of a team and what was counted
 * outside are rows without a record. Whether this user may see one is asked where it is listed. */
enum err facts_read_records(struct ctx *c, int64_t at, struct register_facts *ret_facts) MUST_CHECK;

#endif
