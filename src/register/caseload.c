// SPDX-License-Identifier: EUPL-1.2
#include "register/caseload.h"

#include "base/date.h"
#include "base/text.h"
#include "register/batch.h"
#include "register/clock.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

#include <stdlib.h>

#define EVENTS_MAX 1000 /* of one case */
#define TELL_DAYS 90    /* later nobody needs to be told any more */

/* ── What the events of a case say ────────────────────────────────────────────────────────────────────────
 */

static bool is_contact(enum kind kind)
{
    return kind == KIND_CALL_REACHED || kind == KIND_FIRST_TALK || kind == KIND_TALK ||
           kind == KIND_PLAN_AGREED || kind == KIND_EVALUATED;
}

static bool starts_review(enum kind kind)
{
    return kind == KIND_PLAN_AGREED || kind == KIND_HELP_STARTED || kind == KIND_EVALUATED ||
           kind == KIND_CONTINUED;
}

/* What comes next: the earliest appointment from today on; else looking back together, at the agreed day or
 * so many days after the last time; before the first talk: that. */
static void next_of(const struct ctx *c, const struct config *k, const struct event *e, size_t n,
                    struct case_row *row)
{
    int32_t appointment = DAY_NONE, review = DAY_NONE;

    for (size_t i = 0; i < n; i++) {
        if (e[i].undone)
            continue;
        if (is_contact(e[i].kind))
            row->contact = time_nl_day(e[i].occurred_at);
        if (e[i].kind == KIND_APPOINTMENT && e[i].until >= c->now &&
            (appointment == DAY_NONE || time_nl_day(e[i].until) < appointment))
            appointment = time_nl_day(e[i].until);
        if (starts_review(e[i].kind))
            review = e[i].until != TIME_NONE ? time_nl_day(e[i].until)
                                             : time_nl_day(e[i].occurred_at) + k->review_days;
    }
    row->next = appointment;
    row->next_kind = NEXT_APPOINTMENT;
    if (appointment == DAY_NONE && state_waits(row->state)) {
        struct standing s = { .waiting = true,
                              .urgency = row->urgency,
                              .received_at = row->received_at,
                              .heard_at = row->received_at,
                              .paused_at = TIME_NONE,
                              .started_at = TIME_NONE,
                              .ended_at = TIME_NONE };
        row->next = clocks_of(k, &s, c->now).norm_day;
        row->next_kind = row->accepted ? NEXT_FIRST_TALK : NEXT_ACCEPT;
    } else if (appointment == DAY_NONE) {
        review = row->review != DAY_NONE ? row->review : review;
        row->next = review;
        row->next_kind = review == DAY_NONE ? NEXT_NONE : NEXT_REVIEW;
    }
}

/* Events come by request; the rows stand in another order. */
struct reading {
    const struct config *k;
    struct case_row *row;
    size_t rows, n;
    int64_t request;
    struct event event[EVENTS_MAX];
};

static void finish(const struct ctx *c, struct reading *g)
{
    struct standing s;

    if (g->n == 0)
        return;
    standing_replay(g->event, g->n, &s);
    for (size_t i = 0; i < g->rows; i++)
        if (g->row[i].id == g->request)
            next_of(c, g->k, g->event, g->n, &g->row[i]);
    g->n = 0;
}

static enum err take_event(struct ctx *c, void *arg, const struct sql_caseload_events_row *r)
{
    struct reading *g = arg;
    struct event e = EVENT_NONE;

    if (r->request != g->request)
        finish(c, g);
    g->request = r->request;
    TRY(kind_read(c, r->kind, &e.kind));
    e.seq = r->seq;
    e.occurred_at = r->occurred_at;
    e.worker = r->worker;
    e.number = r->number;
    e.object = r->object;
    e.until = r->until;
    if (g->n < EVENTS_MAX)
        g->event[g->n++] = e;
    return OK;
}

static enum err take_case(struct ctx *c, const struct sql_caseload_cases_row *r, struct case_row *row)
{
    *row = (struct case_row){ .id = r->request,
                              .version = r->version,
                              .person = r->person,
                              .worker = r->worker,
                              .team = r->team,
                              .weight = r->weight,
                              .urgency = r->urgency,
                              .accepted = r->accepted,
                              .received_at = r->received_at,
                              .contact = DAY_NONE,
                              .next = DAY_NONE,
                              .review = r->evaluate_on };
    request_number(r->request, time_nl_day(r->received_at), row->number);
    if (!state_find(r->state, &row->state))
        return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), r->state);
    return OK;
}

static enum err names_fill(struct ctx *c, struct case_row *row, size_t n)
{
    int64_t *person;
    const char **name;

    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++)
        row[i].name = name[i];
    return OK;
}

/* What should have happened already stands first, what has no day last. */
static int by_next(const void *pa, const void *pb)
{
    const struct case_row *a = pa, *b = pb;
    int64_t da = a->next == DAY_NONE ? INT32_MAX : a->next, db = b->next == DAY_NONE ? INT32_MAX : b->next;

    if (a->shared != b->shared)
        return a->shared ? 1 : -1;
    if (da != db)
        return da < db ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

/* ── One worker ───────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_worker(struct ctx *c, int64_t worker, struct worker *ret_worker)
{
    struct worker w;
    const struct actor *a;

    TRY(may(c, RIGHT_CASE));
    a = c->actor;
    TRY(worker_read(c, worker, &w));
    bool lead = role_may(a->role, RIGHT_ALLOCATE) && (a->team == INT_NONE || a->team == w.f.team);
    if (!lead && a->worker != worker)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this worker."));
    *ret_worker = w;
    return OK;
}

/* The own rows, then those in which the worker takes part. */
static enum err rows_read(struct ctx *c, int64_t worker, struct caseload *l, struct case_row **ret_row)
{
    struct sql_caseload_cases_row *own, *shared;
    struct case_row *row;
    size_t n, m;

    TRY(sql_caseload_cases(c, worker, &own, &n));
    TRY(sql_caseload_shared(c, worker, &shared, &m));
    TRY(ctx_alloc(c, n + m + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < n; i++)
        TRY(take_case(c, &own[i], &row[i]));
    for (size_t i = 0; i < m; i++) {
        TRY(take_case(c, &shared[i], &row[n + i]));
        row[n + i].shared = true;
    }
    l->n = n + m;
    l->cases = (int64_t)n;
    *ret_row = row;
    return OK;
}

enum err caseload_read(struct ctx *c, int64_t worker, struct caseload *ret_caseload)
{
    struct caseload l = { 0 };
    struct case_row *row;
    struct reading *g;

    TRY(ctx_alloc(c, 1, sizeof *g, (void *)&g));
    TRY(config_get(c, &g->k));
    TRY(rows_read(c, worker, &l, &row));
    g->row = row;
    g->rows = l.n;
    TRY(sql_caseload_events_each(c, worker, take_event, g));
    finish(c, g);
    TRY(sql_caseload_shared_events_each(c, worker, take_event, g));
    finish(c, g);
    TRY(names_fill(c, row, l.n));
    for (size_t i = 0; i < l.n; i++)
        l.points += row[i].shared ? 0 : weight_points(g->k, row[i].weight);
    qsort(row, l.n, sizeof *row, by_next);
    l.row = row;
    *ret_caseload = l;
    return OK;
}

enum err caseload_get(struct ctx *c, int64_t worker, struct caseload *ret_caseload)
{
    const struct config *k;
    struct fte_book book;
    struct worker w;

    TRY(check_worker(c, worker, &w));
    TRY(config_get(c, &k));
    TRY(caseload_read(c, worker, ret_caseload));
    TRY(fte_book_read(c, c->today, c->today, &book));
    ret_caseload->room = room_of(k, &w, fte_of_worker(&book, worker, c->today));
    struct look look = { c->actor->account, "view", "caseload", worker };
    return read_log_add(c, &look);
}

/* ── A team ───────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err late_count(struct ctx *c, const struct config *k, int64_t team, struct caseload_line *line,
                           size_t n)
{
    struct sql_caseload_cases_row *row;
    struct case_row *at;
    struct reading *g;
    size_t rows;

    TRY(sql_caseload_team_cases(c, team, &row, &rows));
    TRY(ctx_alloc(c, rows + 1, sizeof *at, (void *)&at));
    for (size_t i = 0; i < rows; i++)
        TRY(take_case(c, &row[i], &at[i]));
    TRY(ctx_alloc(c, 1, sizeof *g, (void *)&g));
    g->k = k;
    g->row = at;
    g->rows = rows;
    TRY(sql_caseload_team_events_each(c, team, take_event, g));
    finish(c, g);
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < n; j++)
            line[j].late +=
                line[j].worker.id == at[i].worker && at[i].next != DAY_NONE && at[i].next < c->today;
    return OK;
}

static bool absent_now(const struct fte_book *b, int64_t worker, int32_t today)
{
    for (size_t i = 0; i < b->absences; i++)
        if (b->absence[i].worker == worker && absence_covers(&b->absence[i], today, today))
            return true;
    return false;
}

enum err caseload_team(struct ctx *c, int64_t team, struct caseload_line **ret_line, size_t *ret_n)
{
    const struct config *k;
    struct fte_book book;
    struct load *load;
    struct caseload_line *line;
    size_t loads, n = 0;

    TRY(may(c, RIGHT_ALLOCATE));
    if (c->actor->role == ROLE_TEAM_LEAD && c->actor->team != INT_NONE && c->actor->team != team)
        return FAIL(E_NOT_FOUND, "%s", _("This team is not yours."));
    TRY(config_get(c, &k));
    TRY(fte_book_read(c, c->today, c->today, &book));
    TRY(load_read(c, k, &load, &loads));
    TRY(ctx_alloc(c, book.workers + 1, sizeof *line, (void *)&line));
    for (size_t i = 0; i < book.workers; i++) {
        const struct worker *w = &book.worker[i];
        struct load l = load_of(load, loads, w->id);
        if (w->f.team != team || (l.cases == 0 && !worker_serves(&w->f, c->today)))
            continue;
        int64_t fte = fte_of_worker(&book, w->id, c->today);
        line[n++] = (struct caseload_line){ .worker = *w,
                                            .cases = l.cases,
                                            .points = l.points,
                                            .room = room_of(k, w, fte),
                                            .fte = fte,
                                            .absent = absent_now(&book, w->id, c->today) };
    }
    TRY(late_count(c, k, team, line, n));
    *ret_line = line;
    *ret_n = n;
    return OK;
}

enum err caseload_left(struct ctx *c, int64_t team, int64_t **ret_request, size_t *ret_n)
{
    struct sql_caseload_left_row *row;
    int64_t *id;
    size_t n;

    TRY(may(c, RIGHT_ALLOCATE));
    TRY(sql_caseload_left(c, team, c->today, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *id, (void *)&id));
    for (size_t i = 0; i < n; i++)
        id[i] = row[i].request;
    *ret_request = id;
    *ret_n = n;
    return OK;
}

/* ── Telling residents ────────────────────────────────────────────────────────────────────────────────────
 */

enum err caseload_to_tell(struct ctx *c, struct to_tell **ret_row, size_t *ret_n)
{
    struct sql_caseload_to_tell_row *row;
    struct to_tell *t;
    int64_t *person;
    const char **name;
    size_t n;

    TRY(may(c, RIGHT_CASE));
    TRY(sql_caseload_to_tell(c, c->now - (int64_t)TELL_DAYS * SECONDS_A_DAY, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *t, (void *)&t));
    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, n, &name));
    for (size_t i = 0; i < n; i++) {
        t[i] = (struct to_tell){ .id = row[i].request,
                                 .worker = row[i].worker,
                                 .changed_at = row[i].changed_at,
                                 .name = name[i],
                                 .worker_name = row[i].worker_name };
        request_number(t[i].id, time_nl_day(row[i].received_at), t[i].number);
    }
    struct look look = { c->actor->account, "view", "to_tell", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_row = t;
    *ret_n = n;
    return OK;
}

struct telling {
    const int64_t *request;
    size_t n;
    int64_t batch;
};

static enum err told(struct ctx *c, void *arg)
{
    struct telling *t = arg;

    TRY(batch_begin(c, "told", &t->batch));
    for (size_t i = 0; i < t->n; i++) {
        struct request_change ch = { .id = { t->request[i] }, .version = -1, .e = EVENT_NONE };
        struct sql_request_get_row row;
        TRY(sql_request_get(c, t->request[i], &row));
        ch.version = row.version;
        ch.e.kind = KIND_INFORMED;
        ch.e.occurred_at = c->now;
        ch.e.reason = "worker";
        TRY(request_change(c, &ch));
        TRY(batch_put(c, t->batch, t->request[i], row.version + 1));
    }
    return OK;
}

enum err caseload_told(struct ctx *c, const int64_t *request, size_t n, int64_t *ret_batch)
{
    struct telling t = { .request = request, .n = n };

    TRY(may(c, RIGHT_CASE));
    if (n == 0)
        return FAIL_FIELD("id", "%s", _("First choose one or more residents."));
    TRY(db_tx(c, told, &t));
    *ret_batch = t.batch;
    return OK;
}
