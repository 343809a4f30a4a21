// SPDX-License-Identifier: EUPL-1.2
/* From the counts and values of a cell to its result. */
#include "base/sort.h"
#include "measure/figure_core.h"
#include "measure/part_core.h"
#include "measure/quantile.h"
#include "measure/special.h"

#include <math.h>

/* Each person once; a yes stands before a no of the same person. */
static void put_people(struct part_run *r, struct part_cell *k, struct figure_result *f)
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

static void put_time(struct part_run *r, struct part_cell *k, struct figure_result *f)
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
static void put_numbers(struct part_run *r, struct part_cell *k, struct figure_result *f)
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
static int64_t period_begin(const struct part_run *r, const struct part_period *p)
{
    int64_t begin = r->t->facts->begin;

    return p->from == 0 && p->to == 0 && begin != TIME_NONE ? begin : p->from;
}

/* Seconds that requests spent between two moments within a period, of a group. */
static double time_spent(const struct part_run *r, int to_column, const struct part_period *p, size_t group)
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

static double exposure_of(const struct part_run *r, const struct part_period *p, size_t group)
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

static void put_rate(struct part_run *r, const struct part_cell *k, struct figure_result *f, size_t cell)
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

void part_result(struct part_run *r, struct part_cell *k, struct figure_result *f, size_t cell)
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
