// SPDX-License-Identifier: EUPL-1.2
/* Acceptance: the real files, imported into a register and measured by the product, against every value that
 * R computed for them (expected/requests_calls.csv, the part on requests, and expected/eventlogs.csv). A row
 * of those files that nothing here answers fails the test. */
#include "account/result.h"
#include "base/text.h"
#include "exchange/import.h"
#include "stat/csv.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DAY ((int64_t)SECONDS_A_DAY)

/* ── Asking the product ───────────────────────────────────────────────────────────────────────────────────
 */

static struct import_report take(struct ctx *c, const char *file)
{
    struct import_report r;

    if (!CHECK(import_file(c, test_data(file), &(struct import_options){ 0 }, &r) == OK))
        test_skip("%s", c->err.text);
    CHECK_INT(r.rejected, 0);
    return r;
}

static struct register_extract extract(struct ctx *c, int64_t at)
{
    struct register_extract x = { 0 };

    CHECK(extract_read(c, at, &x) == OK);
    return x;
}

static struct results ask(struct ctx *c, const struct register_extract *x, const struct result_query *q)
{
    struct results s = { 0 };

    CHECK(results_get(c, x, q, &s) == OK);
    return s;
}

static const struct figure_result *find(const struct results *s, enum figure_id id, const char *label,
                                        const char *reason)
{
    static const struct figure_result none = { .n = -1 };

    for (size_t i = 0; i < s->n; i++)
        if (s->row[i].figure.id == id && text_is(s->row[i].label[0], label) &&
            text_is(s->row[i].reason, reason))
            return &s->row[i].figure;
    test_check(false, __FILE__, __LINE__, figure_name(id));
    return &none;
}

static const struct figure_value *value(const struct figure_result *f, enum figure_kind kind, double at)
{
    static const struct figure_value none = { .value = NAN, .lower = NAN, .upper = NAN };

    for (size_t i = 0; i < f->values; i++)
        if (f->value[i].kind == kind && (isnan(at) || fabs(f->value[i].at - at) < 1e-9))
            return &f->value[i];
    test_check(false, __FILE__, __LINE__, figure_name(f->id));
    return &none;
}

/* ── What the expected files call things ──────────────────────────────────────────────────────────────────
 */

/* Values of a Kaplan-Meier figure; `unit`: how many of the file's units make a day. */
static bool curve_value(const struct figure_result *f, double unit, const char *metric, double *ret)
{
    double p;

    if (sscanf(metric, "km_p%lf_", &p) == 1) {
        const struct figure_value *v = value(f, FIGURE_QUANTILE, p / 100);
        double found = strstr(metric, "_lo95") != NULL ? v->lower
                       : strstr(metric, "_hi95")       ? v->upper
                                                       : v->value;
        *ret = found * unit;
    } else if (sscanf(metric, "share_closed_within_%lf_", &p) == 1 ||
               sscanf(metric, "km_share_within_%lf_", &p) == 1) {
        *ret = value(f, FIGURE_SHARE, p / unit)->value;
    } else if (sscanf(metric, "S_day%lf", &p) == 1) {
        *ret = 1 - value(f, FIGURE_SHARE, p / unit)->value;
    } else if (text_is(metric, "n")) {
        *ret = (double)f->n;
    } else if (text_is(metric, "events") || text_is(metric, "closed")) {
        *ret = (double)f->events;
    } else if (text_is(metric, "open")) {
        *ret = (double)f->censored;
    } else if (strncmp(metric, "negative_", 9) == 0) {
        *ret = (double)f->negative;
    } else if (text_is(metric, "n_delayed")) {
        *ret = (double)f->late;
    } else {
        return false;
    }
    return true;
}

/* Counts and throughput of a whole log. */
static bool log_value(const struct register_extract *x, const struct figure_result *f, const char *metric,
                      double *ret)
{
    double p;
    int type;

    if (text_is(metric, "cases"))
        *ret = (double)x->x.n;
    else if (text_is(metric, "events"))
        *ret = (double)x->events;
    else if (text_is(metric, "activities"))
        *ret = (double)x->activities;
    else if (text_is(metric, "throughput_days_mean"))
        *ret = value(f, FIGURE_MEAN, NAN)->value;
    else if (sscanf(metric, "throughput_days_p%lf_type%d", &p, &type) == 2)
        *ret = value(f, type == 7 ? FIGURE_QUANTILE : FIGURE_QUANTILE_TYPE1, p / 100)->value;
    else
        return false;
    return true;
}

/* Each row of one data set: `answer` finds what the product says, or false for a row that it does not know.
 */
static int check_rows(const struct csv *e, const char *file,
                      bool (*answer)(void *arg, const char *group, const char *metric, double *ret),
                      void *arg)
{
    size_t d = csv_column(e, "dataset"), g = csv_column(e, "group"), m = csv_column(e, "metric"),
           v = csv_column(e, "value");
    int checked = 0;

    for (size_t i = 0; i < e->rows; i++) {
        const char *metric = csv_cell(e, i, m);
        double got = NAN, want = csv_real(csv_cell(e, i, v));

        if (!text_is(csv_cell(e, i, d), file))
            continue;
        checked++;
        if (!answer(arg, csv_cell(e, i, g), metric, &got))
            test_check(false, csv_cell(e, i, g), (int)i + 2, "a row that the test has an answer for");
        else if (isnan(want))
            test_check(isnan(got), file, (int)i + 2, metric);
        else
            test_check_near(got, want, 1e-6, file, (int)i + 2, metric);
    }
    return checked;
}

/* ── Municipal requests ───────────────────────────────────────────────────────────────────────────────────
 */

#define SF "requests_sf311_a.csv.gz"
#define SF_ALL "created -> closed, peildatum 2014-07-01T00:00:00Z"

struct sf311 {
    struct results all, channel, three, category, team, neighbourhood;
};

static const struct {
    const char *in_file, *code;
} channels[] = {
    { "Phone", "phone" }, { "Web", "web" }, { "Mobile/Open311", "app" }, { "Twitter", "social" }
};

/* How many different known values, and how many requests without one. */
static bool group_value(const struct results *s, const char *metric, double *ret)
{
    bool distinct = text_is(metric, "distinct");

    *ret = 0;
    for (size_t i = 0; i < s->n; i++) {
        bool known = s->row[i].label[0] != NULL;
        if (distinct)
            *ret += known;
        else if (!known)
            *ret += (double)s->row[i].figure.n;
    }
    return distinct || text_is(metric, "missing");
}

static bool sf311_answer(void *arg, const char *group, const char *metric, double *ret)
{
    const struct sf311 *s = arg;
    const struct figure_result *in = find(&s->all, FIGURE_INFLOW, NULL, NULL);
    double p;

    for (size_t i = 0; i < COUNT(channels); i++) {
        char name[100];
        snprintf(name, sizeof name, SF_ALL ", channel %s", channels[i].in_file);
        if (text_is(group, name))
            return curve_value(find(&s->channel, FIGURE_COMPLETION, channels[i].code, NULL), 1, metric, ret);
    }
    if (text_is(group, "district"))
        return group_value(&s->team, metric, ret);
    if (text_is(group, "neighborhood"))
        return group_value(&s->neighbourhood, metric, ret);
    if (text_is(group, "category counts") && text_is(metric, "distinct"))
        return group_value(&s->category, metric, ret);
    if (text_is(group, "category counts"))
        *ret = (double)find(&s->category, FIGURE_INFLOW, metric, NULL)->n;
    else if (text_is(metric, "mean_per_month"))
        *ret = value(in, FIGURE_MEAN, NAN)->value;
    else if (text_is(metric, "max"))
        *ret = value(in, FIGURE_MAX, NAN)->value;
    else if (text_is(group, "months") && text_is(metric, "n"))
        *ret = (double)in->n / value(in, FIGURE_MEAN, NAN)->value;
    else if (text_is(metric, "logrank_chisq_3_channels"))
        *ret = s->three.difference.chisq;
    else if (sscanf(metric, "naive_closed_only_p%lf", &p) == 1)
        *ret = value(find(&s->all, FIGURE_WAIT_STARTED, NULL, NULL), FIGURE_QUANTILE, p / 100)->value;
    else
        return text_is(group, SF_ALL) &&
               curve_value(find(&s->all, FIGURE_COMPLETION, NULL, NULL), 1, metric, ret);
    return true;
}

static struct results by(struct ctx *c, const struct register_extract *x, struct result_query q,
                         enum dimension d, enum figure_id id)
{
    memset(q.wanted, 0, sizeof q.wanted);
    q.wanted[id] = true;
    q.by[0] = d;
    q.n_by = 1;
    return ask(c, x, &q);
}

TEST(acceptance_requests)
{
    static const int64_t days[] = { 7 * DAY, 14 * DAY, 30 * DAY, 42 * DAY, 56 * DAY };
    struct ctx *c = test_begin("2024-06-01");
    struct csv e = csv_load(c, "expected/requests_calls.csv");
    struct import_report r = take(c, SF);
    struct result_query q = { .at = (int64_t)date_from_civil(2014, 7, 1) * DAY,
                              .all = true,
                              .utc = true,
                              .way.scale = SURVIVAL_LOG,
                              .share_at = days,
                              .n_share_at = COUNT(days) };
    struct register_extract x = extract(c, q.at);
    struct sf311 s;

    CHECK_INT(r.warning[IMPORT_END_BEFORE_START], 1);
    q.wanted[FIGURE_INFLOW] = q.wanted[FIGURE_WAIT_STARTED] = q.wanted[FIGURE_COMPLETION] = true;
    s.all = ask(c, &x, &q);
    s.channel = by(c, &x, q, BY_CHANNEL, FIGURE_COMPLETION);
    s.category = by(c, &x, q, BY_CATEGORY, FIGURE_INFLOW);
    s.team = by(c, &x, q, BY_TEAM, FIGURE_INFLOW);
    s.neighbourhood = by(c, &x, q, BY_NEIGHBOURHOOD, FIGURE_INFLOW);
    q.only = (struct result_only){ BY_CHANNEL, { "phone", "web", "app" }, 3 };
    s.three = by(c, &x, q, BY_CHANNEL, FIGURE_WAIT);
    CHECK_INT(s.three.difference.df, 2);
    CHECK_INT(check_rows(&e, SF, sf311_answer, &s), 101);
    /* in this file the first talk is the closing: the wait is the same curve */
    CHECK_NEAR(value(find(&s.three, FIGURE_WAIT, "web", NULL), FIGURE_QUANTILE, 0.8)->value,
               value(find(&s.channel, FIGURE_COMPLETION, "web", NULL), FIGURE_QUANTILE, 0.8)->value, 0);
    test_end(c);
}

/* ── Event logs ───────────────────────────────────────────────────────────────────────────────────────────
 */

#define SEPSIS "eventlog_sepsis.csv.gz"

struct sepsis {
    struct register_extract x;
    struct results s;
};

static bool sepsis_answer(void *arg, const char *group, const char *metric, double *ret)
{
    const struct sepsis *g = arg;

    if (text_is(group, "all"))
        return log_value(&g->x, find(&g->s, FIGURE_THROUGHPUT, NULL, NULL), metric, ret);
    if (!text_is(group, "ER Registration -> first IV Antibiotics"))
        return false;
    if (text_is(metric,
                "naive_median_minutes")) { /* also of signed values: both negative ones are below it */
        *ret = value(find(&g->s, FIGURE_WAIT_STARTED, NULL, NULL), FIGURE_QUANTILE, 0.5)->value * 24 * 60;
        return true;
    }
    return curve_value(find(&g->s, FIGURE_WAIT, NULL, NULL), 24 * 60, metric, ret);
}

TEST(acceptance_sepsis)
{
    static const int64_t minutes[] = { 60 * 60, 180 * 60, 360 * 60 };
    static const double p[] = { 0.5, 0.8, 0.9, 0.95 };
    struct ctx *c = test_begin("2024-06-01");
    struct csv e = csv_load(c, "expected/eventlogs.csv");
    struct import_report r = take(c, SEPSIS);
    struct sepsis g = { .x = extract(c, c->now) };
    struct result_query q = { .at = c->now,
                              .all = true,
                              .way.scale = SURVIVAL_LOG,
                              .p = p,
                              .n_p = COUNT(p),
                              .share_at = minutes,
                              .n_share_at = COUNT(minutes) };

    CHECK_INT(r.requests_new, 1050); /* the case named NA is one of them */
    CHECK_INT(r.warning[IMPORT_END_BEFORE_START], 2);
    q.wanted[FIGURE_WAIT] = q.wanted[FIGURE_WAIT_STARTED] = q.wanted[FIGURE_THROUGHPUT] = true;
    g.s = ask(c, &g.x, &q);
    CHECK_INT(check_rows(&e, SEPSIS, sepsis_answer, &g), 25);
    test_end(c);
}

#define FINES "eventlog_fines_a.csv.gz"
#define FINES_EXIT "Create Fine -> Payment | Send for Credit Collection, peildatum 2010-06-30"
#define FINES_SEND "Create Fine -> Send Fine, peildatum 2010-06-30"
#define FINES_BASE "baseline 2007-01-01 with delayed entry, followed to 2010-06-30"

struct fines {
    struct register_extract log; /* of the whole log; the rest as on the reference date */
    struct results all, then, base;
    struct figure_result paid, early; /* figures that one should not make, see below */
};

/* Shares by reason: cif_paid_day30, cif_paid_day30_se, cif_collection_day30, and the numbers. */
static bool reason_value(const struct results *s, const char *metric, double *ret)
{
    double days;
    char reason[20];

    if (text_is(metric, "paid"))
        *ret = (double)find(s, FIGURE_CLOSED, NULL, "paid")->events;
    else if (text_is(metric, "credit_collection"))
        *ret = (double)find(s, FIGURE_CLOSED, NULL, "collection")->events;
    else if (sscanf(metric, "cif_%19[a-z]_day%lf", reason, &days) == 2) {
        const struct figure_value *v = value(find(s, FIGURE_CLOSED, NULL, reason), FIGURE_INCIDENCE, days);
        *ret = strstr(metric, "_se") != NULL ? v->se : v->value;
    } else
        return false;
    return true;
}

static bool fines_answer(void *arg, const char *group, const char *metric, double *ret)
{
    const struct fines *g = arg;
    double days;

    if (text_is(group, "all"))
        return log_value(&g->log, find(&g->all, FIGURE_THROUGHPUT, NULL, NULL), metric, ret);
    if (text_is(group, FINES_SEND))
        return curve_value(find(&g->then, FIGURE_WAIT, NULL, NULL), 1, metric, ret);
    if (text_is(group, FINES_EXIT " (any exit)"))
        return curve_value(find(&g->then, FIGURE_COMPLETION, NULL, NULL), 1, metric, ret);
    if (sscanf(metric, "WRONG_1-KM_paid_day%lf", &days) == 1)
        *ret = value(&g->paid, FIGURE_SHARE, days)->value;
    else if (sscanf(metric, "WRONG_S_day%lf_ignoring_entry", &days) == 1)
        *ret = 1 - value(&g->early, FIGURE_SHARE, days)->value;
    else if (text_is(metric, "naive_median_paid_days"))
        *ret = value(&g->paid, FIGURE_MEAN, NAN)->value;
    else if (text_is(group, FINES_EXIT))
        return reason_value(&g->then, metric, ret) ||
               curve_value(find(&g->then, FIGURE_COMPLETION, NULL, NULL), 1, metric, ret);
    else
        return text_is(group, FINES_BASE) &&
               (reason_value(&g->base, metric, ret) ||
                curve_value(find(&g->base, FIGURE_COMPLETION, NULL, NULL), 1, metric, ret));
    return true;
}

/* Paying as if it were the start, and going to collection as leaving: 1 - Kaplan-Meier, which says too much,
 * and the median of who paid, which says too little. The latter goes where a mean would be. */
static struct figure_result wrong_paid(struct ctx *c, const struct register_extract *x, struct figure_query q)
{
    struct extract e = x->x;
    int64_t *started = arena_array(c->arena, e.n, sizeof *started);
    struct figure_work w = figure_work_in(arena_alloc(c->arena, figure_work_bytes(e.n)), e.n);
    struct figure_result r, naive;

    for (size_t i = 0; i < e.n; i++)
        started[i] =
            e.reason[i] >= 0 && text_is(x->reason.name[e.reason[i]], "paid") ? e.closed[i] : TIME_NONE;
    e.started = started;
    e.left = NULL;
    figure_get_wait(&e, &q, &w, &r, NULL);
    figure_get_wait_started(&e, &q, &w, &naive);
    r.value[r.values++] =
        (struct figure_value){ .kind = FIGURE_MEAN, .at = NAN, .value = naive.value[0].value };
    return r;
}

/* Who was open after the baseline, counted from the start: too long. */
static struct figure_result wrong_early(struct ctx *c, const struct register_extract *x,
                                        struct figure_query q, int64_t since)
{
    uint32_t *row = arena_array(c->arena, x->x.n, sizeof *row);
    struct figure_work w = figure_work_in(arena_alloc(c->arena, figure_work_bytes(x->x.n)), x->x.n);
    struct figure_result r;

    q.row = row;
    for (size_t i = 0; i < x->x.n; i++)
        if (x->x.received[i] > since || x->x.closed[i] == TIME_NONE || x->x.closed[i] > since)
            row[q.n++] = (uint32_t)i;
    figure_get_completion(&x->x, &q, &w, &r, NULL);
    return r;
}

TEST(acceptance_fines)
{
    static const int64_t days[] = { 30 * DAY, 90 * DAY, 180 * DAY, 365 * DAY, 730 * DAY };
    struct ctx *c = test_begin("2024-06-01");
    struct csv e = csv_load(c, "expected/eventlogs.csv");
    struct import_report r = take(c, FINES);
    struct result_query q = { .at = (int64_t)date_from_civil(2010, 6, 30) * DAY,
                              .all = true,
                              .way.scale = SURVIVAL_LOG,
                              .share_at = days,
                              .n_share_at = COUNT(days) };
    struct figure_query plain = { .at = q.at, .way = q.way, .share_at = days, .n_share_at = COUNT(days) };
    struct register_extract then = extract(c, q.at);
    struct fines g = { .log = extract(c, c->now) };
    struct result_query whole = { .at = c->now, .all = true };

    CHECK_INT(r.requests_new, 3980);
    whole.wanted[FIGURE_THROUGHPUT] = true;
    g.all = ask(c, &g.log, &whole);
    q.wanted[FIGURE_WAIT] = q.wanted[FIGURE_COMPLETION] = q.wanted[FIGURE_CLOSED] = true;
    g.then = ask(c, &then, &q);
    q.since = (int64_t)date_from_civil(2007, 1, 1) * DAY;
    g.base = ask(c, &then, &q);
    g.paid = wrong_paid(c, &then, plain);
    g.early = wrong_early(c, &then, plain, q.since);
    CHECK_INT(check_rows(&e, FINES, fines_answer, &g), 61);
    test_end(c);
}
