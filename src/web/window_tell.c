// SPDX-License-Identifier: EUPL-1.2
#include "web/window_tell.h"

#include "base/text.h"
#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>

struct told_typed {
    const char *channel, *understood;
};
static const struct form_field fields[] = {
    { FORM_AT(struct told_typed, channel), .kind = FORM_CODE, .required = true,
      .label = N_("How was it told?"), .codes = window_channels, .n_codes = &window_channel_count,
      .look = FORM_AS_RADIOS },
    { FORM_AT(struct told_typed, understood), .kind = FORM_CODE, .label = N_("Is it clear to the resident?"),
      .codes = window_understood, .n_codes = &window_understood_count, .look = FORM_AS_RADIOS,
      .hint = N_("Leave it open after a letter or a text message.") },
};

/* ── In words ─────────────────────────────────────────────────────────────────────────────────────────────
 */

enum err window_say(struct ctx *c, const struct expectation *e, const char **ret_text)
{
    static const char *const without[EXPECTATION_STATES] = {
        [EXPECTATION_MAKING] = N_("We cannot say yet in which period it is your turn. We keep calling you."),
        [EXPECTATION_FEW] = N_("We cannot say yet in which period it is your turn. We keep calling you."),
        [EXPECTATION_MISSED] =
            N_("Too many of our periods were wrong: now we tell none. We keep calling you."),
        [EXPECTATION_FAR] = N_("It takes more than a year before it is your turn. We keep calling you."),
        [EXPECTATION_EMERGENCY] = N_("You go before everybody. Your help should start today."),
    };
    const char *period, *sure;

    if (e->state != EXPECTATION_TOLD) {
        *ret_text = _(without[e->state]);
        return OK;
    }
    period = filled_text(c, _("It is probably your turn between {1} and {2}."),
                         long_day_text(c, e->said.from), long_day_text(c, e->said.to));
    sure = filled_text(c, _("Such a period is right for {1} out of 10 people."),
                       count_text(c, expectation_tenths(e->said.hit_rate)), NULL);
    *ret_text = filled_text(c, "{1} {2}", period, sure);
    return OK;
}

enum err window_was(struct ctx *c, const struct window_told *told, const char **ret_text)
{
    *ret_text = filled_text(c,
                            _("First say: we told you that it would be your turn between {1} and {2}. That "
                              "changes."),
                            long_day_text(c, told->said.from), long_day_text(c, told->said.to));
    return OK;
}

enum err window_short(struct ctx *c, const struct expectation *e, const char **ret_text)
{
    if (e->state != EXPECTATION_TOLD)
        return expectation_short(c, e, ret_text);
    *ret_text = filled_text(c, "{1} \xe2\x80\x93 {2}", day_text(c, e->said.from), day_text(c, e->said.to));
    return OK;
}

enum err window_shown(struct ctx *c, const struct req *r, struct expectation_tell_form *ret_form)
{
    const char *from = req_form(r, "period_from"), *to = req_form(r, "period_to");
    int64_t a, b;

    if (from == NULL || to == NULL || !text_to_int(from, &a) || !text_to_int(to, &b) || a < 0 || b > 200000 ||
        a > b)
        return FAIL_FIELD("told", "%s", _("There is no period that can be told now."));
    *ret_form = (struct expectation_tell_form){ .from = (int32_t)a, .to = (int32_t)b };
    return OK;
}

/* ── One resident ─────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column told_columns[] = {
    SHEET_COLUMN_SUB(N_("Told on"), DAY, N_("By")),
    SHEET_COLUMN(N_("First day"), DAY),
    SHEET_COLUMN(N_("Last day"), DAY),
    SHEET_COLUMN(N_("Right, of 100, on that day"), COUNT),
    SHEET_COLUMN(N_("How was it told?"), TEXT),
    SHEET_COLUMN(N_("Is it clear to the resident?"), TEXT),
    SHEET_COLUMN(N_("How it stands"), BADGE),
};

/* last: told last; holds: and it can still be said. */
static enum err told_row(struct ctx *c, struct sheet *s, const struct window_told *t, bool last, bool holds)
{
    TRY(sheet_row(c, s, t->seq));
    sheet_day(s, time_nl_day(t->told_at));
    sheet_sub(s, t->who);
    sheet_day(s, t->said.from);
    sheet_day(s, t->said.to);
    sheet_count(s, t->said.scored > 0 ? (t->said.hit_rate + 5) / 10 : INT_NONE);
    sheet_text(s, code_text(c, window_channels, window_channel_count, t->channel));
    sheet_text(s, code_text(c, window_understood, window_understood_count, t->understood));
    sheet_badge(s,
                t->undone ? _("taken back")
                : !last   ? _("replaced")
                : holds   ? _("holds")
                          : _("told last"),
                last && holds ? "success" : "inactive");
    return OK;
}

/* can: a period can be told now. */
static enum err told_fill(struct ctx *c, const struct req *r, const struct request *q, bool can,
                          struct sheet_view *ret)
{
    const struct window_told *told;
    struct sheet *s; /* the view points to it */
    size_t n;

    TRY(ctx_alloc(c, 1, sizeof *s, (void *)&s));
    *s = (struct sheet){ .object = "told_window",
                         .title = _("Every period that was told"),
                         .day = c->today,
                         .empty = _("No period has been told yet."),
                         SHEET_COLUMNS(told_columns) };
    TRY(window_told_all(c, q, &told, &n));
    const struct window_told *last = window_told_last(told, n);
    for (size_t i = n; i-- > 0;)
        TRY(told_row(c, s, &told[i], &told[i] == last, can));
    return sheet_view_fill(c, r, s, ret);
}

static enum err window_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                            struct reply *out)
{
    struct form form = { FORM(fields) };
    struct window_page p = { 0 };
    struct expectation e;

    TRY(frame_fill(c, r, _("Expected period"), "/waiting", &p.frame));
    TRY(step_head_fill(c, r, &p.head));
    TRY(expectation_offer_get(c, p.head.request, &p.offer));
    e = p.offer.now;
    if (p.offer.may)
        e.said = p.offer.said;
    TRY(window_say(c, &e, &p.say));
    if (p.offer.last != NULL && p.offer.may && !p.offer.again)
        TRY(window_was(c, p.offer.last, &p.was));
    TRY(told_fill(c, r, p.head.request, p.offer.now.state == EXPECTATION_TOLD, &p.told));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return window_tell_html(c, &out->body, &p);
}

enum err web_window_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return window_show(c, r, NULL, out);
}

static enum err window_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form form = { FORM(fields) };
    struct expectation_tell_form f;
    struct told_typed t = { 0 };
    int64_t version, seq;

    TRY(form_take(c, r, &form, &t, errors));
    TRY(window_shown(c, r, &f));
    f.request.v = r->ids.id[0];
    f.version = text_to_int(req_form(r, "version"), &version) ? version : 0;
    f.channel = t.channel;
    f.understood = text_empty(t.understood) ? NULL : t.understood;
    return expectation_tell(c, &f, &seq);
}

enum err web_window_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = window_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=period", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return window_show(c, r, &errors, out);
}

enum err card_expected(struct ctx *c, const struct request *r, struct request_card *k)
{
    struct expectation_offer o;
    const char *text;

    TRY(expectation_offer_get(c, r, &o));
    TRY(expectation_text(c, &o.now, &text));
    card_line_add(k, NULL, text);
    if (o.last != NULL) {
        struct card_line *l =
            card_line_add(k, _("Told last"),
                          filled_text(c, _("between {1} and {2}"), day_text(c, o.last->said.from),
                                      day_text(c, o.last->said.to)));
        l->sub = filled_text(c, _("told on {1}"), day_text(c, time_nl_day(o.last->told_at)), NULL);
        bool must = o.last->said.to < c->today || (o.may && o.revise == WINDOW_MUST);
        l->badge = must ? _("will be missed: tell before the date") : NULL;
        l->look = "warning";
    } else {
        card_line_add(k, _("Told last"), _("No period has been told yet."));
    }
    return card_action_add(c, r, k, o.may ? _("Tell the period") : _("What was told"), "/period");
}

/* ── Tell before the date ─────────────────────────────────────────────────────────────────────────────────
 */

static const char *const whys[] = { N_("will be missed"), N_("periods withdrawn"), N_("can be said better"),
                                    N_("was not clear"), N_("never told") };
static const char *const why_look[] = { "danger", "warning", "neutral", "neutral", "inactive" };

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("Why"), BADGE),
    SHEET_COLUMN(N_("Urgency"), TEXT),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Told on"), DAY),
    SHEET_COLUMN(N_("Last day that was told"), DAY),
    SHEET_COLUMN_SUB(N_("Expected period"), TEXT, N_("How often such a period is right")),
};

static enum err tell_row_fill(struct ctx *c, const struct config *k, const char *name,
                              const struct tell_row *w, struct sheet *s)
{
    const char *period, *sure;
    char number[32];

    TRY(window_short(c, &w->now, &period));
    TRY(expectation_sure(c, &w->now, &sure));
    TRY(sheet_row(c, s, w->request));
    sheet_text(s, resident_name(c, name));
    request_number(w->request, time_nl_day(w->received_at), number);
    TRY(ctx_copy(c, number, &s->row[s->n - 1].cell[0].sub));
    TRY(sheet_link(c, s, "/requests/%lld/period", (long long)w->request));
    sheet_badge(s, _(whys[w->why]), why_look[w->why]);
    sheet_text(s, urgency_name(c, w->urgency));
    sheet_text(s, config_team_name(k, w->team));
    sheet_day(s, w->told != NULL ? time_nl_day(w->told->told_at) : DAY_NONE);
    sheet_day(s, w->told != NULL ? w->told->said.to : DAY_NONE);
    sheet_text(s, period);
    sheet_sub(s, text_empty(sure) ? NULL : sure);
    return OK;
}

static enum err names_of(struct ctx *c, const struct tell_row *row, size_t n, const char ***ret_name)
{
    int64_t *person;

    TRY(ctx_alloc(c, n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < n; i++)
        person[i] = row[i].person;
    return person_names(c, person, n, ret_name);
}

enum err web_tell_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct sheet s = { .object = "told_window",
                       .title = _("Tell before the date"),
                       .day = c->today,
                       .empty = _("Nobody has to hear about another period now."),
                       SHEET_COLUMNS(columns) };
    struct tell_page p = { 0 };
    const struct tell_row *row;
    const struct config *k;
    const char **name;
    bool making;
    size_t n;

    TRY(config_get(c, &k));
    TRY(expectation_making(c, &making));
    if (making)
        s.empty = _("The expected periods are being computed. Look again in a moment.");
    TRY(expectation_to_tell(c, INT_NONE, &row, &n));
    TRY(names_of(c, row, n, &name));
    for (size_t i = 0; i < n; i++) {
        p.count[row[i].why]++;
        TRY(tell_row_fill(c, k, name[i], &row[i], &s));
    }
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/waiting", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return tell_html(c, &out->body, &p);
}

/* What was told and will not come true; who was never told one is on the list itself. */
enum err today_tell(struct ctx *c, struct today_block *b)
{
    const struct tell_row *row;
    const char **name;
    char url[64], number[32];
    size_t n;

    TRY(expectation_to_tell(c, INT_NONE, &row, &n));
    while (n > 0 && row[n - 1].why > TELL_WITHDRAWN)
        n--;
    b->title = _("Tell before the date");
    b->url = "/waiting/tell";
    b->count = (int64_t)n;
    b->empty = _("No period that was told will be missed.");
    b->late = n > 0;
    TRY(names_of(c, row, n < TODAY_ROWS ? n : TODAY_ROWS, &name));
    for (size_t i = 0; i < n && i < TODAY_ROWS; i++) {
        struct today_row *t = today_row_add(b);
        t->text = resident_name(c, name[i]);
        t->badge = _(whys[row[i].why]);
        t->look = why_look[row[i].why];
        request_number(row[i].request, time_nl_day(row[i].received_at), number);
        const char *kept;
        TRY(ctx_copy(c, number, &kept));
        t->sub = filled_text(c, _("{1}, told until {2}"), kept, day_text(c, row[i].told->said.to));
        snprintf(url, sizeof url, "/requests/%lld/period", (long long)row[i].request);
        TRY(ctx_copy(c, url, &t->url));
    }
    return OK;
}
