// SPDX-License-Identifier: EUPL-1.2
/* W1 and W2: the cohort of a period, with the people who still wait. */
#include "base/sort.h"
#include "measure/figure_core.h"
#include "measure/interval.h"
#include "measure/quantile.h"

#include <assert.h>

static const double usual_p[] = { 0.5, 0.8, 0.9 };

/* The wait of a row of the cohort; false when the row is outside it. */
static bool cohort_wait(const struct extract *x, const struct figure_query *q, size_t row,
                        struct clocks_wait *ret)
{
    const struct clocks_way way = figure_clock(q);

    if (!figure_in_cohort(x, q, row))
        return false;
    *ret = clocks_get_wait(x, row, &way);
    return true;
}

int64_t figure_late_entry(const struct extract *x, const struct figure_query *q, size_t row)
{
    int64_t received = x->received[row];

    if (q->since == 0 || received > q->since)
        return SURVIVAL_FROM_START;
    return q->in_days ? clocks_days_between(received, q->since) * SECONDS_A_DAY : q->since - received;
}

/* Adds rows first..end-1 to the sample and sorts it; counts what was negative. */
static void fill_sample(const struct extract *x, const struct figure_query *q, size_t first, size_t end,
                        struct survival_sample *s, uint64_t *scratch, int64_t *ret_negative)
{
    for (size_t i = first; i < end; i++) {
        size_t row = figure_row(q, i), before = s->n;
        struct clocks_wait w;

        if (!cohort_wait(x, q, row, &w))
            continue;
        survival_add(s, figure_late_entry(x, q, row), w.length, w.state == CLOCKS_STARTED);
        *ret_negative += w.negative && s->n > before;
    }
    survival_sort(s, scratch);
}

/* The share started by a time; unknown after the longest wait seen, unless everybody had started by then. */
static void put_share(struct figure_result *ret, double at_days, const struct survival_point *at)
{
    bool known = !at->beyond || at->survival <= 0;

    figure_put(ret, (struct figure_value){ .kind = FIGURE_SHARE,
                                           .at = at_days,
                                           .value = known ? 1 - at->survival : NAN,
                                           .lower = known ? 1 - at->upper : NAN,
                                           .upper = known ? 1 - at->lower : NAN });
}

/* What a curve says; of n, `late` were seen from later on only, and `outside` are not in it. */
static void put_values(struct figure_result *ret, const struct survival_curve *k, int64_t late,
                       int64_t outside, const struct figure_query *q)
{
    size_t n_p;
    const double *p = figure_quantiles(q, usual_p, COUNT(usual_p), &n_p);
    struct survival_quantile at_p[8];

    ret->n = (int64_t)k->n;
    ret->events = (int64_t)k->events;
    ret->censored = ret->n - ret->events;
    ret->late = late;
    ret->outside = outside;
    survival_quantiles(k, p, n_p, &q->way, at_p);
    for (size_t i = 0; i < n_p; i++)
        figure_put(ret, (struct figure_value){ .kind = FIGURE_QUANTILE,
                                               .at = p[i],
                                               .value = at_p[i].value / DAY_SECONDS,
                                               .lower = at_p[i].lower / DAY_SECONDS,
                                               .upper = at_p[i].upper / DAY_SECONDS,
                                               .df_lower = at_p[i].below,
                                               .df_upper = at_p[i].above });
    for (size_t i = 0; i < q->n_share_at; i++) {
        struct survival_point at = survival_at(k, q->share_at[i], &q->way);

        put_share(ret, (double)q->share_at[i] / DAY_SECONDS, &at);
    }
    figure_put_plain(ret, FIGURE_MAX, NAN, k->n > 0 ? (double)k->last / DAY_SECONDS : NAN);
}

struct survival_curve figure_put_curve(struct figure_result *ret, const struct survival_sample *s,
                                       size_t rows, const struct figure_query *q, struct figure_work *w)
{
    struct survival_curve k = survival_curve(s, w->step);

    put_values(ret, &k, (int64_t)s->n_entry, (int64_t)(rows - s->n), q);
    return k;
}

void figure_get_wait_of_days(const struct survival_days *h, const struct figure_query *q,
                             struct survival_step *step, struct figure_result *ret)
{
    struct survival_curve k = survival_curve_of_days(h, step);

    for (size_t i = 0; i < k.n_step; i++)
        step[i].time *= SECONDS_A_DAY;
    k.last *= k.last > 0 ? SECONDS_A_DAY : 1;
    figure_start(ret, FIGURE_WAIT);
    put_values(ret, &k, 0, 0, q);
}

void figure_get_wait(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                     struct figure_result *ret, struct survival_curve *ret_curve)
{
    struct survival_sample s = { .key = w->key, .entry = w->entry };
    struct survival_curve k;
    size_t rows = figure_rows(x, q);

    assert(rows <= w->cap);
    figure_start(ret, FIGURE_WAIT);
    fill_sample(x, q, 0, rows, &s, w->scratch, &ret->negative);
    k = figure_put_curve(ret, &s, rows, q, w);
    if (ret_curve != NULL)
        *ret_curve = k;
}

void figure_get_wait_started(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                             struct figure_result *ret)
{
    size_t rows = figure_rows(x, q), n = 0, n_p;
    const double *p = figure_quantiles(q, usual_p, COUNT(usual_p), &n_p);
    int64_t *length = (int64_t *)w->key;

    assert(rows <= w->cap);
    figure_start(ret, FIGURE_WAIT_STARTED);
    ret->biased = true;
    for (size_t i = 0; i < rows; i++) {
        struct clocks_wait wait;

        if (!cohort_wait(x, q, figure_row(q, i), &wait) || wait.state != CLOCKS_STARTED)
            continue;
        length[n++] = wait.length;
        ret->negative += wait.negative;
    }
    sort_i64(length, (int64_t *)w->scratch, n);
    ret->n = ret->events = (int64_t)n;
    ret->outside = (int64_t)(rows - n);
    for (size_t i = 0; i < n_p; i++)
        figure_put_plain(ret, FIGURE_QUANTILE, p[i],
                         quantile_of_sorted(length, n, p[i], QUANTILE_TYPE_7) / DAY_SECONDS);
}

struct logrank figure_compare_wait(const struct extract *x, const struct figure_query *q,
                                   struct figure_work *w, const size_t *start, size_t k)
{
    struct survival_sample s[LOGRANK_GROUPS_MAX];
    int64_t negative = 0;

    if (k > LOGRANK_GROUPS_MAX)
        return (struct logrank){ .chisq = NAN, .p = NAN };
    assert(k == 0 || start[k] <= w->cap);
    for (size_t i = 0; i < k; i++) {
        s[i] = (struct survival_sample){ .key = w->key + start[i], .entry = w->entry + start[i] };
        fill_sample(x, q, start[i], start[i + 1], &s[i], w->scratch, &negative);
    }
    return survival_logrank(s, k, NULL, NULL);
}

/* Time in billionths of the own norm, so that 1 s past a norm of up to 30 years is more than NORM_ONE. */
#define NORM_ONE INT64_C(1000000000)
#define LONGEST INT64_C(9000000000) /* 285 years in seconds: the product stays within 64 bits */

static int64_t in_norms(int64_t length, int64_t norm_length)
{
    return (length < LONGEST ? length : LONGEST) * NORM_ONE / norm_length;
}

/* One row of W2: adds it to the sample and to the simple ratio. */
static void add_norm_row(const struct extract *x, const struct figure_query *q, size_t row,
                         struct survival_sample *s, struct figure_result *ret, int64_t *reached,
                         int64_t *kept)
{
    int64_t norm = q->norm[row], entry = figure_late_entry(x, q, row), norm_length;
    size_t before = s->n;
    bool within, gone;
    struct clocks_wait w;

    if (norm == TIME_NONE || norm <= x->received[row] || !cohort_wait(x, q, row, &w))
        return;
    norm_length = norm - x->received[row];
    if (entry != SURVIVAL_FROM_START)
        entry = in_norms(entry, norm_length);
    survival_add(s, entry, in_norms(w.length, norm_length), w.state == CLOCKS_STARTED);
    if (s->n == before)
        return;
    within = w.state == CLOCKS_STARTED && w.end <= norm;
    ret->negative += w.negative;
    ret->events += within;
    gone = w.state == CLOCKS_LEFT || w.state == CLOCKS_LOST;
    if (norm <= q->at && (!gone || w.end > norm)) {
        (*reached)++;
        *kept += within;
    } else {
        ret->censored += !within;
    }
}

void figure_get_norm(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                     struct figure_result *ret)
{
    struct survival_sample s = { .key = w->key, .entry = w->entry };
    struct figure_query gross = *q;
    struct survival_curve k;
    struct survival_point at;
    struct interval simple;
    int64_t reached = 0, kept = 0;
    size_t rows = figure_rows(x, q);

    assert(rows <= w->cap && q->norm != NULL);
    gross.net = gross.in_days = false; /* a norm is a moment: pauses move the moment */
    figure_start(ret, FIGURE_NORM);
    for (size_t i = 0; i < rows; i++)
        add_norm_row(x, &gross, figure_row(q, i), &s, ret, &reached, &kept);
    survival_sort(&s, w->scratch);
    k = survival_curve(&s, w->step);
    at = survival_at(&k, NORM_ONE, &q->way);
    simple = interval_wilson(kept, reached, figure_level(q));
    ret->n = (int64_t)s.n;
    ret->late = (int64_t)s.n_entry;
    ret->outside = (int64_t)(rows - s.n);
    put_share(ret, NAN, &at);
    figure_put_share(ret, NAN, &simple);
    figure_put_plain(ret, FIGURE_COUNT, NAN, (double)reached);
}
