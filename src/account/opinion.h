// SPDX-License-Identifier: EUPL-1.2
/* A second opinion on the core figures: n and k straight from the tables, in SQL that runs on both engines
 * (src/store/sql/opinion.sql), beside what the catalogue says. They read other tables than the facts do, so a
 * mistake in one of the two is seen; `peil check` and a test on random registers compare them. */
#ifndef PEIL_ACCOUNT_OPINION_H
#define PEIL_ACCOUNT_OPINION_H

#include "account/indicator.h"

struct opinion {
    const char *indicator, *part;
    const char *what;          /* which numbers: "n, k" of which rows */
    int64_t n, k;              /* of the statement */
    int64_t facts_n, facts_k;  /* of the facts */
    double value, facts_value; /* a median, a mean; NAN: none */
    double at;                 /* which quantile; NAN: not one */
};
enum { OPINIONS = 14 };
/* All of them, for the register as it stands now. Rights: RIGHT_FIGURES. */
enum err opinions_get(struct ctx *c, struct opinion ret_opinion[OPINIONS]) MUST_CHECK;

#endif
