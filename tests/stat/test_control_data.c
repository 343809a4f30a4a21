// SPDX-License-Identifier: EUPL-1.2
/* Control charts against every row of expected/spc.csv: R's qicharts2, NHSRplotthedots and textbook tables.
 */
#include "base/text.h"
#include "measure/control_chart.h"
#include "stat/csv.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define POINTS_MAX 200

/* One series of a data set, as a row of the file means it. */
struct picture {
    double value[POINTS_MAX], denominator[POINTS_MAX];
    bool skip[POINTS_MAX];
    struct chart_series s;
    double point[POINTS_MAX], lower[POINTS_MAX], upper[POINTS_MAX], sigma[POINTS_MAX];
    uint8_t flag[POINTS_MAX];
    struct chart k;
    struct chart_runs runs;
};

struct source {
    const struct csv *t;
    size_t from, to; /* rows */
    const char *value, *denominator;
    const char *key, *is; /* only rows with this text in this column */
};

static void fill(struct picture *p, const struct source *a)
{
    size_t v = csv_column(a->t, a->value), d = a->denominator != NULL ? csv_column(a->t, a->denominator) : 0,
           k = a->key != NULL ? csv_column(a->t, a->key) : 0;

    for (size_t i = a->from; i < a->to && i < a->t->rows && p->s.n < POINTS_MAX; i++) {
        if (a->key != NULL && strcmp(csv_cell(a->t, i, k), a->is) != 0)
            continue;
        p->value[p->s.n] = csv_real(csv_cell(a->t, i, v));
        p->denominator[p->s.n++] = a->denominator != NULL ? csv_real(csv_cell(a->t, i, d)) : NAN;
    }
    p->s.value = p->value;
    p->s.denominator = p->denominator;
}

static const struct {
    const char *chart;
    enum chart_kind kind;
    enum chart_rules rules;
    bool screen;
} charts[] = {
    { "I (not screened)", CHART_XMR, CHART_RULES_NHS, false },
    { "I (mR screened once at 3.267*mRbar)", CHART_XMR, CHART_RULES_NHS, true },
    { "NHS rules", CHART_XMR, CHART_RULES_NHS, true },
    { "I", CHART_XMR, CHART_RULES_ANHOEJ, false },
    { "P", CHART_P, CHART_RULES_ANHOEJ, false },
    { "P'", CHART_P_PRIME, CHART_RULES_ANHOEJ, false },
    { "U", CHART_U, CHART_RULES_ANHOEJ, false },
    { "C", CHART_C, CHART_RULES_ANHOEJ, false },
};

static void draw(struct picture *p, const char *chart)
{
    enum chart_rules rules = CHART_RULES_NONE;

    for (size_t i = 0; i < COUNT(charts); i++)
        if (strcmp(chart, charts[i].chart) == 0) {
            p->s.kind = charts[i].kind;
            p->s.screen = charts[i].screen;
            rules = charts[i].rules;
        }
    CHECK(rules != CHART_RULES_NONE);
    p->k = (struct chart){ .point = p->point, .lower = p->lower, .upper = p->upper, .sigma = p->sigma };
    chart_limits(&p->s, &p->k);
    p->runs = chart_signals(&p->k, p->s.n, rules, p->flag);
}

/* The files and what is left out of the baseline, by the name that expected/spc.csv gives to a group. */
struct files {
    struct csv vector, cost, defective, nonconform, units, complaints, cdi, ae;
};

static void leave_out(struct picture *p, size_t a, size_t b)
{
    p->skip[a - 1] = p->skip[b - 1] = true;
    p->s.skip = p->skip;
}

static bool pick_small(struct picture *p, const struct files *f, const char *file, const char *group)
{
    if (strcmp(file, "spc_nhs_vector.csv") == 0) {
        fill(p, &(struct source){ &f->vector, 0, 99, group, NULL, NULL, NULL });
    } else if (strcmp(file, "spc_montgomery_t6_07_cost.csv") == 0) {
        fill(p, &(struct source){ &f->cost, 0, 99, "value", NULL, NULL, NULL });
        p->s.freeze = strcmp(group, "freeze=first 20") == 0 ? 20 : 0;
    } else if (strcmp(file, "spc_montgomery_t7_03_defective.csv") == 0) {
        bool first = strncmp(group, "samples 1-30", 12) == 0;
        fill(p, &(struct source){ &f->defective, first ? 0 : 30, first ? 30 : 99, "count", "n", NULL, NULL });
        if (first)
            leave_out(p, 15, 23);
    } else if (strcmp(file, "spc_montgomery_t7_08_nonconformities.csv") == 0) {
        fill(p, &(struct source){ &f->nonconform, 0, 99, "count", NULL, NULL, NULL });
        leave_out(p, 6, 20);
        p->s.freeze = 26;
    } else if (strcmp(file, "spc_montgomery_t7_10_units.csv") == 0) {
        fill(p, &(struct source){ &f->units, 0, 99, "count", "n", NULL, NULL });
    } else if (strcmp(file, "spc_complaints.csv") == 0) {
        const char *per = strcmp(group, "complaints per sale") == 0 ? "sales" : NULL;
        fill(p, &(struct source){ &f->complaints, 0, 99, "complaints", per, NULL, NULL });
    } else {
        return false;
    }
    return true;
}

static bool pick(struct picture *p, const struct files *f, const char *file, const char *group)
{
    char org[16] = "";

    memset(p, 0, sizeof *p);
    if (pick_small(p, f, file, group))
        return true;
    if (strcmp(file, "spc_infections_cdi.csv") == 0) {
        const char *period = strncmp(group, "period pre", 10) == 0    ? "pre"
                             : strncmp(group, "period post", 11) == 0 ? "post"
                                                                      : NULL;
        fill(p, &(struct source){ &f->cdi, 0, 99, "n", "days", period != NULL ? "period" : NULL, period });
        p->s.freeze = strncmp(group, "baseline frozen", 15) == 0 ? 24 : 0;
        return true;
    }
    if (strcmp(file, "spc_ae_a.csv") != 0 || strlen(group) < 4)
        return false;
    text_copy(org, 4, group);
    if (strcmp(group + 3, " attendances") == 0)
        fill(p, &(struct source){ &f->ae, 0, f->ae.rows, "attendances", NULL, "org_code", org });
    else
        fill(p, &(struct source){ &f->ae, 0, f->ae.rows, "breaches", "attendances", "org_code", org });
    return p->s.n > 0;
}

/* "8 16 28", or "-": the points that carry the flag. */
static void check_flags(const struct picture *p, enum chart_flag flag, const char *want, int line)
{
    char got[1000] = "";
    size_t len = 0;

    for (size_t i = 0; i < p->s.n && len < sizeof got - 8; i++)
        if (p->flag[i] & flag)
            len += (size_t)snprintf(got + len, sizeof got - len, "%s%zu", len > 0 ? " " : "", i + 1);
    test_check_str(len > 0 ? got : "-", want, "expected/spc.csv", line, "the points that are flagged");
}

static bool number_of(const struct picture *p, const char *metric, double *ret)
{
    size_t last = p->s.n - 1;
    const struct {
        const char *metric;
        double value;
    } known[] = { { "n", (double)p->s.n },
                  { "cl", p->k.centre },
                  { "mRbar", p->k.mean_range },
                  { "sigma_z", p->k.sigma_z },
                  { "lcl", p->lower[0] },
                  { "ucl", p->upper[0] },
                  { "lcl_first", p->lower[0] },
                  { "ucl_first", p->upper[0] },
                  { "lcl_last", p->lower[last] },
                  { "ucl_last", p->upper[last] },
                  { "useful", (double)p->runs.useful },
                  { "longest_run", (double)p->runs.longest },
                  { "longest_run_max", (double)p->runs.longest_max },
                  { "crossings", (double)p->runs.crossings },
                  { "crossings_min", (double)p->runs.crossings_min },
                  { "anhoej_signal", (double)p->runs.signal } };

    for (size_t i = 0; i < COUNT(known); i++)
        if (strcmp(metric, known[i].metric) == 0) {
            *ret = known[i].value;
            return true;
        }
    return false;
}

static void check_row(const struct picture *p, const char *metric, const char *want, int line)
{
    static const struct {
        const char *metric;
        enum chart_flag flag;
    } flags[] = { { "points_outside", CHART_OUTSIDE },
                  { "outside", CHART_OUTSIDE },
                  { "shift7", CHART_FLAG_SHIFT },
                  { "trend7", CHART_FLAG_TREND },
                  { "two_of_three", CHART_FLAG_NEAR } };
    double got = NAN;

    for (size_t i = 0; i < COUNT(flags); i++)
        if (strcmp(metric, flags[i].metric) == 0) {
            check_flags(p, flags[i].flag, want, line);
            return;
        }
    if (test_check(number_of(p, metric, &got), "expected/spc.csv", line, metric))
        test_check_near(got, csv_real(want), 1e-6, "expected/spc.csv", line, metric);
}

TEST(control_data_spc)
{
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/spc.csv");
    struct files f = { csv_load(c, "spc_nhs_vector.csv"),
                       csv_load(c, "spc_montgomery_t6_07_cost.csv"),
                       csv_load(c, "spc_montgomery_t7_03_defective.csv"),
                       csv_load(c, "spc_montgomery_t7_08_nonconformities.csv"),
                       csv_load(c, "spc_montgomery_t7_10_units.csv"),
                       csv_load(c, "spc_complaints.csv"),
                       csv_load(c, "spc_infections_cdi.csv"),
                       csv_load(c, "spc_ae_a.csv") };
    static struct picture p; /* too large for the stack of a test */
    int checked = 0;

    for (size_t i = 0; i < e.rows; i++) {
        const char *file = csv_cell(&e, i, csv_column(&e, "dataset")),
                   *group = csv_cell(&e, i, csv_column(&e, "group"));

        if (!test_check(pick(&p, &f, file, group), file, (int)i + 2, "a row that the test knows"))
            continue;
        draw(&p, csv_cell(&e, i, csv_column(&e, "chart")));
        check_row(&p, csv_cell(&e, i, csv_column(&e, "metric")), csv_cell(&e, i, csv_column(&e, "value")),
                  (int)i + 2);
        checked++;
    }
    CHECK_INT(checked, (int64_t)e.rows);
    CHECK(checked >= 3400);
}
