// SPDX-License-Identifier: EUPL-1.2
/* peil stats erlang, queue, position, list: formulas of src/forecast; no file. */
#include "base/text.h"
#include "cli/stats.h"
#include "forecast/erlang.h"
#include "forecast/list_size.h"
#include "forecast/position.h"
#include "forecast/queue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { RUNS_MOST = 10000000, STEPS_MOST = 10000000 };

/* "30m", "1800s", "0.5h", "1800": seconds. */
static enum err get_seconds(struct stats *s, const char *option, double *ret)
{
    struct ctx *c = s->c;
    const char *text = cli_option(s->k, option);
    size_t len = text != NULL ? strlen(text) : 0;
    double unit = 1;

    if (text == NULL)
        return stats_missing(s, option);
    if (len > 1 && strchr("smh", text[len - 1]) != NULL) {
        unit = text[len - 1] == 'h' ? 3600 : text[len - 1] == 'm' ? 60 : 1;
        len--;
    }
    if (!text_to_double(text, len, ret) || !(*ret > 0))
        return FAIL(E_METHOD, _("%s is a length of time such as 30m or 180s, not \"%s\"."), option, text);
    *ret *= unit;
    return OK;
}

/* The same when callers give up. */
static enum err erlang_a(struct stats *s, const struct erlang_load *l, double within, double target,
                         double agents)
{
    struct ctx *c = s->c;
    struct erlang_a_answer a;
    double patience = NAN;
    size_t required;

    TRY(get_seconds(s, "--patience", &patience));
    required = erlang_a_agents(l, patience, within, target);
    if (isnan(agents) && required == 0)
        return FAIL(E_INVALID, _("More than %d people would be needed."), ERLANG_A_AGENTS_MAX);
    a = erlang_a_answer(l, isnan(agents) ? required : (size_t)agents, patience, within);
    out_count(s, "agents", isnan(agents) ? (int64_t)required : (int64_t)agents);
    out_number(s, "service_level", a.service_level);
    out_number(s, "p_wait", a.p_wait);
    out_number(s, "p_abandon", a.p_abandon);
    out_number(s, "mean_wait", a.wait);
    out_number(s, "occupancy", a.occupancy);
    out_number(s, "traffic", l->calls * l->handling / l->interval);
    out_number(s, "required", required > 0 ? (double)required : NAN);
    out_open(s, "constants");
    out_number(s, "within", within);
    out_number(s, "target", target);
    out_number(s, "patience", patience);
    out_close(s);
    return OK;
}

enum err stats_erlang(struct stats *s)
{
    struct ctx *c = s->c;
    struct erlang_load l;
    struct erlang_answer a;
    double within = 20, target, occupancy, agents;
    size_t required;

    TRY(stats_need_number(s, "--calls", 0, 1e9, &l.calls));
    TRY(get_seconds(s, "--interval", &l.interval));
    TRY(get_seconds(s, "--handling", &l.handling));
    if (cli_option(s->k, "--within") != NULL)
        TRY(get_seconds(s, "--within", &within));
    TRY(stats_get_number(s, "--target", 0.01, 0.9999, 0.8, &target));
    TRY(stats_get_number(s, "--occupancy", 0.01, 1, 1, &occupancy));
    TRY(stats_get_number(s, "--agents", 1, ERLANG_AGENTS_MAX, NAN, &agents));
    TRY(stats_check_whole(s, "--agents", agents));
    if (cli_option(s->k, "--patience") != NULL)
        return erlang_a(s, &l, within, target, agents);
    required = erlang_agents(&l, within, target, occupancy);
    if (isnan(agents) && required == 0)
        return FAIL(E_INVALID, _("More than %d people would be needed."), ERLANG_AGENTS_MAX);
    a = erlang_answer(&l, isnan(agents) ? required : (size_t)agents, within);
    out_count(s, "agents", isnan(agents) ? (int64_t)required : (int64_t)agents);
    out_number(s, "service_level", a.service_level);
    out_number(s, "p_wait", a.p_wait);
    out_number(s, "asa", a.asa);
    out_number(s, "occupancy", a.occupancy);
    out_number(s, "traffic", a.traffic);
    out_number(s, "p_block", a.p_block);
    out_number(s, "required", required > 0 ? (double)required : NAN);
    out_open(s, "constants");
    out_number(s, "within", within);
    out_number(s, "target", target);
    out_number(s, "max_occupancy", occupancy);
    out_close(s);
    return OK;
}

enum err stats_queue(struct stats *s)
{
    struct ctx *c = s->c;
    double servers, rates[QUEUE_CLASSES_MAX];
    struct queue_class q[QUEUE_CLASSES_MAX];
    struct queue_load l = { .arrivals = rates };
    struct queue_answer a;

    TRY(stats_need_number(s, "--servers", 1, ERLANG_AGENTS_MAX, &servers));
    TRY(stats_check_whole(s, "--servers", servers));
    TRY(stats_need_number(s, "--service", 1e-9, 1e9, &l.service));
    TRY(stats_get_list(s, "--arrivals", 0, 1e9, COUNT(rates), rates, &l.classes));
    if (l.classes == 0)
        return stats_missing(s, "--arrivals");
    l.servers = (size_t)servers;
    a = queue_priority(&l, q);
    out_number(s, "load", a.load);
    out_number(s, "p_wait", a.p_wait);
    out_number(s, "wait_first_come", a.wait_first_come);
    out_open_rows(s, "classes");
    for (size_t k = 0; k < l.classes; k++) {
        out_open(s, NULL);
        out_count(s, "class", (int64_t)k + 1);
        out_number(s, "wait", q[k].wait);
        out_number(s, "time_in_system", q[k].time_in_system);
        out_number(s, "waiting", q[k].waiting);
        out_number(s, "load", q[k].load);
        out_close(s);
    }
    out_close_rows(s);
    return OK;
}

static const double position_p[] = { 0.1, 0.5, 0.8, 0.9 };
static const char *const position_names[] = { "p10", "p50", "p80", "p90" };

static int by_day(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;

    return a < b ? -1 : a > b;
}

/* The same by drawing lives of the list: what a simulation of the whole model can be compared with. */
static enum err draw_positions(struct stats *s, const struct position_load *l, size_t runs, double seed)
{
    struct ctx *c = s->c;
    double *day, sum = 0, squares = 0;
    struct rng r;

    rng_seed(&r, (uint64_t)seed);
    TRY(ctx_alloc(c, runs, sizeof *day, (void *)&day));
    for (size_t i = 0; i < runs; i++)
        sum += day[i] = position_draw(l, &r, STEPS_MOST);
    for (size_t i = 0; i < runs; i++)
        squares += (day[i] - sum / (double)runs) * (day[i] - sum / (double)runs);
    qsort(day, runs, sizeof *day, by_day);
    out_number(s, "mean", sum / (double)runs);
    out_number(s, "sd", sqrt(squares / (double)(runs - 1)));
    for (size_t i = 0; i < COUNT(position_p); i++) /* the smallest value with that share at or below it */
        out_number(s, position_names[i], day[(size_t)ceil(position_p[i] * (double)runs) - 1]);
    return OK;
}

enum err stats_position(struct stats *s)
{
    struct ctx *c = s->c;
    double position, workers, completions, urgent, runs, seed;

    TRY(stats_need_number(s, "--position", 1, POSITION_MOST, &position));
    TRY(stats_check_whole(s, "--position", position));
    TRY(stats_need_number(s, "--workers", 1e-9, 1e6, &workers));
    TRY(stats_need_number(s, "--completions", 1e-9, 1e6, &completions));
    TRY(stats_get_number(s, "--urgent", 0, 1e6, 0, &urgent));
    TRY(stats_get_number(s, "--runs", 2, RUNS_MOST, NAN, &runs));
    TRY(stats_get_number(s, "--seed", 0, 9e15, 1, &seed));
    TRY(stats_check_whole(s, "--runs", runs));
    TRY(stats_check_whole(s, "--seed", seed));
    struct position_load l = { (unsigned)position, workers * completions, urgent };
    if (!isnan(runs))
        return draw_positions(s, &l, (size_t)runs, seed);
    out_number(s, "mean", position_mean(&l));
    out_number(s, "sd", position_sd(&l));
    for (size_t i = 0; i < COUNT(position_p); i++)
        out_number(s, position_names[i], position_quantile(&l, position_p[i]));
    out_number(s, "ever", position_ever(&l));
    return OK;
}

/* Everything that can be told from the options that are there. */
enum err stats_list(struct stats *s)
{
    static const char *const names[] = {
        "--demand", "--capacity", "--queue", "--target",    "--factor",
        "--cvd",    "--cvc",      "--weeks", "--mean-wait", "--target-queue"
    };
    enum { DEMAND, CAPACITY, QUEUE, TARGET, FACTOR, CVD, CVC, WEEKS, MEAN, TARGET_QUEUE };
    struct ctx *c = s->c;
    double v[COUNT(names)] = { 0 }, size;

    for (size_t i = 0; i < COUNT(names); i++)
        TRY(stats_get_number(s, names[i], 1e-9, 1e12,
                             i == FACTOR            ? LIST_SIZE_FACTOR
                             : i == CVD || i == CVC ? 1
                                                    : NAN,
                             &v[i]));
    if (isnan(v[DEMAND]) && isnan(v[MEAN]) && isnan(v[TARGET]))
        return stats_missing(s, "--demand");
    size = isnan(v[TARGET_QUEUE]) ? list_size_target(v[DEMAND], v[TARGET], v[FACTOR]) : v[TARGET_QUEUE];
    out_number(s, "queue_load", list_size_load(v[DEMAND], v[CAPACITY]));
    out_number(s, "target_mean_wait", list_size_target_mean(v[TARGET], v[FACTOR]));
    out_number(s, "target_queue_size", size);
    out_number(s, "target_capacity", list_size_capacity(v[DEMAND], v[TARGET], v[FACTOR], v[CVD], v[CVC]));
    out_number(s, "relief_capacity", list_size_relief(v[DEMAND], v[QUEUE], size, v[WEEKS]));
    out_number(s, "pressure", list_size_pressure(v[MEAN], v[TARGET]));
    out_open(s, "constants");
    out_number(s, "factor", v[FACTOR]);
    out_number(s, "cvd", v[CVD]);
    out_number(s, "cvc", v[CVC]);
    out_close(s);
    return OK;
}
