// SPDX-License-Identifier: EUPL-1.2
/* The figures on real registers, against values that R computed (expected/requests_calls.csv,
 * expected/eventlogs.csv). */
#include "base/text.h"
#include "measure/figure.h"
#include "stat/oracle.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SF "requests_sf311_a.csv.gz"
#define SF_ALL "created -> closed, peildatum 2014-07-01T00:00:00Z"

static int64_t *column(struct ctx *c, size_t n)
{
    int64_t *v = arena_array(c->arena, n + 1, sizeof *v);

    if (v == NULL)
        test_skip("no memory for %zu rows", n);
    for (size_t i = 0; i < n; i++)
        v[i] = TIME_NONE;
    return v;
}

static struct figure_work work(struct ctx *c, size_t n)
{
    return figure_work_in(arena_alloc(c->arena, figure_work_bytes(n)), n);
}

static const char *const channels[] = { "Phone", "Web", "Mobile/Open311", "Twitter" };

struct sf311 {
    struct csv expected;
    struct extract x;
    struct figure_query q;
    struct figure_work w;
};

static struct sf311 sf311_load(struct ctx *c)
{
    struct csv t = csv_load(c, SF);
    size_t created = csv_column(&t, "created"), closed = csv_column(&t, "closed"),
           by = csv_column(&t, "channel");
    int64_t *received = column(c, t.rows), *started = column(c, t.rows);
    int32_t *channel = arena_array(c->arena, t.rows, sizeof *channel);
    struct sf311 s = { .expected = csv_load(c, "expected/requests_calls.csv"), .w = work(c, t.rows) };

    for (size_t i = 0; i < t.rows; i++) {
        received[i] = csv_time(&t, i, created);
        started[i] = csv_time(&t, i, closed);
        channel[i] = -1;
        for (int32_t k = 0; k < (int32_t)COUNT(channels); k++)
            if (text_is(csv_cell(&t, i, by), channels[k]))
                channel[i] = k;
    }
    s.x = (struct extract){ .n = t.rows, .received = received, .started = started, .channel = channel };
    time_scan("2014-07-01T00:00:00Z", 20, false, &s.q.at);
    return s;
}

TEST(figure_data_sf311_wait)
{
    struct ctx *c = test_begin_bare();
    struct sf311 s = sf311_load(c);
    struct oracle o = { &s.expected, SF, SF_ALL, SECONDS_A_DAY, SURVIVAL_LOG };
    struct figure_result r;
    struct survival_curve k;

    s.q.way.scale = SURVIVAL_LOG;
    figure_get_wait(&s.x, &s.q, &s.w, &r, &k);
    CHECK_INT(oracle_check(&o, &k), 17);
    CHECK_NEAR((double)r.negative, csv_expected(&s.expected, SF, SF_ALL, "negative_set_to_0"), 0);
    CHECK_NEAR((double)r.censored, csv_expected(&s.expected, SF, SF_ALL, "open"), 0);
    CHECK_NEAR(r.value[1].value, csv_expected(&s.expected, SF, SF_ALL, "km_p80_days"), 1e-9);
    CHECK_NEAR(r.value[1].upper, csv_expected(&s.expected, SF, SF_ALL, "km_p80_days_hi95"), 1e-9);
    figure_get_wait_started(&s.x, &s.q, &s.w, &r);
    CHECK_NEAR(r.value[0].value, csv_expected(&s.expected, SF, SF_ALL, "naive_closed_only_p50"), 1e-6);
    CHECK_NEAR(r.value[1].value, csv_expected(&s.expected, SF, SF_ALL, "naive_closed_only_p80"), 1e-6);
    CHECK_NEAR(r.value[2].value, csv_expected(&s.expected, SF, SF_ALL, "naive_closed_only_p90"), 1e-6);
}

TEST(figure_data_sf311_channels)
{
    struct ctx *c = test_begin_bare();
    struct sf311 s = sf311_load(c);
    uint32_t *row = arena_array(c->arena, s.x.n, sizeof *row);
    size_t start[COUNT(channels) + 2];
    struct figure_result r;
    struct survival_curve k;

    s.q.way.scale = SURVIVAL_LOG;
    figure_group(s.x.channel, NULL, s.x.n, COUNT(channels), row, start);
    for (size_t g = 0; g < COUNT(channels); g++) {
        char group[100];
        struct oracle o = { &s.expected, SF, group, SECONDS_A_DAY, SURVIVAL_LOG };

        snprintf(group, sizeof group, SF_ALL ", channel %s", channels[g]);
        s.q.row = row + start[g];
        s.q.n = start[g + 1] - start[g];
        figure_get_wait(&s.x, &s.q, &s.w, &r, &k);
        CHECK_INT(oracle_check(&o, &k), 16);
    }
    s.q.row = row;
    s.q.n = start[3];
    struct logrank l = figure_compare_wait(&s.x, &s.q, &s.w, start, 3);

    CHECK_NEAR(l.chisq, csv_expected(&s.expected, SF, SF_ALL, "logrank_chisq_3_channels"), 1e-6);
    CHECK_INT(l.df, 2);
}

TEST(figure_data_sf311_inflow)
{
    enum { MONTHS = 72 };
    int64_t month[MONTHS + 1], count[MONTHS];
    struct ctx *c = test_begin_bare();
    struct sf311 s = sf311_load(c);
    struct figure_result r;

    for (int i = 0; i <= MONTHS; i++)
        month[i] = (int64_t)date_add_months(date_from_civil(2008, 7, 1), i) * SECONDS_A_DAY;
    figure_get_inflow(&s.x, &s.q, &(struct figure_months){ month, MONTHS, count }, &r);
    CHECK_INT(r.n, 5862);
    CHECK_NEAR(r.value[1].value, csv_expected(&s.expected, SF, "months", "mean_per_month"), 1e-9);
    CHECK_NEAR(r.value[2].value, csv_expected(&s.expected, SF, "months", "max"), 0);
}

/* An event log as an extract: a row a case, in the order of the file. */
struct log {
    struct csv expected;
    const char *file;
    struct extract x;
    int64_t *received, *started, *left, *closed, *first, *last;
    struct figure_work w;
};

/* `start` opens the case; the first `stop` starts help, `leave` ends it otherwise. Cases are one block of
 * lines each. */
static struct log log_load(struct ctx *c, const char *file, const char *start, const char *stop,
                           const char *leave)
{
    struct csv t = csv_load(c, file);
    size_t id = csv_column(&t, "case_id"), activity = csv_column(&t, "activity"),
           when = csv_column(&t, "timestamp"), n = 0;
    struct log l = { .expected = csv_load(c, "expected/eventlogs.csv"), .file = file, .w = work(c, t.rows) };

    l.received = column(c, t.rows), l.started = column(c, t.rows), l.left = column(c, t.rows);
    l.closed = column(c, t.rows), l.first = column(c, t.rows), l.last = column(c, t.rows);
    for (size_t i = 0; i < t.rows; i++) {
        int64_t time = csv_time(&t, i, when), *to = NULL;
        const char *what = csv_cell(&t, i, activity);

        n += i == 0 || !text_is(csv_cell(&t, i, id), csv_cell(&t, i - 1, id));
        l.first[n - 1] = l.first[n - 1] == TIME_NONE || time < l.first[n - 1] ? time : l.first[n - 1];
        l.last[n - 1] = time > l.last[n - 1] ? time : l.last[n - 1];
        l.closed[n - 1] = l.last[n - 1];
        if (text_is(what, start))
            to = l.received;
        else if (text_is(what, stop))
            to = l.started;
        else if (leave != NULL && text_is(what, leave))
            to = l.left;
        if (to != NULL && (to[n - 1] == TIME_NONE || time < to[n - 1]))
            to[n - 1] = time;
    }
    l.x = (struct extract){ .n = n,
                            .received = l.received,
                            .started = l.started,
                            .left = l.left,
                            .closed = l.closed,
                            .first_event = l.first,
                            .last_event = l.last };
    return l;
}

static void check_throughput(const struct log *l, struct figure_work *w)
{
    static const int percent[] = { 50, 80, 90, 95 };
    struct figure_query q = { .at = INT64_MAX / 4 };
    struct figure_result r;
    char metric[60];

    figure_get_throughput(&l->x, &q, w, &r);
    CHECK_NEAR((double)r.n, csv_expected(&l->expected, l->file, "all", "cases"), 0);
    CHECK_NEAR(r.value[0].value, csv_expected(&l->expected, l->file, "all", "throughput_days_mean"), 1e-6);
    for (size_t i = 0; i < COUNT(percent); i++)
        for (int type = 0; type < 2; type++) {
            snprintf(metric, sizeof metric, "throughput_days_p%d_type%d", percent[i], type == 0 ? 7 : 1);
            CHECK_NEAR(r.value[1 + 2 * i + (size_t)type].value,
                       csv_expected(&l->expected, l->file, "all", metric), 1e-6);
        }
}

TEST(figure_data_sepsis)
{
    const char *group = "ER Registration -> first IV Antibiotics";
    struct ctx *c = test_begin_bare();
    struct log l = log_load(c, "eventlog_sepsis.csv.gz", "ER Registration", "IV Antibiotics", NULL);
    struct oracle o = { &l.expected, l.file, group, 60, SURVIVAL_LOG };
    struct figure_query q = { .at = INT64_MAX / 4 };
    struct figure_result r;
    struct survival_curve k;

    check_throughput(&l, &l.w);
    figure_get_wait(&l.x, &q, &l.w, &r, &k);
    CHECK_INT(oracle_check(&o, &k), 11);
    CHECK_NEAR((double)r.negative, csv_expected(&l.expected, l.file, group, "negative_waits_set_to_0"), 0);
    figure_get_wait_started(&l.x, &q, &l.w, &r);
    CHECK_NEAR(r.value[0].value * 24 * 60, csv_expected(&l.expected, l.file, group, "naive_median_minutes"),
               1e-6);
}

#define FINES "Create Fine -> Payment | Send for Credit Collection, peildatum 2010-06-30"
#define BASELINE "baseline 2007-01-01 with delayed entry, followed to 2010-06-30"

static struct log fines(struct ctx *c, struct figure_query *q)
{
    struct log l =
        log_load(c, "eventlog_fines_a.csv.gz", "Create Fine", "Payment", "Send for Credit Collection");

    l.x.closed = NULL; /* what comes after is of no interest here */
    *q = (struct figure_query){ .at = (int64_t)date_from_civil(2010, 6, 30) * SECONDS_A_DAY,
                                .way = { .scale = SURVIVAL_LOG } };
    return l;
}

TEST(figure_data_fines_throughput)
{
    struct ctx *c = test_begin_bare();
    struct log l = log_load(c, "eventlog_fines_a.csv.gz", "Create Fine", "Payment", NULL);

    check_throughput(&l, &l.w);
}

/* Paid before collection and the other way round: each time the other exit is a censoring. */
TEST(figure_data_fines_exits)
{
    static const int days[] = { 30, 90, 180, 365, 730 };
    struct ctx *c = test_begin_bare();
    struct figure_query q;
    struct log l = fines(c, &q);
    struct oracle o = { &l.expected, l.file, FINES " (any exit)", SECONDS_A_DAY, SURVIVAL_LOG };
    struct figure_result r;
    struct survival_curve k;
    char metric[60];

    figure_get_wait(&l.x, &q, &l.w, &r, &k);
    CHECK_NEAR((double)r.n, csv_expected(&l.expected, l.file, FINES, "n"), 0);
    CHECK_NEAR((double)r.events, csv_expected(&l.expected, l.file, FINES, "paid"), 0);
    for (size_t i = 0; i < COUNT(days); i++) {
        snprintf(metric, sizeof metric, "WRONG_1-KM_paid_day%d", days[i]);
        CHECK_NEAR(1 - survival_at(&k, days[i] * (int64_t)SECONDS_A_DAY, &q.way).survival,
                   csv_expected(&l.expected, l.file, FINES, metric), 1e-6);
    }
    figure_get_wait_started(&l.x, &q, &l.w, &r);
    CHECK_NEAR(r.value[0].value, csv_expected(&l.expected, l.file, FINES, "naive_median_paid_days"), 1e-6);
    for (size_t i = 0; i < l.x.n; i++) /* any exit */
        if (l.left[i] != TIME_NONE && (l.started[i] == TIME_NONE || l.left[i] < l.started[i]))
            l.started[i] = l.left[i];
    figure_get_wait(&l.x, &q, &l.w, &r, &k);
    CHECK_INT(oracle_check(&o, &k), 3);
    CHECK_NEAR((double)r.censored, csv_expected(&l.expected, l.file, FINES, "open"), 0);
}

TEST(figure_data_fines_send)
{
    const char *group = "Create Fine -> Send Fine, peildatum 2010-06-30";
    struct ctx *c = test_begin_bare();
    struct figure_query q;
    struct log exits = fines(c, &q);
    struct log l = log_load(c, "eventlog_fines_a.csv.gz", "Create Fine", "Send Fine", NULL);
    struct oracle o = { &l.expected, l.file, group, SECONDS_A_DAY, SURVIVAL_LOG };
    struct figure_result r;
    struct survival_curve k;

    for (size_t i = 0; i < l.x.n; i++) {
        int64_t paid = exits.started[i], sold = exits.left[i];

        l.left[i] = paid == TIME_NONE || (sold != TIME_NONE && sold < paid) ? sold : paid;
    }
    l.x.closed = NULL;
    figure_get_wait(&l.x, &q, &l.w, &r, &k);
    CHECK_INT(oracle_check(&o, &k), 8);
}

TEST(figure_data_fines_baseline)
{
    struct ctx *c = test_begin_bare();
    struct figure_query q;
    struct log l = fines(c, &q);
    struct oracle o = { &l.expected, l.file, BASELINE, SECONDS_A_DAY, SURVIVAL_LOG };
    struct figure_result r;
    struct survival_curve k;
    int64_t late = 0;

    q.since = (int64_t)date_from_civil(2007, 1, 1) * SECONDS_A_DAY;
    figure_get_wait(&l.x, &q, &l.w, &r, &k);
    CHECK_NEAR((double)r.events, csv_expected(&l.expected, l.file, BASELINE, "paid"), 0);
    for (size_t i = 0; i < l.x.n; i++) {
        late += l.received[i] <= q.since && !(l.started[i] != TIME_NONE && l.started[i] <= q.since) &&
                !(l.left[i] != TIME_NONE && l.left[i] <= q.since);
        if (l.left[i] != TIME_NONE && (l.started[i] == TIME_NONE || l.left[i] < l.started[i]))
            l.started[i] = l.left[i];
    }
    CHECK_NEAR((double)late, csv_expected(&l.expected, l.file, BASELINE, "n_delayed"), 0);
    figure_get_wait(&l.x, &q, &l.w, &r, &k);
    CHECK_INT(oracle_check(&o, &k), 4);
    q.since = 0; /* what comes out when everybody in that group is counted from the start */
    for (size_t i = 0; i < l.x.n; i++)
        if (l.received[i] <= (int64_t)date_from_civil(2007, 1, 1) * SECONDS_A_DAY &&
            l.started[i] != TIME_NONE && l.started[i] <= (int64_t)date_from_civil(2007, 1, 1) * SECONDS_A_DAY)
            l.received[i] = INT64_MAX;
    figure_get_wait(&l.x, &q, &l.w, &r, &k);
    CHECK_NEAR(survival_at(&k, 90 * (int64_t)SECONDS_A_DAY, &q.way).survival,
               csv_expected(&l.expected, l.file, BASELINE, "WRONG_S_day90_ignoring_entry"), 1e-6);
}
