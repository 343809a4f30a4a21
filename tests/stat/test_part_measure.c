// SPDX-License-Identifier: EUPL-1.2
/* Every form of computing against a slow count of its own, on random facts: for each cell the rows are gone
 * through again, with plain loops. */
#include "base/rng.h"
#include "measure/part_combine.h"
#include "measure/part_measure.h"
#include "unit/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 400
#define GROUPS 3
#define PERIODS 4
#define CELLS (GROUPS * PERIODS)
#define DAY ((int64_t)SECONDS_A_DAY)

struct world {
    int64_t at[ROWS], end[ROWS], gone[ROWS], due[ROWS], number[ROWS], people[ROWS], who[ROWS];
    uint64_t marks[ROWS];
    int32_t group[ROWS];
    struct facts f;
    struct calendar calendar;
    struct part_period period[PERIODS];
    int64_t begin, now, inhabitants[GROUPS];
    struct figure_result result[CELLS];
};

static int64_t some_moment(struct rng *r, int64_t from, int64_t days, unsigned none_of_ten)
{
    return rng_below(r, 10) < none_of_ten ? TIME_NONE : from + (int64_t)rng_below(r, (uint64_t)(days * DAY));
}

static struct world *world_make(uint64_t seed)
{
    struct world *w = calloc(1, sizeof *w);
    struct rng r;

    rng_seed(&r, seed);
    w->begin = time_of_nl_day(date_from_civil(2024, 1, 1), 0);
    w->now = w->begin + 100 * DAY;
    calendar_init(&w->calendar, &(struct calendar_rule){ 0 });
    for (int i = 0; i < PERIODS; i++)
        w->period[i] = (struct part_period){ w->begin + i * 30 * DAY, w->begin + (i + 1) * 30 * DAY };
    for (size_t i = 0; i < ROWS; i++) {
        w->at[i] = some_moment(&r, w->begin - 10 * DAY, 130, 1);
        w->end[i] = w->at[i] == TIME_NONE ? TIME_NONE : some_moment(&r, w->at[i], 40, 4);
        w->gone[i] = w->at[i] == TIME_NONE ? TIME_NONE : some_moment(&r, w->at[i], 60, 7);
        w->due[i] = w->at[i] == TIME_NONE ? TIME_NONE : w->at[i] + 14 * DAY;
        w->number[i] = rng_below(&r, 12) == 0 ? INT64_MIN : (int64_t)rng_below(&r, 21) - 10;
        w->people[i] = (int64_t)rng_below(&r, 30) + 1;
        w->who[i] = (int64_t)rng_below(&r, 60);
        w->marks[i] = (rng_below(&r, 2) ? FACT_BIT(DIRECT) : 0) |
                      (rng_below(&r, 9) == 0 ? FACT_BIT(DUPLICATE) : 0) |
                      (rng_below(&r, 3) ? FACT_BIT(KNOWN) : 0);
        w->group[i] = (int32_t)rng_below(&r, GROUPS + 1) - 1;
    }
    w->f.begin = w->begin;
    struct fact_rows *rows = &w->f.set[FACT_REQUEST];
    *rows = (struct fact_rows){ .n = ROWS, .marks = w->marks, .since = w->begin };
    rows->column[FACT_AT] = rows->column[FACT_RECEIVED] = w->at;
    rows->column[FACT_END] = rows->column[FACT_OFF] = rows->column[FACT_CLOSED] = w->end;
    rows->column[FACT_GONE] = w->gone;
    rows->column[FACT_DUE] = w->due;
    rows->column[FACT_NUMBER] = w->number;
    rows->column[FACT_CAPACITY] = w->people;
    rows->column[FACT_WHO] = w->who;
    w->inhabitants[0] = 1000;
    w->inhabitants[1] = -1;
    w->inhabitants[2] = 50;
    return w;
}

static void measure(struct world *w, const struct definition *d)
{
    struct definition_fault fault = { "", "" };
    struct part part;
    void *memory = malloc(part_work_bytes(ROWS, CELLS));
    struct part_work work = part_work_in(memory, ROWS, CELLS);

    if (!CHECK(part_parse(d, &(struct catalogue_settings){ NULL, 0 }, &part, &fault)))
        return;
    struct part_task task = { .part = &part,
                              .facts = &w->f,
                              .calendar = &w->calendar,
                              .at = w->now,
                              .period = w->period,
                              .periods = PERIODS,
                              .group = w->group,
                              .groups = GROUPS,
                              .request_group = w->group,
                              .inhabitants = w->inhabitants };
    part_measure(&task, &work, w->result);
    free(memory);
}

/* Is the row of this cell, as to time, group and doubles? */
static bool in_cell(const struct world *w, size_t row, size_t cell)
{
    const struct part_period *p = &w->period[cell % PERIODS];

    return w->at[row] != TIME_NONE && w->at[row] >= p->from && w->at[row] < p->to && w->at[row] <= w->now &&
           w->group[row] == (int32_t)(cell / PERIODS) && (w->marks[row] & FACT_BIT(DUPLICATE)) == 0;
}

static bool is(const struct world *w, size_t row, uint64_t bit)
{
    return (w->marks[row] & bit) != 0;
}

static const struct definition base = {
    .id = "X1", .part = "a", .name = "n", .what = "w", .set = "request", .clock = "at", .unit = "share"
};

TEST(part_measure_share_counts_who_can_be_said)
{
    struct definition d = base;

    d.how = "share";
    d.of = "known";
    d.yes = "direct end<=due";
    for (uint64_t seed = 1; seed <= 5; seed++) {
        struct world *w = world_make(seed);
        measure(w, &d);
        for (size_t cell = 0; cell < CELLS; cell++) {
            int64_t n = 0, yes = 0, open = 0, all = 0;
            for (size_t i = 0; i < ROWS; i++) {
                if (!in_cell(w, i, cell))
                    continue;
                all++;
                if (!is(w, i, FACT_BIT(KNOWN)))
                    continue;
                bool early = w->due[i] > w->now, done = w->end[i] != TIME_NONE && w->end[i] <= w->due[i];
                open += early && is(w, i, FACT_BIT(DIRECT));
                if (early && is(w, i, FACT_BIT(DIRECT)))
                    continue;
                n++;
                yes += is(w, i, FACT_BIT(DIRECT)) && done;
            }
            const struct figure_result *f = &w->result[cell];
            CHECK_INT(f->n, n);
            CHECK_INT(f->events, yes);
            CHECK_INT(f->censored, open);
            CHECK_INT(f->outside, all - n);
            CHECK(n == 0 ? isnan(f->value[0].value)
                         : fabs(f->value[0].value - (double)yes / (double)n) < 1e-12);
        }
        free(w);
    }
}

TEST(part_measure_counts_people_once)
{
    struct definition d = base;

    d.how = "people";
    d.yes = "direct";
    struct world *w = world_make(7);
    measure(w, &d);
    for (size_t cell = 0; cell < CELLS; cell++) {
        int64_t n = 0, yes = 0;
        for (int64_t who = 0; who < 60; who++) {
            bool any = false, direct = false;
            for (size_t i = 0; i < ROWS; i++)
                if (w->who[i] == who && in_cell(w, i, cell)) {
                    any = true;
                    direct = direct || is(w, i, FACT_BIT(DIRECT));
                }
            n += any;
            yes += direct;
        }
        CHECK_INT(w->result[cell].n, n);
        CHECK_INT(w->result[cell].events, yes);
    }
    free(w);
}

TEST(part_measure_sums_means_and_pooled_shares)
{
    static const char *const how[] = { "sum", "pooled", "ratio", "mean" };
    struct definition d = base;

    d.value = "number";
    d.per = "capacity";
    for (size_t h = 0; h < COUNT(how); h++) {
        struct world *w = world_make(20 + h);
        d.how = how[h];
        if (h == 1)
            for (size_t i = 0; i < ROWS; i++) /* counts of the same things */
                w->number[i] = w->number[i] < 0              ? 0
                               : w->number[i] > w->people[i] ? w->people[i]
                                                             : w->number[i];
        measure(w, &d);
        for (size_t cell = 0; cell < CELLS; cell++) {
            double sum = 0, per = 0, n = 0, want;
            for (size_t i = 0; i < ROWS; i++) {
                if (!in_cell(w, i, cell) || w->number[i] == INT64_MIN)
                    continue;
                sum += (double)w->number[i];
                per += (double)w->people[i];
                n++;
            }
            want = h == 0 ? sum : h == 3 ? sum / n : sum / per;
            CHECK(isnan(want) ? isnan(w->result[cell].value[0].value)
                              : fabs(w->result[cell].value[0].value - want) < 1e-9);
        }
        free(w);
    }
}

/* Kaplan-Meier in O(n2): the smallest time with S at most a half; exactly a half over a stretch gives its
 * middle. */
static double slow_median(const int64_t *time, const bool *event, size_t n)
{
    double s = 1;

    for (int64_t t = 0; t < 200; t++) {
        double risk = 0, died = 0;
        for (size_t i = 0; i < n; i++) {
            risk += time[i] >= t;
            died += time[i] == t && event[i];
        }
        if (died == 0)
            continue;
        s *= 1 - died / risk;
        if (fabs(s - 0.5) < 1e-9) { /* until the next event */
            for (int64_t u = t + 1; u < 200; u++)
                for (size_t i = 0; i < n; i++)
                    if (time[i] == u && event[i])
                        return (double)(t + u) / 2;
            return (double)t;
        }
        if (s < 0.5)
            return (double)t;
    }
    return NAN;
}

TEST(part_measure_time_waits_for_who_is_not_done)
{
    struct definition d = base;

    d.how = "time";
    d.clock = "at..end/gone";
    d.unit = "days";
    struct world *w = world_make(31);
    measure(w, &d);
    for (size_t cell = 0; cell < CELLS; cell++) {
        int64_t time[ROWS];
        bool event[ROWS];
        size_t n = 0;
        for (size_t i = 0; i < ROWS; i++) {
            if (!in_cell(w, i, cell))
                continue;
            int64_t end = w->end[i] > w->now ? TIME_NONE : w->end[i];
            int64_t gone = w->gone[i] > w->now ? TIME_NONE : w->gone[i];
            event[n] = end != TIME_NONE && (gone == TIME_NONE || end <= gone);
            time[n] = clocks_days_between(w->at[i], event[n] ? end : gone != TIME_NONE ? gone : w->now);
            n++;
        }
        double want = slow_median(time, event, n), got = w->result[cell].value[0].value;
        CHECK_INT(w->result[cell].n, (int64_t)n);
        CHECK(isnan(want) ? isnan(got) : got == want);
    }
    free(w);
}

TEST(part_measure_rates_divide_by_time_and_people)
{
    struct definition d = base;

    d.how = "rate";
    d.unit = "per_1000";
    d.per = "waiting_weeks";
    struct world *w = world_make(41);
    measure(w, &d);
    for (size_t cell = 0; cell < CELLS; cell++) {
        const struct part_period *p = &w->period[cell % PERIODS];
        int64_t to = p->to < w->now ? p->to : w->now, n = 0;
        double seconds = 0;
        for (size_t i = 0; i < ROWS; i++) {
            n += in_cell(w, i, cell);
            if (w->at[i] == TIME_NONE || w->group[i] != (int32_t)(cell / PERIODS) ||
                is(w, i, FACT_BIT(DUPLICATE)))
                continue;
            for (int64_t t = w->at[i]; t < w->now; t += 60) /* minute by minute */
                seconds += t >= p->from && t < to && (w->end[i] == TIME_NONE || t < w->end[i]) ? 60 : 0;
        }
        CHECK_INT(w->result[cell].n, n);
        CHECK_NEAR(w->result[cell].value[0].value, (double)n / (seconds / (7 * 86400.0)) * 1000, 1e-3);
    }
    d.per = "inhabitants";
    measure(w, &d);
    CHECK_NEAR(w->result[0].value[0].value, (double)w->result[0].n, 1e-12); /* 1,000 people */
    CHECK(isnan(w->result[PERIODS].value[0].value));                        /* not known how many */
    free(w);
}

TEST(part_measure_stock_is_who_is_there_at_the_end_of_the_period)
{
    struct definition d = base;

    d.how = "stock_share";
    d.clock = "at..end/gone";
    d.of = "known";
    d.yes = "direct";
    struct world *w = world_make(51);
    measure(w, &d);
    for (size_t cell = 0; cell < CELLS; cell++) {
        const struct part_period *p = &w->period[cell % PERIODS];
        int64_t t = p->to - 1 < w->now ? p->to - 1 : w->now, n = 0, yes = 0;
        for (size_t i = 0; i < ROWS; i++) {
            bool there =
                w->at[i] != TIME_NONE && w->at[i] <= t && (w->end[i] == TIME_NONE || w->end[i] > t) &&
                (w->gone[i] == TIME_NONE || w->gone[i] > t) && w->group[i] == (int32_t)(cell / PERIODS);
            if (!there || is(w, i, FACT_BIT(DUPLICATE)) || !is(w, i, FACT_BIT(KNOWN)))
                continue;
            n++;
            yes += is(w, i, FACT_BIT(DIRECT));
        }
        CHECK_INT(w->result[cell].n, n);
        CHECK_INT(w->result[cell].events, yes);
    }
    free(w);
}

TEST(part_measure_no_data_is_not_zero)
{
    struct definition d = base;
    struct world *w = world_make(61);

    d.how = "count";
    d.unit = "count";
    w->f.set[FACT_REQUEST].since = w->begin + 45 * DAY; /* in the second period */
    measure(w, &d);
    CHECK(w->result[0].no_data);
    CHECK(!w->result[1].no_data);
    w->f.set[FACT_REQUEST].since = TIME_NONE;
    measure(w, &d);
    CHECK(w->result[3].no_data);
    free(w);
}

TEST(part_measure_mix_places_and_spread_add_up)
{
    struct figure_result cell[6], out;
    const int64_t people[3] = { 1000, 2000, -1 };
    double share[2];

    memset(cell, 0, sizeof cell);
    cell[0].n = 3;
    cell[1].n = 6;
    cell[2].n = 1;
    part_places(cell, people, 3, 3, &out);
    CHECK_INT(out.n, 2); /* of the third nobody knows how many live there */
    CHECK_INT(out.events, 2);
    part_places(cell, people, 3, 3.1, &out);
    CHECK_INT(out.events, 0);
    CHECK_INT(part_mix(cell, 3), 10);
    CHECK_NEAR(cell[1].value[0].value, 0.6, 1e-12);
    /* two places, two classes: 20 of 40 and 30 of 60 against 10 of 60 and 30 of 40 */
    memset(cell, 0, sizeof cell);
    const int64_t n[4] = { 40, 60, 60, 40 }, yes[4] = { 20, 30, 10, 30 };
    for (int i = 0; i < 4; i++) {
        cell[i].n = n[i];
        cell[i].events = yes[i];
    }
    part_spread(cell, 2, 2, 10, share, &out);
    CHECK_NEAR(share[0], 0.5, 1e-12);
    CHECK_NEAR(share[1], (100 * 10.0 / 60 + 100 * 0.75) / 200, 1e-12);
    CHECK_INT(out.n, 200);
}
