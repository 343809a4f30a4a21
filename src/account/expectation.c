// SPDX-License-Identifier: EUPL-1.2
#include "account/expectation.h"

#include "account/expectation_history.h"
#include "base/buf.h"
#include "base/text.h"
#include "register/letter.h"
#include "register/right.h"
#include "store/sql.h"

#include <math.h>

const char *const expectation_state_code[EXPECTATION_STATES] = { "making", "told", "few",
                                                                 "missed", "far",  "emergency" };

/* ── The gate ─────────────────────────────────────────────────────────────────────────────────────────────
 */

void expectation_gate(const struct calibration *k, int64_t urgency, int16_t stream, const struct window *w,
                      int32_t day0, struct expectation *ret_expectation)
{
    struct expectation e = { .state = EXPECTATION_FEW };
    const struct calibration_stream *s = &k->all;

    if (stream >= 0 && stream < HISTORY_STREAMS_MAX && k->stream[stream].n >= CALIBRATION_BAR_N)
        s = &k->stream[stream]; /* a stream with fewer follows the list */
    bool stream_told = stream < 0 || stream >= HISTORY_STREAMS_MAX || k->stream[stream].told;
    *ret_expectation = e;
    if (urgency == URGENCY_EMERGENCY) {
        ret_expectation->state = EXPECTATION_EMERGENCY;
        return;
    }
    if (!k->all.told || !s->told || !stream_told || !isfinite(s->hit) || s->n == 0) {
        bool missed = k->all.reason == CALIBRATION_MISSED || s->reason == CALIBRATION_MISSED ||
                      (!stream_told && k->stream[stream].reason == CALIBRATION_MISSED);
        ret_expectation->state = missed ? EXPECTATION_MISSED : EXPECTATION_FEW;
        return;
    }
    if (w->middle >= WINDOW_LATER || w->to >= WINDOW_LATER || w->to - w->from > WINDOW_DAYS_MAX - 14) {
        ret_expectation->state = EXPECTATION_FAR;
        return;
    }
    struct window told = window_weeks(w, day0);
    told.from = told.from < day0 ? day0 : told.from; /* not before today */
    e.state = EXPECTATION_TOLD;
    e.said = (struct window_said){ .from = told.from,
                                   .middle = told.middle,
                                   .to = told.to,
                                   .made_on = day0,
                                   .hit_rate = (int64_t)lround(1000 * s->hit),
                                   .scored = (int64_t)s->n };
    *ret_expectation = e;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What stands in a row of the register. */
struct row_said {
    const char *state;
    int64_t urgency, hit_rate, scored;
    int32_t from, middle, to, day;
};

/* A period that misses any of its parts is none; neither is one that was made too long ago, or whose class
 * is another one meanwhile. */
static struct expectation read_row(const struct ctx *c, const struct row_said *r)
{
    struct expectation e = { .state = EXPECTATION_MAKING };

    if (r->urgency == URGENCY_EMERGENCY) {
        e.state = EXPECTATION_EMERGENCY;
        return e;
    }
    if (r->day > c->today || c->today - r->day > EXPECTATION_FRESH_DAYS)
        return e;
    for (int i = 0; i < EXPECTATION_STATES; i++)
        if (text_is(expectation_state_code[i], r->state))
            e.state = (enum expectation_state)i;
    if (e.state == EXPECTATION_EMERGENCY)
        e.state = EXPECTATION_MAKING; /* it is none any more */
    if (e.state != EXPECTATION_TOLD)
        return e;
    if (r->from == DAY_NONE || r->middle == DAY_NONE || r->to == DAY_NONE || r->hit_rate == INT_NONE ||
        r->scored == INT_NONE || r->scored < 1) {
        e.state = EXPECTATION_MAKING;
        return e;
    }
    e.said = (struct window_said){ r->from, r->middle, r->to, r->day, r->hit_rate, r->scored };
    return e;
}

enum err expectation_of(struct ctx *c, struct request_id id, struct expectation *ret_expectation)
{
    struct sql_expected_get_row *row;
    size_t n;

    TRY(may(c, RIGHT_REQUEST));
    TRY(sql_expected_get(c, id.v, &row, &n));
    *ret_expectation = (struct expectation){ .state = EXPECTATION_MAKING };
    if (n == 0)
        return OK;
    struct row_said r = { row[0].state,    row[0].urgency,    row[0].hit_rate, row[0].scored,
                          row[0].from_day, row[0].middle_day, row[0].to_day,   row[0].day };
    *ret_expectation = read_row(c, &r);
    return OK;
}

enum err expectation_waiting(struct ctx *c, int64_t team, const struct expected_row **ret_row, size_t *ret_n)
{
    struct sql_expected_waiting_row *row;
    struct expected_row *out;
    size_t n;

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(sql_expected_waiting(c, team, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *out, (void *)&out));
    for (size_t i = 0; i < n; i++) {
        struct row_said r = { row[i].state,    row[i].urgency,    row[i].hit_rate, row[i].scored,
                              row[i].from_day, row[i].middle_day, row[i].to_day,   row[i].day };
        out[i] =
            (struct expected_row){ row[i].request, row[i].list, (int16_t)row[i].stream, read_row(c, &r) };
    }
    *ret_row = out;
    *ret_n = n;
    return OK;
}

struct expectation expectation_find(const struct expected_row *row, size_t n, int64_t request)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (row[middle].request < request)
            low = middle + 1;
        else
            high = middle;
    }
    return low < n && row[low].request == request ? row[low].e
                                                  : (struct expectation){ .state = EXPECTATION_MAKING };
}

/* ── A list ───────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err expectation_list_id(struct ctx *c, int64_t team, int64_t *ret_list)
{
    const struct config *k;

    TRY(config_get(c, &k));
    *ret_list = k->list.city ? LIST_CITY : LIST_NO_TEAM;
    for (size_t i = 0; i < k->teams && !k->list.city; i++)
        if (k->team[i].id == team)
            *ret_list = team;
    return OK;
}

enum err expectation_list_name(struct ctx *c, int64_t list, const char **ret_name)
{
    const struct config *k;

    TRY(config_get(c, &k));
    *ret_name = list == LIST_CITY      ? _("The whole city")
                : list == LIST_NO_TEAM ? _("Without a team")
                                       : config_team_name(k, list);
    return OK;
}

static enum err sizes_get(struct ctx *c, struct expected_list *l)
{
    struct sql_expected_sizes_row *row;
    struct expected_size *size;

    TRY(sql_expected_sizes(c, l->list, &row, &l->sizes));
    TRY(ctx_alloc(c, l->sizes + 1, sizeof *size, (void *)&size));
    for (size_t i = 0; i < l->sizes; i++)
        size[i] = (struct expected_size){ row[i].day,
                                          { row[i].p10, row[i].p25, row[i].p50, row[i].p75, row[i].p90 } };
    l->size = size;
    return OK;
}

static enum err drivers_get(struct ctx *c, struct expected_list *l)
{
    struct sql_expected_drivers_row *row;
    struct expected_driver *d;

    TRY(sql_expected_drivers(c, l->list, &row, &l->drivers));
    TRY(ctx_alloc(c, l->drivers + 1, sizeof *d, (void *)&d));
    for (size_t i = 0; i < l->drivers; i++)
        d[i] = (struct expected_driver){ row[i].name, row[i].value };
    l->driver = d;
    return OK;
}

static enum err newcomers_get(struct ctx *c, struct expected_list *l)
{
    struct sql_expected_newcomers_row *row;
    struct expected_row *out;
    struct turn_stream stream[TURN_STREAMS];
    size_t streams = turn_streams(stream);

    TRY(sql_expected_newcomers(c, l->list, &row, &l->newcomers));
    TRY(ctx_alloc(c, l->newcomers + 1, sizeof *out, (void *)&out));
    for (size_t i = 0; i < l->newcomers; i++) {
        bool known = row[i].stream >= 0 && (size_t)row[i].stream < streams;
        struct row_said r = { row[i].state,    known ? stream[row[i].stream].urgency : URGENCY_UNKNOWN,
                              row[i].hit_rate, row[i].scored,
                              row[i].from_day, row[i].middle_day,
                              row[i].to_day,   row[i].day };
        out[i] = (struct expected_row){ 0, l->list, (int16_t)row[i].stream, read_row(c, &r) };
    }
    l->newcomer = out;
    return OK;
}

enum err expectation_list_get(struct ctx *c, int64_t list, struct expected_list *ret_list)
{
    struct expected_list l = { .list = list, .day = DAY_NONE, .made_at = TIME_NONE };
    struct sql_expectation_lists_row *row;
    size_t n;

    TRY(expectation_list_name(c, list, &l.name));
    TRY(sql_expectation_lists(c, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (row[i].list == list) {
            l.there = true;
            l.day = row[i].day;
            l.made_at = row[i].made_at;
            l.waiting = row[i].waiting;
        }
    TRY(sizes_get(c, &l));
    TRY(drivers_get(c, &l));
    TRY(newcomers_get(c, &l));
    TRY(calibration_get(c, list, c->today, &l.kept));
    *ret_list = l;
    return OK;
}

double expectation_driver(const struct expected_list *l, const char *name)
{
    for (size_t i = 0; i < l->drivers; i++)
        if (text_is(l->driver[i].name, name))
            return l->driver[i].value;
    return NAN;
}

bool expectation_few(const struct expected_list *l, int64_t *ret_came)
{
    enum { LATELY = 8, BEFORE = 26 }; /* weeks, as they are counted (expectation_driver.c) */
    double lately = expectation_driver(l, "arrivals_week"), before = expectation_driver(l, "arrivals_before");

    *ret_came =
        (int64_t)lround((isnan(lately) ? 0 : LATELY * lately) + (isnan(before) ? 0 : BEFORE * before));
    return *ret_came < EXPECTATION_LEAST;
}

enum err expectation_order_of(struct ctx *c, int64_t list, const char **ret_text)
{
    struct expected_list l = { .list = list };

    TRY(drivers_get(c, &l));
    return expectation_order_text(c, list, expectation_driver(&l, EXPECTATION_ORDER), ret_text);
}

enum err expectation_list_longest(struct ctx *c, int64_t *ret_list)
{
    struct sql_expectation_lists_row *row;
    int64_t most = -1;
    size_t n;

    *ret_list = INT_NONE;
    TRY(sql_expectation_lists(c, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (row[i].waiting > most) {
            most = row[i].waiting;
            *ret_list = row[i].list;
        }
    return OK;
}

enum err expectation_making(struct ctx *c, bool *ret_making)
{
    struct sql_expectation_lists_row *row;
    struct sql_scenario_waited_row waiting = { 0 };
    size_t n;

    TRY(sql_expectation_lists(c, &row, &n));
    if (n == 0)
        TRY(sql_scenario_waited(c, INT_NONE, c->now + 1, &waiting));
    *ret_making = waiting.n > 0;
    return OK;
}

enum err expectation_lists(struct ctx *c, const int64_t **ret_list, size_t *ret_n)
{
    struct sql_expectation_lists_row *row;
    int64_t *list;
    size_t n;

    TRY(sql_expectation_lists(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *list, (void *)&list));
    for (size_t i = 0; i < n; i++)
        list[i] = row[i].list;
    *ret_list = list;
    *ret_n = n;
    return OK;
}
