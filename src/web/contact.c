// SPDX-License-Identifier: EUPL-1.2
/* One contact: what was asked, what became of it, and what still has to be done. */
#include "web/contact.h"

#include "base/text.h"
#include "register/config.h"
#include "register/request.h"
#include "web/part.h"
#include "web/show.h"
#include "web/tpl.h"

static const struct code_name settle_outcomes[] = {
    { "answered", N_("Answered") },
    { "referred", N_("Sent on to someone else") },
    { "callback", N_("Called back") },
};
struct settle_typed {
    int64_t seq;
    const char *outcome, *note;
};
static const struct form_field settle_fields[] = {
    { FORM_AT(struct settle_typed, seq), .kind = FORM_PICK, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Which question?") },
    { FORM_AT(struct settle_typed, outcome), .kind = FORM_CODE, FORM_CODE_LIST(settle_outcomes),
      .required = true, .label = N_("What became of it?") },
    { FORM_AT(struct settle_typed, note), .kind = FORM_TEXT, .max = 1000, .label = N_("In short") },
};

enum err callback_views(struct ctx *c, const struct callback *b, size_t n, struct callback_view **ret_view)
{
    struct callback_view *v;

    TRY(ctx_alloc(c, n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < n; i++)
        v[i] = (struct callback_view){ .id = b[i].id,
                                       .state = b[i].state == CALLBACK_OPEN && b[i].late
                                                    ? _("Too late")
                                                    : callback_state_name(c, b[i].state),
                                       .look = b[i].state == CALLBACK_REACHED ? "success"
                                               : b[i].state != CALLBACK_OPEN  ? "inactive"
                                               : b[i].late                    ? "danger"
                                                                              : "neutral",
                                       .name = b[i].name,
                                       .due = b[i].due,
                                       .attempts = b[i].attempts };
    *ret_view = v;
    return OK;
}

static enum err questions_fill(struct ctx *c, const struct contact *k, struct contact_page *p)
{
    struct question_view *v;

    TRY(ctx_alloc(c, k->questions + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < k->questions; i++) {
        const struct contact_question *q = &k->question[i];
        bool open = text_is(q->outcome, "open");
        bool to_register = text_is(q->outcome, "request") && q->request == INT_NONE;
        v[i] = (struct question_view){ .seq = q->seq,
                                       .request = q->request,
                                       .topic = code_text(c, contact_topics, contact_topic_count, q->topic),
                                       .outcome =
                                           code_text(c, contact_outcomes, contact_outcome_count, q->outcome),
                                       .text = q->text,
                                       .look = open || to_register ? "warning" : "success",
                                       .to_register = to_register && !k->withdrawn,
                                       .open = open && !k->withdrawn };
        p->may_settle = p->may_settle || v[i].open || v[i].to_register;
    }
    p->question = v;
    p->n = k->questions;
    return OK;
}

/* The form for what still has to be done with a question. */
static enum err settle_fill(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                            struct contact_page *p)
{
    struct option_id *o;
    size_t n = 0;

    TRY(ctx_alloc(c, p->n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < p->n; i++)
        if (p->question[i].open || p->question[i].to_register)
            o[n++] = (struct option_id){ p->question[i].seq, p->question[i].topic };
    struct form_options options = { "seq", o, n };
    struct pair first = { "seq", n == 1 ? typed_number_text(c, o[0].id) : "" };
    struct form form = { FORM(settle_fields), .options = &options, .n_options = 1,
                         .value = &first,     .n_values = 1,       .prefix = "settle" };
    return form_view_fill(c, r, &form, wrong, &p->settle);
}

static enum err contact_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                             struct reply *out)
{
    struct callback_about about = { INT_NONE, INT_NONE, r->ids.id[0] };
    struct contact_page p = { 0 };
    struct callback *callback;
    struct callback_view *view;
    const struct config *k;
    struct contact contact;

    TRY(config_get(c, &k));
    TRY(contact_get(c, r->ids.id[0], &contact));
    TRY(frame_fill(c, r, _("Contact"), "/contacts", &p.frame));
    p.contact = &contact;
    p.channel = channel_name(c, contact.channel);
    p.asker = code_text(c, contact_askers, contact_asker_count, contact.asker);
    p.heard = code_text(c, contact_heards, contact_heard_count, contact.heard);
    p.referrer = route_name(c, contact.referrer);
    p.failure = code_text(c, contact_failures, contact_failure_count, contact.failure);
    p.neighbourhood = config_neighbourhood_name(k, contact.neighbourhood);
    TRY(questions_fill(c, &contact, &p));
    TRY(settle_fill(c, r, wrong, &p));
    TRY(callback_of(c, &about, &callback, &p.callbacks));
    TRY(callback_views(c, callback, p.callbacks, &view));
    p.callback = view;
    return contact_html(c, &out->body, &p);
}

enum err web_contact_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return contact_show(c, r, NULL, out);
}

static enum err settle_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct option_id all[CONTACT_QUESTIONS];
    struct form_options options = { "seq", all, CONTACT_QUESTIONS };
    struct form form = { FORM(settle_fields), .options = &options, .n_options = 1 };
    struct settle_typed t = { 0 };

    for (size_t i = 0; i < COUNT(all); i++)
        all[i] = (struct option_id){ (int64_t)i + 1, "" };
    TRY(form_take(c, r, &form, &t, errors));
    struct contact_settle s = { .contact = r->ids.id[0],
                                .seq = t.seq,
                                .outcome = t.outcome,
                                .note = text_empty(t.note) ? NULL : t.note,
                                .request = INT_NONE };
    return contact_question_settle(c, &s);
}

enum err web_contact_settle_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = settle_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/contacts/%lld?done=settled", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return contact_show(c, r, &errors, out);
}

enum err web_contact_withdraw_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = contact_withdraw(c, r->ids.id[0]);

    if (e == OK)
        return reply_redirect(c, out, "/contacts/%lld?done=withdrawn", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return contact_show(c, r, &errors, out);
}
