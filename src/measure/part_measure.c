// SPDX-License-Identifier: EUPL-1.2
#include "measure/part_measure.h"

#include "measure/figure_core.h"
#include "measure/histogram.h"
#include "measure/quantile.h"
#include "measure/sort.h"
#include "measure/special.h"

#include <assert.h>
#include <math.h>
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

/* One task while it is done. */
struct run {
    const struct part_task *t;
    const struct part *p;
    const struct fact_rows *rows;
    struct condition_bound of, yes;
    struct condition_view view;
    struct part_work *w;
    size_t cells;
};

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

static int64_t number_of(const struct run *r, int column, size_t row)
{
    const int64_t *c = column >= 0 ? r->rows->column[column] : NULL;

    return c != NULL ? c[row] : INT64_MIN;
}

static int64_t times_of(const struct run *r, size_t row)
{
    const int64_t *c = r->rows->column[FACT_TIMES];

    return c != NULL ? c[row] : 1;
}

static bool is_left_out(const struct run *r, size_t row)
{
    return (r->rows->marks != NULL && (r->rows->marks[row] & FACT_BIT(DUPLICATE)) != 0) ||
           (r->t->group != NULL && r->t->group[row] < 0);
}

static size_t group_of(const struct run *r, size_t row)
{
    return r->t->group != NULL ? (size_t)r->t->group[row] : 0;
}

/* The number that this way of computing collects of a row; false: it is not known. */
static bool collected(const struct run *r, size_t row, int64_t *ret_value)
{
    int64_t from = condition_moment(&r->view, r->p->clock, row), to, gone;

    switch (r->p->calc) {
    case CALC_QUANTILE:
    case CALC_MEAN:
        *ret_value = number_of(r, r->p->value, row);
        return *ret_value != INT64_MIN;
    case CALC_PEOPLE:
        *ret_value = number_of(r, FACT_WHO, row);
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

static void add_sums(struct run *r, struct part_cell *k, size_t row)
{
    int64_t value = number_of(r, r->p->value, row), per = number_of(r, r->p->per, row);

    int64_t people = number_of(r, FACT_PEOPLE, row), at = condition_moment(&r->view, r->p->clock, row);

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

static void add_row(struct run *r, size_t row, struct part_cell *k, uint32_t cell)
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

static void walk(struct run *r)
{
    for (size_t row = 0; row < r->rows->n; row++) {
        int64_t moment;
        size_t period;
        if (collects(r->p->calc))
            r->w->cell[row] = NO_CELL;
        if (is_left_out(r, row))
            continue;
        moment = condition_moment(&r->view, r->p->clock, row);
        if (moment == TIME_NONE || moment > r->t->at)
            continue;
        period = period_of(r->t, moment);
        if (period == r->t->periods)
            continue;
        size_t cell = group_of(r, row) * r->t->periods + period;
        add_row(r, row, &r->w->cells[cell], (uint32_t)cell);
    }
}

/* ── What was collected, cell by cell ── */

/* Puts the collected values of each cell together, in w->key (values shifted by one, with their yes). */
static void gather(struct run *r)
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

/* Each person once; a yes stands before a no of the same person. */
static void put_people(struct run *r, struct part_cell *k, struct figure_result *f)
{
    uint64_t *key = r->w->key + k->from;
    int64_t n = 0, yes = 0;

    sort_u64(key, r->w->figure.scratch, k->values);
    for (size_t i = 0; i < k->values; i++)
        if (i == 0 || key[i] >> 1 != key[i - 1] >> 1) {
            n++;
            yes += (key[i] & 1) == 0;
        }
    f->n = n;
    f->events = yes;
    struct interval share = interval_wilson(yes, n, 0.95);
    figure_put_share(f, NAN, &share);
}

static void put_time(struct run *r, struct part_cell *k, struct figure_result *f)
{
    static const double p[] = { 0.5, 0.8 };
    struct survival_sample s = { .key = r->w->figure.key, .entry = r->w->figure.entry };
    struct survival_quantile q[COUNT(p)];
    const uint64_t *key = r->w->key + k->from;

    for (size_t i = 0; i < k->values; i++) {
        int64_t v = (int64_t)(key[i] >> 1); /* twice the days, and 1 when open */
        survival_add(&s, SURVIVAL_FROM_START, v / 2, v % 2 == 0);
    }
    survival_sort(&s, r->w->figure.scratch);
    struct survival_curve curve = survival_curve(&s, r->w->figure.step);
    survival_quantiles(&curve, p, COUNT(p), &r->t->way, q);
    f->n = (int64_t)s.n;
    f->events = (int64_t)s.events;
    f->censored = f->n - f->events;
    for (size_t i = 0; i < COUNT(p); i++)
        figure_put(f, (struct figure_value){ FIGURE_QUANTILE, p[i], q[i].value, q[i].lower, q[i].upper, NAN,
                                             NAN, q[i].below, q[i].above });
    figure_put_plain(f, FIGURE_MAX, NAN, s.n > 0 ? (double)curve.last : NAN);
}

static void put_quantile(struct figure_result *f, int64_t *value, size_t n, double p)
{
    struct interval q = quantile_interval(value, n, p, 0.95);
    double df = quantile_between(n, p, 0.95);

    figure_put(f, (struct figure_value){ FIGURE_NUMBER, p, q.value, q.lower, q.upper, NAN, NAN, df, df });
}

/* Numbers may be below 0: they are shifted by half the range while they are sorted. */
static void put_numbers(struct run *r, struct part_cell *k, struct figure_result *f)
{
    int64_t *v = r->w->value;
    const uint64_t *key = r->w->key + k->from;
    double mean = 0, squares = 0, sd, half, df = (double)k->values - 1;

    for (size_t i = 0; i < k->values; i++) {
        v[i] = (int64_t)key[i] >> 1;
        mean += (double)v[i] / (double)k->values;
    }
    if (r->p->calc == CALC_QUANTILE) {
        put_quantile(f, v, k->values, 0.5);
        put_quantile(f, v, k->values, 0.9);
        return;
    }
    for (size_t i = 0; i < k->values; i++)
        squares += ((double)v[i] - mean) * ((double)v[i] - mean);
    if (k->values == 0)
        mean = NAN;
    sd = k->values > 1 ? sqrt(squares / (double)(k->values - 1)) : NAN;
    half = k->values > 1 ? special_t_quantile(0.975, df) * sd / sqrt((double)k->values) : NAN;
    figure_put(
        f, (struct figure_value){ FIGURE_AVERAGE, NAN, mean, mean - half, mean + half, NAN, NAN, df, df });
}

/* ── Exposures ── */

/* All time begins when the register began. */
static int64_t period_begin(const struct run *r, const struct part_period *p)
{
    int64_t begin = r->t->facts->begin;

    return p->from == 0 && p->to == 0 && begin != TIME_NONE ? begin : p->from;
}

/* Seconds that requests spent between two moments within a period, of a group. */
static double time_spent(const struct run *r, int to_column, const struct part_period *p, size_t group)
{
    int64_t begin = period_begin(r, p);
    const struct fact_rows *q = &r->t->facts->set[FACT_REQUEST];
    struct condition_view view = { q, r->t->calendar, r->t->at };
    int64_t end = p->to != 0 && p->to < r->t->at ? p->to : r->t->at;
    double sum = 0;

    for (size_t i = 0; i < q->n; i++) {
        if (r->t->request_group != NULL && r->t->request_group[i] != (int32_t)group)
            continue;
        if (q->marks != NULL && (q->marks[i] & FACT_BIT(DUPLICATE)) != 0)
            continue;
        int64_t from = condition_moment(&view, FACT_RECEIVED, i), to = condition_moment(&view, to_column, i);
        if (from == TIME_NONE)
            continue;
        from = from < begin ? begin : from;
        to = to == TIME_NONE || to > end ? end : to;
        sum += to > from ? (double)(to - from) : 0;
    }
    return sum;
}

static double exposure_of(const struct run *r, const struct part_period *p, size_t group)
{
    int64_t end = p->to != 0 && p->to < r->t->at ? p->to : r->t->at, begin;

    switch (r->p->exposure) {
    case EXPOSURE_INHABITANTS:
        if (r->t->inhabitants == NULL || r->t->inhabitants[group] <= 0)
            return NAN;
        return (double)r->t->inhabitants[group];
    case EXPOSURE_WAITING_WEEKS:
        return time_spent(r, FACT_OFF, p, group) / (7 * DAY_SECONDS);
    case EXPOSURE_ACTIVE:
        begin = period_begin(r, p);
        return end > begin ? time_spent(r, FACT_CLOSED, p, group) / (double)(end - begin) : NAN;
    case EXPOSURE_COLUMN:
        break;
    }
    return NAN;
}

static void put_rate(struct run *r, const struct part_cell *k, struct figure_result *f, size_t cell)
{
    const struct part_period *p = &r->t->period[cell % r->t->periods];
    double exposure = exposure_of(r, p, cell / r->t->periods);
    struct interval rate = { NAN, NAN, NAN };

    if (exposure > 0)
        rate = interval_poisson_rate(k->n, exposure, 0.95);
    f->events = k->n;
    figure_put(f, (struct figure_value){ .kind = FIGURE_RATE,
                                         .at = NAN,
                                         .value = rate.value * 1000,
                                         .lower = rate.lower * 1000,
                                         .upper = rate.upper * 1000 });
    figure_put_plain(f, FIGURE_SUM, NAN, exposure);
}

/* ── Results ── */

static void put_pooled(const struct part_cell *k, struct figure_result *f)
{
    struct interval share = interval_wilson((int64_t)k->sum, (int64_t)k->per, 0.95);

    f->n = (int64_t)k->per;
    f->events = (int64_t)k->sum;
    figure_put_share(f, NAN, &share);
}

static bool is_minutes(int column)
{
    return column == FACT_HELD_MINUTES || column == FACT_PLANNED_MINUTES || column == FACT_MINUTES;
}

static void put_cell(struct run *r, struct part_cell *k, struct figure_result *f, size_t cell)
{
    struct interval share;
    double per;

    f->n = k->n;
    f->events = k->yes;
    f->censored = k->censored;
    f->outside = k->in_period - k->n;
    switch (r->p->calc) {
    case CALC_PEOPLE:
        put_people(r, k, f);
        break;
    case CALC_RATE:
        put_rate(r, k, f, cell);
        break;
    case CALC_TIME:
        put_time(r, k, f);
        break;
    case CALC_QUANTILE:
    case CALC_MEAN:
        put_numbers(r, k, f);
        break;
    case CALC_SUM:
        figure_put_plain(f, FIGURE_SUM, NAN, k->sum / (is_minutes(r->p->value) ? 60 : 1));
        break;
    case CALC_POOLED:
        put_pooled(k, f);
        break;
    case CALC_RATIO:
        per = k->per / (is_minutes(r->p->per) ? 60 : 1);
        if (k->people > 0)
            f->n = llround(k->people / (double)(clocks_days_between(k->first, k->last) + 1));
        figure_put_plain(f, FIGURE_RATIO, NAN, per > 0 ? k->sum / per : NAN);
        break;
    case CALC_SHARE:
    case CALC_SPREAD:
        share = interval_wilson(k->yes, k->n, 0.95);
        figure_put_share(f, NAN, &share);
        break;
    default:
        figure_put_plain(f, FIGURE_COUNT, NAN, (double)k->n);
    }
}

static void start(struct run *r, struct figure_result *result)
{
    memset(r->w->cells, 0, r->cells * sizeof *r->w->cells);
    for (size_t i = 0; i < r->cells; i++) {
        const struct part_period *p = &r->t->period[i % r->t->periods];
        figure_start(&result[i], FIGURES);
        result[i].no_data = r->rows->since == TIME_NONE || (p->to != 0 && p->to <= r->rows->since) ||
                            r->t->at <= r->rows->since;
    }
}

/* ── Stocks ── */

struct stock {
    int64_t band[HISTOGRAM_AGE_BANDS], longest;
};

static void stock_row(struct run *r, size_t row, struct part_cell *k, struct stock *s)
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

static void put_stock(struct run *r, const struct part_cell *k, const struct stock *s,
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

/* At the last moment of each period, group by group. */
static void measure_stock(struct run *r, struct figure_result *result)
{
    const struct part_task *t = r->t;

    for (size_t p = 0; p < t->periods; p++) {
        int64_t to = t->period[p].to;
        r->view.at = to != 0 && to - 1 < t->at ? to - 1 : t->at;
        for (size_t g = 0; g < t->groups; g++) {
            struct part_cell *k = &r->w->cells[g * t->periods + p];
            struct stock s = { .longest = 0 };
            for (size_t row = 0; row < r->rows->n; row++)
                if (!is_left_out(r, row) && group_of(r, row) == g)
                    stock_row(r, row, k, &s);
            put_stock(r, k, &s, &result[g * t->periods + p]);
        }
    }
}

void part_measure(const struct part_task *task, struct part_work *w, struct figure_result *result)
{
    const struct part *p = task->part;
    struct run r = { .t = task, .p = p, .rows = &task->facts->set[p->set], .w = w };

    r.cells = task->groups * task->periods;
    assert(p->calc != CALC_FIGURE && r.cells <= w->cell_room && part_work_rows(p, task->facts) <= w->rows);
    condition_bind(&p->of, task->facts, &r.of);
    condition_bind(&p->yes, task->facts, &r.yes);
    r.view = (struct condition_view){ r.rows, task->calendar, task->at };
    start(&r, result);
    if (p->calc == CALC_STOCK || p->calc == CALC_STOCK_SHARE) {
        measure_stock(&r, result);
        return;
    }
    walk(&r);
    if (collects(p->calc))
        gather(&r);
    for (size_t i = 0; i < r.cells; i++)
        put_cell(&r, &w->cells[i], &result[i], i);
}
