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
        return unit_text(c, p, d->value);
    case DIFFERENCE_NONE:
        break;
    }
    return "";
}

/* The unit once, behind the last number. */
static const char *with_unit(struct ctx *c, const struct part *p, bool points, const char *number)
{
    if (points || p->unit == MEASURE_POINTS)
        return filled_text(c, _("{1} points"), number, "");
    if (p->unit == MEASURE_DAYS)
        return filled_text(c, _("{1} days"), number, "");
    if (p->unit == MEASURE_HOURS)
        return filled_text(c, _("{1} hours"), number, "");
    if (p->unit == MEASURE_SECONDS)
        return filled_text(c, _("{1} seconds"), number, "");
    if (p->unit == MEASURE_PER_WORKER)
        return filled_text(c, _("{1} requests per full-time worker"), number, "");
    if (p->unit == MEASURE_PER_HOUR)
        return filled_text(c, _("{1} per hour"), number, "");
    return number;
}

const char *difference_sure(struct ctx *c, const struct part *p, const struct difference *d)
{
    double times = d->kind == DIFFERENCE_SHARE || p->unit == MEASURE_SHARE ? 100 : 1;
    int decimals = d->kind == DIFFERENCE_RATIO ? 2 : times > 1 || p->unit == MEASURE_DAYS ? 1 : 2;
    const char *lower = isfinite(d->lower) ? number_text(c, d->lower * times, decimals) : NULL,
               *upper = isfinite(d->upper) ? number_text(c, d->upper * times, decimals) : NULL;

    if (d->kind != DIFFERENCE_RATIO && upper != NULL)
        upper = with_unit(c, p, times > 1, upper);
    else if (d->kind != DIFFERENCE_RATIO && lower != NULL)
        lower = with_unit(c, p, times > 1, lower);
    if (lower != NULL && upper != NULL)
        return filled_text(c, _("{1} to {2}"), lower, upper);
    if (d->kind != DIFFERENCE_VALUE || (lower == NULL && upper == NULL))
        return "";
    return lower != NULL ? filled_text(c, _("{1} or more (no upper limit can be said yet)"), lower, "")
                         : filled_text(c, _("at most {1} (no lower limit can be said yet)"), upper, "");
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

struct difference indicator_shown_difference(struct ctx *c, const struct indicator_measuring *g,
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

static const struct measured *row_of(const struct measured_list *list, const struct part *p, const char *code)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->row[i].part == p &&
            (code == NULL ? list->row[i].code == NULL : text_is(list->row[i].code, code)))
            return &list->row[i];
    return NULL;
}

static const struct measured *any_of(const struct measured_list *list, const struct part *p)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->row[i].part == p)
            return &list->row[i];
    return NULL;
}

/* A line: a part, of a mix one kind of it. */
struct compared {
    const struct part *part;
    const char *code;
};

static bool is_small_kind(const struct indicator_measuring *g, const struct measured *m)
{
    return m != NULL && m->code != NULL && !g->small && m->figure.events < FEW;
}

/* Value and n of a line in one of the periods. */
static void side_fill(struct ctx *c, const struct indicator_measuring *g, const struct measured_list *list,
                      const struct compared *k, const char **ret_value, const char **ret_n)
{
    const struct measured *m = row_of(list, k->part, k->code), *any = any_of(list, k->part);

    *ret_n = any != NULL ? measured_count(c, any, g->small) : "";
    if (is_small_kind(g, m))
        *ret_value = _("Fewer than 5, not shown");
    else if (m != NULL)
        *ret_value = shown_text(c, g, m);
    else if (any != NULL && any->code == NULL) /* a mix without data */
        *ret_value = shown_text(c, g, any);
    else
        *ret_value = any != NULL ? _("none") : measured_not_by(c);
}

static enum err compare_row(struct ctx *c, struct indicator_making *m, const struct measured_list *first,
                            const struct measured_list *second, const struct compared *k,
                            struct grid_row *row)
{
    const struct measured *one = row_of(first, k->part, k->code), *other = row_of(second, k->part, k->code);
    const char *value[2], *n[2], *what = part_what(c, k->part);
    struct difference d = { DIFFERENCE_NONE, NAN, NAN, NAN };

    if (!is_small_kind(&m->g, one) && !is_small_kind(&m->g, other))
        d = indicator_shown_difference(c, &m->g, one, other);
    const char *sure = difference_sure(c, k->part, &d);
    side_fill(c, &m->g, first, k, &value[0], &n[0]);
    side_fill(c, &m->g, second, k, &value[1], &n[1]);
    if (k->code != NULL)
        what = filled_text(c, "{1}: {2}", what, indicator_code_name(c, k->code));
    *row = (struct grid_row){
        { what, value[0], n[0], value[1], n[1], difference_text(c, k->part, &d),
          sure[0] != '\0' ? filled_text(c, "{1}: {2}", sure, difference_words(c, &d)) : "" },
        NULL,
    };
    return OK;
}

/* The lines of both periods, each once: parts, of a mix its kinds when there are any. */
static size_t compared_lines(const struct measured_list *const list[2], struct compared *line)
{
    size_t n = 0;

    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < list[k]->n; i++) {
            const struct measured *m = &list[k]->row[i];
            bool mix = m->part->calc == CALC_MIX, seen = false;
            const struct measured *other = any_of(list[1 - k], m->part);
            if (mix ? m->code == NULL && other != NULL && other->code != NULL : m->code != NULL)
                continue;
            for (size_t j = 0; j < n; j++)
                seen = seen || (line[j].part == m->part &&
                                (m->code == NULL ? line[j].code == NULL : text_is(line[j].code, m->code)));
            if (!seen)
                line[n++] = (struct compared){ m->part, m->code };
        }
    return n;
}

static enum err compare_fill(struct ctx *c, struct indicator_making *m, struct grid *ret_grid)
{
    const struct indicator_asked *a = m->g.a;
    struct measured_list first, second;
    const struct measured_list *const both[2] = { &first, &second };
    struct compared *line;
    struct grid_row *row;
    size_t n;

    TRY(period_measure(c, m, a->day[0], a->day[1], &first));
    TRY(period_measure(c, m, a->day[2], a->day[3], &second));
    TRY(ctx_alloc(c, first.n + second.n + 1, sizeof *line, (void *)&line));
    n = compared_lines(both, line);
    TRY(ctx_alloc(c, n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < n; i++)
        TRY(compare_row(c, m, &first, &second, &line[i], &row[i]));
    if (n == 0) /* the figure has no such choice */
        row[n++] =
            (struct grid_row){ { part_what(c, m->head), measured_not_by(c), "", measured_not_by(c) }, NULL };
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
        one = row_of(now, then->part, NULL);
    struct difference d = indicator_shown_difference(c, &m->g, then, one);
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
