// SPDX-License-Identifier: EUPL-1.2
/* Waits as peil stats reads them from a file or finds them in a log, and what it prints about them. */
#ifndef PEIL_CLI_STATS_WAIT_H
#define PEIL_CLI_STATS_WAIT_H

#include "cli/stats.h"
#include "measure/incidence.h"
#include "measure/survival.h"

/* One row each. Whole numbers of ticks; `ticks` of them are one unit. */
struct waits {
    int64_t *entry; /* SURVIVAL_FROM_START, or seen from then on */
    int64_t *time;
    const char **end;     /* how it ended; NULL: not seen to its end */
    double *signed_units; /* of those that ended: as it stands in the file, before 0 is the least */
    size_t n;
    double ticks;
    int64_t negative; /* an end before its start, counted as 0 */
    int64_t unknown;  /* rows that say too little: not in n */
    int64_t late;     /* with an entry */
};

/* How all groups are asked. */
struct wait_question {
    struct survival_way way;
    double p[SURVIVAL_QUANTILES_MAX], at[INCIDENCE_TIMES_MAX],
        until; /* until: of the restricted mean, or NaN */
    size_t n_p, n_at;
    double unit;        /* seconds */
    const char **event; /* values of the status that are events; n_event 0: not asked */
    size_t n_event;
    size_t time, status, from, to, seen, entry, count; /* columns, STATS_NONE */
    int64_t now, since;                                /* TIME_NONE */
};

enum err wait_read_question(struct stats *s, struct wait_question *q) MUST_CHECK;
enum err waits_room(struct stats *s, size_t n, double ticks, struct waits *ret) MUST_CHECK;
/* Adds a wait of so many ticks, before it is known to be 0 or more. */
void waits_add(struct waits *w, int64_t entry, int64_t time, const char *end);
/* The rows of a file; `end` says how a wait ended: the column, or NULL: its text is of no account. */
enum err waits_read(struct stats *s, const struct stats_rows *r, const struct wait_question *q,
                    struct waits *ret) MUST_CHECK;

/* n, events, censored, negative, quantiles, at, ...: the fields of an object that is open. *ret_sample is
 * sorted, for a comparison of groups. An end that is not one of the events is a censoring. */
enum err out_survival(struct stats *s, const struct waits *w, const struct wait_question *q,
                      struct survival_sample *ret_sample) MUST_CHECK;
/* "causes": each way to end. */
enum err out_incidence(struct stats *s, const struct waits *w, const struct wait_question *q,
                       const char *const *cause, size_t causes) MUST_CHECK;
/* "gray": whether the groups differ in each cause. */
enum err out_gray(struct stats *s, const struct waits *group, size_t groups, const char *const *cause,
                  size_t causes) MUST_CHECK;
void out_test(struct stats *s, const char *name, const struct logrank *l);
/* "differences": of each quantile, the second group less the first. `v`: those of both, n_p each. */
void out_differences(struct stats *s, const struct wait_question *q, const struct survival_quantile *v,
                     double ticks);
void out_logrank(struct stats *s, const struct survival_sample *sample, size_t groups);
/* A length in the unit of the question as a whole number of ticks. */
int64_t wait_ticks(double v, double ticks);

#endif
