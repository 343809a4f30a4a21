// SPDX-License-Identifier: EUPL-1.2
#include "base/date.h"
#include "cli/measure.h"

#include <math.h>

const char *const measure_kinds[FIGURE_KINDS] = {
    [FIGURE_COUNT] = "count",
    [FIGURE_SHARE] = "share",
    [FIGURE_QUANTILE] = "quantile",
    [FIGURE_QUANTILE_TYPE1] = "quantile_type1",
    [FIGURE_MEAN] = "mean",
    [FIGURE_MAX] = "max",
    [FIGURE_INCIDENCE] = "incidence",
    [FIGURE_RATE] = "rate",
    [FIGURE_SUM] = "sum",
    [FIGURE_RATIO] = "ratio",
    [FIGURE_NUMBER] = "number",
    [FIGURE_AVERAGE] = "average",
};

void measure_put_moment(struct buf *out, const char *name, int64_t t)
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

void measure_put_values(struct buf *out, const struct figure_result *f)
{
    buf_lit(out, "\"values\":[");
    for (size_t i = 0; i < f->values; i++) {
        const struct figure_value *v = &f->value[i];
        buf_printf(out, "%s{\"kind\":\"%s\",\"at\":", i > 0 ? "," : "", measure_kinds[v->kind]);
        buf_number(out, v->at, 15);
        buf_lit(out, ",\"value\":");
        buf_number(out, v->value, 15);
        buf_lit(out, ",\"lower\":");
        buf_number(out, v->lower, 15);
        buf_lit(out, ",\"upper\":");
        buf_number(out, v->upper, 15);
        if (v->kind == FIGURE_INCIDENCE) {
            buf_lit(out, ",\"se\":");
            buf_number(out, v->se, 15);
            buf_lit(out, ",\"se_aalen\":");
            buf_number(out, v->se_aalen, 15);
        }
        buf_char(out, '}');
    }
    buf_char(out, ']');
}

/* Figures about reasons name theirs; null is all reasons together. */
static void put_json_result(const struct ctx *c, struct buf *out, const struct result_query *a,
                            const struct result *r)
{
    const struct figure_result *f = &r->figure;

    buf_printf(out, "\n{\"indicator\":\"%s\",\"version\":%d,\"title\":", figure_name(f->id),
               figure_version(f->id));
    buf_json(out, figure_title(c, f->id));
    buf_lit(out, ",\"group\":{");
    for (size_t b = 0; b < a->n_by; b++) {
        buf_printf(out, "%s\"%s\":", b > 0 ? "," : "", dimension_code(a->by[b]));
        buf_json(out, r->label[b]);
    }
    buf_lit(out, "},");
    if (f->id == FIGURE_LEFT || f->id == FIGURE_CLOSED) {
        buf_lit(out, "\"reason\":");
        buf_json(out, r->reason);
        buf_char(out, ',');
    }
    measure_put_moment(out, "from", r->from);
    measure_put_moment(out, "to", r->to);
    buf_printf(out,
               "\"n\":%lld,\"events\":%lld,\"censored\":%lld,\"negative\":%lld,\"late\":%lld,"
               "\"outside\":%lld,\"biased\":%s,",
               (long long)f->n, (long long)f->events, (long long)f->censored, (long long)f->negative,
               (long long)f->late, (long long)f->outside, f->biased ? "true" : "false");
    measure_put_values(out, f);
    buf_char(out, '}');
}

void measure_put_json(const struct ctx *c, struct buf *out, const struct result_query *a,
                      const struct register_extract *x, const struct results *s,
                      const struct measure_parts *p)
{
    buf_lit(out, "{");
    measure_put_moment(out, "at", a->at);
    measure_put_moment(out, "from", a->from);
    measure_put_moment(out, "to", a->to);
    measure_put_moment(out, "since", a->since);
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
        if (i > 0)
            buf_char(out, ',');
        put_json_result(c, out, a, &s->row[i]);
    }
    buf_lit(out, "\n],\"parts\":[");
    measure_part_json(c, out, a, p);
    buf_lit(out, "\n]}\n");
}

static void put_csv_value(struct buf *out, const struct result_query *a, const struct result *r,
                          const struct figure_value *v)
{
    const struct figure_result *f = &r->figure;
    const double number[] = { v->at, v->value, v->lower, v->upper, v->se, v->se_aalen };
    size_t n = v->kind == FIGURE_INCIDENCE ? COUNT(number) : COUNT(number) - 2;

    buf_printf(out, "%s,%d", figure_name(f->id), figure_version(f->id));
    for (size_t b = 0; b < a->n_by; b++) {
        buf_char(out, ',');
        buf_csv(out, r->label[b], ',');
    }
    buf_char(out, ',');
    buf_csv(out, r->reason, ',');
    buf_printf(out, ",%lld,%lld,%lld,%lld,%s", (long long)f->n, (long long)f->events, (long long)f->censored,
               (long long)f->late, measure_kinds[v->kind]);
    for (size_t k = 0; k < COUNT(number); k++) {
        buf_char(out, ',');
        if (k < n && !isnan(number[k]))
            buf_number(out, number[k], 15);
    }
    buf_lit(out, ",,,,\n");
}

void measure_put_csv(struct buf *out, const struct result_query *a, const struct results *s,
                     const struct measure_parts *p)
{
    buf_lit(out, "indicator,version");
    for (size_t b = 0; b < a->n_by; b++)
        buf_printf(out, ",%s", dimension_code(a->by[b]));
    buf_lit(out, ",reason,n,events,censored,late,kind,at,value,lower,upper,se,se_aalen,"
                 "part,state,norm,verdict\n");
    for (size_t i = 0; i < s->n; i++)
        for (size_t v = 0; v < s->row[i].figure.values; v++)
            put_csv_value(out, a, &s->row[i], &s->row[i].figure.value[v]);
    measure_part_csv(out, a, p);
}

/* One number with its interval: "12,3 (10,1 - 15,0)". */
void measure_put_number(const struct ctx *c, struct buf *out, const struct figure_value *v)
{
    char point = c->lang == LANG_NL ? ',' : '.';
    bool share = v->kind == FIGURE_SHARE || v->kind == FIGURE_INCIDENCE;
    double times = share ? 100 : 1;
    int decimals = v->kind == FIGURE_COUNT ? 0 : 1;

    if (isnan(v->value)) {
        buf_str(out, _("not reached"));
        return;
    }
    buf_fixed(out, v->value * times, decimals, point);
    buf_str(out, share ? " %" : "");
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

void measure_put_table(const struct ctx *c, struct buf *out, const struct result_query *a,
                       const struct results *s, const struct measure_parts *p)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct result *r = &s->row[i];
        const struct figure_result *f = &r->figure;
        buf_printf(out, "%s%-4s %s", i > 0 ? "\n" : "", figure_name(f->id), figure_title(c, f->id));
        for (size_t b = 0; b < a->n_by; b++)
            buf_printf(out, "%s%s", b > 0 ? ", " : ": ", r->label[b] != NULL ? r->label[b] : _("unknown"));
        if (r->reason != NULL)
            buf_printf(out, "; %s: %s", _("reason"), r->reason);
        buf_printf(out, "\n     n = %lld", (long long)f->n);
        if (f->late > 0)
            buf_printf(out, _(", of whom %lld were waiting before the baseline"), (long long)f->late);
        if (f->censored > 0)
            buf_printf(out, _(", of whom %lld not finished"), (long long)f->censored);
        if (f->negative > 0)
            buf_printf(out, _("; %lld with an end before the start, counted as 0 days"),
                       (long long)f->negative);
        buf_char(out, '\n');
        for (size_t v = 0; v < f->values; v++) {
            buf_printf(out, "     %-15s", measure_kinds[f->value[v].kind]);
            if (!isnan(f->value[v].at))
                buf_number(out, f->value[v].at, 6);
            buf_char(out, '\t');
            measure_put_number(c, out, &f->value[v]);
            buf_char(out, '\n');
        }
    }
    measure_part_table(c, out, a, p);
}
