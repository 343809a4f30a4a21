// SPDX-License-Identifier: EUPL-1.2
#include "web/request.h"

#include "register/bridging.h"
#include "register/call_round.h"
#include "register/event_reason.h"
#include "register/law.h"
#include "register/worker.h"
#include "web/correction.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

static int64_t years_between(int32_t from, int32_t to)
{
    struct civil a = date_to_civil(from), b = date_to_civil(to);

    return b.year - a.year - (b.month < a.month || (b.month == a.month && b.day < a.day));
}

static const char *event_look(enum kind kind)
{
    switch (kind) {
    case KIND_CALL_REACHED:
    case KIND_FIRST_TALK:
    case KIND_HELP_STARTED:
        return "peil-event--good";
    case KIND_CALL_ATTEMPTED:
        return "peil-event--bad";
    default:
        return "peil-event";
    }
}

struct event_view event_show(const struct ctx *c, const struct request_event *r)
{
    struct event_view v = { .title = kind_name(c, r->e.kind),
                            .note = r->note,
                            .who = r->who,
                            .reason = event_reason(c, &r->e),
                            .withheld = r->withheld,
                            .undone = r->e.undone,
                            .undo = correction_may(c, &r->e) ? r->e.seq : INT_NONE,
                            .look = event_look(r->e.kind),
                            .occurred_at = r->e.occurred_at,
                            .recorded = time_nl_day(r->e.recorded_at),
                            .from = DAY_NONE,
                            .until = r->e.until == TIME_NONE ? DAY_NONE : time_nl_day(r->e.until),
                            .is_agreed = r->e.kind == KIND_EVALUATED || r->e.kind == KIND_APPOINTMENT,
                            .is_call = r->e.kind == KIND_CALL_REACHED || r->e.kind == KIND_CALL_ATTEMPTED };

    if (r->e.kind == KIND_ACTIVITY && r->e.activity != NULL)
        v.title = r->e.activity;
    if (v.recorded == time_nl_day(v.occurred_at))
        v.recorded = DAY_NONE;
    if (r->e.kind == KIND_TRIAGED && r->e.urgency != INT_NONE)
        v.reason = urgency_name(c, r->e.urgency);
    if (law_kind_is(r->e.kind))
        v.reason = law_code_name(c, r->e.reason);
    if (r->e.kind == KIND_WINDOW_TOLD && v.until != DAY_NONE && r->e.number != INT_NONE)
        v.from = v.until - (int32_t)r->e.number;
    if (r->e.kind == KIND_DECIDED || r->e.kind == KIND_REVIEWED)
        v.until = DAY_NONE; /* the day to look at it again stands with the terms */
    return v;
}

/* The last event first. */
static enum err events_fill(struct ctx *c, const struct request *q, struct request_page *p)
{
    struct event_view *v;

    TRY(ctx_alloc(c, q->events + 1, sizeof *v, (void *)&v));
    int64_t class = URGENCY_UNKNOWN;

    for (size_t i = 0; i < q->events; i++) {
        const struct event *e = &q->event[i].e;
        struct event_view *to = &v[q->events - 1 - i];
        *to = event_show(c, &q->event[i]);
        if (e->kind == KIND_TRIAGED && class != URGENCY_UNKNOWN && e->urgency != class)
            to->was = urgency_name(c, class);
        if (e->kind == KIND_TRIAGED)
            to->why = reason_name(c, e->reason);
        if (e->urgency != INT_NONE && !e->undone)
            class = e->urgency;
    }
    p->event = v;
    p->events = q->events;
    return OK;
}

static enum err call_form_fill(struct ctx *c, const struct req *r, struct request_page *p)
{
    const char *result = req_form(r, "result"), *next = req_form(r, "next");
    int32_t last = c->today + p->contact_days;
    struct option *o;

    TRY(ctx_alloc(c, 2, sizeof *o, (void *)&o));
    o[0] = (struct option){ .value = "reached", .label = _("Spoken"), .chosen = text_is(result, "reached") };
    o[1] = (struct option){ .value = "attempted",
                            .label = _("Not reached"),
                            .chosen = text_is(result, "attempted") };
    p->result = (struct choice){ .name = "result",
                                 .label = _("How did it go?"),
                                 .option = o,
                                 .n = 2,
                                 .required = true,
                                 .error = form_error(&p->wrong, "result") };
    p->note = (struct field){ .name = "note",
                              .label = _("Note"),
                              .hint = _("Write only what is needed for the waiting."),
                              .value = req_form(r, "note"),
                              .lines = true,
                              .error = form_error(&p->wrong, "note") };
    p->next = (struct field){ .name = "next",
                              .label = _("Next call on"),
                              .value = next != NULL ? next : typed_day_text(c, last),
                              .inputmode = "numeric",
                              .narrow = true,
                              .required = true,
                              .error = form_error(&p->wrong, "next") };
    return OK;
}

enum err request_show(struct ctx *c, const struct req *r, struct form_errors wrong, struct reply *out)
{
    struct request_page p = { .wrong = wrong, .birth = DAY_NONE };
    struct request_card *card;
    struct request q;
    const struct config *k;
    int64_t end; /* of the waiting, when it is over */

    TRY(config_get(c, &k));
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(frame_fill(c, r, _("Request"), "/waiting", &p.frame));
    p.request = &q;
    end = q.now.started_at != TIME_NONE ? q.now.started_at : q.now.ended_at;
    p.clocks = clocks_of(k, &q.now, c->now);
    p.name = q.who.name != NULL ? q.who.name : "";
    p.state = state_name(c, q.now.state);
    TRY(worker_name(c, q.now.worker, &p.worker));
    p.team = config_team_name(k, q.now.team);
    p.neighbourhood = config_neighbourhood_name(k, q.neighbourhood);
    p.channel = channel_name(c, q.channel);
    p.route = route_name(c, q.route);
    TRY(request_contact_fill(c, &q, &p.contact));
    p.safe = p.contact.safe;
    if (q.who.birth != NULL && date_scan(q.who.birth, strlen(q.who.birth), &p.birth))
        p.age = years_between(p.birth, c->today);
    p.received = time_nl_day(q.now.received_at);
    p.over = (p.clocks.running ? c->today : time_nl_day(end)) - p.clocks.norm_day;
    p.norm_length = p.clocks.norm_day - p.received;
    p.late = p.clocks.running ? c->today - p.clocks.call_before : 0;
    p.paused_days = p.clocks.gross_days - p.clocks.net_days;
    p.contact_days = k->contact_days;
    p.may_call = user_may(c, RIGHT_CALL) && p.clocks.running;
    TRY(wait_view_fill(c, k, &q, &p.wait));
    TRY(law_card_fill(c, &q, &p.law));
    TRY(events_fill(c, &q, &p));
    TRY(request_news_fill(c, r, &q, &p.news));
    TRY(request_people_fill(c, &p.frame, &q, &p.people));
    TRY(call_form_fill(c, r, &p));
    TRY(event_form_fill(c, r, &p));
    TRY(request_cards_fill(c, &q, &card, &p.cards));
    TRY(next_step_fill(c, &q, &p.step));
    p.card = card;
    p.correcting = text_is(req_query(r, "correct"), "1");
    return request_html(c, &out->body, &p);
}

enum err web_request_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return request_show(c, r, (struct form_errors){ 0 }, out);
}

struct call_typed {
    int64_t version, result;
    const char *note;
    int32_t next;
};
static const char *const results[] = { "reached", "attempted", NULL };
static const struct form_field call_fields[] = {
    { FORM_AT(struct call_typed, version), .kind = FORM_INT, .required = true },
    { FORM_AT(struct call_typed, result), .kind = FORM_CHOICE, .required = true, .choice = results,
      .label = N_("How did it go?") },
    { FORM_AT(struct call_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
    { FORM_AT(struct call_typed, next), .kind = FORM_DATE, .required = true, .label = N_("Next call on") },
};

static enum err call_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct call_typed t = { 0 };

    TRY(form_read(c, r, call_fields, COUNT(call_fields), &t, errors));
    return call_add(c, &(struct call_form){ .request = { r->ids.id[0] },
                                            .version = t.version,
                                            .reached = t.result == 0,
                                            .day = c->today,
                                            .note = text_empty(t.note) ? NULL : t.note,
                                            .next = t.next });
}

enum err web_request_call_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = call_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=call", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return request_show(c, r, errors, out);
}
