// SPDX-License-Identifier: EUPL-1.2
/* Waiting times with people still waiting: Kaplan-Meier, its intervals and quantiles, and the log-rank test.
 *
 * Times are whole numbers of any unit (seconds, days), 0 or more: an end before its start is for the caller
 * to set to 0 and to count (clocks.h does). An observation is at risk at t when entry < t <= exit; who is
 * seen from the start enters at -1, so that an exit at 0 counts. Events come before censorings at the same
 * time.
 *
 * The road: fill the keys of a sample -> survival_sort -> survival_curve -> ask the curve. Big data that only
 * needs whole days: fill day counts -> survival_curve_of_days -> the same curve. Nothing is allocated: all
 * buffers belong to the caller and must live as long as the sample and the curve.
 *
 * Sources: Kaplan & Meier 1958, JASA 53:457-481 (eq. 2b); Greenwood 1926 (variance, in Kalbfleisch & Prentice
 * 2002, The Statistical Analysis of Failure Time Data, 2nd ed., section 1.4); Brookmeyer & Crowley 1982,
 * Biometrics 38:29-41 (intervals of quantiles); Klein & Moeschberger 2003, Survival Analysis, 2nd ed.,
 * sections 4.3-4.6 and 7.3. The answers equal those of R's survfit and survdiff (survival 3.5), with a
 * tolerance of 1e-9 where R has 1.5e-8. */
#ifndef PEIL_MEASURE_SURVIVAL_H
#define PEIL_MEASURE_SURVIVAL_H

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SURVIVAL_FROM_START INT64_MIN /* an entry: seen from the beginning (the same as TIME_NONE) */
#define SURVIVAL_TIME_MAX (INT64_MAX / 4)
#define SURVIVAL_TOLERANCE 1e-9 /* two levels of S closer than this are the same level */

/* One group of observations. Who entered when and who left when need no pairing: the numbers at risk follow
 * from the sorted entries and the sorted exits alone. */
struct survival_sample {
    uint64_t *key; /* n exits, see survival_key */
    size_t n;
    uint64_t *entry; /* moments of the n_entry late entries; NULL when nobody enters late */
    size_t n_entry;
    size_t events;
    size_t dropped; /* never at risk (exit not after entry): left out of n */
};

/* An exit as one number: its order is time first, then events before censorings. */
static inline uint64_t survival_key(int64_t time, bool event)
{
    assert(time >= 0 && time <= SURVIVAL_TIME_MAX);
    return (uint64_t)time << 1 | !event;
}

/* Adds one observation, seen from the start or from `entry` on. The buffers of the sample have room for it.
 */
static inline void survival_add(struct survival_sample *s, int64_t entry, int64_t time, bool event)
{
    if (entry != SURVIVAL_FROM_START && entry >= 0) {
        if (time <= entry) {
            s->dropped++;
            return;
        }
        s->entry[s->n_entry++] = (uint64_t)entry;
    }
    s->key[s->n++] = survival_key(time, event);
    s->events += event;
}

/* Sorts keys and entries in place; `scratch` holds n values. Needed once, before everything below. */
void survival_sort(struct survival_sample *s, uint64_t *scratch);

/* The curve: one step for each time with events. */
struct survival_step {
    int64_t time;
    double survival;  /* S(t), the share still waiting after this time */
    double greenwood; /* sum of d / (n (n - d)): the variance of log S; infinite once S is 0 */
    uint32_t at_risk; /* just before this time */
    uint32_t events;
};
struct survival_curve {
    const struct survival_step *step;
    size_t n_step;
    size_t n, events;
    int64_t last; /* the longest observed time, censored ones too; -1 without observations */
};

/* Of a sorted sample; `step` has room for as many steps as the sample has different event times (at most
 * s->events). */
struct survival_curve survival_curve(const struct survival_sample *s, struct survival_step *step);

/* Of counts a day: events[d], censored[d] and (NULL, or) late entries[d] after d days, d = 0 .. days-1;
 * `start` people are seen from the start, so start + sum of entries = sum of events and censored. O(days);
 * room for `days` steps. Histograms of several registers may be added first: no personal rows are needed. */
struct survival_days {
    const uint32_t *events, *censored, *entries;
    size_t days;
    uint64_t start;
};
struct survival_curve survival_curve_of_days(const struct survival_days *h, struct survival_step *step);

/* Scales of the pointwise interval. SURVIVAL_LOG_LOG stays between 0 and 1 by itself and covers best with few
 * observations (Borgan & Liestol 1990, Scand. J. Statist. 17:35-41). */
enum survival_scale { SURVIVAL_LOG_LOG, SURVIVAL_LOG, SURVIVAL_PLAIN };
/* What a quantile is when S lies exactly on 1 - p over a stretch of time: the middle of the stretch (R), or
 * its start (the smallest t with S(t) <= 1 - p). */
enum survival_rule { SURVIVAL_MIDPOINT, SURVIVAL_STEP };

struct survival_way {
    enum survival_scale scale;
    enum survival_rule rule;
    double level; /* 0.95; 0 means 0.95 */
};

struct survival_point {
    double survival, se; /* se by Greenwood; NaN where S is 0 */
    double lower,
        upper;   /* NaN where there is no variance to estimate: S = 0, and S = 1 on the log-log scale */
    bool beyond; /* later than the longest observed time: S is only carried forward */
};
/* S at `time`; survival 1 before the first event. */
struct survival_point survival_at(const struct survival_curve *k, int64_t time,
                                  const struct survival_way *way);

struct survival_quantile {
    double value, lower, upper; /* NaN: not reached. Value NaN: say "more than" curve.last */
    double below, above; /* events after lower and up to value, after value and up to upper: how much the two
                            distances rest on (compare_values); 0 where one of the two is not known */
};
#define SURVIVAL_QUANTILES_MAX 16
/* The times by which the shares p[0..n-1] (each between 0 and 1) had the event, in one pass over the steps.
 * The interval holds the times where the pointwise interval of S contains 1 - p. */
void survival_quantiles(const struct survival_curve *k, const double *p, size_t n,
                        const struct survival_way *way, struct survival_quantile *ret);

/* Restricted mean: the area under S from 0 to `until`, and its standard error (Klein & Moeschberger
 * eq. 4.5.1-4.5.2). */
void survival_mean(const struct survival_curve *k, int64_t until, double *ret_mean, double *ret_se);

#define LOGRANK_GROUPS_MAX 64
struct logrank {
    double chisq, p; /* NaN when fewer than two groups can be compared, or more than the maximum */
    int df;          /* groups with an expected number above 0, less one */
};
/* Whether k sorted samples (k <= LOGRANK_GROUPS_MAX) can come from one curve: Mantel 1966, Cancer Chemother.
 * Rep. 50:163-170; hypergeometric variance with ties (Klein & Moeschberger eq. 7.3.3-7.3.5). If observed is
 * not NULL, observed[k] and expected[k] receive the numbers of events. Late entries are respected. */
struct logrank survival_logrank(const struct survival_sample *sample, size_t k, double *observed,
                                double *expected);

#endif
