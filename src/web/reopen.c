// SPDX-License-Identifier: EUPL-1.2
/* Asking for help again: a new request with the old text. */
#include "base/text.h"
#include "register/closing.h"
#include "web/case_form.h"
#include "web/closing.h"
#include "web/show.h"

struct reopen_typed {
    int32_t received;
    const char *question, *channel, *urgency, *why;
    bool safety;
};
static const struct code_name urgencies[] = {
    { "emergency", N_("Emergency: today") },
    { "soon", N_("Soon") },
    { "normal", N_("Normal") },
    { "later", N_("Can wait") },
};
static const struct form_field reopen_fields[] = {
    { FORM_AT(struct reopen_typed, question), .kind = FORM_LINES, .max = 10000, .required = true,
      .label = N_("What is the question now?"), .hint = N_("The old text stands here. Write what is new.") },
    { FORM_AT(struct reopen_typed, received), .kind = FORM_DATE, .required = true,
      .label = N_("When did the resident ask for help?"), .narrow = true },
    { FORM_AT(struct reopen_typed, channel), .kind = FORM_CODE, .codes = request_channels,
      .n_codes = &request_channel_count, .required = true, .look = FORM_AS_SELECT, .label = N_("Came in by"),
      .narrow = true },
    { FORM_AT(struct reopen_typed, safety), .kind = FORM_CHECK,
      .label = N_("Asked whether anyone is in danger"), .group = N_("How urgent is it?") },
    { FORM_AT(struct reopen_typed, urgency), .kind = FORM_CODE, FORM_CODE_LIST(urgencies),
      .label = N_("How urgent is it?") },
    { FORM_AT(struct reopen_typed, why), .kind = FORM_LINES, .max = 2000, .label = N_("Why this choice?"),
      .hint = N_("Needed for every choice but \"normal\".") },
};

static enum err reopen_step(struct ctx *c, const struct req *r, struct case_step *s)
{
    const struct config *k;
    struct request q;

    TRY(config_get(c, &k));
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    s->form = (struct form){ FORM(reopen_fields) };
    s->path = "/reopen";
    s->title = _("Asks for help again");
    s->button = _("Register");
    s->intro = reopens(k, &q, c->today)
                   ? _("The same question is back within six months. The new request is linked to this one.")
                   : _("This was some time ago. It becomes a new request; the old one stays beside it.");
    if (q.now.ended_at != TIME_NONE)
        case_fact(s, _("Closed on"), long_day_text(c, time_nl_day(q.now.ended_at)));
    case_fact(s, _("Reason"), reason_name(c, q.now.end_reason));
    case_value(s, "question", q.question);
    case_value(s, "received", typed_day_text(c, c->today));
    case_value(s, "channel", "phone");
    return OK;
}

enum err web_reopen_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct case_step s = { 0 };

    TRY(reopen_step(c, r, &s));
    return case_step_show(c, r, &s, NULL, out);
}

static enum err reopen_save(struct ctx *c, const struct req *r, const struct form *form,
                            struct form_errors *wrong, struct request_id *ret_id)
{
    struct reopen_form f = { .request = { r->ids.id[0] }, .urgency = URGENCY_UNKNOWN };
    struct reopen_typed t = { 0 };

    TRY(form_take(c, r, form, &t, wrong));
    f.seen = case_seen(r);
    f.question = t.question;
    f.received = t.received;
    f.channel = t.channel;
    f.safety_checked = t.safety;
    f.why = t.why;
    if (!text_empty(t.urgency) && !urgency_find(t.urgency, &f.urgency))
        return FAIL_FIELD("urgency", "%s", _("Choose how urgent it is."));
    return reopen_add(c, &f, ret_id);
}

enum err web_reopen_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct case_step s = { 0 };
    struct request_id id;

    TRY(reopen_step(c, r, &s));
    enum err e = reopen_save(c, r, &s.form, &wrong, &id);
    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=new", (long long)id.v);
    return case_step_end(c, r, &s, e, &wrong, out);
}
