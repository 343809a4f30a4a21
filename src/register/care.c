// SPDX-License-Identifier: EUPL-1.2
#include "register/care.h"

#include "base/date.h"
#include "base/text.h"
#include "register/course.h"
#include "register/right.h"
#include "store/sql.h"

const struct code_name line_kinds[] = {
    { LINE_TEAM, N_("Help by our team") },
    { LINE_GROUP, N_("Help in a group") },
    { "informal", N_("Help of family, friends or neighbours") },
    { "general", N_("A general provision") },
    { "specialist", N_("Help of a specialist (with a decision)") },
    { "elsewhere", N_("Help elsewhere") },
};
const size_t line_kind_count = COUNT(line_kinds);
const struct code_name direct_answers[] = {
    { "yes", N_("Helped by the team itself") },
    { "no", N_("Helped by others") },
    { "none", N_("Not helped: does not count") },
};
const size_t direct_answer_count = COUNT(direct_answers);

const char *line_kind_name(const struct ctx *c, const char *code)
{
    return code_text(c, line_kinds, line_kind_count, code);
}

const char *direct_name(const struct ctx *c, const char *code)
{
    return code_text(c, direct_answers, direct_answer_count, code);
}

bool line_is_referral(const char *kind)
{
    return text_is(kind, "general") || text_is(kind, "specialist") || text_is(kind, "elsewhere");
}

/* ── Playing the events ───────────────────────────────────────────────────────────────────────────────────
 */

struct play {
    struct line_played *line;
    size_t lines;
    struct plan_played *plan;
    size_t plans;
    struct care_played *out;
    struct line_played *main;
    const char *told; /* kind of help that an import only names */
    bool helped;      /* between the first talk and the end */
};

static struct line_played *line_find(struct play *p, int64_t id)
{
    for (size_t i = 0; i < p->lines; i++)
        if (p->line[i].id == id)
            return &p->line[i];
    return NULL;
}

static bool is_open(const struct line_played *l)
{
    return !l->undone && l->started_at != TIME_NONE && l->ended_at == TIME_NONE;
}

static void start_line(struct play *p, const struct event *e)
{
    bool found = false;

    for (size_t i = 0; i < p->lines; i++) {
        struct line_played *l = &p->line[i];
        if (l->seq != e->seq)
            continue;
        found = true;
        l->started_at = e->occurred_at;
        l->undone = false;
        if (p->main == NULL || !is_open(p->main) || e->number == 1)
            p->main = l;
    }
    if (!found)
        p->told = e->reason;
}

/* The oldest open line becomes the main line; when none is open the last one stays it. */
static void end_line(struct play *p, const struct event *e)
{
    struct line_played *l = line_find(p, e->object), *next = NULL;

    if (l == NULL || !is_open(l))
        return;
    l->ended_at = e->occurred_at;
    l->end_reason = e->reason;
    if (l != p->main)
        return;
    for (size_t i = 0; i < p->lines; i++)
        if (is_open(&p->line[i]) && (next == NULL || p->line[i].started_at < next->started_at))
            next = &p->line[i];
    if (next != NULL)
        p->main = next;
}

static struct plan_played *plan_find(struct play *p, int64_t seq)
{
    for (size_t i = 0; i < p->plans; i++)
        if (p->plan[i].seq == seq)
            return &p->plan[i];
    return NULL;
}

static void agree_plan(struct play *p, const struct event *e)
{
    struct plan_played *plan = plan_find(p, e->object);

    if (plan != NULL) {
        plan->agreed_at = e->occurred_at;
        p->out->evaluate_on = plan->evaluate_on;
    }
    if (!p->out->planned)
        p->out->main_planned = p->main != NULL && is_open(p->main) ? p->main->kind
                               : plan != NULL                      ? plan->main
                                                                   : NULL;
    p->out->planned = true;
}

const char *line_arrival_said(const struct event *e, int64_t line)
{
    if (e->kind == KIND_ARRIVAL_CHECKED && e->object == line)
        return e->reason;
    if (e->kind != KIND_REFERRAL_CHECKED || e->number != line)
        return NULL;
    return text_is(e->reason, "arrived") || text_is(e->reason, "not_arrived") ? e->reason : "unknown";
}

static void play_line(struct play *p, const struct event *e)
{
    struct line_played *l = line_find(p, e->object);

    if (e->kind == KIND_HELP_STARTED)
        start_line(p, e);
    else if (e->kind == KIND_HELP_ENDED)
        end_line(p, e);
    else if (e->kind == KIND_MAIN_LINE && l != NULL && is_open(l))
        p->main = l;
    else if (e->kind == KIND_ARRIVAL_CHECKED && l != NULL)
        l->arrival = e->reason;
    else if (e->kind == KIND_REFERRAL_CHECKED && (l = line_find(p, e->number)) != NULL)
        l->arrival = line_arrival_said(e, l->id);
}

static void play_plan(struct play *p, const struct event *e)
{
    struct plan_played *plan;

    if (e->kind == KIND_PLAN_WRITTEN && (plan = plan_find(p, e->seq)) != NULL)
        plan->undone = false;
    else if (e->kind == KIND_PLAN_AGREED)
        agree_plan(p, e);
    else if (e->kind == KIND_PLAN_GIVEN && (plan = plan_find(p, e->object)) != NULL)
        plan->given_at = e->occurred_at;
}

static void play_rest(struct play *p, const struct event *e)
{
    struct care_played *out = p->out;

    switch (e->kind) {
    case KIND_FIRST_TALK:
        out->talked = p->helped = true;
        break;
    case KIND_EVALUATED:
        out->evaluate_on = e->until == TIME_NONE ? DAY_NONE : time_nl_day(e->until);
        break;
    case KIND_CLOSED:
    case KIND_REDIRECTED:
    case KIND_MERGED:
        if (p->helped && !text_is(e->reason, "died") && !text_is(e->reason, REASON_DUPLICATE) &&
            e->kind != KIND_MERGED)
            out->helped_until = e->occurred_at;
        p->helped = false;
        break;
    case KIND_REOPENED: /* they came back themselves */
        out->helped_until = TIME_NONE;
        break;
    case KIND_AFTERCARE:
        if (!text_is(e->reason, "not_reached"))
            out->helped_until = TIME_NONE;
        break;
    case KIND_DIRECT_SAID:
        out->direct_said = e->reason;
        break;
    default:
        break;
    }
}

void care_play(const struct event *event, size_t n, struct line_played *line, size_t lines,
               struct plan_played *plan, size_t plans, struct care_played *ret_care)
{
    struct care_played out = { .evaluate_on = DAY_NONE, .referred_at = TIME_NONE, .helped_until = TIME_NONE };
    struct play p = { line, lines, plan, plans, &out, NULL, NULL, false };

    for (size_t i = 0; i < lines; i++) {
        line[i].started_at = line[i].ended_at = TIME_NONE;
        line[i].end_reason = line[i].arrival = NULL;
        line[i].undone = true; /* until its event is played */
        line[i].main = false;
    }
    for (size_t i = 0; i < plans; i++) {
        plan[i].agreed_at = plan[i].given_at = TIME_NONE;
        plan[i].undone = true;
    }
    for (size_t i = 0; i < n; i++) {
        if (event[i].undone)
            continue;
        play_line(&p, &event[i]);
        play_plan(&p, &event[i]);
        play_rest(&p, &event[i]);
    }
    for (size_t i = 0; i < lines; i++) {
        const struct line_played *l = &line[i];
        out.open += is_open(l);
        if (!l->undone && l->arrival == NULL && line_is_referral(l->kind) &&
            (out.referred_at == TIME_NONE || l->started_at < out.referred_at))
            out.referred_at = l->started_at;
    }
    if (p.main != NULL) {
        p.main->main = true;
        out.main = p.main->kind;
    } else {
        out.main = p.told;
    }
    if (!p.helped)
        out.evaluate_on = DAY_NONE;
    *ret_care = out;
}

bool line_is_direct(const char *kind)
{
    return text_is(kind, LINE_TEAM) || text_is(kind, LINE_GROUP);
}

const char *direct_by_rule(const struct care_played *p, const char *end_reason)
{
    bool helped = text_is(end_reason, "helped");

    if (!p->talked || (p->main == NULL && !p->planned && !helped))
        return "none";
    if (p->main != NULL)
        return line_is_direct(p->main) ? "yes" : "no";
    return helped ? "yes" : "none";
}

const char *direct_now(const struct care_played *p, const struct standing *now)
{
    const char *main = p->main != NULL ? p->main : p->main_planned, *answer;

    if (!p->talked)
        return NULL;
    if (now->ended_at == TIME_NONE)
        return !p->planned || main == NULL ? NULL : line_is_direct(main) ? "yes" : "no";
    answer = p->direct_said != NULL ? p->direct_said : direct_by_rule(p, now->end_reason);
    return text_is(answer, "yes") || text_is(answer, "no") ? answer : NULL;
}

/* ── The register ─────────────────────────────────────────────────────────────────────────────────────────
 */

enum err care_read(struct ctx *c, const struct event *event, size_t n, int64_t request, struct care *ret_care)
{
    struct sql_care_lines_row *line;
    struct sql_care_plans_row *plan;
    struct care k = { 0 };

    TRY(sql_care_lines(c, request, &line, &k.lines));
    TRY(sql_care_plans(c, request, &plan, &k.plans));
    TRY(ctx_alloc(c, k.lines + 1, sizeof *k.line, (void *)&k.line));
    TRY(ctx_alloc(c, k.plans + 1, sizeof *k.plan, (void *)&k.plan));
    for (size_t i = 0; i < k.lines; i++)
        k.line[i] = (struct line_played){ .id = line[i].id, .seq = line[i].seq, .kind = line[i].kind };
    for (size_t i = 0; i < k.plans; i++)
        k.plan[i] = (struct plan_played){ .seq = plan[i].seq,
                                          .main = plan[i].main,
                                          .evaluate_on = plan[i].evaluate_on };
    care_play(event, n, k.line, k.lines, k.plan, k.plans, &k.played);
    *ret_care = k;
    return OK;
}

enum err care_of(struct ctx *c, const struct request *r, struct care *ret_care)
{
    struct event *event;

    TRY(ctx_alloc(c, r->events + 1, sizeof *event, (void *)&event));
    for (size_t i = 0; i < r->events; i++)
        event[i] = r->event[i].e;
    return care_read(c, event, r->events, r->id.v, ret_care);
}

static enum err compute(struct ctx *c, int64_t request, const struct event *event, size_t n,
                        const struct standing *now, struct sql_care_put_args *ret_row)
{
    struct care k;

    TRY(care_read(c, event, n, request, &k));
    const struct care_played *p = &k.played;
    const char *direct = p->direct_said;
    if (direct == NULL && p->talked && now->ended_at != TIME_NONE)
        direct = direct_by_rule(p, now->end_reason);
    *ret_row = (struct sql_care_put_args){
        request, (int64_t)p->open, p->main,        p->main_planned,
        direct,  p->evaluate_on,   p->referred_at, p->helped_until,
    };
    return OK;
}

/* An undone first talk leaves a row that says so. */
static bool has_help(const struct event *event, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (event[i].kind == KIND_FIRST_TALK)
            return true;
    return false;
}

enum err care_put(struct ctx *c, int64_t request, const struct event *event, size_t n,
                  const struct standing *now)
{
    struct sql_care_put_args row;

    if (!has_help(event, n))
        return OK;
    TRY(compute(c, request, event, n, now, &row));
    return sql_care_put(c, &row);
}

enum err care_store(struct ctx *c, int64_t request)
{
    struct course k;

    TRY(course_read(c, request, &k));
    return care_put(c, request, k.event, k.n, &k.now);
}

enum err care_same(struct ctx *c, int64_t request, const struct event *event, size_t n,
                   const struct standing *now, bool *ret_same)
{
    struct sql_care_put_args r;
    struct sql_care_get_row *old;
    size_t rows;

    *ret_same = true;
    if (!has_help(event, n))
        return OK;
    TRY(compute(c, request, event, n, now, &r));
    TRY(sql_care_get(c, request, &old, &rows));
    *ret_same = rows == 1 && old->lines == r.lines && text_is(old->main, r.main) &&
                text_is(old->main_planned, r.main_planned) && text_is(old->direct, r.direct) &&
                old->evaluate_on == r.evaluate_on && old->referred_at == r.referred_at &&
                old->helped_until == r.helped_until;
    return OK;
}

enum err care_open(struct ctx *c, struct request_id id, struct request *ret_request)
{
    struct request r;

    TRY(may(c, RIGHT_CASE));
    TRY(request_get(c, id, &r));
    if (!r.content)
        return FAIL(E_FORBIDDEN, "%s",
                    _("This is not your own case. Open it first with a reason; that is on its page."));
    if (r.person == INT_NONE)
        return FAIL(E_CONFLICT, "%s",
                    _("This request was imported without a resident. Nothing can be added."));
    *ret_request = r;
    return OK;
}

int64_t care_moment(const struct ctx *c, int32_t day, int64_t not_before)
{
    int64_t at = day == c->today ? c->now : time_of_nl_day(day, 12 * 3600);

    return at < not_before && time_nl_day(not_before) == day ? not_before : at;
}

enum err care_event_add(struct ctx *c, const struct care_event *add, int64_t *ret_seq)
{
    return request_append(
        c,
        &(struct request_change){ .id = add->request, .version = add->seen, .e = add->e, .note = add->note },
        ret_seq);
}
