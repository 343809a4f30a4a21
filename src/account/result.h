// SPDX-License-Identifier: EUPL-1.2
/* Results: a figure for a period and a group, as every reader gets it. Screen, command line and export ask
 * here, so that there is one number for one question. */
#ifndef PEIL_ACCOUNT_RESULT_H
#define PEIL_ACCOUNT_RESULT_H

#include "measure/figure.h"
#include "register/extract.h"

/* What a result can be broken down by. */
enum dimension {
    BY_TEAM,
    BY_NEIGHBOURHOOD,
    BY_URGENCY,
    BY_CHANNEL,
    BY_ROUTE,
    BY_CATEGORY,
    BY_KIND, /* only of parts of the catalogue (account/indicator.h) */
    BY_YEAR,
    BY_QUARTER,
    BY_MONTH,
    DIMENSIONS,
};
#define RESULT_BY_MAX 3
#define RESULT_ONLY_MAX 16
bool dimension_find(const char *code, enum dimension *ret_d);
const char *dimension_code(enum dimension d); /* "team" */

/* Only the requests that have one of these values. */
struct result_only {
    enum dimension by; /* not a period */
    const char *value[RESULT_ONLY_MAX];
    size_t n; /* 0: everybody */
};

struct result_query {
    bool wanted[FIGURES];
    int64_t at;       /* reference time */
    int64_t from, to; /* period: from <= t < to; both 0: all time */
    int64_t since;    /* baseline: who came before is seen from then on (delayed entry); 0: from the start */
    struct result_only only;
    enum dimension by[RESULT_BY_MAX];
    size_t n_by; /* at most one of year, quarter and month */
    bool net;
    bool in_days; /* whole Dutch calendar days, as on the screens; else seconds, as in a log */
    bool utc;     /* years, quarters and months of UTC instead of Dutch time */
    bool all;     /* emergencies and questions answered at once count too; L1: open cases too */
    struct survival_way way;
    const double *p; /* NULL: the figure's own */
    size_t n_p;
    const int64_t *share_at; /* seconds */
    size_t n_share_at;
};

struct result {
    const char *label[RESULT_BY_MAX]; /* of the group, in the order of `by`; NULL: not known */
    const char *reason;   /* W8, D2-reason: this one ("unknown": not said); NULL: all reasons together */
    int64_t at, from, to; /* the period of this result; 0, 0: all time */
    struct figure_result figure;
};
struct results {
    const struct result *row;
    size_t n;
    bool compared; /* one group dimension and W1: do the groups differ? */
    struct logrank difference;
};
/* Computes every wanted figure for every group, from an extract of the same moment or later. Groups without a
 * request are left out, except when there is no breakdown. W8 and D2-reason give all reasons together first,
 * then each reason that occurred. Rights: RIGHT_FIGURES (checked by extract_read).
 */
enum err results_get(struct ctx *c, const struct register_extract *x, const struct result_query *q,
                     struct results *ret_results) MUST_CHECK;

/* The name and version of the definition of a figure; both stand beside every number. */
const char *figure_title(const struct ctx *c, enum figure_id id);
int figure_version(enum figure_id id);
bool figure_find(const char *name, enum figure_id *ret_id); /* "W1" */

#endif
