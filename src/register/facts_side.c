// SPDX-License-Identifier: EUPL-1.2
#include "register/facts_side.h"

#include "base/text.h"
#include "store/sql.h"

#include <string.h>

static enum err add(struct ctx *c, struct side_list *l, struct side_row row)
{
    if (l->n == l->room) {
        struct side_row *more;
        l->room = l->room > 0 ? l->room * 2 : 256;
        TRY(ctx_alloc(c, l->room, sizeof *more, (void *)&more));
        if (l->n > 0)
            memcpy(more, l->row, l->n * sizeof *more);
        l->row = more;
    }
    l->row[l->n++] = row;
    return OK;
}

static enum err word(struct ctx *c, struct fact_side *s, const char *text, int8_t *ret_code)
{
    int32_t code;

    TRY(dictionary_code(c, &s->word, text, &code));
    if (code > INT8_MAX)
        return FAIL(E_CORRUPT, "%s", _("The register holds something that cannot be right."));
    *ret_code = (int8_t)code;
    return OK;
}

static enum err take_line(struct ctx *c, void *arg, const struct sql_facts_lines_row *r)
{
    struct fact_side *s = arg;
    struct side_row row = { r->request, r->id, (int32_t)r->seq, 0, -1, -1 };

    TRY(word(c, s, r->kind, &row.code));
    return add(c, &s->line, row);
}

static enum err take_plan(struct ctx *c, void *arg, const struct sql_facts_plans_row *r)
{
    struct fact_side *s = arg;
    struct side_row row = { r->request, 0, (int32_t)r->seq, r->evaluate_on, -1, -1 };

    TRY(word(c, s, r->main, &row.code));
    return add(c, &s->plan, row);
}

static enum err take_closing(struct ctx *c, void *arg, const struct sql_facts_closings_row *r)
{
    struct fact_side *s = arg;
    struct side_row row = { r->request, 0, (int32_t)r->seq, 0, -1, -1 };

    TRY(word(c, s, r->alone, &row.code));
    return add(c, &s->closing, row);
}

static enum err take_goal(struct ctx *c, void *arg, const struct sql_facts_goals_row *r)
{
    struct fact_side *s = arg;
    struct side_row row = { r->request, 0, (int32_t)r->seq, 0, -1, -1 };

    TRY(word(c, s, r->by_resident, &row.code));
    TRY(word(c, s, r->by_worker, &row.other));
    return add(c, &s->goal, row);
}

static enum err take_area(struct ctx *c, void *arg, const struct sql_facts_areas_row *r)
{
    struct fact_side *s = arg;
    struct side_row row = { r->request, 0, (int32_t)r->seq, (int32_t)r->level, -1, -1 };

    TRY(word(c, s, r->area, &row.code));
    return add(c, &s->area, row);
}

static enum err take_carer(struct ctx *c, void *arg, const struct sql_facts_carers_row *r)
{
    struct fact_side *s = arg;

    return add(c, &s->carer, (struct side_row){ r->request, 0, 0, 0, -1, -1 });
}

enum err side_read_help(struct ctx *c, struct fact_side **ret_side)
{
    struct fact_side *s;

    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    TRY(sql_facts_lines_each(c, take_line, s));
    TRY(sql_facts_plans_each(c, take_plan, s));
    *ret_side = s;
    return OK;
}

static enum err take_help_of(struct ctx *c, struct fact_side *s, int64_t request)
{
    struct sql_care_lines_row *line;
    struct sql_care_plans_row *plan;
    size_t lines, plans;

    TRY(sql_care_lines(c, request, &line, &lines));
    TRY(sql_care_plans(c, request, &plan, &plans));
    for (size_t i = 0; i < lines; i++) {
        struct side_row row = { request, line[i].id, (int32_t)line[i].seq, 0, -1, -1 };
        TRY(word(c, s, line[i].kind, &row.code));
        TRY(add(c, &s->line, row));
    }
    for (size_t i = 0; i < plans; i++) {
        struct side_row row = { request, 0, (int32_t)plan[i].seq, plan[i].evaluate_on, -1, -1 };
        TRY(word(c, s, plan[i].main, &row.code));
        TRY(add(c, &s->plan, row));
    }
    return OK;
}

enum err side_read_help_of(struct ctx *c, const int64_t *id, size_t n, struct fact_side **ret_side)
{
    struct fact_side *s;

    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    for (size_t i = 0; i < n; i++)
        TRY(take_help_of(c, s, id[i]));
    *ret_side = s;
    return OK;
}

enum err facts_side_read(struct ctx *c, struct fact_side **ret_side)
{
    struct fact_side *s;

    TRY(side_read_help(c, &s));
    TRY(sql_facts_closings_each(c, take_closing, s));
    TRY(sql_facts_goals_each(c, take_goal, s));
    TRY(sql_facts_areas_each(c, take_area, s));
    TRY(sql_facts_carers_each(c, take_carer, s));
    *ret_side = s;
    return OK;
}

/* Of one request what facts_side_read reads of all, but for the lines and plans. */
static enum err take_rest_of(struct ctx *c, struct fact_side *s, int64_t request)
{
    TRY(sql_facts_closings_of_each(c, request, take_closing, s));
    TRY(sql_facts_goals_of_each(c, request, take_goal, s));
    TRY(sql_facts_areas_of_each(c, request, take_area, s));
    return sql_facts_carers_of_each(c, request, take_carer, s);
}

enum err facts_side_read_of(struct ctx *c, const int64_t *id, size_t n, struct fact_side **ret_side)
{
    struct fact_side *s;

    TRY(side_read_help_of(c, id, n, &s));
    for (size_t i = 0; i < n; i++)
        TRY(take_rest_of(c, s, id[i]));
    *ret_side = s;
    return OK;
}

size_t side_of(struct side_list *l, int64_t request, const struct side_row **ret_row)
{
    size_t from;

    while (l->at < l->n && l->row[l->at].request < request)
        l->at++;
    from = l->at;
    while (l->at < l->n && l->row[l->at].request == request)
        l->at++;
    *ret_row = l->row + from;
    return l->at - from;
}

enum err side_care(struct ctx *c, struct fact_side *side, const struct extract_hook_row *r,
                   struct fact_care *ret_care)
{
    const struct side_row *line, *plan;
    struct fact_care k = { 0 };

    k.lines = side_of(&side->line, r->request, &line);
    k.plans = side_of(&side->plan, r->request, &plan);
    if (k.lines >= side->line_room) {
        side->line_room = k.lines * 2 + 8;
        TRY(ctx_alloc(c, side->line_room, sizeof *side->lines, (void *)&side->lines));
    }
    if (k.plans >= side->plan_room) {
        side->plan_room = k.plans * 2 + 8;
        TRY(ctx_alloc(c, side->plan_room, sizeof *side->plans, (void *)&side->plans));
    }
    k.line = side->lines;
    k.plan = side->plans;
    for (size_t i = 0; i < k.lines; i++)
        k.line[i] = (struct line_played){ .id = line[i].id,
                                          .seq = line[i].seq,
                                          .kind = side->word.name[line[i].code] };
    for (size_t i = 0; i < k.plans; i++)
        k.plan[i] = (struct plan_played){ .seq = plan[i].seq,
                                          .main = side->word.name[plan[i].code],
                                          .evaluate_on = plan[i].number };
    care_play(r->event, r->events, k.line, k.lines, k.plan, k.plans, &k.played);
    *ret_care = k;
    return OK;
}

uint32_t side_help_flags(const char *direct)
{
    return direct == NULL ? 0u : text_is(direct, "yes") ? EXTRACT_HELPED | EXTRACT_BY_TEAM : EXTRACT_HELPED;
}
