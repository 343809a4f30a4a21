// SPDX-License-Identifier: EUPL-1.2
#include "register/law_step.h"

#include "base/text.h"
#include "register/right.h"

enum err law_file_get(struct ctx *c, const struct request *r, struct law_file *ret_file)
{
    struct law_file f = { .terms = 0 };
    const struct config *k;
    struct event *event;
    struct law_term *term;
    int64_t refused;

    TRY(config_get(c, &k));
    TRY(law_options_get(c, &f.options));
    TRY(ctx_alloc(c, r->events + 1, sizeof *event, (void *)&event));
    for (size_t i = 0; i < r->events; i++)
        event[i] = r->event[i].e;
    TRY(law_replay(c, event, r->events, &f.law, &refused));
    TRY(law_terms(c, &k->calendar, &f.options, &f.law, c->now, &term, &f.terms));
    f.term = term;
    *ret_file = f;
    return OK;
}

/* A step of today happened now; one of an earlier day is put at noon, or right after the request when that is
 * later. */
static int64_t moment(const struct ctx *c, int32_t day, int64_t received_at)
{
    int64_t at = time_of_nl_day(day, 12 * 3600);

    if (day == c->today)
        return c->now;
    return time_nl_day(received_at) == day && at < received_at ? received_at : at;
}

static enum err check_code(struct ctx *c, const struct law_step *s)
{
    const struct law_provision *p;
    const struct law_ground *g = law_ground_find(s->code);
    bool good = true;

    switch (s->kind) {
    case KIND_APPLIED:
        good = law_provision_find(s->code, &p);
        break;
    case KIND_SUSPENDED:
        good = g != NULL && !text_is(s->code, "completion");
        break;
    case KIND_DECIDED:
        good = code_known(law_results, law_result_count, s->code);
        break;
    case KIND_OBJECTION_DECIDED:
        good = code_known(law_objection_results, law_objection_result_count, s->code);
        break;
    case KIND_FAMILY_PLAN:
        good = code_known(law_family_plans, law_family_plan_count, s->code);
        break;
    default:
        break;
    }
    return good ? OK : FAIL_FIELD("code", "%s", _("Choose one of the list."));
}

static enum err check_until(struct ctx *c, const struct law_step *s)
{
    const struct law_ground *g = law_ground_find(s->code);
    bool needs = s->kind == KIND_COMPLETION_ASKED || s->kind == KIND_POSTPONED ||
                 (s->kind == KIND_SUSPENDED && g != NULL && g->needs_end);

    if (needs && s->until == DAY_NONE)
        return FAIL_FIELD("until", "%s", _("Fill in the last day that the letter names."));
    if (s->until != DAY_NONE && s->until <= s->day)
        return FAIL_FIELD("until", "%s", _("The last day must be after the day of the letter."));
    if (s->until != DAY_NONE && s->until > s->day + 3660)
        return FAIL_FIELD("until", "%s", _("This date is more than ten years ahead."));
    if (s->kind == KIND_PENALTY_PAID && (s->number < 0 || s->number > 100000))
        return FAIL_FIELD("number", "%s", _("Fill in the amount in whole euros. Nothing due is 0."));
    return OK;
}

static enum err check_day(struct ctx *c, const struct law_step *s, const struct request *r)
{
    if (s->day == DAY_NONE)
        return FAIL_FIELD("day", "%s", _("Fill in the day."));
    if (s->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if (s->day < time_nl_day(r->now.received_at))
        return FAIL_FIELD("day", "%s", _("This date is before the resident asked for help."));
    return OK;
}

/* Wmo 2.3.2(9): an application comes after the research, unless six weeks have passed; 2.3.3: an emergency
 * cannot wait for it. */
static enum err check_track(struct ctx *c, const struct law_step *s, const struct request *r,
                            const struct law_file *f, const struct config *k)
{
    const struct law_provision *p;
    const struct law *l = &f->law;

    if (l->reported_at == TIME_NONE) {
        if (s->kind == KIND_APPLIED && law_provision_find(s->code, &p) && p->act == LAW_WMO)
            return FAIL_FIELD("code", "%s",
                              _("First mark this request as a report for the Social Support Act."));
        return OK;
    }
    int32_t due = law_research_due(&k->calendar, l->reported_at);
    if (s->kind == KIND_LATE_LETTER && s->day <= due)
        return FAIL_FIELD("day", "%s", _("The six weeks have not passed yet on this day."));
    if (s->kind != KIND_APPLIED || !law_provision_find(s->code, &p) || p->act != LAW_WMO)
        return OK;
    bool done = (l->researched_at != TIME_NONE && time_nl_day(l->researched_at) <= s->day) ||
                (l->account_at != TIME_NONE && time_nl_day(l->account_at) <= s->day);
    if (!done && s->day <= due && r->now.urgency != URGENCY_EMERGENCY)
        return FAIL_FIELD("day", "%s",
                          _("An application is possible after the research, or when six weeks have passed."));
    return OK;
}

static enum err check_application(struct ctx *c, const struct law_step *s, const struct law_file *f)
{
    if (!law_kind_is_application(s->kind))
        return OK;
    const struct law_application *a = law_application_find(&f->law, s->application);
    if (a == NULL)
        return FAIL_FIELD("application", "%s", _("Choose which application this is about."));
    if (s->day < time_nl_day(a->applied_at))
        return FAIL_FIELD("day", "%s", _("This date is before the application came in."));
    return OK;
}

/* Steps of other parts that the law looks at. */
static bool is_beside(enum kind kind)
{
    return kind == KIND_INFORMED || kind == KIND_SUPPORTER_TOLD;
}

enum err law_step_add(struct ctx *c, const struct law_step *step, int64_t *ret_seq)
{
    struct law_step s = *step;
    const struct config *k;
    struct law_file f;
    struct request r;

    if (!law_kind_is(s.kind) && !is_beside(s.kind))
        return FAIL(E_REQUEST, "%s", _("Choose one of the list."));
    if (s.kind == KIND_INFORMED)
        s.code = REASON_RECEIPT;
    TRY(request_get(c, s.request, &r));
    TRY(config_get(c, &k));
    TRY(law_file_get(c, &r, &f));
    if (s.kind == KIND_WMO_REPORTED)
        s.day = time_nl_day(r.now.received_at); /* the six weeks run from the asking */
    TRY(check_day(c, &s, &r));
    TRY(check_code(c, &s));
    TRY(check_until(c, &s));
    TRY(check_track(c, &s, &r, &f, k));
    TRY(check_application(c, &s, &f));
    struct request_change ch = { .id = s.request, .version = s.version, .e = EVENT_NONE, .note = s.note };
    ch.e.kind = s.kind;
    ch.e.occurred_at = s.kind == KIND_WMO_REPORTED ? r.now.received_at : moment(c, s.day, r.now.received_at);
    ch.e.reason = text_empty(s.code) ? NULL : s.code;
    ch.e.object = s.application;
    ch.e.number = s.number;
    ch.e.until = s.until == DAY_NONE ? TIME_NONE : time_of_nl_day(s.until, 12 * 3600);
    return request_append(c, &ch, ret_seq);
}

bool law_step_is_mine(const struct ctx *c, const struct event *e)
{
    bool leads = c->actor->role == ROLE_TEAM_LEAD || c->actor->role == ROLE_SYSTEM;

    return (law_kind_is(e->kind) || is_beside(e->kind)) && !e->undone &&
           (leads || e->account == c->actor->account) && role_may(c->actor->role, request_right(e->kind));
}

enum err law_step_take_back(struct ctx *c, struct request_id request, int64_t version, int64_t seq)
{
    struct request_change ch = { .id = request, .version = version, .e = EVENT_NONE };
    struct request r;

    TRY(request_get(c, request, &r));
    ch.e.kind = KIND_UNDONE;
    ch.e.occurred_at = c->now;
    ch.e.number = seq;
    for (size_t i = 0; i < r.events; i++)
        if (r.event[i].e.seq == seq && (law_kind_is(r.event[i].e.kind) || is_beside(r.event[i].e.kind)))
            return request_change(c, &ch);
    return FAIL(E_CONFLICT, "%s", _("This cannot be taken back."));
}

/* ── What can be done now ─────────────────────────────────────────────────────────────────────────────────
 */

static bool still_open(const struct law_file *f, int64_t application, int64_t *ret_seq)
{
    for (size_t i = 0; i < f->law.pauses; i++)
        if (f->law.pause[i].application == application && !f->law.pause[i].ended) {
            *ret_seq = f->law.pause[i].seq;
            return true;
        }
    return false;
}

/* What the legal track leaves to common sense: nobody tells twice that the receipt was confirmed. */
static bool is_useful(const struct law *l, enum kind kind)
{
    if (kind == KIND_INFORMED)
        return l->reported_at != TIME_NONE && l->receipt_at == TIME_NONE;
    if (kind == KIND_SUPPORTER_TOLD)
        return l->reported_at != TIME_NONE && l->supporter_at == TIME_NONE;
    return true;
}

enum err law_step_possible(struct ctx *c, const struct request *r, const struct law_file *f, enum kind kind,
                           int64_t application, bool *ret_possible)
{
    struct event e = EVENT_NONE, *event;
    struct law l;
    int64_t refused = 0;

    *ret_possible = false;
    if (!role_may(c->actor->role, request_right(kind)) || !is_useful(&f->law, kind))
        return OK;
    e.kind = kind;
    e.seq = (int64_t)r->events + 1;
    e.occurred_at = c->now;
    e.object = application;
    e.reason = kind == KIND_APPLIED ? "other" : kind == KIND_SUSPENDED ? "advice" : NULL;
    if ((kind == KIND_COMPLETED || kind == KIND_RUNS_AGAIN) && !still_open(f, application, &e.number))
        return OK;
    const struct law_application *a = law_application_find(&f->law, application);
    if (kind == KIND_SUSPENDED && a != NULL && law_objection_open(a))
        e.reason = "objection_defect";
    TRY(ctx_alloc(c, r->events + 1, sizeof *event, (void *)&event));
    for (size_t i = 0; i < r->events; i++)
        event[i] = r->event[i].e;
    event[r->events] = e;
    TRY(law_replay(c, event, r->events + 1, &l, &refused));
    *ret_possible = refused != e.seq;
    return OK;
}
