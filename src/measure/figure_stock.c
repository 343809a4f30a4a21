// SPDX-License-Identifier: EUPL-1.2
/* W3, W4 and L1: who waits on a date and for how long, how long it has been silent, how long whole cases
 * took. */
#include "base/sort.h"
#include "measure/figure_core.h"
#include "measure/histogram.h"
#include "measure/interval.h"
#include "measure/quantile.h"

#include <assert.h>

/* Rows that wait at the reference time; writes what `measure` says of each, returns how many. */
static size_t list_waiting(const struct extract *x, const struct figure_query *q, bool silence,
                           int64_t *ret_days)
{
    const struct clocks_way way = { .at = q->at, .in_days = true };
    size_t n = 0;

    for (size_t i = 0; i < figure_rows(x, q); i++) {
        size_t row = figure_row(q, i);

        if (!figure_kept(x, q, row))
            continue;
        struct clocks_wait w = clocks_get_wait(x, row, &way);

        if (w.state == CLOCKS_WAITING)
            ret_days[n++] = silence ? clocks_contact_gap(x, row, q->at) : w.length / SECONDS_A_DAY;
    }
    return n;
}

void figure_get_stock(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                      struct figure_result *ret)
{
    int64_t *age = (int64_t *)w->key, band[HISTOGRAM_AGE_BANDS] = { 0 };
    size_t rows = figure_rows(x, q), n;

    assert(rows <= w->cap);
    figure_start(ret, FIGURE_STOCK);
    n = list_waiting(x, q, false, age);
    sort_i64(age, (int64_t *)w->scratch, n);
    histogram_add(age, n, histogram_age_edge_days, HISTOGRAM_AGE_BANDS - 1, band);
    ret->n = ret->censored = (int64_t)n;
    ret->outside = (int64_t)(rows - n);
    for (size_t i = 0; i < HISTOGRAM_AGE_BANDS; i++)
        figure_put_plain(ret, FIGURE_COUNT,
                         i + 1 < HISTOGRAM_AGE_BANDS ? (double)histogram_age_edge_days[i] : INFINITY,
                         (double)band[i]);
    figure_put_plain(ret, FIGURE_MAX, NAN, n > 0 ? (double)age[n - 1] : NAN);
    figure_put_plain(ret, FIGURE_QUANTILE, 0.5, quantile_of_sorted(age, n, 0.5, QUANTILE_TYPE_7));
}

void figure_get_contact(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                        struct figure_result *ret)
{
    int64_t *gap = (int64_t *)w->key, longest = q->gap_days > 0 ? q->gap_days : 14;
    size_t rows = figure_rows(x, q), n;
    struct interval share;

    assert(rows <= w->cap);
    figure_start(ret, FIGURE_CONTACT);
    n = list_waiting(x, q, true, gap);
    sort_i64(gap, (int64_t *)w->scratch, n);
    while ((size_t)ret->events < n && gap[ret->events] <= longest)
        ret->events++;
    ret->n = (int64_t)n;
    ret->outside = (int64_t)(rows - n);
    share = interval_wilson(ret->events, ret->n, figure_level(q));
    figure_put_share(ret, (double)longest, &share);
    figure_put_plain(ret, FIGURE_MAX, NAN, n > 0 ? (double)gap[n - 1] : NAN);
    figure_put_plain(ret, FIGURE_QUANTILE, 0.95, quantile_of_sorted(gap, n, 0.95, QUANTILE_TYPE_7));
}

/* When a case of a log ended; TIME_NONE when it did not, or that is not known yet. */
static int64_t case_end(const struct extract *x, const struct figure_query *q, size_t row)
{
    if (x->closed[row] != TIME_NONE && x->closed[row] <= q->at)
        return x->closed[row];
    if (x->lost != NULL && x->lost[row] != TIME_NONE && x->lost[row] <= q->at)
        return x->lost[row];
    return q->open ? x->last_event[row] : TIME_NONE;
}

void figure_get_throughput(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                           struct figure_result *ret)
{
    static const double usual[] = { 0.5, 0.8, 0.9, 0.95 };
    size_t rows = figure_rows(x, q), n = 0, n_p;
    const double *p = figure_quantiles(q, usual, COUNT(usual), &n_p);
    int64_t *length = (int64_t *)w->key;

    assert(rows <= w->cap);
    figure_start(ret, FIGURE_THROUGHPUT);
    for (size_t i = 0; i < rows; i++) {
        size_t row = figure_row(q, i);
        int64_t from = x->first_event[row], to = x->last_event[row];

        if (from == TIME_NONE || to == TIME_NONE || !figure_kept(x, q, row) ||
            !figure_in_period(q, case_end(x, q, row)))
            continue;
        ret->negative += to < from;
        length[n++] = to > from ? to - from : 0;
    }
    sort_i64(length, (int64_t *)w->scratch, n);
    ret->n = ret->events = (int64_t)n;
    ret->outside = (int64_t)(rows - n);
    figure_put_plain(ret, FIGURE_MEAN, NAN, mean_of(length, n) / DAY_SECONDS);
    for (size_t i = 0; i < n_p; i++) {
        figure_put_plain(ret, FIGURE_QUANTILE, p[i],
                         quantile_of_sorted(length, n, p[i], QUANTILE_TYPE_7) / DAY_SECONDS);
        figure_put_plain(ret, FIGURE_QUANTILE_TYPE1, p[i],
                         quantile_of_sorted(length, n, p[i], QUANTILE_TYPE_1) / DAY_SECONDS);
    }
}
