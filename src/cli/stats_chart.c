// SPDX-License-Identifier: EUPL-1.2
/* peil stats chart and drift. */
#include "base/text.h"
#include "cli/stats.h"
#include "measure/control_chart.h"
#include "measure/drift.h"

#include <math.h>

static const char *const kinds[] = { [CHART_XMR] = "xmr",
                                     [CHART_P] = "p",
                                     [CHART_P_PRIME] = "pprime",
                                     [CHART_U] = "u",
                                     [CHART_U_PRIME] = "uprime",
                                     [CHART_C] = "c",
                                     [CHART_G] = "g",
                                     [CHART_T] = "t" };
static const char *const rule_sets[] = {
    [CHART_RULES_NHS] = "nhs", [CHART_RULES_ANHOEJ] = "anhoej", [CHART_RULES_NONE] = "none"
};

/* The names of the rules, and which set has them. */
static const struct {
    const char *name;
    enum chart_flag flag;
    enum chart_rules rules;
} rules[] = { { "shift", CHART_FLAG_SHIFT, CHART_RULES_NHS },
              { "trend", CHART_FLAG_TREND, CHART_RULES_NHS },
              { "two_of_three", CHART_FLAG_NEAR, CHART_RULES_NHS },
              { "long_run", CHART_FLAG_LONG_RUN, CHART_RULES_ANHOEJ },
              { "few_crossings", CHART_FLAG_FEW_CROSSINGS, CHART_RULES_ANHOEJ } };

struct chart_work {
    enum chart_kind kind;
    enum chart_rules rules;
    size_t value, denominator, label; /* columns */
    size_t freeze;
    double exclude[256];
    size_t excluded;
};

static void out_flagged(struct stats *s, const char *name, const uint8_t *flag, size_t n, enum chart_flag bit,
                        double *room)
{
    size_t found = 0;

    for (size_t i = 0; i < n; i++)
        if (flag[i] & bit)
            room[found++] = (double)(i + 1);
    out_numbers(s, name, room, found);
}

static void out_constants(struct stats *s, const struct chart_work *a, const struct chart *k)
{
    out_open(s, "constants");
    out_number(s, "sigmas", CHART_SIGMAS);
    if (a->kind == CHART_XMR || a->kind == CHART_T) {
        out_number(s, "xmr_width", CHART_XMR_WIDTH);
        out_number(s, "mean_range", k->mean_range);
    } else if (!isnan(k->mean_range)) {
        out_number(s, "d2", CHART_D2);
        out_number(s, "mean_range", k->mean_range);
        out_number(s, "sigma_z", k->sigma_z);
    }
    if (!isnan(k->mean_range)) {
        out_number(s, "screen", isnan(k->range_limit) ? NAN : CHART_SCREEN);
        out_number(s, "range_limit", k->range_limit);
        out_count(s, "ranges", (int64_t)k->ranges);
        out_count(s, "ranges_left_out", (int64_t)k->screened);
    }
    if (a->kind == CHART_T)
        out_number(s, "power", CHART_T_POWER);
    out_number(s, "run_line", k->run_line);
    out_count(s, "baseline", (int64_t)k->baseline);
    out_number(s, "shift", a->rules == CHART_RULES_NHS ? CHART_SHIFT : NAN);
    out_number(s, "trend", a->rules == CHART_RULES_NHS ? CHART_TREND : NAN);
    out_number(s, "near_sigmas", a->rules == CHART_RULES_NHS ? CHART_NEAR_SIGMAS : NAN);
    out_close(s);
}

static void out_runs(struct stats *s, const struct chart_runs *r)
{
    out_open(s, "runs");
    out_count(s, "useful", (int64_t)r->useful);
    out_count(s, "longest_run", (int64_t)r->longest);
    out_count(s, "longest_run_max", (int64_t)r->longest_max);
    out_count(s, "crossings", (int64_t)r->crossings);
    out_count(s, "crossings_min", (int64_t)r->crossings_min);
    out_bool(s, "signal", r->signal);
    out_close(s);
}

static const char *label_of(const struct stats *s, const struct stats_rows *r, const struct chart_work *a,
                            size_t i)
{
    return a->label != STATS_NONE ? stats_cell(s, r->row[i], a->label) : "";
}

/* JSON has arrays, text a line for each point. */
static void out_points(struct stats *s, const struct stats_rows *r, const struct chart_work *a,
                       const struct chart *k, const uint8_t *flag)
{
    if (s->json) {
        out_numbers(s, "value", k->point, r->n);
        out_numbers(s, "lower", k->lower, r->n);
        out_numbers(s, "upper", k->upper, r->n);
        if (a->label != STATS_NONE) {
            out_open_list(s, "label");
            for (size_t i = 0; i < r->n; i++)
                out_text(s, NULL, label_of(s, r, a, i));
            out_close_list(s);
        }
        return;
    }
    out_open_rows(s, "series");
    for (size_t i = 0; i < r->n; i++) {
        out_open(s, NULL);
        out_count(s, "point", (int64_t)i + 1);
        if (a->label != STATS_NONE)
            out_text(s, "label", label_of(s, r, a, i));
        out_number(s, "value", k->point[i]);
        out_number(s, "lower", k->lower[i]);
        out_number(s, "upper", k->upper[i]);
        out_text(s, "signal", flag[i] != 0 ? "*" : "");
        out_close(s);
    }
    out_close_rows(s);
}

static enum err draw(struct stats *s, const struct stats_rows *r, const struct chart_work *a, struct chart *k,
                     struct chart_series *d)
{
    struct ctx *c = s->c;
    double *value, *denominator = NULL, *room;
    bool *skip;

    TRY(stats_numbers(s, r, a->value, &value));
    if (chart_needs_denominator(a->kind))
        TRY(stats_numbers(s, r, a->denominator, &denominator));
    TRY(ctx_alloc(c, 4 * r->n + 1, sizeof *room, (void *)&room));
    TRY(ctx_alloc(c, r->n + 1, sizeof *skip, (void *)&skip));
    for (size_t i = 0; i < a->excluded; i++)
        if (a->exclude[i] <= (double)r->n)
            skip[(size_t)a->exclude[i] - 1] = true;
    *d = (struct chart_series){
        a->kind, value, denominator, r->n, cli_flag(s->k, "--screen"), a->freeze, skip
    };
    *k = (struct chart){
        .point = room, .lower = room + r->n, .upper = room + 2 * r->n, .sigma = room + 3 * r->n
    };
    chart_limits(d, k);
    return OK;
}

static enum err one_chart(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    const struct chart_work *a = arg;
    struct chart_series d;
    struct chart k;
    struct chart_runs runs;
    uint8_t *flag;
    double *room;

    TRY(draw(s, r, a, &k, &d));
    TRY(ctx_alloc(c, r->n + 1, sizeof *flag, (void *)&flag));
    TRY(ctx_alloc(c, r->n + 1, sizeof *room, (void *)&room));
    runs = chart_signals(&k, r->n, a->rules, flag);
    out_text(s, "kind", kinds[a->kind]);
    out_text(s, "rules", rule_sets[a->rules]);
    out_bool(s, "screened", d.screen);
    out_count(s, "points", (int64_t)r->n);
    out_count(s, "known", (int64_t)k.known);
    out_number(s, "centre", k.centre);
    out_points(s, r, a, &k, flag);
    out_flagged(s, "outside", flag, r->n, CHART_OUTSIDE, room);
    out_open(s, "signals");
    for (size_t i = 0; i < COUNT(rules); i++)
        if (rules[i].rules == a->rules)
            out_flagged(s, rules[i].name, flag, r->n, rules[i].flag, room);
    out_close(s);
    out_runs(s, &runs);
    out_constants(s, a, &k);
    return OK;
}

enum err stats_chart(struct stats *s)
{
    struct ctx *c = s->c;
    struct chart_work a = { 0 };
    size_t kind, set;
    double freeze;

    TRY(stats_load(s));
    TRY(stats_get_choice(s, "--kind", kinds, COUNT(kinds), &kind));
    TRY(stats_get_choice(s, "--rules", rule_sets, COUNT(rule_sets), &set));
    a.kind = (enum chart_kind)kind;
    a.rules = (enum chart_rules)set;
    TRY(stats_column(s, "--value", true, &a.value));
    TRY(stats_column(s, "--denominator", chart_needs_denominator(a.kind), &a.denominator));
    TRY(stats_column(s, "--label", false, &a.label));
    TRY(stats_get_number(s, "--freeze", 2, 1e9, 0, &freeze));
    a.freeze = (size_t)freeze;
    TRY(stats_get_list(s, "--exclude", 1, 1e9, COUNT(a.exclude), a.exclude, &a.excluded));
    return stats_each_group(s, one_chart, &a);
}

/* ── Drift and the moment of a change ─────────────────────────────────────────────────────────────────────
 */

struct drift_work {
    struct drift_way way;
    size_t value, label; /* columns */
};

static void out_side(struct stats *s, const char *name, const struct drift_side *side)
{
    out_open(s, name);
    out_number(s, "signal", side->signal == DRIFT_NONE ? NAN : (double)(side->signal + 1));
    out_number(s, "since", side->signal == DRIFT_NONE ? NAN : (double)(side->since + 1));
    out_close(s);
}

static void out_change(struct stats *s, const struct stats_rows *r, const struct drift_work *a,
                       const struct change_point *p)
{
    bool any = p->first != DRIFT_NONE;

    out_open(s, "change");
    out_number(s, "first", any ? (double)(p->first + 1) : NAN);
    if (a->label != STATS_NONE)
        out_text(s, "label", any ? stats_cell(s, r->row[p->first], a->label) : NULL);
    out_number(s, "k", p->k);
    out_number(s, "p", p->p);
    out_number(s, "mean_before", p->mean_before);
    out_number(s, "mean_after", p->mean_after);
    out_close(s);
}

static enum err one_drift(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    const struct drift_work *a = arg;
    struct change_point p;
    double *value, *up, *down;
    struct drift d;

    TRY(stats_numbers(s, r, a->value, &value));
    TRY(ctx_alloc(c, r->n + 1, sizeof *up, (void *)&up));
    TRY(ctx_alloc(c, r->n + 1, sizeof *down, (void *)&down));
    d = drift_cusum(value, r->n, &a->way, up, down);
    p = drift_change_point(value, r->n);
    out_count(s, "points", (int64_t)r->n);
    out_count(s, "known", (int64_t)p.n);
    out_open(s, "cusum");
    out_number(s, "target", d.target);
    out_number(s, "sigma", d.sigma);
    out_number(s, "allowance", d.allowance);
    out_number(s, "decision", d.decision);
    out_side(s, "up", &d.up);
    out_side(s, "down", &d.down);
    out_numbers(s, "sum_up", up, r->n);
    out_numbers(s, "sum_down", down, r->n);
    out_close(s);
    out_change(s, r, a, &p);
    return OK;
}

enum err stats_drift(struct stats *s)
{
    struct ctx *c = s->c;
    struct drift_work a = { 0 };
    double freeze;

    TRY(stats_load(s));
    TRY(stats_column(s, "--value", true, &a.value));
    TRY(stats_column(s, "--label", false, &a.label));
    TRY(stats_get_number(s, "--target", -1e300, 1e300, NAN, &a.way.target));
    TRY(stats_get_number(s, "--sigma", 1e-300, 1e300, NAN, &a.way.sigma));
    TRY(stats_get_number(s, "--allowance", 1e-9, 1e9, DRIFT_ALLOWANCE, &a.way.allowance));
    TRY(stats_get_number(s, "--decision", 1e-9, 1e9, DRIFT_DECISION, &a.way.decision));
    TRY(stats_get_number(s, "--freeze", 2, 1e9, 0, &freeze));
    a.way.baseline = (size_t)freeze;
    return stats_each_group(s, one_drift, &a);
}
