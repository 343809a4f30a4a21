// SPDX-License-Identifier: EUPL-1.2
/* peil measure: the figures as a table, CSV or JSON (docs/measures/). */
#include "account/result.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/text.h"
#include "cli/cli.h"

#include <math.h>
#include <string.h>

#define LIST_MAX 16

struct question {
    struct result_query q;
    double p[LIST_MAX];
    int64_t share_at[LIST_MAX];
    enum format format;
};

/* Calls `item` with each part of "a,b,c". */
static enum err each_item(struct ctx *c, const char *list,
                          enum err (*item)(struct ctx *c, struct question *a, const char *text),
                          struct question *a)
{
    char text[64];

    while (list != NULL && *list != '\0') {
        size_t n = strcspn(list, ",");
        if (n >= sizeof text)
            return FAIL(E_REQUEST, _("\"%s\" is too long."), list);
        memcpy(text, list, n);
        text[n] = '\0';
        TRY(item(c, a, text));
        list += n + (list[n] == ',');
    }
    return OK;
}

static enum err add_indicator(struct ctx *c, struct question *a, const char *text)
{
    enum figure_id id;

    if (!figure_find(text, &id))
        return FAIL(E_REQUEST, _("There is no indicator \"%s\"."), text);
    a->q.wanted[id] = true;
    return OK;
}

static enum err add_dimension(struct ctx *c, struct question *a, const char *text)
{
    if (a->q.n_by == RESULT_BY_MAX)
        return FAIL(E_REQUEST, "%s", _("Break down by three things at most."));
    if (!dimension_find(text, &a->q.by[a->q.n_by++]))
        return FAIL(E_REQUEST, _("\"%s\" is nothing to break down by."), text);
    return OK;
}

static enum err add_number(struct ctx *c, const char *text, double low, double high, double *ret_value)
{
    if (!text_to_double(text, strlen(text), ret_value) || *ret_value < low || *ret_value > high)
        return FAIL(E_REQUEST, _("\"%s\" is not a number that can be used here."), text);
    return OK;
}

static enum err add_quantile(struct ctx *c, struct question *a, const char *text)
{
    if (a->q.n_p == 8)
        return FAIL(E_REQUEST, "%s", _("Ask for eight quantiles at most."));
    return add_number(c, text, 0.0001, 0.9999, &a->p[a->q.n_p++]);
}

static enum err add_time(struct ctx *c, struct question *a, const char *text)
{
    double days;

    if (a->q.n_share_at == LIST_MAX)
        return FAIL(E_REQUEST, "%s", _("Ask for sixteen times at most."));
    TRY(add_number(c, text, 0, 100000, &days));
    a->share_at[a->q.n_share_at++] = (int64_t)llround(days * SECONDS_A_DAY);
    return OK;
}

/* A date means everything up to the end of that day; a moment means that moment. */
static enum err read_moment(struct cli *k, const char *name, int64_t otherwise, bool end_of_day,
                            int64_t *ret_time)
{
    struct ctx *c = &k->c;
    const char *text = cli_option(k, name);
    int32_t day;

    *ret_time = otherwise;
    if (text == NULL)
        return OK;
    if (date_scan(text, strlen(text), &day)) {
        *ret_time = time_of_nl_day(day + (end_of_day ? 1 : 0), 0);
        return OK;
    }
    if (!time_scan(text, strlen(text), true, ret_time))
        return FAIL(E_REQUEST, _("%s needs a date such as 2024-01-31, not \"%s\"."), name, text);
    return OK;
}

static enum err read_scale(struct cli *k, struct survival_way *way)
{
    struct ctx *c = &k->c;
    const char *conf = cli_option(k, "--conf"), *rule = cli_option(k, "--rule");

    if (text_is(conf, "log"))
        way->scale = SURVIVAL_LOG;
    else if (text_is(conf, "plain"))
        way->scale = SURVIVAL_PLAIN;
    else if (conf != NULL && !text_is(conf, "log-log"))
        return FAIL(E_REQUEST, _("--conf is log-log, log or plain, not \"%s\"."), conf);
    if (text_is(rule, "step"))
        way->rule = SURVIVAL_STEP;
    else if (rule != NULL && !text_is(rule, "midpoint"))
        return FAIL(E_REQUEST, _("--rule is midpoint or step, not \"%s\"."), rule);
    return OK;
}

static enum err read_question(struct cli *k, struct question *a)
{
    struct ctx *c = &k->c;
    bool any = false;

    TRY(cli_format(k, &a->format));
    TRY(read_moment(k, "--at", c->now, true, &a->q.at));
    TRY(read_moment(k, "--from", 0, false, &a->q.from));
    TRY(read_moment(k, "--to", 0, true, &a->q.to));
    if (a->q.from != 0 && a->q.to == 0)
        a->q.to = a->q.at;
    TRY(read_scale(k, &a->q.way));
    TRY(each_item(c, cli_option(k, "--indicator"), add_indicator, a));
    TRY(each_item(c, cli_option(k, "--by"), add_dimension, a));
    TRY(each_item(c, cli_option(k, "--quantiles"), add_quantile, a));
    TRY(each_item(c, cli_option(k, "--times"), add_time, a));
    a->q.net = cli_flag(k, "--net");
    a->q.all = cli_flag(k, "--all");
    a->q.utc = cli_flag(k, "--utc");
    a->q.p = a->q.n_p > 0 ? a->p : NULL;
    a->q.share_at = a->q.n_share_at > 0 ? a->share_at : NULL;
    for (int i = 0; i < FIGURES; i++)
        any = any || a->q.wanted[i];
    for (int i = 0; i < FIGURES && !any; i++)
        a->q.wanted[i] = true;
    return OK;
}

static const char *const kinds[] = {
    [FIGURE_COUNT] = "count",       [FIGURE_SHARE] = "share",
    [FIGURE_QUANTILE] = "quantile", [FIGURE_QUANTILE_TYPE1] = "quantile_type1",
    [FIGURE_MEAN] = "mean",         [FIGURE_MAX] = "max"
};

static void put_moment(struct buf *out, const char *name, int64_t t)
{
    buf_printf(out, "\"%s\":", name);
    if (t == 0) {
        buf_lit(out, "null,");
        return;
    }
    buf_char(out, '"');
    buf_time(out, t);
    buf_lit(out, "\",");
}

static void put_json_values(struct buf *out, const struct figure_result *f)
{
    buf_lit(out, "\"values\":[");
    for (size_t i = 0; i < f->values; i++) {
        const struct figure_value *v = &f->value[i];
        buf_printf(out, "%s{\"kind\":\"%s\",\"at\":", i > 0 ? "," : "", kinds[v->kind]);
        buf_number(out, v->at, 15);
        buf_lit(out, ",\"value\":");
        buf_number(out, v->value, 15);
        buf_lit(out, ",\"lower\":");
        buf_number(out, v->lower, 15);
        buf_lit(out, ",\"upper\":");
        buf_number(out, v->upper, 15);
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

static void put_json(const struct ctx *c, struct buf *out, const struct question *a,
                     const struct register_extract *x, const struct results *s)
{
    buf_lit(out, "{");
    put_moment(out, "at", a->q.at);
    put_moment(out, "from", a->q.from);
    put_moment(out, "to", a->q.to);
    buf_printf(out, "\"cases\":%zu,\"events\":%lld,\"activities\":%lld,", x->x.n, (long long)x->events,
               (long long)x->activities);
    if (s->compared) {
        buf_lit(out, "\"logrank\":{\"chisq\":");
        buf_number(out, s->difference.chisq, 15);
        buf_printf(out, ",\"df\":%d,\"p\":", s->difference.df);
        buf_number(out, s->difference.p, 15);
        buf_lit(out, "},");
    }
    buf_lit(out, "\"results\":[");
    for (size_t i = 0; i < s->n; i++) {
        const struct result *r = &s->row[i];
        const struct figure_result *f = &r->figure;
        buf_printf(out, "%s\n{\"indicator\":\"%s\",\"version\":%d,\"title\":", i > 0 ? "," : "",
                   figure_name(f->id), figure_version(f->id));
        buf_json(out, figure_title(c, f->id));
        buf_lit(out, ",\"group\":{");
        for (size_t b = 0; b < a->q.n_by; b++) {
            buf_printf(out, "%s\"%s\":", b > 0 ? "," : "", dimension_code(a->q.by[b]));
            buf_json(out, r->label[b]);
        }
        buf_lit(out, "},");
        put_moment(out, "from", r->from);
        put_moment(out, "to", r->to);
        buf_printf(
            out,
            "\"n\":%lld,\"events\":%lld,\"censored\":%lld,\"negative\":%lld,\"outside\":%lld,\"biased\":%s,",
            (long long)f->n, (long long)f->events, (long long)f->censored, (long long)f->negative,
            (long long)f->outside, f->biased ? "true" : "false");
        put_json_values(out, f);
        buf_char(out, '}');
    }
    buf_lit(out, "\n]}\n");
}

static void put_csv(struct buf *out, const struct question *a, const struct results *s)
{
    buf_lit(out, "indicator,version");
    for (size_t b = 0; b < a->q.n_by; b++)
        buf_printf(out, ",%s", dimension_code(a->q.by[b]));
    buf_lit(out, ",n,events,censored,kind,at,value,lower,upper\n");
    for (size_t i = 0; i < s->n; i++) {
        const struct figure_result *f = &s->row[i].figure;
        for (size_t v = 0; v < f->values; v++) {
            const double number[] = { f->value[v].at, f->value[v].value, f->value[v].lower,
                                      f->value[v].upper };
            buf_printf(out, "%s,%d", figure_name(f->id), figure_version(f->id));
            for (size_t b = 0; b < a->q.n_by; b++) {
                buf_char(out, ',');
                buf_csv(out, s->row[i].label[b], ',');
            }
            buf_printf(out, ",%lld,%lld,%lld,%s", (long long)f->n, (long long)f->events,
                       (long long)f->censored, kinds[f->value[v].kind]);
            for (size_t k = 0; k < COUNT(number); k++) {
                buf_char(out, ',');
                if (!isnan(number[k]))
                    buf_number(out, number[k], 15);
            }
            buf_char(out, '\n');
        }
    }
}

/* One number with its interval: "12,3 (10,1 - 15,0)". */
static void put_number(const struct ctx *c, struct buf *out, const struct figure_value *v)
{
    char point = c->lang == LANG_NL ? ',' : '.';
    double times = v->kind == FIGURE_SHARE ? 100 : 1;
    int decimals = v->kind == FIGURE_COUNT ? 0 : 1;

    if (isnan(v->value)) {
        buf_str(out, _("not reached"));
        return;
    }
    buf_fixed(out, v->value * times, decimals, point);
    buf_str(out, v->kind == FIGURE_SHARE ? " %" : "");
    if (isnan(v->lower) && isnan(v->upper))
        return;
    buf_lit(out, " (");
    if (!isnan(v->lower))
        buf_fixed(out, v->lower * times, decimals, point);
    buf_lit(out, " - ");
    if (!isnan(v->upper))
        buf_fixed(out, v->upper * times, decimals, point);
    buf_char(out, ')');
}

static void put_table(const struct ctx *c, struct buf *out, const struct question *a, const struct results *s)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct result *r = &s->row[i];
        const struct figure_result *f = &r->figure;
        buf_printf(out, "%s%-4s %s", i > 0 ? "\n" : "", figure_name(f->id), figure_title(c, f->id));
        for (size_t b = 0; b < a->q.n_by; b++)
            buf_printf(out, "%s%s", b > 0 ? ", " : ": ", r->label[b] != NULL ? r->label[b] : _("unknown"));
        buf_printf(out, "\n     n = %lld", (long long)f->n);
        if (f->censored > 0)
            buf_printf(out, _(", of whom %lld not finished"), (long long)f->censored);
        if (f->negative > 0)
            buf_printf(out, _("; %lld with an end before the start, counted as 0 days"),
                       (long long)f->negative);
        buf_char(out, '\n');
        for (size_t v = 0; v < f->values; v++) {
            buf_printf(out, "     %-15s", kinds[f->value[v].kind]);
            if (!isnan(f->value[v].at))
                buf_number(out, f->value[v].at, 6);
            buf_char(out, '\t');
            put_number(c, out, &f->value[v]);
            buf_char(out, '\n');
        }
    }
}

COMMAND(measure)
{
    struct ctx *c = &k->c;
    struct question a = { 0 };
    struct register_extract x;
    struct results s;
    struct buf out = { NULL, 0, 0, false };

    TRY(read_question(k, &a));
    TRY(cli_open(k, false));
    TRY(extract_read(c, a.q.at, &x));
    TRY(results_get(c, &x, &a.q, &s));
    if (a.format == FORMAT_JSON)
        put_json(c, &out, &a, &x, &s);
    else if (a.format == FORMAT_CSV)
        put_csv(&out, &a, &s);
    else
        put_table(c, &out, &a, &s);
    enum err e = out.failed ? FAIL(E_NOMEM, "%s", "") : OK;
    fputs(buf_text(&out), stdout);
    buf_free(&out);
    return e;
}
