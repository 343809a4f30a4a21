// SPDX-License-Identifier: EUPL-1.2
#include "register/evaluation.h"

#include "base/date.h"
#include "base/text.h"
#include "register/event.h"
#include "store/sql.h"

#include <stdio.h>

const struct code_name goal_results[] = {
    { "yes", N_("Reached") },
    { "partly", N_("Partly reached") },
    { "no", N_("Goal not reached") },
};
const size_t goal_result_count = COUNT(goal_results);
const struct code_name experiences[] = {
    { "good", N_("Helped well") },
    { "partly", N_("Helped in part") },
    { "bad", N_("Not helped") },
    { "not_asked", N_("Not asked") },
};
const size_t experience_count = COUNT(experiences);
const struct code_name life_areas[AREAS_MAX] = {
    { "money", N_("Money") },
    { "work", N_("Work and learning") },
    { "time", N_("How the day is filled") },
    { "housing", N_("Housing") },
    { "home", N_("Relations at home") },
    { "mental", N_("Mental health") },
    { "physical", N_("Physical health") },
    { "substance", N_("Use of alcohol, drugs and other habits") },
    { "daily", N_("Basic daily activities") },
    { "household", N_("Running the household") },
    { "network", N_("Own network") },
    { "community", N_("Taking part in society") },
    { "justice", N_("Contact with the law") },
};
const size_t life_area_count = AREAS_MAX;

/* ── Looking back ─────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct plan *plan_agreed(const struct plan *plan, size_t n)
{
    for (size_t i = n; i > 0; i--)
        if (plan[i - 1].agreed != DAY_NONE)
            return &plan[i - 1];
    return NULL;
}

static const struct goal_result *result_of(const struct evaluation_form *f, int64_t number)
{
    for (size_t i = 0; i < f->results; i++)
        if (f->result[i].number == number)
            return &f->result[i];
    return NULL;
}

static enum err check_goals(struct ctx *c, const struct evaluation_form *f, const struct plan *plan)
{
    char name[32];

    for (size_t i = 0; i < plan->goals; i++) {
        long long number = plan->goal[i].number;
        const struct goal_result *r = result_of(f, number);
        if (r == NULL || text_empty(r->by_resident)) {
            snprintf(name, sizeof name, "resident_%lld", number);
            return FAIL_FIELD(name, _("Choose what the resident thinks of goal %lld."), number);
        }
        if (text_empty(r->by_worker)) {
            snprintf(name, sizeof name, "worker_%lld", number);
            return FAIL_FIELD(name, _("Choose what you think of goal %lld."), number);
        }
        if (r->score != INT_NONE && (r->score < 1 || r->score > 10)) {
            snprintf(name, sizeof name, "score_%lld", number);
            return FAIL_FIELD(name, "%s", _("Give a score from 1 to 10, or leave it empty."));
        }
    }
    return OK;
}

static enum err check_evaluation(struct ctx *c, const struct evaluation_form *f, const struct request *r)
{
    if (f->day == DAY_NONE || f->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if (r->now.started_at == TIME_NONE || f->day < time_nl_day(r->now.started_at))
        return FAIL_FIELD("day", "%s", _("This date is before the first talk."));
    if (text_empty(f->experience))
        return FAIL_FIELD("experience", "%s",
                          _("Choose what the resident says of the help, or that it was not asked."));
    if (f->next != DAY_NONE && (f->next <= f->day || f->next > f->day + 730))
        return FAIL_FIELD("next", "%s", _("Choose a later day, within two years."));
    return OK;
}

struct evaluation_saving {
    const struct evaluation_form *f;
    int64_t started_at;
};

static enum err save_evaluation(struct ctx *c, void *arg)
{
    const struct evaluation_saving *s = arg;
    const struct evaluation_form *f = s->f;
    struct event e = event_now(c, KIND_EVALUATED, care_moment(c, f->day, s->started_at), 0);
    int64_t seq, more;

    e.reason = f->experience;
    e.until = f->next == DAY_NONE ? TIME_NONE : time_of_nl_day(f->next, 12 * 3600);
    TRY(care_event_add(c, &(struct care_event){ f->request, f->seen, e, f->note }, &seq));
    for (size_t i = 0; i < f->results; i++) {
        const struct goal_result *g = &f->result[i];
        TRY(sql_evaluation_goal_insert(
            c, &(struct sql_evaluation_goal_insert_args){ f->request.v, seq, g->number, g->by_resident,
                                                          g->by_worker, g->score }));
    }
    if (f->next != DAY_NONE) {
        struct event on = event_now(c, KIND_CONTINUED, e.occurred_at, 0);
        TRY(care_event_add(c, &(struct care_event){ f->request, -1, on, NULL }, &more));
    }
    return care_store(c, f->request.v);
}

enum err evaluation_add(struct ctx *c, const struct evaluation_form *f)
{
    const struct plan *agreed;
    struct request r;
    struct plan *plan;
    struct care k;
    size_t plans;

    TRY(care_open(c, f->request, &r));
    TRY(care_of(c, &r, &k));
    TRY(plan_all(c, &r, &k, &plan, &plans));
    agreed = plan_agreed(plan, plans);
    if (agreed == NULL)
        return FAIL(E_CONFLICT, "%s", _("Looking back needs a plan that the resident agreed with."));
    TRY(check_evaluation(c, f, &r));
    TRY(check_goals(c, f, agreed));
    struct evaluation_saving s = { f, r.now.started_at };
    return db_tx(c, save_evaluation, &s);
}

static enum err fill_results(struct ctx *c, const struct sql_evaluation_goals_row *row, size_t rows,
                             struct evaluation *e)
{
    struct goal_result *g;

    TRY(ctx_alloc(c, rows + 1, sizeof *g, (void *)&g));
    for (size_t i = 0; i < rows; i++)
        if (row[i].seq == e->seq)
            g[e->results++] =
                (struct goal_result){ row[i].number, row[i].by_resident, row[i].by_worker, row[i].score };
    e->result = g;
    return OK;
}

enum err evaluation_all(struct ctx *c, const struct request *r, struct evaluation **ret_evaluation,
                        size_t *ret_n)
{
    struct sql_evaluation_goals_row *row;
    struct evaluation *out;
    size_t rows, n = 0;

    *ret_n = 0;
    if (!r->content)
        return OK;
    TRY(sql_evaluation_goals(c, r->id.v, &row, &rows));
    TRY(ctx_alloc(c, r->events + 1, sizeof *out, (void *)&out));
    for (size_t i = r->events; i > 0; i--) {
        const struct request_event *e = &r->event[i - 1];
        if (e->e.kind != KIND_EVALUATED || e->e.undone)
            continue;
        out[n] = (struct evaluation){ .seq = e->e.seq,
                                      .at = e->e.occurred_at,
                                      .experience = e->e.reason,
                                      .note = e->note,
                                      .who = e->who,
                                      .next = e->e.until == TIME_NONE ? DAY_NONE : time_nl_day(e->e.until) };
        TRY(fill_results(c, row, rows, &out[n]));
        n++;
    }
    *ret_evaluation = out;
    *ret_n = n;
    return OK;
}

/* ── Life areas ───────────────────────────────────────────────────────────────────────────────────────────
 */

struct areas_saving {
    const struct area_form *f;
    int64_t started_at;
};

static enum err save_areas(struct ctx *c, void *arg)
{
    const struct areas_saving *s = arg;
    const struct area_form *f = s->f;
    struct event e = event_now(c, KIND_AREAS_SCORED, care_moment(c, f->day, s->started_at), 0);
    int64_t seq;

    TRY(care_event_add(c, &(struct care_event){ f->request, f->seen, e, NULL }, &seq));
    for (size_t i = 0; i < AREAS_MAX; i++)
        if (f->level[i] != INT_NONE)
            TRY(sql_area_score_insert(c, f->request.v, seq, life_areas[i].code, f->level[i]));
    return OK;
}

enum err areas_add(struct ctx *c, const struct area_form *f)
{
    const struct config *k;
    struct request r;
    bool any = false;

    TRY(care_open(c, f->request, &r));
    TRY(config_get(c, &k));
    if (!k->life_areas)
        return FAIL(E_CONFLICT, "%s", _("Scores of life areas are switched off in this municipality."));
    if (f->day == DAY_NONE || f->day > c->today ||
        (r.now.started_at != TIME_NONE && f->day < time_nl_day(r.now.started_at)))
        return FAIL_FIELD("day", "%s", _("Choose a day from the first talk up to today."));
    for (size_t i = 0; i < AREAS_MAX; i++)
        if (f->level[i] != INT_NONE) {
            if (f->level[i] < 0 || f->level[i] > AREA_LEVELS)
                return FAIL_FIELD(life_areas[i].code, "%s", _("Choose one of the list."));
            any = true;
        }
    if (!any)
        return FAIL_FIELD(life_areas[0].code, "%s", _("Choose at least one area, or leave this page."));
    struct areas_saving s = { f, r.now.started_at };
    return db_tx(c, save_areas, &s);
}

static bool counts(const struct request *r, int64_t seq)
{
    for (size_t i = 0; i < r->events; i++)
        if (r->event[i].e.seq == seq)
            return !r->event[i].e.undone;
    return false;
}

enum err areas_change(struct ctx *c, const struct request *r, struct area_change **ret_change, size_t *ret_n,
                      size_t *ret_rounds)
{
    struct sql_area_scores_row *row;
    struct area_change *out;
    size_t rows, n = 0, rounds = 0;
    int64_t last = 0;

    *ret_n = *ret_rounds = 0;
    if (!r->content)
        return OK;
    TRY(sql_area_scores(c, r->id.v, &row, &rows));
    TRY(ctx_alloc(c, AREAS_MAX, sizeof *out, (void *)&out));
    for (size_t k = 0; k < AREAS_MAX; k++) {
        struct area_change a = { life_areas[k].code, INT_NONE, INT_NONE };
        for (size_t i = 0; i < rows; i++)
            if (text_is(row[i].area, a.area) && counts(r, row[i].seq)) {
                a.first = a.first == INT_NONE ? row[i].level : a.first;
                a.last = row[i].level;
            }
        if (a.last != INT_NONE)
            out[n++] = a;
    }
    for (size_t i = 0; i < rows; i++)
        if (row[i].seq != last && counts(r, row[i].seq)) {
            last = row[i].seq;
            rounds++;
        }
    *ret_change = out;
    *ret_n = n;
    *ret_rounds = rounds;
    return OK;
}
