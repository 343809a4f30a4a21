// SPDX-License-Identifier: EUPL-1.2
#include "web/figures.h"

#include "account/result.h"
#include "base/buf.h"
#include "base/text.h"
#include "register/clock.h"
#include "register/right.h"
#include "web/options.h"
#include "web/show.h"
#include "web/site.h"
#include "web/tpl.h"
#include "web/tpl_rt.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Fewer than this say nothing about waiting: the number is shown, a share or a median is not. */
enum { GROUP_MIN = 10 };

struct dashboard {
    const struct config *config;
    struct register_extract extract;
    struct month_live *months; /* NULL: months are measured from the extract */
    const char *team;          /* NULL: everyone */
    int64_t from, to;          /* of the core figures */
    struct result_query query;
    double norm_days; /* calendar days of the ordinary norm */
};

/* A sentence with slots as text in the arena. */
static const char *sentence(struct ctx *c, const char *text, const char *one, const char *two)
{
    struct tpl_arg arg[] = { tpl_arg_text(one), tpl_arg_text(two) };
    struct buf b = { 0 };
    const char *made = "";

    tpl_slots(&b, TPL_HTML, text, arg, COUNT(arg));
    if (ctx_copy(c, buf_text(&b), &made) != OK)
        made = "";
    buf_free(&b);
    return made;
}

static const struct figure_value *value_of(const struct figure_result *f, enum figure_kind kind)
{
    for (size_t i = 0; i < f->values; i++)
        if (f->value[i].kind == kind)
            return &f->value[i];
    return NULL;
}

static const struct figure_value *quantile_of(const struct figure_result *f, double p)
{
    for (size_t i = 0; i < f->values; i++)
        if (f->value[i].kind == FIGURE_QUANTILE && fabs(f->value[i].at - p) < 1e-9)
            return &f->value[i];
    return NULL;
}

static const char *days_or_none(struct ctx *c, const struct figure_value *v, int64_t n)
{
    return n < GROUP_MIN || v == NULL || !isfinite(v->value) ? "" : number_text(c, v->value, 0);
}

static const char *between_days(struct ctx *c, const struct figure_value *v)
{
    if (v == NULL || !isfinite(v->lower))
        return "";
    if (!isfinite(v->upper))
        return sentence(c, _("at least {1}"), number_text(c, v->lower, 0), "");
    return sentence(c, _("{1} to {2}"), number_text(c, v->lower, 0), number_text(c, v->upper, 0));
}

static const char *between_shares(struct ctx *c, const struct figure_value *v)
{
    if (v == NULL || !isfinite(v->lower) || !isfinite(v->upper))
        return "";
    return sentence(c, _("{1} to {2} %"), number_text(c, v->lower * 100, 0),
                    number_text(c, v->upper * 100, 0));
}

/* "between 28 and 34, n = 702" */
static const char *note_of(struct ctx *c, const char *between, int64_t n)
{
    return between[0] == '\0' ? sentence(c, _("n = {1}"), count_text(c, n), "")
                              : sentence(c, _("how sure: {1}; n = {2}"), between, count_text(c, n));
}

/* what: what was agreed; NULL: nothing. look: NULL when there are too few to say. */
static void verdict(struct ctx *c, struct figure_view *k, const char *look, const char *what)
{
    const char *words = what == NULL ? _("no agreed number") : agreement_text(c, look, what);

    look = look == NULL ? "plain" : look;
    k->look = look;
    k->mark = text_is(look, "worse") ? "◆" : text_is(look, "better") ? "●" : "○";
    k->verdict = words;
}

/* Worse or better than the norm only when the whole interval is. */
static const char *look_of(const struct figure_value *v, double norm, bool low_is_better)
{
    if (v == NULL || !isfinite(v->lower) || isnan(v->upper))
        return "plain";
    if (v->lower > norm)
        return low_is_better ? "worse" : "better";
    if (v->upper < norm)
        return low_is_better ? "better" : "worse";
    return "plain";
}

static void inflow_show(struct ctx *c, const struct dashboard *d, const struct figure_result *f,
                        struct figure_view *k)
{
    double weeks = (double)(d->to - d->from) / SECONDS_A_DAY / 7;

    *k = (struct figure_view){ .label = _("New requests"),
                               .value = count_text(c, f->n),
                               .unit = "",
                               .definition = "inflow",
                               .note = sentence(c, _("{1} a week; everyone is counted"),
                                                number_text(c, (double)f->n / weeks, 0), "") };
    verdict(c, k, NULL, NULL);
}

static void stock_show(struct ctx *c, const struct figure_result *f, struct figure_view *k)
{
    const struct figure_value *longest = value_of(f, FIGURE_MAX);
    const char *days = longest == NULL || !isfinite(longest->value) ? "0" : number_text(c, longest->value, 0);

    *k =
        (struct figure_view){ .label = _("Waiting now"),
                              .value = count_text(c, f->n),
                              .unit = _("residents"),
                              .definition = "waiting",
                              .note = sentence(c, _("the longest {1} days; everyone is counted"), days, "") };
    verdict(c, k, NULL, NULL);
}

static void wait_show(struct ctx *c, const struct dashboard *d, const struct figure_result *f,
                      struct figure_view *k)
{
    const struct figure_value *v = quantile_of(f, 0.5);

    *k = (struct figure_view){ .label = _("Time until the first talk"),
                               .value = days_or_none(c, v, f->n),
                               .unit = _("days"),
                               .definition = "median",
                               .note = note_of(c, f->n < GROUP_MIN ? "" : between_days(c, v), f->n) };
    verdict(
        c, k, f->n < GROUP_MIN ? NULL : look_of(v, d->norm_days, true),
        sentence(c, _("at most {1}"), sentence(c, _("{1} days"), number_text(c, d->norm_days, 0), ""), ""));
}

/* A share with the agreement that it should hold for everyone. */
static void share_show(struct ctx *c, const struct figure_result *f, struct figure_view *k)
{
    const struct figure_value *v = value_of(f, FIGURE_SHARE);
    bool few = f->n < GROUP_MIN || v == NULL || !isfinite(v->value);

    k->value = few ? "" : percent_text(c, v->value);
    k->unit = "";
    k->note = note_of(c, few ? "" : between_shares(c, v), f->n);
    verdict(c, k, few ? NULL : v->value < 0.995 ? "worse" : "better", _("everyone"));
}

static const struct figure_result *figure_of(const struct dashboard *d, const struct results *all,
                                             enum figure_id id)
{
    static const struct figure_result nothing;

    for (size_t i = 0; i < all->n; i++)
        if (all->row[i].figure.id == id && (d->team == NULL || text_is(all->row[i].label[0], d->team)))
            return &all->row[i].figure;
    return &nothing;
}

static enum err core_fill(struct ctx *c, struct dashboard *d, struct figures_page *p)
{
    struct results all;
    struct result_query q = d->query;
    const struct figure_value *median, *within;

    q.from = d->from;
    q.to = d->to;
    q.wanted[FIGURE_INFLOW] = q.wanted[FIGURE_WAIT] = q.wanted[FIGURE_NORM] = true;
    q.wanted[FIGURE_STOCK] = q.wanted[FIGURE_CONTACT] = true;
    TRY(results_get(c, &d->extract, &q, &all));
    inflow_show(c, d, figure_of(d, &all, FIGURE_INFLOW), &p->figure[0]);
    stock_show(c, figure_of(d, &all, FIGURE_STOCK), &p->figure[1]);
    wait_show(c, d, figure_of(d, &all, FIGURE_WAIT), &p->figure[2]);
    p->figure[3] =
        (struct figure_view){ .label = _("Started within the agreed time"), .definition = "within" };
    share_show(c, figure_of(d, &all, FIGURE_NORM), &p->figure[3]);
    p->figure[4] =
        (struct figure_view){ .label = _("Spoken to within the agreed time"), .definition = "contact" };
    share_show(c, figure_of(d, &all, FIGURE_CONTACT), &p->figure[4]);
    median = quantile_of(figure_of(d, &all, FIGURE_WAIT), 0.5);
    within = value_of(figure_of(d, &all, FIGURE_NORM), FIGURE_SHARE);
    if (figure_of(d, &all, FIGURE_WAIT)->n < GROUP_MIN || within == NULL || !isfinite(within->value))
        p->conclusion = _("There are too few requests in this period to draw a conclusion.");
    else if (median == NULL || !isfinite(median->value))
        p->conclusion = sentence(c, _("{1} had a first talk in time, and more than half still wait."),
                                 percent_text(c, within->value), "");
    else
        p->conclusion = sentence(c, _("{1} had a first talk in time, and half waited longer than {2} days."),
                                 percent_text(c, within->value), number_text(c, median->value, 0));
    return OK;
}

/* "2024-03" as "mrt 24" */
static const char *month_label(struct ctx *c, const char *iso)
{
    char day[11];
    int32_t first;
    const char *text;

    snprintf(day, sizeof day, "%.7s-01", iso);
    if (!date_scan(day, 10, &first))
        return iso;
    text = day_text(c, first); /* "1 mrt 2024" */
    snprintf(day, sizeof day, "%.3s %.2s", text + 2, iso + 2);
    return ctx_copy(c, day, &text) == OK ? text : "";
}

static void month_add(struct ctx *c, const struct dashboard *d, const struct figure_result *f,
                      const char *month, struct figures_page *p, struct chart_point *ret_point)
{
    const struct figure_value *v = quantile_of(f, 0.5), *late = quantile_of(f, 0.8);
    struct period_view *row = &p->row[p->n];
    bool few = f->n < GROUP_MIN || v == NULL;

    *row = (struct period_view){ .label = month_label(c, month),
                                 .asked = f->n,
                                 .started = f->events,
                                 .median = days_or_none(c, v, f->n),
                                 .interval = few ? "" : between_days(c, v),
                                 .p80 = days_or_none(c, late, f->n) };
    *ret_point = (struct chart_point){ .label = row->label,
                                       .value = few ? NAN : v->value,
                                       .lower = few ? NAN : v->lower,
                                       .upper = few ? NAN : v->upper,
                                       .signal = !few && v->lower > d->norm_days };
    p->n++;
}

/* The months from standing histograms. False: they do not tell all. */
static bool months_standing(struct ctx *c, struct dashboard *d, struct figures_page *p,
                            struct chart_point *point)
{
    int32_t end = time_nl_day(d->to), team = MONTH_LIVE_ALL;
    const struct dictionary *names = &d->extract.team;
    struct figure_query q = { .at = d->query.at, .in_days = true };

    if (d->months == NULL)
        return false;
    for (size_t i = 0; d->team != NULL && team == MONTH_LIVE_ALL && i <= names->n; i++)
        if (i == names->n)
            return true; /* a team without requests */
        else if (text_is(names->name[i], d->team))
            team = (int32_t)i;
    for (int back = FIGURES_PERIODS - 1; back > 0; back--) {
        struct figure_result f;
        struct civil m = date_to_civil(date_add_months(end, -back));
        char iso[16];
        if (!month_live_wait(d->months, date_from_civil(m.year, m.month, 1), team, &q, &f)) {
            p->n = 0;
            return false;
        }
        snprintf(iso, sizeof iso, "%04d-%02d", m.year, m.month);
        if (f.n > 0)
            month_add(c, d, &f, iso, p, &point[p->n]);
    }
    return true;
}

/* The same from the extract. */
static enum err months_measured(struct ctx *c, struct dashboard *d, struct figures_page *p,
                                struct chart_point *point)
{
    struct results all;
    struct result_query q = d->query;

    q.from = time_of_nl_day(date_add_months(time_nl_day(d->to), -FIGURES_PERIODS + 1), 0);
    q.to = d->to;
    q.wanted[FIGURE_WAIT] = true;
    q.by[q.n_by++] = BY_MONTH;
    TRY(results_get(c, &d->extract, &q, &all));
    for (size_t i = 0; i < all.n && p->n < FIGURES_PERIODS; i++)
        if ((d->team == NULL || text_is(all.row[i].label[0], d->team)) && all.row[i].figure.n > 0)
            month_add(c, d, &all.row[i].figure, all.row[i].label[q.n_by - 1], p, &point[p->n]);
    return OK;
}

static enum err months_fill(struct ctx *c, struct dashboard *d, struct figures_page *p)
{
    struct chart_point *point;

    TRY(ctx_alloc(c, FIGURES_PERIODS, sizeof *point, (void *)&point));
    if (!months_standing(c, d, p, point))
        TRY(months_measured(c, d, p, point));
    p->chart = (struct chart){
        .id = "wait",
        .title = _("Time until the first talk, by month of asking"),
        .description = p->conclusion,
        .point = point,
        .n = p->n,
        .norm = { sentence(c, _("agreed: {1}"), number_text(c, d->norm_days, 0), ""), d->norm_days },
        .centre = { NULL, NAN },
        .lower = { NULL, NAN },
        .upper = { NULL, NAN },
        .lower_is_better = true,
    };
    return OK;
}

static enum err choices_fill(struct ctx *c, const struct req *r, int64_t team, struct figures_page *p)
{
    struct option *period;

    TRY(team_choice(c, team, &p->team));
    TRY(ctx_alloc(c, 2, sizeof *period, (void *)&period));
    period[0] = (struct option){ .value = "3", .label = _("3 months") };
    period[1] = (struct option){ .value = "12",
                                 .label = _("12 months"),
                                 .chosen = text_is(req_query(r, "period"), "12") };
    p->period = (struct choice){ .name = "period", .label = _("Period"), .option = period, .n = 2 };
    return OK;
}

/* What the figures are of: a team or everyone, months that are over, and the day. */
struct asked {
    int64_t team, months, today; /* team 0: everyone */
};

static void asked_of(const struct ctx *c, const struct req *r, struct asked *a)
{
    *a = (struct asked){ 0, text_is(req_query(r, "period"), "12") ? 12 : 3, c->today };
    if (!text_to_int(req_query(r, "team"), &a->team) || a->team < 0)
        a->team = 0;
}

static void asked_key(const struct asked *a, char key[BEHIND_KEY])
{
    snprintf(key, BEHIND_KEY, "%" PRId64 " %" PRId64 " %" PRId64, a->team, a->months, a->today);
}

static bool asked_read(const char *key, struct asked *a)
{
    int64_t *const to[] = { &a->team, &a->months, &a->today };
    char text[BEHIND_KEY], *p = text;

    text_copy(text, sizeof text, key);
    for (size_t i = 0; i < COUNT(to); i++) {
        char *end = p + strcspn(p, " ");
        bool last = *end == '\0';
        *end = '\0';
        if (!text_to_int(p, to[i]) || last != (i + 1 == COUNT(to)))
            return false;
        p = end + 1;
    }
    return true;
}

static enum err dashboard_frame(struct ctx *c, const struct asked *a, struct dashboard *d)
{
    struct civil today = date_to_civil((int32_t)a->today);
    int32_t month = date_from_civil(today.year, today.month, 1);

    TRY(config_get(c, &d->config));
    d->to = time_of_nl_day(month, 0);
    d->from = time_of_nl_day(date_add_months(month, -(int)a->months), 0);
    d->norm_days = clock_norm_day(d->config, URGENCY_NORMAL, c->today) - c->today;
    d->query = (struct result_query){ .at = c->now, .in_days = true };
    d->team = a->team > 0 ? config_team_name(d->config, a->team) : NULL;
    if (text_empty(d->team))
        d->team = NULL;
    else
        d->query.by[d->query.n_by++] = BY_TEAM;
    return OK;
}

static enum err measured_make(struct ctx *c, const struct asked *a, struct dashboard *d, struct buf *out)
{
    struct figures_page *p;

    TRY(dashboard_frame(c, a, d));
    TRY(ctx_alloc(c, 1, sizeof *p, (void *)&p));
    if (d->extract.x.n == 0)
        return OK; /* nothing: the page says so */
    TRY(core_fill(c, d, p));
    TRY(months_fill(c, d, p));
    return measured_html(c, out, p);
}

enum err figures_make(struct ctx *c, struct extract_behind *live, const char *key, struct buf *out)
{
    struct dashboard d = { 0 };
    struct extract_held held;
    struct asked a;

    if (!asked_read(key, &a))
        return FAIL(E_REQUEST, "figures %s", key);
    if (live == NULL) {
        TRY(extract_read(c, c->now, &d.extract));
        return measured_make(c, &a, &d, out);
    }
    TRY(extract_behind_hold(c, live, &held));
    d.extract = *held.x;
    d.months = held.months;
    enum err e = measured_make(c, &a, &d, out);
    extract_behind_release(live);
    return e;
}

/* As it was measured a moment ago; *ret_made_at is TIME_NONE while it is measured for the first time. */
static enum err part_get(struct ctx *c, const struct req *r, const struct asked *a, struct buf *part,
                         int64_t *ret_made_at)
{
    char key[BEHIND_KEY];

    asked_key(a, key);
    switch (behind_read(r->visitor->behind, c->lang, key, part, ret_made_at)) {
    case BEHIND_MADE:
        return OK;
    case BEHIND_SELF:
        *ret_made_at = c->now;
        return figures_make(c, NULL, key, part);
    default:
        *ret_made_at = TIME_NONE;
        return measuring_html(c, part);
    }
}

static enum err page_fill(struct ctx *c, const struct req *r, struct buf *part, struct figures_page *p)
{
    struct dashboard d = { 0 };
    struct asked a;

    TRY(may(c, RIGHT_FIGURES));
    asked_of(c, r, &a);
    TRY(part_get(c, r, &a, part, &p->made_at));
    TRY(dashboard_frame(c, &a, &d));
    TRY(frame_fill(c, r, _("Figures"), "/figures", &p->frame));
    TRY(choices_fill(c, r, a.team, p));
    p->day = c->today;
    p->from = time_nl_day(d.from);
    p->to = time_nl_day(d.to) - 1;
    p->empty = part->len == 0;
    p->part = part;
    return OK;
}

enum err web_figures_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct buf part = { 0 };
    struct figures_page *p;
    enum err e = ctx_alloc(c, 1, sizeof *p, (void *)&p);

    if (e == OK)
        e = page_fill(c, r, &part, p);
    if (e == OK)
        e = part.failed ? FAIL(E_NOMEM, "%s", "") : figures_html(c, &out->body, p);
    buf_free(&part);
    return e;
}
