// SPDX-License-Identifier: EUPL-1.2
/* Asking again after a request was closed. */
#include "base/date.h"
#include "base/text.h"
#include "register/closing.h"
#include "register/event.h"
#include "register/right.h"
#include "store/sql.h"

bool reopens(const struct config *k, const struct request *r, int32_t day)
{
    return r->now.ended_at != TIME_NONE &&
           day <= date_add_months(time_nl_day(r->now.ended_at), k->reopen_months);
}

struct reopening {
    const struct reopen_form *f;
    struct request_form form;
    bool reopened;
    struct request_id id;
};

static enum err save_reopening(struct ctx *c, void *arg)
{
    struct reopening *s = arg;
    struct event old = event_now(c, s->reopened ? KIND_REOPENED : KIND_LINKED, c->now, 0);
    struct event new = event_now(c, KIND_LINKED, c->now, 0);
    int64_t seq;

    TRY(request_add(c, &s->form, &s->id));
    old.object = s->id.v;
    TRY(care_event_add(c, &(struct care_event){ s->f->request, s->f->seen, old, NULL }, &seq));
    TRY(care_store(c, s->f->request.v));
    new.object = s->f->request.v;
    new.reason = s->reopened ? "reopened" : "again";
    return care_event_add(c, &(struct care_event){ s->id, -1, new, NULL }, &seq);
}

enum err reopen_add(struct ctx *c, const struct reopen_form *f, struct request_id *ret_id)
{
    struct reopening s = { .f = f };
    const struct config *k;
    struct request r;

    TRY(may(c, RIGHT_REGISTER));
    TRY(request_get(c, f->request, &r));
    TRY(config_get(c, &k));
    if (r.now.ended_at == TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("This request is still open. Write what is new on its own page."));
    if (r.person == INT_NONE)
        return FAIL(E_CONFLICT, "%s",
                    _("This request was imported without a resident. Nothing can be added."));
    if (f->received != DAY_NONE && f->received < time_nl_day(r.now.ended_at))
        return FAIL_FIELD("received", "%s", _("This date is before the earlier request was closed."));
    s.form = (struct request_form){ .person = r.person,
                                    .question = text_empty(f->question) ? r.question : f->question,
                                    .received = f->received,
                                    .channel = f->channel,
                                    .route = "self",
                                    .category = r.category,
                                    .neighbourhood = r.neighbourhood,
                                    .team = r.now.team,
                                    .urgency = f->urgency,
                                    .safety_checked = f->safety_checked,
                                    .why = f->why };
    s.reopened = f->received != DAY_NONE && reopens(k, &r, f->received);
    TRY(db_tx(c, save_reopening, &s));
    *ret_id = s.id;
    return OK;
}

static const struct event *link_of(const struct request *r, int64_t other)
{
    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i].e;
        if ((e->kind == KIND_LINKED || e->kind == KIND_REOPENED) && e->object == other && !e->undone)
            return e;
    }
    return NULL;
}

static void again_fill(const struct request *r, int64_t request, int64_t received_at, int64_t ended_at,
                       struct again *to)
{
    const struct event *link = link_of(r, request);

    to->request = request;
    request_number(request, time_nl_day(received_at), to->number);
    to->closed = ended_at == TIME_NONE ? DAY_NONE : time_nl_day(ended_at);
    to->reopened = link != NULL && (link->kind == KIND_REOPENED || text_is(link->reason, "reopened"));
}

enum err again_of(struct ctx *c, const struct request *r, struct again *ret_before, struct again *ret_after)
{
    struct again before = { .request = INT_NONE }, after = before;
    struct sql_again_closed_row *closed;
    struct sql_again_asked_row *asked;
    const struct config *k;
    size_t n;

    TRY(config_get(c, &k));
    if (r->person != INT_NONE) {
        int32_t since = date_add_months(time_nl_day(r->now.received_at), -k->repeat_months);
        TRY(sql_again_closed(c, r->person, r->now.received_at, time_of_nl_day(since, 0), &closed, &n));
        if (n > 0)
            again_fill(r, closed->request, closed->received_at, closed->ended_at, &before);
        if (r->now.ended_at != TIME_NONE) {
            TRY(sql_again_asked(c, r->person, r->id.v, r->now.ended_at, &asked, &n));
            if (n > 0)
                again_fill(r, asked->request, asked->received_at, TIME_NONE, &after);
        }
    }
    *ret_before = before;
    *ret_after = after;
    return OK;
}
