// SPDX-License-Identifier: EUPL-1.2
#include "web/correction.h"

#include "base/buf.h"
#include "base/text.h"
#include "register/event_reason.h"
#include "web/case_form.h"
#include "web/show.h"

struct correction_typed {
    const char *why;
};
static const struct form_field correction_fields[] = {
    { FORM_AT(struct correction_typed, why), .kind = FORM_LINES, .max = 1000, .required = true,
      .label = N_("Why is this wrong?") },
};

bool correction_may(const struct ctx *c, const struct event *e)
{
    bool own = e->account != INT_NONE && e->account == c->actor->account;

    return user_may(c, RIGHT_EVENT) && !e->undone && e->kind != KIND_REGISTERED && e->kind != KIND_UNDONE &&
           e->kind != KIND_ACTIVITY && (own || c->actor->role == ROLE_TEAM_LEAD);
}

static enum err correction_step(struct ctx *c, const struct req *r, struct case_step *s)
{
    const struct event *e = NULL;
    struct buf b = { 0 };
    struct request q;

    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    for (size_t i = 0; i < q.events; i++)
        if (q.event[i].e.seq == r->ids.id[1])
            e = &q.event[i].e;
    if (e == NULL || !correction_may(c, e))
        return FAIL(E_NOT_FOUND, "%s", _("This step does not exist, or you cannot take it back."));
    buf_printf(&b, "/events/%lld/undo", (long long)e->seq);
    enum err failed = ctx_copy(c, buf_text(&b), &s->path);
    buf_free(&b);
    TRY(failed);
    s->title = _("Take back a step");
    s->intro = _("The step stays visible, struck through. Clocks and lists no longer count it.");
    s->button = _("Take back");
    s->done = "undone";
    s->form = (struct form){ FORM(correction_fields) };
    case_fact(s, _("Step"), kind_name(c, e->kind));
    case_fact(s, _("When"), typed_moment_text(c, e->occurred_at));
    case_fact(s, _("Reason"), event_reason(c, e));
    return OK;
}

enum err web_correction_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = { 0 };

    TRY(correction_step(c, r, &s));
    return case_step_show(c, r, &s, NULL, out);
}

static enum err correction_save(struct ctx *c, const struct req *r, const struct form *form,
                                struct form_errors *wrong)
{
    struct request_change ch = { .id = { r->ids.id[0] }, .version = case_seen(r), .e = EVENT_NONE };
    struct correction_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    ch.e.kind = KIND_UNDONE;
    ch.e.occurred_at = c->now;
    ch.e.number = r->ids.id[1];
    ch.note = t.why;
    return request_change(c, &ch);
}

enum err web_correction_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { 0 };

    TRY(correction_step(c, r, &s));
    return case_step_end(c, r, &s, correction_save(c, r, &s.form, &wrong), &wrong, out);
}
