// SPDX-License-Identifier: EUPL-1.2
/* The log of messages of a request, and who was not informed in writing. */
#include "web/message.h"

#include "base/text.h"
#include "register/network.h"
#include "web/part.h"
#include "web/show.h"
#include "web/tpl.h"

#include <stdio.h>
#include <string.h>

static const char *const directions[] = { "out", "in", NULL };
static const char *const direction_labels[] = { N_("From us"), N_("From the resident"), NULL };

struct message_typed {
    const char *way, *text;
    int64_t direction;
};
static const struct form_field fields[] = {
    { FORM_AT(struct message_typed, direction), .kind = FORM_CHOICE, .choice = directions,
      .choice_label = direction_labels, .required = true, .label = N_("Who wrote or called?") },
    { FORM_AT(struct message_typed, way), .kind = FORM_CODE, .codes = message_ways,
      .n_codes = &message_way_count, .required = true, .look = FORM_AS_SELECT, .label = N_("In which way?") },
    { FORM_AT(struct message_typed, text), .kind = FORM_LINES, .max = 4000,
      .label = N_("What was said or written?") },
};

/* What may go out now, and what may not. */
static enum err letters_fill(struct ctx *c, const struct request *q, struct message_page *p)
{
    int minute = time_nl_second(c->now) / 60;
    struct safe_contact safe;

    safe_contact_read(q->who.safe_contact, &safe);
    TRY(safe_contact_line(c, &safe, &p->safe));
    for (size_t i = 0; i < LETTERS; i++) {
        enum way way = letter_kinds[i].way;
        bool stop = safe_contact_verdict(&safe, way, minute) == SAFE_STOP;
        p->letter[i] = (struct letter_link){ _(letter_kinds[i].name), letter_kinds[i].code,
                                             stop ? safe_contact_warning(c, &safe, way, minute) : "" };
    }
    p->letters = LETTERS;
    return OK;
}

/* Who gets the messages: the resident, a helper, or both. */
static enum err addressee_fill(struct ctx *c, const struct request *q, struct message_page *p)
{
    struct addressee to;

    if (q->person == INT_NONE)
        return OK;
    TRY(network_addressee(c, q->person, &to));
    if (to.helper.id == INT_NONE)
        return OK;
    p->helper = to.helper.name != NULL ? to.helper.name : to.helper.organisation;
    p->helper_kind = code_text(c, network_kinds, network_kind_count, to.helper.kind);
    p->helper_at = to.helper.phone != NULL ? to.helper.phone : to.helper.email;
    p->instead = !to.resident;
    return OK;
}

static enum err message_show(struct ctx *c, const struct req *r, const struct form_errors *wrong,
                             struct reply *out)
{
    struct form form = { FORM(fields) };
    struct message_page p = { 0 };
    struct message *m;
    struct request q;

    TRY(may(c, RIGHT_MESSAGE));
    TRY(request_get(c, (struct request_id){ r->ids.id[0] }, &q));
    TRY(frame_fill(c, r, _("Letters and messages"), "/waiting", &p.frame));
    p.request = &q;
    p.name = q.who.name != NULL ? q.who.name : "";
    TRY(message_of_request(c, q.id, &m, &p.n));
    TRY(addressee_fill(c, &q, &p));
    p.message = m;
    TRY(letters_fill(c, &q, &p));
    TRY(form_view_fill(c, r, &form, wrong, &p.form));
    return message_html(c, &out->body, &p);
}

enum err web_message_get(struct ctx *c, const struct req *r, struct reply *out)
{
    return message_show(c, r, NULL, out);
}

static enum err message_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct form form = { FORM(fields) };
    struct message_typed t = { 0 };
    int64_t id;

    TRY(form_take(c, r, &form, &t, errors));
    struct message_form m = { .request = { r->ids.id[0] },
                              .kind = "other",
                              .way = t.way,
                              .incoming = t.direction == 1,
                              .at = TIME_NONE,
                              .lang = LANG_NL,
                              .text = text_empty(t.text) ? NULL : t.text };
    return message_add(c, &m, &id);
}

enum err web_message_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = message_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld/messages?done=message", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return message_show(c, r, &errors, out);
}

/* ── Not informed ─────────────────────────────────────────────────────────────────────────────────────────
 */

static const struct sheet_column columns[] = {
    SHEET_COLUMN_SUB(N_("Resident"), TEXT, N_("Number")),
    SHEET_COLUMN(N_("Team"), TEXT),
    SHEET_COLUMN(N_("Asked on"), DAY),
    SHEET_COLUMN(N_("Why not"), BADGE),
};

static enum err sheet_make(struct ctx *c, struct not_informed_page *p, struct sheet *ret_sheet)
{
    struct sheet s = { .object = "message",
                       .title = _("Not informed in writing"),
                       .filter = _("Waiting, and nothing sent yet"),
                       .empty = _("Everyone who waits got something in writing."),
                       .day = c->today,
                       SHEET_COLUMNS(columns) };
    struct not_informed *row;
    const struct config *k;
    size_t n;

    TRY(config_get(c, &k));
    TRY(message_not_informed(c, &row, &n));
    for (size_t i = 0; i < n; i++) {
        bool explained = row[i].why[0] != '\0';
        p->todo += !explained;
        p->explained += explained;
        TRY(sheet_row(c, &s, row[i].request));
        sheet_text(&s, resident_name(c, row[i].name));
        sheet_sub(&s, row[i].number);
        TRY(sheet_link(c, &s, "/requests/%lld/messages", (long long)row[i].request));
        sheet_text(&s, config_team_name(k, row[i].team));
        sheet_day(&s, time_nl_day(row[i].received_at));
        sheet_badge(&s, explained ? row[i].why : _("Still to be done"), explained ? "inactive" : "warning");
    }
    *ret_sheet = s;
    return OK;
}

enum err web_not_informed_get(struct ctx *c, const struct req *r, struct reply *out)
{
    struct not_informed_page p = { 0 };
    struct sheet s;

    TRY(sheet_make(c, &p, &s));
    if (sheet_is_file(r))
        return web_sheet_export(c, r, &s, out);
    TRY(frame_fill(c, r, _("Not informed in writing"), "/messages", &p.frame));
    TRY(sheet_view_fill(c, r, &s, &p.sheet));
    return not_informed_html(c, &out->body, &p);
}

enum err today_not_informed(struct ctx *c, struct today_block *b)
{
    struct not_informed *at;
    char url[64];
    size_t n;

    TRY(message_not_informed(c, &at, &n));
    b->title = _("Not informed in writing");
    b->url = "/messages";
    b->count = 0;
    b->empty = _("Everyone who waits got something in writing.");
    for (size_t i = 0; i < n; i++) {
        if (at[i].why[0] != '\0')
            continue;
        b->count++;
        struct today_row *row = today_row_add(b);
        if (row == NULL)
            continue;
        row->text = at[i].name[0] != '\0' ? at[i].name : _("Anonymous");
        TRY(ctx_copy(c, at[i].number, &row->sub));
        snprintf(url, sizeof url, "/requests/%lld/messages", (long long)at[i].request);
        TRY(ctx_copy(c, url, &row->url));
    }
    return OK;
}
