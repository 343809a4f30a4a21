// SPDX-License-Identifier: EUPL-1.2
/* Closed formulas of queues and list sizes: expected/{erlang,mmc_priority,waitinglist_metrics}.csv, and a
 * slow second way through the chances of every number present. */
#include "base/text.h"
#include "forecast/erlang.h"
#include "forecast/list_size.h"
#include "forecast/position.h"
#include "forecast/queue.h"
#include "stat/csv.h"
#include "unit/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The chances of 0, 1, 2, ... present in M/M/c, summed until nothing is left. */
static double slow_p_wait(double traffic, int agents, double *ret_mean_waiting)
{
    double term = 1, all = 0, busy = 0, waiting = 0;

    for (int n = 0; n < 20000 && (n <= agents + 1 || term > 1e-20 * busy); n++) {
        all += term;
        busy += n >= agents ? term : 0;
        waiting += n > agents ? (n - agents) * term : 0;
        term *= traffic / (n < agents ? n + 1 : agents);
    }
    *ret_mean_waiting = waiting / all;
    return busy / all;
}

TEST(queue_erlang_slow)
{
    for (int agents = 1; agents < 60; agents += 4)
        for (double load = 0.1; load < 0.97; load += 0.17) {
            struct erlang_load l = { load * agents, 1800, 1800 };
            double waiting, wait = slow_p_wait(load * agents, agents, &waiting);
            struct erlang_answer a = erlang_answer(&l, (size_t)agents, 0);

            CHECK_NEAR(a.p_wait, wait, 1e-9);
            CHECK_NEAR(a.asa, waiting / l.calls * 1800, 1e-8); /* Little */
            CHECK_NEAR(a.service_level + 1, 2 - wait, 1e-9);
        }
    CHECK(erlang_c(5, 5) == 1 && erlang_c(5, 0) == 1 &&
          isinf(erlang_answer(&(struct erlang_load){ 10, 10, 10 }, 5, 9).asa));
    CHECK(erlang_agents(&(struct erlang_load){ 0, 1800, 180 }, 20, 0.8, 0.85) == 1);
}

static double cell(const struct csv *e, size_t row, const char *name)
{
    return csv_real(csv_cell(e, row, csv_column(e, name)));
}

TEST(queue_data_erlang)
{
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/erlang.csv");

    for (size_t i = 0; i < e.rows; i++) {
        struct erlang_load l = { cell(&e, i, "calls"), cell(&e, i, "interval_s"), cell(&e, i, "aht_s") };
        struct erlang_answer a = erlang_answer(&l, (size_t)cell(&e, i, "agents"), cell(&e, i, "target_s"));
        const struct {
            const char *name;
            double value;
        } got[] = { { "traffic_erlang", a.traffic },
                    { "erlang_b", a.p_block },
                    { "erlang_c", a.p_wait },
                    { "service_level", a.service_level },
                    { "asa_s", a.asa },
                    { "occupancy", a.occupancy },
                    { "required_agents",
                      (double)erlang_agents(&l, cell(&e, i, "target_s"), cell(&e, i, "target_sl"),
                                            cell(&e, i, "max_occupancy")) } };

        for (size_t k = 0; k < COUNT(got); k++)
            test_check_near(got[k].value, cell(&e, i, got[k].name), 1e-6, "expected/erlang.csv", (int)i + 2,
                            got[k].name);
    }
    CHECK_INT((int64_t)e.rows, 27);
}

/* "0.2 0.6 1.2" */
static size_t read_rates(const char *text, double *ret)
{
    size_t n = 0;

    while (*text != '\0' && n < QUEUE_CLASSES_MAX) {
        size_t len = strcspn(text, " ");
        CHECK(text_to_double(text, len, &ret[n++]));
        text += len + (text[len] == ' ');
    }
    return n;
}

TEST(queue_data_priority)
{
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/mmc_priority.csv");

    for (size_t i = 0; i < e.rows; i++) {
        double rates[QUEUE_CLASSES_MAX];
        struct queue_class q[QUEUE_CLASSES_MAX];
        struct queue_load l = { (size_t)cell(&e, i, "servers"), cell(&e, i, "mu_per_server"), rates, 0 };
        struct queue_answer a;
        size_t k = (size_t)cell(&e, i, "class") - 1;

        l.classes = read_rates(csv_cell(&e, i, csv_column(&e, "lambdas_high_to_low")), rates);
        a = queue_priority(&l, q);
        CHECK_NEAR(a.load, cell(&e, i, "rho"), 1e-6);
        CHECK_NEAR(a.p_wait, cell(&e, i, "p_wait"), 1e-6);
        CHECK_NEAR(q[k].wait, cell(&e, i, "wq_class"), 1e-6);
        CHECK_NEAR(q[k].waiting, cell(&e, i, "lq_class"), 1e-6);
        CHECK_NEAR(a.wait_first_come, cell(&e, i, "wq_fifo_all"), 1e-6);
    }
    CHECK_INT((int64_t)e.rows, 16);
}

/* Who waits does not change how many wait: the classes together are the queue without classes (Kleinrock
 * 1965, Nav. Res. Logist. Q. 12:181-192). And a full system still serves the first. */
TEST(queue_conservation)
{
    double rates[] = { 0.5, 1, 2.1 }, waiting = 0;
    struct queue_class q[3];
    struct queue_answer a = queue_priority(&(struct queue_load){ 4, 1, rates, 3 }, q);

    for (int k = 0; k < 3; k++)
        waiting += q[k].waiting;
    CHECK_NEAR(waiting, a.wait_first_come * 3.6, 1e-12);
    CHECK_NEAR(q[2].time_in_system, q[2].wait + 1, 1e-15);
    rates[2] = 9;
    a = queue_priority(&(struct queue_load){ 4, 1, rates, 3 }, q);
    CHECK(a.load > 1 && a.p_wait == 1 && isinf(q[2].wait) && isinf(a.wait_first_come));
    CHECK_NEAR(q[0].wait, 0.25 / (1 - 0.125), 1e-12);
}

/* The number of "name=30" among words. */
static double input(const char *text, const char *name)
{
    size_t len = strlen(name);
    double v = NAN;

    for (const char *at = text; at != NULL; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, name, len) == 0 && at[len] == '=')
            CHECK(text_to_double(at + len + 1, strcspn(at + len + 1, " "), &v));
    }
    return v;
}

TEST(list_size_data)
{
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/waitinglist_metrics.csv");

    for (size_t i = 0; i < e.rows; i++) {
        const char *metric = csv_cell(&e, i, 0), *in = csv_cell(&e, i, 1);
        double demand = input(in, "demand"), target = input(in, "target"), factor = input(in, "factor");
        const struct {
            const char *name;
            double value;
        } known[] = {
            { "queue_load", list_size_load(demand, input(in, "capacity")) },
            { "target_mean_wait", list_size_target_mean(target, factor) },
            { "target_queue_size", list_size_target(demand, target, factor) },
            { "target_capacity",
              list_size_capacity(demand, target, factor, input(in, "cvd"), input(in, "cvc")) },
            { "relief_capacity",
              list_size_relief(demand, input(in, "queue"), input(in, "target_queue"), input(in, "weeks")) },
            { "pressure", list_size_pressure(input(in, "mean_wait"), target) },
        };
        bool any = false;

        for (size_t k = 0; k < COUNT(known); k++)
            if (strcmp(metric, known[k].name) == 0) {
                CHECK_NEAR(known[k].value, csv_real(csv_cell(&e, i, 2)), 1e-8);
                any = true;
            }
        CHECK(any);
    }
    CHECK_INT((int64_t)e.rows, 8);
}

static const struct position_load positions[] = {
    { 1, 0.6, 0 }, { 5, 0.6, 0.1 }, { 20, 0.6, 0.45 }, { 90, 1.23, 0.25 }, { 3, 0.2, 0.2 }, { 2, 0.2, 0.4 },
};

/* Against lives of the list, drawn one step at a time. */
TEST_LONG(position_drawn)
{
    enum { RUNS = 20000 };

    for (size_t i = 0; i < COUNT(positions); i++) {
        const struct position_load *l = &positions[i];
        double at = position_quantile(l, 0.5 * position_ever(l));
        int before = 0, again;
        struct rng r;

        rng_seed(&r, 31 + i);
        for (int run = 0; run < RUNS; run++)
            before += position_draw(l, &r, 2000) <= at;
        again = (int)(0.5 * position_ever(l) * RUNS);
        CHECK(abs(before - again) < 4 * sqrt(0.25 * RUNS)); /* four standard errors */
        CHECK_NEAR(position_chance(l, at), 0.5 * position_ever(l), 1e-6);
    }
}

/* Without urgent requests it is a sum of exponential times: Erlang's distribution, summed the other way. */
TEST(position_without_urgent_is_erlang)
{
    struct position_load l = { 7, 0.45, 0 };

    for (double day = 2; day < 60; day += 7) {
        double term = 1, fewer = 0;
        for (int n = 0; n < 7; n++) {
            fewer += term;
            term *= l.free * day / (n + 1);
        }
        CHECK_NEAR(position_chance(&l, day), 1 - fewer * exp(-l.free * day), 1e-9);
    }
    CHECK(position_quantile(&(struct position_load){ 2, 0.2, 0.4 }, 0.3) == INFINITY); /* ever: 0.25 */
}

/* The quantiles of the file lie up to 3e-5 days beside ours; the integral of the density (Bessel) gives ours.
 */
TEST(position_data)
{
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/position_start_time.csv");

    for (size_t i = 0; i < e.rows; i++) {
        struct position_load l = { (unsigned)cell(&e, i, "position"),
                                   cell(&e, i, "workers") * cell(&e, i, "completions_per_worker_day"),
                                   cell(&e, i, "urgent_per_day") };
        CHECK_NEAR(position_mean(&l), cell(&e, i, "mean_days"), 1e-6);
        CHECK_NEAR(position_sd(&l), cell(&e, i, "sd_days"), 1e-6);
        CHECK(fabs(position_quantile(&l, 0.1) - cell(&e, i, "p10")) < 1e-4);
        CHECK(fabs(position_quantile(&l, 0.5) - cell(&e, i, "p50")) < 1e-4);
        CHECK(fabs(position_quantile(&l, 0.8) - cell(&e, i, "p80")) < 1e-4);
        CHECK(fabs(position_quantile(&l, 0.9) - cell(&e, i, "p90")) < 1e-4);
    }
    CHECK_INT((int64_t)e.rows, 12);
}
