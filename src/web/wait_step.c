// SPDX-License-Identifier: EUPL-1.2
#include "web/wait_step.h"

#include "base/text.h"
#include "register/bridging.h"
#include "register/call_round.h"
#include "register/list_exit.h"
#include "register/resident_pause.h"
#include "register/urgent.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/waiting_list.h"

#include <stdio.h>

enum err step_head_fill(struct ctx *c, const struct req *r, struct step_head *ret_head)
{
    struct step_head h = { 0 };
    struct request *q;
    const struct config *k;

    TRY(ctx_alloc(c, 1, sizeof *q, (void *)&q));
    TRY(config_get(c, &k));
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, q));
    h.request = q;
    h.name = q->who.name != NULL ? q->who.name : "";
    h.state = state_name(c, q->now.state);
    h.team = config_team_name(k, q->now.team);
    TRY(request_news_fill(c, r, q, &h.news));
    *ret_head = h;
    return OK;
}

enum err wait_view_fill(struct ctx *c, const struct config *k, const struct request *q,
                        struct wait_view *ret_view)
{
    const struct standing *s = &q->now;
    struct wait_view v = { .shown = s->waiting && (user_may(c, RIGHT_TRIAGE) || user_may(c, RIGHT_EVENT)),
                           .may_triage = user_may(c, RIGHT_TRIAGE),
                           .may_event = user_may(c, RIGHT_EVENT),
                           .may_pause = state_allows(s->state, KIND_PAUSED),
                           .paused = s->state == STATE_PAUSED,
                           .parked = s->paused_until != TIME_NONE ? time_nl_day(s->paused_until) : DAY_NONE,
                           .bridge = bridge_name(c, s->bridge),
                           .accepted = s->bridged == BRIDGE_ACCEPTED,
                           .unjudged = s->urgency == URGENCY_UNKNOWN };
    struct waiting_place place;

    v.again = v.parked != DAY_NONE && v.parked <= c->today;
    v.urgent = s->waiting && s->urgent_at != TIME_NONE && s->protected_at == TIME_NONE;
    if (v.urgent) {
        v.due = urgent_due(k, s->urgent_at);
        v.late = c->now > v.due;
    }
    if (v.shown && s->worker == INT_NONE && (!v.paused || v.again) && user_may(c, RIGHT_WAITING_LIST)) {
        TRY(waiting_place_get(c, q, &place));
        v.place = place.place;
        v.of = place.of;
        v.city = place.city;
    }
    *ret_view = v;
    return OK;
}

/* ── The three steps, each one table ──────────────────────────────────────────────────────────────────────
 */

struct step_typed {
    const char *reason, *kind, *note;
    int32_t until;
    bool accepted;
};
static const struct form_field pause_fields[] = {
    { FORM_AT(struct step_typed, reason), .kind = FORM_CODE, .required = true,
      .label = N_("Why does the resident want to wait?"), .codes = pause_reasons,
      .n_codes = &pause_reason_count },
    { FORM_AT(struct step_typed, until), .kind = FORM_DATE, .required = true,
      .label = N_("Wants to wait until"), .hint = N_("From this day on the resident is available again.") },
    { FORM_AT(struct step_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
};
static const struct form_field bridge_fields[] = {
    { FORM_AT(struct step_typed, kind), .kind = FORM_CODE, .required = true,
      .label = N_("What helps for now?"), .codes = bridge_kinds, .n_codes = &bridge_kind_count },
    { FORM_AT(struct step_typed, accepted), .kind = FORM_CHECK, .label = N_("The resident wants this") },
    { FORM_AT(struct step_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note"),
      .hint = N_("For example which group, and when it begins.") },
};
static const struct form_field exit_fields[] = {
    { FORM_AT(struct step_typed, reason), .kind = FORM_CODE, .required = true,
      .label = N_("Why does the waiting end?"), .codes = exit_reasons, .n_codes = &exit_reason_count,
      .look = FORM_AS_RADIOS },
    { FORM_AT(struct step_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
};

struct who {
    const int64_t *id;
    size_t n;
    int64_t version;
};

static enum err pause_save(struct ctx *c, const struct who *w, const struct step_typed *t, int64_t *ret_batch)
{
    struct pause_form f = { w->id, w->n, w->version, t->reason, t->until, t->note };

    return pause_add(c, &f, ret_batch);
}

static enum err bridge_save(struct ctx *c, const struct who *w, const struct step_typed *t,
                            int64_t *ret_batch)
{
    struct bridge_form f = { w->id, w->n, w->version, t->kind, t->accepted, t->note };

    return bridge_add(c, &f, ret_batch);
}

static enum err exit_save(struct ctx *c, const struct who *w, const struct step_typed *t, int64_t *ret_batch)
{
    struct exit_form f = { { w->id[0] }, w->version, t->reason, t->note };

    return list_exit_add(c, &f, ret_batch);
}

static const struct step {
    const char *path, *done; /* path: of the page; done: code of the frame */
    const char *title, *intro, *warning, *button;
    struct form form;
    enum err (*save)(struct ctx *c, const struct who *w, const struct step_typed *t, int64_t *ret_batch);
} steps[] = {
    { "pause",
      "paused",
      N_("Pause until a day"),
      N_("Only when the resident asks for it. The resident stays on the list and we keep calling."),
      NULL,
      N_("Pause"),
      { FORM(pause_fields) },
      pause_save },
    { "bridge",
      "bridged",
      N_("Help for now"),
      N_("Something useful while waiting. The resident stays on the waiting list; the waiting time runs on."),
      NULL,
      N_("Save"),
      { FORM(bridge_fields) },
      bridge_save },
    { "leave",
      "left",
      N_("Take off the waiting list"),
      NULL,
      N_("You take someone off the waiting list. Choose a reason. This reason goes into the report."),
      N_("Take off the list"),
      { FORM(exit_fields) },
      exit_save },
};

bool in_round(const struct req *r)
{
    return text_is(req_query(r, "round"), "1") || text_is(req_form(r, "round"), "1");
}

static enum err step_show(struct ctx *c, const struct req *r, const struct step *s, const struct who *many,
                          const struct form_errors *wrong, struct reply *out)
{
    struct step_page p = { .intro = s->intro != NULL ? _(s->intro) : NULL,
                           .warning = s->warning != NULL ? _(s->warning) : NULL,
                           .button = _(s->button) };
    char url[64];

    TRY(frame_fill(c, r, _(s->title), "/waiting", &p.frame));
    if (many == NULL) {
        TRY(step_head_fill(c, r, &p.head));
        snprintf(url, sizeof url, "/requests/%lld/%s", (long long)r->ids.id[0], s->path);
    } else {
        p.id = many->id;
        p.n = many->n;
        snprintf(url, sizeof url, "/waiting/%s", s->path);
    }
    TRY(ctx_copy(c, url, &p.url));
    p.round = in_round(r);
    TRY(form_view_fill(c, r, &s->form, wrong, &p.form));
    return step_html(c, &out->body, &p);
}

static enum err step_post(struct ctx *c, const struct req *r, const struct step *s, const struct who *many,
                          struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct who w = { &r->ids.id[0], 1, -1 };
    struct step_typed t = { 0 };
    int64_t batch = INT_NONE;

    if (many != NULL)
        w = *many;
    else if (!text_to_int(req_form(r, "version"), &w.version))
        w.version = 0; /* a form without it saw nothing */
    enum err e = form_take(c, r, &s->form, &t, &wrong);
    if (e == OK) {
        t.note = text_empty(t.note) ? NULL : t.note;
        e = s->save(c, &w, &t, &batch);
    }
    if (e == OK && many != NULL)
        return reply_redirect(c, out, "/waiting?done=%s&batch=%lld", s->done, (long long)batch);
    if (e == OK && in_round(r))
        return reply_redirect(c, out, "/calls?done=%s&batch=%lld", s->done, (long long)batch);
    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=%s&batch=%lld", (long long)w.id[0], s->done,
                              (long long)batch);
    TRY(wrong_take(c, e, out, &wrong));
    return step_show(c, r, s, many, &wrong, out);
}

enum err web_pause_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return step_show(c, r, &steps[0], NULL, NULL, out);
}

enum err web_pause_post(struct ctx *c, const struct req *r, struct reply *out)
{
    return step_post(c, r, &steps[0], NULL, out);
}

enum err web_bridge_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return step_show(c, r, &steps[1], NULL, NULL, out);
}

enum err web_bridge_post(struct ctx *c, const struct req *r, struct reply *out)
{
    return step_post(c, r, &steps[1], NULL, out);
}

enum err web_exit_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return step_show(c, r, &steps[2], NULL, NULL, out);
}

enum err web_exit_post(struct ctx *c, const struct req *r, struct reply *out)
{
    return step_post(c, r, &steps[2], NULL, out);
}

enum err web_resume_post(struct ctx *c, const struct req *r, struct reply *out)
{
    int64_t version, batch;

    if (!text_to_int(req_form(r, "version"), &version))
        return FAIL(E_REQUEST, "%s", _("This form is not complete."));
    TRY(pause_end(c, (struct request_id){ r->ids.id[0] }, version, &batch));
    return reply_redirect(c, out, "/requests/%lld?done=resumed&batch=%lld", (long long)r->ids.id[0],
                          (long long)batch);
}

/* ── Many at once ─────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err many_read(struct ctx *c, const struct req *r, struct who *ret_who)
{
    int64_t *id;

    *ret_who = (struct who){ .version = -1 };
    TRY(ctx_alloc(c, r->form.n + 1, sizeof *id, (void *)&id));
    for (size_t i = 0; i < r->form.n; i++)
        if (text_is(r->form.at[i].name, "id") && text_to_int(r->form.at[i].value, &id[ret_who->n]))
            ret_who->n++;
    ret_who->id = id;
    if (ret_who->n == 0)
        return FAIL_FIELD("request", "%s", _("First choose one or more residents."));
    return OK;
}

enum err web_many_post(struct ctx *c, const struct req *r, struct reply *out)
{
    const char *step = req_form(r, "step");
    struct who who;

    if (text_is(step, "pause") || text_is(step, "bridge")) {
        TRY(many_read(c, r, &who));
        return step_show(c, r, &steps[text_is(step, "bridge")], &who, NULL, out);
    }
    return web_call_list_post(c, r, out);
}

enum err web_many_pause_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct who who;

    TRY(many_read(c, r, &who));
    return step_post(c, r, &steps[0], &who, out);
}

enum err web_many_bridge_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct who who;

    TRY(many_read(c, r, &who));
    return step_post(c, r, &steps[1], &who, out);
}
