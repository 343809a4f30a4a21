// SPDX-License-Identifier: EUPL-1.2
/* peil stats interval, rate, paired, compare: shares, rates and changes with their intervals. */
#include "base/text.h"
#include "cli/stats.h"
#include "measure/compare.h"
#include "measure/interval.h"

#include <math.h>
#include <string.h>

static bool has_file(const struct stats *s)
{
    return s->k->args > 1;
}

/* A whole number, as counts are. */
static enum err to_count(struct stats *s, const char *option, double v, int64_t *ret)
{
    struct ctx *c = s->c;

    if (!(v >= 0 && v <= 9e15) || v != floor(v))
        return FAIL(E_INVALID, _("%s must be a whole number of 0 or more, not %s."), option, stats_say(s, v));
    *ret = (int64_t)v;
    return OK;
}

/* The sum of a column over the rows; with a file the option names a column, without one it is the number. */
static enum err get_sum(struct stats *s, const struct stats_rows *r, const char *option, double *ret)
{
    struct ctx *c = s->c;
    size_t column;
    double *v;

    if (!has_file(s))
        return stats_need_number(s, option, 0, 9e15, ret);
    TRY(stats_column(s, option, true, &column));
    TRY(stats_numbers(s, r, column, &v));
    *ret = 0;
    for (size_t i = 0; i < r->n; i++)
        *ret += isnan(v[i]) ? 0 : v[i];
    return OK;
}

static enum err get_count(struct stats *s, const struct stats_rows *r, const char *option, int64_t *ret)
{
    struct ctx *c = s->c;
    double v;

    TRY(get_sum(s, r, option, &v));
    return to_count(s, option, v, ret);
}

/* ── Shares ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err one_share(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    struct interval wilson, exact;
    int64_t hit, n;

    (void)arg;
    TRY(get_count(s, r, "--successes", &hit));
    TRY(get_count(s, r, "--n", &n));
    if (hit > n)
        return FAIL(E_INVALID, _("There cannot be more successes (%lld) than cases (%lld)."), (long long)hit,
                    (long long)n);
    wilson = interval_wilson(hit, n, s->level);
    exact = interval_clopper_pearson(hit, n, s->level);
    out_count(s, "successes", hit);
    out_count(s, "n", n);
    out_number(s, "share", wilson.value);
    out_numbers(s, "wilson", (double[]){ wilson.lower, wilson.upper }, 2);
    out_numbers(s, "exact", (double[]){ exact.lower, exact.upper }, 2);
    return OK;
}

/* Each different value of a column; an empty cell is an answer that is not there, and counts in n. */
static enum err one_answers(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    const size_t *column = arg;
    struct stats_rows *answer;
    size_t n;

    TRY(stats_split(s, r, *column, &answer, &n));
    out_count(s, "n", (int64_t)r->n);
    out_open_rows(s, "answers");
    for (size_t i = 0; i < n; i++) {
        struct interval wilson = interval_wilson((int64_t)answer[i].n, (int64_t)r->n, s->level),
                        exact = interval_clopper_pearson((int64_t)answer[i].n, (int64_t)r->n, s->level);
        out_open(s, NULL);
        out_count(s, "successes", (int64_t)answer[i].n);
        out_number(s, "share", wilson.value);
        out_number(s, "wilson_lower", wilson.lower);
        out_number(s, "wilson_upper", wilson.upper);
        out_number(s, "exact_lower", exact.lower);
        out_number(s, "exact_upper", exact.upper);
        out_text(s, "answer", answer[i].label);
        out_close(s);
    }
    out_close_rows(s);
    return OK;
}

enum err stats_interval(struct stats *s)
{
    struct ctx *c = s->c;
    size_t column;

    if (!has_file(s))
        return one_share(s, &s->all, NULL);
    TRY(stats_load(s));
    TRY(stats_column(s, "--value", false, &column));
    return column != STATS_NONE ? stats_each_group(s, one_answers, &column)
                                : stats_each_group(s, one_share, NULL);
}

/* ── Rates ────────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err one_rate(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    struct interval v;
    int64_t events;
    double exposure, per;

    (void)arg;
    TRY(get_count(s, r, "--events", &events));
    TRY(get_sum(s, r, "--exposure", &exposure));
    TRY(stats_get_number(s, "--per", 1e-9, 1e12, 1000, &per));
    v = interval_poisson_rate(events, exposure / per, s->level);
    out_count(s, "events", events);
    out_number(s, "exposure", exposure);
    out_number(s, "per", per);
    out_number(s, "rate", v.value);
    out_numbers(s, "exact", (double[]){ v.lower, v.upper }, 2);
    return OK;
}

enum err stats_rate(struct stats *s)
{
    struct ctx *c = s->c;

    if (!has_file(s))
        return one_rate(s, &s->all, NULL);
    TRY(stats_load(s));
    return stats_each_group(s, one_rate, NULL);
}

/* ── Before and after ─────────────────────────────────────────────────────────────────────────────────────
 */

static enum err one_paired(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    const size_t *column = arg;
    struct compare_paired p;
    double *before, *after;

    TRY(stats_numbers(s, r, column[0], &before));
    TRY(stats_numbers(s, r, column[1], &after));
    p = compare_paired(before, after, r->n, s->level);
    out_count(s, "pairs", p.pairs);
    out_count(s, "unpaired", p.unpaired);
    out_count(s, "up", p.up);
    out_count(s, "same", p.same);
    out_count(s, "down", p.down);
    out_number(s, "sd", p.sd);
    out_open(s, "change");
    out_interval(s, &p.change);
    out_close(s);
    out_open(s, "share_up");
    out_interval(s, &p.share_up);
    out_close(s);
    return OK;
}

enum err stats_paired(struct stats *s)
{
    struct ctx *c = s->c;
    size_t column[2];

    TRY(stats_load(s));
    TRY(stats_column(s, "--before", true, &column[0]));
    TRY(stats_column(s, "--after", true, &column[1]));
    return stats_each_group(s, one_paired, column);
}

struct compare_work {
    size_t value, period; /* columns */
    const char *before, *after, *yes;
};

static void out_difference(struct stats *s, const char *name, struct interval v)
{
    out_open(s, name);
    out_interval(s, &v);
    out_close(s);
}

static void out_sample(struct stats *s, const char *name, const struct compare_sample *v)
{
    out_open(s, name);
    out_count(s, "n", v->n);
    out_number(s, "mean", v->mean);
    out_number(s, "sd", v->sd);
    out_close(s);
}

static void out_shares(struct stats *s, const int64_t *k, const int64_t *n)
{
    static const char *const names[] = { "before", "after" };

    for (int i = 0; i < 2; i++) {
        struct interval v = interval_wilson(k[i], n[i], s->level);
        out_open(s, names[i]);
        out_count(s, "successes", k[i]);
        out_count(s, "n", n[i]);
        out_interval(s, &v);
        out_close(s);
    }
    out_difference(s, "difference", compare_shares(k[0], n[0], k[1], n[1], s->level));
}

/* The values of one of the two periods; of shares 1 for yes and 0 for every other known answer. */
static enum err pick_period(struct stats *s, const struct stats_rows *r, const struct compare_work *a,
                            const char *period, double *ret_value, size_t *ret_n)
{
    struct ctx *c = s->c;
    size_t n = 0;

    for (size_t i = 0; i < r->n; i++) {
        const char *text = stats_cell(s, r->row[i], a->value);
        if (!text_is(stats_cell(s, r->row[i], a->period), period))
            continue;
        if (a->yes == NULL)
            TRY(stats_number(s, r->row[i], a->value, &ret_value[n]));
        else
            ret_value[n] = text_empty(text) ? NAN : text_is(text, a->yes) ? 1 : 0;
        n++;
    }
    *ret_n = n;
    return OK;
}

static enum err one_compare(struct stats *s, const struct stats_rows *r, void *arg)
{
    struct ctx *c = s->c;
    const struct compare_work *a = arg;
    struct compare_sample sample[2];
    struct interval difference;
    double *value, df;
    size_t n;

    TRY(ctx_alloc(c, r->n + 1, sizeof *value, (void *)&value));
    for (int i = 0; i < 2; i++) {
        TRY(pick_period(s, r, a, i == 0 ? a->before : a->after, value, &n));
        sample[i] = compare_sample(value, n);
    }
    if (a->yes != NULL) {
        int64_t size[2] = { sample[0].n, sample[1].n }, yes[2];
        for (int i = 0; i < 2; i++)
            yes[i] = size[i] > 0 ? (int64_t)llround(sample[i].mean * (double)size[i]) : 0;
        out_shares(s, yes, size);
        return OK;
    }
    difference = compare_means(sample[0], sample[1], s->level, &df);
    out_sample(s, "before", &sample[0]);
    out_sample(s, "after", &sample[1]);
    out_difference(s, "difference", difference);
    out_number(s, "df", df);
    return OK;
}

/* Two numbers each: --successes 48,56 --n 80,70, or --events 21,11 --exposure 3011,800. */
static enum err compare_counts(struct stats *s)
{
    struct ctx *c = s->c;
    bool shares = cli_option(s->k, "--successes") != NULL;
    const char *top = shares ? "--successes" : "--events", *bottom = shares ? "--n" : "--exposure";
    double a[2], b[2];
    int64_t k[2], n[2];
    size_t count_a, count_b;

    TRY(stats_get_list(s, top, 0, 9e15, 2, a, &count_a));
    TRY(stats_get_list(s, bottom, 0, 9e15, 2, b, &count_b));
    if (count_a != 2 || count_b != 2)
        return FAIL(E_METHOD, _("%s and %s need two numbers each, before and after: 48,56."), top, bottom);
    for (int i = 0; i < 2; i++) {
        TRY(to_count(s, top, a[i], &k[i]));
        if (shares)
            TRY(to_count(s, bottom, b[i], &n[i]));
        if (shares && k[i] > n[i])
            return FAIL(E_INVALID, _("There cannot be more successes (%lld) than cases (%lld)."),
                        (long long)k[i], (long long)n[i]);
    }
    if (shares)
        out_shares(s, k, n);
    else
        out_difference(s, "ratio", compare_rates(k[0], b[0], k[1], b[1], s->level));
    return OK;
}

enum err stats_compare(struct stats *s)
{
    struct ctx *c = s->c;
    struct compare_work a = { .before = cli_option(s->k, "--before"),
                              .after = cli_option(s->k, "--after"),
                              .yes = cli_option(s->k, "--yes") };

    if (!has_file(s))
        return compare_counts(s);
    TRY(stats_load(s));
    TRY(stats_column(s, "--value", true, &a.value));
    TRY(stats_column(s, "--period", true, &a.period));
    if (a.before == NULL || a.after == NULL)
        return stats_missing(s, a.before == NULL ? "--before" : "--after");
    return stats_each_group(s, one_compare, &a);
}
