// SPDX-License-Identifier: EUPL-1.2
/* How often something happens when other ways to end compete with it: the cumulative incidence.
 *
 * Of people on a waiting list some start, some leave. 1 - Kaplan-Meier of starting, with leavings as
 * censorings, answers "if nobody left" and says too much for the list as it is; the cumulative incidence F(t)
 * is the share of everybody that started by t, and the incidences of all ways to end add up to 1 - S(t).
 *
 * Estimate: Aalen & Johansen 1978, Scand. J. Statist. 5:141-150, F(t) = sum of S(s-) d1(s) / n(s) over s <= t
 * (Kalbfleisch & Prentice 2002, section 8.2.3). Two variances are in use; both are given:
 *   se        Greenwood type: the delta method with multinomial numbers of ends (Gaynor et al. 1993, JASA
 *             88:400-409; Dinse & Larson 1986, Biometrika 73:379-386). Without censoring it is the binomial
 *             sqrt(F(1-F)/n). Equals R's survfit when nobody enters late. The interval uses this one.
 *   se_aalen  the estimate of Aalen 1978, Ann. Statist. 6:534-545, corrected for ties, each way to end
 *             apart. Equals R's cmprsk::cuminc. A little wider; plainly so in small groups.
 *
 * The road: incidence_add -> incidence_sort -> incidence_at. Times, late entries and buffers as in
 * measure/survival.h; ends come before censorings at the same time. */
#ifndef PEIL_MEASURE_INCIDENCE_H
#define PEIL_MEASURE_INCIDENCE_H

#include "measure/survival.h"

enum incidence_end {
    INCIDENCE_CAUSE, /* the end that is asked about */
    INCIDENCE_OTHER, /* another end */
    INCIDENCE_OPEN   /* not seen to its end */
};

struct incidence_sample {
    uint64_t *key; /* n exits; room for every observation */
    size_t n;
    uint64_t *entry; /* moments of the n_entry late entries */
    size_t n_entry;
    size_t cause, other; /* of n */
    size_t dropped;      /* never at risk (exit not after entry): left out of n */
};

/* Adds one observation, seen from the start (SURVIVAL_FROM_START) or from `entry` on; time >= 0. */
void incidence_add(struct incidence_sample *s, int64_t entry, int64_t time, enum incidence_end end);
/* Sorts keys and entries in place; `scratch` holds n values. Needed once, before incidence_at. */
void incidence_sort(struct incidence_sample *s, uint64_t *scratch);

struct incidence_point {
    double value;        /* F(t) */
    double se, se_aalen; /* of F(t) */
    double lower, upper; /* NaN where there is none: F = 0, and on the log-log scale F = 1 */
    bool beyond;         /* later than the longest observed time while some were still at risk: unknown */
};
#define INCIDENCE_TIMES_MAX 16
/* F at the times at[0..n_at-1], n_at <= INCIDENCE_TIMES_MAX, in any order; one pass over the sample. Scale
 * and level of the interval come from `way`: log-log is log(-log F) (Choudhury 2002, Statist. Med.
 * 21:1129-1144).
 */
void incidence_at(const struct incidence_sample *s, const int64_t *at, size_t n_at,
                  const struct survival_way *way, struct incidence_point *ret);

#endif
