// SPDX-License-Identifier: EUPL-1.2
/* What the files of account/indicator.h share; not for other modules. */
#ifndef PEIL_ACCOUNT_INDICATOR_CORE_H
#define PEIL_ACCOUNT_INDICATOR_CORE_H

#include "account/indicator.h"

/* ---- indicator_group.c ---- */

/* Do the filters of the question let this row of a set through? */
bool indicator_row_asked(const struct facts *f, const struct indicator_query *q, const struct fact_rows *rows,
                         size_t row);
/* Can the part be limited like that? */
bool indicator_breaks_down(const struct part *p, const struct indicator_query *q);

#endif
