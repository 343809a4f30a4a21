// SPDX-License-Identifier: EUPL-1.2
#include "web/urgent.h"

#include "base/date.h"
#include "base/text.h"
#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>

enum err web_urgent_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct urgent_page p = { 0 };
    const struct urgent *u;
    const struct config *k;
    struct urgent_row *row;

    TRY(frame_fill(c, r, _("Emergencies"), "/urgent", &p.frame));
    TRY(config_get(c, &k));
    TRY(urgent_list(c, &u, &p.n));
    TRY(ctx_alloc(c, p.n + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < p.n; i++) {
        row[i] = (struct urgent_row){ .u = &u[i],
                                      .worker = u[i].worker_name,
                                      .hours = u[i].minutes / 60,
                                      .minutes = u[i].minutes % 60,
                                      .state = state_name(c, u[i].state) };
        p.open += u[i].protected_at == TIME_NONE;
    }
    p.row = row;
    p.norm_minutes = k->urgent.minutes;
    p.may_allocate = user_may(c, RIGHT_ALLOCATE);
    p.may_act = user_may(c, RIGHT_TRIAGE);
    return urgent_html(c, &out->body, &p);
}

struct protect_typed {
    int64_t at, worker;
    const char *what;
};
static const struct form_field fields[] = {
    { FORM_AT(struct protect_typed, at), .kind = FORM_TIME, .required = true,
      .label = N_("When was this done?") },
    { FORM_AT(struct protect_typed, what), .kind = FORM_LINES, .max = 2000, .required = true,
      .label = N_("What was done to protect the resident?"),
      .hint = N_("For example: a safe place for tonight, police called, a colleague is there.") },
    { FORM_AT(struct protect_typed, worker), .kind = FORM_PICK, .label = N_("Who goes on with it today?"),
      .look = FORM_AS_SELECT },
};
enum { WITHOUT_WORKER = 2 }; /* fields for who does not allocate */

/* The form; who allocates can also choose who goes on with it. */
static enum err form_of(struct ctx *c, const struct req *r, struct form_options *o, struct form *form)
{
    struct urgent_worker *w;
    struct option_id *at;
    struct request q;

    form->field = fields;
    form->n = WITHOUT_WORKER;
    if (!user_may(c, RIGHT_ALLOCATE))
        return OK;
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(urgent_workers(c, q.now.team, &w, &o->n));
    TRY(ctx_alloc(c, o->n + 1, sizeof *at, (void *)&at));
    for (size_t i = 0; i < o->n; i++)
        at[i] = (struct option_id){ w[i].id, w[i].name };
    o->name = "worker";
    o->at = at;
    form->n = COUNT(fields);
    form->options = o;
    form->n_options = 1;
    return OK;
}

static enum err protect_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                             struct reply *out)
{
    struct protect_page p = { .due = TIME_NONE };
    const struct pair value[] = { { "at", typed_moment_text(c, c->now) } };
    struct form form = { .value = value, .n_values = COUNT(value) };
    struct form_options options;
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(frame_fill(c, r, _("First protective action"), "/urgent", &p.frame));
    TRY(step_head_fill(c, r, &p.head));
    const struct standing *now = &p.head.request->now;
    if (now->urgent_at != TIME_NONE && now->protected_at == TIME_NONE)
        p.due = urgent_due(k, now->urgent_at);
    TRY(form_of(c, r, &options, &form));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return protect_html(c, &out->body, &p);
}

enum err web_protect_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return protect_show(c, r, NULL, out);
}

static enum err protect_save(struct ctx *c, const struct req *r, struct form_errors *wrong)
{
    struct protect_form f = { .request = { r->ids.id[0] } };
    struct protect_typed t = { .worker = INT_NONE };
    struct form_options options;
    struct form form = { .field = NULL };

    TRY(form_of(c, r, &options, &form));
    TRY(form_take(c, r, &form, &t, wrong));
    if (!text_to_int(req_form(r, "version"), &f.version))
        f.version = 0;
    f.at = t.at;
    f.what = t.what;
    f.worker = t.worker;
    return urgent_protect(c, &f);
}

enum err web_protect_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    enum err e = protect_save(c, r, &wrong);

    if (e == OK)
        return reply_redirect(c, out, "/urgent?done=protected");
    TRY(wrong_take(c, e, out, &wrong));
    return protect_show(c, r, &wrong, out);
}

enum err web_urgent_alarm_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct urgent_alarm alarm;

    (void)r;
    TRY(urgent_alarm(c, &alarm));
    return alarm_html(c, &out->body, &alarm);
}

enum err today_urgent(struct ctx *c, struct today_block *b)
{
    const struct urgent *u;
    size_t n;

    b->title = _("Emergency: today");
    b->url = "/urgent";
    b->empty = _("There is no open emergency.");
    TRY(urgent_list(c, &u, &n));
    b->count = 0;
    for (size_t i = 0; i < n; i++) {
        bool open = u[i].protected_at == TIME_NONE;
        char url[48], text[100];
        b->count += open;
        b->late = b->late || (open && u[i].late);
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            continue;
        row->text = resident_name(c, u[i].name);
        snprintf(text, sizeof text, "%s \xc2\xb7 %lld:%02lld", u[i].number, (long long)u[i].minutes / 60,
                 (long long)u[i].minutes % 60);
        TRY(ctx_copy(c, text, &row->sub));
        snprintf(url, sizeof url, open ? "/requests/%lld/protect" : "/requests/%lld", (long long)u[i].id);
        TRY(ctx_copy(c, url, &row->url));
        row->badge = !open ? _("first action done") : u[i].late ? _("too late") : _("no action yet");
        row->look = !open ? "success" : u[i].late ? "danger" : "warning";
    }
    return OK;
}
