// SPDX-License-Identifier: EUPL-1.2
#include "web/call_round.h"

#include "base/date.h"
#include "base/text.h"
#include "register/clock.h"
#include "register/list_exit.h"
#include "register/safe_contact.h"
#include "web/options.h"
#include "web/show.h"
#include "web/tpl.h"
#include "web/window_tell.h"

#include <stdio.h>

static const struct code_name results[] = {
    { "reached", N_("1. Spoken: still waits") },
    { "missed", N_("2. Not reached") },
    { "back", N_("3. Call back at another time") },
    { "not_needed", N_("4. Spoken: help is no longer needed") },
    { "more_urgent", N_("5. Spoken: it has become more urgent") },
};
enum { LETTER_AFTER = EXIT_ATTEMPTS, LAST_CALLS = 4 };

struct call_typed {
    const char *result, *told, *note, *phone, *address;
    int64_t back_at;
    int32_t next;
};
static const struct code_name told_answers[] = {
    { "yes", N_("Told, and it is clear") },
    { "no", N_("Told, but it is not clear") },
};
enum { TOLD_FIELD = 1 };
static const struct form_field fields[] = {
    { FORM_AT(struct call_typed, result), .kind = FORM_CODE, .required = true, .label = N_("How did it go?"),
      FORM_CODE_LIST(results), .look = FORM_AS_RADIOS },
    { FORM_AT(struct call_typed, told), .kind = FORM_CODE, .label = N_("Period told and understood"),
      FORM_CODE_LIST(told_answers), .look = FORM_AS_RADIOS },
    { FORM_AT(struct call_typed, back_at), .kind = FORM_TIME, .label = N_("Call back at"),
      .hint = N_("Only for outcome 3.") },
    { FORM_AT(struct call_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note"),
      .hint = N_("Write only what is needed for the waiting.") },
    { FORM_AT(struct call_typed, phone), .kind = FORM_TEXT, .max = 40, .narrow = true,
      .label = N_("Phone, as the resident confirms it") },
    { FORM_AT(struct call_typed, address), .kind = FORM_TEXT, .max = 120, .narrow = true,
      .label = N_("Address, as the resident confirms it") },
    { FORM_AT(struct call_typed, next), .kind = FORM_DATE, .label = N_("Next call on"),
      .hint = N_("Empty: within the agreed days.") },
};

/* Without a period to tell there is no question about it. */
static struct form form_of(bool period, struct form_field shown[COUNT(fields)])
{
    struct form form = { .field = shown };

    for (size_t i = 0; i < COUNT(fields); i++)
        if (i != TOLD_FIELD || period)
            shown[form.n++] = fields[i];
    return form;
}

static int64_t team_of(const struct req *r)
{
    const char *text = req_form(r, "team") != NULL ? req_form(r, "team") : req_query(r, "team");
    int64_t team;

    return text_to_int(text, &team) && team > 0 ? team : INT_NONE;
}

/* To the next one, or to the page that says that everyone was tried. */
static enum err go_on(struct ctx *c, struct reply *out, struct request_id next, int64_t team,
                      const char *done)
{
    char query[64] = "";

    if (team != INT_NONE)
        snprintf(query, sizeof query, "&team=%lld", (long long)team);
    if (next.v == 0)
        return reply_redirect(c, out, "/calls?done=%s%s", done, query);
    return reply_redirect(c, out, "/calls/%lld?done=%s%s", (long long)next.v, done, query);
}

enum err web_calls_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct calls_page p = { 0 };
    const struct config *k;

    TRY(frame_fill(c, r, _("Call round"), "/calls", &p.frame));
    TRY(config_get(c, &k));
    TRY(call_round_get(c, team_of(r), &p.round));
    int64_t halves = (p.round.minutes + 29) / 30;
    p.hours = halves / 2;
    p.half = halves % 2 == 1 ? 5 : 0;
    p.contact_days = k->contact_days;
    if (c->scope->all != 0 && k->teams > 1)
        TRY(team_choice(c, team_of(r), &p.team));
    return calls_html(c, &out->body, &p);
}

enum err web_calls_next_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct request_id next;

    TRY(call_round_next(c, team_of(r), &next));
    return go_on(c, out, next, team_of(r), "");
}

/* ── One resident ─────────────────────────────────────────────────────────────────────────────────────────
 */

/* The script, with what is known filled in. */
static void script_fill(struct ctx *c, const struct config *k, struct call_page *p)
{
    int hour = time_nl_second(c->now) / 3600;
    const char *line[] = {
        hour < 12   ? _("Good morning, you speak with")
        : hour < 18 ? _("Good afternoon, you speak with")
                    : _("Good evening, you speak with"),
        _("Is this a good moment?"),
        _("I call because you wait for a talk with us."),
        _("How are you now? Has anything changed?"),
        _("Are you safe at home?"),
        _("Do you still want help?"),
        p->period,
        _("Do you know that an independent client supporter can help you, free of charge?"),
    };

    for (size_t i = 0; i < COUNT(line); i++)
        p->line[p->lines++].text = line[i];
    (void)k;
}

static enum err last_calls(struct ctx *c, const struct request *q, struct call_page *p)
{
    struct event_view *v;

    TRY(ctx_alloc(c, LAST_CALLS, sizeof *v, (void *)&v));
    for (size_t i = q->events; i-- > 0 && p->n_last < LAST_CALLS;) {
        enum kind kind = q->event[i].e.kind;
        bool tells = kind == KIND_CALL_REACHED || kind == KIND_CALL_ATTEMPTED || kind == KIND_TRIAGED ||
                     kind == KIND_BRIDGED || kind == KIND_PAUSED || kind == KIND_INFORMED;
        if (tells && !q->event[i].e.undone)
            v[p->n_last++] = event_show(c, &q->event[i]);
    }
    p->last = v;
    return OK;
}

static enum err safe_fill(struct ctx *c, const struct request *q, struct call_page *p)
{
    int minute = time_nl_second(c->now) / 60;
    struct safe_contact safe;

    safe_contact_read(q->who.safe_contact, &safe);
    TRY(safe_contact_line(c, &safe, &p->safe));
    p->warning = safe_contact_warning(c, &safe, WAY_CALL, minute);
    p->stop = safe_contact_verdict(&safe, WAY_CALL, minute) == SAFE_STOP;
    return OK;
}

/* The line about the period: what holds, what is new, or why there is none. */
static enum err period_fill(struct ctx *c, const struct request *q, struct call_page *p)
{
    const struct expectation_offer *o = &p->offer;
    struct expectation e;

    TRY(expectation_offer_get(c, q, &p->offer));
    e = o->now;
    if (o->may)
        e.said = o->said;
    TRY(window_say(c, &e, &p->period));
    return o->last != NULL && o->may && !o->again ? window_was(c, o->last, &p->period_was) : OK;
}

static enum err call_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                          struct reply *out)
{
    struct call_page p = { .team = team_of(r) };
    const struct config *k;

    TRY(config_get(c, &k));
    TRY(frame_fill(c, r, _("Call round"), "/calls", &p.frame));
    TRY(step_head_fill(c, r, &p.head));
    const struct request *q = p.head.request;
    struct clocks clocks = clocks_of(k, &q->now, c->now);
    struct pair value[] = { { "phone", q->who.phone }, { "address", q->who.address } };
    struct form_field shown[COUNT(fields)];
    TRY(period_fill(c, q, &p));
    struct form form = form_of(p.offer.may, shown);
    form.value = value;
    form.n_values = COUNT(value);
    TRY(call_round_get(c, p.team, &p.round));
    TRY(call_round_other(c, q->id, &p.other));
    TRY(safe_fill(c, q, &p));
    TRY(last_calls(c, q, &p));
    script_fill(c, k, &p);
    p.phone = q->who.phone;
    p.silent_days = clocks.silent_days;
    p.gross_days = clocks.gross_days;
    p.attempts = q->now.attempts;
    p.letter = q->now.attempts >= LETTER_AFTER;
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return call_html(c, &out->body, &p);
}

enum err web_call_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return call_show(c, r, NULL, out);
}

static enum err call_save(struct ctx *c, const struct req *r, struct call_turn_form *f,
                          struct request_id *ret_next, struct form_errors *wrong)
{
    struct form_field shown[COUNT(fields)];
    struct form form = form_of(true, shown);
    struct expectation_tell_form tell;
    struct call_typed t = { 0 };

    TRY(form_take(c, r, &form, &t, wrong));
    *f = (struct call_turn_form){ .request = { r->ids.id[0] },
                                  .team = team_of(r),
                                  .back_at = t.back_at,
                                  .next = t.next,
                                  .note = text_empty(t.note) ? NULL : t.note,
                                  .phone = text_empty(t.phone) ? NULL : t.phone,
                                  .address = text_empty(t.address) ? NULL : t.address };
    for (size_t i = 0; i < COUNT(results); i++)
        if (text_is(results[i].code, t.result))
            f->result = (enum call_result)i;
    if (!text_to_int(req_form(r, "version"), &f->version))
        f->version = 0;
    bool told = text_is(t.told, "yes") || text_is(t.told, "no");
    if (told)
        TRY(window_shown(c, r, &tell));
    tell.channel = "call";
    tell.understood = t.told;
    return expectation_call(c, f, told ? &tell : NULL, ret_next);
}

enum err web_call_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors wrong = { 0 };
    struct call_turn_form f;
    struct request_id next;
    enum err e = call_save(c, r, &f, &next, &wrong);

    if (e == OK && f.result == CALL_NOT_NEEDED)
        return reply_redirect(c, out, "/requests/%lld/leave?done=call&round=1", (long long)f.request.v);
    if (e == OK && f.result == CALL_MORE_URGENT)
        return reply_redirect(c, out, "/requests/%lld/triage?done=call&round=1", (long long)f.request.v);
    if (e == OK)
        return go_on(c, out, next, f.team, "call");
    TRY(wrong_take(c, e, out, &wrong));
    return call_show(c, r, &wrong, out);
}

enum err web_call_skip_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct request_id next;

    TRY(call_round_skip(c, (struct request_id){ r->ids.id[0] }, team_of(r), &next));
    return go_on(c, out, next, team_of(r), "skipped");
}

enum err web_call_letter_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct request_id id = { r->ids.id[0] };
    int64_t version;

    if (!text_to_int(req_form(r, "version"), &version))
        return FAIL(E_REQUEST, "%s", _("This form is not complete."));
    TRY(list_exit_letter(c, id, version));
    return go_on(c, out, id, team_of(r), "letter");
}

/* ── For who takes over ───────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("How it stands"), BADGE),
    SHEET_COLUMN(N_("Urgency"), TEXT),
    SHEET_COLUMN(N_("Last spoken"), DAY),
    SHEET_COLUMN(N_("Tries since then"), COUNT),
    SHEET_COLUMN(N_("Promised call"), MOMENT),
    SHEET_COLUMN(N_("Is being called by"), TEXT),
};

static enum err shift_row(struct ctx *c, struct sheet *s, const struct call_shift *w)
{
    static const char *const state[] = { N_("still to call"), N_("put off"), N_("tried today"),
                                         N_("promised") };
    static const char *const look[] = { "neutral", "inactive", "inactive", "neutral" };

    TRY(sheet_row(c, s, w->id));
    sheet_text(s, resident_name(c, w->name));
    sheet_sub(s, w->number);
    TRY(sheet_link(c, s, "/calls/%lld", (long long)w->id));
    sheet_badge(s, _(state[w->state]), w->late && w->state == SHIFT_OPEN ? "warning" : look[w->state]);
    sheet_text(s, urgency_name(c, w->urgency));
    sheet_day(s, time_nl_day(w->heard_at));
    sheet_count(s, w->attempts);
    sheet_moment(s, w->call_at);
    sheet_text(s, w->caller);
    return OK;
}

enum err web_call_shift_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct shift_page p = { 0 };
    const struct call_shift *row;
    struct sheet s = { .object = "call_round",
                       .title = _("Hand over the call round"),
                       .day = c->today,
                       .empty = _("Nobody has to be called, and nothing was promised."),
                       SHEET_COLUMNS(columns) };
    size_t n;

    TRY(call_shift_get(c, team_of(r), &row, &n));
    for (size_t i = 0; i < n; i++)
        TRY(shift_row(c, &s, &row[i]));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, s.title, "/calls", &p.frame));
    TRY(call_round_get(c, team_of(r), &p.round));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return shift_html(c, &out->body, &p);
}
