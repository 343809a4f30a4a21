// SPDX-License-Identifier: EUPL-1.2
/* peil measure with --then-from/--then-to or --baseline: the same figures of two periods next to each other.
 */
#include "account/baseline_measured.h"
#include "account/indicator_series.h"
#include "base/date.h"
#include "base/text.h"
#include "cli/measure.h"
#include "register/config.h"

#include <math.h>

static const char *const difference_code[] = { "none", "share", "ratio", "plain", "value" };

/* ── What was measured then ── */

static enum err then_period(struct ctx *c, const struct measure_then *t, const struct register_facts *facts,
                            const struct indicator_query *asked, const struct indicators *all,
                            struct measured_list *ret_then)
{
    struct indicator_query q = *asked;

    q.from = t->from;
    q.to = t->to;
    q.at = t->at;
    return indicators_measure(c, facts, all, &q, ret_then);
}

static bool is_wanted(const struct indicators *all, const struct indicator_query *q, const struct part *p)
{
    return q->wanted == NULL || q->wanted[p - all->part];
}

/* The rows of everybody, or those of one team with its name. */
static enum err sealed_add(struct ctx *c, const struct baseline *b, const struct indicators *all,
                           const struct indicator_query *q, const char *team, struct measured_list *list,
                           struct measured *room)
{
    struct measured_list one;

    TRY(baseline_measured(c, b, all, NULL, team, &one));
    for (size_t i = 0; i < one.n; i++)
        if (is_wanted(all, q, one.row[i].part)) {
            room[list->n] = one.row[i];
            room[list->n++].label[0] = team;
        }
    return OK;
}

static enum err then_sealed(struct ctx *c, const struct measure_then *t, const struct indicator_query *q,
                            const struct indicators *all, struct measured_list *ret_then)
{
    bool by_team = q->n_by == 1 && q->by[0] == BY_TEAM;
    struct measured_list list = { NULL, 0 };
    const struct config *k;
    struct measured *room;
    struct baseline b;

    if ((q->n_by > 0 && !by_team) || q->only.n > 0)
        return FAIL(E_REQUEST, "%s", _("A baseline holds the figures of everybody and of each team."));
    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, (k->teams + 1) * all->n, sizeof *room, (void *)&room));
    TRY(baseline_open(c, t->baseline, &b));
    enum err done = by_team ? OK : sealed_add(c, &b, all, q, NULL, &list, room);
    for (size_t i = 0; by_team && done == OK && i < k->teams; i++)
        done = sealed_add(c, &b, all, q, k->team[i].name, &list, room);
    baseline_close(&b);
    list.row = room;
    *ret_then = list;
    return done;
}

enum err measure_then_get(struct ctx *c, const struct measure_then *t, const struct register_facts *facts,
                          const struct indicator_query *q, const struct indicators *all,
                          struct measured_list *ret_then)
{
    return t->baseline > 0 ? then_sealed(c, t, q, all, ret_then) : then_period(c, t, facts, q, all, ret_then);
}

/* ── Side by side ── */

static bool same_text(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : text_is(a, b);
}

static const struct measured *then_of(const struct measured_list *then, const struct measured *now,
                                      size_t n_by)
{
    for (size_t i = 0; i < then->n; i++) {
        const struct measured *t = &then->row[i];
        bool same = t->part == now->part && same_text(t->code, now->code);
        for (size_t k = 0; k < n_by && same; k++)
            same = same_text(t->label[k], now->label[k]);
        if (same)
            return t;
    }
    return NULL;
}

static const struct figure_value *shown(const struct measured *m)
{
    return m != NULL && measured_state(m) == MEASURED_VALUE ? measured_value(m) : NULL;
}

static void json_side(struct buf *out, const char *name, const struct measured *m)
{
    const struct figure_value *v = shown(m);
    const double number[] = { v != NULL ? v->value : NAN, v != NULL ? v->lower : NAN,
                              v != NULL ? v->upper : NAN };
    static const char *const word[] = { "value", "lower", "upper" };

    buf_printf(out, ",\"%s\":{\"n\":%lld,\"events\":%lld,\"state\":\"%s\"", name,
               m != NULL ? (long long)m->figure.n : 0, m != NULL ? (long long)m->figure.events : 0,
               m != NULL ? measure_state(measured_state(m)) : "no_data");
    for (size_t i = 0; i < COUNT(word); i++) {
        buf_printf(out, ",\"%s\":", word[i]);
        buf_number(out, number[i], 15);
    }
    buf_char(out, '}');
}

static void json_row(const struct ctx *c, struct buf *out, const struct result_query *a,
                     const struct measure_parts *p, const struct measured *then, const struct measured *now)
{
    const struct difference d = indicator_difference(then, now);

    measure_put_part(c, out, a, p, now);
    json_side(out, "then", then);
    json_side(out, "now", now);
    buf_printf(out, ",\"difference\":{\"kind\":\"%s\",\"value\":", difference_code[d.kind]);
    buf_number(out, d.value, 15);
    buf_lit(out, ",\"lower\":");
    buf_number(out, d.lower, 15);
    buf_lit(out, ",\"upper\":");
    buf_number(out, d.upper, 15);
    buf_lit(out, "}}");
}

static void csv_side(struct buf *out, const struct measured *m)
{
    const struct figure_value *v = shown(m);

    buf_printf(out, ",%s,%lld,", m != NULL ? measure_state(measured_state(m)) : "no_data",
               m != NULL ? (long long)m->figure.n : 0);
    buf_number(out, v != NULL ? v->value : NAN, 15);
    buf_char(out, ',');
    buf_number(out, v != NULL ? v->lower : NAN, 15);
    buf_char(out, ',');
    buf_number(out, v != NULL ? v->upper : NAN, 15);
}

static void csv_row(struct buf *out, const struct result_query *a, const struct measured *then,
                    const struct measured *now)
{
    const struct difference d = indicator_difference(then, now);

    buf_printf(out, "%s,%s,%d", now->part->row->id, now->part->row->part, now->part->version);
    for (size_t b = 0; b < a->n_by; b++) {
        buf_char(out, ',');
        buf_csv(out, now->label[b], ',');
    }
    buf_char(out, ',');
    buf_csv(out, now->code, ',');
    csv_side(out, then);
    csv_side(out, now);
    buf_printf(out, ",%s,", difference_code[d.kind]);
    buf_number(out, d.value, 15);
    buf_char(out, ',');
    buf_number(out, d.lower, 15);
    buf_char(out, ',');
    buf_number(out, d.upper, 15);
    buf_char(out, '\n');
}

static void table_side(const struct ctx *c, struct buf *out, const struct measured *m)
{
    const struct figure_value *v = shown(m);

    if (v != NULL)
        measure_put_number(c, out, v);
    else
        buf_str(out, m != NULL ? measure_state_words(c, measured_state(m)) : _("no data about this period"));
    buf_printf(out, "; n = %lld", m != NULL ? (long long)m->figure.n : 0);
}

static void table_row(const struct ctx *c, struct buf *out, const struct result_query *a,
                      const struct measured *then, const struct measured *now)
{
    const struct difference d = indicator_difference(then, now);
    const bool points =
        d.kind == DIFFERENCE_SHARE || (d.kind == DIFFERENCE_VALUE && now->part->unit == MEASURE_SHARE);
    const double times = points ? 100 : 1;
    const struct figure_value v = { .kind = FIGURE_AVERAGE,
                                    .at = NAN,
                                    .value = d.value * times,
                                    .lower = d.lower * times,
                                    .upper = d.upper * times };

    buf_printf(out, "%s%s %s", now->part->row->id, now->part->row->part, part_what(c, now->part));
    if (now->part->row->version != NULL)
        buf_printf(out, _(" (version %d)"), now->part->version);
    for (size_t b = 0; b < a->n_by; b++)
        buf_printf(out, "%s%s", b > 0 ? ", " : ": ", now->label[b] != NULL ? now->label[b] : _("unknown"));
    if (now->code != NULL)
        buf_printf(out, ": %s", now->code);
    buf_printf(out, "\n  %-10s ", _("then"));
    table_side(c, out, then);
    buf_printf(out, "\n  %-10s ", _("now"));
    table_side(c, out, now);
    if (d.kind != DIFFERENCE_NONE) {
        buf_printf(out, "\n  %-10s ",
                   d.kind == DIFFERENCE_RATIO ? _("times")
                   : points                   ? _("points")
                                              : _("difference"));
        measure_put_number(c, out, &v);
    }
    buf_char(out, '\n');
}

static void put_head(struct buf *out, const struct result_query *a, const struct measure_then *t,
                     enum format format)
{
    if (format == FORMAT_JSON) {
        buf_char(out, '{');
        measure_put_moment(out, "at", a->at);
        measure_put_moment(out, "from", a->from);
        measure_put_moment(out, "to", a->to);
        buf_lit(out, "\"then\":{");
        measure_put_moment(out, "at", t->at);
        measure_put_moment(out, "from", t->from);
        measure_put_moment(out, "to", t->to);
        buf_lit(out, "\"baseline\":");
        if (t->baseline > 0)
            buf_int(out, t->baseline);
        else
            buf_lit(out, "null");
        buf_lit(out, "},\"compared\":[");
    }
    if (format != FORMAT_CSV)
        return;
    buf_lit(out, "indicator,part,version");
    for (size_t b = 0; b < a->n_by; b++)
        buf_printf(out, ",%s", dimension_code(a->by[b]));
    buf_lit(out,
            ",code,then_state,then_n,then_value,then_lower,then_upper,state,n,value,lower,upper,difference,"
            "difference_value,difference_lower,difference_upper\n");
}

void measure_put_compared(const struct ctx *c, struct buf *out, const struct result_query *a,
                          const struct measure_then *t, const struct measure_parts *p,
                          const struct measured_list *then, enum format format)
{
    bool some = false;

    put_head(out, a, t, format);
    for (size_t i = 0; i < p->list.n; i++) {
        const struct measured *now = &p->list.row[i], *before = then_of(then, now, a->n_by);
        if (t->baseline > 0 && now->code != NULL)
            continue;
        if (format == FORMAT_JSON) {
            buf_str(out, some ? "," : "");
            json_row(c, out, a, p, before, now);
        } else if (format == FORMAT_CSV) {
            csv_row(out, a, before, now);
        } else {
            table_row(c, out, a, before, now);
        }
        some = true;
    }
    if (format == FORMAT_JSON)
        buf_lit(out, "]}\n");
}
