// SPDX-License-Identifier: EUPL-1.2
/* The page of one indicator: everything that is measured of it. */
#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "web/indicator_core.h"
#include "web/indicator_funnel.h"
#include "web/show.h"
#include "web/tpl.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum err indicator_part_measure(struct ctx *c, struct indicator_making *m, bool head_only, bool every_version,
                                const struct indicator_query *q, struct measured_list *ret_list)
{
    struct indicator_query ask = *q;
    bool *wanted;

    TRY(ctx_alloc(c, m->g.all.n + 1, sizeof *wanted, (void *)&wanted));
    for (size_t i = 0; i < m->g.all.n; i++) {
        const struct part *part = &m->g.all.part[i];
        bool counts = every_version || indicator_counts(&m->g.all, part, (int32_t)m->g.a->today);
        wanted[i] = text_is(part->row->id, m->g.a->id) && counts && (!head_only || part->first);
    }
    ask.wanted = wanted;
    return indicators_measure(c, &m->g.facts, &m->g.all, &ask, ret_list);
}

/* ── Now: every part, with the codes of a mix ── */

static enum err now_fill(struct ctx *c, struct indicator_making *m)
{
    struct indicator_page *p = m->p;
    struct measured_list list;
    struct grid_row *row;
    size_t n = 0;

    TRY(indicator_part_measure(c, m, false, false, &m->g.q, &list));
    TRY(ctx_alloc(c, list.n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < list.n; i++) {
        const struct measured *one = &list.row[i];
        bool mixed = one->part->calc == CALC_MIX;
        if (one->code != NULL) {
            bool seen = m->g.small || one->figure.events >= 5;
            row[n++] =
                (struct grid_row){ { indicator_code_name(c, one->code),
                                     seen ? measured_text(c, one, m->g.small) : _("Fewer than 5, not shown"),
                                     seen ? measured_between(c, one, m->g.small) : "",
                                     seen ? count_text(c, one->figure.events) : "" },
                                   NULL };
        }
        if (p->n == INDICATOR_PARTS || (one->code != NULL && !mixed))
            continue;
        if (mixed && p->n > 0 && text_is(p->card[p->n - 1].what, part_what(c, one->part)))
            continue; /* one card for the whole mix */
        struct indicator_card *k = &p->card[p->n++];
        indicator_card_fill(c, &m->g, one, k);
        if (mixed && one->code != NULL) {
            k->value = "";
            k->why = _("See the table");
        }
    }
    if (p->n == 0) { /* never a page without its definition */
        const struct measured none = { .part = m->head, .figure.no_data = true };
        indicator_card_fill(c, &m->g, &none, &p->card[p->n]);
        p->card[p->n++].why = measured_not_by(c);
    }
    p->codes = (struct grid){ .title = _("What it consists of"),
                              .head = { _("Kind"), _("Value"), _("How sure"), _("Number (n)") },
                              .columns = 4,
                              .row = row,
                              .n = n };
    return OK;
}

/* ── Month by month ── */

static const char *month_label(struct ctx *c, int64_t from)
{
    const char *text = day_text(c, time_nl_day(from)); /* "1 mrt 2024" */
    char label[16];

    snprintf(label, sizeof label, "%.8s", text + 2);
    return ctx_copy(c, label, &text) == OK ? text : "";
}

static enum err month_rows(struct ctx *c, struct indicator_making *m, const struct indicator_series *s)
{
    struct chart_point *point;
    struct grid_row *row;

    TRY(ctx_alloc(c, s->n + 1, sizeof *row, (void *)&row));
    TRY(ctx_alloc(c, s->n + 1, sizeof *point, (void *)&point));
    for (size_t i = 0; i < s->n; i++) {
        const struct measured *one = s->month[i];
        const char *value = measured_text(c, one, m->g.small);
        bool shown = value[0] != '\0';
        double times = one->part->unit == MEASURE_SHARE ? 100 : 1;
        row[i] =
            (struct grid_row){ { month_label(c, one->from), shown ? value : measured_why(c, one, m->g.small),
                                 measured_between(c, one, m->g.small), measured_count(c, one, m->g.small),
                                 s->signal[i] ? _("yes") : "" },
                               NULL };
        point[i] = (struct chart_point){ .label = row[i].cell[0],
                                         .value = shown ? s->value[i] * times : NAN,
                                         .lower = shown ? s->lower[i] * times : NAN,
                                         .upper = shown ? s->upper[i] * times : NAN,
                                         .signal = s->signal[i] };
    }
    m->p->months = (struct grid){ .title = _("Month by month"),
                                  .head = { _("Month"), _("Value"), _("How sure"), _("Number (n)"),
                                            _("More than chance") },
                                  .columns = 5,
                                  .row = row,
                                  .n = s->n };
    m->p->chart.point = point;
    m->p->chart.n = s->known > 0 ? s->n : 0;
    return OK;
}

static const char *conclude(struct ctx *c, const struct indicator_series *s)
{
    size_t signals = 0;

    for (size_t i = 0; i < s->n; i++)
        signals += s->signal[i];
    if (s->known == 0)
        return _("There are no data about these months.");
    if (s->known < SERIES_MIN)
        return _("There are too few months to say what is usual.");
    return signals == 0 ? _("The months differ as they usually do. Nothing really changed.")
                        : filled_text(c, _("In {1} of the {2} months the difference is more than chance."),
                                      count_text(c, (int64_t)signals), count_text(c, (int64_t)s->known));
}

static enum err months_fill(struct ctx *c, struct indicator_making *m)
{
    struct indicator_query q = m->g.q;
    struct indicator_series s;
    struct measured_list list;
    double times = m->head->unit == MEASURE_SHARE ? 100 : 1;

    q.from = time_of_nl_day(date_add_months(time_nl_day(q.to), -SERIES_MAX), 0);
    q.by[q.n_by++] = BY_MONTH;
    TRY(indicator_part_measure(c, m, true, false, &q, &list));
    if (m->head->calc == CALC_MIX)
        return OK; /* a table says more */
    indicator_series_fill(list.row, list.n, &s);
    TRY(month_rows(c, m, &s));
    m->p->conclusion = conclude(c, &s);
    m->p->limits = isnan(s.centre)
                       ? NULL
                       : _("The band is what is usual from month to month. A diamond is more than chance.");
    m->p->chart.id = "months";
    m->p->chart.title = m->head->unit == MEASURE_SHARE
                            ? filled_text(c, _("{1}, in percent, by month"), part_what(c, m->head), "")
                            : filled_text(c, _("{1}, by month"), part_what(c, m->head), "");
    m->p->chart.description = m->p->conclusion;
    m->p->chart.norm = (struct chart_line){ _("agreed"), m->head->norm * times };
    m->p->chart.centre = (struct chart_line){ _("usual"), s.centre * times };
    m->p->chart.lower = m->p->chart.upper = (struct chart_line){ NULL, NAN };
    m->p->chart.lower_is_better = m->head->better == BETTER_LOWER;
    return OK;
}

/* ── Team by team ── */

static enum err teams_now(struct ctx *c, struct indicator_making *m, const struct indicator_query *asked)
{
    struct indicator_query q = *asked;
    struct measured_list list;
    struct indicator_funnel funnel;
    struct grid_row *row;
    size_t n = 0;

    q.by[q.n_by++] = BY_TEAM;
    TRY(indicator_part_measure(c, m, true, false, &q, &list));
    TRY(indicator_funnel_make(c, &list, &funnel));
    m->p->teams_words = indicator_funnel_words(c, &funnel);
    TRY(ctx_alloc(c, list.n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < list.n; i++) {
        const struct measured *one = &list.row[i];
        bool small = indicator_may_see_small(c, one->label[0]);
        const char *value = measured_text(c, one, small);
        if (one->code == NULL)
            row[n++] = (struct grid_row){ { indicator_code_name(c, one->label[0]),
                                            value[0] != '\0' ? value : measured_why(c, one, small),
                                            measured_between(c, one, small), measured_count(c, one, small),
                                            indicator_funnel_chance(c, &funnel, one),
                                            indicator_funnel_spread(c, &funnel, one) },
                                          NULL };
    }
    m->p->teams = (struct grid){ .title = _("Team by team"),
                                 .head = { _("Team"), _("Value"), _("How sure"), _("Number (n)"),
                                           _("By chance alone"), _("With the usual spread") },
                                 .columns = funnel.there ? 6 : 4,
                                 .row = row,
                                 .n = n };
    return OK;
}

/* A year of months for each team, all with the same axis. */
static enum err multiples_fill(struct ctx *c, struct indicator_making *m)
{
    enum { MONTHS = 12 };
    struct indicator_query q = m->g.q;
    struct measured_list list;
    struct multiple *chart;
    const struct config *k;
    double *value;

    q.from = time_of_nl_day(date_add_months(time_nl_day(q.to), -MONTHS), 0);
    q.by[q.n_by++] = BY_TEAM;
    q.by[q.n_by++] = BY_MONTH;
    TRY(config_get(c, &k));
    TRY(indicator_part_measure(c, m, true, false, &q, &list));
    TRY(ctx_alloc(c, k->teams + 1, sizeof *chart, (void *)&chart));
    TRY(ctx_alloc(c, (k->teams + 1) * MONTHS, sizeof *value, (void *)&value));
    for (size_t t = 0; t < k->teams; t++) {
        chart[t] = (struct multiple){ k->team[t].name, value + t * MONTHS, "" };
        for (size_t i = 0; i < MONTHS; i++)
            value[t * MONTHS + i] = NAN;
        for (size_t i = 0; i < list.n; i++) {
            const struct measured *one = &list.row[i];
            int32_t month =
                (int32_t)((one->from - q.from + 20 * SECONDS_A_DAY) / (30 * SECONDS_A_DAY + 43200));
            const char *text = measured_text(c, one, indicator_may_see_small(c, one->label[0]));
            if (!text_is(one->label[0], k->team[t].name) || one->code != NULL || text[0] == '\0' ||
                month < 0 || month >= MONTHS)
                continue;
            value[t * MONTHS + (size_t)month] = measured_value(one)->value;
            chart[t].last = text;
        }
    }
    m->p->multiples = (struct multiples){
        .id = "teams",
        .title = _("The last twelve months, team by team"),
        .description = _("A year of months for each team, all with the same axis, which begins at zero. "
                         "The number is that of the last month; the table is about the whole period."),
        .chart = chart,
        .charts = k->teams,
        .n = MONTHS,
        .norm = m->head->norm
    };
    return OK;
}

/* ── On the map ── */

static enum err places_fill(struct ctx *c, struct indicator_making *m)
{
    struct indicator_query q = m->g.q;
    struct measured_list list;
    const struct config *k;
    struct map_area *area;
    struct indicator_funnel funnel;
    struct grid_row *row;

    q.by[q.n_by++] = BY_NEIGHBOURHOOD;
    TRY(config_get(c, &k));
    TRY(indicator_part_measure(c, m, true, false, &q, &list));
    TRY(indicator_funnel_make(c, &list, &funnel));
    m->p->places_words = indicator_funnel_words(c, &funnel);
    TRY(ctx_alloc(c, k->neighbourhoods + 1, sizeof *area, (void *)&area));
    TRY(ctx_alloc(c, k->neighbourhoods + 1, sizeof *row, (void *)&row));
    for (size_t h = 0; h < k->neighbourhoods; h++) {
        const char *name = k->neighbourhood[h].name;
        area[h] = (struct map_area){ .name = name, .value = "", .shade = NAN };
        row[h] = (struct grid_row){ { name, _("No data about this period"), "", "", "", "" }, NULL };
        for (size_t i = 0; i < list.n; i++) {
            const struct measured *one = &list.row[i];
            if (!text_is(one->label[0], name) || one->code != NULL)
                continue;
            const char *value = measured_text(c, one, m->g.small);
            area[h].value = value;
            area[h].shade = value[0] != '\0' ? measured_value(one)->value : NAN;
            row[h] =
                (struct grid_row){ { name, value[0] != '\0' ? value : measured_why(c, one, m->g.small),
                                     measured_between(c, one, m->g.small), measured_count(c, one, m->g.small),
                                     value[0] != '\0' ? indicator_funnel_chance(c, &funnel, one) : "",
                                     value[0] != '\0' ? indicator_funnel_spread(c, &funnel, one) : "" },
                                   NULL };
        }
    }
    m->p->places = (struct grid){ .title = _("Neighbourhood by neighbourhood"),
                                  .head = { _("Neighbourhood"), _("Value"), _("How sure"), _("Number (n)"),
                                            _("By chance alone"), _("With the usual spread") },
                                  .columns = funnel.there ? 6 : 4,
                                  .row = row,
                                  .n = k->neighbourhoods };
    m->p->map = (struct map){
        .id = "places",
        .title = filled_text(c, _("{1}, by neighbourhood"), part_what(c, m->head), ""),
        .description = _("Darker is more. Hatched cannot be shown: too few, no data, or not reached by half "
                         "yet. The table says which."),
        .area = area,
        .n = k->neighbourhoods
    };
    return indicator_map_shapes(c, &m->p->map, area);
}

/* ── Two periods ── */

static enum err periods_fill(struct ctx *c, struct indicator_making *m)
{
    static const char *const name[] = { N_("This period"), N_("The period before"), N_("A year earlier") };
    int32_t from = time_nl_day(m->g.q.from), to = time_nl_day(m->g.q.to);
    int months = (int)m->g.a->months;
    const int back[] = { 0, months, 12 };
    const struct measured *now = NULL;
    struct grid_row *row;

    TRY(ctx_alloc(c, COUNT(name), sizeof *row, (void *)&row));
    for (size_t i = 0; i < COUNT(name); i++) {
        struct indicator_query q = m->g.q;
        struct measured_list list;
        struct difference d = { DIFFERENCE_NONE, NAN, NAN, NAN };
        q.from = time_of_nl_day(date_add_months(from, -back[i]), 0);
        q.to = time_of_nl_day(date_add_months(to, -back[i]), 0);
        if (i > 0 && q.to < q.at)
            q.at = q.to; /* as it was known then */
        TRY(indicator_part_measure(c, m, true, false, &q, &list));
        const struct measured *one = list.n > 0 && list.row[0].code == NULL ? &list.row[0] : NULL;
        if (i == 0)
            now = one;
        else
            d = indicator_shown_difference(c, &m->g, one, now);
        row[i] = (struct grid_row){
            { _(name[i]),
              filled_text(c, _("{1} to {2}"), day_text(c, time_nl_day(q.from)),
                          day_text(c, time_nl_day(q.to) - 1)),
              one == NULL                                    ? measured_not_by(c)
              : measured_text(c, one, m->g.small)[0] != '\0' ? measured_text(c, one, m->g.small)
                                                             : measured_why(c, one, m->g.small),
              one == NULL ? "" : measured_count(c, one, m->g.small), difference_text(c, m->head, &d),
              difference_sure(c, m->head, &d), difference_words(c, &d) },
            NULL,
        };
    }
    m->p->periods = (struct grid){ .title = _("Compared with before"),
                                   .head = { _("Period"), _("Days"), _("Value"), _("Number (n)"),
                                             _("Now less then"), _("How sure"), _("Chance?") },
                                   .columns = 7,
                                   .row = row,
                                   .n = COUNT(name) };
    return OK;
}

const struct part *indicator_headline(const struct indicator_making *m)
{
    for (size_t i = 0; i < m->g.all.n; i++) {
        const struct part *p = &m->g.all.part[i];
        if (text_is(p->row->id, m->g.a->id) && p->first &&
            indicator_counts(&m->g.all, p, (int32_t)m->g.a->today))
            return p;
    }
    return NULL;
}

static bool by(const struct part *p, enum fact_code code)
{
    return (p->by >> code & 1) != 0;
}

enum err indicator_one_make(struct ctx *c, const struct indicator_asked *a, struct buf *out)
{
    struct indicator_making m = { .p = NULL };
    struct indicator_query q;

    TRY(ctx_alloc(c, 1, sizeof *m.p, (void *)&m.p));
    TRY(indicator_measuring_begin(c, a, &m.g));
    m.head = indicator_headline(&m);
    if (m.head == NULL || !indicator_may_read(c, m.head))
        return FAIL(E_NOT_FOUND, "%s", _("There is no such figure."));
    q = m.g.q;
    TRY(now_fill(c, &m));
    TRY(months_fill(c, &m));
    if (m.head->calc != CALC_MIX) /* of a mix each part of it: that is in two free periods */
        TRY(periods_fill(c, &m));
    if (by(m.head, FACT_TEAM) && a->team == 0 && a->place == 0) {
        TRY(teams_now(c, &m, &q));
        if (m.head->calc != CALC_MIX)
            TRY(multiples_fill(c, &m));
    }
    if (by(m.head, FACT_NEIGHBOURHOOD) && a->place == 0 && m.head->calc != CALC_MIX)
        TRY(places_fill(c, &m));
    TRY(indicator_baselines_fill(c, &m));
    TRY(indicator_definition_fill(c, &m));
    return indicator_measured_html(c, out, m.p);
}
