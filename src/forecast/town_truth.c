// SPDX-License-Identifier: EUPL-1.2
#include "forecast/town_truth.h"

#include <math.h>
#include <stdlib.h>

static bool within(int64_t at, int64_t from, int64_t to)
{
    return at != TIME_NONE && at >= from && at < to;
}

/* The urgency that the register knows at `now`. */
static int urgency_known(const struct town *t, size_t i)
{
    const struct town_request *q = &t->request[i];

    return q->worse_at != TIME_NONE && q->worse_at <= t->param.now ? q->urgency_now : q->urgency;
}

static int ascending(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;

    return a < b ? -1 : a > b;
}

static double share(int64_t k, int64_t n)
{
    return n > 0 ? (double)k / (double)n : (double)NAN;
}

static int64_t norm_end(const struct town *t, size_t i, const int norm_days[5])
{
    int32_t asked = time_nl_day(t->request[i].received_at);
    int days = norm_days[urgency_known(t, i)];

    return time_of_nl_day(calendar_add_working(t->param.calendar, asked, days) + 1, 0) - 1;
}

/* The full waits of those who asked in the period. */
static void count_waits(const struct town *t, int team, int64_t from, int64_t to, const int norm_days[5],
                        double *wait, struct town_truth *ret)
{
    static const double p[] = { .5, .8, .9 };
    int64_t n = 0, in_14 = 0, in_42 = 0, in_norm = 0;

    for (size_t i = 0; i < t->n; i++) {
        const struct town_request *q = &t->request[i];
        if ((team >= 0 && q->team != team) || !within(q->received_at, from, to) || q->end == TOWN_DUPLICATE ||
            urgency_known(t, i) == TOWN_EMERGENCY)
            continue;
        double days = q->turn_at == TIME_NONE ? (double)INFINITY
                                              : (double)(q->turn_at - q->received_at) / SECONDS_A_DAY;
        wait[n++] = days;
        in_14 += days <= 14;
        in_42 += days <= 42;
        in_norm += q->turn_at != TIME_NONE && q->turn_at <= norm_end(t, i, norm_days);
    }
    qsort(wait, (size_t)n, sizeof *wait, ascending);
    for (size_t k = 0; k < COUNT(p); k++)
        ret->wait_days[k] = n > 0 ? wait[(size_t)ceil(p[k] * (double)n) - 1] : (double)NAN;
    ret->waits = n;
    ret->within_14_days = share(in_14, n);
    ret->within_42_days = share(in_42, n);
    ret->within_norm = share(in_norm, n);
}

void town_truth_get(const struct town *t, int team, int64_t from, int64_t to, const int norm_days[5],
                    double *scratch, struct town_truth *ret_truth)
{
    struct town_truth r = { 0 };
    int64_t end = to <= t->param.now ? to : t->param.now + 1;

    for (size_t i = 0; i < t->n; i++) {
        const struct town_request *q = &t->request[i];
        if (team >= 0 && q->team != team)
            continue;
        if (within(q->received_at, from, end)) {
            r.received++;
            r.duplicates += q->end == TOWN_DUPLICATE;
        }
        r.started += within(q->started_at, from, end);
        r.left += q->started_at == TIME_NONE && q->end != TOWN_DUPLICATE && within(q->ended_at, from, end);
    }
    count_waits(t, team, from, end, norm_days, scratch, &r);
    *ret_truth = r;
}

int64_t town_waiting_at(const struct town *t, int team, int64_t at, int64_t *ret_duplicates)
{
    int64_t n = 0, duplicates = 0;

    for (size_t i = 0; i < t->n; i++) {
        const struct town_request *q = &t->request[i];
        int64_t end = q->started_at != TIME_NONE ? q->started_at : q->ended_at;
        if ((team >= 0 && q->team != team) || q->received_at > at || (end != TIME_NONE && end <= at))
            continue;
        n++;
        duplicates += q->end == TOWN_DUPLICATE;
    }
    *ret_duplicates = duplicates;
    return n;
}
