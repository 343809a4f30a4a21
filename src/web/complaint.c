// SPDX-License-Identifier: EUPL-1.2
#include "web/complaint.h"

#include "register/complaint.h"
#include "register/request.h"
#include "register/right.h"
#include "web/options.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Complaint"), TEXT, N_("Name")),
    SHEET_COLUMN(N_("About"), TEXT),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Received"), DAY),
    SHEET_COLUMN(N_("State"), BADGE),
    SHEET_COLUMN(N_("Answer at the latest"), DAY),
    SHEET_COLUMN(N_("Judgement"), TEXT),
    SHEET_COLUMN(N_("Committee"), TEXT),
};

static const char *committee_text(const struct ctx *c, const char *code)
{
    if (code == NULL)
        return _("not decided yet");
    return text_is(code, "yes")
               ? _("Yes")
               : code_text(c, complaint_committee_reasons, complaint_committee_reason_count, code);
}

static const char *state_look(enum complaint_state state, bool late)
{
    return late                         ? "danger"
           : state == COMPLAINT_CLOSED  ? "inactive"
           : state == COMPLAINT_DECIDED ? "success"
           : state == COMPLAINT_OPEN    ? "warning"
                                        : "neutral";
}

static enum err row_put(struct ctx *c, const struct complaint_row *w, struct sheet *s)
{
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, w->number);
    sheet_sub(s, w->name);
    TRY(sheet_link(c, s, "/complaints/%lld", (long long)w->id.v));
    sheet_text(s, code_text(c, complaint_categories, complaint_category_count, w->category));
    sheet_text(s, w->team);
    sheet_day(s, time_nl_day(w->received_at));
    sheet_badge(s, procedure_state_name(c, &complaint_steps, w->state), state_look(w->state, w->late));
    sheet_day(s, w->due);
    sheet_text(s, w->outcome == NULL ? NULL
                                     : code_text(c, complaint_outcomes, complaint_outcome_count, w->outcome));
    sheet_text(s, committee_text(c, w->committee));
    return OK;
}

static enum err rows_put(struct ctx *c, const struct complaint_filter *f, bool committee, struct sheet *s)
{
    struct complaint_row *row;
    size_t n;

    TRY(complaint_list(c, f, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (!committee || row[i].state == COMPLAINT_AT_COMMITTEE || row[i].state == COMPLAINT_CLOSED)
            TRY(row_put(c, &row[i], s));
    return OK;
}

static enum err list_show(struct ctx *c, const struct req *r, bool all, bool committee, struct reply *out)
{
    struct complaint_filter f = { .open = !all, .from = c->today - 365, .to = c->today, .page = 1 };
    struct record_list_page p = { .lead = committee
                                              ? _("Every closed complaint says whether the committee dealt "
                                                  "with it, and why not.")
                                              : NULL };
    struct sheet s = { .object = "complaint",
                       .title = committee ? _("Complaints committee") : _("Complaints"),
                       .filter = all ? _("Received in the last year") : _("Not closed yet"),
                       .day = c->today,
                       .empty = _("There is no complaint in this list."),
                       SHEET_COLUMNS(columns) };

    TRY(rows_put(c, &f, committee, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/complaints", &p.frame));
    record_tabs_fill(c, "/complaints", "/complaints?all=1", all && !committee, &p);
    p.tab[0].current = !all;
    p.tab[p.tabs++] = (struct tab){ _("Committee"), "/complaints/committee", INT_NONE, committee };
    if (user_may(c, RIGHT_COMPLAINT_ENTER)) {
        p.new_url = "/complaints/new";
        p.new_label = _("New complaint");
    }
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return record_list_html(c, &out->body, &p);
}

enum err web_complaints_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return list_show(c, r, req_query(r, "all") != NULL, false, out);
}

enum err web_committee_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return list_show(c, r, true, true, out);
}

enum err today_complaints(struct ctx *c, struct today_block *b)
{
    struct complaint_filter f = { .open = true, .page = 1 };
    struct complaint_row *row;
    size_t n;

    b->title = _("Complaints that wait for an answer");
    b->url = "/complaints";
    b->empty = _("No complaint waits for an answer.");
    TRY(complaint_list(c, &f, &row, &n));
    b->count = 0;
    for (size_t i = 0; i < n; i++) {
        char url[48];
        if (row[i].due == DAY_NONE)
            continue;
        b->count++;
        b->late = b->late || row[i].late;
        struct today_row *t = today_row_add(b);
        if (t == NULL)
            continue;
        snprintf(url, sizeof url, "/complaints/%lld", (long long)row[i].id.v);
        TRY(ctx_copy(c, url, &t->url));
        t->text = code_text(c, complaint_categories, complaint_category_count, row[i].category);
        TRY(ctx_copy(c, row[i].number, &t->sub));
        t->badge = day_text(c, row[i].due);
        t->look = row[i].late ? "danger" : "neutral";
    }
    return OK;
}

/* ── A new complaint ──────────────────────────────────────────────────────────────────────────────────────
 */

struct typed {
    const char *name, *phone, *email, *about, *regime, *category, *channel, *request;
    int32_t received;
    bool serious;
    int64_t team, worker;
};
static const struct form_field fields[] = {
    { FORM_AT(struct typed, name), .kind = FORM_TEXT, .max = 120, .label = N_("Name of who complains"),
      .group = N_("Who complains?"), .hint = N_("Leave empty when someone complains without a name.") },
    { FORM_AT(struct typed, phone), .kind = FORM_TEXT, .max = 40, .label = N_("Phone"), .type = "tel",
      .narrow = true },
    { FORM_AT(struct typed, email), .kind = FORM_TEXT, .max = 120, .label = N_("E-mail"), .type = "email",
      .narrow = true },
    { FORM_AT(struct typed, about), .kind = FORM_LINES, .required = true, .max = 6000,
      .label = N_("What is the complaint?"), .group = N_("What is it about?"),
      .hint = N_("In the words of who complains.") },
    { FORM_AT(struct typed, category), .kind = FORM_CODE, .required = true, .label = N_("Kind of complaint"),
      .codes = complaint_categories, .n_codes = &complaint_category_count },
    { FORM_AT(struct typed, team), .kind = FORM_PICK, .label = N_("Team") },
    { FORM_AT(struct typed, worker), .kind = FORM_PICK, .label = N_("Colleague whom it is about") },
    { FORM_AT(struct typed, request), .kind = FORM_TEXT, .max = 24, .label = N_("Number of the request"),
      .hint = N_("For example 2024-1234. The complaint does not show in that file."), .narrow = true },
    { FORM_AT(struct typed, serious), .kind = FORM_CHECK,
      .label = N_("It is about safety, discrimination or privacy") },
    { FORM_AT(struct typed, received), .kind = FORM_DATE, .required = true, .narrow = true,
      .label = N_("Received on"), .group = N_("How do we handle it?") },
    { FORM_AT(struct typed, channel), .kind = FORM_CODE, .label = N_("How did it come in?"),
      .codes = complaint_channels, .n_codes = &complaint_channel_count },
    { FORM_AT(struct typed, regime), .kind = FORM_CODE, .required = true, .label = N_("Which rules hold?"),
      .hint = N_("They set the term for the answer."), .codes = complaint_regimes,
      .n_codes = &complaint_regime_count },
};

struct new_form {
    struct form form;
    struct form_options options[2];
    struct pair value[2];
};

static enum err worker_options(struct ctx *c, struct form_options *ret_options)
{
    struct complaint_worker *worker;
    struct option_id *option;
    size_t n;

    TRY(complaint_workers(c, &worker, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < n; i++)
        option[i] = (struct option_id){ worker[i].id, worker[i].name };
    *ret_options = (struct form_options){ "worker", option, n };
    return OK;
}

static enum err new_form_fill(struct ctx *c, struct new_form *f)
{
    TRY(team_options(c, "team", &f->options[0]));
    TRY(worker_options(c, &f->options[1]));
    f->value[0] = (struct pair){ "received", typed_day_text(c, c->today) };
    f->value[1] = (struct pair){ "regime", "awb" };
    f->form = (struct form){ FORM(fields), .options = f->options, .n_options = 2, .value = f->value,
                             .n_values = 2 };
    return OK;
}

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct record_new_page p = {
        .action = "/complaints",
        .button = _("Save the complaint"),
        .back = "/complaints",
        .lead = _("A complaint is about how someone was treated. Someone who disagrees with a "
                  "decision can object.")
    };
    struct new_form f;

    TRY(frame_fill(c, r, _("New complaint"), "/complaints", &p.frame));
    if (!user_may(c, RIGHT_COMPLAINT_LIST))
        p.back = "/today";
    TRY(new_form_fill(c, &f));
    TRY(form_view_fill(c, r, &f.form, wrong, &p.form));
    return record_new_html(c, &out->body, &p);
}

enum err web_complaint_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_COMPLAINT_ENTER));
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *wrong,
                         struct complaint_id *ret_id)
{
    struct request_id request = { INT_NONE };
    struct new_form f;
    struct typed t = { 0 };

    TRY(new_form_fill(c, &f));
    TRY(form_take(c, r, &f.form, &t, wrong));
    if (!text_empty(t.request) && !request_number_find(t.request, &request))
        return FAIL_FIELD("request", "%s", _("Write the number as it stands on the request: 2024-1234."));
    struct complaint_form complaint = { .person = INT_NONE,
                                        .who = { .name = text_empty(t.name) ? NULL : t.name,
                                                 .phone = text_empty(t.phone) ? NULL : t.phone,
                                                 .email = text_empty(t.email) ? NULL : t.email },
                                        .request = request.v,
                                        .about = t.about,
                                        .regime = t.regime,
                                        .category = t.category,
                                        .channel = text_empty(t.channel) ? NULL : t.channel,
                                        .serious = t.serious,
                                        .team = t.team,
                                        .worker = t.worker,
                                        .received = t.received };
    return complaint_add(c, &complaint, ret_id);
}

enum err web_complaint_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct complaint_id id;
    enum err e = new_save(c, r, &wrong, &id);

    if (e == OK)
        return user_may(c, RIGHT_COMPLAINT)
                   ? reply_redirect(c, out, "/complaints/%lld?done=complaint", (long long)id.v)
                   : reply_redirect(c, out, "/today?done=complaint");
    TRY(wrong_take(c, e, out, &wrong));
    return new_show(c, r, &wrong, out);
}
