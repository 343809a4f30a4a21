// SPDX-License-Identifier: EUPL-1.2
#include "web/signal.h"

#include "register/config.h"
#include "register/right.h"
#include "register/signal.h"
#include "web/options.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>

/* ── The list ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN(N_("Signal"), TEXT),        SHEET_COLUMN(N_("About"), TEXT),
    SHEET_COLUMN(N_("Serious"), BADGE),      SHEET_COLUMN(N_("People who say this"), COUNT),
    SHEET_COLUMN(N_("Neighbourhood"), TEXT), SHEET_COLUMN(N_("Received"), DAY),
    SHEET_COLUMN(N_("State"), BADGE),        SHEET_COLUMN(N_("Answer at the latest"), DAY),
};

static const char *severity_text(const struct ctx *c, int64_t severity)
{
    return severity >= 1 && severity <= SIGNAL_SEVERITIES ? _(signal_severities[severity - 1].name) : "";
}

static enum err row_put(struct ctx *c, const struct config *k, const struct signal_view *v, struct sheet *s)
{
    const char *number;

    TRY(ctx_copy(c, v->number, &number));
    TRY(sheet_row(c, s, INT_NONE));
    sheet_text(s, number);
    TRY(sheet_link(c, s, "/signals/%lld", (long long)v->id));
    sheet_text(s, code_text(c, signal_topics, signal_topic_count, v->topic));
    sheet_badge(s, severity_text(c, v->severity),
                v->severity >= 4   ? "danger"
                : v->severity == 3 ? "warning"
                                   : "neutral");
    sheet_count(s, v->reporters);
    sheet_text(s, config_neighbourhood_name(k, v->neighbourhood));
    sheet_day(s, time_nl_day(v->received_at));
    sheet_badge(s, procedure_state_name(c, &signal_steps, v->now.state), v->late ? "danger" : "neutral");
    sheet_day(s, v->due);
    return OK;
}

static enum err rows_put(struct ctx *c, bool all, struct sheet *s)
{
    struct signal_filter f = { .open = !all, .from = c->today - 365, .to = c->today, .severity = INT_NONE };
    struct signal_view *v;
    const struct config *k;
    size_t n;

    TRY(config_get(c, &k));
    TRY(signal_list(c, &f, &v, &n));
    for (size_t i = 0; i < n; i++)
        TRY(row_put(c, k, &v[i], s));
    return OK;
}

enum err web_signals_get(struct ctx *c, const struct req *r, struct reply *out)
{
    bool all = req_query(r, "all") != NULL;
    struct record_list_page p = { .new_url = "/signals/new",
                                  .new_label = _("New signal"),
                                  .lead = _("Something may be wrong. Nobody needs to complain for it.") };
    struct sheet s = { .object = "signal",
                       .title = _("Signals"),
                       .filter = all ? _("Received in the last year") : _("Not closed yet"),
                       .day = c->today,
                       .empty = _("There is no signal in this list."),
                       SHEET_COLUMNS(columns) };

    TRY(rows_put(c, all, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/signals", &p.frame));
    record_tabs_fill(c, "/signals", "/signals?all=1", all, &p);
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return record_list_html(c, &out->body, &p);
}

enum err today_signals(struct ctx *c, struct today_block *b)
{
    struct signal_filter f = { .open = true, .severity = INT_NONE };
    struct signal_view *v;
    size_t n;

    b->title = _("Signals that wait for an answer");
    b->url = "/signals";
    b->empty = _("No signal waits for an answer.");
    b->count = 0;
    TRY(signal_list(c, &f, &v, &n));
    for (size_t i = 0; i < n; i++) {
        char url[48];
        if (v[i].due == DAY_NONE)
            continue;
        b->count++;
        b->late = b->late || v[i].late;
        struct today_row *t = today_row_add(b);
        if (t == NULL)
            continue;
        snprintf(url, sizeof url, "/signals/%lld", (long long)v[i].id);
        TRY(ctx_copy(c, url, &t->url));
        t->text = code_text(c, signal_topics, signal_topic_count, v[i].topic);
        t->sub = severity_text(c, v[i].severity);
        t->badge = day_text(c, v[i].due);
        t->look = v[i].late ? "danger" : "neutral";
    }
    return OK;
}

/* ── A new signal ─────────────────────────────────────────────────────────────────────────────────────────
 */

struct typed {
    const char *about, *topic, *source, *teller, *severity;
    int64_t neighbourhood, team;
};
static const size_t severity_count = SIGNAL_SEVERITIES;
static const struct form_field fields[] = {
    { FORM_AT(struct typed, about), .kind = FORM_LINES, .required = true, .max = 4000,
      .label = N_("What did you see or hear?"), .hint = N_("Write no names of residents.") },
    { FORM_AT(struct typed, topic), .kind = FORM_CODE, .required = true, .label = N_("What is it about?"),
      .codes = signal_topics, .n_codes = &signal_topic_count },
    { FORM_AT(struct typed, severity), .kind = FORM_CODE, .required = true, .label = N_("How serious is it?"),
      .look = FORM_AS_RADIOS, .codes = signal_severities, .n_codes = &severity_count },
    { FORM_AT(struct typed, source), .kind = FORM_CODE, .required = true, .label = N_("Who tells it?"),
      .look = FORM_AS_SELECT, .codes = signal_sources, .n_codes = &signal_source_count },
    { FORM_AT(struct typed, teller), .kind = FORM_TEXT, .max = 120, .label = N_("Name or organisation"),
      .hint = N_("Then one person who tells it three times counts once.") },
    { FORM_AT(struct typed, neighbourhood), .kind = FORM_PICK, .label = N_("Neighbourhood") },
    { FORM_AT(struct typed, team), .kind = FORM_PICK, .label = N_("Team") },
};

static const char *source_of(const struct actor *a)
{
    return a->role == ROLE_PARTNER ? "partner" : a->role == ROLE_ADVISORY_COUNCIL ? "council" : "worker";
}

struct new_form {
    struct form form;
    struct form_options options[2];
    struct pair value;
};

static enum err new_form_fill(struct ctx *c, struct new_form *f)
{
    TRY(neighbourhood_options(c, "neighbourhood", &f->options[0]));
    TRY(team_options(c, "team", &f->options[1]));
    f->value = (struct pair){ "source", source_of(c->actor) };
    f->form = (struct form){ FORM(fields), .options = f->options, .n_options = 2, .value = &f->value,
                             .n_values = 1 };
    return OK;
}

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct record_new_page p = {
        .action = "/signals",
        .button = _("Send the signal"),
        .back = "/signals",
        .lead = _("Is someone in danger now? Then call first: 112, or Veilig Thuis 0800-2000.")
    };
    struct new_form f;

    TRY(frame_fill(c, r, _("New signal"), "/signals", &p.frame));
    TRY(new_form_fill(c, &f));
    TRY(form_view_fill(c, r, &f.form, wrong, &p.form));
    return record_new_html(c, &out->body, &p);
}

enum err web_signal_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_SIGNAL));
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *wrong, int64_t *ret_id)
{
    struct new_form f;
    struct typed t = { 0 };

    TRY(new_form_fill(c, &f));
    TRY(form_take(c, r, &f.form, &t, wrong));
    struct signal_form s = { .about = t.about,
                             .topic = t.topic,
                             .source = t.source,
                             .teller = t.teller,
                             .severity = t.severity[0] - '0',
                             .neighbourhood = t.neighbourhood,
                             .team = t.team,
                             .place = INT_NONE };
    return signal_add(c, &s, ret_id);
}

enum err web_signal_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t id;
    enum err e = new_save(c, r, &wrong, &id);

    if (e == OK)
        return reply_redirect(c, out, "/signals/%lld?done=signal", (long long)id);
    TRY(wrong_take(c, e, out, &wrong));
    return new_show(c, r, &wrong, out);
}
