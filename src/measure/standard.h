// SPDX-License-Identifier: EUPL-1.2
/* Comparing neighbourhoods or teams fairly: adjusted for who lives there, and with room for chance.
 *
 * Direct standardisation: what the share or rate of a group would be if its strata (urgency, age, ...) were
 * as large as in the standard, which is as a rule everybody together. sum w r / sum w with r the value of a
 * stratum and w the standard size.
 *   STANDARD_RATE   events per exposure; variance sum w^2 d / n^2 / (sum w)^2; interval of Dobson, Kuulasmaa,
 *                   Eberle & Scherer 1991, Statist. Med. 10:457-462, from the exact Poisson limits of all
 * events STANDARD_SHARE  events of n; variance sum w^2 r (1 - r) / n / (sum w)^2 (Fleiss, Levin & Paik 2003,
 *                   Statistical Methods for Rates and Proportions, 3rd ed., section 19.1), and the Wilson
 *                   interval of the size that a plain share of that variance has
 * A stratum in which a group has nobody leaves the group without an adjusted value: NaN, and `empty` says in
 * how many strata. It is never filled in. */
#ifndef PEIL_MEASURE_STANDARD_H
#define PEIL_MEASURE_STANDARD_H

#include "measure/interval.h"

#include <stddef.h>

enum standard_kind { STANDARD_SHARE, STANDARD_RATE };

/* One group: arrays over the strata. */
struct standard_group {
    const double *events;
    const double *size; /* people, or exposure */
};
struct standard_value {
    struct interval crude, adjusted;
    double events, size; /* sums */
    double effective;    /* the size at which a plain share or rate has this variance: for the funnel */
    size_t empty;        /* strata of the standard in which the group has nobody */
};
/* `weight` is the size of each stratum in the standard; strata of weight 0 do not count. */
struct standard_value standard_direct(enum standard_kind kind, const struct standard_group *g,
                                      const double *weight, size_t strata, double level);

/* Funnel plot: the limits within which chance keeps a group of this size (or effective size) around a target,
 * with share p below the lower and above the upper limit: 0.025 and 0.001 as a rule. Exact binomial or
 * Poisson, interpolated: Spiegelhalter 2005, Statist. Med. 24:1185-1202, section A.1.1. NaN without size. */
#define STANDARD_WARNING 0.025
#define STANDARD_ALARM 0.001
struct standard_limits {
    double lower, upper;
};
struct standard_limits standard_funnel(enum standard_kind kind, double target, double size, double p);

#endif
