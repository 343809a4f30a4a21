// SPDX-License-Identifier: EUPL-1.2
#include "register/plan.h"

#include "base/date.h"
#include "base/text.h"
#include "register/course.h"
#include "register/event.h"
#include "store/sql.h"
#include "store/vault.h"

#include <stdio.h>

const struct code_name goal_people[] = {
    { "resident", N_("The resident") },    { "child", N_("A child") },
    { "partner", N_("The partner") },      { "household", N_("The whole household") },
    { "carer", N_("The informal carer") },
};
const size_t goal_people_count = COUNT(goal_people);
/* ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_goal(struct ctx *c, const struct plan_form *f, size_t i)
{
    const struct goal *g = &f->goal[i];
    char name[48];

    if (g->score != INT_NONE && (g->score < 1 || g->score > 10)) {
        snprintf(name, sizeof name, "score_%zu", i + 1);
        return FAIL_FIELD(name, "%s", _("Give a score from 1 to 10, or leave it empty."));
    }
    if (text_empty(g->for_whom)) {
        snprintf(name, sizeof name, "for_whom_%zu", i + 1);
        return FAIL_FIELD(name, "%s", _("Choose for whom this must become better."));
    }
    if (g->by != DAY_NONE && g->by < c->today - 3660) {
        snprintf(name, sizeof name, "by_%zu", i + 1);
        return FAIL_FIELD(name, "%s", _("This date is more than ten years ago."));
    }
    return OK;
}

static enum err check_plan(struct ctx *c, const struct plan_form *f, const struct request *r)
{
    int32_t started = time_nl_day(r->now.started_at);
    size_t goals = 0;

    for (size_t i = 0; i < f->goals; i++) {
        if (text_empty(f->goal[i].what))
            continue;
        TRY(check_goal(c, f, i));
        goals++;
    }
    if (goals == 0)
        return FAIL_FIELD("what_1", "%s", _("Write down at least one goal, in the words of the resident."));
    if (text_empty(f->main))
        return FAIL_FIELD("main_help", "%s", _("Choose which help is the most important."));
    if (f->evaluate_on == DAY_NONE)
        return FAIL_FIELD("evaluate_on", "%s", _("Fill in when you look back together."));
    if (f->evaluate_on <= started || f->evaluate_on > c->today + 730)
        return FAIL_FIELD("evaluate_on", "%s", _("Choose a day after the first talk and within two years."));
    if (f->agreed != DAY_NONE && (f->agreed > c->today || f->agreed < started))
        return FAIL_FIELD("agreed", "%s", _("Choose a day from the first talk up to today."));
    if (f->given != DAY_NONE && (f->given > c->today || f->given < started))
        return FAIL_FIELD("given", "%s", _("Choose a day from the first talk up to today."));
    return OK;
}

struct plan_saving {
    const struct plan_form *f;
    const struct request *r;
};

static enum err save_goals(struct ctx *c, const struct plan_saving *s, int64_t seq)
{
    struct sql_goal_last_row last;
    struct blob what, tasks;

    TRY(sql_goal_last(c, s->f->request.v, &last));
    for (size_t i = 0; i < s->f->goals; i++) {
        const struct goal *g = &s->f->goal[i];
        if (text_empty(g->what))
            continue;
        bool known = g->number >= 1 && g->number <= last.number;
        int64_t number = known ? g->number : ++last.number;
        TRY(note_seal(c, s->r->person, g->what, &what));
        TRY(note_seal(c, s->r->person, g->tasks, &tasks));
        struct sql_goal_insert_args row = {
            s->f->request.v, seq,  number, g->for_whom, g->by != DAY_NONE ? g->by : s->f->evaluate_on,
            g->score,        what, tasks
        };
        TRY(sql_goal_insert(c, &row));
    }
    return OK;
}

/* Someone asked for the plan in writing, and did not get it yet. */
static bool writing_asked(const struct event *event, size_t n)
{
    bool asked = false;

    for (size_t i = 0; i < n; i++)
        if (!event[i].undone && (event[i].kind == KIND_WRITTEN_ASKED || event[i].kind == KIND_WRITTEN_SENT))
            asked = event[i].kind == KIND_WRITTEN_ASKED;
    return asked;
}

static enum err answer_writing(struct ctx *c, struct request_id id, int64_t at)
{
    struct course k;
    int64_t seq;

    TRY(course_read(c, id.v, &k));
    if (!writing_asked(k.event, k.n))
        return OK;
    struct event e = event_now(c, KIND_WRITTEN_SENT, at, 0);
    return care_event_add(c, &(struct care_event){ id, -1, e, NULL }, &seq);
}

static enum err add_dated(struct ctx *c, const struct plan_saving *s, enum kind kind, int32_t day,
                          int64_t plan)
{
    struct event e;
    int64_t seq;

    if (day == DAY_NONE)
        return OK;
    e = event_now(c, kind, care_moment(c, day, s->r->now.started_at), 0);
    e.object = plan;
    TRY(care_event_add(c, &(struct care_event){ s->f->request, -1, e, NULL }, &seq));
    return kind == KIND_PLAN_GIVEN ? answer_writing(c, s->f->request, e.occurred_at) : OK;
}

static enum err save_plan(struct ctx *c, void *arg)
{
    const struct plan_saving *s = arg;
    const struct plan_form *f = s->f;
    /* written before it was agreed, also when both are typed afterwards */
    int32_t day = f->agreed != DAY_NONE ? f->agreed : c->today;
    struct event e = event_now(c, KIND_PLAN_WRITTEN, care_moment(c, day, s->r->now.started_at), 0);
    int64_t seq;

    TRY(care_event_add(c, &(struct care_event){ f->request, f->seen, e, NULL }, &seq));
    TRY(sql_plan_insert(c, f->request.v, seq, f->main, f->evaluate_on));
    TRY(save_goals(c, s, seq));
    TRY(add_dated(c, s, KIND_PLAN_AGREED, f->agreed, seq));
    TRY(add_dated(c, s, KIND_PLAN_GIVEN, f->given, seq));
    return care_store(c, f->request.v);
}

static enum err open_helped(struct ctx *c, struct request_id id, struct request *ret_r)
{
    TRY(care_open(c, id, ret_r));
    if (ret_r->now.waiting)
        return FAIL(E_CONFLICT, "%s", _("Register the first talk before the plan."));
    if (ret_r->now.ended_at != TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("This request is closed. A new plan needs a new request."));
    return OK;
}

enum err plan_add(struct ctx *c, const struct plan_form *f)
{
    struct request r;
    struct plan_saving s = { f, &r };

    TRY(open_helped(c, f->request, &r));
    TRY(check_plan(c, f, &r));
    return db_tx(c, save_plan, &s);
}

/* ── Agreed and given ─────────────────────────────────────────────────────────────────────────────────────
 */

struct dating {
    const struct plan_date *d;
    enum kind kind;
};

static enum err save_date(struct ctx *c, void *arg)
{
    const struct dating *g = arg;
    struct sql_care_plans_row *plan;
    struct sql_request_get_row row;
    int64_t seq;
    size_t n;

    TRY(sql_request_get(c, g->d->request.v, &row));
    TRY(sql_care_plans(c, g->d->request.v, &plan, &n));
    if (n == 0)
        return FAIL(E_CONFLICT, "%s", _("There is no plan yet. Write it first."));
    struct event e = event_now(c, g->kind, care_moment(c, g->d->day, row.started_at), 0);
    e.object = plan[n - 1].seq;
    TRY(care_event_add(c, &(struct care_event){ g->d->request, g->d->seen, e, NULL }, &seq));
    if (g->kind == KIND_PLAN_GIVEN)
        TRY(answer_writing(c, g->d->request, e.occurred_at));
    return care_store(c, g->d->request.v);
}

static enum err add_date(struct ctx *c, const struct plan_date *d, enum kind kind)
{
    struct dating g = { d, kind };
    struct request r;

    TRY(open_helped(c, d->request, &r));
    if (d->day == DAY_NONE || d->day > c->today || d->day < time_nl_day(r.now.started_at))
        return FAIL_FIELD("day", "%s", _("Choose a day from the first talk up to today."));
    return db_tx(c, save_date, &g);
}

enum err plan_agree(struct ctx *c, const struct plan_date *d)
{
    return add_date(c, d, KIND_PLAN_AGREED);
}

enum err plan_give(struct ctx *c, const struct plan_date *d)
{
    return add_date(c, d, KIND_PLAN_GIVEN);
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err fill_goals(struct ctx *c, const struct request *r, const struct sql_goal_all_row *row,
                           size_t rows, struct plan *p)
{
    struct goal *g;

    TRY(ctx_alloc(c, rows + 1, sizeof *g, (void *)&g));
    for (size_t i = 0; i < rows; i++) {
        if (row[i].seq != p->seq)
            continue;
        struct goal *to = &g[p->goals++];
        *to = (struct goal){
            .number = row[i].number, .for_whom = row[i].for_whom, .by = row[i].by_day, .score = row[i].score
        };
        TRY(vault_open(c, r->person, row[i].what, &to->what));
        if (row[i].tasks.data != NULL)
            TRY(vault_open(c, r->person, row[i].tasks, &to->tasks));
    }
    p->goal = g;
    return OK;
}

static int32_t day_of(int64_t time)
{
    return time == TIME_NONE ? DAY_NONE : time_nl_day(time);
}

enum err plan_all(struct ctx *c, const struct request *r, const struct care *k, struct plan **ret_plan,
                  size_t *ret_n)
{
    struct sql_goal_all_row *row;
    struct plan *p;
    size_t rows, n = 0;

    *ret_n = 0;
    if (!r->content)
        return OK;
    TRY(sql_goal_all(c, r->id.v, &row, &rows));
    TRY(ctx_alloc(c, k->plans + 1, sizeof *p, (void *)&p));
    for (size_t i = 0; i < k->plans; i++) {
        const struct plan_played *from = &k->plan[i];
        if (from->undone)
            continue;
        p[n] = (struct plan){ .number = (int64_t)n + 1,
                              .seq = from->seq,
                              .agreed = day_of(from->agreed_at),
                              .given = day_of(from->given_at),
                              .evaluate_on = from->evaluate_on,
                              .main = from->main };
        for (size_t e = 0; e < r->events; e++)
            if (r->event[e].e.seq == from->seq) {
                p[n].written_at = r->event[e].e.occurred_at;
                p[n].who = r->event[e].who;
            }
        TRY(fill_goals(c, r, row, rows, &p[n]));
        n++;
    }
    *ret_plan = p;
    *ret_n = n;
    return OK;
}
