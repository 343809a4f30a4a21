// SPDX-License-Identifier: EUPL-1.2
#include "measure/month_set.h"

#include "measure/month_kernel.h"

#include <string.h>

/* Memory of one thread; the histograms of months stand behind it. */
struct work {
    uint16_t bins[MONTH_BINS];
    uint32_t gone[2][MONTH_HIST]; /* of one group: starts, and who left or still waits */
    /* of one cell, by month */
    uint32_t closed[MONTH_FRAME_MONTHS + MONTH_AFTER], in_norm[MONTH_FRAME_MONTHS + MONTH_AFTER];
    uint32_t left[MONTH_FRAME_MONTHS + MONTH_AFTER], start_used[MONTH_FRAME_MONTHS + MONTH_AFTER];
    /* of all cells of this thread, by calendar year */
    struct month_year year[MONTH_FRAME_MONTHS / 12 + 1];
    uint32_t start[][MONTH_HIST]; /* of one cell: one to write to and never read, then by month: months + 2 */
};

size_t month_years(const struct month_frame *f)
{
    return (size_t)(f->first_month - 1 + f->months - 1) / 12 + 1;
}

size_t month_year_at(const struct month_frame *f, int32_t month)
{
    return (size_t)(f->first_month - 1 + month) / 12;
}

size_t month_set_rows(const struct month_frame *f)
{
    return (size_t)f->months * (size_t)f->cells + month_years(f);
}

size_t month_work_size(const struct month_frame *f)
{
    return sizeof(struct work) + ((size_t)f->months + 3) * sizeof(uint32_t[MONTH_HIST]);
}

void month_set_begin(struct month_set *s, const struct month_rows *rows, const struct month_kernel *kernel,
                     int32_t (*number)[MONTH_NUMBERS])
{
    s->rows = rows;
    s->kernel = kernel;
    s->number = number;
    atomic_init(&s->next, 0);
}

/* Who still waits is censored on the last day. */
static void censor_waiting(const struct month_group *g, struct month_fold *fold)
{
    uint16_t *waiting = fold->bins + (size_t)MONTH_ROW_WAITING * MONTH_KIND;
    uint64_t any[8];

    memcpy(any, waiting, sizeof any); /* 32 days */
    if ((any[0] | any[1] | any[2] | any[3] | any[4] | any[5] | any[6] | any[7]) == 0)
        return;
    for (int32_t day = 0; day < 32; day++) {
        int32_t wait = g->frame->last_day - g->frame->first[g->month] - day;

        if (waiting[day] > 0 && wait >= 0) {
            wait = wait > MONTH_WAIT_MAX ? MONTH_WAIT_MAX : wait;
            fold->gone[1][wait] += waiting[day];
            fold->used |= 1u << (wait >> 6);
        }
        waiting[day] = 0;
    }
}

static void count_rows(const struct month_kernel *k, const struct month_group *g, struct month_fold *fold,
                       struct month_tally *t)
{
    if (g->n < k->few) {
        month_count_few(g, fold, t);
    } else {
        k->count(g, fold->bins, t);
        k->fold(g, fold, t->wait_max + 1);
    }
    censor_waiting(g, fold);
}

/* Reads every row of a group: its counts, its histograms, and the curve of those who came in this month. */
static void count_group(struct month_set *s, struct work *w, int32_t month, int32_t cell)
{
    const struct month_frame *f = s->rows->frame;
    size_t group = (size_t)month * (size_t)f->cells + (size_t)cell;
    size_t at = s->rows->from[group], end = s->rows->from[group + 1];
    uint32_t n = (uint32_t)(end - at);
    struct month_tally t = { .closed = w->closed, .in_norm = w->in_norm };
    struct month_fold fold = { w->bins, w->gone, 0, w->start, w->start_used, w->left };
    int32_t *number = s->number[group];
    uint32_t *not_closed = w->closed + month + MONTH_NOT_CLOSED, others = *not_closed;

    number[MONTH_KM50] = number[MONTH_KM80] = MONTH_NO_DATA;
    number[MONTH_INFLOW] = (int32_t)n;
    for (; at < end; at += MONTH_CHUNK) {
        struct month_group g = { f, month, s->rows->outcome + at, s->rows->rest + at,
                                 end - at < MONTH_CHUNK ? end - at : MONTH_CHUNK };
        count_rows(s->kernel, &g, &fold, &t);
    }
    *not_closed = others; /* a month of other rows, far ahead: what this group wrote there is no closing */
    if (n > 0) {
        struct month_year *y = &w->year[month_year_at(f, month)];
        s->kernel->survival(w->gone[0], w->gone[1], fold.used, n, number + MONTH_KM50);
        s->kernel->move(y->gone[0], w->gone[0], fold.used);
        s->kernel->move(y->gone[1], w->gone[1], fold.used);
    }
    number[MONTH_DIRECT] = (int32_t)t.direct;
    number[MONTH_REOPENED] = (int32_t)t.reopened;
}

/* The figures of those who started in a month, when all groups of the cell have been read. */
static void finish_month(struct month_set *s, struct work *w, int32_t month, int32_t cell, int32_t *open)
{
    const struct month_frame *f = s->rows->frame;
    int32_t *number = s->number[(size_t)month * (size_t)f->cells + (size_t)cell];
    uint32_t used = w->start_used[month];

    number[MONTH_MEDIAN] = number[MONTH_P80] = number[MONTH_P90] = MONTH_NO_DATA;
    number[MONTH_STARTED] =
        (int32_t)s->kernel->quantiles(w->start[month + 1], used, MONTH_COUNT_THEM, number + MONTH_MEDIAN);
    number[MONTH_CLOSED] = (int32_t)w->closed[month];
    number[MONTH_WITHDRAWN] = (int32_t)w->left[month];
    number[MONTH_IN_NORM] = (int32_t)w->in_norm[month];
    *open += number[MONTH_INFLOW] - number[MONTH_STARTED] - number[MONTH_WITHDRAWN];
    number[MONTH_OPEN] = *open;
    s->kernel->move(w->year[month_year_at(f, month)].start, w->start[month + 1], used);
    w->start_used[month] = 0;
}

static void count_cell(struct month_set *s, struct work *w, int32_t cell)
{
    const struct month_frame *f = s->rows->frame;
    int32_t open = 0;

    memset(w->closed, 0, sizeof w->closed);
    memset(w->in_norm, 0, sizeof w->in_norm);
    memset(w->left, 0, sizeof w->left);
    for (int32_t m = 0; m < f->months; m++)
        count_group(s, w, m, cell);
    for (int32_t m = 0; m < f->months; m++)
        finish_month(s, w, m, cell, &open);
}

void month_set_work(struct month_set *s, void *work)
{
    const struct month_frame *f = s->rows->frame;
    struct work *w = work;

    memset(w->year, 0, month_years(f) * sizeof *w->year);
    for (int32_t cell; (cell = atomic_fetch_add(&s->next, 1)) < f->cells;)
        count_cell(s, w, cell);
}

/* The counts of a year: those of its months, and the list at the end of the last one. */
static void sum_year(const struct month_frame *f, size_t year, int32_t (*number)[MONTH_NUMBERS],
                     int32_t *ret_row)
{
    static const enum month_number sums[] = { MONTH_INFLOW,  MONTH_STARTED, MONTH_CLOSED,  MONTH_WITHDRAWN,
                                              MONTH_IN_NORM, MONTH_DIRECT,  MONTH_REOPENED };

    memset(ret_row, 0, sizeof(int32_t[MONTH_NUMBERS]));
    for (int32_t m = 0; m < f->months; m++, number += f->cells) {
        if (month_year_at(f, m) != year)
            continue;
        ret_row[MONTH_OPEN] = 0;
        for (int32_t c = 0; c < f->cells; c++) {
            for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
                ret_row[sums[i]] += number[c][sums[i]];
            ret_row[MONTH_OPEN] += number[c][MONTH_OPEN];
        }
    }
}

void month_year_finish(const struct month_frame *f, const struct month_kernel *k, const struct month_year *y,
                       size_t year, int32_t (*number)[MONTH_NUMBERS])
{
    int32_t *row = number[(size_t)f->months * (size_t)f->cells + year];

    sum_year(f, year, number, row);
    row[MONTH_MEDIAN] = row[MONTH_P80] = row[MONTH_P90] = row[MONTH_KM50] = row[MONTH_KM80] = MONTH_NO_DATA;
    k->quantiles(y->start, ~0u, (uint32_t)row[MONTH_STARTED], row + MONTH_MEDIAN);
    if (row[MONTH_INFLOW] > 0)
        k->survival(y->gone[0], y->gone[1], ~0u, (uint32_t)row[MONTH_INFLOW], row + MONTH_KM50);
}

void month_set_end(struct month_set *s, void *const *work, size_t n_work)
{
    const struct month_frame *f = s->rows->frame;
    struct work *all = work[0];

    for (size_t year = 0; year < month_years(f); year++) {
        for (size_t i = 1; i < n_work; i++) {
            struct work *w = work[i];
            s->kernel->move(all->year[year].gone[0], w->year[year].gone[0], ~0u);
            s->kernel->move(all->year[year].gone[1], w->year[year].gone[1], ~0u);
            s->kernel->move(all->year[year].start, w->year[year].start, ~0u);
        }
        month_year_finish(f, s->kernel, &all->year[year], year, s->number);
    }
}
