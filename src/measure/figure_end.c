// SPDX-License-Identifier: EUPL-1.2
/* D2 and the shares with competing ends: W8, W1-helped, D2-reason. */
#include "measure/figure_core.h"

#include <assert.h>

void figure_get_completion(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                           struct figure_result *ret, struct survival_curve *ret_curve)
{
    const struct clocks_way way = figure_clock(q);
    struct survival_sample s = { .key = w->key, .entry = w->entry };
    struct survival_curve k;
    size_t rows = figure_rows(x, q);

    assert(rows <= w->cap);
    figure_start(ret, FIGURE_COMPLETION);
    for (size_t i = 0; i < rows; i++) {
        size_t row = figure_row(q, i), before = s.n;

        if (!figure_in_cohort(x, q, row))
            continue;
        struct clocks_wait c = clocks_get_completion(x, row, &way);

        survival_add(&s, figure_late_entry(x, q, row), c.length, c.state == CLOCKS_CLOSED);
        ret->negative += c.negative && s.n > before;
    }
    survival_sort(&s, w->scratch);
    k = figure_put_curve(ret, &s, rows, q, w);
    if (ret_curve != NULL)
        *ret_curve = k;
}

static bool reason_is(const struct extract *x, size_t row, int32_t reason)
{
    return reason == FIGURE_EVERY_REASON || (x->reason != NULL ? x->reason[row] : FIGURE_NO_REASON) == reason;
}

/* What the end of a row is to a figure. */
static enum incidence_end end_of(const struct extract *x, size_t row, const struct clocks_wait *w,
                                 const struct figure_result *r)
{
    enum clocks_state asked = r->id == FIGURE_HELPED ? CLOCKS_STARTED
                              : r->id == FIGURE_LEFT ? CLOCKS_LEFT
                                                     : CLOCKS_CLOSED;

    if (w->state == asked && (asked == CLOCKS_STARTED || reason_is(x, row, r->reason)))
        return INCIDENCE_CAUSE;
    return w->state == CLOCKS_WAITING || w->state == CLOCKS_LOST ? INCIDENCE_OPEN : INCIDENCE_OTHER;
}

static void put_points(struct figure_result *r, const struct incidence_sample *s,
                       const struct figure_query *q)
{
    static const int64_t weeks[] = { 4 * 7 * SECONDS_A_DAY, 8 * 7 * SECONDS_A_DAY, 13 * 7 * SECONDS_A_DAY,
                                     26 * 7 * SECONDS_A_DAY };
    const int64_t *at = q->share_at != NULL ? q->share_at : weeks;
    size_t n = q->share_at != NULL ? q->n_share_at : COUNT(weeks);
    struct incidence_point p[INCIDENCE_TIMES_MAX];

    incidence_at(s, at, n, &q->way, p);
    for (size_t i = 0; i < n; i++) {
        bool known = !p[i].beyond;

        figure_put(r, (struct figure_value){ .kind = FIGURE_INCIDENCE,
                                             .at = (double)at[i] / DAY_SECONDS,
                                             .value = known ? p[i].value : NAN,
                                             .lower = known ? p[i].lower : NAN,
                                             .upper = known ? p[i].upper : NAN,
                                             .se = known ? p[i].se : NAN,
                                             .se_aalen = known ? p[i].se_aalen : NAN });
    }
}

/* The figure that r names, for its reason. */
static void get_incidence(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                          struct figure_result *r)
{
    const struct clocks_way way = figure_clock(q);
    struct incidence_sample s = { .key = w->key, .entry = w->entry };
    size_t rows = figure_rows(x, q);

    assert(rows <= w->cap);
    for (size_t i = 0; i < rows; i++) {
        size_t row = figure_row(q, i), before = s.n;

        if (!figure_in_cohort(x, q, row))
            continue;
        struct clocks_wait c =
            r->id == FIGURE_CLOSED ? clocks_get_completion(x, row, &way) : clocks_get_wait(x, row, &way);

        incidence_add(&s, figure_late_entry(x, q, row), c.length, end_of(x, row, &c, r));
        r->negative += c.negative && s.n > before;
    }
    incidence_sort(&s, w->scratch);
    r->n = (int64_t)s.n;
    r->events = (int64_t)s.cause;
    r->censored = (int64_t)(s.n - s.cause - s.other);
    r->late = (int64_t)s.n_entry;
    r->outside = (int64_t)(rows - s.n);
    put_points(r, &s, q);
}

void figure_get_left(const struct extract *x, const struct figure_query *q, int32_t reason,
                     struct figure_work *w, struct figure_result *ret)
{
    figure_start(ret, FIGURE_LEFT);
    ret->reason = reason;
    get_incidence(x, q, w, ret);
}

void figure_get_helped(const struct extract *x, const struct figure_query *q, struct figure_work *w,
                       struct figure_result *ret)
{
    figure_start(ret, FIGURE_HELPED);
    get_incidence(x, q, w, ret);
}

void figure_get_closed(const struct extract *x, const struct figure_query *q, int32_t reason,
                       struct figure_work *w, struct figure_result *ret)
{
    figure_start(ret, FIGURE_CLOSED);
    ret->reason = reason;
    get_incidence(x, q, w, ret);
}
