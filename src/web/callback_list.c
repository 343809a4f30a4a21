// SPDX-License-Identifier: EUPL-1.2
/* The list of call-backs, its block of today, and promising one. */
#include "base/text.h"
#include "register/config.h"
#include "register/contact.h"
#include "register/phone.h"
#include "register/request.h"
#include "web/callback.h"
#include "web/part.h"
#include "web/show.h"
#include "web/tpl.h"

#include <string.h>

enum { FIGURE_DAYS = 91 };

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Who"), TEXT, N_("What is it about?")),
    SHEET_COLUMN(N_("Phone"), TEXT),
    SHEET_COLUMN(N_("Promised"), MOMENT),
    SHEET_COLUMN(N_("Call before"), DAY),
    SHEET_COLUMN(N_("Attempts"), COUNT),
    SHEET_COLUMN(N_("Who calls?"), TEXT),
    SHEET_COLUMN(N_("State"), BADGE),
};

static const char *name_of(const struct ctx *c, const struct callback *b)
{
    return b->name[0] != '\0' ? b->name : _("Name not known");
}

static enum err row_put(struct ctx *c, const struct callback *b, struct sheet *s)
{
    bool late = b->state == CALLBACK_OPEN && b->late;

    TRY(sheet_row(c, s, b->id));
    sheet_text(s, name_of(c, b));
    sheet_sub(s, code_text(c, contact_topics, contact_topic_count, b->topic));
    TRY(sheet_link(c, s, "/callbacks/%lld", (long long)b->id));
    sheet_text(s, b->phone);
    sheet_moment(s, b->promised_at);
    sheet_day(s, b->due);
    sheet_count(s, b->attempts);
    sheet_text(s, b->owner_name);
    sheet_badge(s, late ? _("Too late") : callback_state_name(c, b->state),
                late                           ? "danger"
                : b->state == CALLBACK_OPEN    ? "neutral"
                : b->state == CALLBACK_REACHED ? "success"
                                               : "inactive");
    return OK;
}

static enum err sheet_make(struct ctx *c, bool all, struct sheet *ret_sheet, int64_t *ret_late)
{
    struct sheet s = { .object = "callback",
                       .title = _("Call-backs"),
                       .filter = all ? _("Promised in the last 91 days") : _("Still to be called"),
                       .empty = _("Nobody has to be called back."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };
    struct callback *b;
    size_t n;

    if (all)
        TRY(callback_between(c, time_of_nl_day(c->today - FIGURE_DAYS, 0), c->now + 1, &b, &n));
    else
        TRY(callback_open(c, &b, &n));
    *ret_late = 0;
    for (size_t i = 0; i < n; i++) {
        TRY(row_put(c, &b[i], &s));
        *ret_late += b[i].state == CALLBACK_OPEN && b[i].late;
    }
    *ret_sheet = s;
    return OK;
}

enum err web_callback_list_get(struct ctx *c, const struct req *r, struct reply *out)
{
    bool all = text_is(req_query(r, "tab"), "all");
    struct callback_list_page p = { 0 };
    struct sheet s;

    TRY(may(c, RIGHT_CONTACT));
    TRY(sheet_make(c, all, &s, &p.late));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, _("Call-backs"), "/callbacks", &p.frame));
    TRY(callback_figures(c, time_of_nl_day(c->today - FIGURE_DAYS, 0), c->now + 1, &p.figures));
    p.tab[0] = (struct tab){ _("Still to be called"), "/callbacks", all ? INT_NONE : (int64_t)s.n, !all };
    p.tab[1] = (struct tab){ _("Last 91 days"), "/callbacks?tab=all", INT_NONE, all };
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return callback_list_html(c, &out->body, &p);
}

enum err today_callbacks(struct ctx *c, struct today_block *b)
{
    struct callback *at;
    char url[48];
    size_t n;

    TRY(callback_open(c, &at, &n));
    b->title = _("Call back");
    b->url = "/callbacks";
    b->count = (int64_t)n;
    b->empty = _("Nobody has to be called back.");
    for (size_t i = 0; i < n; i++) {
        b->late = b->late || at[i].late;
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            continue;
        row->text = name_of(c, &at[i]);
        row->sub = code_text(c, contact_topics, contact_topic_count, at[i].topic);
        row->badge = at[i].late ? _("Too late") : day_text(c, at[i].due);
        row->look = at[i].late ? "danger" : at[i].due == c->today ? "warning" : "neutral";
        memcpy(url, "/callbacks/", 11);
        *text_put_int(url + 11, at[i].id) = '\0';
        TRY(ctx_copy(c, url, &row->url));
    }
    return OK;
}

/* ── Promising one ────────────────────────────────────────────────────────────────────────────────────────
 */

struct new_typed {
    const char *name, *phone, *topic, *note;
    int32_t by_day;
    int64_t request, missed;
};
static const struct form_field new_fields[] = {
    { FORM_AT(struct new_typed, request), .kind = FORM_ID, .hidden = true },
    { FORM_AT(struct new_typed, missed), .kind = FORM_ID, .hidden = true },
    { FORM_AT(struct new_typed, phone), .kind = FORM_TEXT, .max = 40, .type = "tel", .narrow = true,
      .label = N_("Phone") },
    { FORM_AT(struct new_typed, name), .kind = FORM_TEXT, .max = 120, .label = N_("Name") },
    { FORM_AT(struct new_typed, topic), .kind = FORM_CODE, .codes = contact_topics,
      .n_codes = &contact_topic_count, .label = N_("What is it about?") },
    { FORM_AT(struct new_typed, by_day), .kind = FORM_DATE, .label = N_("At the latest on"),
      .hint = N_("Empty: within two working days") },
    { FORM_AT(struct new_typed, note), .kind = FORM_LINES, .max = 2000, .label = N_("Note") },
};

static int64_t id_in(const char *text)
{
    int64_t id;

    return text != NULL && text_to_int(text, &id) && id > 0 ? id : INT_NONE;
}

static enum err new_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                         struct reply *out)
{
    struct callback_new_page p = { .name = "" };
    const char *request = req_query(r, "request"), *missed = req_query(r, "missed");
    struct pair value[] = { { "request", request != NULL ? request : "" },
                            { "missed", missed != NULL ? missed : "" },
                            { "phone", "" } };
    struct form form = { FORM(new_fields), .value = value, .n_values = COUNT(value) };
    struct request q;

    if (id_in(request) != INT_NONE) {
        TRY(request_get(c, (struct request_id){ id_in(request) }, &q));
        p.name = q.who.name != NULL ? q.who.name : "";
        value[2].value = q.who.phone != NULL ? q.who.phone : "";
    }
    if (id_in(missed) != INT_NONE) {
        struct phone_missed call;
        TRY(phone_missed_get(c, id_in(missed), &call));
        p.name = call.name;
        value[2].value = call.phone;
    }
    TRY(frame_fill(c, r, _("Promise to call back"), "/callbacks", &p.frame));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return callback_new_html(c, &out->body, &p);
}

enum err web_callback_new_get(struct ctx *c, const struct req *r, struct reply *out)
{
    TRY(may(c, RIGHT_CONTACT));
    return new_show(c, r, NULL, out);
}

static enum err new_save(struct ctx *c, const struct req *r, struct form_errors *errors, int64_t *ret_id)
{
    struct form form = { FORM(new_fields) };
    struct new_typed t = { 0 };
    struct request q;

    TRY(may(c, RIGHT_CONTACT));
    TRY(form_take(c, r, &form, &t, errors));
    struct callback_promise p = { .person = INT_NONE,
                                  .who = { .name = t.name, .phone = t.phone },
                                  .request = t.request,
                                  .contact = INT_NONE,
                                  .missed = t.missed,
                                  .promised_at = TIME_NONE,
                                  .by_day = t.by_day,
                                  .owner = INT_NONE,
                                  .topic = text_empty(t.topic) ? NULL : t.topic,
                                  .note = text_empty(t.note) ? NULL : t.note };
    if (t.request != INT_NONE) {
        TRY(request_get(c, (struct request_id){ t.request }, &q));
        p.person = q.person;
    }
    if (t.missed != INT_NONE) {
        struct phone_missed call;
        TRY(phone_missed_get(c, t.missed, &call));
        p.person = call.person;
    }
    return callback_add(c, &p, ret_id);
}

enum err web_callback_new_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    int64_t id = 0;
    enum err e = new_save(c, r, &errors, &id);

    if (e == OK)
        return reply_redirect(c, out, "/callbacks/%lld?done=promised", (long long)id);
    TRY(wrong_take(c, e, out, &errors));
    return new_show(c, r, &errors, out);
}
