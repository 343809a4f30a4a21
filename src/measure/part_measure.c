// SPDX-License-Identifier: EUPL-1.2
#include "measure/part_measure.h"

#include "measure/figure_core.h"
#include "measure/part_core.h"

#include <assert.h>
#include <string.h>

#define NO_CELL UINT32_MAX

size_t facts_rows_max(const struct facts *f)
{
    size_t n = 0;

    for (int i = 0; i < FACT_SETS; i++)
        n = f->set[i].n > n ? f->set[i].n : n;
    return n;
}

size_t part_work_bytes(size_t rows, size_t cells)
{
    size_t n = rows + 1;

    return n * (sizeof(int64_t) + sizeof(uint64_t) + 2 * sizeof(uint32_t)) +
           cells * sizeof(struct part_cell) + figure_work_bytes(n) + 64;
}

struct part_work part_work_in(void *memory, size_t rows, size_t cells)
{
    char *p = memory;
    size_t n = rows + 1;
    struct part_work w = { .rows = rows, .cell_room = cells };

    w.value = (void *)p;
    p += n * sizeof *w.value;
    w.key = (void *)p;
    p += n * sizeof *w.key;
    w.cells = (void *)p;
    p += cells * sizeof *w.cells;
    w.figure = figure_work_in(p, n);
    p += (figure_work_bytes(n) + 7) / 8 * 8;
    w.cell = (void *)p;
    return w;
}

static size_t period_of(const struct part_task *t, int64_t moment)
{
    size_t low = 0, high = t->periods;

    if (t->periods == 1 && t->period[0].from == 0 && t->period[0].to == 0)
        return 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->period[middle].to <= moment)
            low = middle + 1;
        else
            high = middle;
    }
    return low < t->periods && t->period[low].from <= moment ? low : t->periods;
}

static int64_t times_of(const struct part_run *r, size_t row)
{
    const int64_t *c = r->rows->column[FACT_TIMES];

    return c != NULL ? c[row] : 1;
}

/* The number that this way of computing collects of a row; false: it is not known. */
static bool collected(const struct part_run *r, size_t row, int64_t *ret_value)
{
    int64_t from = condition_moment(&r->view, r->p->clock, row), to, gone;

    switch (r->p->calc) {
    case CALC_QUANTILE:
    case CALC_MEAN:
        *ret_value = part_number_of(r, r->p->value, row);
        return *ret_value != INT64_MIN;
    case CALC_PEOPLE:
        *ret_value = part_number_of(r, FACT_WHO, row);
        return *ret_value >= 0;
    case CALC_TIME: /* twice the days, and 1 when it was not seen to its end */
        to = condition_moment(&r->view, r->p->until, row);
        gone = r->p->gone >= 0 ? condition_moment(&r->view, r->p->gone, row) : TIME_NONE;
        if (to != TIME_NONE && (gone == TIME_NONE || to <= gone)) {
            *ret_value = clocks_days_between(from, to < from ? from : to) * 2;
            return true;
        }
        to = gone != TIME_NONE ? gone : r->t->at;
        *ret_value = clocks_days_between(from, to < from ? from : to) * 2 + 1;
        return true;
    default:
        return false;
    }
}

static bool collects(enum calc calc)
{
    return calc == CALC_QUANTILE || calc == CALC_MEAN || calc == CALC_PEOPLE || calc == CALC_TIME;
}

size_t part_work_rows(const struct part *p, const struct facts *f)
{
    return collects(p->calc) ? f->set[p->set].n : 0;
}

static void add_sums(struct part_run *r, struct part_cell *k, size_t row)
{
    int64_t value = part_number_of(r, r->p->value, row), per = part_number_of(r, r->p->per, row);

    int64_t people = part_number_of(r, FACT_PEOPLE, row), at = condition_moment(&r->view, r->p->clock, row);

    k->n += times_of(r, row);
    if (people != INT64_MIN) {
        k->first = k->people > 0 && k->first < at ? k->first : at;
        k->last = k->people > 0 && k->last > at ? k->last : at;
        k->people += (double)people;
    }
    if (r->p->calc == CALC_SUM)
        k->sum += value != INT64_MIN ? (double)value : 0;
    else if (value != INT64_MIN && per != INT64_MIN) {
        k->sum += (double)value;
        k->per += (double)per;
    }
}

static void add_row(struct part_run *r, size_t row, struct part_cell *k, uint32_t cell)
{
    enum truth of = condition_test(&r->of, &r->view, row), yes = TRUTH_NO;
    int64_t times = times_of(r, row);

    k->in_period += times;
    if (of != TRUTH_YES)
        return;
    if (r->p->calc == CALC_SUM || r->p->calc == CALC_POOLED || r->p->calc == CALC_RATIO) {
        add_sums(r, k, row);
        return;
    }
    if (r->p->yes.n > 0)
        yes = condition_test(&r->yes, &r->view, row);
    if (yes == TRUTH_OPEN) {
        k->censored += times;
        return;
    }
    if (collects(r->p->calc)) {
        if (!collected(r, row, &r->w->value[row]))
            return;
        r->w->cell[row] = cell;
        r->w->key[row] = yes == TRUTH_YES;
        k->values++;
    }
    k->n += times;
    k->yes += yes == TRUTH_YES ? times : 0;
}

static void walk(struct part_run *r)
{
    for (size_t row = 0; row < r->rows->n; row++) {
        int64_t moment;
        size_t period;
        if (collects(r->p->calc))
            r->w->cell[row] = NO_CELL;
        if (part_left_out(r, row))
            continue;
        moment = condition_moment(&r->view, r->p->clock, row);
        if (moment == TIME_NONE || moment > r->t->at)
            continue;
        period = period_of(r->t, moment);
        if (period == r->t->periods)
            continue;
        size_t cell = part_group_of(r, row) * r->t->periods + period;
        add_row(r, row, &r->w->cells[cell], (uint32_t)cell);
    }
}

/* ── What was collected, cell by cell ── */

/* Puts the collected values of each cell together, in w->key (values shifted by one, with their yes). */
static void gather(struct part_run *r)
{
    struct part_work *w = r->w;
    size_t at = 0;
    uint64_t *out = w->figure.scratch;

    for (size_t i = 0; i < r->cells; i++) {
        w->cells[i].from = at;
        at += w->cells[i].values;
        w->cells[i].values = 0;
    }
    for (size_t row = 0; row < r->rows->n; row++) {
        if (w->cell[row] == NO_CELL)
            continue;
        struct part_cell *k = &w->cells[w->cell[row]];
        out[k->from + k->values++] = ((uint64_t)w->value[row] << 1) | (w->key[row] == 0);
    }
    memcpy(w->key, out, at * sizeof *out);
}

static void start(struct part_run *r, struct figure_result *result)
{
    memset(r->w->cells, 0, r->cells * sizeof *r->w->cells);
    for (size_t i = 0; i < r->cells; i++) {
        const struct part_period *p = &r->t->period[i % r->t->periods];
        figure_start(&result[i], FIGURES);
        result[i].no_data = r->rows->since == TIME_NONE || (p->to != 0 && p->to <= r->rows->since) ||
                            r->t->at <= r->rows->since;
    }
}

void part_measure(const struct part_task *task, struct part_work *w, struct figure_result *result)
{
    const struct part *p = task->part;
    struct part_run r = { .t = task, .p = p, .rows = &task->facts->set[p->set], .w = w };

    r.cells = task->groups * task->periods;
    assert(p->calc != CALC_FIGURE && r.cells <= w->cell_room && part_work_rows(p, task->facts) <= w->rows);
    condition_bind(&p->of, task->facts, &r.of);
    condition_bind(&p->yes, task->facts, &r.yes);
    r.view = (struct condition_view){ r.rows, task->calendar, task->at };
    start(&r, result);
    if (p->calc == CALC_STOCK || p->calc == CALC_STOCK_SHARE) {
        part_stock(&r, result);
        return;
    }
    walk(&r);
    if (collects(p->calc))
        gather(&r);
    for (size_t i = 0; i < r.cells; i++)
        part_result(&r, &w->cells[i], &result[i], i);
}
