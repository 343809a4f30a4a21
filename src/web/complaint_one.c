// SPDX-License-Identifier: EUPL-1.2
/* One complaint: what it is about, its terms, its steps, and the form for the next one. */
#include "register/complaint.h"
#include "register/config.h"
#include "register/right.h"
#include "web/complaint.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>

/* ── The form of the next step ────────────────────────────────────────────────────────────────────────────
 */

struct typed {
    int64_t seen, handler;
    const char *step, *category, *outcome, *why_not, *note;
    int32_t date, until;
};

/* Which of the fields belong to which step; the others are ignored. */
static const struct form_field fields[] = {
    { FORM_AT(struct typed, seen), .kind = FORM_INT, .hidden = true, .required = true },
    { FORM_AT(struct typed, step), .kind = FORM_CODE, .required = true, .label = N_("What happened?"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, date), .kind = FORM_DATE, .required = true, .narrow = true,
      .label = N_("On which day?") },
    { FORM_AT(struct typed, handler), .kind = FORM_PICK, .label = N_("Who handles it?"),
      .hint = N_("Only when it is given to someone.") },
    { FORM_AT(struct typed, category), .kind = FORM_CODE, .label = N_("Other kind of complaint"),
      .hint = N_("Only when it gets another category."), .codes = complaint_categories,
      .n_codes = &complaint_category_count },
    { FORM_AT(struct typed, until), .kind = FORM_DATE, .narrow = true,
      .label = N_("Day of the meeting, or agreed day"),
      .hint = N_("Only when it goes to the committee, or when a later answer was agreed.") },
    { FORM_AT(struct typed, why_not), .kind = FORM_CODE, .label = N_("Why not to the committee?"),
      .look = FORM_AS_SELECT, .codes = complaint_committee_reasons,
      .n_codes = &complaint_committee_reason_count },
    { FORM_AT(struct typed, outcome), .kind = FORM_CODE, .label = N_("Judgement"), .look = FORM_AS_SELECT,
      .hint = N_("Only with an answer or a judgement of the committee."), .codes = complaint_outcomes,
      .n_codes = &complaint_outcome_count },
    { FORM_AT(struct typed, note), .kind = FORM_LINES, .max = 4000, .label = N_("Note") },
};
enum { STEP_FIELD = 1 };

/* Which steps ask for a field; of the others 0: always there. */
#define STEP(step) (1u << COMPLAINT_##step)
static unsigned asked_by(const char *field)
{
    static const struct {
        const char *field;
        unsigned steps;
    } uses[] = {
        { "handler", STEP(HANDLER) },
        { "category", STEP(CATEGORISED) },
        { "until", STEP(TO_COMMITTEE) | STEP(AGREED) },
        { "why_not", STEP(NO_COMMITTEE) },
        { "outcome", STEP(RULED) | STEP(DECIDED_STEP) },
    };

    for (size_t i = 0; i < COUNT(uses); i++)
        if (text_is(uses[i].field, field))
            return uses[i].steps;
    return 0;
}

struct step_form {
    struct form form;
    struct form_field field[COUNT(fields)];
    struct code_name step[COMPLAINT_STEPS];
    size_t n_steps;
    struct form_options options;
    struct pair value[3];
};

/* Only steps that are possible now can be chosen, and only their fields are shown. */
static size_t fields_choose(const struct complaint *p, struct step_form *f)
{
    unsigned possible = 0;
    size_t n = 0;

    f->n_steps = 0;
    for (size_t i = COMPLAINT_RECEIVED + 1; i < COMPLAINT_STEPS; i++) {
        if (!procedure_allows(&complaint_steps, p->now.state, i))
            continue;
        possible |= 1u << i;
        f->step[f->n_steps++] =
            (struct code_name){ complaint_steps.step[i].code, complaint_steps.step[i].name };
    }
    for (size_t i = 0; i < COUNT(fields); i++)
        if (asked_by(fields[i].name) == 0 || (asked_by(fields[i].name) & possible) != 0)
            f->field[n++] = fields[i];
    f->field[STEP_FIELD].codes = f->step;
    f->field[STEP_FIELD].n_codes = &f->n_steps;
    return n;
}

static enum err step_form_fill(struct ctx *c, const struct complaint *p, struct step_form *f)
{
    size_t n, n_fields = fields_choose(p, f);
    struct complaint_handler *handler;
    struct option_id *option;

    TRY(complaint_handlers(c, &handler, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < n; i++)
        option[i] = (struct option_id){ handler[i].id, handler[i].name };
    f->options = (struct form_options){ "handler", option, n };
    f->value[0] = (struct pair){ "seen", typed_number_text(c, p->now.version) };
    f->value[1] = (struct pair){ "date", typed_day_text(c, c->today) };
    f->form = (struct form){ .field = f->field,
                             .n = n_fields,
                             .options = &f->options,
                             .n_options = 1,
                             .value = f->value,
                             .n_values = 2 };
    return OK;
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const char *step_name(const struct ctx *c, const struct happening *h)
{
    size_t step;

    return procedure_find(&complaint_steps, h->kind, &step) ? procedure_step_name(c, &complaint_steps, step)
                                                            : h->kind;
}

static const char *step_detail(const struct ctx *c, const struct happening *h)
{
    size_t step;

    if (h->reason == NULL || !procedure_find(&complaint_steps, h->kind, &step))
        return NULL;
    if (step == COMPLAINT_RECEIVED || step == COMPLAINT_CATEGORISED)
        return code_text(c, complaint_categories, complaint_category_count, h->reason);
    if (step == COMPLAINT_NO_COMMITTEE)
        return code_text(c, complaint_committee_reasons, complaint_committee_reason_count, h->reason);
    return code_text(c, complaint_outcomes, complaint_outcome_count, h->reason);
}

static enum err facts_fill(struct ctx *c, const struct complaint *q, struct record_page *p)
{
    const struct config *k;

    TRY(config_get(c, &k));
    p->about_title = _("What is the complaint?");
    p->about = q->about;
    record_fact_add(p, _("Name"), q->name);
    record_fact_add(p, _("Phone"), q->phone);
    record_fact_add(p, _("E-mail"), q->email);
    record_fact_add(p, _("Kind of complaint"),
                    code_text(c, complaint_categories, complaint_category_count, q->now.category));
    record_fact_add(p, _("Rules"), code_text(c, complaint_regimes, complaint_regime_count, q->regime));
    record_fact_add(p, _("Came in by"),
                    code_text(c, complaint_channels, complaint_channel_count, q->channel));
    record_fact_add(p, _("Received"), long_day_text(c, time_nl_day(q->received_at)));
    record_fact_add(p, _("Team"), config_team_name(k, q->team));
    record_fact_add(p, _("About"), q->worker_name);
    record_fact_add(p, _("Handled by"), q->handler_name);
    record_fact_add(p, _("Serious"), q->serious ? _("Yes: safety, discrimination or privacy") : NULL);
    if (q->now.outcome != NULL)
        record_fact_add(p, _("Judgement"),
                        code_text(c, complaint_outcomes, complaint_outcome_count, q->now.outcome));
    record_fact_add(
        p, _("Committee"),
        q->now.committee == NULL ? _("not decided yet")
        : text_is(q->now.committee, "yes")
            ? _("Yes")
            : code_text(c, complaint_committee_reasons, complaint_committee_reason_count, q->now.committee));
    if (q->request != INT_NONE) {
        char text[48];
        snprintf(text, sizeof text, "/requests/%lld", (long long)q->request);
        record_fact_add(p, _("Request"), _("Open the request"));
        TRY(ctx_copy(c, text, &p->fact[p->facts - 1].url));
    }
    return OK;
}

static void terms_fill(const struct ctx *c, const struct complaint *q, struct record_page *p)
{
    for (size_t i = 0; i < q->terms; i++) {
        const struct term_state *t = &q->term[i].now;
        p->term[p->terms++] =
            (struct record_term){ .name = law_kind_name(c, q->term[i].kind),
                                  .due = t->due,
                                  .running = t->verdict == TERM_RUNNING || t->verdict == TERM_OVER,
                                  .late = t->verdict == TERM_OVER || t->verdict == TERM_NOT_KEPT };
    }
}

static const char *look_of(const struct complaint *q)
{
    return q->now.state == COMPLAINT_CLOSED    ? "inactive"
           : q->now.state == COMPLAINT_DECIDED ? "success"
                                               : "warning";
}

static enum err one_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    static const struct record_words words = { step_name, step_detail };
    struct record_page p = { .back = "/complaints", .back_label = _("All complaints") };
    struct complaint q;
    struct step_form f;
    char title[64], action[64];

    TRY(complaint_get(c, (struct complaint_id){ r->ids.id[0] }, &q));
    snprintf(title, sizeof title, "%s %s", _("Complaint"), q.number);
    TRY(frame_fill(c, r, title, "/complaints", &p.frame));
    p.badge = procedure_state_name(c, &complaint_steps, q.now.state);
    p.look = look_of(&q);
    TRY(facts_fill(c, &q, &p));
    terms_fill(c, &q, &p);
    TRY(record_steps_fill(c, q.step, q.steps, &words, &p));
    p.may_change = q.view == COMPLAINT_WHOLE;
    if (p.may_change) {
        p.form_title = _("Write down the next step");
        snprintf(action, sizeof action, "/complaints/%lld", (long long)q.id.v);
        p.action = action;
        TRY(step_form_fill(c, &q, &f));
        TRY(form_view_fill(c, r, &f.form, wrong, &p.form));
    }
    TRY(record_news_fill(c, r, &p));
    return record_html(c, &out->body, &p);
}

enum err web_complaint_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return one_show(c, r, NULL, out);
}

static const char *reason_of(const struct typed *t, enum complaint_step step)
{
    switch (step) {
    case COMPLAINT_CATEGORISED:
        return t->category;
    case COMPLAINT_NO_COMMITTEE:
        return t->why_not;
    case COMPLAINT_RULED:
    case COMPLAINT_DECIDED_STEP:
        return t->outcome;
    default:
        return NULL;
    }
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct complaint_change ch = { .id = { r->ids.id[0] }, .at = TIME_NONE, .until = TIME_NONE };
    struct complaint q;
    struct step_form f;
    struct typed t = { .handler = INT_NONE, .until = DAY_NONE };
    size_t step;

    TRY(complaint_get(c, ch.id, &q));
    TRY(record_check_seen(c, r, q.now.version));
    TRY(step_form_fill(c, &q, &f));
    TRY(form_take(c, r, &f.form, &t, wrong));
    if (!procedure_find(&complaint_steps, t.step, &step))
        return FAIL_FIELD("step", "%s", _("Choose one of the list."));
    if (t.date > c->today)
        return FAIL_FIELD("date", "%s", _("This date is in the future."));
    ch.seen = t.seen;
    ch.step = (enum complaint_step)step;
    if (t.date != c->today)
        ch.at = time_of_nl_day(t.date, 12 * 3600);
    if ((ch.step == COMPLAINT_TO_COMMITTEE || ch.step == COMPLAINT_AGREED) && t.until != DAY_NONE)
        ch.until = time_of_nl_day(t.until, 12 * 3600);
    ch.handler = t.handler;
    ch.reason = reason_of(&t, ch.step);
    ch.note = text_empty(t.note) ? NULL : t.note;
    return complaint_change(c, &ch);
}

enum err web_complaint_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/complaints/%lld?done=step", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return one_show(c, r, &wrong, out);
}
