// SPDX-License-Identifier: EUPL-1.2
#include "register/waiting_list.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "store/memo.h"
#include "store/read_log.h"
#include "store/sql.h"

#include <string.h>

#define SOON_DAYS 2 /* the call list shows who must be called within two days */

static enum err fill(struct ctx *c, const struct config *k, const struct sql_waiting_by_order_row *r,
                     const char *name, struct waiting *w)
{
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
                           .urgency = r->urgency,
                           .attempts = r->attempts,
                           .received_at = r->received_at,
                           .listed = r->listed };
    if (!state_find(r->state, &w->state))
        return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), r->state);
    request_number(r->request, r->received_at, w->number);
    w->clocks = clocks_of(k, &s, c->now);
    return OK;
}

static enum err fill_all(struct ctx *c, const struct config *k, const struct sql_waiting_by_order_row *r,
                         size_t n, struct waiting_page *p)
{
    struct waiting *w;
    int64_t *person;
    const char **name;

    TRY(ctx_alloc(c, n + 1, sizeof *w, (void *)&w));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = r[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++)
        TRY(fill(c, k, &r[i], name[i], &w[i]));
    p->row = w;
    p->n = n;
    return OK;
}

static int64_t to_call_before(const struct ctx *c, const struct config *k)
{
    return time_of_nl_day(c->today - k->contact_days + SOON_DAYS + 1, 0);
}

/* The part of the list as bounds on two dates. */
static void set_part(const struct ctx *c, const struct config *k, enum waiting_part part,
                     struct sql_waiting_by_order_args *a)
{
    bool over = part == WAITING_OVER_NORM;

    a->heard_before = part == WAITING_TO_CALL ? to_call_before(c, k) : TIME_NONE;
    a->listed = part == WAITING_LISTED;
    a->over_emergency = over ? clock_norm_cutoff(k, URGENCY_EMERGENCY, c->today) : TIME_NONE;
    a->over_soon = over ? clock_norm_cutoff(k, URGENCY_SOON, c->today) : TIME_NONE;
    a->over_normal = over ? clock_norm_cutoff(k, URGENCY_NORMAL, c->today) : TIME_NONE;
    a->over_later = over ? clock_norm_cutoff(k, URGENCY_LATER, c->today) : TIME_NONE;
}

static enum err read_rows(struct ctx *c, enum waiting_sort sort, const struct sql_waiting_by_order_args *a,
                          struct sql_waiting_by_order_row **ret_row, size_t *ret_n)
{
    switch (sort) {
    case WAITING_BY_RECEIVED:
        return sql_waiting_by_received(c, a, ret_row, ret_n);
    case WAITING_BY_NEWEST:
        return sql_waiting_by_newest(c, a, ret_row, ret_n);
    case WAITING_BY_HEARD:
        return sql_waiting_by_heard(c, a, ret_row, ret_n);
    default:
        return a->team != INT_NONE ? sql_waiting_team_by_order(c, a, ret_row, ret_n)
                                   : sql_waiting_by_order(c, a, ret_row, ret_n);
    }
}

/* Counting walks the whole list, so the counts are kept until something is written. */
struct counts_key {
    struct sql_waiting_counts_args args;
    struct scope scope;
};

static enum err count_parts(struct ctx *c, const struct config *k, const struct waiting_filter *f,
                            struct waiting_page *p)
{
    struct counts_key key;
    struct sql_waiting_counts_row row;

    memset(&key, 0, sizeof key);
    key.args = (struct sql_waiting_counts_args){ f->team,
                                                 f->neighbourhood,
                                                 f->urgency,
                                                 to_call_before(c, k),
                                                 clock_norm_cutoff(k, URGENCY_EMERGENCY, c->today),
                                                 clock_norm_cutoff(k, URGENCY_SOON, c->today),
                                                 clock_norm_cutoff(k, URGENCY_NORMAL, c->today),
                                                 clock_norm_cutoff(k, URGENCY_LATER, c->today) };
    key.scope = *c->scope;
    struct memo memo = { "waiting_counts", &key, sizeof key, &row, sizeof row };
    if (!memo_get(c, &memo)) {
        TRY(sql_waiting_counts(c, &key.args, &row));
        memo_put(c, &memo);
    }
    p->part[WAITING_ALL] = row.all_n;
    p->part[WAITING_TO_CALL] = row.to_call;
    p->part[WAITING_LISTED] = row.listed;
    p->part[WAITING_OVER_NORM] = row.over_norm;
    return OK;
}

enum err waiting_list_get(struct ctx *c, const struct waiting_filter *f, struct waiting_page *ret_page)
{
    struct waiting_page p = { 0 };
    struct sql_waiting_by_order_row *row;
    const struct config *k;
    size_t n;

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(config_get(c, &k));
    int64_t page = f->page > 1 && f->page < 100000 ? f->page : 1;
    struct sql_waiting_by_order_args a = { .team = f->team,
                                           .neighbourhood = f->neighbourhood,
                                           .urgency = f->urgency,
                                           .max = WAITING_PAGE,
                                           .skip = (page - 1) * WAITING_PAGE };
    if (a.team == INT_NONE && c->scope->all == 0 && c->scope->worker == INT_NONE)
        a.team = c->scope->team; /* the same rows, along the index of the team */
    set_part(c, k, f->part, &a);
    TRY(read_rows(c, f->sort, &a, &row, &n));
    TRY(fill_all(c, k, row, n, &p));
    TRY(count_parts(c, k, f, &p));
    p.total = p.part[f->part];
    p.pages = (p.total + WAITING_PAGE - 1) / WAITING_PAGE;
    struct look look = { c->actor->account, "list", "waiting_list", page };
    TRY(read_log_add(c, &look));
    *ret_page = p;
    return OK;
}

enum err waiting_list_of(struct ctx *c, const struct person_match *match, size_t n,
                         struct waiting_page *ret_page)
{
    struct sql_waiting_by_order_row all[PERSON_MATCHES];
    struct waiting_page p = { 0 };
    const struct config *k;
    size_t found = 0;

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(config_get(c, &k));
    for (size_t i = 0; i < n; i++) {
        struct sql_waiting_by_order_row *row;
        size_t rows;
        TRY(sql_waiting_person(c, match[i].person, &row, &rows));
        for (size_t j = 0; j < rows && found < COUNT(all); j++)
            all[found++] = row[j];
    }
    TRY(fill_all(c, k, all, found, &p));
    p.total = (int64_t)found;
    p.pages = 1;
    struct look look = { c->actor->account, "search", "waiting_list", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_page = p;
    return OK;
}
