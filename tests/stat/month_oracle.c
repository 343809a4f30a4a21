// SPDX-License-Identifier: EUPL-1.2
#include "stat/month_oracle.h"

#include "base/date.h"

#include <stdlib.h>
#include <string.h>

/* One row of the result: days from..to, one cell or all of them (-1). */
struct part {
    const struct month_frame *f;
    const struct calendar *k;
    const struct month_row *row;
    size_t n;
    int32_t norm, from, to, cell;
};

static bool in(const struct part *p, int32_t day)
{
    return day != DAY_NONE && day >= p->from && day <= p->to && day <= p->f->last_day;
}

static bool known(const struct part *p, int32_t day)
{
    return day != DAY_NONE && day <= p->f->last_day;
}

static int by_value(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* The smallest value v so that at least p % of the values are v or less, each candidate tried in turn. */
static int32_t quantile(const int32_t *sorted, size_t n, size_t percent)
{
    for (size_t i = 0; i < n; i++)
        if (100 * (i + 1) >= percent * n)
            return sorted[i];
    return MONTH_NO_DATA;
}

static void count(const struct part *p, int32_t number[MONTH_NUMBERS])
{
    int32_t *wait = malloc((p->n + 1) * sizeof *wait);
    size_t n = 0;

    memset(number, 0, sizeof(int32_t[MONTH_NUMBERS]));
    for (size_t i = 0; i < p->n; i++) {
        const struct month_row *r = &p->row[i];
        if (p->cell >= 0 && r->cell != p->cell)
            continue;
        number[MONTH_INFLOW] += in(p, r->received);
        number[MONTH_DIRECT] += in(p, r->received) && r->direct;
        number[MONTH_REOPENED] += in(p, r->received) && r->reopened;
        number[MONTH_CLOSED] += in(p, r->closed);
        number[MONTH_WITHDRAWN] += in(p, r->left);
        number[MONTH_OPEN] += r->received <= p->to && !(known(p, r->started) && r->started <= p->to) &&
                              !(known(p, r->left) && r->left <= p->to);
        if (in(p, r->started)) {
            wait[n++] = r->started - r->received;
            number[MONTH_IN_NORM] += calendar_working_between(p->k, r->received, r->started) <= p->norm;
        }
    }
    qsort(wait, n, sizeof *wait, by_value);
    number[MONTH_STARTED] = (int32_t)n;
    number[MONTH_MEDIAN] = quantile(wait, n, 50);
    number[MONTH_P80] = quantile(wait, n, 80);
    number[MONTH_P90] = quantile(wait, n, 90);
    free(wait);
}

/* Kaplan-Meier by its definition: at each day of an event, who is at risk and who starts, counted from the
 * rows. */
static void curve(const struct part *p, int32_t number[MONTH_NUMBERS])
{
    int32_t *exit = malloc((p->n + 1) * sizeof *exit), longest = 0;
    bool *event = malloc(p->n + 1);
    size_t n = 0;
    double s = 1;

    number[MONTH_KM50] = number[MONTH_KM80] = MONTH_NO_DATA;
    for (size_t i = 0; i < p->n; i++) {
        const struct month_row *r = &p->row[i];
        if ((p->cell >= 0 && r->cell != p->cell) || !in(p, r->received))
            continue;
        event[n] = known(p, r->started);
        exit[n] = (event[n] ? r->started : known(p, r->left) ? r->left : p->f->last_day) - r->received;
        longest = exit[n] > longest ? exit[n] : longest;
        n++;
    }
    for (int32_t day = 0; day <= longest; day++) {
        double at_risk = 0, starts = 0;
        for (size_t i = 0; i < n; i++) {
            at_risk += exit[i] >= day;
            starts += exit[i] == day && event[i];
        }
        s *= at_risk > 0 ? 1 - starts / at_risk : 1;
        if (s <= 0.5 + 1e-9 && number[MONTH_KM50] == MONTH_NO_DATA)
            number[MONTH_KM50] = day;
        if (s <= 0.2 + 1e-9 && number[MONTH_KM80] == MONTH_NO_DATA)
            number[MONTH_KM80] = day;
    }
    free(exit);
    free(event);
}

void month_oracle(const struct month_frame *f, const struct calendar *k, int32_t norm,
                  const struct month_row *row, size_t n, int32_t (*number)[MONTH_NUMBERS])
{
    struct part p = { f, k, row, n, norm, 0, 0, 0 };

    for (int32_t m = 0; m < f->months; m++)
        for (p.cell = 0; p.cell < f->cells; p.cell++, number++) {
            p.from = f->first[m];
            p.to = f->first[m + 1] - 1;
            count(&p, *number);
            curve(&p, *number);
        }
    p.cell = -1;
    for (int32_t m = 0; m < f->months; number++) {
        int32_t year = date_to_civil(f->first[m]).year;
        p.from = f->first[m];
        while (m < f->months && date_to_civil(f->first[m]).year == year)
            p.to = f->first[++m] - 1;
        count(&p, *number);
        curve(&p, *number);
    }
}
