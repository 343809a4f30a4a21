// SPDX-License-Identifier: EUPL-1.2
#include "register/urgent.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "store/memo.h"
#include "store/read_log.h"
#include "store/sql.h"

#define OPEN_MAX 500 /* as in urgent.sql */

/* `minutes` of office hours after `since`. */
static int64_t after_office_minutes(const struct config *k, int64_t since, int64_t minutes)
{
    int32_t day = time_nl_day(since);
    int64_t from = since, left = minutes * 60;

    for (int i = 0; i < 60; i++, day++) {
        int64_t open = time_of_nl_day(day, k->urgent.office_from * 60);
        int64_t close = time_of_nl_day(day, k->urgent.office_to * 60);
        if (!calendar_is_working(&k->calendar, day) || from >= close)
            continue;
        int64_t begin = from > open ? from : open;
        if (begin + left <= close)
            return begin + left;
        left -= close - begin;
    }
    return since + minutes * 60; /* no office hours are set */
}

int64_t urgent_due(const struct config *k, int64_t since)
{
    int64_t office = after_office_minutes(k, since, k->urgent.minutes);
    int64_t day_ends = time_of_nl_day(time_nl_day(since) + 1, 0) - 1;
    int64_t at_least = since + (int64_t)k->urgent.minutes * 60;

    if (day_ends < at_least) /* nobody can do it in the last minutes of the day */
        day_ends = at_least;
    return office < day_ends ? office : day_ends;
}

static enum err take(struct ctx *c, const struct config *k, const struct sql_urgent_all_row *r,
                     const char *name, struct urgent *u)
{
    *u = (struct urgent){ .id = r->request,
                          .name = name,
                          .team = config_team_name(k, r->team),
                          .worker_name = r->worker_name != NULL ? r->worker_name : "",
                          .neighbourhood = config_neighbourhood_name(k, r->neighbourhood),
                          .team_id = r->team,
                          .worker = r->worker,
                          .version = r->version,
                          .since = r->urgent_at,
                          .due = urgent_due(k, r->urgent_at),
                          .protected_at = r->protected_at };
    int64_t stop = r->protected_at != TIME_NONE ? r->protected_at : c->now;

    u->minutes = (stop - u->since) / 60;
    u->late = stop > u->due;
    request_number(r->request, time_nl_day(r->received_at), u->number);
    if (!state_find(r->state, &u->state))
        return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), r->state);
    return OK;
}

enum err urgent_list(struct ctx *c, const struct urgent **ret_urgent, size_t *ret_n)
{
    struct sql_urgent_all_row *row;
    const struct config *k;
    struct urgent *u;
    int64_t *person;
    const char **name;
    size_t n, at = 0;

    TRY(may(c, RIGHT_WAITING_LIST));
    TRY(config_get(c, &k));
    TRY(sql_urgent_all(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *u, (void *)&u));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (int done = 0; done < 2; done++) /* without an action first */
        for (size_t i = 0; i < n; i++)
            if ((row[i].protected_at != TIME_NONE) == (done == 1))
                TRY(take(c, k, &row[i], name[i], &u[at++]));
    struct look look = { c->actor->account, "list", "urgent", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_urgent = u;
    *ret_n = n;
    return OK;
}

struct open_list {
    size_t n;
    struct {
        int64_t request, since;
    } at[OPEN_MAX];
};

/* Kept until something is written: every page asks. */
static enum err read_open(struct ctx *c, struct open_list *list)
{
    struct memo kept = { "urgent_open", c->scope, sizeof *c->scope, list, sizeof *list, false };
    struct sql_urgent_open_row *row;
    size_t n;

    if (memo_get(c, &kept))
        return OK;
    TRY(sql_urgent_open(c, &row, &n));
    list->n = n < OPEN_MAX ? n : OPEN_MAX;
    for (size_t i = 0; i < list->n; i++) {
        list->at[i].request = row[i].request;
        list->at[i].since = row[i].urgent_at;
    }
    memo_put(c, &kept);
    return OK;
}

enum err urgent_alarm(struct ctx *c, struct urgent_alarm *ret_alarm)
{
    struct urgent_alarm a = { .first = INT_NONE };
    struct open_list *list;
    const struct config *k;

    *ret_alarm = a;
    if (c->actor == NULL || !role_may(c->actor->role, RIGHT_TRIAGE))
        return OK;
    TRY(config_get(c, &k));
    TRY(ctx_alloc(c, 1, sizeof *list, (void *)&list));
    TRY(read_open(c, list));
    a.open = (int64_t)list->n;
    for (size_t i = 0; i < list->n; i++) {
        int64_t past = c->now - urgent_due(k, list->at[i].since);
        if (past <= 0)
            continue;
        a.late++;
        if (a.first == INT_NONE || past / 60 > a.minutes) {
            a.first = list->at[i].request;
            a.minutes = past / 60;
        }
    }
    *ret_alarm = a;
    return OK;
}

/* An action is typed to the minute: what was known within that minute came before it. */
static int64_t after_the_minute(const struct standing *now, int64_t at)
{
    const int64_t known[] = { now->received_at, now->urgent_at };
    int64_t later = at;

    for (size_t i = 0; i < COUNT(known); i++)
        if (known[i] != TIME_NONE && known[i] > later && known[i] < at + 60)
            later = known[i];
    return later;
}

static enum err protect(struct ctx *c, void *arg)
{
    const struct protect_form *f = arg;
    struct request r;
    struct request_change done = {
        .id = f->request, .version = f->version, .e = EVENT_NONE, .note = f->what
    };
    struct request_change given = { .id = f->request, .version = -1, .e = EVENT_NONE };

    done.e.kind = KIND_PROTECTED;
    TRY(request_get(c, f->request, &r));
    done.e.occurred_at = f->at != TIME_NONE ? after_the_minute(&r.now, f->at) : c->now;
    TRY(request_change(c, &done));
    if (f->worker == INT_NONE)
        return OK;
    given.e.kind = KIND_ALLOCATED;
    given.e.occurred_at = c->now;
    given.e.worker = f->worker;
    return request_change(c, &given);
}

enum err urgent_protect(struct ctx *c, const struct protect_form *f)
{
    struct protect_form copy = *f;

    TRY(may(c, RIGHT_TRIAGE));
    if (text_empty(f->what))
        return FAIL_FIELD("what", "%s", _("Write down what was done to protect the resident."));
    if (f->at != TIME_NONE && f->at > c->now + 60)
        return FAIL_FIELD("at", "%s", _("This date is in the future."));
    return db_tx(c, protect, &copy);
}

enum err urgent_workers(struct ctx *c, int64_t team, struct urgent_worker **ret_worker, size_t *ret_n)
{
    struct sql_worker_all_row *row;
    struct urgent_worker *w;
    size_t rows, n = 0;

    TRY(may(c, RIGHT_ALLOCATE));
    TRY(sql_worker_all(c, &row, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *w, (void *)&w));
    for (size_t i = 0; i < rows; i++)
        if (team == INT_NONE || row[i].team == team)
            w[n++] = (struct urgent_worker){ row[i].id, row[i].name };
    *ret_worker = w;
    *ret_n = n;
    return OK;
}
