// SPDX-License-Identifier: EUPL-1.2
#include "account/result_core.h"
#include "base/date.h"
#include "base/text.h"

bool dimension_is_period(enum dimension d)
{
    return d == BY_YEAR || d == BY_QUARTER || d == BY_MONTH;
}

/* The first day of the year, quarter or month that holds a day. */
static int32_t period_start(enum dimension d, int32_t day)
{
    struct civil v = date_to_civil(day);
    int month = d == BY_YEAR ? 1 : d == BY_QUARTER ? (v.month - 1) / 3 * 3 + 1 : v.month;

    return date_from_civil(v.year, month, 1);
}

static void period_label(enum dimension d, int32_t day, char label[16])
{
    struct civil v = date_to_civil(day);
    char iso[11];

    date_iso(day, iso);
    text_copy(label, 16, iso);
    if (d == BY_YEAR)
        label[4] = '\0';
    else if (d == BY_MONTH)
        label[7] = '\0';
    else {
        label[5] = 'Q';
        label[6] = (char)('1' + (v.month - 1) / 3);
        label[7] = '\0';
    }
}

static int64_t day_begin(const struct result_query *q, int32_t day)
{
    return q->utc ? (int64_t)day * SECONDS_A_DAY : time_of_nl_day(day, 0);
}

static int32_t day_of(const struct result_query *q, int64_t time)
{
    int64_t day = time / SECONDS_A_DAY - (time % SECONDS_A_DAY < 0);

    return q->utc ? (int32_t)day : time_nl_day(time);
}

enum err periods_make(struct ctx *c, const struct extract *x, const struct result_query *q, enum dimension d,
                      struct period **ret_period, size_t *ret_n)
{
    int64_t first = q->from != 0 ? q->from : q->at, end = q->to != 0 ? q->to : q->at;
    struct period *period;
    size_t n = 0;

    for (size_t i = 0; i < x->n && q->from == 0; i++)
        first = x->received[i] < first ? x->received[i] : first;
    TRY(ctx_alloc(c, PERIODS_MAX, sizeof *period, (void *)&period));
    int32_t day = period_start(d, day_of(q, first));
    while (day_begin(q, day) < end && n < PERIODS_MAX) {
        struct period *p = &period[n++];
        int32_t next = date_add_months(day, d == BY_YEAR ? 12 : d == BY_QUARTER ? 3 : 1);
        *p = (struct period){ day_begin(q, day), day_begin(q, next), "" };
        period_label(d, day, p->label);
        if (p->from < q->from)
            p->from = q->from;
        if (q->to != 0 && p->to > q->to)
            p->to = q->to;
        day = next;
    }
    *ret_period = period;
    *ret_n = n;
    return OK;
}

size_t periods_months(const struct result_query *q, int64_t first, int64_t last, int64_t *month)
{
    int32_t day = period_start(BY_MONTH, day_of(q, first));
    size_t n = 0;

    month[0] = day_begin(q, day);
    while (n < PERIODS_MAX && month[n] <= last) {
        day = date_add_months(day, 1);
        month[++n] = day_begin(q, day);
    }
    return n;
}
