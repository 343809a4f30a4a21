// SPDX-License-Identifier: EUPL-1.2
/* peil stats forecast: the forecast of src/forecast on a file with nothing but moments of asking and
 * starting, and how often its windows were right. */
#include "base/date.h"
#include "base/text.h"
#include "cli/stats.h"
#include "forecast/backtest.h"
#include "forecast/order_found.h"

#include <math.h>
#include <string.h>

struct work {
    size_t received, started, left, lost, class; /* columns */
    int64_t seconds, at;                         /* of a tick; the end of what is known */
    int64_t zero;                                /* tick 0, seconds; days are day numbers */
    double per; /* ticks of a unit: finer, because a wait of three minutes is not three ticks */
    struct history h;
    struct history_order order;
    enum order_kind order_kind;
    double order_share;
    const char *name[HISTORY_STREAMS_MAX];
    struct stats_rows of; /* rows of the file, by row of the history */
    int64_t unknown, early;
    struct arena a;
};

static enum err no_memory(struct ctx *c)
{
    return FAIL(E_NOMEM, "%s", _("The program ran out of memory for this."));
}

/* ── The file as a history ────────────────────────────────────────────────────────────────────────────────
 */

/* The largest classes apart, the others together. */
static enum err find_classes(struct stats *s, struct work *w, int16_t *class_of)
{
    struct ctx *c = s->c;
    struct stats_rows *group;
    size_t n;

    w->h.streams = 1;
    w->name[0] = NULL;
    if (w->class == STATS_NONE)
        return OK;
    TRY(stats_split(s, &s->all, w->class, &group, &n));
    size_t most = HISTORY_STREAMS_MAX, kept = n <= most ? n : most - 1;
    for (size_t k = 0; k < kept; k++) { /* the largest first */
        size_t best = k;
        for (size_t i = k; i < n; i++)
            best = group[i].n > group[best].n ? i : best;
        struct stats_rows swap = group[k];
        group[k] = group[best];
        group[best] = swap;
    }
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < group[k].n; i++)
            class_of[group[k].row[i]] = (int16_t)(k < kept ? k : kept);
    for (size_t k = 0; k < kept; k++)
        w->name[k] = group[k].label;
    w->h.streams = n <= most ? n : most;
    return OK;
}

static enum err read_tick(struct stats *s, const struct work *w, size_t row, size_t column, int32_t *ret)
{
    struct ctx *c = s->c;
    int64_t t = TIME_NONE;

    *ret = TICK_NONE;
    if (column != STATS_NONE)
        TRY(stats_time(s, row, column, &t));
    if (t == TIME_NONE)
        return OK;
    t -= w->zero;
    int64_t tick = t >= 0 ? t / w->seconds : -((-t + w->seconds - 1) / w->seconds);
    if (tick > INT32_MAX / 2 || tick < INT32_MIN / 2)
        return FAIL(E_INVALID, _("Line %lld: the moment is too far away for this unit."),
                    (long long)s->t.line[row]);
    *ret = (int32_t)tick;
    return OK;
}

struct columns {
    struct history_fact *received, *started, *left, *closed, *lost;
    int16_t *stream, *team, *class_of;
};

static enum err make_columns(struct stats *s, struct columns *k)
{
    struct ctx *c = s->c;
    size_t n = s->t.rows + 1;

    TRY(ctx_alloc(c, n, sizeof *k->received, (void *)&k->received));
    TRY(ctx_alloc(c, n, sizeof *k->started, (void *)&k->started));
    TRY(ctx_alloc(c, n, sizeof *k->left, (void *)&k->left));
    TRY(ctx_alloc(c, n, sizeof *k->closed, (void *)&k->closed));
    TRY(ctx_alloc(c, n, sizeof *k->lost, (void *)&k->lost));
    TRY(ctx_alloc(c, n, sizeof *k->stream, (void *)&k->stream));
    TRY(ctx_alloc(c, n, sizeof *k->team, (void *)&k->team));
    return ctx_alloc(c, n, sizeof *k->class_of, (void *)&k->class_of);
}

static struct history_fact fact(int32_t at)
{
    return (struct history_fact){ at, at };
}

static enum err read_row(struct stats *s, struct work *w, struct columns *k, size_t row, int32_t until)
{
    struct ctx *c = s->c;
    int32_t received, started, left, lost;
    size_t i = w->h.n;

    TRY(read_tick(s, w, row, w->received, &received));
    TRY(read_tick(s, w, row, w->started, &started));
    TRY(read_tick(s, w, row, w->left, &left));
    TRY(read_tick(s, w, row, w->lost, &lost));
    if (received == TICK_NONE || received > until) {
        w->unknown += received == TICK_NONE;
        return OK;
    }
    w->early += started != TICK_NONE && started < received;
    started = started != TICK_NONE && started < received ? received : started;
    left = left != TICK_NONE && left < received ? received : left;
    lost = lost != TICK_NONE && lost < received ? received : lost;
    k->received[i] = fact(received);
    k->started[i] = fact(started > until ? TICK_NONE : started);
    k->left[i] = fact(left > until || k->started[i].at != TICK_NONE ? TICK_NONE : left);
    k->closed[i] = fact(TICK_NONE);
    k->lost[i] = fact(lost > until ? TICK_NONE : lost);
    k->stream[i] = k->class_of[row];
    w->of.row[i] = row;
    if (w->h.n++ == 0 || received < w->h.from)
        w->h.from = received;
    return OK;
}

/* Moments smaller than a day count from the day of the first row, so that they fit. */
static enum err find_zero(struct stats *s, struct work *w)
{
    struct ctx *c = s->c;

    for (size_t i = 0; i < s->all.n && w->zero == 0 && w->seconds < SECONDS_A_DAY; i++) {
        int64_t t;
        TRY(stats_time(s, s->all.row[i], w->received, &t));
        w->zero = t == TIME_NONE ? 0 : t - t % SECONDS_A_DAY;
    }
    return OK;
}

/* The last moment in the file, when --at does not say until when it is known. */
static enum err find_until(struct stats *s, struct work *w, int32_t *ret_until)
{
    struct ctx *c = s->c;
    const size_t column[] = { w->received, w->started, w->left, w->lost };

    *ret_until = INT32_MIN;
    if (w->at != TIME_NONE) {
        *ret_until = (int32_t)((w->at - w->zero) / w->seconds);
        return OK;
    }
    for (size_t i = 0; i < s->all.n; i++)
        for (size_t k = 0; k < COUNT(column); k++) {
            int32_t t;
            TRY(read_tick(s, w, s->all.row[i], column[k], &t));
            *ret_until = t > *ret_until ? t : *ret_until;
        }
    return OK;
}

static enum err read_history(struct stats *s, struct work *w, int32_t *ret_until)
{
    struct ctx *c = s->c;
    struct columns k;

    TRY(make_columns(s, &k));
    TRY(ctx_alloc(c, s->t.rows + 1, sizeof *w->of.row, (void *)&w->of.row));
    TRY(find_classes(s, w, k.class_of));
    TRY(find_zero(s, w));
    TRY(find_until(s, w, ret_until));
    w->h = (struct history){ .received = k.received,
                             .started = k.started,
                             .left = k.left,
                             .closed = k.closed,
                             .lost = k.lost,
                             .stream = k.stream,
                             .team = k.team,
                             .streams = w->h.streams,
                             .teams = 1,
                             .ticks_a_day = (int32_t)(SECONDS_A_DAY / w->seconds) };
    for (size_t i = 0; i < s->all.n; i++)
        TRY(read_row(s, w, &k, s->all.row[i], *ret_until));
    if (w->h.n == 0)
        return FAIL(E_INVALID, "%s", _("No row says when somebody asked."));
    return OK;
}

/* ── The answer ───────────────────────────────────────────────────────────────────────────────────────────
 */

static void out_score(struct stats *s, const char *name, const struct score_mean *m, double per, bool whole)
{
    out_open(s, name);
    out_count(s, "n", (int64_t)m->n);
    out_number(s, "coverage", m->coverage);
    out_number(s, "early", m->early);
    out_number(s, "late", m->late);
    out_number(s, "width", m->width / per);
    out_number(s, "bias", m->bias / per);
    out_number(s, "mae", m->absolute / per);
    out_number(s, "pinball", m->pinball / per);
    if (whole)
        out_number(s, "crps", m->crps / per);
    out_close(s);
}

/* Of the windows, as a part of what "last to start" has. */
static void out_against(struct stats *s, const struct backtest_part *p, bool asked)
{
    struct score_against a = score_against(asked ? &p->asked : &p->every,
                                           asked ? &p->asked_rival[RIVAL_LAST] : &p->rival[RIVAL_LAST]);

    out_open(s, "against_last_to_start");
    out_number(s, "mae", a.absolute);
    out_number(s, "width", a.width);
    out_close(s);
}

static void out_part(struct stats *s, const char *name, const struct backtest_part *p,
                     const struct calibration_stream *c, double per, bool asked)
{
    out_open(s, NULL);
    out_text(s, "class", name);
    out_score(s, "windows", asked ? &p->asked : &p->every, per, !asked);
    if (!asked) {
        out_score(s, "first", &p->first, per, true);
        out_score(s, "last", &p->last, per, true);
    }
    for (size_t k = 0; k < RIVALS; k++)
        out_score(s, rival_code[k], asked ? &p->asked_rival[k] : &p->rival[k], per, false);
    out_against(s, p, asked);
    out_count(s, "not_over", (int64_t)p->open);
    out_count(s, "left", (int64_t)p->left);
    out_count(s, "not_started", (int64_t)p->missed);
    out_number(s, "hit", c->hit);
    out_number(s, "factor_low", c->factor.low);
    out_number(s, "factor_high", c->factor.high);
    out_bool(s, "told", c->told);
    out_close(s);
}

static const char *class_name(const struct work *w, size_t k)
{
    return w->class == STATS_NONE ? "all" : w->name[k] != NULL ? w->name[k] : "other";
}

static const char *const way_code[FORECAST_WAYS] = { "staff", "rate", "wait" };

static void out_backtest(struct stats *s, const struct work *w, const struct backtest *b, bool asked)
{
    out_open(s, "backtest");
    out_text(s, "given", asked ? "on_asking" : "weekly");
    out_count(s, "origins", (int64_t)b->origins);
    out_open(s, "ways");
    for (size_t k = 0; k < FORECAST_WAYS; k++)
        out_count(s, way_code[k], (int64_t)b->way[k]);
    out_close(s);
    out_numbers(s, "pit", b->pit, 10);
    out_count(s, "withdrawals", (int64_t)b->withdrawals);
    out_open_list(s, "classes");
    out_part(s, "all", &b->all, &b->calibration.all, w->per, asked);
    for (size_t k = 0; k < b->streams && b->streams > 1; k++)
        out_part(s, class_name(w, k), &b->stream[k], &b->calibration.stream[k], w->per, asked);
    out_close_list(s);
    out_close(s);
}

/* What lies beyond what was looked at: null. */
static double units(const struct work *w, int32_t v)
{
    return v >= WINDOW_LATER ? (double)NAN : v / w->per;
}

static enum err out_waiting(struct stats *s, struct work *w, const struct backtest_how *b,
                            const struct calibration *calibration, int32_t until)
{
    struct ctx *c = s->c;
    struct forecast_how how = b->forecast;
    struct forecast f;

    how.calibration = calibration;
    if (!forecast_make(&w->h, until, &how, &w->a, &f))
        return no_memory(c);
    out_text(s, "way", way_code[f.way]);
    out_open_rows(s, "waiting");
    for (size_t i = 0; i < f.n; i++) {
        out_open(s, NULL);
        out_count(s, "line", s->t.line[w->of.row[f.row[i]]]);
        out_text(s, "class", class_name(w, (size_t)f.stream[i]));
        out_number(s, "waited", ((double)until - w->h.received[f.row[i]].at) / w->per);
        out_number(s, "from", units(w, f.window[i].from));
        out_number(s, "middle", units(w, f.window[i].middle));
        out_number(s, "to", units(w, f.window[i].to));
        out_close(s);
    }
    out_close_rows(s);
    return OK;
}

static enum err find_order(struct stats *s, struct work *w, int32_t until)
{
    struct ctx *c = s->c;
    struct view v = view_of(&w->h, until, -1, &w->a);

    if (!order_find(&v, w->h.streams, &w->order, &w->order_kind, &w->order_share))
        return no_memory(c);
    out_open(s, "order");
    out_text(s, "kind", order_code[w->order_kind]);
    out_number(s, "before", w->order_share);
    out_bool(s, "followed", w->order_share <= ORDER_MOST);
    out_close(s);
    return OK;
}

static enum err answer(struct stats *s, struct work *w, bool asked, const double *number, bool waiting)
{
    struct ctx *c = s->c;
    int32_t until;
    struct backtest b;

    TRY(read_history(s, w, &until));
    out_count(s, "n", (int64_t)w->h.n);
    out_count(s, "unknown", w->unknown);
    out_count(s, "negative", w->early);
    TRY(find_order(s, w, until));
    int32_t week = 7 * w->h.ticks_a_day;
    int64_t span = (int64_t)until - w->h.from,
            before = span / 4 < 26 * (int64_t)week ? span / 4 : 26 * (int64_t)week;
    struct backtest_how how = { .forecast = { .estimate = { .team = -1,
                                                            .order = &w->order,
                                                            .seed = (uint64_t)number[0],
                                                            .days = w->h.ticks_a_day == 1 ? ESTIMATE_DAYS
                                                                                          : MODEL_DAYS_MAX },
                                              .replications = (uint32_t)number[1] },
                                .first = w->h.from + (int32_t)before,
                                .last = until,
                                .until = until,
                                .newcomers = asked,
                                .one_way = w->h.ticks_a_day != 1 && !(w->order_share <= ORDER_MOST),
                                .way = FORECAST_WAIT };
    if (!backtest_run(&w->h, &how, &w->a, &b))
        return no_memory(c);
    out_backtest(s, w, &b, asked);
    return waiting ? out_waiting(s, w, &how, &b.calibration, until) : OK;
}

enum err stats_forecast(struct stats *s)
{
    static const char *const names[] = { "day", "hour", "minute", "second" }, *const given[] = { "weekly",
                                                                                                 "asking" };
    static const int64_t seconds[] = { SECONDS_A_DAY, 60, 1, 1 }; /* of a tick */
    static const double per[] = { 1, 60, 60, 1 };
    struct ctx *c = s->c;
    struct work w = { 0 };
    double number[2];
    size_t unit, when;

    TRY(stats_load(s));
    TRY(stats_column(s, "--received", true, &w.received));
    TRY(stats_column(s, "--started", true, &w.started));
    TRY(stats_column(s, "--left", false, &w.left));
    TRY(stats_column(s, "--lost", false, &w.lost));
    TRY(stats_column(s, "--class", false, &w.class));
    TRY(stats_get_choice(s, "--unit", names, COUNT(names), &unit));
    TRY(stats_get_choice(s, "--given", given, COUNT(given), &when));
    TRY(stats_get_time(s, "--at", TIME_NONE, &w.at));
    TRY(stats_get_number(s, "--seed", 0, 1e9, 1, &number[0]));
    TRY(stats_get_number(s, "--runs", 50, 100000, 500, &number[1]));
    w.seconds = seconds[unit];
    w.per = per[unit];
    arena_init(&w.a, (size_t)2 << 30);
    enum err e = answer(s, &w, when == 1, number, cli_option(s->k, "--waiting") != NULL);
    arena_free(&w.a);
    return e;
}
