// SPDX-License-Identifier: EUPL-1.2
/* Makes the expectation of every list, and writes what changed. */
#include "account/expectation.h"
#include "account/expectation_history.h"
#include "base/text.h"
#include "forecast/order_found.h"
#include "register/right.h"
#include "store/sql.h"

#include <math.h>
#include <stdlib.h>

enum {
    LEARN_DAYS = 8 * 7,  /* of the register before the first look back */
    BACK_DAYS = 2 * 364, /* of looking back */
    TEACH_DAYS = 26 * 7, /* and before them as far as the register goes: they teach, and are not scored */
    SIZE_WEEKS = 26,     /* of the size of the list before today */
    DRAWS = 100,
    REPLICATIONS = 2000,
    BACK_REPLICATIONS = 500,
    CHANGED_PERCENT = 10, /* so many requests more or less: another register, look back again */
};

struct making {
    const struct expectation_how *how;
    struct expectation_history all, x; /* the register; what the forecast of this list looks at */
    struct history_order order;        /* in which this list is followed */
    int32_t order_days;                /* what differs from the rule: as of order_followed */
    int64_t list;
    int team; /* place in x.team; -1: all */
    size_t requests;
    struct calibration_kept kept;
    struct forecast f;
    struct expected_row *row; /* by request */
    size_t n;
    struct expected_row newcomer[HISTORY_STREAMS_MAX];
    size_t newcomers;
    const float *size_list; /* days x 5, as in struct forecast; NULL */
    int32_t size_days;
    struct expected_driver driver[EXPECTATION_DRIVERS];
    size_t drivers;
};

static bool of_list(const struct making *m, size_t i)
{
    return m->team < 0 || m->x.h.team[i] == m->team;
}

/* Of the register what the forecast of this list looks at. */
static enum err take_part(struct ctx *c, struct making *m)
{
    int64_t *request;

    m->x = m->all;
    m->x.waiting = NULL; /* nobody asks */
    if (!history_part(&m->all.h, m->team, c->arena, &m->x.h))
        return FAIL(E_NOMEM, "%s", "");
    TRY(ctx_alloc(c, m->x.h.n + 1, sizeof *request, (void *)&request));
    for (size_t i = 0; i < m->x.h.n; i++)
        request[i] = m->all.request[m->x.h.place[i]];
    m->x.request = request;
    m->requests = 0;
    for (size_t i = 0; i < m->x.h.n; i++)
        m->requests += of_list(m, i);
    return OK;
}

/* ── Looking back ─────────────────────────────────────────────────────────────────────────────────────────
 */

static struct forecast_how how_of(const struct making *m)
{
    return (struct forecast_how){ .estimate = { .team = m->team,
                                                .order = &m->x.order, /* the rule */
                                                .seed = m->how->seed != 0 ? m->how->seed : 1,
                                                .draws = DRAWS },
                                  .replications =
                                      m->how->replications > 0 ? m->how->replications : REPLICATIONS,
                                  .threads = m->how->threads };
}

static int32_t monday_of(int32_t day)
{
    return day - (date_weekday(day) - 1);
}

/* A look back holds for its week, unless the register has become another one (an import). */
static bool is_fresh(const struct making *m)
{
    int64_t now = (int64_t)m->requests, then = m->kept.requests, more = now > then ? now - then : then - now;

    return m->kept.there && m->kept.origin == monday_of(m->x.day) &&
           more * 100 <= CHANGED_PERCENT * (then + 10);
}

static enum err look_back(struct ctx *c, struct making *m, struct backtest *ret_backtest, int32_t *ret_origin)
{
    struct backtest_how how = { .forecast = how_of(m),
                                .first = monday_of(m->x.h.from + LEARN_DAYS),
                                .last = monday_of(m->x.day),
                                .until = m->x.day,
                                .stop = m->how->stop };

    if (m->how->replications == 0)
        how.forecast.replications = BACK_REPLICATIONS;
    if (how.last - how.first > BACK_DAYS) {
        how.scored = how.last - BACK_DAYS;
        how.first = how.first > how.scored - TEACH_DAYS ? how.first : how.scored - TEACH_DAYS;
    }
    if (how.first > how.last)
        how.first = how.last;
    if (!backtest_run(&m->x.h, &how, c->arena, ret_backtest))
        return FAIL(E_NOMEM, "%s", "");
    *ret_origin = how.last;
    return OK;
}

/* ── Making ───────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Which class a stream is, for the gate. */
static int64_t urgency_of(int16_t stream)
{
    struct turn_stream s[TURN_STREAMS];
    size_t n = turn_streams(s);

    return stream >= 0 && (size_t)stream < n ? s[stream].urgency : URGENCY_UNKNOWN;
}

static int by_request(const void *pa, const void *pb)
{
    const struct expected_row *a = pa, *b = pb;

    return a->request < b->request ? -1 : a->request > b->request;
}

/* How long the list will be does not depend on who goes first: a list whose periods are not simulated is
 * simulated for its size alone. Without anything to simulate there is none. */
static void size_make(struct ctx *c, struct making *m)
{
    struct forecast_how how = how_of(m);
    struct forecast f;

    m->size_list = m->f.list;
    m->size_days = m->f.days;
    how.estimate.order = &m->order;
    how.list = true;
    if (m->size_list != NULL || !forecast_by(&m->x.h, m->x.day, &how, FORECAST_STAFF, c->arena, &f))
        return;
    m->size_list = f.list;
    m->size_days = f.days;
}

static enum err windows_make(struct ctx *c, struct making *m)
{
    struct forecast_how how = how_of(m);

    how.estimate.order = &m->order;
    how.calibration = m->kept.there ? &m->kept.calibration : NULL;
    how.newcomer = how.list = true;
    if (!forecast_make(&m->x.h, m->x.day, &how, c->arena, &m->f))
        return FAIL(E_NOMEM, "%s", "");
    TRY(ctx_alloc(c, m->f.n + 1, sizeof *m->row, (void *)&m->row));
    m->n = m->f.n;
    for (size_t i = 0; i < m->f.n; i++) {
        int16_t stream = m->f.stream[i];
        m->row[i] = (struct expected_row){ .request = m->x.request[m->f.row[i]], .stream = stream };
        expectation_gate(&m->kept.calibration, urgency_of(stream), stream, &m->f.window[i], m->x.day,
                         &m->row[i].e);
    }
    qsort(m->row, m->n, sizeof *m->row, by_request);
    m->newcomers = m->f.newcomer != NULL ? m->f.streams : 0;
    for (size_t i = 0; i < m->newcomers && i < HISTORY_STREAMS_MAX; i++) {
        m->newcomer[i] = (struct expected_row){ .stream = (int16_t)i };
        expectation_gate(&m->kept.calibration, urgency_of((int16_t)i), (int16_t)i, &m->f.newcomer[i],
                         m->x.day, &m->newcomer[i].e);
    }
    return OK;
}

/* ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Days as they are written: none unless it may be told. */
struct written {
    int32_t from, middle, to;
    int64_t hit_rate, scored;
};
static struct written written_of(const struct expectation *e)
{
    if (e->state != EXPECTATION_TOLD)
        return (struct written){ DAY_NONE, DAY_NONE, DAY_NONE, INT_NONE, INT_NONE };
    return (struct written){ e->said.from, e->said.middle, e->said.to, e->said.hit_rate, e->said.scored };
}

static bool same_row(const struct sql_expected_of_list_row *was, const struct expected_row *now)
{
    struct written w = written_of(&now->e);

    return was->request == now->request && was->stream == now->stream &&
           text_is(was->state, expectation_state_code[now->e.state]) && was->from_day == w.from &&
           was->middle_day == w.middle && was->to_day == w.to && was->hit_rate == w.hit_rate &&
           was->scored == w.scored;
}

static enum err put_row(struct ctx *c, const struct making *m, const struct expected_row *r)
{
    struct written w = written_of(&r->e);
    struct sql_expected_put_args row = { .request = r->request,
                                         .list = m->list,
                                         .stream = r->stream,
                                         .state = expectation_state_code[r->e.state],
                                         .from_day = w.from,
                                         .middle_day = w.middle,
                                         .to_day = w.to,
                                         .hit_rate = w.hit_rate,
                                         .scored = w.scored };

    return sql_expected_put(c, &row);
}

/* Both ascending: what is new or changed is put, what is gone is dropped. */
static enum err put_rows(struct ctx *c, struct making *m)
{
    struct sql_expected_of_list_row *was;
    size_t n, k = 0;

    TRY(sql_expected_of_list(c, m->list, &was, &n));
    for (size_t i = 0; i < m->n; i++) {
        for (; k < n && was[k].request < m->row[i].request; k++)
            TRY(sql_expected_drop(c, was[k].request));
        bool there = k < n && was[k].request == m->row[i].request;
        if (!there || !same_row(&was[k], &m->row[i]))
            TRY(put_row(c, m, &m->row[i]));
        k += there;
    }
    for (; k < n; k++)
        TRY(sql_expected_drop(c, was[k].request));
    return OK;
}

static enum err put_newcomers(struct ctx *c, const struct making *m)
{
    TRY(sql_expected_newcomer_drop(c, m->list));
    for (size_t i = 0; i < m->newcomers; i++) {
        struct written w = written_of(&m->newcomer[i].e);
        struct sql_expected_newcomer_insert_args row = { .list = m->list,
                                                         .stream = (int64_t)i,
                                                         .state =
                                                             expectation_state_code[m->newcomer[i].e.state],
                                                         .from_day = w.from,
                                                         .middle_day = w.middle,
                                                         .to_day = w.to,
                                                         .hit_rate = w.hit_rate,
                                                         .scored = w.scored };
        TRY(sql_expected_newcomer_insert(c, &row));
    }
    return OK;
}

/* How many waited at the end of a day. */
static int64_t size_on(const struct making *m, int32_t day)
{
    const struct history *h = &m->x.h;
    int64_t n = 0;

    for (size_t i = 0; i < h->n; i++)
        n += of_list(m, i) && h->received[i].at <= day &&
             (h->started[i].at == TICK_NONE || h->started[i].at > day) &&
             (h->left[i].at == TICK_NONE || h->left[i].at > day) &&
             (h->lost == NULL || h->lost[i].at == TICK_NONE || h->lost[i].at > day);
    return n;
}

/* Every Monday of the half year before, and of the days that were followed. */
static enum err put_sizes(struct ctx *c, const struct making *m)
{
    int32_t first = 7 - (date_weekday(m->x.day) - 1), monday = monday_of(m->x.day);

    TRY(sql_expected_size_drop(c, m->list));
    for (int32_t day = monday - 7 * SIZE_WEEKS; day <= monday; day += 7) {
        double n = (double)size_on(m, day);
        struct sql_expected_size_insert_args row = { m->list, day, n, n, n, n, n };
        if (day >= m->x.h.from)
            TRY(sql_expected_size_insert(c, &row));
    }
    for (int32_t d = first; m->size_list != NULL && d < m->size_days; d += 7) {
        const float *p = m->size_list + (size_t)d * 5;
        struct sql_expected_size_insert_args row = { m->list,      m->x.day + d, (double)p[0], (double)p[1],
                                                     (double)p[2], (double)p[3], (double)p[4] };
        TRY(sql_expected_size_insert(c, &row));
    }
    return OK;
}

static enum err put_list(struct ctx *c, void *arg)
{
    struct making *m = arg;

    TRY(put_rows(c, m));
    TRY(put_newcomers(c, m));
    TRY(put_sizes(c, m));
    TRY(sql_expected_driver_drop(c, m->list));
    for (size_t i = 0; i < m->drivers; i++)
        TRY(sql_expected_driver_insert(c, m->list, m->driver[i].name, m->driver[i].value));
    struct sql_expectation_put_args row = { m->list, m->x.day, c->now, (int64_t)m->n,
                                            forecast_way_code[m->f.way] };
    return sql_expectation_put(c, &row);
}

/* Whether the register says the same already, of the same day: then nothing is written. */
static enum err is_same(struct ctx *c, const struct making *m, bool *ret_same)
{
    struct sql_expectation_lists_row *list;
    struct sql_expected_of_list_row *was;
    size_t lists, n;

    *ret_same = false;
    TRY(sql_expectation_lists(c, &list, &lists));
    bool today = false;
    for (size_t i = 0; i < lists; i++)
        today = today || (list[i].list == m->list && list[i].day == m->x.day);
    TRY(sql_expected_of_list(c, m->list, &was, &n));
    bool same = today && n == m->n;
    for (size_t i = 0; same && i < n; i++)
        same = same_row(&was[i], &m->row[i]);
    *ret_same = same;
    return OK;
}

/* How often periods were right: as it was found this week, or found now. */
static enum err calibrate(struct ctx *c, struct making *m, bool keep)
{
    struct arena_mark before = arena_mark(c->arena);
    struct backtest b;
    int32_t origin;

    TRY(calibration_get(c, m->list, m->x.day, &m->kept));
    if (!m->how->calibrate || (!m->how->whole && is_fresh(m)))
        return OK;
    TRY(look_back(c, m, &b, &origin));
    if (!keep)
        return calibration_of(c, m->list, origin, (int64_t)m->requests, &b, &m->kept);
    TRY(calibration_put(c, m->list, origin, (int64_t)m->requests, &b));
    arena_release(c->arena, before);
    return calibration_get(c, m->list, m->x.day, &m->kept);
}

static enum err make_list(struct ctx *c, struct making *m, bool keep)
{
    TRY(calibrate(c, m, keep));
    struct estimate_how how = how_of(m).estimate;
    if (!forecast_order(&m->x.h, m->x.day, &how, c->arena, &m->order, &m->order_days))
        return FAIL(E_NOMEM, "%s", "");
    TRY(windows_make(c, m));
    if (keep)
        size_make(c, m);
    m->drivers = expectation_drivers(&m->x, m->team, m->driver);
    TRY(expectation_leaving(c, &m->x, m->team, m->driver, &m->drivers));
    if (m->order_days != ORDER_RULE && m->drivers < EXPECTATION_DRIVERS)
        m->driver[m->drivers++] = (struct expected_driver){ EXPECTATION_ORDER, m->order_days };
    return OK;
}

/* What is done with a list: shown, or written down. */
typedef enum err (*making_use)(struct ctx *c, struct making *m, void *arg);

static enum err each_list(struct ctx *c, struct making *m, bool keep, making_use use, void *arg)
{
    bool shared = m->all.order.shared;
    int last = shared ? -1 : (int)m->all.h.teams - 1;

    for (m->team = shared ? -1 : 0; m->team <= last; m->team++) {
        struct arena_mark before = arena_mark(c->arena);
        m->list = m->team < 0 ? LIST_CITY : m->all.team[m->team];
        if (m->list == INT_NONE)
            m->list = LIST_NO_TEAM;
        TRY(take_part(c, m));
        if (m->requests > 0 && (m->how->list == INT_NONE || m->how->list == m->list)) {
            TRY(make_list(c, m, keep));
            TRY(use(c, m, arg));
        }
        arena_release(c->arena, before);
    }
    return OK;
}

static enum err write_list(struct ctx *c, struct making *m, void *arg)
{
    bool same, *changed = arg;

    TRY(is_same(c, m, &same));
    if (same)
        return OK;
    *changed = true;
    return db_tx(c, put_list, m);
}

/* Lists that are no more: the order of the list was changed from teams to the city, or back. */
static enum err drop_others(struct ctx *c, void *arg)
{
    const struct making *m = arg;
    struct sql_expectation_lists_row *list;
    struct sql_expected_of_list_row *row;
    size_t lists, n;

    TRY(sql_expectation_lists(c, &list, &lists));
    for (size_t i = 0; i < lists; i++) {
        if ((list[i].list == LIST_CITY) == m->all.order.shared)
            continue;
        TRY(sql_expected_of_list(c, list[i].list, &row, &n));
        for (size_t k = 0; k < n; k++)
            TRY(sql_expected_drop(c, row[k].request));
        TRY(sql_expected_newcomer_drop(c, list[i].list));
        TRY(sql_expected_size_drop(c, list[i].list));
        TRY(sql_expected_driver_drop(c, list[i].list));
        TRY(sql_expectation_drop(c, list[i].list));
    }
    return OK;
}

static enum err drop_old_lists(struct ctx *c, struct making *m, bool *changed)
{
    struct sql_expectation_lists_row *list;
    bool any = false;
    size_t n;

    TRY(sql_expectation_lists(c, &list, &n));
    for (size_t i = 0; i < n; i++)
        any = any || (list[i].list == LIST_CITY) != m->all.order.shared;
    *changed = any;
    return any ? db_tx(c, drop_others, m) : OK;
}

static enum err begin(struct ctx *c, const struct expectation_how *how, int32_t day,
                      struct making **ret_making)
{
    TRY(may(c, RIGHT_FIGURES));
    TRY(ctx_alloc(c, 1, sizeof **ret_making, (void *)ret_making));
    (*ret_making)->how = how;
    return expectation_history_read(c, day, &(*ret_making)->all);
}

enum err expectation_make(struct ctx *c, const struct expectation_how *how, bool *ret_changed)
{
    struct making *m;
    bool changed;

    TRY(begin(c, how, c->today, &m));
    TRY(drop_old_lists(c, m, &changed));
    TRY(each_list(c, m, true, write_list, &changed));
    *ret_changed = changed;
    return OK;
}

struct showing {
    enum err (*show)(struct ctx *c, void *arg, const struct expectation_made *made);
    void *arg;
};

static enum err show_list(struct ctx *c, struct making *m, void *arg)
{
    const struct showing *s = arg;
    struct expectation_made made = { .list = m->list,
                                     .day = m->x.day,
                                     .way = m->f.way,
                                     .row = m->row,
                                     .n = m->n,
                                     .newcomer = m->newcomer,
                                     .newcomers = m->newcomers,
                                     .kept = &m->kept,
                                     .driver = m->driver,
                                     .drivers = m->drivers };

    TRY(expectation_list_name(c, m->list, &made.name));
    return s->show(c, s->arg, &made);
}

enum err expectation_show(struct ctx *c, const struct expectation_how *how, int32_t day,
                          enum err (*show)(struct ctx *c, void *arg, const struct expectation_made *made),
                          void *arg)
{
    struct showing s = { show, arg };
    struct making *m;

    TRY(begin(c, how, day, &m));
    return each_list(c, m, false, show_list, &s);
}
