// SPDX-License-Identifier: EUPL-1.2
/* One signal, and the form for the next step. */
#include "register/config.h"
#include "register/right.h"
#include "register/signal.h"
#include "web/record.h"
#include "web/show.h"
#include "web/signal.h"
#include "web/tpl.h"

#include <stdio.h>

struct typed {
    int64_t seen;
    const char *step, *verdict, *severity, *note;
};
static const size_t severity_count = SIGNAL_SEVERITIES;
static const struct form_field fields[] = {
    { FORM_AT(struct typed, seen), .kind = FORM_INT, .hidden = true, .required = true },
    { FORM_AT(struct typed, step), .kind = FORM_CODE, .required = true, .label = N_("What happened?") },
    { FORM_AT(struct typed, verdict), .kind = FORM_CODE, .label = N_("How do you judge it?"),
      .look = FORM_AS_SELECT, .hint = N_("Only when you judge it."), .codes = signal_verdicts,
      .n_codes = &signal_verdict_count },
    { FORM_AT(struct typed, severity), .kind = FORM_CODE, .label = N_("How serious is it?"),
      .look = FORM_AS_SELECT, .codes = signal_severities, .n_codes = &severity_count },
    { FORM_AT(struct typed, note), .kind = FORM_LINES, .max = 4000, .label = N_("Note or answer"),
      .hint = N_("Who sent the signal can read this.") },
};
enum { STEP_FIELD = 1 };

struct step_form {
    struct form form;
    struct form_field field[COUNT(fields)];
    struct code_name step[SIGNAL_STEPS];
    size_t n_steps;
    struct pair value[2];
    char severity[2];
};

static void step_form_fill(struct ctx *c, const struct signal_view *v, struct step_form *f)
{
    for (size_t i = 0; i < COUNT(fields); i++)
        f->field[i] = fields[i];
    f->n_steps = 0;
    for (size_t i = SIGNAL_RECEIVED + 1; i < SIGNAL_STEPS; i++)
        if (procedure_allows(&signal_steps, v->now.state, i) &&
            (i == SIGNAL_NOTE || user_may(c, RIGHT_SIGNAL_JUDGE)))
            f->step[f->n_steps++] =
                (struct code_name){ signal_steps.step[i].code, signal_steps.step[i].name };
    f->field[STEP_FIELD].codes = f->step;
    f->field[STEP_FIELD].n_codes = &f->n_steps;
    f->severity[0] = (char)('0' + v->severity);
    f->severity[1] = '\0';
    f->value[0] = (struct pair){ "seen", typed_number_text(c, v->now.version) };
    f->value[1] = (struct pair){ "severity", f->severity };
    f->form = (struct form){ .field = f->field, .n = COUNT(fields), .value = f->value, .n_values = 2 };
}

static const char *name_of(const struct ctx *c, const struct happening *h)
{
    size_t step;

    return procedure_find(&signal_steps, h->kind, &step) ? procedure_step_name(c, &signal_steps, step)
                                                         : h->kind;
}

static const char *detail_of(const struct ctx *c, const struct happening *h)
{
    if (h->reason != NULL)
        return code_text(c, signal_verdicts, signal_verdict_count, h->reason);
    return h->number >= 1 && h->number <= SIGNAL_SEVERITIES ? _(signal_severities[h->number - 1].name) : NULL;
}

static enum err facts_fill(struct ctx *c, const struct signal_view *v, struct record_page *p)
{
    const struct config *k;

    TRY(config_get(c, &k));
    p->about_title = _("What was seen or heard");
    p->about = v->about;
    record_fact_add(p, _("About"), code_text(c, signal_topics, signal_topic_count, v->topic));
    record_fact_add(p, _("How serious?"), _(signal_severities[v->severity - 1].name));
    record_fact_add(p, _("Told by"), code_text(c, signal_sources, signal_source_count, v->source));
    if (user_may(c, RIGHT_SIGNAL_JUDGE))
        record_fact_add(p, _("Name or organisation"), v->teller);
    record_fact_add(p, _("People who said this in 91 days"), count_text(c, v->reporters));
    record_fact_add(p, _("Neighbourhood"), config_neighbourhood_name(k, v->neighbourhood));
    record_fact_add(p, _("Team"), config_team_name(k, v->team));
    record_fact_add(p, _("Received"), long_day_text(c, time_nl_day(v->received_at)));
    if (v->due != DAY_NONE)
        p->term[p->terms++] = (struct record_term){ _("Answer at the latest"), v->due, true, v->late };
    return OK;
}

static enum err one_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    static const struct record_words words = { name_of, detail_of };
    struct record_page p = { .back = "/signals", .back_label = _("All signals") };
    struct signal_view v;
    struct step_form f;
    char title[64], action[48];

    TRY(signal_get(c, r->ids.id[0], &v));
    snprintf(title, sizeof title, "%s %s", _("Signal"), v.number);
    TRY(frame_fill(c, r, title, "/signals", &p.frame));
    p.badge = procedure_state_name(c, &signal_steps, v.now.state);
    p.look = v.late ? "danger" : v.now.state == SIGNAL_CLOSED ? "inactive" : "neutral";
    TRY(facts_fill(c, &v, &p));
    TRY(record_steps_fill(c, v.step, v.steps, &words, &p));
    step_form_fill(c, &v, &f);
    p.may_change = f.n_steps > 0 && c->actor->role != ROLE_PARTNER && c->actor->role != ROLE_ADVISORY_COUNCIL;
    if (p.may_change) {
        p.form_title = _("Write down the next step");
        snprintf(action, sizeof action, "/signals/%lld", (long long)v.id);
        p.action = action;
        TRY(form_view_fill(c, r, &f.form, wrong, &p.form));
    }
    TRY(record_news_fill(c, r, &p));
    return record_html(c, &out->body, &p);
}

enum err web_signal_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return one_show(c, r, NULL, out);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct signal_change ch = { .id = r->ids.id[0] };
    struct signal_view v;
    struct step_form f;
    struct typed t = { 0 };
    size_t step;

    TRY(signal_get(c, ch.id, &v));
    TRY(record_check_seen(c, r, v.now.version));
    step_form_fill(c, &v, &f);
    TRY(form_take(c, r, &f.form, &t, wrong));
    if (!procedure_find(&signal_steps, t.step, &step))
        return FAIL_FIELD("step", "%s", _("Choose one of the list."));
    ch.seen = t.seen;
    ch.step = (enum signal_step)step;
    ch.severity = text_empty(t.severity) ? v.severity : t.severity[0] - '0';
    ch.verdict = t.verdict;
    ch.note = text_empty(t.note) ? NULL : t.note;
    return signal_change(c, &ch);
}

enum err web_signal_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/signals/%lld?done=step", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return one_show(c, r, &wrong, out);
}
