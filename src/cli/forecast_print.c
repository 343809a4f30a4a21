// SPDX-License-Identifier: EUPL-1.2
/* The periods and the back-test as a table or JSON. */
#include "base/date.h"
#include "base/text.h"
#include "cli/forecast.h"
#include "register/list_order.h"

#include <math.h>
#include <stdio.h>

enum { DIGITS = 6 };

static void put_name(struct buf *b, const char *name)
{
    buf_json(b, name);
    buf_char(b, ':');
}

static void put_real(struct buf *b, const char *name, double v)
{
    put_name(b, name);
    buf_number(b, v, DIGITS);
}

static struct turn_stream stream_at(int16_t stream)
{
    struct turn_stream all[TURN_STREAMS];
    size_t n = turn_streams(all);

    return stream >= 0 && (size_t)stream < n ? all[stream] : (struct turn_stream){ URGENCY_UNKNOWN, false };
}

enum err forecast_print_begin(struct ctx *c, struct forecast_asked *a)
{
    (void)c;
    if (a->format != FORMAT_JSON)
        return OK;
    buf_char(&a->out, '{');
    cli_json_day(&a->out, "day", a->day);
    buf_printf(&a->out, ",\"seed\":%llu,\"replications\":%u,\"lists\":[", (unsigned long long)a->how.seed,
               a->how.replications);
    return OK;
}

/* ── Periods ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static void json_period(struct buf *b, const struct expected_row *r)
{
    struct turn_stream s = stream_at(r->stream);

    if (r->request != 0)
        buf_printf(b, "\"request\":%lld,", (long long)r->request);
    put_name(b, "urgency");
    buf_json(b, urgency_code(s.urgency));
    buf_printf(b, ",\"wmo\":%s,", s.wmo ? "true" : "false");
    put_name(b, "state");
    buf_json(b, expectation_state_code[r->e.state]);
    if (r->e.state != EXPECTATION_TOLD)
        return;
    buf_char(b, ',');
    cli_json_day(b, "from", r->e.said.from);
    buf_char(b, ',');
    cli_json_day(b, "middle", r->e.said.middle);
    buf_char(b, ',');
    cli_json_day(b, "to", r->e.said.to);
    buf_char(b, ',');
    put_real(b, "hit_rate", (double)r->e.said.hit_rate / 1000);
    buf_printf(b, ",\"scored\":%lld", (long long)r->e.said.scored);
}

static void json_rows(struct buf *b, const char *name, const struct expected_row *row, size_t n, int64_t only)
{
    bool first = true;

    put_name(b, name);
    buf_char(b, '[');
    for (size_t i = 0; i < n; i++) {
        if (only != INT_NONE && row[i].request != only)
            continue;
        buf_str(b, first ? "{" : ",{");
        first = false;
        json_period(b, &row[i]);
        buf_char(b, '}');
    }
    buf_char(b, ']');
}

static void json_calibration(struct buf *b, const struct calibration_kept *k)
{
    const struct calibration_stream *s = &k->calibration.all;

    put_name(b, "calibration");
    buf_char(b, '{');
    cli_json_day(b, "origin", k->origin);
    buf_printf(b, ",\"told\":%s,\"reason\":", s->told ? "true" : "false");
    buf_json(b, calibration_reason_code[s->reason]);
    buf_char(b, ',');
    put_real(b, "hit_rate", s->hit);
    buf_printf(b, ",\"scored\":%zu}", s->n);
}

static void json_drivers(struct buf *b, const struct expectation_made *m)
{
    bool first = true;

    put_name(b, "drivers");
    buf_char(b, '{');
    for (size_t i = 0; i < m->drivers; i++) {
        if (text_is(m->driver[i].name, EXPECTATION_ORDER))
            continue; /* stands by itself */
        buf_str(b, first ? "" : ",");
        first = false;
        put_real(b, m->driver[i].name, m->driver[i].value);
    }
    buf_char(b, '}');
}

/* The days of EXPECTATION_ORDER; NaN where the rule is followed. */
static double order_days(const struct expectation_made *m)
{
    for (size_t i = 0; i < m->drivers; i++)
        if (text_is(m->driver[i].name, EXPECTATION_ORDER))
            return m->driver[i].value;
    return NAN;
}

static void json_order(struct buf *b, const struct expectation_made *m)
{
    double days = order_days(m);

    put_name(b, "order");
    buf_json(b, isnan(days) ? "rule" : days < 0 ? "class" : "waited");
    buf_char(b, ',');
    put_real(b, "order_days", days < 0 ? NAN : days);
}

/* ── The back-test ────────────────────────────────────────────────────────────────────────────────────────
 */

static void json_score(struct buf *b, const char *name, const struct score_mean *m)
{
    const struct {
        const char *name;
        double value;
    } figure[] = { { "coverage", m->coverage }, { "early", m->early }, { "late", m->late },
                   { "width", m->width },       { "bias", m->bias },   { "absolute", m->absolute },
                   { "pinball", m->pinball },   { "crps", m->crps } };

    put_name(b, name);
    buf_printf(b, "{\"n\":%zu", m->n);
    for (size_t i = 0; i < COUNT(figure); i++) {
        buf_char(b, ',');
        put_real(b, figure[i].name, figure[i].value);
    }
    buf_char(b, '}');
}

static void json_scores(struct buf *b, const struct calibration_kept *k, const struct calibration_scores *s)
{
    struct turn_stream stream = stream_at(s->stream);
    const struct calibration_stream *now =
        s->stream < 0 ? &k->calibration.all : &k->calibration.stream[s->stream];

    buf_char(b, '{');
    if (s->stream >= 0) {
        put_name(b, "urgency");
        buf_json(b, urgency_code(stream.urgency));
        buf_printf(b, ",\"wmo\":%s,", stream.wmo ? "true" : "false");
    }
    buf_printf(b, "\"told\":%s,\"reason\":", now->told ? "true" : "false");
    buf_json(b, calibration_reason_code[now->reason]);
    buf_char(b, ',');
    json_score(b, "every", &s->every);
    buf_char(b, ',');
    json_score(b, "first", &s->first);
    buf_char(b, ',');
    json_score(b, "last", &s->last);
    struct score_against a = score_against(&s->every, &s->rival[RIVAL_LAST]);
    buf_lit(b, ",\"against_last_to_start\":{");
    put_real(b, "absolute", a.absolute);
    buf_char(b, ',');
    put_real(b, "width", a.width);
    buf_lit(b, "},\"baselines\":{");
    for (size_t i = 0; i < RIVALS; i++) {
        buf_str(b, i > 0 ? "," : "");
        json_score(b, rival_code[i], &s->rival[i]);
    }
    buf_lit(b, "}}");
}

static void json_backtest(struct buf *b, const struct calibration_kept *k)
{
    buf_printf(b, "\"origins\":%zu,\"withdrawals\":%zu,", k->origins, k->withdrawals);
    cli_json_day(b, "withdrawn_on", k->withdrawn_on);
    buf_lit(b, ",\"classes\":[");
    bool first = true;
    for (size_t i = 0; i < k->n; i++) {
        if (k->scores[i].stream < 0 || k->scores[i].every.n == 0)
            continue;
        buf_str(b, first ? "" : ",");
        first = false;
        json_scores(b, k, &k->scores[i]);
    }
    buf_lit(b, "],\"all\":");
    for (size_t i = 0; i < k->n; i++)
        if (k->scores[i].stream < 0)
            json_scores(b, k, &k->scores[i]);
    if (k->n == 0 || k->scores[0].stream >= 0)
        buf_lit(b, "null");
}

/* ── As a table ───────────────────────────────────────────────────────────────────────────────────────────
 */

static void cell(struct buf *b, const char *text, size_t width)
{
    size_t from = b->len;

    buf_str(b, text);
    buf_pad(b, from, width);
}

static void table_head(struct ctx *c, struct buf *b)
{
    cell(b, _("number"), 8);
    cell(b, _("class"), 18);
    cell(b, _("from"), 12);
    cell(b, _("middle"), 12);
    cell(b, _("up to"), 12);
    buf_printf(b, "%s\n", _("right"));
}

static enum err table_periods(struct ctx *c, struct buf *b, const struct forecast_asked *a,
                              const struct expectation_made *m)
{
    if (m->n > 0)
        table_head(c, b);
    for (size_t i = 0; i < m->n; i++) {
        const struct expected_row *r = &m->row[i];
        struct turn_stream s = stream_at(r->stream);
        size_t from = b->len;
        if (a->request != INT_NONE && r->request != a->request)
            continue;
        buf_int(b, r->request);
        buf_pad(b, from, 8);
        cell(b, urgency_name(c, s.urgency), 18);
        if (r->e.state != EXPECTATION_TOLD) {
            const char *why;
            TRY(expectation_short(c, &r->e, &why));
            buf_printf(b, "%s\n", why);
            continue;
        }
        buf_date(b, r->e.said.from);
        buf_lit(b, "  ");
        buf_date(b, r->e.said.middle);
        buf_lit(b, "  ");
        buf_date(b, r->e.said.to);
        buf_printf(b, "  %lld %%\n", (long long)((r->e.said.hit_rate + 5) / 10));
    }
    return OK;
}

static void number(struct buf *b, double v, int decimals, size_t width)
{
    size_t from = b->len;

    buf_fixed(b, v, decimals, '.');
    buf_pad(b, from, width);
}

/* The last two columns: mean error and width as a part of those of "last to start". */
static void table_score(struct buf *b, const char *name, const struct score_mean *m,
                        const struct score_mean *last)
{
    size_t from = b->len;

    if (m->n == 0)
        return;
    buf_lit(b, "  ");
    buf_str(b, name);
    buf_pad(b, from, 22);
    number(b, (double)m->n, 0, 9);
    number(b, 100 * m->coverage, 1, 10);
    number(b, m->width, 1, 8);
    number(b, m->bias, 1, 8);
    number(b, m->absolute, 1, 8);
    number(b, m->pinball, 2, 9);
    number(b, m->crps, 2, 7);
    number(b, score_against(m, last).absolute, 2, 9);
    buf_fixed(b, score_against(m, last).width, 2, '.');
    buf_char(b, '\n');
}

static void table_backtest(struct ctx *c, struct buf *b, const struct calibration_kept *k)
{
    const char *const head[] = { "",         "n",       _("right %"), _("days"),    _("bias"),
                                 _("error"), _("loss"), "crps",       _("error/l"), _("days/l") };
    const size_t width[] = { 22, 9, 10, 8, 8, 8, 9, 7, 9, 0 };

    for (size_t i = 0; i < COUNT(head); i++)
        cell(b, head[i], width[i]);
    buf_char(b, '\n');
    for (size_t i = 0; i < k->n; i++) {
        const struct calibration_scores *s = &k->scores[i];
        struct turn_stream stream = stream_at(s->stream);
        if (s->every.n == 0)
            continue;
        buf_printf(b, "%s%s\n", s->stream < 0 ? _("Everyone") : urgency_name(c, stream.urgency),
                   stream.wmo ? ", Wmo" : "");
        const struct score_mean none = { 0 }, *last = &s->rival[RIVAL_LAST];
        table_score(b, _("every period"), &s->every, last);
        table_score(b, _("first period"), &s->first, &none); /* other people */
        table_score(b, _("last period"), &s->last, &none);
        for (size_t r = 0; r < RIVALS; r++)
            table_score(b, rival_code[r], &s->rival[r], last);
    }
}

static enum err table_list(struct ctx *c, struct buf *b, const struct forecast_asked *a,
                           const struct expectation_made *m)
{
    const struct calibration_stream *s = &m->kept->calibration.all;
    const char *order;

    static const char *const way[] = { [FORECAST_STAFF] = N_("from staff"),
                                       [FORECAST_RATE] = N_("from the pace"),
                                       [FORECAST_WAIT] = N_("from waits") };
    static const char *const reason[] = { [CALIBRATION_TOLD] = N_("told"),
                                          [CALIBRATION_FEW] = N_("not enough known yet"),
                                          [CALIBRATION_MISSED] = N_("withdrawn") };

    buf_printf(b, "%s (%s", m->name, _(way[m->way]));
    if (s->n > 0) {
        buf_lit(b, ", ");
        buf_fixed(b, 100 * s->hit, 1, '.');
        buf_printf(b, _(" %% of %zu were right"), s->n);
    }
    buf_printf(b, ", %s)\n", _(reason[s->reason]));
    TRY(expectation_order_text(c, m->list, order_days(m), &order));
    if (order[0] != '\0')
        buf_printf(b, "%s\n", order);
    if (a->backtest)
        table_backtest(c, b, m->kept);
    else
        TRY(table_periods(c, b, a, m));
    buf_char(b, '\n');
    return OK;
}

/* ── One list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static bool has(const struct forecast_asked *a, const struct expectation_made *m)
{
    if (a->request == INT_NONE)
        return true;
    for (size_t i = 0; i < m->n; i++)
        if (m->row[i].request == a->request)
            return true;
    return false;
}

enum err forecast_print(struct ctx *c, void *arg, const struct expectation_made *m)
{
    struct forecast_asked *a = arg;
    struct buf *b = &a->out;

    if (!has(a, m))
        return OK;
    if (a->format != FORMAT_JSON) {
        a->any = true;
        return table_list(c, b, a, m);
    }
    buf_str(b, a->any ? ",{" : "{");
    a->any = true;
    buf_printf(b, "\"list\":%lld,\"name\":", (long long)m->list);
    buf_json(b, m->name);
    buf_lit(b, ",\"way\":");
    buf_json(b, forecast_way_code[m->way]);
    buf_printf(b, ",\"waiting\":%zu,", m->n);
    json_calibration(b, m->kept);
    buf_char(b, ',');
    json_order(b, m);
    buf_char(b, ',');
    if (a->backtest) {
        json_backtest(b, m->kept);
    } else {
        json_drivers(b, m);
        buf_char(b, ',');
        json_rows(b, "windows", m->row, m->n, a->request);
        buf_char(b, ',');
        json_rows(b, "newcomers", m->newcomer, m->newcomers, INT_NONE);
    }
    buf_char(b, '}');
    return OK;
}

enum err forecast_print_end(struct ctx *c, struct forecast_asked *a)
{
    if (a->request != INT_NONE && !a->any)
        return FAIL(E_NOT_FOUND, "%s", _("This request does not wait."));
    if (a->format == FORMAT_JSON)
        buf_lit(&a->out, "]}\n");
    if (a->out.failed)
        return FAIL(E_NOMEM, "%s", "");
    if (a->out.len == 0)
        fprintf(stderr, "%s\n", _("There are no requests yet, so nothing can be expected."));
    fputs(buf_text(&a->out), stdout);
    return OK;
}
