// SPDX-License-Identifier: EUPL-1.2
#include "web/plan.h"

#include "base/text.h"
#include "web/case_form.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

/* ── Showing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err views_fill(struct ctx *c, const struct plan *plan, size_t n, struct plan_page *p)
{
    struct plan_view *v;

    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++) {
        const struct plan *from = &plan[n - 1 - i];
        struct plan_goal_view *g;
        TRY(ctx_alloc(c, from->goals + 1, sizeof *g, (void *)&g));
        for (size_t k = 0; k < from->goals; k++)
            g[k] = (struct plan_goal_view){ from->goal[k], code_text(c, goal_people, goal_people_count,
                                                                     from->goal[k].for_whom) };
        v[i] = (struct plan_view){ *from, line_kind_name(c, from->main), g, i == 0 };
    }
    p->plan = v;
    p->n = n;
    return OK;
}

enum err web_plan_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct plan_page p = { .birth = DAY_NONE };
    struct request q;
    struct plan *plan;
    struct care k;
    size_t n;

    TRY(care_open(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(care_of(c, &q, &k));
    TRY(plan_all(c, &q, &k, &plan, &n));
    TRY(frame_fill(c, r, _("Plan"), "/waiting", &p.frame));
    p.request = &q;
    p.name = q.who.name != NULL ? q.who.name : "";
    p.may_date = q.now.ended_at == TIME_NONE;
    if (q.who.birth != NULL && !date_scan(q.who.birth, strlen(q.who.birth), &p.birth))
        p.birth = DAY_NONE;
    TRY(views_fill(c, plan, n, &p));
    return plan_html(c, &out->body, &p);
}

/* ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

enum { PLAN_ROWS = GOALS_MAX, GOAL_FIELDS_EACH = 6 };
struct goal_typed {
    const char *what, *for_whom, *tasks;
    int32_t by;
    int64_t score, number;
};
struct plan_typed {
    struct goal_typed goal[PLAN_ROWS];
    const char *main_help;
    int32_t evaluate_on, agreed, given;
};
#define GOAL_AT(i, member_)                                                                                  \
    .name = #member_ "_" #i, .offset = offsetof(struct plan_typed, goal[(i)-1].member_)
#define GOAL_FIELDS(i, heading)                                                                              \
    { GOAL_AT(i, number), .kind = FORM_INT, .hidden = true },                                                \
        { GOAL_AT(i, what), .kind = FORM_LINES, .max = 1000, .label = N_("What must be better?"),            \
          .group = heading },                                                                                \
        { GOAL_AT(i, for_whom),   .kind = FORM_CODE,                                                         \
          .codes = goal_people,   .n_codes = &goal_people_count,                                             \
          .look = FORM_AS_SELECT, .label = N_("For whom?"),                                                  \
          .narrow = true },                                                                                  \
        { GOAL_AT(i, by), .kind = FORM_DATE, .label = N_("By when?"), .narrow = true },                      \
        { GOAL_AT(i, score), .kind = FORM_INT, .label = N_("Score now (1 to 10)"), .narrow = true },         \
    {                                                                                                        \
        GOAL_AT(i, tasks), .kind = FORM_LINES, .max = 1000, .label = N_("Who does what?")                    \
    }

static const struct form_field plan_fields[] = {
    GOAL_FIELDS(1, N_("Goal 1")),
    GOAL_FIELDS(2, N_("Goal 2")),
    GOAL_FIELDS(3, N_("Goal 3")),
    GOAL_FIELDS(4, N_("Goal 4")),
    GOAL_FIELDS(5, N_("Goal 5")),
    { FORM_AT(struct plan_typed, main_help), .kind = FORM_CODE, .codes = line_kinds,
      .n_codes = &line_kind_count, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Which help is the most important?"), .group = N_("Agreements") },
    { FORM_AT(struct plan_typed, evaluate_on), .kind = FORM_DATE, .required = true,
      .label = N_("When do we look back?"), .narrow = true },
    { FORM_AT(struct plan_typed, agreed), .kind = FORM_DATE, .label = N_("Agreed with the resident on"),
      .narrow = true },
    { FORM_AT(struct plan_typed, given), .kind = FORM_DATE, .label = N_("Given to the resident on"),
      .narrow = true },
};

static enum err goal_value(struct ctx *c, struct case_step *s, const char *field, size_t i, const char *value)
{
    char name[48];
    const char *copy;

    text_copy(name, sizeof name - 8, field);
    *text_put_int(name + strlen(name), (int64_t)i + 1) = '\0';
    TRY(ctx_copy(c, name, &copy));
    case_value(s, copy, value);
    return OK;
}

/* The goals of the newest version, to go on with; of a new plan the first is for the resident. */
static enum err goals_prefill(struct ctx *c, const struct plan *plan, struct case_step *s)
{
    for (size_t i = 0; i < PLAN_ROWS; i++) {
        const struct goal *g = plan != NULL && i < plan->goals ? &plan->goal[i] : NULL;
        TRY(goal_value(c, s, "for_whom_", i, g != NULL ? g->for_whom : "resident"));
        if (g == NULL)
            continue;
        TRY(goal_value(c, s, "number_", i, typed_number_text(c, g->number)));
        TRY(goal_value(c, s, "what_", i, g->what));
        TRY(goal_value(c, s, "by_", i, typed_day_text(c, g->by)));
        TRY(goal_value(c, s, "score_", i, typed_number_text(c, g->score)));
        TRY(goal_value(c, s, "tasks_", i, g->tasks));
    }
    return OK;
}

/* Room for the goals that there are and one or two new ones; all rows that were sent come back. */
static enum err fields_fill(struct ctx *c, const struct req *r, size_t goals, struct form *form)
{
    size_t rows = goals + 1 > 3 ? goals + 1 : 3, n = 0;
    struct form_field *field;

    rows = rows > PLAN_ROWS || r->method == METHOD_POST ? PLAN_ROWS : rows;
    TRY(ctx_alloc(c, COUNT(plan_fields), sizeof *field, (void *)&field));
    for (size_t i = 0; i < COUNT(plan_fields); i++)
        if (i >= PLAN_ROWS * GOAL_FIELDS_EACH || i < rows * GOAL_FIELDS_EACH)
            field[n++] = plan_fields[i];
    *form = (struct form){ .field = field, .n = n };
    return OK;
}

static enum err plan_step(struct ctx *c, const struct req *r, struct case_step *s)
{
    const struct plan *last = NULL;
    struct request q;
    struct plan *plan;
    struct care k;
    size_t n;

    TRY(care_open(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(care_of(c, &q, &k));
    TRY(plan_all(c, &q, &k, &plan, &n));
    if (n > 0)
        last = &plan[n - 1];
    TRY(fields_fill(c, r, last != NULL ? last->goals : 0, &s->form));
    s->path = "/plan/new";
    s->done = "plan";
    s->title = n > 0 ? _("New version of the plan") : _("Plan");
    s->intro = _("Write the goals in the words of the resident. A goal without text is left out.");
    case_fact(s, _("The question"), q.question);
    TRY(goals_prefill(c, last, s));
    case_value(s, "main_help", last != NULL ? last->main : k.played.main);
    case_value(s, "evaluate_on",
               typed_day_text(c, last != NULL && last->evaluate_on > c->today
                                     ? last->evaluate_on
                                     : date_add_months(c->today, 3)));
    return OK;
}

enum err web_plan_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = { 0 };

    TRY(plan_step(c, r, &s));
    return case_step_show(c, r, &s, NULL, out);
}

static enum err plan_save(struct ctx *c, const struct req *r, const struct form *form,
                          struct form_errors *wrong)
{
    struct goal goal[PLAN_ROWS];
    struct plan_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    for (size_t i = 0; i < PLAN_ROWS; i++)
        goal[i] = (struct goal){ t.goal[i].number != INT_NONE ? t.goal[i].number : 0,
                                 t.goal[i].what,
                                 t.goal[i].for_whom,
                                 t.goal[i].tasks,
                                 t.goal[i].by,
                                 t.goal[i].score };
    return plan_add(c, &(struct plan_form){ .request = { r->ids.id[0] },
                                            .seen = case_seen(r),
                                            .goal = goal,
                                            .goals = PLAN_ROWS,
                                            .main = t.main_help,
                                            .evaluate_on = t.evaluate_on,
                                            .agreed = t.agreed,
                                            .given = t.given });
}

enum err web_plan_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { 0 };

    TRY(plan_step(c, r, &s));
    return case_step_end(c, r, &s, plan_save(c, r, &s.form, &wrong), &wrong, out);
}

/* ── Agreed, given ────────────────────────────────────────────────────────────────────────────────────────
 */

struct date_typed {
    int32_t day;
};
static const struct form_field date_fields[] = {
    { FORM_AT(struct date_typed, day), .kind = FORM_DATE, .required = true, .label = N_("On which day?"),
      .narrow = true },
};

static enum err date_save(struct ctx *c, const struct req *r, bool given, struct form_errors *wrong)
{
    struct date_typed t = { 0 };

    TRY(form_read(c, r, date_fields, COUNT(date_fields), &t, wrong));
    struct plan_date d = { { r->ids.id[0] }, case_seen(r), t.day };
    return given ? plan_give(c, &d) : plan_agree(c, &d);
}

/* The small forms stand on the page of the plan; when something is wrong they get a page of their own. */
static enum err date_post(struct ctx *c, const struct req *r, bool given, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { .title = given ? _("Given to the resident on") : _("Agreed with the resident on"),
                           .path = given ? "/plan/given" : "/plan/agreed",
                           .back = "/plan",
                           .done = "plan",
                           .form = { FORM(date_fields) } };
    struct request q;

    TRY(care_open(c, (struct request_id){ r->ids.id[0] }, &q));
    return case_step_end(c, r, &s, date_save(c, r, given, &wrong), &wrong, out);
}

enum err web_plan_agreed_post(struct ctx *c, const struct req *r, struct reply *out)
{
    return date_post(c, r, false, out);
}

enum err web_plan_given_post(struct ctx *c, const struct req *r, struct reply *out)
{
    return date_post(c, r, true, out);
}
