// SPDX-License-Identifier: EUPL-1.2
/* A second opinion on the core figures: value, n and numerator straight from the tables, in SQL that runs on
 * both engines (src/store/sql/opinion.sql), beside what the catalogue says of all time up to now. They read
 * other tables than the facts do, so a mistake in one of the two is seen; `peil opinion` and a test on random
 * registers compare them. */
#ifndef PEIL_ACCOUNT_OPINION_H
#define PEIL_ACCOUNT_OPINION_H

#include "account/indicator.h"

struct opinion_value {
    const char *name; /* what it is: "median"; for gettext */
    size_t place;     /* which value of the figure */
    double value;     /* of the statement; NAN: cannot be said */
    double facts;
};
enum { OPINIONS = 23, OPINION_VALUES = 3 };
struct opinion {
    const char *indicator, *part;
    const char *what; /* "calls, in time": of which rows n, and k; for gettext */
    bool only_n;      /* there is no k */
    int64_t n, k;     /* of the statement */
    int64_t facts_n, facts_k;
    struct opinion_value value[OPINION_VALUES];
    size_t values;
};
/* All of them, for the register as it stands now. alone: the statements only, without reading the facts (for
 * a register that is too big for that); facts_n and facts_k are INT_NONE then. Fills the table of days first.
 * Rights: RIGHT_FIGURES. */
enum err opinions_get(struct ctx *c, bool alone, struct opinion ret_opinion[OPINIONS]) MUST_CHECK;
/* How many numbers it has, and how many of these differ: counts at all, values by more than 1e-9 of them. */
struct opinion_score {
    int64_t numbers, differ;
};
struct opinion_score opinion_score(const struct opinion *o);

#endif
