// SPDX-License-Identifier: EUPL-1.2
/* Comparing on the page of an indicator: two periods that the reader chose, and sealed baselines. */
#include "account/baseline_measured.h"
#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "web/indicator_core.h"
#include "web/show.h"
#include "web/tpl.h"

#include <math.h>
#include <stdio.h>

const char *difference_text(struct ctx *c, const struct part *p, const struct difference *d)
{
    switch (d->kind) {
    case DIFFERENCE_SHARE:
        return filled_text(c, _("{1} points"), number_text(c, d->value * 100, 1), "");
    case DIFFERENCE_RATIO:
        return isfinite(d->value) ? filled_text(c, _("times {1}"), number_text(c, d->value, 2), "") : "";
    case DIFFERENCE_PLAIN:
    case DIFFERENCE_VALUE:
        if (p->unit == MEASURE_SHARE)
            return filled_text(c, _("{1} points"), number_text(c, d->value * 100, 1), "");
        return number_text(c, d->value, p->unit == MEASURE_DAYS ? 0 : 2);
    case DIFFERENCE_NONE:
        break;
    }
    return "";
}

const char *difference_sure(struct ctx *c, const struct part *p, const struct difference *d)
{
    double times = d->kind == DIFFERENCE_SHARE || p->unit == MEASURE_SHARE ? 100 : 1;
    int decimals = d->kind == DIFFERENCE_RATIO ? 2 : times > 1 || p->unit == MEASURE_DAYS ? 1 : 2;
    const char *lower = isfinite(d->lower) ? number_text(c, d->lower * times, decimals) : NULL,
               *upper = isfinite(d->upper) ? number_text(c, d->upper * times, decimals) : NULL;

    if (lower != NULL && upper != NULL)
        return filled_text(c, _("{1} to {2}"), lower, upper);
    if (d->kind != DIFFERENCE_VALUE || (lower == NULL && upper == NULL))
        return "";
    return lower != NULL ? filled_text(c, _("{1} or more"), lower, "")
                         : filled_text(c, _("at most {1}"), upper, "");
}

const char *difference_words(const struct ctx *c, const struct difference *d)
{
    double none = d->kind == DIFFERENCE_RATIO ? 1 : 0;

    bool open = d->kind == DIFFERENCE_VALUE && (isfinite(d->lower) || isfinite(d->upper));

    if ((!isfinite(d->lower) || !isfinite(d->upper)) && !open)
        return "";
    return d->lower <= none && d->upper >= none ? _("can be chance") : _("more than chance");
}

static const char *shown_text(struct ctx *c, const struct indicator_measuring *g, const struct measured *m)
{
    const char *value;

    if (m == NULL)
        return "";
    value = measured_text(c, m, g->small);
    return value[0] != '\0' ? value : measured_why(c, m, g->small);
}

static const char *period_text(struct ctx *c, int64_t from, int64_t to)
{
    return from == to ? ""
                      : filled_text(c, _("{1} to {2}"), day_text(c, time_nl_day(from)),
                                    day_text(c, time_nl_day(to - 1)));
}

/* Two results of a part may be told apart only when both are shown. */
static struct difference shown_difference(struct ctx *c, const struct indicator_measuring *g,
                                          const struct measured *before, const struct measured *after)
{
    bool shown = before != NULL && after != NULL && measured_text(c, before, g->small)[0] != '\0' &&
                 measured_text(c, after, g->small)[0] != '\0';

    return shown ? indicator_difference(before, after)
                 : (struct difference){ DIFFERENCE_NONE, NAN, NAN, NAN };
}

/* ── Two periods ── */

/* As it was known at the end of the period, so that both are measured alike. */
static enum err period_measure(struct ctx *c, struct indicator_making *m, int64_t from, int64_t to,
                               struct measured_list *ret_list)
{
    struct indicator_query q = m->g.q;

    q.from = time_of_nl_day((int32_t)from, 0);
    q.to = time_of_nl_day((int32_t)to + 1, 0);
    q.at = q.to < q.at ? q.to : q.at;
    return indicator_part_measure(c, m, false, false, &q, ret_list);
}

static const struct measured *same_part(const struct measured_list *list, const struct measured *one)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->row[i].part == one->part && list->row[i].code == NULL)
            return &list->row[i];
    return NULL;
}

static enum err compare_fill(struct ctx *c, struct indicator_making *m, struct grid *ret_grid)
{
    const struct indicator_asked *a = m->g.a;
    struct measured_list first, second;
    struct grid_row *row;
    size_t n = 0;

    TRY(period_measure(c, m, a->day[0], a->day[1], &first));
    TRY(period_measure(c, m, a->day[2], a->day[3], &second));
    TRY(ctx_alloc(c, first.n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < first.n; i++) {
        const struct measured *one = &first.row[i], *other = same_part(&second, one);
        if (one->code != NULL)
            continue;
        struct difference d = shown_difference(c, &m->g, one, other);
        const char *sure = difference_sure(c, one->part, &d);
        row[n++] = (struct grid_row){
            { part_what(c, one->part), shown_text(c, &m->g, one), measured_count(c, one, m->g.small),
              shown_text(c, &m->g, other), other != NULL ? measured_count(c, other, m->g.small) : "",
              difference_text(c, one->part, &d),
              sure[0] != '\0' ? filled_text(c, "{1}: {2}", sure, difference_words(c, &d)) : "" },
            NULL,
        };
    }
    *ret_grid = (struct grid){ .title = _("Two periods next to each other"),
                               .head = { _("What is counted"),
                                         period_text(c, time_of_nl_day((int32_t)a->day[0], 0),
                                                     time_of_nl_day((int32_t)a->day[1] + 1, 0)),
                                         _("Number (n)"),
                                         period_text(c, time_of_nl_day((int32_t)a->day[2], 0),
                                                     time_of_nl_day((int32_t)a->day[3] + 1, 0)),
                                         _("Number (n)"), _("Second less first"), _("How sure") },
                               .columns = 7,
                               .row = row,
                               .n = n };
    return OK;
}

enum err indicator_compare_make(struct ctx *c, const struct indicator_asked *a, struct buf *out)
{
    struct indicator_making m = { .p = NULL };
    struct grid grid;

    TRY(indicator_measuring_begin(c, a, &m.g));
    m.head = indicator_headline(&m);
    if (m.head == NULL || !indicator_may_read(c, m.head))
        return FAIL(E_NOT_FOUND, "%s", _("There is no such figure."));
    TRY(compare_fill(c, &m, &grid));
    return grid_html(c, out, &grid);
}

/* ── Sealed baselines ── */

/* What was sealed of the headline, in the version that was sealed. */
static const struct measured *sealed_headline(const struct measured_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->row[i].part->first)
            return &list->row[i];
    return NULL;
}

static enum err baseline_row(struct ctx *c, struct indicator_making *m, const struct baseline *b,
                             const struct measured_list *now, struct grid_row *row)
{
    const struct config *k;
    struct measured_list list;
    const struct measured *then, *one = NULL;
    char url[64];
    bool shared = m->g.a->place == 0 && m->g.a->urgency < 0;

    TRY(config_get(c, &k));
    TRY(baseline_measured(c, b, &m->g.all, m->g.a->id,
                          m->g.a->team > 0 ? config_team_name(k, m->g.a->team) : NULL, &list));
    then = shared ? sealed_headline(&list) : NULL;
    if (then != NULL)
        one = same_part(now, then);
    struct difference d = shown_difference(c, &m->g, then, one);
    const char *sure = difference_sure(c, m->head, &d);
    const char *period = period_text(c, b->from != TIME_NONE ? b->from : 0, b->to != TIME_NONE ? b->to : 0);
    *row = (struct grid_row){
        { period[0] != '\0' ? filled_text(c, "{1} ({2})", b->name, period) : b->name,
          then != NULL ? shown_text(c, &m->g, then)
          : shared     ? _("Not sealed in this version")
                       : _("Only sealed for all residents and for each team"),
          then != NULL ? measured_count(c, then, m->g.small) : "", shown_text(c, &m->g, one),
          one != NULL ? measured_count(c, one, m->g.small) : "", difference_text(c, m->head, &d),
          sure[0] != '\0' ? filled_text(c, "{1}: {2}", sure, difference_words(c, &d)) : "" },
        NULL,
    };
    snprintf(url, sizeof url, "/baselines/%lld", (long long)b->number);
    return ctx_copy(c, url, &row->url);
}

enum err indicator_baselines_fill(struct ctx *c, struct indicator_making *m)
{
    enum { NEWEST = 3 };
    struct baseline_line *line;
    struct measured_list now;
    struct grid_row *row;
    size_t n, rows = 0;

    TRY(baseline_list(c, &line, &n));
    TRY(ctx_alloc(c, NEWEST, sizeof *row, (void *)&row));
    if (n > 0)
        TRY(indicator_part_measure(c, m, true, true, &m->g.q, &now));
    for (size_t i = n; i-- > 0 && rows < NEWEST;) {
        struct baseline b = { .number = 0 };
        if (line[i].wrong != NULL)
            continue; /* the page of baselines says so */
        TRY(baseline_open(c, line[i].b.number, &b));
        enum err done = baseline_row(c, m, &b, &now, &row[rows]);
        baseline_close(&b);
        if (done != OK)
            return done;
        rows++;
    }
    m->p->baselines =
        (struct grid){ .title = _("Compared with the baseline"),
                       .head = { _("Baseline"), _("As it was sealed"), _("Number (n)"), _("This period"),
                                 _("Number (n)"), _("Now less then"), _("How sure") },
                       .columns = 7,
                       .row = row,
                       .n = rows };
    return OK;
}
