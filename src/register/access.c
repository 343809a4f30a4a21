// SPDX-License-Identifier: EUPL-1.2
#include "register/access.h"

#include "base/buf.h"
#include "register/course.h"
#include "register/event.h"
#include "register/history.h"
#include "register/person_link.h"
#include "register/right.h"
#include "store/name_index.h"
#include "store/read_log.h"
#include "store/vault.h"

#include <string.h>

const struct code_name access_content_reasons[] = {
    { "replacement", N_("I replace a colleague") },
    { "consult", N_("A colleague asked me to think along") },
    { "contact", N_("The resident called or came by") },
    { "supervision", N_("I answer for the work of the team") },
    { "other", N_("Another reason") },
};
const size_t access_content_reason_count = COUNT(access_content_reasons);
const struct code_name access_emergency_reasons[] = {
    { "danger", N_("Someone is in danger") },
    { "crisis", N_("A crisis, outside office hours") },
    { "counter", N_("The resident is here and cannot wait") },
    { "reporting_code", N_("Signs of abuse: the reporting code") },
};
const size_t access_emergency_reason_count = COUNT(access_emergency_reasons);
const struct code_name seal_reasons[] = {
    { "threat", N_("Someone is looking for this resident") },
    { "known", N_("A well-known person") },
    { "colleague", N_("A colleague or family of a colleague") },
    { "over", N_("The danger is over") },
    { "mistake", N_("Sealed by mistake") },
    { "other", N_("Another reason") },
};
const size_t seal_reason_count = COUNT(seal_reasons);

/* ── Reasons ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_why(struct ctx *c, const struct code_name *list, size_t n, const char *reason,
                          const char *why)
{
    if (!code_known(list, n, reason))
        return FAIL_FIELD("reason", "%s", _("Choose one of the list."));
    if (why == NULL || strlen(why) < ACCESS_WHY_LEAST)
        return FAIL_FIELD("why", "%s", _("Write down why, in a few words. This is kept."));
    return OK;
}

struct granting {
    const struct access_form *f;
    const char *kind;
    int64_t person;
};

static enum err put_grant(struct ctx *c, void *arg)
{
    const struct granting *g = arg;
    struct buf text = { 0 };
    struct blob sealed = { NULL, 0 };
    struct sql_access_grant_insert_row added;
    int hours = text_is(g->kind, ACCESS_EMERGENCY) ? ACCESS_EMERGENCY_HOURS : ACCESS_CONTENT_HOURS;

    buf_printf(&text, "%s\n%s", g->f->reason, g->f->why);
    enum err e = g->person != INT_NONE ? note_seal(c, g->person, buf_text(&text), &sealed) : OK;
    buf_free(&text);
    TRY(e);
    struct sql_access_grant_insert_args row = { c->actor->account,     g->f->request.v, g->kind, c->now,
                                                c->now + hours * 3600, sealed };
    return sql_access_grant_insert(c, &row, &added);
}

static enum err grant(struct ctx *c, const struct access_form *f, const char *kind, int64_t person)
{
    struct granting g = { f, kind, person };
    struct look look = { c->actor->account, text_is(kind, ACCESS_EMERGENCY) ? "emergency" : "open", "request",
                         f->request.v };

    TRY(db_tx(c, put_grant, &g));
    return read_log_add(c, &look);
}

static enum err need_account(struct ctx *c)
{
    return c->actor->account != INT_NONE ? OK
                                         : FAIL(E_FORBIDDEN, "%s", _("Only who has an account can do this."));
}

enum err access_open(struct ctx *c, const struct access_form *f)
{
    struct sql_request_get_row row;

    TRY(may(c, RIGHT_REQUEST));
    TRY(sql_request_get(c, f->request.v, &row));
    TRY(need_account(c));
    TRY(check_why(c, access_content_reasons, access_content_reason_count, f->reason, f->why));
    return grant(c, f, ACCESS_CONTENT, row.person);
}

enum err access_emergency(struct ctx *c, const struct access_form *f)
{
    struct sql_seal_get_row row;
    struct sql_access_blocked_row blocked = { 0 };

    TRY(may(c, RIGHT_EMERGENCY));
    TRY(need_account(c));
    TRY(check_why(c, access_emergency_reasons, access_emergency_reason_count, f->reason, f->why));
    TRY(sql_seal_get(c, f->request.v, &row));
    if (row.person != INT_NONE)
        TRY(sql_access_blocked(c, c->actor->account, row.person, &blocked));
    if (blocked.n > 0)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    return grant(c, f, ACCESS_EMERGENCY, row.person);
}

/* The person with exactly this name and birth date; INT_NONE when there is none. */
static enum err find_exact(struct ctx *c, const char *name, int32_t birth, int64_t *ret_person)
{
    struct name_query q = { .name = name, .phone = "", .birth = birth };
    struct name_hit hit[8];
    char wanted[256], other[256];
    size_t n;

    *ret_person = INT_NONE;
    TRY(person_index(c));
    TRY(name_index_find(c, db_store(c->db), &q, hit, COUNT(hit), &n));
    text_fold(wanted, sizeof wanted, name);
    for (size_t i = 0; i < n; i++) {
        struct name_entry e;
        TRY(name_index_get(c, db_store(c->db), hit[i].person, &e));
        text_fold(other, sizeof other, e.name);
        if (text_is(wanted, other))
            *ret_person = hit[i].person;
    }
    return OK;
}

enum err access_emergency_find(struct ctx *c, const char *name, int32_t birth, struct request_id *ret_id)
{
    struct sql_access_person_newest_row *row;
    struct look look = { c->actor->account, "search", "emergency", INT_NONE };
    int64_t person;
    size_t n;

    TRY(may(c, RIGHT_EMERGENCY));
    TRY(read_log_add(c, &look));
    if (text_empty(name) || birth == DAY_NONE)
        return FAIL_FIELD("name", "%s", _("Fill in a number, or a name and a date of birth."));
    TRY(find_exact(c, name, birth, &person));
    TRY(sql_access_person_newest(c, person, &row, &n));
    if (person == INT_NONE || n == 0)
        return FAIL_FIELD("name", "%s", _("We know nobody with exactly this name and date of birth."));
    ret_id->v = row[0].request;
    return OK;
}

/* ── Seals ────────────────────────────────────────────────────────────────────────────────────────────────
 */

/* A lead seals in the own team; others who may seal, everywhere. */
static enum err check_team(struct ctx *c, int64_t team)
{
    if (c->actor->role == ROLE_TEAM_LEAD && c->actor->team != INT_NONE && c->actor->team != team)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this."));
    return OK;
}

enum err access_seal_get(struct ctx *c, struct request_id request, struct seal_state *ret_state)
{
    struct sql_seal_get_row row;
    struct sql_person_seal_get_row *seal;
    struct seal_state s = { .request = request.v };
    size_t n = 0;

    TRY(may(c, RIGHT_SEAL));
    TRY(sql_seal_get(c, request.v, &row));
    TRY(check_team(c, row.team));
    if (row.person != INT_NONE)
        TRY(sql_person_seal_get(c, row.person, &seal, &n));
    request_number(request.v, time_nl_day(row.received_at), s.number);
    s.team = row.team;
    s.sealed = row.sealed;
    s.person_sealed = n > 0;
    *ret_state = s;
    return OK;
}

/* Who put the seal on; INT_NONE: not known, or nobody. */
static enum err sealed_by(struct ctx *c, int64_t request, int64_t *ret_account)
{
    struct course k;

    *ret_account = INT_NONE;
    TRY(course_read(c, request, &k));
    for (size_t i = 0; i < k.n; i++)
        if (k.event[i].kind == KIND_SEALED && !k.event[i].undone)
            *ret_account = k.event[i].account;
    return OK;
}

static enum err seal_one(struct ctx *c, const struct seal_form *f, int64_t request)
{
    struct request_change ch = { .id = { request }, .version = -1, .e = EVENT_NONE, .note = f->why };
    int64_t by;

    if (!f->seal) {
        TRY(sealed_by(c, request, &by));
        if (by != INT_NONE && by == c->actor->account)
            return FAIL(E_FORBIDDEN, "%s",
                        _("You put this seal on yourself. Somebody else must take it off."));
    }
    ch.e.kind = f->seal ? KIND_SEALED : KIND_UNSEALED;
    ch.e.occurred_at = c->now;
    ch.e.reason = f->reason;
    return request_change(c, &ch);
}

static enum err seal_person(struct ctx *c, const struct seal_form *f, int64_t person)
{
    const int64_t *all;
    size_t n;

    TRY(person_link_group(c, person, &all, &n));
    for (size_t i = 0; i < n; i++) {
        struct sql_seal_person_requests_row *row;
        size_t rows;
        TRY(f->seal ? sql_person_seal_put(c, all[i], c->now) : sql_person_seal_delete(c, all[i]));
        TRY(sql_seal_person_requests(c, all[i], &row, &rows));
        for (size_t k = 0; k < rows; k++)
            if (row[k].sealed != f->seal)
                TRY(seal_one(c, f, row[k].request));
    }
    return OK;
}

static enum err seal_all(struct ctx *c, void *arg)
{
    const struct seal_form *f = arg;
    struct sql_seal_get_row row;

    TRY(sql_seal_get(c, f->request.v, &row));
    TRY(check_team(c, row.team));
    if (f->person && row.person != INT_NONE)
        return seal_person(c, f, row.person);
    if (row.sealed == f->seal)
        return FAIL(E_CONFLICT, "%s", f->seal ? _("This is sealed already.") : _("This is not sealed."));
    return seal_one(c, f, f->request.v);
}

enum err access_seal(struct ctx *c, const struct seal_form *f)
{
    static const struct scope everything = {
        .all = 2, .team = INT_NONE, .worker = INT_NONE, .account = INT_NONE
    };
    const struct scope *own = c->scope;
    struct seal_form copy = *f;

    TRY(may(c, RIGHT_SEAL));
    TRY(check_why(c, seal_reasons, seal_reason_count, f->reason, f->why));
    c->scope = &everything; /* a sealed request is outside the scope of who takes the seal off */
    enum err e = db_tx(c, seal_all, &copy);
    c->scope = own;
    return e;
}

enum err access_seal_new(struct ctx *c, int64_t request, int64_t person)
{
    const int64_t *all;
    size_t n;

    TRY(person_link_group(c, person, &all, &n));
    for (size_t i = 0; i < n; i++) {
        struct sql_person_seal_get_row *row;
        size_t rows;
        TRY(sql_person_seal_get(c, all[i], &row, &rows));
        if (rows == 0)
            continue;
        struct course k;
        TRY(course_begin(c, request, 1, &k));
        struct event e = event_now(c, KIND_SEALED, c->now, 0);
        e.reason = "threat";
        TRY(course_add(c, &k, &e, (struct blob){ NULL, 0 }));
        course_play(&k);
        struct sql_request_place_row place;
        TRY(sql_request_place(c, request, &place));
        return standing_store(c, request, person, place.neighbourhood, &k.now);
    }
    return OK;
}

enum err access_sealed(struct ctx *c, const struct seal_state **ret_row, size_t *ret_n)
{
    struct sql_seal_all_row *row;
    struct seal_state *s;
    size_t n;

    TRY(may(c, RIGHT_SEAL));
    TRY(sql_seal_all(c, c->actor->role == ROLE_TEAM_LEAD ? c->actor->team : INT_NONE, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *s, (void *)&s));
    for (size_t i = 0; i < n; i++) {
        s[i] = (struct seal_state){ .request = row[i].request,
                                    .team = row[i].team,
                                    .sealed = true,
                                    .person_sealed = row[i].person_sealed > 0 };
        request_number(row[i].request, time_nl_day(row[i].received_at), s[i].number);
    }
    *ret_row = s;
    *ret_n = n;
    return OK;
}
