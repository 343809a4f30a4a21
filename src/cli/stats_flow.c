// SPDX-License-Identifier: EUPL-1.2
/* peil stats standard, stockflow, bands. */
#include "base/text.h"
#include "cli/stats.h"
#include "measure/band.h"
#include "measure/overdispersion.h"
#include "measure/standard.h"
#include "measure/stock_flow.h"

#include <math.h>

/* ── A fair comparison of neighbourhoods ──────────────────────────────────────────────────────────────────
 */

struct standard_work {
    enum standard_kind kind;
    double per;
    struct stats_rows *stratum; /* of all rows */
    size_t strata;
    double *weight;              /* size of each stratum in everything together */
    size_t events, size, column; /* columns; column: of the strata */
    double target;               /* the value of everything together */
    double tau;                  /* --spread additive: between groups; else 0 */
};

static size_t stratum_of(const struct stats *s, const struct standard_work *a, size_t row)
{
    for (size_t i = 0; i < a->strata; i++)
        if (text_is(a->stratum[i].label, stats_cell(s, row, a->column)))
            return i;
    return 0;
}

/* Sums of events and sizes of these rows a stratum; without a column of sizes each row counts as one. */
static enum err add_up(struct stats *s, const struct stats_rows *r, const struct standard_work *a,
                       double **ret_events, double **ret_size)
{
    struct ctx *c = s->c;
    double *events, *size;

    TRY(ctx_alloc(c, a->strata + 1, sizeof *events, (void *)&events));
    TRY(ctx_alloc(c, a->strata + 1, sizeof *size, (void *)&size));
    for (size_t i = 0; i < r->n; i++) {
        size_t k = stratum_of(s, a, r->row[i]);
        double e, n = 1;
        TRY(stats_number(s, r->row[i], a->events, &e));
        if (a->size != STATS_NONE)
            TRY(stats_number(s, r->row[i], a->size, &n));
        if (isnan(e) || isnan(n))
            continue; /* not known: neither in the events nor in the size */
        if (!(e >= 0 && e <= 1e12) || !(n >= 0 && n <= 1e12) || (a->kind == STANDARD_SHARE && e > n))
            return FAIL(E_INVALID, _("Line %lld: %s events of %s cannot be."),
                        (long long)s->t.line[r->row[i]], stats_say(s, e), stats_say(s, n));
        events[k] += e;
        size[k] += n;
    }
    *ret_events = events;
    *ret_size = size;
    return OK;
}

static void out_standard_value(struct stats *s, const struct standard_work *a, const struct standard_value *v)
{
    bool known = !isnan(v->adjusted.value);
    double size = known ? v->effective : 0;
    struct standard_limits warn = overdispersion_funnel(a->kind, a->target, size, a->tau, STANDARD_WARNING),
                           alarm = overdispersion_funnel(a->kind, a->target, size, a->tau, STANDARD_ALARM);
    double x = v->adjusted.value, f = a->kind == STANDARD_RATE ? a->per : 1;

    out_number(s, "events", v->events);
    out_number(s, "size", v->size);
    out_number(s, "crude", v->crude.value * f);
    out_number(s, "adjusted", x * f);
    out_number(s, "lower", v->adjusted.lower * f);
    out_number(s, "upper", v->adjusted.upper * f);
    out_number(s, "warn_lower", warn.lower * f);
    out_number(s, "warn_upper", warn.upper * f);
    out_number(s, "alarm_lower", alarm.lower * f);
    out_number(s, "alarm_upper", alarm.upper * f);
    out_count(s, "empty_strata", (int64_t)v->empty);
    out_text(s, "signal",
             x < alarm.lower || x > alarm.upper ? "alarm"
             : x < warn.lower || x > warn.upper ? "warning"
                                                : "");
}

static enum err read_standard(struct stats *s, struct standard_work *a)
{
    static const char *const kinds[] = { [STANDARD_SHARE] = "share", [STANDARD_RATE] = "rate" };
    struct ctx *c = s->c;
    double *events, sum_events = 0, sum_size = 0;
    size_t kind;

    TRY(stats_get_choice(s, "--kind", kinds, COUNT(kinds), &kind));
    a->kind = (enum standard_kind)kind;
    TRY(stats_get_number(s, "--per", 1e-9, 1e12, 1000, &a->per));
    TRY(stats_column(s, "--stratum", true, &a->column));
    TRY(stats_column(s, "--events", true, &a->events));
    TRY(stats_column(s, "--size", a->kind == STANDARD_RATE, &a->size));
    TRY(stats_split(s, &s->all, a->column, &a->stratum, &a->strata));
    if (a->strata > 1000)
        return FAIL(E_INVALID, _("There are %zu strata; that is too many."), a->strata);
    TRY(add_up(s, &s->all, a, &events, &a->weight));
    for (size_t i = 0; i < a->strata; i++) {
        sum_events += events[i];
        sum_size += a->weight[i];
    }
    a->target = sum_events / sum_size;
    out_number(s, "all", a->target * (a->kind == STANDARD_RATE ? a->per : 1));
    out_count(s, "strata", (int64_t)a->strata);
    out_number(s, "warning_tail", STANDARD_WARNING);
    out_number(s, "alarm_tail", STANDARD_ALARM);
    return OK;
}

/* Whether the funnel has room for the usual spread between groups: --spread additive (Spiegelhalter 2005). */
static enum err find_spread(struct stats *s, struct standard_work *a, const struct standard_value *v,
                            size_t n)
{
    static const char *const ways[] = { "chance", "additive" };
    struct ctx *c = s->c;
    struct overdispersion d;
    double *value, *size, *scratch, winsor;
    size_t way;

    TRY(stats_get_choice(s, "--spread", ways, COUNT(ways), &way));
    TRY(stats_get_number(s, "--winsor", 0, 0.49, OVERDISPERSION_WINSOR, &winsor));
    TRY(ctx_alloc(c, n + 1, sizeof *value, (void *)&value));
    TRY(ctx_alloc(c, n + 1, sizeof *size, (void *)&size));
    TRY(ctx_alloc(c, 2 * n + 1, sizeof *scratch, (void *)&scratch));
    for (size_t i = 0; i < n; i++) {
        value[i] = v[i].adjusted.value;
        size[i] = isnan(value[i]) ? 0 : v[i].effective;
    }
    d = overdispersion_of(a->kind, value, size, n, a->target, winsor, scratch);
    out_text(s, "spread", ways[way]);
    out_number(s, "winsor", winsor);
    out_number(s, "phi", d.phi);
    out_number(s, "tau", d.tau * (a->kind == STANDARD_RATE ? a->per : 1));
    a->tau = way == 1 ? d.tau : 0;
    return OK;
}

enum err stats_standard(struct stats *s)
{
    struct ctx *c = s->c;
    struct standard_work a = { 0 };
    struct standard_value *v;
    struct stats_rows *group;
    size_t column, n;

    TRY(stats_load(s));
    if (s->by)
        return FAIL(E_METHOD, "%s",
                    _("peil stats standard compares the values of --group; it takes no --by."));
    TRY(stats_column(s, "--group", true, &column));
    TRY(read_standard(s, &a));
    TRY(stats_split(s, &s->all, column, &group, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++) {
        double *events, *size;
        TRY(add_up(s, &group[i], &a, &events, &size));
        v[i] =
            standard_direct(a.kind, &(struct standard_group){ events, size }, a.weight, a.strata, s->level);
    }
    TRY(find_spread(s, &a, v, n));
    out_open_rows(s, "groups");
    for (size_t i = 0; i < n; i++) {
        out_open(s, NULL);
        out_text(s, "group", group[i].label);
        out_standard_value(s, &a, &v[i]);
        out_close(s);
    }
    out_close_rows(s);
    return OK;
}

/* ── Stock and flow ───────────────────────────────────────────────────────────────────────────────────────
 */

struct flow_work {
    size_t in, out, stock, label; /* columns */
    double jump, weeks;
};

static void out_periods(struct stats *s, const struct stats_rows *r, const struct flow_work *a,
                        const double *left, const uint8_t *flag)
{
    out_open_rows(s, "flagged");
    for (size_t i = 0; i < r->n; i++) {
        if (flag[i] == 0)
            continue;
        out_open(s, NULL);
        out_count(s, "period", (int64_t)i + 1);
        if (a->label != STATS_NONE)
            out_text(s, "label", stats_cell(s, r->row[i], a->label));
        out_number(s, "unexplained", left[i]);
        out_bool(s, "appeared", flag[i] & STOCK_APPEARED);
        out_bool(s, "jump", flag[i] & STOCK_JUMP);
        out_bool(s, "impossible", flag[i] & STOCK_MORE_THAN_ALL);
        out_close(s);
    }
    out_close_rows(s);
}

static enum err one_flow(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    const struct flow_work *a = arg;
    double *in, *out, *stock, *left, *work;
    struct stock_flow f;
    uint8_t *flag;

    TRY(stats_numbers(s, r, a->in, &in));
    TRY(stats_numbers(s, r, a->out, &out));
    TRY(stats_numbers(s, r, a->stock, &stock));
    TRY(ctx_alloc(c, r->n + 1, sizeof *left, (void *)&left));
    TRY(ctx_alloc(c, r->n + 1, sizeof *flag, (void *)&flag));
    TRY(ctx_alloc(c, 4 * r->n + 1, sizeof *work, (void *)&work));
    f = stock_flow_check(&(struct stock_flow_series){ in, out, stock, r->n, a->jump }, left, flag, work);
    out_count(s, "periods", (int64_t)r->n);
    out_count(s, "checked", (int64_t)f.checked);
    out_number(s, "first_stock", f.first_stock);
    out_number(s, "last_stock", f.last_stock);
    out_number(s, "new", f.in);
    out_number(s, "completed", f.out);
    out_number(s, "unexplained", f.unexplained);
    out_number(s, "mean_stock", f.mean_stock);
    out_number(s, "mean_wait_periods", f.mean_wait);
    out_number(s, "mean_wait_weeks", f.mean_wait * a->weeks);
    out_count(s, "appeared", (int64_t)f.appeared);
    out_count(s, "jumps", (int64_t)f.jumps);
    out_count(s, "impossible", (int64_t)f.more_than_all);
    out_open(s, "constants");
    out_number(s, "jump", a->jump);
    out_number(s, "lower", f.lower);
    out_number(s, "upper", f.upper);
    out_number(s, "weeks", a->weeks);
    out_close(s);
    out_periods(s, r, a, left, flag);
    return OK;
}

enum err stats_stockflow(struct stats *s)
{
    struct ctx *c = s->c;
    struct flow_work a = { 0 };

    TRY(stats_load(s));
    TRY(stats_column(s, "--new", true, &a.in));
    TRY(stats_column(s, "--completed", true, &a.out));
    TRY(stats_column(s, "--stock", true, &a.stock));
    TRY(stats_column(s, "--label", false, &a.label));
    TRY(stats_get_number(s, "--jump", 1e-9, 1, STOCK_FLOW_JUMP, &a.jump));
    TRY(stats_get_number(s, "--weeks", 1e-9, 1e6, STOCK_FLOW_WEEKS_A_MONTH, &a.weeks));
    return stats_each_group(s, one_flow, &a);
}

/* ── Bands ────────────────────────────────────────────────────────────────────────────────────────────────
 */

struct band_work {
    size_t lower, upper, count; /* columns */
    double within[16], over[16], p[16];
    size_t n_within, n_over, n_p;
};

/* The bands in order of their lower edge; an empty upper edge is an open band, an empty count nobody. */
static enum err read_bands(struct stats *s, const struct stats_rows *r, const struct band_work *a,
                           struct bands *ret)
{
    struct ctx *c = s->c;
    double *lower, *upper, *count;

    TRY(stats_numbers(s, r, a->lower, &lower));
    TRY(stats_numbers(s, r, a->upper, &upper));
    TRY(stats_numbers(s, r, a->count, &count));
    for (size_t i = 0; i < r->n; i++) {
        double l = lower[i], u = isnan(upper[i]) ? INFINITY : upper[i], n = isnan(count[i]) ? 0 : count[i];
        size_t k = i;
        if (isnan(l) || u <= l || n < 0)
            return FAIL(E_INVALID, _("Line %lld is no band with a lower and a higher edge and a count."),
                        (long long)s->t.line[r->row[i]]);
        for (; k > 0 && lower[k - 1] > l; k--) {
            lower[k] = lower[k - 1];
            upper[k] = upper[k - 1];
            count[k] = count[k - 1];
        }
        lower[k] = l;
        upper[k] = u;
        count[k] = n;
    }
    for (size_t i = 1; i < r->n; i++)
        if (lower[i] < upper[i - 1])
            return FAIL(E_INVALID,
                        _("The bands from %s and from %s overlap. Use --by for more than one list."),
                        stats_say(s, lower[i - 1]), stats_say(s, lower[i]));
    *ret = (struct bands){ lower, upper, count, r->n };
    return OK;
}

static enum err one_bands(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    const struct band_work *a = arg;
    struct bands b;
    double total;

    TRY(read_bands(s, r, a, &b));
    total = bands_total(&b);
    out_number(s, "total", total);
    out_open_rows(s, "within");
    for (size_t i = 0; i < a->n_within; i++) {
        out_open(s, NULL);
        out_number(s, "edge", a->within[i]);
        out_number(s, "count", bands_up_to(&b, a->within[i]));
        out_number(s, "share", bands_up_to(&b, a->within[i]) / total);
        out_close(s);
    }
    out_close_rows(s);
    out_open_rows(s, "over");
    for (size_t i = 0; i < a->n_over; i++) {
        out_open(s, NULL);
        out_number(s, "edge", a->over[i]);
        out_number(s, "count", bands_over(&b, a->over[i]));
        out_close(s);
    }
    out_close_rows(s);
    out_open_rows(s, "quantiles");
    for (size_t i = 0; i < a->n_p; i++) {
        out_open(s, NULL);
        out_number(s, "p", a->p[i]);
        out_number(s, "value", bands_quantile(&b, a->p[i]));
        out_close(s);
    }
    out_close_rows(s);
    return OK;
}

enum err stats_bands(struct stats *s)
{
    struct ctx *c = s->c;
    struct band_work a = { .p = { 0.5, 0.8, 0.9 } };

    TRY(stats_load(s));
    TRY(stats_column(s, "--lower", true, &a.lower));
    TRY(stats_column(s, "--upper", true, &a.upper));
    TRY(stats_column(s, "--count", true, &a.count));
    TRY(stats_get_list(s, "--within", -1e300, 1e300, COUNT(a.within), a.within, &a.n_within));
    TRY(stats_get_list(s, "--over", -1e300, 1e300, COUNT(a.over), a.over, &a.n_over));
    TRY(stats_get_list(s, "--quantiles", 0, 1, COUNT(a.p), a.p, &a.n_p));
    a.n_p = a.n_p == 0 ? 3 : a.n_p;
    return stats_each_group(s, one_bands, &a);
}
