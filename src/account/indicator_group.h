// SPDX-License-Identifier: EUPL-1.2
/* In which group of a breakdown a row of facts falls; for the files of account/indicator.h. A group is one
 * code of each column; of every column also the rows whose code is not known, as the last one. */
#ifndef PEIL_ACCOUNT_INDICATOR_GROUP_H
#define PEIL_ACCOUNT_INDICATOR_GROUP_H

#include "account/indicator.h"

struct breakdown {
    const struct facts *f;
    const struct indicator_query *q; /* whose filters hold */
    enum dimension column[RESULT_BY_MAX];
    size_t columns, codes[RESULT_BY_MAX];
    size_t groups;
};
/* For the dimensions of the question that are no periods; ret_place: which of q->by each column is. */
void breakdown_make(const struct facts *f, const struct indicator_query *q, struct breakdown *ret_breakdown,
                    size_t ret_place[RESULT_BY_MAX]);
/* The group of every row of a set; -1: it is not asked about. ret_group: as many as the set has rows. */
void breakdown_rows(const struct breakdown *b, enum fact_set set, int32_t *ret_group);
/* How many people live where a group is about; -1: not known. */
int64_t breakdown_people(const struct breakdown *b, size_t group);
/* The names of the codes of a group, a column each; NULL: not known. */
void breakdown_names(const struct breakdown *b, size_t group, const char *ret_name[RESULT_BY_MAX]);
/* Can the part be broken down and limited like that? */
bool breakdown_fits(const struct breakdown *b, const struct part *p);

#endif
