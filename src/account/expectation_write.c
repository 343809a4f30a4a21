// SPDX-License-Identifier: EUPL-1.2
/* Writes the expectation of a list: what changed. */
#include "account/expectation_making.h"
#include "base/text.h"
#include "store/sql.h"

enum { SIZE_WEEKS = 26 /* of the size of the list before today */ };

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
        n += making_has(m, i) && h->received[i].at <= day &&
             (h->started[i].at == TICK_NONE || h->started[i].at > day) &&
             (h->left[i].at == TICK_NONE || h->left[i].at > day) &&
             (h->lost == NULL || h->lost[i].at == TICK_NONE || h->lost[i].at > day);
    return n;
}

/* Every Monday of the half year before, and of the days that were followed. */
static enum err put_sizes(struct ctx *c, const struct making *m)
{
    int32_t first = 7 - (date_weekday(m->x.day) - 1), monday = making_monday(m->x.day);

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

enum err making_is_of_today(struct ctx *c, const struct making *m, bool *ret_today)
{
    struct sql_expectation_lists_row *list;
    bool today = false;
    size_t lists;

    TRY(sql_expectation_lists(c, &list, &lists));
    for (size_t i = 0; i < lists; i++)
        today = today || (list[i].list == m->list && list[i].day == m->x.day);
    *ret_today = today;
    return OK;
}

/* Whether the register says the same already, of the same day: then nothing is written. */
static enum err is_same(struct ctx *c, const struct making *m, bool *ret_same)
{
    struct sql_expected_of_list_row *was;
    bool today;
    size_t n;

    *ret_same = false;
    TRY(making_is_of_today(c, m, &today));
    TRY(sql_expected_of_list(c, m->list, &was, &n));
    bool same = today && n == m->n;
    for (size_t i = 0; same && i < n; i++)
        same = same_row(&was[i], &m->row[i]);
    *ret_same = same;
    return OK;
}

enum err making_write(struct ctx *c, struct making *m, bool *ret_changed)
{
    bool same;

    TRY(is_same(c, m, &same));
    if (same)
        return OK;
    *ret_changed = true;
    return db_tx(c, put_list, m);
}

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

enum err making_drop_old(struct ctx *c, struct making *m, bool *ret_changed)
{
    struct sql_expectation_lists_row *list;
    bool any = false;
    size_t n;

    TRY(sql_expectation_lists(c, &list, &n));
    for (size_t i = 0; i < n; i++)
        any = any || (list[i].list == LIST_CITY) != m->all.order.shared;
    *ret_changed = any;
    return any ? db_tx(c, drop_others, m) : OK;
}
