// SPDX-License-Identifier: EUPL-1.2
#include "register/message.h"

#include "base/text.h"
#include "register/course.h"
#include "register/event.h"
#include "register/history.h"
#include "register/network.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/vault.h"

#include <string.h>

const struct code_name message_ways[] = {
    { "letter", N_("Letter") },     { "hand", N_("Letter by hand") }, { "mail", N_("E-mail") },
    { "text", N_("Text message") }, { "call", N_("Call") },           { "voicemail", N_("Left a message") },
};
const size_t message_way_count = COUNT(message_ways);

static bool way_of(const char *code, enum way *ret_way)
{
    if (text_is(code, "hand")) {
        *ret_way = WAY_LETTER;
        return true;
    }
    return way_find(code, ret_way);
}

/* What goes to a helper in place of the resident: along this way? */
static enum err helper_may(struct ctx *c, const struct helper *h, enum way way)
{
    const char *at = way == WAY_MAIL ? h->email : way == WAY_LETTER ? h->address : h->phone;

    if (text_empty(at))
        return FAIL_FIELD("way", _("The messages go to %s, of whom we have no number or address for this."),
                          h->name != NULL ? h->name : h->organisation);
    return OK;
}

enum err message_may(struct ctx *c, int64_t person, enum way way)
{
    struct addressee to;
    struct safe_contact safe;
    struct identity who;
    int minute = time_nl_second(c->now) / 60;

    TRY(person_get(c, person, &who));
    safe_contact_read(who.safe_contact, &safe);
    TRY(network_addressee(c, person, &to));
    if (!to.resident && !safe.ask_first)
        return helper_may(c, &to.helper, way);
    if (safe_contact_verdict(&safe, way, minute) == SAFE_STOP)
        return FAIL_FIELD("way", "%s", safe_contact_warning(c, &safe, way, minute));
    return OK;
}

/* ── Writing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

struct sending {
    const struct message_form *f;
    int64_t person, id;
};

static bool has(const struct course *k, enum kind kind, const char *reason)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct event *e = &k->event[i];
        if (e->kind == kind && !e->undone && (reason == NULL || text_is(e->reason, reason)))
            return true;
    }
    return false;
}

/* The letter of the six weeks is what the clock of the law looks for; once is enough. */
static enum err put_late_letter(struct ctx *c, struct request_id id, int64_t sent_at, int64_t *ret_seq)
{
    struct request_change late = { .id = id, .version = -1, .e = EVENT_NONE };
    struct course k;

    TRY(course_read(c, id.v, &k));
    if (!has(&k, KIND_WMO_REPORTED, NULL) || has(&k, KIND_LATE_LETTER, NULL))
        return OK;
    late.e.kind = KIND_LATE_LETTER;
    late.e.occurred_at = sent_at;
    return request_append(c, &late, ret_seq);
}

/* So is the first letter that says what was received; who may not write events leaves it to the team. */
static enum err put_receipt(struct ctx *c, struct request_id id, int64_t sent_at, int64_t *ret_seq)
{
    struct request_change e = { .id = id, .version = -1, .e = EVENT_NONE };
    struct course k;

    TRY(course_read(c, id.v, &k));
    if (has(&k, KIND_INFORMED, REASON_RECEIPT) || !role_may(c->actor->role, RIGHT_EVENT))
        return OK;
    e.e.kind = KIND_INFORMED;
    e.e.reason = REASON_RECEIPT;
    e.e.occurred_at = sent_at;
    return request_append(c, &e, ret_seq);
}

/* ── A message that is also an event ──────────────────────────────────────────────────────────────────────
 */

static enum err step(struct ctx *c, int64_t message, const char *kind, int64_t event)
{
    struct history_of what = { "message", message, INT_NONE, -1 };
    struct happening h = HAPPENING_NONE;

    h.kind = kind;
    h.number = event;
    return history_add(c, &what, &h, NULL);
}

enum err message_follow(struct ctx *c, int64_t request, const struct event *event, size_t n)
{
    struct sql_message_linked_row *row;
    size_t rows;

    TRY(sql_message_linked(c, request, &row, &rows));
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < n; k++)
            if (event[k].seq == row[i].event && event[k].undone != row[i].taken_back)
                TRY(step(c, row[i].id, event[k].undone ? MESSAGE_TAKEN_BACK : MESSAGE_SENT, row[i].event));
    return OK;
}

static bool tells_receipt(const char *kind)
{
    return text_is(kind, letter_kinds[LETTER_RECEIVED].code) ||
           text_is(kind, letter_kinds[LETTER_RECEIVED_TEXT].code);
}

static enum err insert(struct ctx *c, void *arg)
{
    struct sending *s = arg;
    const struct message_form *f = s->f;
    struct sql_message_insert_row added;
    int64_t event = f->event;
    struct blob text;

    TRY(note_seal(c, s->person, f->text, &text));
    struct sql_message_insert_args row = { s->person, f->request.v,      f->kind,
                                           f->way,    f->incoming,       f->at == TIME_NONE ? c->now : f->at,
                                           c->now,    c->actor->account, f->lang == LANG_NL ? "nl" : "en",
                                           text };
    TRY(sql_message_insert(c, &row, &added));
    s->id = added.id;
    if (!f->incoming && event == 0 && tells_receipt(f->kind))
        TRY(put_receipt(c, f->request, row.sent_at, &event));
    if (!f->incoming && event == 0 && text_is(f->kind, letter_kinds[LETTER_SIX_WEEKS].code))
        TRY(put_late_letter(c, f->request, row.sent_at, &event));
    return event != 0 ? step(c, added.id, MESSAGE_SENT, event) : OK;
}

static enum err check_form(struct ctx *c, const struct message_form *f, int64_t person, enum way *ret_way)
{
    enum letter letter;

    if (person == INT_NONE)
        return FAIL(E_CONFLICT, "%s", _("We do not know whose request this is, so nothing can be sent."));
    if (!way_of(f->way, ret_way))
        return FAIL_FIELD("way", "%s", _("Choose how it was sent."));
    if (!text_is(f->kind, "other") && !letter_find(f->kind, &letter))
        return FAIL_FIELD("kind", "%s", _("Choose one of the list."));
    if (f->at != TIME_NONE && f->at > c->now + 60)
        return FAIL_FIELD("at", "%s", _("This date is in the future."));
    return OK;
}

enum err message_add(struct ctx *c, const struct message_form *f, int64_t *ret_id)
{
    struct sending s = { .f = f };
    struct sql_request_get_row row;
    enum way way;

    TRY(may(c, RIGHT_MESSAGE));
    TRY(sql_request_get(c, f->request.v, &row));
    s.person = row.person;
    TRY(check_form(c, f, s.person, &way));
    if (!f->incoming)
        TRY(message_may(c, s.person, way));
    TRY(db_tx(c, insert, &s));
    *ret_id = s.id;
    return OK;
}

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err all_of(struct ctx *c, int64_t person, const struct sql_message_of_request_row *row, size_t n,
                       struct message **ret_message)
{
    struct message *m;
    enum letter letter;

    TRY(ctx_alloc(c, n + 1, sizeof *m, (void *)&m));
    for (size_t i = 0; i < n; i++) {
        m[i] = (struct message){ .id = row[i].id,
                                 .sent_at = row[i].sent_at,
                                 .recorded_at = row[i].recorded_at,
                                 .kind = letter_find(row[i].kind, &letter) ? _(letter_kinds[letter].name)
                                                                           : _("Another message"),
                                 .way = code_text(c, message_ways, message_way_count, row[i].way),
                                 .text = "",
                                 .who = row[i].who,
                                 .incoming = row[i].incoming,
                                 .taken_back = row[i].taken_back,
                                 .language = row[i].language };
        if (row[i].body.data == NULL)
            continue;
        enum err e = vault_open(c, person, row[i].body, &m[i].text);
        if (e == E_NOT_FOUND)
            err_clear(c);
        else
            TRY(e);
    }
    *ret_message = m;
    return OK;
}

enum err message_of_request(struct ctx *c, struct request_id id, struct message **ret_message, size_t *ret_n)
{
    struct sql_message_of_request_row *row;
    struct sql_request_get_row request;

    TRY(may(c, RIGHT_MESSAGE));
    TRY(sql_request_get(c, id.v, &request));
    TRY(sql_message_of_request(c, id.v, &row, ret_n));
    return all_of(c, request.person, row, *ret_n, ret_message);
}

enum err message_of_person(struct ctx *c, int64_t person, struct message **ret_message, size_t *ret_n)
{
    struct sql_message_of_request_row *row;

    TRY(may(c, RIGHT_MESSAGE));
    TRY(person_visible(c, person));
    TRY(sql_message_of_person(c, person, &row, ret_n));
    return all_of(c, person, row, *ret_n, ret_message);
}

/* Why nothing was written to this person: safe contact says so. */
static enum err why_not(struct ctx *c, int64_t person, const char **ret_why)
{
    static const enum way written[] = { WAY_LETTER, WAY_MAIL, WAY_TEXT };
    struct safe_contact safe;
    struct identity who;

    *ret_why = "";
    TRY(person_get(c, person, &who));
    safe_contact_read(who.safe_contact, &safe);
    for (size_t i = 0; i < COUNT(written); i++)
        if (safe_contact_verdict(&safe, written[i], 12 * 60) != SAFE_STOP)
            return OK;
    *ret_why = safe_contact_warning(c, &safe, WAY_LETTER, 12 * 60);
    return OK;
}

enum err message_not_informed(struct ctx *c, struct not_informed **ret_row, size_t *ret_n)
{
    struct look look = { c->actor != NULL ? c->actor->account : INT_NONE, "list", "message", INT_NONE };
    struct sql_message_not_informed_row *row;
    struct not_informed *out;
    const char **name;
    int64_t *person;

    TRY(may(c, RIGHT_MESSAGE));
    TRY(read_log_add(c, &look));
    TRY(sql_message_not_informed(c, 0, c->now + 1, &row, ret_n));
    TRY(ctx_alloc(c, *ret_n + 1, sizeof *out, (void *)&out));
    TRY(ctx_alloc(c, *ret_n + 1, sizeof *person, (void *)&person));
    for (size_t i = 0; i < *ret_n; i++)
        person[i] = row[i].person;
    TRY(person_names(c, person, *ret_n, &name));
    for (size_t i = 0; i < *ret_n; i++) {
        out[i] = (struct not_informed){
            row[i].request, row[i].person, row[i].received_at, row[i].team, "", name[i], ""
        };
        request_number(row[i].request, time_nl_day(row[i].received_at), out[i].number);
        TRY(why_not(c, row[i].person, &out[i].why));
    }
    *ret_row = out;
    return OK;
}
