// SPDX-License-Identifier: EUPL-1.2
/* Makes the expectation of every list. */
#include "account/expectation_making.h"
#include "forecast/order_found.h"
#include "register/right.h"
#include "store/sql.h"

#include <math.h>
#include <stdlib.h>

enum {
    LEARN_DAYS = 8 * 7,  /* of the register before the first look back */
    BACK_DAYS = 2 * 364, /* of looking back */
    TEACH_DAYS = 26 * 7, /* and before them as far as the register goes: they teach, and are not scored */
    DRAWS = 100,
    REPLICATIONS = 2000,
    BACK_REPLICATIONS = 500,
    CHANGED_PERCENT = 10, /* so many requests more or less: another register, look back again */
};

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
        m->requests += making_has(m, i);
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

/* A look back holds for its week, unless the register has become another one (an import). */
static bool is_fresh(const struct making *m)
{
    int64_t now = (int64_t)m->requests, then = m->kept.requests, more = now > then ? now - then : then - now;

    return m->kept.there && m->kept.origin == making_monday(m->x.day) &&
           more * 100 <= CHANGED_PERCENT * (then + 10);
}

static struct backtest_how back_of(const struct making *m)
{
    struct backtest_how how = { .forecast = how_of(m),
                                .first = making_monday(m->x.h.from + LEARN_DAYS),
                                .last = making_monday(m->x.day),
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
    return how;
}

static void watch_weeks(struct expectation_progress *p, struct backtest_job *job, size_t jobs)
{
    size_t weeks = 0;

    for (size_t i = 0; p != NULL && i < jobs; i++) {
        weeks += backtest_origins(job[i].h, &job[i].how);
        job[i].how.done = &p->back;
    }
    if (p != NULL) {
        p->back = 0;
        p->weeks = weeks;
    }
}

/* Lists that were not looked back over this week, side by side. */
static enum err look_back(struct ctx *c, struct making *set, size_t n)
{
    struct backtest_job *job;
    size_t jobs = 0;

    TRY(ctx_alloc(c, n, sizeof *job, (void *)&job));
    for (size_t i = 0; i < n; i++) {
        struct making *m = &set[i];
        TRY(calibration_get(c, m->list, m->x.day, &m->kept));
        if (!m->how->calibrate || (!m->how->whole && is_fresh(m)))
            continue;
        m->back = &job[jobs++];
        *m->back = (struct backtest_job){ .h = &m->x.h, .how = back_of(m) };
    }
    for (size_t i = 0; i < jobs && jobs > 1; i++)
        job[i].how.forecast.threads = 1;
    watch_weeks(set[0].how->progress, job, jobs);
    backtest_run_jobs(job, jobs, set[0].how->threads, c->arena->ceiling);
    for (size_t i = 0; i < jobs; i++)
        if (!job[i].done)
            return FAIL(E_NOMEM, "%s", "");
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

/* How often periods were right: as it was found this week, or found now. */
static enum err calibrate(struct ctx *c, struct making *m, bool keep)
{
    if (m->back == NULL)
        return OK;
    int32_t origin = m->back->how.last;
    if (!keep)
        return calibration_of(c, m->list, origin, (int64_t)m->requests, &m->back->found, &m->kept);
    TRY(calibration_put(c, m->list, origin, (int64_t)m->requests, &m->back->found));
    return calibration_get(c, m->list, m->x.day, &m->kept);
}

static enum err make_list(struct ctx *c, struct making *m, bool keep)
{
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

/* Of everything that a list is made from: another number when anything of it is another. */
static uint64_t mark_of(const struct making *m)
{
    return (expectation_mark(&m->x) ^ (uint64_t)m->kept.origin ^ (uint64_t)m->kept.seq << 32) *
           UINT64_C(0x94d049bb133111eb);
}

/* Where the mark of a list is remembered; NULL: nowhere. */
static uint64_t *remembered(struct expectation_memory *k, int64_t list)
{
    size_t i = 0;

    while (k != NULL && i < k->n && k->of[i].list != list)
        i++;
    if (k == NULL || i == EXPECTATION_REMEMBERED)
        return NULL;
    if (i == k->n) {
        k->of[i].list = list;
        k->of[i].mark = 0;
        k->n++;
    }
    return &k->of[i].mark;
}

/* Made and used, unless it was and nothing changed since. */
static enum err use_list(struct ctx *c, struct making *m, bool keep, making_use use, void *arg)
{
    uint64_t *was = remembered(m->how->memory, m->list), mark;
    bool today;

    TRY(calibrate(c, m, keep));
    TRY(making_is_of_today(c, m, &today));
    mark = was == NULL ? 0 : mark_of(m);
    if (was != NULL && *was == mark && today)
        return OK;
    TRY(make_list(c, m, keep));
    TRY(use(c, m, arg));
    if (was != NULL)
        *was = mark;
    return OK;
}

enum { LISTS_AT_ONCE = 8 };

/* The next lists that are asked for and have requests. */
static enum err take_lists(struct ctx *c, const struct making *m, int last, int *team, size_t most,
                           struct making *set, size_t *ret_n)
{
    size_t n = 0;

    for (; *team <= last && n < most; ++*team) {
        struct arena_mark before = arena_mark(c->arena);
        struct making *one = &set[n];
        *one = *m;
        one->team = *team;
        one->list = *team < 0 ? LIST_CITY : m->all.team[*team];
        if (one->list == INT_NONE)
            one->list = LIST_NO_TEAM;
        bool asked = m->how->list == INT_NONE || m->how->list == one->list;
        if (asked)
            TRY(take_part(c, one));
        if (asked && one->requests > 0)
            n++;
        else
            arena_release(c->arena, before);
    }
    *ret_n = n;
    return OK;
}

/* How many lists there are to make; once they are, one by one, `ready` follows. */
static enum err watch_lists(struct ctx *c, const struct making *m)
{
    struct expectation_progress *p = m->how->progress;
    const struct history *h = &m->all.h;
    size_t lists = 0;
    bool *there;

    if (p == NULL)
        return OK;
    TRY(ctx_alloc(c, h->teams + 1, sizeof *there, (void *)&there));
    for (size_t i = 0; i < h->n; i++) {
        size_t list = m->all.order.shared ? 0 : (size_t)h->team[i];
        lists += !there[list];
        there[list] = true;
    }
    p->ready = p->weeks = p->back = 0;
    p->lists = lists;
    return OK;
}

static enum err each_list(struct ctx *c, struct making *m, bool keep, making_use use, void *arg)
{
    bool shared = m->all.order.shared;
    int last = shared ? -1 : (int)m->all.h.teams - 1, team = shared ? -1 : 0;
    size_t most = m->how->threads < 1               ? 1
                  : m->how->threads < LISTS_AT_ONCE ? m->how->threads
                                                    : LISTS_AT_ONCE,
           n;
    struct making *set;

    TRY(ctx_alloc(c, most, sizeof *set, (void *)&set));
    TRY(watch_lists(c, m));
    while (team <= last) {
        struct arena_mark before = arena_mark(c->arena);
        TRY(take_lists(c, m, last, &team, most, set, &n));
        if (n > 0)
            TRY(look_back(c, set, n));
        for (size_t i = 0; i < n; i++) {
            struct arena_mark one = arena_mark(c->arena);
            TRY(use_list(c, &set[i], keep, use, arg));
            arena_release(c->arena, one);
            if (m->how->progress != NULL)
                m->how->progress->ready++;
        }
        arena_release(c->arena, before);
    }
    return OK;
}

static enum err begin(struct ctx *c, const struct expectation_how *how, int32_t day,
                      struct making **ret_making)
{
    TRY(may(c, RIGHT_FIGURES));
    TRY(ctx_alloc(c, 1, sizeof **ret_making, (void *)ret_making));
    (*ret_making)->how = how;
    return expectation_history_read(c, day, &(*ret_making)->all);
}

struct showing {
    enum err (*show)(struct ctx *c, void *arg, const struct expectation_made *made); /* NULL: written only */
    void *arg;
    bool changed;
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

static enum err write_list(struct ctx *c, struct making *m, void *arg)
{
    struct showing *s = arg;

    TRY(making_write(c, m, &s->changed));
    return s->show == NULL ? OK : show_list(c, m, s);
}

enum err expectation_make_show(struct ctx *c, const struct expectation_how *how,
                               enum err (*show)(struct ctx *c, void *arg,
                                                const struct expectation_made *made),
                               void *arg, bool *ret_changed)
{
    struct showing s = { .show = show, .arg = arg };
    struct making *m;

    TRY(begin(c, how, c->today, &m));
    TRY(making_drop_old(c, m, &s.changed));
    TRY(each_list(c, m, true, write_list, &s));
    *ret_changed = s.changed;
    return OK;
}

enum err expectation_make(struct ctx *c, const struct expectation_how *how, bool *ret_changed)
{
    return expectation_make_show(c, how, NULL, NULL, ret_changed);
}

enum err expectation_show(struct ctx *c, const struct expectation_how *how, int32_t day,
                          enum err (*show)(struct ctx *c, void *arg, const struct expectation_made *made),
                          void *arg)
{
    struct showing s = { .show = show, .arg = arg };
    struct making *m;

    TRY(begin(c, how, day, &m));
    return each_list(c, m, false, show_list, &s);
}
