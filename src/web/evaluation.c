// SPDX-License-Identifier: EUPL-1.2
#include "web/evaluation.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/evaluation.h"
#include "web/case_form.h"
#include "web/show.h"

/* The form has as many fields as the plan has goals: the table is made for each plan. */
struct result_typed {
    const char *by_resident, *by_worker;
    int64_t score;
};
struct evaluation_typed {
    int32_t day, next;
    const char *experience, *note;
    struct result_typed result[GOALS_MAX];
};
enum { GOAL_ASKED = 3, FIXED_FIELDS = 4 };

static const struct form_field fixed_fields[FIXED_FIELDS] = {
    { FORM_AT(struct evaluation_typed, day), .kind = FORM_DATE, .required = true,
      .label = N_("On which day?"), .narrow = true },
    { FORM_AT(struct evaluation_typed, experience), .kind = FORM_CODE, .codes = experiences,
      .n_codes = &experience_count, .required = true, .label = N_("Were you helped? (asked to the resident)"),
      .group = N_("Together") },
    { FORM_AT(struct evaluation_typed, note), .kind = FORM_LINES, .max = 4000, .label = N_("Note") },
    { FORM_AT(struct evaluation_typed, next), .kind = FORM_DATE, .label = N_("When do we look back again?"),
      .hint = N_("Leave it empty when the help is going to end."), .narrow = true },
};

static enum err name_of(struct ctx *c, const char *base, int64_t number, const char **ret_name)
{
    struct buf b = { 0 };

    buf_printf(&b, "%s_%lld", base, (long long)number);
    enum err e = ctx_copy(c, buf_text(&b), ret_name);
    buf_free(&b);
    return e;
}

/* Three fields a goal: what the resident thinks, what the worker thinks, a score. */
static enum err goal_fields(struct ctx *c, const struct goal *g, size_t i, bool score, struct form_field *f,
                            size_t *ret_n)
{
    size_t at = offsetof(struct evaluation_typed, result) + i * sizeof(struct result_typed);
    const char *resident, *worker, *name;

    TRY(name_of(c, "resident", g->number, &resident));
    TRY(name_of(c, "worker", g->number, &worker));
    TRY(name_of(c, "score", g->number, &name));
    f[0] = (struct form_field){ .name = resident,
                                .offset = at + offsetof(struct result_typed, by_resident),
                                .kind = FORM_CODE,
                                .codes = goal_results,
                                .n_codes = &goal_result_count,
                                .required = true,
                                .label = N_("Says the resident"),
                                .group = g->what };
    f[1] = f[0];
    f[1].name = worker;
    f[1].offset = at + offsetof(struct result_typed, by_worker);
    f[1].label = N_("Says the worker");
    f[1].group = NULL;
    f[2] = (struct form_field){ .name = name,
                                .offset = at + offsetof(struct result_typed, score),
                                .kind = FORM_INT,
                                .label = N_("Score now (1 to 10)"),
                                .narrow = true };
    *ret_n = score ? 3 : 2;
    return OK;
}

struct evaluating {
    struct case_step s;
    const struct plan *plan; /* the agreed one */
};

static enum err plan_find(struct ctx *c, const struct req *r, struct evaluating *v)
{
    struct request q;
    struct plan *plan;
    struct care k;
    size_t n;

    TRY(care_open(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(care_of(c, &q, &k));
    TRY(plan_all(c, &q, &k, &plan, &n));
    for (size_t i = n; i > 0 && v->plan == NULL; i--)
        if (plan[i - 1].agreed != DAY_NONE)
            v->plan = &plan[i - 1];
    if (v->plan == NULL)
        return FAIL(E_CONFLICT, "%s", _("Looking back needs a plan that the resident agreed with."));
    return OK;
}

static enum err evaluation_step(struct ctx *c, const struct req *r, struct evaluating *v)
{
    const struct config *config;
    struct form_field *field;
    size_t n = 1, more;

    TRY(config_get(c, &config));
    TRY(plan_find(c, r, v));
    TRY(ctx_alloc(c, FIXED_FIELDS + GOAL_ASKED * GOALS_MAX, sizeof *field, (void *)&field));
    field[0] = fixed_fields[0];
    for (size_t i = 0; i < v->plan->goals && i < GOALS_MAX; i++) {
        TRY(goal_fields(c, &v->plan->goal[i], i, config->goal_score, field + n, &more));
        n += more;
    }
    for (size_t i = 1; i < FIXED_FIELDS; i++)
        field[n++] = fixed_fields[i];
    v->s.form = (struct form){ .field = field, .n = n };
    v->s.path = "/evaluations";
    v->s.done = "evaluation";
    v->s.title = _("Look back together");
    v->s.intro = _("The judgement of the resident and that of the worker both stay.");
    case_value(&v->s, "day", typed_day_text(c, c->today));
    case_value(&v->s, "next", typed_day_text(c, date_add_months(c->today, 3)));
    return OK;
}

enum err web_evaluation_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct evaluating v = { 0 };

    TRY(evaluation_step(c, r, &v));
    return case_step_show(c, r, &v.s, NULL, out);
}

static enum err evaluation_save(struct ctx *c, const struct req *r, const struct evaluating *v,
                                struct form_errors *wrong)
{
    struct goal_result result[GOALS_MAX];
    struct evaluation_typed t = { 0 };
    size_t n = v->plan->goals < GOALS_MAX ? v->plan->goals : GOALS_MAX;

    for (size_t i = 0; i < GOALS_MAX; i++)
        t.result[i].score = INT_NONE; /* when scores are off nothing fills it */
    TRY(form_take(c, r, &v->s.form, &t, wrong));
    for (size_t i = 0; i < n; i++)
        result[i] = (struct goal_result){ v->plan->goal[i].number, t.result[i].by_resident,
                                          t.result[i].by_worker, t.result[i].score };
    return evaluation_add(c, &(struct evaluation_form){ .request = { r->ids.id[0] },
                                                        .seen = case_seen(r),
                                                        .day = t.day,
                                                        .result = result,
                                                        .results = n,
                                                        .experience = t.experience,
                                                        .note = t.note,
                                                        .next = t.next });
}

enum err web_evaluation_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct evaluating v = { 0 };

    TRY(evaluation_step(c, r, &v));
    return case_step_end(c, r, &v.s, evaluation_save(c, r, &v, &wrong), &wrong, out);
}

/* ── Life areas ───────────────────────────────────────────────────────────────────────────────────────────
 */

struct areas_typed {
    int32_t day;
    const char *level[AREAS_MAX];
};
static const struct code_name area_levels[] = {
    { "0", N_("Not needed") },    { "1", N_("1: very bad") }, { "2", N_("2: bad") },
    { "3", N_("3: in between") }, { "4", N_("4: good") },     { "5", N_("5: very good") },
};

static const size_t area_level_count = COUNT(area_levels);

static enum err areas_step(struct ctx *c, const struct req *r, struct case_step *s)
{
    struct form_field *field;
    struct request q;

    TRY(care_open(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(ctx_alloc(c, AREAS_MAX + 1, sizeof *field, (void *)&field));
    field[0] = (struct form_field){ FORM_AT(struct areas_typed, day), .kind = FORM_DATE, .required = true,
                                    .label = N_("On which day?"), .narrow = true };
    for (size_t i = 0; i < AREAS_MAX; i++)
        field[i + 1] =
            (struct form_field){ .name = life_areas[i].code,
                                 .offset = offsetof(struct areas_typed, level) + i * sizeof(char *),
                                 .kind = FORM_CODE,
                                 .codes = area_levels,
                                 .n_codes = &area_level_count,
                                 .look = FORM_AS_SELECT,
                                 .narrow = true,
                                 .label = life_areas[i].name };
    s->form = (struct form){ .field = field, .n = AREAS_MAX + 1 };
    s->path = "/areas";
    s->done = "areas";
    s->title = _("Score life areas");
    s->intro =
        _("Score only what this question needs. \"Not needed\" is an answer; an empty area was not asked.");
    case_value(s, "day", typed_day_text(c, c->today));
    return OK;
}

enum err web_areas_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = { 0 };

    TRY(areas_step(c, r, &s));
    return case_step_show(c, r, &s, NULL, out);
}

static enum err areas_save(struct ctx *c, const struct req *r, const struct form *form,
                           struct form_errors *wrong)
{
    struct area_form f = { .request = { r->ids.id[0] } };
    struct areas_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    f.seen = case_seen(r);
    f.day = t.day;
    for (size_t i = 0; i < AREAS_MAX; i++)
        if (!text_to_int(t.level[i], &f.level[i]))
            f.level[i] = INT_NONE;
    return areas_add(c, &f);
}

enum err web_areas_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { 0 };

    TRY(areas_step(c, r, &s));
    return case_step_end(c, r, &s, areas_save(c, r, &s.form, &wrong), &wrong, out);
}
