// SPDX-License-Identifier: EUPL-1.2
/* How long people waited after a plan was kept. */
#include "account/scenario.h"
#include "account/scenario_core.h"
#include "base/text.h"
#include "measure/survival.h"
#include "store/sql.h"

#include <math.h>

enum { AROUND = 14 }; /* days before and after a moment */
#define SURE 0.8      /* the interval of what was expected holds 8 out of 10 too */

/* Who left without help, and who still waits, count as long as they waited (survival.h). */
static enum err waited(struct ctx *c, int64_t list, struct scenario_waited *w)
{
    static const double p[2] = { .5, .8 };
    struct survival_way way = { .rule = SURVIVAL_STEP, .level = SURE };
    struct survival_sample sample = { 0 };
    struct survival_quantile q[2];
    struct sql_scenario_asked_row *row;
    struct survival_step *step;
    uint64_t *scratch;
    size_t n;

    TRY(sql_scenario_asked(c, list == LIST_CITY ? INT_NONE : list, time_of_nl_day(w->from, 0),
                           time_of_nl_day(w->to, 0), URGENCY_EMERGENCY, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *sample.key, (void *)&sample.key));
    TRY(ctx_alloc(c, n + 1, sizeof *scratch, (void *)&scratch));
    TRY(ctx_alloc(c, n + 1, sizeof *step, (void *)&step));
    for (size_t i = 0; i < n; i++) {
        bool begun = row[i].started_at != TIME_NONE;
        int32_t asked = time_nl_day(row[i].received_at), end = begun ? time_nl_day(row[i].started_at)
                                                               : row[i].left_at != TIME_NONE
                                                                   ? time_nl_day(row[i].left_at)
                                                                   : c->today;
        survival_add(&sample, SURVIVAL_FROM_START, end > asked ? end - asked : 0, begun);
    }
    w->n = (int64_t)n;
    w->began = (int64_t)sample.events;
    survival_sort(&sample, scratch);
    struct survival_curve k = survival_curve(&sample, step);
    survival_quantiles(&k, p, 2, &way, q);
    w->middle = (struct scenario_value){ q[0].value, q[0].lower, q[0].upper };
    w->most = (struct scenario_value){ q[1].value, q[1].lower, q[1].upper };
    w->last = k.last;
    return OK;
}

enum err scenario_waited_fill(struct ctx *c, struct scenario_kept *k)
{
    struct scenario_waited none = { .n = 0, .last = -1 };

    none.middle = none.most = (struct scenario_value){ NAN, NAN, NAN };
    for (size_t m = 0; m < SCENARIO_MOMENTS; m++) {
        int32_t day = k->day + scenario_days[m];
        k->waited[m] = none;
        k->waited[m].from = day - AROUND;
        k->waited[m].to = day + AROUND;
        k->waited[m].come = k->waited[m].to <= c->today && k->list != LIST_NO_TEAM;
        if (k->waited[m].come)
            TRY(waited(c, k->list, &k->waited[m]));
    }
    k->since = none;
    k->since.from = k->day + 1;
    k->since.to = c->today;
    k->since.come = c->today > k->day + AROUND && k->list != LIST_NO_TEAM;
    return k->since.come ? waited(c, k->list, &k->since) : OK;
}

enum scenario_verdict scenario_verdict_of(const struct scenario_value *expected,
                                          const struct scenario_waited *w,
                                          const struct scenario_value *became)
{
    if (!w->come || w->n < SCENARIO_LEAST || isnan(expected->value))
        return SCENARIO_UNKNOWN;
    if (isnan(became->value)) /* so many did not begin at all; but longer than expected is clear already */
        return (double)w->last > expected->high ? SCENARIO_LONGER : SCENARIO_UNKNOWN;
    double low = isnan(became->low) ? 0 : became->low;
    if (low > expected->high)
        return SCENARIO_LONGER;
    if (!isnan(became->high) && became->high < expected->low)
        return SCENARIO_SHORTER;
    return SCENARIO_AS_EXPECTED;
}
