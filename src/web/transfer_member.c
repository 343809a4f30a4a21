// SPDX-License-Identifier: EUPL-1.2
/* One resident on a hand-over list: what was agreed, and the next step. */
#include "base/date.h"
#include "base/text.h"
#include "register/config.h"
#include "web/form_page.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/transfer.h"

struct member_typed {
    int64_t version, team, kept;
    int32_t original, waits_until, agreed_resident, agreed_provider, agreed_team, informed, outcome_on,
        exception_until;
    const char *not_informed, *outcome, *exception, *note;
};
static const char *const yes_no[] = { "no", "yes", NULL };
static const char *const yes_no_label[] = { N_("No"), N_("Yes"), NULL };
static const struct form_field fields[] = {
    { FORM_AT(struct member_typed, version), .kind = FORM_INT, .hidden = true, .required = true },
    { FORM_AT(struct member_typed, agreed_resident), .kind = FORM_DATE,
      .group = N_("The next step is agreed by"), .label = N_("The resident, on") },
    { FORM_AT(struct member_typed, agreed_provider), .kind = FORM_DATE, .label = N_("The old provider, on") },
    { FORM_AT(struct member_typed, agreed_team), .kind = FORM_DATE, .label = N_("The new team, on") },
    { FORM_AT(struct member_typed, informed), .kind = FORM_DATE, .group = N_("Informed in writing"),
      .label = N_("Letter sent on") },
    { FORM_AT(struct member_typed, not_informed), .kind = FORM_CODE, .codes = transfer_not_informed,
      .n_codes = &transfer_not_informed_count, .look = FORM_AS_SELECT, .label = N_("Or why not") },
    { FORM_AT(struct member_typed, outcome), .kind = FORM_CODE, .group = N_("Outcome"),
      .codes = transfer_outcomes, .n_codes = &transfer_outcome_count, .look = FORM_AS_SELECT,
      .label = N_("Outcome") },
    { FORM_AT(struct member_typed, outcome_on), .kind = FORM_DATE, .label = N_("On which day?") },
    { FORM_AT(struct member_typed, kept), .kind = FORM_CHOICE, .choice = yes_no, .choice_label = yes_no_label,
      .label = N_("Did the resident keep the own worker?") },
    { FORM_AT(struct member_typed, exception), .kind = FORM_CODE, .group = N_("Later than the day"),
      .codes = transfer_exceptions, .n_codes = &transfer_exception_count, .look = FORM_AS_SELECT,
      .label = N_("Why is this an exception?") },
    { FORM_AT(struct member_typed, exception_until), .kind = FORM_DATE, .label = N_("Until") },
    { FORM_AT(struct member_typed, team), .kind = FORM_PICK, .group = N_("About this resident"),
      .look = FORM_AS_SELECT, .label = N_("Team") },
    { FORM_AT(struct member_typed, original), .kind = FORM_DATE, .required = true,
      .label = N_("When did the resident ask?") },
    { FORM_AT(struct member_typed, waits_until), .kind = FORM_DATE, .label = N_("Chose to wait until") },
    { FORM_AT(struct member_typed, note), .kind = FORM_LINES, .max = 2000,
      .label = N_("Note with this step") },
};

static enum err values_of(struct ctx *c, const struct member *m, struct pair *v, size_t *ret_n)
{
    const struct member_facts *f = &m->f;
    const struct pair all[] = {
        { "version", typed_number_text(c, m->version) },
        { "agreed_resident", typed_day_text(c, f->agreed_resident) },
        { "agreed_provider", typed_day_text(c, f->agreed_provider) },
        { "agreed_team", typed_day_text(c, f->agreed_team) },
        { "informed", typed_day_text(c, f->informed) },
        { "not_informed", f->not_informed },
        { "outcome", f->outcome },
        { "outcome_on", typed_day_text(c, f->outcome_on) },
        { "kept", f->kept_worker == INT_NONE ? NULL : yes_no[f->kept_worker != 0] },
        { "exception", f->exception },
        { "exception_until", typed_day_text(c, f->exception_until) },
        { "team", typed_number_text(c, f->team) },
        { "original", typed_day_text(c, f->original) },
        { "waits_until", typed_day_text(c, f->waits_until) },
    };
    size_t n = 0;

    for (size_t i = 0; i < COUNT(all); i++)
        if (all[i].value != NULL)
            v[n++] = all[i];
    *ret_n = n;
    return OK;
}

static const char *step_name(const struct ctx *c, const char *kind)
{
    static const struct code_name names[] = {
        { "outcome", N_("Outcome written down") },
        { "outcome_taken_back", N_("Outcome taken back") },
        { "exception", N_("Exception written down") },
        { "agreed", N_("Agreement written down") },
        { "informed", N_("Informed in writing") },
        { "registered", N_("Request registered here") },
        { "changed", N_("Changed") },
    };

    return code_text(c, names, COUNT(names), kind);
}

static const char *reason_text(const struct ctx *c, const char *code)
{
    if (code == NULL)
        return NULL;
    if (code_known(transfer_outcomes, transfer_outcome_count, code))
        return code_text(c, transfer_outcomes, transfer_outcome_count, code);
    return code_text(c, transfer_exceptions, transfer_exception_count, code);
}

static enum err steps_fill(struct ctx *c, const struct member *m, struct member_page *p)
{
    const struct happening *h;
    struct record_step *s;
    size_t n;

    TRY(member_history(c, m, &h, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *s, (void *)&s));
    for (size_t i = 0; i < n; i++)
        s[n - 1 - i] = record_step_of(&h[i], step_name(c, h[i].kind), reason_text(c, h[i].reason));
    p->step = s;
    p->steps = n;
    return OK;
}

static void state_fill(const struct ctx *c, struct member_page *p)
{
    const struct member_facts *f = &p->m->f;

    p->look = "neutral";
    if (f->outcome != NULL)
        p->state = code_text(c, transfer_outcomes, transfer_outcome_count, f->outcome), p->look = "success";
    else if (f->exception != NULL)
        p->state = _("Exception"), p->look = "warning";
    else if (member_overdue(p->t, f, c->today))
        p->state = _("Too late"), p->look = "danger";
    else
        p->state = _("Open");
}

static enum err page_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct member_page p = { 0 };
    struct form_options teams;
    struct pair value[COUNT(fields)];
    struct form form = { FORM(fields), .options = &teams, .n_options = 1, .value = value };
    struct transfer t;
    struct member m;

    TRY(member_get(c, r->ids.id[0], &m));
    TRY(transfer_get(c, m.transfer, &t));
    TRY(frame_fill(c, r, _("Hand-over"), "/transfers", &p.frame));
    p.m = &m;
    p.t = &t;
    state_fill(c, &p);
    p.may_register = m.f.request == INT_NONE && user_may(c, RIGHT_REGISTER);
    TRY(team_options(c, "team", &teams));
    TRY(values_of(c, &m, value, &form.n_values));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    TRY(steps_fill(c, &m, &p));
    return member_html(c, &out->body, &p);
}

enum err web_member_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return page_show(c, r, NULL, out);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form_options teams;
    struct member_typed t = { 0 };
    struct member m;

    TRY(member_get(c, r->ids.id[0], &m));
    TRY(team_options(c, "team", &teams));
    struct form form = { FORM(fields), .options = &teams, .n_options = 1 };
    TRY(form_take(c, r, &form, &t, errors));
    struct member_facts f = { .request = m.f.request,
                              .team = t.team,
                              .original = t.original,
                              .waits_until = t.waits_until,
                              .agreed_resident = t.agreed_resident,
                              .agreed_provider = t.agreed_provider,
                              .agreed_team = t.agreed_team,
                              .informed = t.informed,
                              .not_informed = or_null(t.not_informed),
                              .outcome = or_null(t.outcome),
                              .outcome_on = t.outcome_on,
                              .kept_worker = t.kept,
                              .exception = or_null(t.exception),
                              .exception_until = t.exception_until };
    return member_change(c, m.id, t.version, &f, or_null(t.note));
}

enum err web_member_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/transfers/members/%lld?done=saved", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return page_show(c, r, &errors, out);
}

struct version_typed {
    int64_t version;
};
static const struct form_field version_fields[] = {
    { FORM_AT(struct version_typed, version), .kind = FORM_INT, .required = true },
};

static enum err register_it(struct ctx *c, const struct req *r, struct form_errors *errors,
                            struct request_id *ret_id)
{
    struct version_typed t = { 0 };

    TRY(form_read(c, r, version_fields, COUNT(version_fields), &t, errors));
    return member_register(c, r->ids.id[0], t.version, ret_id);
}

enum err web_member_register_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    struct request_id id = { 0 };
    enum err e = register_it(c, r, &errors, &id);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=new", (long long)id.v);
    TRY(wrong_take(c, e, out, &errors));
    return page_show(c, r, &errors, out);
}

/* Lists whose day has passed or comes within two weeks, while there are residents without an outcome. */
enum err today_transfers(struct ctx *c, struct today_block *b)
{
    struct transfer_line *line;
    size_t n;

    b->title = _("Hand-over lists near their day");
    b->url = "/transfers";
    b->empty = _("No hand-over list needs attention.");
    b->count = 0;
    TRY(transfer_all(c, &line, &n));
    for (size_t i = 0; i < n; i++) {
        struct today_row *row;
        if (line[i].open == 0 || line[i].t.due > c->today + 14)
            continue;
        b->count++;
        b->late = b->late || line[i].t.due < c->today;
        if ((row = today_row_add(b)) == NULL)
            continue;
        row->text = line[i].t.name;
        row->sub = sentence(c, _("{1} residents without an outcome"), &line[i].open, 1);
        row->badge = day_text(c, line[i].t.due);
        row->look = line[i].t.due < c->today ? "danger" : "warning";
        TRY(path_of(c, "/transfers/{}?tab=open", line[i].t.id, &row->url));
    }
    return OK;
}
