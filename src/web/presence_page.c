// SPDX-License-Identifier: EUPL-1.2
/* One session of a consultation hour: what was promised, what became of it, and the forms that say so. */
#include "base/text.h"
#include "register/contact.h"
#include "web/place.h"
#include "web/presence.h"
#include "web/record.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

struct typed {
    int64_t version, held_from, held_to, visitors, starts, ends, told_at, place;
    const char *reason, *by_whom;
    int32_t day;
    struct form_ids worker;
};
static const struct form_field hold_fields[] = {
    { FORM_AT(struct typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct typed, held_from), .kind = FORM_CLOCK, .required = true,
      .label = N_("We were there from") },
    { FORM_AT(struct typed, held_to), .kind = FORM_CLOCK, .required = true, .label = N_("To") },
    { FORM_AT(struct typed, visitors), .kind = FORM_INT, .required = true, .max = 1000,
      .label = N_("How many people came?"), .narrow = true },
    { FORM_AT(struct typed, worker), .kind = FORM_IDS, .required = true,
      .label = N_("Who of us was there?") },
};
static const struct form_field off_fields[] = {
    { FORM_AT(struct typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct typed, reason), .kind = FORM_CODE, .required = true,
      .label = N_("Why does it not go on?"), .codes = presence_reasons, .n_codes = &presence_reason_count },
    { FORM_AT(struct typed, by_whom), .kind = FORM_CODE, .required = true, .label = N_("Who decided it?"),
      .codes = presence_deciders, .n_codes = &presence_decider_count },
    { FORM_AT(struct typed, told_at), .kind = FORM_TIME, .label = N_("When was the place told?"),
      .hint = N_("Empty: the place does not know yet.") },
};
static const struct form_field move_fields[] = {
    { FORM_AT(struct typed, version), .kind = FORM_INT, .hidden = true },
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true, .label = N_("New day") },
    { FORM_AT(struct typed, starts), .kind = FORM_CLOCK, .required = true, .label = N_("From") },
    { FORM_AT(struct typed, ends), .kind = FORM_CLOCK, .required = true, .label = N_("To") },
    { FORM_AT(struct typed, reason), .kind = FORM_CODE, .required = true, .label = N_("Why is it moved?"),
      .codes = presence_reasons, .n_codes = &presence_reason_count },
    { FORM_AT(struct typed, by_whom), .kind = FORM_CODE, .required = true, .label = N_("Who decided it?"),
      .codes = presence_deciders, .n_codes = &presence_decider_count },
    { FORM_AT(struct typed, told_at), .kind = FORM_TIME, .label = N_("When was the place told?"),
      .hint = N_("Empty: the place does not know yet.") },
};

static enum err worker_options(struct ctx *c, const struct presence *p, struct form_options *ret_options)
{
    struct option_id *option;
    struct presence_worker *w;
    size_t n;

    TRY(presence_worker_choice(c, p->team, p->day, &w, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *option, (void *)&option));
    for (size_t i = 0; i < n; i++)
        option[i] = (struct option_id){ w[i].worker, w[i].name };
    *ret_options = (struct form_options){ "worker", option, n };
    return OK;
}

/* ── Forms ────────────────────────────────────────────────────────────────────────────────────────────────
 */

/* What is known already, else what was promised and the worker who is logged in. */
static enum err hold_form_add(struct ctx *c, const struct req *r, const struct presence *s,
                              const struct panel_sent *sent, struct panel *p)
{
    bool held = text_is(s->state, PRESENCE_HELD);
    struct form_options options;
    struct presence_worker *w;
    struct pair *value;
    size_t n, k = 0;

    TRY(worker_options(c, s, &options));
    TRY(presence_workers(c, s->id, &w, &n));
    TRY(ctx_alloc(c, n + 5, sizeof *value, (void *)&value));
    value[k++] = (struct pair){ "version", typed_number_text(c, s->version) };
    value[k++] = (struct pair){ "held_from", typed_clock_text(c, held ? s->held_from : s->starts) };
    value[k++] = (struct pair){ "held_to", typed_clock_text(c, held ? s->held_to : s->ends) };
    value[k++] =
        (struct pair){ "visitors", s->visitors == INT_NONE ? "" : typed_number_text(c, s->visitors) };
    for (size_t i = 0; i < n; i++)
        value[k++] = (struct pair){ "worker", typed_number_text(c, w[i].worker) };
    if (n == 0 && c->actor->worker != INT_NONE)
        value[k++] = (struct pair){ "worker", typed_number_text(c, c->actor->worker) };
    struct panel_form_of f = { "hold",
                               held ? _("Correct the result") : _("It was held"),
                               _("Save"),
                               NULL,
                               { FORM(hold_fields), .options = &options, .n_options = 1, .value = value,
                                 .n_values = k },
                               text_is(s->state, PRESENCE_OPEN) };
    return panel_form_add(c, r, p, text_made(c, "/presence/%lld", (long long)s->id), &f, sent);
}

static enum err off_forms_add(struct ctx *c, const struct req *r, const struct presence *s,
                              const struct panel_sent *sent, struct panel *p)
{
    const char *base = text_made(c, "/presence/%lld", (long long)s->id);
    const struct pair value[] = { { "version", typed_number_text(c, s->version) },
                                  { "starts", typed_clock_text(c, s->starts) },
                                  { "ends", typed_clock_text(c, s->ends) } };
    struct panel_form_of off = { "off",
                                 _("It does not go on"),
                                 _("Cancel the session"),
                                 NULL,
                                 { FORM(off_fields), .value = value, .n_values = 1 },
                                 false };
    struct panel_form_of move = { "move",
                                  _("It goes on another day"),
                                  _("Move the session"),
                                  NULL,
                                  { FORM(move_fields), .value = value, .n_values = COUNT(value) },
                                  false };

    TRY(panel_form_add(c, r, p, base, &off, sent));
    return panel_form_add(c, r, p, base, &move, sent);
}

static enum err forms_add(struct ctx *c, const struct req *r, const struct presence *s,
                          const struct panel_sent *sent, struct panel *p)
{
    bool called_off = text_is(s->state, PRESENCE_CANCELLED) || text_is(s->state, PRESENCE_MOVED);

    if (!user_may(c, RIGHT_CONTACT) || called_off)
        return OK;
    if (s->day <= c->today)
        TRY(hold_form_add(c, r, s, sent, p));
    if (s->questions == 0 && !text_is(s->state, PRESENCE_HELD))
        TRY(off_forms_add(c, r, s, sent, p));
    return OK;
}

/* ── The page ─────────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column question_columns[] = {
    SHEET_COLUMN(N_("When"), MOMENT),
    SHEET_COLUMN(N_("What became of it"), TEXT),
    SHEET_COLUMN(N_("About"), TEXT),
    SHEET_COLUMN(N_("Taken back"), CHECK),
};

static enum err questions_add(struct ctx *c, int64_t id, struct panel *p)
{
    struct sheet *s;
    struct question *q;
    size_t n;

    TRY(question_all(c, id, &q, &n));
    if (n == 0)
        return OK;
    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "question", .day = c->today, SHEET_COLUMNS(question_columns) };
    for (size_t i = 0; i < n; i++) {
        TRY(sheet_row(c, s, INT_NONE));
        sheet_moment(s, q[i].occurred_at);
        sheet_text(s, code_text(c, question_outcomes, question_outcome_count, q[i].outcome));
        if (q[i].request != INT_NONE)
            TRY(sheet_link(c, s, "/requests/%lld", (long long)q[i].request));
        sheet_text(s, code_text(c, contact_topics, contact_topic_count, q[i].topic));
        sheet_check(s, q[i].undone);
    }
    return panel_sheet_add(c, p, _("Questions"), s);
}

static enum err workers_text(struct ctx *c, int64_t id, const char **ret_text)
{
    struct presence_worker *w;
    struct buf b = { 0 };
    size_t n;

    TRY(presence_workers(c, id, &w, &n));
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_lit(&b, ", ");
        buf_str(&b, w[i].name);
    }
    enum err e = ctx_copy(c, buf_text(&b), ret_text);
    buf_free(&b);
    return e;
}

static enum err result_facts_add(struct ctx *c, const struct presence *s, struct panel *p)
{
    const char *workers;

    TRY(workers_text(c, s->id, &workers));
    if (text_is(s->state, PRESENCE_HELD)) {
        panel_fact_add(p, _("We were there"),
                       text_made(c, "%s - %s", clock_text(c, s->held_from), clock_text(c, s->held_to)));
        panel_fact_add(p, _("Visitors"), count_text(c, s->visitors));
        if (user_may(c, RIGHT_CONTACT))
            panel_fact_add(p, _("Who was there"), workers);
    }
    if (s->questions > 0 || text_is(s->state, PRESENCE_HELD)) {
        panel_fact_add(p, _("Questions"), count_text(c, s->questions));
        panel_fact_add(p, _("Solved on the spot"), count_text(c, s->solved));
        panel_fact_add(p, _("Became a request"), count_text(c, s->requests));
        panel_fact_add(p, _("Did not fit"), count_text(c, s->unhandled));
    }
    if (s->reason == NULL)
        return OK;
    panel_fact_add(p, _("Reason"), code_text(c, presence_reasons, presence_reason_count, s->reason));
    panel_fact_add(p, _("Decided"), code_text(c, presence_deciders, presence_decider_count, s->by_whom));
    panel_fact_add(p, _("The place was told"),
                   s->told_at == TIME_NONE ? _("Not yet") : typed_moment_text(c, s->told_at));
    if (s->moved_to != INT_NONE)
        TRY(panel_fact_link(c, p, _("Moved to"), _("the new session"), "/presence/%lld",
                            (long long)s->moved_to));
    return OK;
}

static enum err facts_add(struct ctx *c, const struct presence *s, struct panel *p)
{
    const struct config *k;

    TRY(config_get(c, &k));
    p->facts_title = _("This session");
    TRY(panel_fact_link(c, p, _("Place"), s->place_name, "/places/%lld", (long long)s->place));
    panel_fact_add(p, _("Neighbourhood"), config_neighbourhood_name(k, s->neighbourhood));
    panel_fact_add(p, _("Team"), config_team_name(k, s->team));
    panel_fact_add(p, _("Day"), long_day_text(c, s->day));
    panel_fact_add(p, _("Promised"), session_time(c, s));
    if (s->id == INT_NONE)
        return OK;
    return result_facts_add(c, s, p);
}

static const char *step_name(const struct ctx *c, const char *kind)
{
    return text_is(kind, "added") ? _("Written down") : presence_state_name(c, kind);
}

static const char *step_detail(const struct ctx *c, const struct happening *h)
{
    return h->reason == NULL ? NULL : code_text(c, presence_reasons, presence_reason_count, h->reason);
}

static enum err top_fill(struct ctx *c, const struct req *r, const struct presence *s, struct panel *p)
{
    TRY(frame_fill(c, r, text_made(c, "%s, %s", s->place_name, day_text(c, s->day)), "/presence", &p->frame));
    p->back = "/presence";
    p->back_label = _("Consultation hours");
    p->badge = presence_state_name(c, s->state);
    p->look = session_look(s->state);
    return facts_add(c, s, p);
}

static enum err show(struct ctx *c, const struct req *r, const struct panel_sent *sent, struct reply *out)
{
    static const struct panel_words words = { step_name, step_detail };
    struct panel p = { 0 };
    const struct happening *h;
    struct presence s;
    size_t n;

    TRY(presence_get(c, r->ids.id[0], &s));
    TRY(top_fill(c, r, &s, &p));
    if (user_may(c, RIGHT_CONTACT) && s.day <= c->today &&
        !(text_is(s.state, PRESENCE_CANCELLED) || text_is(s.state, PRESENCE_MOVED)))
        TRY(panel_link_add(c, &p, _("Tally a question"), "/presence/%lld/tally", (long long)s.id));
    if (user_may(c, RIGHT_SIGNAL) && s.signal != INT_NONE)
        TRY(panel_link_add(c, &p, _("Signal"), "/signals/%lld", (long long)s.signal));
    TRY(questions_add(c, s.id, &p));
    TRY(presence_history(c, s.id, &h, &n));
    TRY(panel_steps_fill(c, h, n, &words, &p));
    TRY(forms_add(c, r, &s, sent, &p));
    TRY(panel_news_fill(c, r, &p));
    return panel_html(c, &out->body, &p);
}

enum err web_presence_page_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return show(c, r, NULL, out);
}

static enum err save(struct ctx *c, const struct req *r, struct form_errors *wrong, int64_t *ret_id)
{
    struct presence s;
    struct form_options options;
    struct typed t = { .day = DAY_NONE };
    const char *code = r->ids.word;

    *ret_id = r->ids.id[0];
    TRY(presence_get(c, r->ids.id[0], &s));
    TRY(worker_options(c, &s, &options));
    struct form hold = { FORM(hold_fields), .options = &options, .n_options = 1 }, off = { FORM(off_fields) },
                move = { FORM(move_fields) };
    if (text_is(code, "hold")) {
        TRY(form_take(c, r, &hold, &t, wrong));
        struct presence_result result = { s.id,       t.version,   t.held_from, t.held_to,
                                          t.visitors, t.worker.id, t.worker.n };
        return presence_hold(c, &result);
    }
    if (!text_is(code, "off") && !text_is(code, "move"))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    TRY(form_take(c, r, text_is(code, "off") ? &off : &move, &t, wrong));
    struct presence_off o = { s.id, t.version, t.reason, t.by_whom, t.told_at, t.day, t.starts, t.ends };
    return presence_call_off(c, &o, ret_id);
}

enum err web_presence_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct panel_sent sent = { .code = r->ids.word };
    int64_t id;
    enum err e = save(c, r, &sent.wrong, &id);

    if (e == OK)
        return reply_redirect(c, out, "/presence/%lld?done=saved", (long long)id);
    TRY(wrong_take(c, e, out, &sent.wrong));
    return show(c, r, &sent, out);
}

/* ── A session of a plan of which nothing was written down ────────────────────────────────────────────────
 */

static enum err day_read(struct ctx *c, const struct req *r, int32_t *ret_day)
{
    if (!date_scan(r->ids.word, strlen(r->ids.word), ret_day))
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    return OK;
}

static enum err planned_get(struct ctx *c, int64_t hour, int32_t day, struct presence *ret_session)
{
    struct presence_filter f = { day, day, INT_NONE, INT_NONE };
    struct presence *row;
    size_t n;

    TRY(presence_list(c, &f, &row, &n));
    for (size_t i = 0; i < n; i++)
        if (row[i].hour == hour) {
            *ret_session = row[i];
            return OK;
        }
    return FAIL(E_NOT_FOUND, "%s", _("No consultation hour is promised on this day."));
}

enum err web_session_get(struct ctx *c, const struct req *r, struct reply *out)
{
    static const struct form_field none[] = { { FORM_AT(struct typed, version), .kind = FORM_INT,
                                                .hidden = true } };
    struct panel p = { 0 };
    struct presence s;
    int32_t day;

    TRY(day_read(c, r, &day));
    TRY(planned_get(c, r->ids.id[0], day, &s));
    if (s.id != INT_NONE)
        return reply_redirect(c, out, "/presence/%lld", (long long)s.id);
    TRY(top_fill(c, r, &s, &p));
    if (user_may(c, RIGHT_CONTACT)) {
        struct panel_form_of f = {
            r->ids.word,
            _("What became of this session?"),
            _("Write this session down"),
            _("Then you can tally questions, say that it was held, cancel it or move it."),
            { FORM(none) },
            true
        };
        TRY(panel_form_add(c, r, &p, text_made(c, "/hours/%lld", (long long)r->ids.id[0]), &f, NULL));
    }
    return panel_html(c, &out->body, &p);
}

enum err web_session_post(struct ctx *c, const struct req *r, struct reply *out)
{
    int32_t day;
    int64_t id;

    TRY(may(c, RIGHT_CONTACT));
    TRY(day_read(c, r, &day));
    TRY(presence_open(c, r->ids.id[0], day, &id));
    if (day == c->today)
        return reply_redirect(c, out, "/presence/%lld/tally", (long long)id);
    return reply_redirect(c, out, "/presence/%lld", (long long)id);
}

/* ── An extra session ─────────────────────────────────────────────────────────────────────────────────────
 */

static const struct form_field extra_fields[] = {
    { FORM_AT(struct typed, place), .kind = FORM_PICK, .required = true, .label = N_("Place"),
      .look = FORM_AS_SELECT },
    { FORM_AT(struct typed, day), .kind = FORM_DATE, .required = true, .label = N_("Day") },
    { FORM_AT(struct typed, starts), .kind = FORM_CLOCK, .required = true, .label = N_("From") },
    { FORM_AT(struct typed, ends), .kind = FORM_CLOCK, .required = true, .label = N_("To") },
};

static enum err extra_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                           struct reply *out)
{
    const struct pair value[] = { { "day", typed_day_text(c, c->today) } };
    struct record_new_page p = { .action = "/presence",
                                 .back = "/presence",
                                 .button = _("Save"),
                                 .lead =
                                     _("A session that no plan promised, such as an information market.") };
    struct form_options options;
    struct form form = { FORM(extra_fields), .options = &options, .n_options = 1, .value = value,
                         .n_values = 1 };

    TRY(place_options(c, "place", &options));
    TRY(frame_fill(c, r, _("Extra session"), "/presence", &p.frame));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return record_new_html(c, &out->body, &p);
}

enum err web_presence_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_CONTACT));
    return extra_show(c, r, NULL, out);
}

static enum err extra_save(struct ctx *c, const struct req *r, struct form_errors *wrong, int64_t *ret_id)
{
    struct form_options options;
    struct form form = { FORM(extra_fields), .options = &options, .n_options = 1 };
    struct typed t = { 0 };

    TRY(place_options(c, "place", &options));
    TRY(form_take(c, r, &form, &t, wrong));
    return presence_extra(c, t.place, t.day, t.starts, t.ends, ret_id);
}

enum err web_presence_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    int64_t id;
    enum err e = extra_save(c, r, &wrong, &id);

    if (e == OK)
        return reply_redirect(c, out, "/presence/%lld?done=saved", (long long)id);
    TRY(wrong_take(c, e, out, &wrong));
    return extra_show(c, r, &wrong, out);
}
