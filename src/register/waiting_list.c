// SPDX-License-Identifier: EUPL-1.2
#include "register/waiting_list.h"

#include "base/date.h"
#include "base/text.h"
#include "register/call_round.h"
#include "register/list_order.h"
#include "register/right.h"
#include "register/waiting_core.h"
#include "store/memo.h"
#include "store/read_log.h"
#include "store/sql.h"

#include <assert.h>

static_assert(PERSON_MATCHES <= WAITING_PAGE, "what a search finds fits on a page");

/* A row of the list without texts, as it is kept in memory. */
struct row {
    int64_t request, person, version, urgency, team, neighbourhood, worker, attempts, received_at, heard_at,
        paused_at, paused_until, call_at;
    enum state state;
    enum bridge_state bridged;
    bool listed, wmo;
    char bridge[24];
};
struct rows {
    size_t n;
    struct row at[WAITING_PAGE];
};

static enum err take_row(struct ctx *c, const struct sql_waiting_by_order_row *r, struct row *row)
{
    *row = (struct row){ .request = r->request,
                         .person = r->person,
                         .version = r->version,
                         .urgency = r->urgency,
                         .team = r->team,
                         .neighbourhood = r->neighbourhood,
                         .worker = r->worker,
                         .attempts = r->attempts,
                         .received_at = r->received_at,
                         .heard_at = r->heard_at,
                         .paused_at = r->paused_at,
                         .paused_until = r->paused_until,
                         .call_at = r->call_at,
                         .listed = r->listed,
                         .wmo = r->wmo,
                         .bridged = (enum bridge_state)r->bridged };
    text_copy(row->bridge, sizeof row->bridge, r->bridge != NULL ? r->bridge : "");
    if (!state_find(r->state, &row->state))
        return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), r->state);
    return OK;
}

static int32_t day_of(int64_t time)
{
    return time != TIME_NONE ? time_nl_day(time) : DAY_NONE;
}

static void fill(const struct ctx *c, const struct config *k, const struct row *r, const char *name,
                 struct waiting *w)
{
    struct turn_facts facts = { r->request, r->urgency, r->received_at, r->wmo };
    struct standing s = { .waiting = true,
                          .urgency = r->urgency,
                          .received_at = r->received_at,
                          .heard_at = r->heard_at,
                          .paused_at = r->paused_at,
                          .started_at = TIME_NONE,
                          .ended_at = TIME_NONE };

    *w = (struct waiting){ .id = r->request,
                           .name = name,
                           .team = config_team_name(k, r->team),
                           .neighbourhood = config_neighbourhood_name(k, r->neighbourhood),
                           .state = r->state,
                           .version = r->version,
                           .urgency = r->urgency,
                           .attempts = r->attempts,
                           .received_at = r->received_at,
                           .worker = r->worker,
                           .listed = r->listed,
                           .wmo = r->wmo,
                           .rank = turn_of(k, &facts, c->today).rank,
                           .parked = r->paused_at != TIME_NONE ? day_of(r->paused_until) : DAY_NONE,
                           .call_on = day_of(r->call_at),
                           .bridge = r->bridge[0] != '\0' ? r->bridge : NULL,
                           .bridged = r->bridged,
                           .clocks = clocks_of(k, &s, c->now) };
    w->again = w->parked != DAY_NONE && w->parked <= c->today;
    request_number(r->request, w->clocks.asked_day, w->number);
}

static enum err fill_all(struct ctx *c, const struct config *k, const struct row *row, size_t n,
                         struct waiting_page *p)
{
    struct waiting *w;
    int64_t *person;
    const char **name;

    TRY(ctx_alloc(c, n + 1, sizeof *w, (void *)&w));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++)
        fill(c, k, &row[i], name[i], &w[i]);
    p->row = w;
    p->n = n;
    return OK;
}

void waiting_bounds(const struct ctx *c, const struct config *k, const struct waiting_filter *f,
                    struct sql_waiting_by_order_args *ret_args)
{
    bool over = f->part == WAITING_OVER_NORM, call = f->part == WAITING_TO_CALL;
    struct call_bounds due = call_bounds_of(k, c->today);
    struct sql_waiting_by_order_args a = {
        .team = f->team,
        .neighbourhood = f->neighbourhood,
        .urgency = f->urgency,
        .heard_before = call ? due.heard_before : TIME_NONE,
        .call_before = call ? due.call_before : TIME_NONE,
        .listed = f->part == WAITING_LISTED,
        .parked = f->part == WAITING_PARKED,
        .over_emergency = over ? clock_norm_cutoff(k, URGENCY_EMERGENCY, c->today) : TIME_NONE,
        .over_soon = over ? clock_norm_cutoff(k, URGENCY_SOON, c->today) : TIME_NONE,
        .over_normal = over ? clock_norm_cutoff(k, URGENCY_NORMAL, c->today) : TIME_NONE,
        .over_later = over ? clock_norm_cutoff(k, URGENCY_LATER, c->today) : TIME_NONE,
    };

    if (a.team == INT_NONE && c->scope->all == 0 && c->scope->worker == INT_NONE && c->scope->office == 0)
        a.team = c->scope->team; /* the same rows, along the index of the team */
    *ret_args = a;
}

static enum err select_rows(struct ctx *c, enum waiting_sort sort, const struct sql_waiting_by_order_args *a,
                            struct sql_waiting_by_order_row **ret_row, size_t *ret_n)
{
    switch (sort) {
    case WAITING_BY_NEWEST:
        return sql_waiting_by_newest(c, a, ret_row, ret_n);
    case WAITING_BY_HEARD:
        return sql_waiting_by_heard(c, a, ret_row, ret_n);
    default:
        return sql_waiting_by_order(c, a, ret_row, ret_n);
    }
}

/* In the order of turns: first who, then their rows. */
static enum err read_turns(struct ctx *c, const struct waiting_filter *f, int64_t skip, int64_t max,
                           struct row *ret_row, size_t *ret_n)
{
    int64_t *id;
    size_t n, done = 0;

    TRY(waiting_order_get(c, f, (size_t)skip, (size_t)max, &id, &n));
    for (size_t i = 0; i < n; i++) {
        struct sql_waiting_by_order_row *row;
        size_t found;
        TRY(sql_waiting_one(c, id[i], &row, &found));
        if (found == 1)
            TRY(take_row(c, &row[0], &ret_row[done++]));
    }
    *ret_n = done;
    return OK;
}

static enum err read_rows(struct ctx *c, const struct config *k, const struct waiting_filter *f, int64_t skip,
                          int64_t max, struct row *ret_row, size_t *ret_n)
{
    struct sql_waiting_by_order_row *row;
    struct sql_waiting_by_order_args a;
    size_t n;

    if (f->sort == WAITING_BY_ORDER)
        return read_turns(c, f, skip, max, ret_row, ret_n);
    waiting_bounds(c, k, f, &a);
    a.max = max;
    a.skip = skip;
    TRY(select_rows(c, f->sort, &a, &row, &n));
    for (size_t i = 0; i < n; i++)
        TRY(take_row(c, &row[i], &ret_row[i]));
    *ret_n = n;
    return OK;
}

static enum err count_now(struct ctx *c, const struct config *k, const struct waiting_filter *f,
                          struct sql_waiting_counts_row *ret_row)
{
    struct call_bounds due = call_bounds_of(k, c->today);
    struct sql_waiting_counts_args a = { .team = f->team,
                                         .neighbourhood = f->neighbourhood,
                                         .urgency = f->urgency,
                                         .heard_before = due.heard_before,
                                         .call_before = due.call_before,
                                         .over_emergency = clock_norm_cutoff(k, URGENCY_EMERGENCY, c->today),
                                         .over_soon = clock_norm_cutoff(k, URGENCY_SOON, c->today),
                                         .over_normal = clock_norm_cutoff(k, URGENCY_NORMAL, c->today),
                                         .over_later = clock_norm_cutoff(k, URGENCY_LATER, c->today),
                                         .again_before = due.call_before };

    return sql_waiting_counts(c, &a, ret_row);
}

/* Rows and counts are kept until something is written: colleagues look at the same list all day, and counting
 * walks all of it. The key is all that they depend on beside the register. */
struct list_key {
    int64_t team, neighbourhood, urgency, part, sort, page, today;
    uint64_t config;
    struct scope scope;
};

static enum err rows_and_counts(struct ctx *c, const struct config *k, const struct waiting_filter *f,
                                struct rows *rows, struct sql_waiting_counts_row *counts)
{
    struct list_key key = { f->team, f->neighbourhood, f->urgency,     f->part,  f->sort,
                            f->page, c->today,         k->fingerprint, *c->scope };
    struct memo list = { "waiting_rows", &key, sizeof key, rows, sizeof *rows, false };

    if (!memo_get(c, &list)) {
        TRY(read_rows(c, k, f, (f->page - 1) * WAITING_PAGE, WAITING_PAGE, rows->at, &rows->n));
        memo_put(c, &list);
    }
    key.part = key.sort = key.page = 0; /* the counts are the same for all of these */
    struct memo count = { "waiting_counts", &key, sizeof key, counts, sizeof *counts, false };
    if (!memo_get(c, &count)) {
        TRY(count_now(c, k, f, counts));
        memo_put(c, &count);
    }
    return OK;
}

enum err waiting_list_get(struct ctx *c, const struct waiting_filter *f, struct waiting_page *ret_page)
{
    struct waiting_filter filter = *f;
    struct waiting_page p = { 0 };
    struct sql_waiting_counts_row counts;
    struct rows *rows;
    const struct config *k;

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, 1, sizeof *rows, (void *)&rows));
    if (filter.page < 1 || filter.page >= 100000)
        filter.page = 1;
    TRY(rows_and_counts(c, k, &filter, rows, &counts));
    TRY(fill_all(c, k, rows->at, rows->n, &p));
    p.part[WAITING_ALL] = counts.all_n;
    p.part[WAITING_TO_CALL] = counts.to_call;
    p.part[WAITING_LISTED] = counts.listed;
    p.part[WAITING_OVER_NORM] = counts.over_norm;
    p.part[WAITING_PARKED] = counts.parked;
    p.again = counts.again;
    p.total = p.part[f->part];
    p.pages = (p.total + WAITING_PAGE - 1) / WAITING_PAGE;
    struct look look = { c->actor->account, "list", "waiting_list", filter.page };
    TRY(read_log_add(c, &look));
    *ret_page = p;
    return OK;
}

enum err waiting_list_more(struct ctx *c, const struct waiting_filter *f, int64_t skip,
                           struct waiting_page *ret_page)
{
    struct waiting_page p = { 0 };
    const struct config *k;
    struct row *row;
    size_t n;

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(may(c, RIGHT_EXPORT));
    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, WAITING_MORE, sizeof *row, (void *)&row));
    TRY(read_rows(c, k, f, skip, WAITING_MORE, row, &n));
    TRY(fill_all(c, k, row, n, &p));
    *ret_page = p;
    return OK;
}

enum err waiting_list_of(struct ctx *c, const struct person_match *match, size_t n,
                         struct waiting_page *ret_page)
{
    struct waiting_page p = { 0 };
    struct rows found = { 0 };
    const struct config *k;

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(config_get(c, &k));
    for (size_t i = 0; i < n; i++) {
        struct sql_waiting_by_order_row *row;
        size_t rows;
        TRY(sql_waiting_person(c, match[i].person, &row, &rows));
        for (size_t j = 0; j < rows && found.n < PERSON_MATCHES; j++)
            TRY(take_row(c, &row[j], &found.at[found.n++]));
    }
    TRY(fill_all(c, k, found.at, found.n, &p));
    p.total = (int64_t)found.n;
    p.pages = 1;
    struct look look = { c->actor->account, "search", "waiting_list", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_page = p;
    return OK;
}
