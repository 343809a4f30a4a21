// SPDX-License-Identifier: EUPL-1.2
/* What differs between two readings of the facts: for each set, which rows went and which came. Codes are
 * compared by their names. Order counts: the second reading is the first one with the changes made. */
#ifndef PEIL_MEASURE_FACTS_CHANGE_H
#define PEIL_MEASURE_FACTS_CHANGE_H

#include "base/arena.h"
#include "measure/facts.h"

/* At row `at` of the first reading `gone` rows go and `come` rows come, which are rows `from` and on of the
 * second one. In order, never touching. */
struct fact_splice {
    uint32_t at, gone, from, come;
};
struct fact_set_change {
    struct fact_splice *splice;
    size_t n, rows; /* rows: that went or came, whichever is more */
    bool columns;   /* a column is in one of them only: everything went and came */
    bool since;     /* it tells from another moment on */
};
struct facts_change {
    struct fact_set_change set[FACT_SETS];
};
/* False: no memory. */
bool facts_change(const struct facts *old, const struct facts *new, struct arena *a,
                  struct facts_change *ret_change);

#endif
