// SPDX-License-Identifier: EUPL-1.2
/* One call-back: whom, why, is it safe to call now, and what came of it. */
#include "web/callback.h"

#include "base/text.h"
#include "register/colleague.h"
#include "register/contact.h"
#include "web/part.h"
#include "web/show.h"
#include "web/tpl.h"

static const char *const results[] = { "reached", "not_reached", "unreachable", "withdrawn", NULL };
static const char *const result_labels[] = { N_("Spoken"), N_("Not reached"),
                                             N_("Not reached, and we stop trying"), N_("No longer needed"),
                                             NULL };
struct try_typed {
    int64_t seen, result;
    const char *note;
};
static const struct form_field try_fields[] = {
    { FORM_AT(struct try_typed, seen), .kind = FORM_INT, .required = true, .hidden = true },
    { FORM_AT(struct try_typed, result), .kind = FORM_CHOICE, .choice = results,
      .choice_label = result_labels, .required = true, .label = N_("How did it go?") },
    { FORM_AT(struct try_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
};
struct give_typed {
    int64_t seen, owner;
};
static const struct form_field give_fields[] = {
    { FORM_AT(struct give_typed, seen), .kind = FORM_INT, .required = true, .hidden = true },
    { FORM_AT(struct give_typed, owner), .kind = FORM_PICK, .required = true, .look = FORM_AS_SELECT,
      .label = N_("Who calls?") },
};

static const struct code_name step_names[] = {
    { "promised", N_("Promised") },          { "reached", N_("Spoken") },
    { "not_reached", N_("Not reached") },    { "unreachable", N_("Not reached, and we stop trying") },
    { "withdrawn", N_("No longer needed") }, { "given", N_("Someone else will call") },
};

static enum err owners(struct ctx *c, struct form_options *ret_options)
{
    struct colleague *at;
    struct option_id *o;
    size_t n;

    TRY(colleague_list(c, RIGHT_CONTACT, &at, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *o, (void *)&o));
    for (size_t i = 0; i < n; i++)
        o[i] = (struct option_id){ at[i].account, at[i].name };
    *ret_options = (struct form_options){ "owner", o, n };
    return OK;
}

static enum err steps_fill(struct ctx *c, const struct callback *b, struct callback_page *p)
{
    const struct happening *h;
    struct callback_step_view *v;

    TRY(callback_history(c, b, &h, &p->n));
    TRY(ctx_alloc(c, p->n + 1, sizeof *v, (void *)&v));
    for (size_t i = 0; i < p->n; i++)
        v[p->n - 1 - i] = (struct callback_step_view){ code_text(c, step_names, COUNT(step_names), h[i].kind),
                                                       h[i].note, h[i].who, h[i].occurred_at };
    p->step = v;
    return OK;
}

/* Calling may be unsafe, now or at all. */
static enum err safe_fill(struct ctx *c, const struct callback *b, struct callback_page *p)
{
    struct safe_contact safe;
    struct identity who = { 0 };

    p->warning = p->safe = "";
    if (b->person == INT_NONE)
        return OK;
    TRY(person_get(c, b->person, &who));
    safe_contact_read(who.safe_contact, &safe);
    TRY(safe_contact_line(c, &safe, &p->safe));
    p->warning = safe_contact_warning(c, &safe, WAY_CALL, time_nl_second(c->now) / 60);
    return OK;
}

static enum err forms_fill(struct ctx *c, const struct req *r, const struct form_errors *wrong, bool giving,
                           struct callback_page *p)
{
    struct pair seen = { "seen", typed_number_text(c, p->callback->version) };
    struct form_options options;
    struct form form = { FORM(try_fields), .value = &seen, .n_values = 1, .prefix = "try" };

    TRY(owners(c, &options));
    struct form give = { FORM(give_fields), .options = &options, .n_options = 1,
                         .value = &seen,    .n_values = 1,       .prefix = "give" };
    TRY(form_view_fill(c, r, &form, giving ? NULL : wrong, &p->form));
    TRY(form_view_fill(c, r, &give, giving ? wrong : NULL, &p->give));
    TRY(form_view_seen(c, "seen", typed_number_text(c, p->callback->version), &p->form));
    return form_view_seen(c, "seen", typed_number_text(c, p->callback->version), &p->give);
}

static enum err callback_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                              bool giving, struct reply *out)
{
    struct callback_page p = { 0 };
    struct callback b;

    TRY(callback_get(c, r->ids.id[0], &b));
    TRY(frame_fill(c, r, _("Call-back"), "/callbacks", &p.frame));
    p.callback = &b;
    p.open = b.state == CALLBACK_OPEN;
    p.topic = code_text(c, contact_topics, contact_topic_count, b.topic);
    p.state = p.open && b.late ? _("Too late") : callback_state_name(c, b.state);
    p.look = b.state == CALLBACK_REACHED ? "success" : !p.open ? "inactive" : b.late ? "danger" : "neutral";
    TRY(safe_fill(c, &b, &p));
    TRY(steps_fill(c, &b, &p));
    TRY(forms_fill(c, r, wrong, giving, &p));
    return callback_html(c, &out->body, &p);
}

enum err web_callback_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return callback_show(c, r, NULL, false, out);
}

static enum err try_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form form = { FORM(try_fields) };
    struct try_typed t = { 0 };

    TRY(form_take(c, r, &form, &t, errors));
    struct callback_attempt a = { .id = r->ids.id[0],
                                  .seen = t.seen,
                                  .result = (enum callback_result)t.result,
                                  .note = text_empty(t.note) ? NULL : t.note };
    return callback_try(c, &a);
}

enum err web_callback_try_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = try_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/callbacks/%lld?done=callback", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return callback_show(c, r, &errors, false, out);
}

static enum err give_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form_options options;
    struct give_typed t = { 0 };

    TRY(owners(c, &options));
    struct form form = { FORM(give_fields), .options = &options, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, errors));
    return callback_give(c, r->ids.id[0], t.seen, t.owner);
}

enum err web_callback_give_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = give_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/callbacks/%lld?done=given", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return callback_show(c, r, &errors, true, out);
}
