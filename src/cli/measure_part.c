// SPDX-License-Identifier: EUPL-1.2
/* Parts of the catalogue for people and programs. */
#include "base/text.h"
#include "cli/measure.h"

#include <math.h>

const char *measure_state(enum measured_state s)
{
    static const char *const codes[] = { "value", "no_data", "few", "none" };

    return codes[s];
}

/* What may be shown: nothing under the smallest group, and nothing of a time without a source. */
static struct figure_result shown(const struct measured *m)
{
    struct figure_result f = m->figure;
    enum measured_state s = measured_state(m);

    if (s == MEASURED_FEW || s == MEASURED_NO_DATA)
        f.values = 0;
    return f;
}

void measure_put_part(const struct ctx *c, struct buf *out, const struct result_query *a,
                      const struct measure_parts *p, const struct measured *m)
{
    buf_printf(out, "\n{\"indicator\":\"%s\",\"part\":\"%s\",\"version\":%d,\"core\":%s,\"name\":",
               m->part->row->id, m->part->row->part, m->part->version, m->part->core ? "true" : "false");
    buf_json(out, indicator_name(c, &p->all, m->part));
    buf_lit(out, ",\"what\":");
    buf_json(out, part_what(c, m->part));
    buf_lit(out, ",\"group\":{");
    for (size_t b = 0; b < a->n_by; b++) {
        buf_printf(out, "%s\"%s\":", b > 0 ? "," : "", dimension_code(a->by[b]));
        buf_json(out, m->label[b]);
    }
    buf_lit(out, "},\"code\":");
    buf_json(out, m->code);
    buf_lit(out, ",\"unit\":");
    buf_json(out, m->part->row->unit);
}

static void json_one(const struct ctx *c, struct buf *out, const struct result_query *a,
                     const struct measure_parts *p, const struct measured *m)
{
    const struct figure_result f = shown(m);

    measure_put_part(c, out, a, p, m);
    buf_char(out, ',');
    measure_put_moment(out, "at", m->at);
    measure_put_moment(out, "from", m->from);
    measure_put_moment(out, "to", m->to);
    buf_printf(out, "\"n\":%lld,\"events\":%lld,\"censored\":%lld,\"outside\":%lld,\"norm\":", (long long)f.n,
               (long long)f.events, (long long)f.censored, (long long)f.outside);
    buf_number(out, m->part->norm, 15);
    buf_printf(out, ",\"state\":\"%s\",\"verdict\":\"%s\",", measure_state(measured_state(m)),
               verdict_code(measured_verdict(m)));
    measure_put_values(out, &f);
    buf_char(out, '}');
}

void measure_part_json(const struct ctx *c, struct buf *out, const struct result_query *a,
                       const struct measure_parts *p)
{
    for (size_t i = 0; i < p->list.n; i++) {
        if (i > 0)
            buf_char(out, ',');
        json_one(c, out, a, p, &p->list.row[i]);
    }
}

/* A line for each value; one without a value when there is none, so that "no data" is seen. */
static void csv_line(struct buf *out, const struct result_query *a, const struct measured *m,
                     const struct figure_value *v)
{
    const struct figure_result *f = &m->figure;
    const double number[] = { v != NULL ? v->at : NAN,
                              v != NULL ? v->value : NAN,
                              v != NULL ? v->lower : NAN,
                              v != NULL ? v->upper : NAN,
                              NAN,
                              NAN };

    buf_printf(out, "%s,%d", m->part->row->id, m->part->version);
    for (size_t b = 0; b < a->n_by; b++) {
        buf_char(out, ',');
        buf_csv(out, m->label[b], ',');
    }
    buf_char(out, ',');
    buf_csv(out, m->code, ',');
    buf_printf(out, ",%lld,%lld,%lld,%lld,%s", (long long)f->n, (long long)f->events, (long long)f->censored,
               (long long)f->late, v != NULL ? measure_kinds[v->kind] : "");
    for (size_t k = 0; k < COUNT(number); k++) {
        buf_char(out, ',');
        if (!isnan(number[k]))
            buf_number(out, number[k], 15);
    }
    buf_printf(out, ",%s,%s,", m->part->row->part, measure_state(measured_state(m)));
    if (!isnan(m->part->norm))
        buf_number(out, m->part->norm, 15);
    buf_printf(out, ",%s\n", verdict_code(measured_verdict(m)));
}

/* Figures of measure/figure.h stand among the results already. */
void measure_part_csv(struct buf *out, const struct result_query *a, const struct measure_parts *p)
{
    for (size_t i = 0; i < p->list.n; i++) {
        const struct measured *m = &p->list.row[i];
        const struct figure_result f = shown(m);
        if (m->part->calc == CALC_FIGURE)
            continue;
        for (size_t v = 0; v < f.values; v++)
            csv_line(out, a, m, &f.value[v]);
        if (f.values == 0)
            csv_line(out, a, m, NULL);
    }
}

const char *measure_state_words(const struct ctx *c, enum measured_state s)
{
    switch (s) {
    case MEASURED_NO_DATA:
        return _("no data about this period");
    case MEASURED_FEW:
        return _("too few to say");
    case MEASURED_NONE:
        return _("not reached");
    case MEASURED_VALUE:
        break;
    }
    return "";
}

static void table_one(const struct ctx *c, struct buf *out, const struct result_query *a,
                      const struct measure_parts *p, const struct measured *m)
{
    const struct figure_result f = shown(m);
    enum measured_state state = measured_state(m);

    if (m->part->first && a->n_by == 0 && m->code == NULL)
        buf_printf(out, "\n%s%s %s\n", m->part->core ? "*" : " ", m->part->row->id,
                   indicator_name(c, &p->all, m->part));
    buf_printf(out, "  %s%s %s", m->part->row->id, m->part->row->part, part_what(c, m->part));
    if (m->part->version != 1 || m->part->row->version != NULL)
        buf_printf(out, _(" (version %d)"), m->part->version);
    for (size_t b = 0; b < a->n_by; b++)
        buf_printf(out, "%s%s", b > 0 ? ", " : ": ", m->label[b] != NULL ? m->label[b] : _("unknown"));
    if (m->code != NULL)
        buf_printf(out, ": %s", m->code);
    buf_printf(out, "\n     n = %lld", (long long)f.n);
    if (state != MEASURED_VALUE)
        buf_printf(out, "; %s", measure_state_words(c, state));
    buf_char(out, '\n');
    for (size_t v = 0; v < f.values; v++) {
        buf_printf(out, "     %-15s", measure_kinds[f.value[v].kind]);
        if (!isnan(f.value[v].at))
            buf_number(out, f.value[v].at, 6);
        buf_char(out, '\t');
        measure_put_number(c, out, &f.value[v]);
        buf_char(out, '\n');
    }
}

void measure_part_table(const struct ctx *c, struct buf *out, const struct result_query *a,
                        const struct measure_parts *p)
{
    for (size_t i = 0; i < p->list.n; i++)
        if (p->list.row[i].part->calc != CALC_FIGURE)
            table_one(c, out, a, p, &p->list.row[i]);
}
