// SPDX-License-Identifier: EUPL-1.2
#include "stat/month_data.h"

#include "base/date.h"

#include <math.h>

static double day_weight(const struct month_data *d, int32_t day)
{
    static const double weekday[] = { 1.25, 1.15, 1.05, 1.0, 0.9, 0.15, 0.1 };
    struct civil c = date_to_civil(day);
    double growth = 1 + 0.15 * (day - d->first) / (d->last - d->first);

    return weekday[date_weekday(day) - 1] * growth * (c.month == 7 || c.month == 8 ? 0.75 : 1);
}

void month_data_begin(struct month_data *d, uint64_t seed, size_t n)
{
    *d = (struct month_data){ .n = n };
    rng_seed(&d->rng, seed);
    d->first = date_from_civil(2022, 1, 1);
    d->last = date_from_civil(2025, 12, 31);
    for (int32_t day = d->first; day <= d->last; day++)
        d->weight += day_weight(d, day);
    d->day = d->first;
    d->done = day_weight(d, d->day);
}

void month_data_frame(struct month_frame *f)
{
    struct calendar k;

    calendar_init(&k, &(struct calendar_rule){ 0 });
    month_frame_init(f, date_from_civil(2022, 1, 1), date_from_civil(2025, 12, 31), MONTH_DATA_CELLS);
    month_frame_norm(f, &k, 10);
}

/* Days until help starts. */
static int32_t draw_wait(struct rng *r, int urgency)
{
    static const double mean[] = { 1.6, 2.8, 3.8 }, sd[] = { 0.7, 0.7, 0.8 };

    if (rng_below(r, 100) < 7) /* stuck */
        return (int32_t)rng_below(r, 1457);
    return (int32_t)exp(mean[urgency] + sd[urgency] * rng_normal(r));
}

static void draw_course(struct rng *r, int urgency, struct month_row *row)
{
    int32_t start = row->received + draw_wait(r, urgency);
    int32_t leave = row->received + (int32_t)rng_exponential(r, 1000);

    row->started = row->left = row->closed = DAY_NONE;
    row->direct = rng_below(r, 100) < 12;
    row->reopened = rng_below(r, 100) < 5;
    if (row->direct)
        start = row->received;
    if (leave < start) {
        row->left = row->closed = leave;
        return;
    }
    row->started = start;
    row->closed = start + (int32_t)exp(4.2 + 0.8 * rng_normal(r));
}

bool month_data_next(struct month_data *d, struct month_row *ret_row)
{
    static const double hood[MONTH_DATA_HOODS] = {
        11, 9, 8, 8, 7, 7, 6, 6, 5, 5, 5, 4, 4, 3, 3, 3, 2, 2, 1, 1
    };

    if (d->made == d->n)
        return false;
    while (d->day < d->last && (double)d->made >= d->done / d->weight * (double)d->n)
        d->done += day_weight(d, ++d->day);
    uint64_t draw = rng_below(&d->rng, 100);
    int urgency = draw < 12 ? 0 : draw < 40 ? 1 : 2;
    int where = (int)rng_choice(&d->rng, hood, MONTH_DATA_HOODS);

    *ret_row = (struct month_row){ .cell = where * MONTH_DATA_URGENCIES + urgency, .received = d->day };
    draw_course(&d->rng, urgency, ret_row);
    d->made++;
    return true;
}
