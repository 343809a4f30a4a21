// SPDX-License-Identifier: EUPL-1.2
#include "register/closing.h"

#include "base/date.h"
#include "base/text.h"
#include "register/event.h"
#include "register/right.h"
#include "store/sql.h"

const struct code_name close_reasons[] = {
    { "helped", N_("Helped: the question is answered") },
    { "elsewhere", N_("Helped elsewhere") },
    { "withdrawn", N_("Does not want help any more") },
    { "unreachable", N_("Could not be reached") },
    { "moved", N_("Moved to another municipality") },
    { "died", N_("Died") },
    { "other", N_("Another reason") },
};
const size_t close_reason_count = COUNT(close_reasons);
const struct code_name destinations[] = {
    { "alone", N_("On their own or with their network") },
    { "frontline", N_("Help in the neighbourhood (welfare, volunteers)") },
    { "group", N_("A group") },
    { "general", N_("A general provision") },
    { "specialist", N_("A specialist (with a decision)") },
    { "elsewhere", N_("Another municipality or organisation") },
    { "nowhere", N_("Nowhere that we know of") },
};
const size_t destination_count = COUNT(destinations);
const struct code_name alone_answers[] = {
    { "yes", N_("Yes, says the resident") },
    { "no", N_("No, says the resident") },
    { "not_asked", N_("Not asked") },
};
const size_t alone_answer_count = COUNT(alone_answers);
const struct code_name aftercare_results[] = {
    { "fine", N_("It goes well") },
    { "small", N_("A small question, answered in the call") },
    { "back", N_("Needs help again: a new request") },
    { "not_reached", N_("Not reached") },
    { "not_wanted", N_("Does not want to be called") },
};
const size_t aftercare_result_count = COUNT(aftercare_results);

/* ── Closing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err closing_check(struct ctx *c, const struct request *r, const struct care *k, const char *reason,
                       struct closing_check *ret_check)
{
    struct closing_check out = { .open_lines = k->played.open, .direct = direct_by_rule(&k->played, reason) };
    struct evaluation *evaluation;
    struct plan *plan;
    size_t evaluations, plans;

    TRY(plan_all(c, r, k, &plan, &plans));
    TRY(evaluation_all(c, r, &evaluation, &evaluations));
    for (size_t i = 0; plans > 0 && i < plan[plans - 1].goals; i++) {
        bool seen = false;
        for (size_t e = 0; e < evaluations; e++)
            for (size_t g = 0; g < evaluation[e].results; g++)
                seen = seen || evaluation[e].result[g].number == plan[plans - 1].goal[i].number;
        out.unreviewed_goals += !seen;
    }
    *ret_check = out;
    return OK;
}

struct closing_saving {
    const struct closing_form *f;
    const struct request *r;
    struct care k;
    struct closing_check check;
};

static bool says_otherwise(const struct closing_saving *s)
{
    return !text_empty(s->f->direct) && !text_is(s->f->direct, s->check.direct);
}

static enum err check_helped(struct ctx *c, const struct closing_saving *s)
{
    const struct closing_form *f = s->f;

    if (text_empty(f->where_to))
        return FAIL_FIELD("where_to", "%s", _("Choose where the resident goes on."));
    if (text_empty(f->alone))
        return FAIL_FIELD("alone", "%s", _("Choose whether the resident can go on alone, or was not asked."));
    if (text_empty(f->experience))
        return FAIL_FIELD("experience", "%s",
                          _("Choose what the resident says of the help, or that it was not asked."));
    if (s->check.open_lines > 0 && !f->end_lines)
        return FAIL_FIELD("end_lines", "%s",
                          _("Help still runs. End it on the same day, or do not close yet."));
    if (s->check.unreviewed_goals > 0 && !f->unreviewed && text_is(f->reason, "helped"))
        return FAIL_FIELD(
            "unreviewed", "%s",
            _("Nobody looked back on the goals. Do that first, or say that it is not possible."));
    if (says_otherwise(s) && text_empty(f->why))
        return FAIL_FIELD("why", "%s", _("Write why it is different from the rule. Both answers are kept."));
    return OK;
}

static enum err check_closing(struct ctx *c, const struct closing_saving *s)
{
    const struct closing_form *f = s->f;

    if (text_empty(f->reason))
        return FAIL_FIELD("reason", "%s", _("Choose a reason. This reason is counted in the reports."));
    if (text_is(f->reason, "unreachable") && !role_may(c->actor->role, RIGHT_ALLOCATE))
        return FAIL_FIELD("reason", "%s",
                          _("Only the team lead closes a request because someone cannot be reached."));
    if (f->day == DAY_NONE || f->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if (f->day < time_nl_day(s->r->now.started_at))
        return FAIL_FIELD("day", "%s", _("This date is before the first talk."));
    return check_helped(c, s);
}

/* Ends every line that runs, on the moment of closing. */
static enum err end_lines(struct ctx *c, const struct closing_saving *s, int64_t at)
{
    int64_t seq;

    for (size_t i = 0; i < s->k.lines; i++) {
        const struct line_played *l = &s->k.line[i];
        if (l->undone || l->started_at == TIME_NONE || l->ended_at != TIME_NONE)
            continue;
        struct event e = event_now(c, KIND_HELP_ENDED, at > l->started_at ? at : l->started_at, 0);
        e.object = l->id;
        e.reason = text_is(s->f->reason, "helped") ? "goals_reached" : "closed";
        TRY(care_event_add(c, &(struct care_event){ s->f->request, -1, e, NULL }, &seq));
    }
    return OK;
}

static enum err say_direct(struct ctx *c, struct request_id id, const char *direct, const char *why,
                           int64_t at)
{
    struct event e = event_now(c, KIND_DIRECT_SAID, at, 0);
    int64_t seq;

    e.reason = direct;
    return care_event_add(c, &(struct care_event){ id, -1, e, why }, &seq);
}

static enum err save_closing(struct ctx *c, void *arg)
{
    const struct closing_saving *s = arg;
    const struct closing_form *f = s->f;
    int64_t at = care_moment(c, f->day, s->r->now.started_at), seq;
    struct event e;

    /* what happened later on that day happened before the closing */
    for (size_t i = 0; i < s->r->events; i++)
        if (time_nl_day(s->r->event[i].e.occurred_at) == f->day && s->r->event[i].e.occurred_at > at &&
            s->r->event[i].e.occurred_at <= c->now)
            at = s->r->event[i].e.occurred_at;
    e = event_now(c, KIND_CLOSED, at, 0);
    e.reason = f->reason;
    TRY(care_event_add(c, &(struct care_event){ f->request, f->seen, e, f->note }, &seq));
    struct sql_closing_insert_args row = { f->request.v,     seq,           f->where_to,
                                           f->alone,         f->experience, s->k.played.main_planned,
                                           s->k.played.main, DIRECT_RULE,   s->check.direct };
    TRY(sql_closing_insert(c, &row));
    TRY(end_lines(c, s, at));
    if (says_otherwise(s))
        TRY(say_direct(c, f->request, f->direct, f->why, at));
    return care_store(c, f->request.v);
}

enum err closing_add(struct ctx *c, const struct closing_form *f)
{
    struct closing_saving s = { .f = f };
    struct request r;

    TRY(care_open(c, f->request, &r));
    if (r.now.waiting)
        return FAIL(E_CONFLICT, "%s",
                    _("This resident still waits. Take them off the waiting list instead."));
    s.r = &r;
    TRY(care_of(c, &r, &s.k));
    TRY(closing_check(c, &r, &s.k, f->reason, &s.check));
    TRY(check_closing(c, &s));
    return db_tx(c, save_closing, &s);
}

enum err closing_get(struct ctx *c, const struct request *r, struct closing *ret_closing, bool *ret_found)
{
    struct sql_closing_all_row *row;
    struct closing z = { 0 };
    int64_t seq = 0;
    size_t n;

    *ret_found = r->now.ended_at != TIME_NONE;
    for (size_t i = 0; i < r->events; i++) {
        const struct request_event *e = &r->event[i];
        if (e->e.undone)
            continue;
        if (e->e.kind == KIND_CLOSED || e->e.kind == KIND_REDIRECTED) {
            seq = e->e.seq;
            z.at = e->e.occurred_at;
            z.reason = e->e.reason;
            z.note = e->note;
            z.who = e->who;
        } else if (e->e.kind == KIND_DIRECT_SAID) {
            z.direct_said = e->e.reason;
            z.direct_why = e->note;
        }
    }
    TRY(sql_closing_all(c, r->id.v, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (row[i].seq == seq) {
            z.where_to = row[i].where_to;
            z.alone = row[i].alone;
            z.experience = row[i].experience;
            z.main_planned = row[i].main_planned;
            z.main_closed = row[i].main_closed;
            z.direct = row[i].direct;
        }
    *ret_closing = z;
    return OK;
}

/* ── Afterwards ───────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err save_and_store(struct ctx *c, void *arg)
{
    const struct care_event *add = arg;
    int64_t seq;

    TRY(care_event_add(c, add, &seq));
    return care_store(c, add->request.v);
}

enum err direct_say(struct ctx *c, const struct direct_form *f)
{
    struct care_event add = { f->request, f->seen, EVENT_NONE, f->why };
    struct request r;

    TRY(care_open(c, f->request, &r));
    if (text_empty(f->direct))
        return FAIL_FIELD("direct", "%s", _("Choose one of the list."));
    if (text_empty(f->why))
        return FAIL_FIELD("why", "%s", _("Write why it is different from the rule. Both answers are kept."));
    if (r.now.ended_at == TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("The rule answers when the request is closed."));
    add.e = event_now(c, KIND_DIRECT_SAID, c->now, 0);
    add.e.reason = f->direct;
    return db_tx(c, save_and_store, &add);
}

enum err aftercare_add(struct ctx *c, const struct aftercare_form *f)
{
    struct care_event add = { f->request, f->seen, EVENT_NONE, f->note };
    struct request r;

    TRY(may(c, RIGHT_CALL));
    TRY(request_get(c, f->request, &r));
    if (r.now.ended_at == TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("This request is still open. Aftercare comes after closing."));
    if (text_empty(f->result))
        return FAIL_FIELD("result", "%s", _("Choose how it goes."));
    if (f->day == DAY_NONE || f->day > c->today || f->day < time_nl_day(r.now.ended_at))
        return FAIL_FIELD("day", "%s", _("Choose a day from closing up to today."));
    add.e = event_now(c, KIND_AFTERCARE, care_moment(c, f->day, r.now.ended_at), 0);
    add.e.reason = f->result;
    return db_tx(c, save_and_store, &add);
}
