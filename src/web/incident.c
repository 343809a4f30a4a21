// SPDX-License-Identifier: EUPL-1.2
#include "web/incident.h"

#include "register/config.h"
#include "register/incident.h"
#include "register/right.h"
#include "web/options.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>

static const char *harm_text(const struct ctx *c, int64_t harm)
{
    return harm >= 1 && harm <= INCIDENT_HARMS ? _(incident_harms[harm - 1].name) : "";
}

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("Incident"), TEXT),   SHEET_COLUMN(N_("Kind"), TEXT),
    SHEET_COLUMN(N_("Harm"), TEXT),       SHEET_COLUMN(N_("Calamity"), CHECK),
    SHEET_COLUMN(N_("Happened on"), DAY), SHEET_COLUMN(N_("State"), BADGE),
    SHEET_COLUMN(N_("First term"), DAY),
};

static enum err row_put(struct ctx *c, const struct incident *v, struct sheet *s)
{
    int32_t due = DAY_NONE;
    bool late = false;
    const char *number;

    for (size_t i = 0; i < v->terms; i++)
        if (v->term[i].running && (due == DAY_NONE || v->term[i].due < due)) {
            due = v->term[i].due;
            late = v->term[i].late;
        }
    TRY(ctx_copy(c, v->number, &number));
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, number);
    TRY(sheet_link(c, s, "/incidents/%lld", (long long)v->id));
    sheet_text(s, code_text(c, incident_kinds, incident_kind_count, v->kind));
    sheet_text(s, harm_text(c, v->harm));
    sheet_check(s, v->now.calamity);
    sheet_day(s, time_nl_day(v->occurred_at));
    sheet_badge(s, procedure_state_name(c, &incident_steps, v->now.state), late ? "danger" : "neutral");
    sheet_day(s, due);
    return OK;
}

enum err web_incidents_get(struct ctx *c, const struct req *r, struct reply *out)
{
    bool all = req_query(r, "all") != NULL;
    struct record_list_page p = { .new_url = "/incidents/new",
                                  .new_label = _("Report an incident"),
                                  .lead = user_may(c, RIGHT_INCIDENT_HANDLE)
                                              ? NULL
                                              : _("You see the incidents that you reported.") };
    struct sheet s = { .object = "incident",
                       .title = _("Incidents"),
                       .filter = all ? _("Reported in the last year") : _("Not closed yet"),
                       .day = c->today,
                       .empty = _("There is no incident in this list."),
                       SHEET_COLUMNS(columns) };
    struct incident *v;
    size_t n;

    TRY(incident_list(c, !all, c->today - 365, c->today, &v, &n));
    for (size_t i = 0; i < n; i++)
        TRY(row_put(c, &v[i], &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/incidents", &p.frame));
    record_tabs_fill(c, "/incidents", "/incidents?all=1", all, &p);
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return record_list_html(c, &out->body, &p);
}

/* ── A new incident ───────────────────────────────────────────────────────────────────────────────────────
 */

struct typed_new {
    const char *about, *kind, *harm;
    bool calamity;
    int32_t day;
    int64_t team;
};
static const size_t harm_count = INCIDENT_HARMS;
static const struct form_field new_fields[] = {
    { FORM_AT(struct typed_new, about), .kind = FORM_LINES, .required = true, .max = 6000,
      .label = N_("What happened?"), .hint = N_("Write no names. Facts only: what, where, who acted.") },
    { FORM_AT(struct typed_new, day), .kind = FORM_DATE, .required = true, .narrow = true,
      .label = N_("On which day?") },
    { FORM_AT(struct typed_new, kind), .kind = FORM_CODE, .required = true,
      .label = N_("What kind of incident?"), .codes = incident_kinds, .n_codes = &incident_kind_count },
    { FORM_AT(struct typed_new, harm), .kind = FORM_CODE, .required = true, .label = N_("How much harm?"),
      .look = FORM_AS_RADIOS, .codes = incident_harms, .n_codes = &harm_count },
    { FORM_AT(struct typed_new, calamity), .kind = FORM_CHECK,
      .label = N_("It may be a calamity: serious harm or death through the quality of the help") },
    { FORM_AT(struct typed_new, team), .kind = FORM_PICK, .label = N_("Team") },
};

struct new_form {
    struct form form;
    struct form_options options;
    struct pair value;
};

static enum err new_form_fill(struct ctx *c, struct new_form *f)
{
    TRY(team_options(c, "team", &f->options));
    f->value = (struct pair){ "day", typed_day_text(c, c->today) };
    f->form = (struct form){ FORM(new_fields), .options = &f->options, .n_options = 1, .value = &f->value,
                             .n_values = 1 };
    return OK;
}

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct record_new_page p = {
        .action = "/incidents",
        .button = _("Report it"),
        .back = "/incidents",
        .lead = _("We learn from what went wrong. Reporting is not blaming."),
        .warning = _("Is someone in danger now? Then call first: 112, or Veilig Thuis 0800-2000.")
    };
    struct new_form f;

    TRY(frame_fill(c, r, _("Report an incident"), "/incidents", &p.frame));
    TRY(new_form_fill(c, &f));
    TRY(form_view_fill(c, r, &f.form, wrong, &p.form));
    return record_new_html(c, &out->body, &p);
}

enum err web_incident_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_INCIDENT));
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *wrong, int64_t *ret_id)
{
    struct new_form f;
    struct typed_new t = { 0 };

    TRY(new_form_fill(c, &f));
    TRY(form_take(c, r, &f.form, &t, wrong));
    struct incident_form i = { t.about, t.kind, t.harm[0] - '0', t.calamity, t.day, t.team };
    return incident_add(c, &i, ret_id);
}

enum err web_incident_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t id;
    enum err e = new_save(c, r, &wrong, &id);

    if (e == OK)
        return reply_redirect(c, out, "/incidents/%lld?done=incident", (long long)id);
    TRY(wrong_take(c, e, out, &wrong));
    return new_show(c, r, &wrong, out);
}

/* ── One incident ─────────────────────────────────────────────────────────────────────────────────────────
 */

struct typed {
    int64_t seen;
    const char *step, *note;
    int32_t date;
};
static const struct form_field fields[] = {
    { FORM_AT(struct typed, seen), .kind = FORM_INT, .hidden = true, .required = true },
    { FORM_AT(struct typed, step), .kind = FORM_CODE, .required = true, .label = N_("What happened?"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, date), .kind = FORM_DATE, .required = true, .narrow = true,
      .label = N_("On which day?") },
    { FORM_AT(struct typed, note), .kind = FORM_LINES, .max = 4000, .label = N_("Note") },
};
enum { STEP_FIELD = 1 };

struct step_form {
    struct form form;
    struct form_field field[COUNT(fields)];
    struct code_name step[INCIDENT_STEPS];
    size_t n_steps;
    struct pair value[2];
};

static void step_form_fill(struct ctx *c, const struct incident *v, struct step_form *f)
{
    for (size_t i = 0; i < COUNT(fields); i++)
        f->field[i] = fields[i];
    f->n_steps = 0;
    for (size_t i = INCIDENT_REPORTED + 1; i < INCIDENT_STEPS; i++)
        if (procedure_allows(&incident_steps, v->now.state, i))
            f->step[f->n_steps++] =
                (struct code_name){ incident_steps.step[i].code, incident_steps.step[i].name };
    f->field[STEP_FIELD].codes = f->step;
    f->field[STEP_FIELD].n_codes = &f->n_steps;
    f->value[0] = (struct pair){ "seen", typed_number_text(c, v->now.version) };
    f->value[1] = (struct pair){ "date", typed_day_text(c, c->today) };
    f->form = (struct form){ .field = f->field, .n = COUNT(fields), .value = f->value, .n_values = 2 };
}

static const char *name_of(const struct ctx *c, const struct happening *h)
{
    size_t step;

    return procedure_find(&incident_steps, h->kind, &step) ? procedure_step_name(c, &incident_steps, step)
                                                           : h->kind;
}

static const char *detail_of(const struct ctx *c, const struct happening *h)
{
    (void)c;
    (void)h;
    return NULL;
}

static enum err facts_fill(struct ctx *c, const struct incident *v, struct record_page *p)
{
    const struct config *k;

    TRY(config_get(c, &k));
    p->about_title = _("What was reported?");
    p->about = v->about;
    record_fact_add(p, _("Kind"), code_text(c, incident_kinds, incident_kind_count, v->kind));
    record_fact_add(p, _("Harm"), harm_text(c, v->harm));
    record_fact_add(p, _("Calamity"), v->now.calamity ? _("Yes") : _("No"));
    record_fact_add(p, _("Happened on"), long_day_text(c, time_nl_day(v->occurred_at)));
    record_fact_add(p, _("Reported on"), long_day_text(c, time_nl_day(v->recorded_at)));
    record_fact_add(p, _("Team"), config_team_name(k, v->team));
    for (size_t i = 0; i < v->terms; i++)
        p->term[p->terms++] =
            (struct record_term){ v->term[i].name, v->term[i].due, v->term[i].running, v->term[i].late };
    return OK;
}

static enum err one_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    static const struct record_words words = { name_of, detail_of };
    struct record_page p = { .back = "/incidents", .back_label = _("All incidents") };
    struct incident v;
    struct step_form f;
    char title[64], action[48];

    TRY(incident_get(c, r->ids.id[0], &v));
    snprintf(title, sizeof title, "%s %s", _("Incident"), v.number);
    TRY(frame_fill(c, r, title, "/incidents", &p.frame));
    p.badge = procedure_state_name(c, &incident_steps, v.now.state);
    p.look = v.now.state == INCIDENT_CLOSED ? "inactive" : v.now.calamity ? "danger" : "neutral";
    TRY(facts_fill(c, &v, &p));
    TRY(record_steps_fill(c, v.step, v.steps, &words, &p));
    step_form_fill(c, &v, &f);
    p.may_change = f.n_steps > 0 && user_may(c, RIGHT_INCIDENT_HANDLE);
    if (p.may_change) {
        p.form_title = _("Write down the next step");
        snprintf(action, sizeof action, "/incidents/%lld", (long long)v.id);
        p.action = action;
        TRY(form_view_fill(c, r, &f.form, wrong, &p.form));
    }
    TRY(record_news_fill(c, r, &p));
    return record_html(c, &out->body, &p);
}

enum err web_incident_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return one_show(c, r, NULL, out);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct incident_change ch = { .id = r->ids.id[0], .at = TIME_NONE };
    struct incident v;
    struct step_form f;
    struct typed t = { 0 };
    size_t step;

    TRY(incident_get(c, ch.id, &v));
    TRY(record_check_seen(c, r, v.now.version));
    step_form_fill(c, &v, &f);
    TRY(form_take(c, r, &f.form, &t, wrong));
    if (!procedure_find(&incident_steps, t.step, &step))
        return FAIL_FIELD("step", "%s", _("Choose one of the list."));
    if (t.date > c->today)
        return FAIL_FIELD("date", "%s", _("This date is in the future."));
    ch.seen = t.seen;
    ch.step = (enum incident_step)step;
    if (t.date != c->today)
        ch.at = time_of_nl_day(t.date, 12 * 3600);
    ch.note = text_empty(t.note) ? NULL : t.note;
    return incident_change(c, &ch);
}

enum err web_incident_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/incidents/%lld?done=step", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &wrong));
    return one_show(c, r, &wrong, out);
}
