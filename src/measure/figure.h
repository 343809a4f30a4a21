// SPDX-License-Identifier: EUPL-1.2
/* The figures: from an extract and a question to numbers with their n. One definition per figure, in one
 * place; the text for people is docs/measures/<id>.md. Screen, export, letter and API show what is computed
 * here.
 *
 *     struct figure_work w = figure_work_in(memory, n);   (memory: figure_work_bytes(n) bytes, 8-aligned)
 *
 *     struct figure_query q = { .at = ..., .from = ..., .to = ... };
 *
 *     figure_get_wait(&x, &q, &w, &result, NULL);
 *
 * Rows: `row[0..n-1]` are places in the extract, so that a group costs no copy (figure_group). Whoever is
 * counted and whoever is not stands in the result: n + outside = rows asked about. Durations in results are
 * days of 86,400 s; shares are 0..1; counts are counts. NaN is "cannot be said". */
#ifndef PEIL_MEASURE_FIGURE_H
#define PEIL_MEASURE_FIGURE_H

#include "measure/clocks.h"
#include "measure/extract.h"
#include "measure/incidence.h"
#include "measure/survival.h"

/*        figure             id              what */
#define FIGURE_LIST(X)                                                                                       \
    X(FIGURE_INFLOW, "I1")               /* requests received in the period */                               \
    X(FIGURE_WAIT, "W1")                 /* wait until the first talk, people still waiting included */      \
    X(FIGURE_WAIT_STARTED, "W1-started") /* the same over those who started only: biased, for comparison */  \
    X(FIGURE_HELPED, "W1-helped")        /* share that really started by a time, with leaving competing */   \
    X(FIGURE_NORM, "W2")                 /* share started within the norm */                                 \
    X(FIGURE_STOCK, "W3")                /* who waits at the reference time */                               \
    X(FIGURE_CONTACT, "W4")              /* silence of those who wait */                                     \
    X(FIGURE_LEFT, "W8")                 /* share that left without a start, by reason */                    \
    X(FIGURE_COMPLETION, "D2")           /* received to closed, open requests included */                    \
    X(FIGURE_CLOSED, "D2-reason")        /* share closed by a time, by reason */                             \
    X(FIGURE_THROUGHPUT, "L1")           /* first to last event of the cases of a log */

enum figure_id {
#define X(name, id) name,
    FIGURE_LIST(X)
#undef X
        FIGURES
};
const char *figure_name(enum figure_id id); /* "W1" */

/* What a value is. `at` of the value says which: the p of a quantile, the day of a share, the upper edge of a
 * band. */
enum figure_kind {
    FIGURE_COUNT,     /* a number of requests; at: upper edge of the band in days (infinite: open), or NaN */
    FIGURE_SHARE,     /* 0..1; at: days, or NaN */
    FIGURE_INCIDENCE, /* a share with competing ends (measure/incidence.h); at: days */
    FIGURE_QUANTILE,  /* days; at: p */
    FIGURE_QUANTILE_TYPE1, /* days, a value that occurred; at: p */
    FIGURE_MEAN,           /* days, or requests a month (inflow) */
    FIGURE_MAX,            /* days, or requests a month (inflow) */
    /* of the general forms (part_measure.h) */
    FIGURE_RATE,    /* events per 1,000 of an exposure */
    FIGURE_SUM,     /* a number added up */
    FIGURE_RATIO,   /* one over another */
    FIGURE_NUMBER,  /* a quantile of a number; at: p */
    FIGURE_AVERAGE, /* mean of a number */
    FIGURE_KINDS
};
struct figure_value {
    enum figure_kind kind;
    double at;
    double value, lower, upper; /* limits NaN when the figure has none (a count of everybody) */
    double se, se_aalen;        /* only of FIGURE_INCIDENCE */
    double df_lower, df_upper;  /* what each limit rests on, for compare_values; 0: not known */
};

/* Codes of `reason` beside those of the extract. */
enum { FIGURE_EVERY_REASON = -2, FIGURE_NO_REASON = -1 };

#define FIGURE_VALUES_MAX 32
struct figure_result {
    enum figure_id id;
    int32_t reason;   /* that W8 and D2-reason are about; else FIGURE_EVERY_REASON */
    bool biased;      /* must be labelled so wherever it is shown */
    bool no_data;     /* the source tells nothing about this period: not the same as nothing happened */
    int64_t n;        /* requests that the figure is about */
    int64_t events;   /* of these: started, closed, within ... (see the figure) */
    int64_t censored; /* n - events where a wait was not seen to its end */
    int64_t negative; /* an end before its start: counted as 0 days */
    int64_t late;     /* of n: seen only from the baseline on (delayed entry) */
    int64_t outside;  /* rows asked about that are not in n */
    size_t values;
    struct figure_value value[FIGURE_VALUES_MAX];
};

struct figure_query {
    const uint32_t *row; /* n rows of the extract; NULL: all rows */
    size_t n;
    int64_t at;       /* reference time: nothing after it is known */
    int64_t from, to; /* the period: from <= t < to; both 0: all time */
    int64_t since;    /* baseline: who came in at or before this moment is seen from then on (delayed entry);
                         0: everybody is seen from the start */
    uint32_t skip; /* bits of enum extract_flag that keep a request out (EXTRACT_DIRECT | EXTRACT_URGENT) */
    bool open;     /* L1: also cases that are still open, until their last event so far */
    bool net, in_days;       /* as in struct clocks_way; with `since` the wait is always gross */
    struct survival_way way; /* interval and rule; all 0: log-log, midpoint, 95 % */
    const double *p;         /* quantiles asked for; NULL: 0.5 0.8 0.9 (throughput: also 0.95). At most 8 */
    size_t n_p;
    const int64_t *share_at; /* seconds from the start at which shares are asked; at most 16 */
    size_t n_share_at;
    const int64_t *norm; /* for each row of the extract: last moment within the norm,
                            TIME_NONE without norm; only for figure_get_norm */
    int64_t gap_days;    /* longest silence that is in order; 0 means 14 */
};

/* Buffers for up to `cap` rows, all within one piece of memory of the caller. */
struct figure_work {
    uint64_t *key, *entry, *scratch;
    struct survival_step *step;
    size_t cap;
};
size_t figure_work_bytes(size_t n);
struct figure_work figure_work_in(void *memory, size_t n);

/* Requests received in the period, at or before `at`. n: these. With `month` = months + 1 ascending moments,
 * counts the months month[i] <= received < month[i+1] into ret_count[months] and gives mean and max a month.
 * Reads received. */
struct figure_months {
    const int64_t *month;
    size_t months;
    int64_t *ret_count;
};
void figure_get_inflow(const struct extract *x, const struct figure_query *q, const struct figure_months *m,
                       struct figure_result *ret);

/* W1. Cohort: received in the period. Kaplan-Meier; leaving the list and still waiting are censorings.
 * events: started. Values: a quantile for each p, a share (1 - S) for
 * each share_at, the longest wait seen, finished or not (FIGURE_MAX): a quantile that is NaN is more than
 * that. After the work the sorted sample and the curve stay in w (for a chart or survival_logrank) when
 * ret_curve is not NULL. Reads received, started, left, closed, flags, paused for net. */
void figure_get_wait(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                     struct figure_result *ret, struct survival_curve *ret_curve);

/* The same from counts a day (without entries), as standing histograms keep them (month_standing.h): for the
 * same people the values of figure_get_wait in whole days, bit for bit. `step` has room for h->days steps.
 * What is negative or outside cannot be seen from counts: 0. Reads way, p and share_at of the question. */
void figure_get_wait_of_days(const struct survival_days *h, const struct figure_query *q,
                             struct survival_step *step, struct figure_result *ret);

/* The same cohort, only those who started: quantiles of type 7. Marked biased: the long waits are missing. */
void figure_get_wait_started(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                             struct figure_result *ret);

/* Whether the curves of k groups differ: rows start[i] .. start[i+1] - 1 of q->row are group i (as
 * figure_group writes them). Cohort as in W1. */
struct logrank figure_compare_wait(const struct extract *x, const struct figure_query *q,
                                   struct figure_work *w, const size_t *start, size_t k);

/* W2. Cohort as in W1, those with a norm. events: started within the norm, at any time until `at`.
 * value[0]: Kaplan-Meier share at the norm date: uses also those whose norm date lies ahead or who left. As
 * norms differ from request to request, time runs in parts of the own norm: 1 is the norm date. value[1]: the
 * simple ratio, over everybody who reached the norm date (at or before `at`, and not gone before it), open or
 * closed; Wilson interval. value[2]: the number in its denominator. Reads what W1 reads. */
void figure_get_norm(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                     struct figure_result *ret);

/* W3. Everybody waiting at `at` (the period is not used). Values: a count for each age band, the longest
 * wait, the median wait so far (type 7). Ages are Dutch calendar days. */
void figure_get_stock(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                      struct figure_result *ret);

/* W4, stock version. Those waiting at `at`. events: silence of at most gap_days. Values: share (Wilson),
 * longest silence, P95 (type 7). Also reads last_reached. */
void figure_get_contact(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                        struct figure_result *ret);

/* W8. Cohort and ends as in W1: the share that left the list without a start by each share_at (NULL: 4, 8, 13
 * and 26 weeks), for one code of `reason`, FIGURE_NO_REASON or FIGURE_EVERY_REASON. Starting and the other
 * reasons compete. events: left for this reason; censored: neither started nor left. Also reads reason. */
void figure_get_left(const struct extract *x, const struct figure_query *q, int32_t reason,
                     struct figure_work *w, struct figure_result *ret);
/* The other side of W8: the share that started, with leaving for any reason competing. */
void figure_get_helped(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                       struct figure_result *ret);

/* D2. Cohort: received in the period. Kaplan-Meier of received to closed, started or not; open requests are
 * censored at `at`, lost ones where they were lost. Values as in W1. Reads received, closed, lost, flags. */
void figure_get_completion(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                           struct figure_result *ret, struct survival_curve *ret_curve);
/* The same cohort: the share closed for one reason by each share_at; the other reasons compete. */
void figure_get_closed(const struct extract *x, const struct figure_query *q, int32_t reason,
                       struct figure_work *w, struct figure_result *ret);

/* L1. Cases that ended in the period: closed, or lost, and with `open` the others at their last event so far.
 * Values: mean, and for each p a quantile of type 7 and one of type 1 of the time from the first to the last
 * event. Reads closed, lost, first_event, last_event, flags. */
void figure_get_throughput(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                           struct figure_result *ret);

/* Splits rows by a column of the extract, keeping their order (a counting sort): group g in 0..codes-1 is
 * ret_row[ret_start[g]] .. ret_row[ret_start[g+1] - 1]; group `codes` holds what has no such code (-1, or too
 * large). ret_row has room for n, ret_start for codes + 2. `row` NULL: rows 0..n-1. ret_row may not be row.
 */
void figure_group(const int32_t *column, const uint32_t *row, size_t n, size_t codes, uint32_t *ret_row,
                  size_t *ret_start);

#endif
