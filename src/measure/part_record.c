// SPDX-License-Identifier: EUPL-1.2
/* What a definition makes of each row: the same rules as part_measure.c and figure_*.c, row by row. A test
 * counts the marks against the figures. */
#include "measure/figure_core.h"
#include "measure/part_core.h"

static bool in_period(const struct part_period *p, int64_t moment)
{
    return (p->from == 0 && p->to == 0) || (p->from <= moment && moment < p->to);
}

static uint8_t mark_of(enum truth yes)
{
    return yes == TRUTH_YES ? PART_YES : yes == TRUTH_OPEN ? PART_NOT_YET : PART_NO;
}

/* On the date: from the first moment of the clock until the second or third. */
static uint8_t stock_row(const struct part_run *r, const struct condition_view *on, size_t row,
                         int64_t *ret_value)
{
    int64_t from = condition_moment(on, r->p->clock, row);
    const int columns[] = { r->p->until, r->p->gone };

    if (from == TIME_NONE || from > on->at)
        return PART_OUTSIDE;
    for (size_t i = 0; i < COUNT(columns); i++)
        if (columns[i] >= 0 && condition_moment(on, columns[i], row) != TIME_NONE)
            return PART_OUTSIDE;
    if (condition_test(&r->of, on, row) != TRUTH_YES)
        return PART_OUTSIDE;
    *ret_value = clocks_days_between(from, on->at);
    if (r->p->calc == CALC_STOCK)
        return PART_COUNTED;
    return r->p->yes.n > 0 && condition_test(&r->yes, on, row) == TRUTH_YES ? PART_YES : PART_NO;
}

static uint8_t time_row(const struct part_run *r, size_t row, int64_t *ret_value)
{
    int64_t from = condition_moment(&r->view, r->p->clock, row),
            to = condition_moment(&r->view, r->p->until, row),
            gone = r->p->gone >= 0 ? condition_moment(&r->view, r->p->gone, row) : TIME_NONE;
    bool ended = to != TIME_NONE && (gone == TIME_NONE || to <= gone);

    if (!ended)
        to = gone != TIME_NONE ? gone : r->t->at;
    *ret_value = clocks_days_between(from, to < from ? from : to);
    return ended ? PART_YES : gone != TIME_NONE ? PART_NO : PART_NOT_YET;
}

/* A row of the population in the period. */
static uint8_t flow_row(const struct part_run *r, size_t row, int64_t *ret_value)
{
    enum truth yes = r->p->yes.n > 0 ? condition_test(&r->yes, &r->view, row) : TRUTH_NO;

    switch (r->p->calc) {
    case CALC_TIME:
        return time_row(r, row, ret_value);
    case CALC_QUANTILE:
    case CALC_MEAN:
        *ret_value = part_number_of(r, r->p->value, row);
        return *ret_value != INT64_MIN ? PART_COUNTED : PART_OUTSIDE;
    case CALC_SUM:
    case CALC_POOLED:
    case CALC_RATIO:
        *ret_value = part_number_of(r, r->p->value, row);
        return PART_COUNTED;
    case CALC_MIX:
        *ret_value = r->rows->code[r->p->code] != NULL ? r->rows->code[r->p->code][row] : -1;
        return *ret_value >= 0 ? PART_COUNTED : PART_OUTSIDE;
    case CALC_PEOPLE:
        return part_number_of(r, FACT_WHO, row) >= 0 ? mark_of(yes) : PART_OUTSIDE;
    case CALC_SHARE:
    case CALC_SPREAD:
        return mark_of(yes);
    default:
        return PART_COUNTED;
    }
}

void part_rows(const struct part_task *task, uint8_t *mark, int64_t *value)
{
    const struct part *p = task->part;
    const struct part_period *period = &task->period[0];
    struct part_run r = { .t = task, .p = p, .rows = &task->facts->set[p->set] };
    bool stock = p->calc == CALC_STOCK || p->calc == CALC_STOCK_SHARE;
    int64_t on =
        period->to != 0 && period->to - 1 < task->at ? period->to - 1 : task->at; /* its last moment */

    condition_bind(&p->of, task->facts, &r.of);
    condition_bind(&p->yes, task->facts, &r.yes);
    r.view = (struct condition_view){ r.rows, task->calendar, task->at };
    const struct condition_view date = { r.rows, task->calendar, on };
    for (size_t row = 0; row < r.rows->n; row++) {
        bool left_out = (r.rows->marks != NULL && (r.rows->marks[row] & FACT_BIT(DUPLICATE)) != 0) ||
                        (task->group != NULL && task->group[row] < 0);
        value[row] = INT64_MIN;
        mark[row] = PART_OUTSIDE;
        if (left_out)
            continue;
        if (stock) {
            mark[row] = stock_row(&r, &date, row, &value[row]);
            continue;
        }
        int64_t moment = condition_moment(&r.view, p->clock, row);
        if (moment != TIME_NONE && moment <= task->at && in_period(period, moment) &&
            condition_test(&r.of, &r.view, row) == TRUTH_YES)
            mark[row] = flow_row(&r, row, &value[row]);
    }
}

/* ── Figures of the waiting list ── */

static uint8_t waiting_row(const struct extract *x, const struct figure_query *q, enum figure_id id,
                           size_t row, int64_t *ret_value)
{
    const struct clocks_way way = { .at = q->at, .in_days = true };
    const struct clocks_wait w = clocks_get_wait(x, row, &way);

    if (!figure_kept(x, q, row) || w.state != CLOCKS_WAITING)
        return PART_OUTSIDE;
    *ret_value = id == FIGURE_CONTACT ? clocks_contact_gap(x, row, q->at) : w.length / SECONDS_A_DAY;
    if (id == FIGURE_STOCK)
        return PART_COUNTED;
    return *ret_value <= (q->gap_days > 0 ? q->gap_days : 14) ? PART_YES : PART_NO;
}

static uint8_t norm_row(const struct extract *x, const struct figure_query *q, size_t row,
                        const struct clocks_wait *w)
{
    int64_t norm = q->norm[row];

    if (norm == TIME_NONE || norm <= x->received[row])
        return PART_OUTSIDE;
    if (w->state == CLOCKS_STARTED)
        return w->end <= norm ? PART_YES : PART_NO;
    return norm <= q->at && (w->state == CLOCKS_WAITING || w->end > norm) ? PART_NO : PART_NOT_YET;
}

static uint8_t cohort_row(const struct extract *x, const struct figure_query *q, enum figure_id id,
                          size_t row, int64_t *ret_value)
{
    const struct clocks_way way = { .at = q->at, .in_days = true };
    bool whole = id == FIGURE_COMPLETION || id == FIGURE_CLOSED;
    const struct clocks_wait w = whole ? clocks_get_completion(x, row, &way) : clocks_get_wait(x, row, &way);

    *ret_value = w.length / SECONDS_A_DAY;
    if (id == FIGURE_NORM)
        return norm_row(x, q, row, &w);
    if (w.state == CLOCKS_WAITING || w.state == CLOCKS_LOST)
        return PART_NOT_YET;
    if (whole)
        return w.state == CLOCKS_CLOSED ? PART_YES : PART_NOT_YET;
    if (id == FIGURE_LEFT)
        return w.state == CLOCKS_STARTED ? PART_NO : PART_YES;
    return w.state == CLOCKS_STARTED ? PART_YES : PART_NO;
}

void part_figure_rows(const struct extract *x, const struct figure_query *q, enum figure_id id, uint8_t *mark,
                      int64_t *value)
{
    for (size_t row = 0; row < x->n; row++) {
        value[row] = INT64_MIN;
        if (id == FIGURE_STOCK || id == FIGURE_CONTACT)
            mark[row] = waiting_row(x, q, id, row, &value[row]);
        else if (!figure_in_cohort(x, q, row))
            mark[row] = PART_OUTSIDE;
        else
            mark[row] = id == FIGURE_INFLOW ? PART_COUNTED : cohort_row(x, q, id, row, &value[row]);
    }
}
