// SPDX-License-Identifier: EUPL-1.2
/* peil forecast REGISTER --needed: what each list and the telephone need, with the figures of the register
 * or those that are given. The JSON is described in docs/expectation.md. */
#include "account/capacity_list.h"
#include "account/expectation_history.h"
#include "base/text.h"
#include "cli/forecast.h"

#include <math.h>
#include <string.h>

static const struct {
    const char *option, *name;
    size_t offset;
    double low, high;
} list_figure[] = {
#define OF(member) offsetof(struct capacity_asked, member)
    { "--demand", "demand", OF(demand), 0, 1e6 },    { "--duration", "duration", OF(duration), 1e-6, 1e6 },
    { "--hours", "hours", OF(hours), 1e-6, 1e6 },    { "--caseload", "caseload", OF(caseload), 1e-6, 1e6 },
    { "--queue", "queue", OF(queue), 0, 1e7 },       { "--leave", "leave", OF(leave), 0, .9999 },
    { "--share", "share", OF(share), .01, .9999 },   { "--within", "within", OF(within), 0, 1e6 },
    { "--weeks", "weeks", OF(clear), 1e-6, 1e6 },
}, phone_figure[] = {
#undef OF
#define OF(member) offsetof(struct capacity_phone, member)
    { "--calls", "calls", OF(calls), 0, 1e9 },
    { "--handling", "handling", OF(handling), 1e-3, 1e6 },
    { "--patience", "patience", OF(patience), 0, 1e9 },
    { "--phone-share", "share", OF(share), .01, .9999 },
    { "--phone-within", "within", OF(within), 0, 1e6 },
    { "--agents", "agents", OF(agents), 0, 1e4 },
};

static enum err read_figure(struct cli *k, const char *option, double low, double high, double *ret)
{
    struct ctx *c = &k->c;
    const char *text = cli_option(k, option);
    double v;

    if (text == NULL)
        return OK;
    if (!text_to_double(text, strlen(text), &v) || !(v >= low && v <= high))
        return FAIL(E_METHOD, _("%s is a number from %s to %s, not \"%s\"."), option, cli_say(c, low),
                    cli_say(c, high), text);
    *ret = v;
    return OK;
}

static void put(struct buf *b, const char *name, double v)
{
    if (b->data[b->len - 1] != '{')
        buf_char(b, ',');
    buf_json(b, name);
    buf_char(b, ':');
    buf_number(b, isfinite(v) ? v : NAN, 6);
}

static double figure(const void *of, size_t offset)
{
    return *(const double *)(const void *)((const char *)of + offset);
}

/* ── A list ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static void json_list(struct buf *b, int64_t list, const char *name, const struct capacity_asked *q)
{
    struct capacity_answer a = capacity_answer_of(q);

    buf_printf(b, "{\"list\":%lld,\"name\":", (long long)list);
    buf_json(b, name);
    buf_lit(b, ",\"figures\":{");
    for (size_t i = 0; i < COUNT(list_figure); i++)
        put(b, list_figure[i].name, figure(q, list_figure[i].offset));
    buf_lit(b, "},\"answers\":");
    if (!a.whole) {
        buf_lit(b, "null}");
        return;
    }
    buf_char(b, '{');
    put(b, "places", a.places);
    put(b, "load", a.load);
    put(b, "starts", a.starts);
    put(b, "wait", a.wait);
    put(b, "empty", a.empty);
    put(b, "norm_places", a.norm_places);
    put(b, "norm_hours", a.norm_hours);
    put(b, "clear_places", a.clear_places);
    put(b, "clear_hours", a.clear_hours);
    buf_lit(b, "}}");
}

static void line(struct buf *b, const char *label, double v, int decimals)
{
    buf_printf(b, "  %-44s ", label);
    if (isfinite(v))
        buf_fixed(b, v, decimals, '.');
    else
        buf_char(b, '-');
    buf_char(b, '\n');
}

static void table_list(struct ctx *c, struct buf *b, const char *name, const struct capacity_asked *q)
{
    struct capacity_answer a = capacity_answer_of(q);

    buf_printf(b, "%s\n", name);
    for (size_t i = 0; i < COUNT(list_figure); i++)
        line(b, list_figure[i].name, figure(q, list_figure[i].offset), 3);
    if (!a.whole) {
        buf_printf(b, "  %s\n", _("Not everything is known that the sums need. Fill in what is empty."));
        return;
    }
    line(b, _("places"), a.places, 1);
    line(b, _("load"), a.load, 3);
    line(b, _("starts a week"), a.starts, 2);
    line(b, _("weeks that who asks now waits"), a.wait, 2);
    line(b, _("weeks until nobody waits"), a.empty, 2);
    line(b, _("places that keep the norm"), a.norm_places, 0);
    line(b, _("the same as full working weeks"), a.norm_hours, 2);
    line(b, _("places that empty the list"), a.clear_places, 1);
    line(b, _("the same as full working weeks"), a.clear_hours, 2);
}

static enum err list_print(struct cli *k, struct forecast_asked *a, const struct expectation_history *x,
                           int team)
{
    struct ctx *c = &k->c;
    struct expected_driver driver[EXPECTATION_DRIVERS];
    int64_t list = team < 0 ? LIST_CITY : x->team[team] == INT_NONE ? LIST_NO_TEAM : x->team[team];
    struct capacity_asked q;
    double waiting = 0;
    const char *name;
    size_t rows = 0;

    for (size_t i = 0; i < x->h.n; i++) {
        bool here = team < 0 || x->h.team[i] == team;
        rows += here;
        waiting += here && x->waiting[i];
    }
    if (rows == 0 || (a->how.list != INT_NONE && a->how.list != list))
        return OK;
    TRY(expectation_list_name(c, list, &name));
    TRY(capacity_own(c, driver, expectation_drivers(x, team, driver), waiting, &q));
    for (size_t i = 0; i < COUNT(list_figure); i++)
        TRY(read_figure(k, list_figure[i].option, list_figure[i].low, list_figure[i].high,
                        (double *)(void *)((char *)&q + list_figure[i].offset)));
    if (a->format != FORMAT_JSON) {
        table_list(c, &a->out, name, &q);
        return OK;
    }
    if (a->any)
        buf_char(&a->out, ',');
    json_list(&a->out, list, name, &q);
    a->any = true;
    return OK;
}

/* ── The telephone ────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err phone_print(struct cli *k, struct forecast_asked *a)
{
    struct ctx *c = &k->c;
    struct capacity_phone_own own;
    struct buf *b = &a->out;

    TRY(capacity_phone_own(c, a->day, &own));
    for (size_t i = 0; i < COUNT(phone_figure); i++)
        TRY(read_figure(k, phone_figure[i].option, phone_figure[i].low, phone_figure[i].high,
                        (double *)(void *)((char *)&own.asked + phone_figure[i].offset)));
    struct capacity_phone_answer q = capacity_phone_answer_of(&own.asked);
    const struct {
        const char *name;
        double value;
    } answer[] = { { "traffic", q.traffic },         { "required", q.need > 0 ? (double)q.need : NAN },
                   { "service_level", q.level },     { "asa", q.wait },
                   { "occupancy", q.occupancy },     { "required_a", q.need_a > 0 ? (double)q.need_a : NAN },
                   { "service_level_a", q.level_a }, { "mean_wait_a", q.wait_a },
                   { "p_abandon", q.lost } };
    if (a->format != FORMAT_JSON) {
        buf_printf(b, "%s\n", _("The telephone"));
        for (size_t i = 0; i < COUNT(phone_figure); i++)
            line(b, phone_figure[i].name, figure(&own.asked, phone_figure[i].offset), 2);
        for (size_t i = 0; i < COUNT(answer); i++)
            line(b, answer[i].name, answer[i].value, 3);
        return OK;
    }
    buf_printf(b, "],\"phone\":{\"half_hour\":%d,\"days\":%lld,\"figures\":{", own.half_hour,
               (long long)own.days);
    for (size_t i = 0; i < COUNT(phone_figure); i++)
        put(b, phone_figure[i].name, figure(&own.asked, phone_figure[i].offset));
    buf_lit(b, "},\"answers\":{");
    for (size_t i = 0; i < COUNT(answer); i++)
        put(b, answer[i].name, answer[i].value);
    buf_lit(b, "}},\"formulas\":[");
    for (int i = 0; i < CAPACITY_LINES; i++) {
        buf_str(b, i > 0 ? ",{\"name\":" : "{\"name\":");
        buf_json(b, capacity_source[i].code);
        buf_lit(b, ",\"formula\":");
        buf_json(b, capacity_source[i].formula);
        buf_lit(b, ",\"source\":");
        buf_json(b, capacity_source[i].source);
        buf_char(b, '}');
    }
    return OK;
}

/* What was typed, also where there is no list to count with. */
static enum err check_figures(struct cli *k)
{
    struct ctx *c = &k->c;
    double v;

    for (size_t i = 0; i < COUNT(list_figure); i++)
        TRY(read_figure(k, list_figure[i].option, list_figure[i].low, list_figure[i].high, &v));
    return OK;
}

static enum err print_all(struct cli *k, struct forecast_asked *a)
{
    struct ctx *c = &k->c;
    struct expectation_history x;

    TRY(check_figures(k));
    TRY(expectation_history_read(c, a->day, &x));
    TRY(forecast_print_begin(c, a));
    if (x.order.shared)
        TRY(list_print(k, a, &x, -1));
    for (int t = 0; !x.order.shared && t < (int)x.h.teams; t++)
        TRY(list_print(k, a, &x, t));
    TRY(phone_print(k, a));
    return forecast_print_end(c, a);
}

enum err forecast_capacity(struct cli *k, struct forecast_asked *a)
{
    enum err e = print_all(k, a);

    buf_free(&a->out);
    return e;
}
