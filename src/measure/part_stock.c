// SPDX-License-Identifier: EUPL-1.2
/* Stocks: who is there at a moment, and for how long. */
#include "measure/figure_core.h"
#include "measure/histogram.h"
#include "measure/part_core.h"

#include <math.h>

struct stock {
    int64_t band[HISTOGRAM_AGE_BANDS], longest;
};

static void stock_row(struct part_run *r, size_t row, struct part_cell *k, struct stock *s)
{
    int64_t from = condition_moment(&r->view, r->p->clock, row), days;
    const int columns[] = { r->p->until, r->p->gone };

    if (from == TIME_NONE || from > r->view.at)
        return;
    for (size_t i = 0; i < COUNT(columns); i++)
        if (columns[i] >= 0 && condition_moment(&r->view, columns[i], row) != TIME_NONE)
            return;
    k->in_period++;
    if (condition_test(&r->of, &r->view, row) != TRUTH_YES)
        return;
    k->n++;
    k->yes += r->p->yes.n > 0 && condition_test(&r->yes, &r->view, row) == TRUTH_YES;
    days = clocks_days_between(from, r->view.at);
    histogram_add(&days, 1, histogram_age_edge_days, HISTOGRAM_AGE_BANDS - 1, s->band);
    s->longest = days > s->longest ? days : s->longest;
}

static void put_stock(struct part_run *r, const struct part_cell *k, const struct stock *s,
                      struct figure_result *f)
{
    f->n = k->n;
    f->events = k->yes;
    f->outside = k->in_period - k->n;
    if (r->p->calc == CALC_STOCK_SHARE) {
        struct interval share = interval_wilson(k->yes, k->n, 0.95);
        figure_put_share(f, NAN, &share);
        return;
    }
    figure_put_plain(f, FIGURE_COUNT, NAN, (double)k->n);
    for (size_t b = 0; b < HISTOGRAM_AGE_BANDS; b++)
        figure_put_plain(f, FIGURE_COUNT,
                         b + 1 < HISTOGRAM_AGE_BANDS ? (double)histogram_age_edge_days[b] : INFINITY,
                         (double)s->band[b]);
    figure_put_plain(f, FIGURE_MAX, NAN, k->n > 0 ? (double)s->longest : NAN);
}

void part_stock(struct part_run *r, struct figure_result *result)
{
    const struct part_task *t = r->t;

    for (size_t p = 0; p < t->periods; p++) {
        int64_t to = t->period[p].to;
        r->view.at = to != 0 && to - 1 < t->at ? to - 1 : t->at;
        for (size_t g = 0; g < t->groups; g++) {
            struct part_cell *k = &r->w->cells[g * t->periods + p];
            struct stock s = { .longest = 0 };
            for (size_t row = 0; row < r->rows->n; row++)
                if (!part_left_out(r, row) && part_group_of(r, row) == g)
                    stock_row(r, row, k, &s);
            put_stock(r, k, &s, &result[g * t->periods + p]);
        }
    }
}
