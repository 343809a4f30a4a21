// SPDX-License-Identifier: EUPL-1.2
#include "register/request.h"

#include "base/date.h"
#include "base/text.h"
#include "register/access.h"
#include "register/course.h"
#include "register/event.h"
#include "register/law_step.h"
#include "register/list_exit.h"
#include "register/merge.h"
#include "register/message.h"
#include "register/referral.h"
#include "register/right.h"
#include "register/triage.h"
#include "store/read_log.h"
#include "store/sql.h"
#include "store/vault.h"

#include <string.h>

const struct code_name request_channels[] = {
    { "phone", N_("Phone") },   { "web", N_("Website") },         { "mail", N_("E-mail") },
    { "letter", N_("Letter") }, { "counter", N_("Counter") },     { "app", N_("App") },
    { "visit", N_("Visit") },   { "social", N_("Social media") }, { "other", N_("Other") },
};
const size_t request_channel_count = COUNT(request_channels);
const struct code_name request_routes[] = {
    { "self", N_("The resident") },
    { "gp", N_("Family doctor") },
    { "school", N_("School") },
    { "partner", N_("Partner") },
    { "walk_in", N_("Walk-in hour") },
    { "outreach", N_("Outreach place") },
    { "municipality", N_("Municipality") },
    { "carry_over", N_("Taken over from another list") },
    { "other", N_("Other") },
};
const size_t request_route_count = COUNT(request_routes);

const char *channel_name(const struct ctx *c, const char *code)
{
    return code_text(c, request_channels, request_channel_count, code);
}

const char *route_name(const struct ctx *c, const char *code)
{
    return code_text(c, request_routes, request_route_count, code);
}

void request_number(int64_t id, int32_t asked, char text[32])
{
    char *p = text_put_int(text, date_to_civil(asked).year);

    *p++ = '-';
    p = text_put_int(p, id);
    *p = '\0';
}

bool request_number_find(const char *text, struct request_id *ret_id)
{
    const char *dash = strchr(text, '-');
    int64_t id;

    if (!text_to_int(dash != NULL ? dash + 1 : text, &id) || id <= 0)
        return false;
    ret_id->v = id;
    return true;
}

/* ── A new request ────────────────────────────────────────────────────────────────────────────────────────
 */

struct addition {
    const struct request_form *f;
    int64_t received_at, team;
    struct request_id id;
};

/* The same four events for everyone: asked, safe?, how urgent, on the list. */
static size_t first_events(struct ctx *c, const struct addition *a, struct event event[4])
{
    size_t n = 0;

    event[n] = event_now(c, KIND_REGISTERED, a->received_at, 1);
    event[n++].team = a->team;
    if (a->f->safety_checked) {
        event[n] = event_now(c, KIND_SAFETY_CHECKED, c->now, (int64_t)n + 1);
        event[n++].reason = triage_danger_reason(a->f->danger);
    }
    if (a->f->urgency != URGENCY_UNKNOWN) {
        event[n] = event_now(c, KIND_TRIAGED, c->now, (int64_t)n + 1);
        event[n].reason = !triage_is_reason(a->f->why) ? REASON_USUAL : NULL;
        event[n++].urgency = a->f->urgency;
    }
    event[n] = event_now(c, KIND_QUEUED, c->now, (int64_t)n + 1);
    return n + 1;
}

static enum err insert_request(struct ctx *c, void *arg)
{
    struct addition *a = arg;
    const struct request_form *f = a->f;
    struct sql_request_insert_row added;
    struct event event[4];
    struct blob question, why;
    struct standing now;
    int64_t person = f->person;

    if (person == INT_NONE)
        TRY(person_add(c, &f->who, &person));
    TRY(note_seal(c, person, f->question, &question));
    TRY(note_seal(c, person, f->why, &why));
    struct sql_request_insert_args row = { person,      a->received_at,   c->now,   f->channel, f->route,
                                           f->category, f->neighbourhood, INT_NONE, NULL,       question };
    TRY(sql_request_insert(c, &row, &added));
    size_t n = first_events(c, a, event);
    for (size_t i = 0; i < n; i++)
        TRY(event_append(c, added.id, &event[i],
                         event[i].kind == KIND_TRIAGED ? why : (struct blob){ NULL, 0 }));
    standing_replay(event, n, &now);
    TRY(law_store(c, added.id, event, n, 0));
    TRY(standing_store(c, added.id, person, f->neighbourhood, &now));
    a->id.v = added.id;
    return access_seal_new(c, added.id, person);
}

static enum err check_form(struct ctx *c, const struct request_form *f)
{
    if (text_empty(f->question))
        return FAIL_FIELD("question", "%s", _("Write down what the resident asks."));
    if (f->received == DAY_NONE)
        return FAIL_FIELD("received", "%s", _("Fill in when the resident asked for help."));
    if (f->received > c->today)
        return FAIL_FIELD("received", "%s", _("This date is in the future."));
    if (f->received < c->today - 3660)
        return FAIL_FIELD("received", "%s", _("This date is more than ten years ago."));
    if (f->urgency != URGENCY_UNKNOWN && !f->safety_checked)
        return FAIL_FIELD("safety", "%s", _("First say whether anyone is in danger."));
    if (f->urgency < 0 || f->urgency >= URGENCIES)
        return FAIL_FIELD("urgency", "%s", _("Choose how urgent it is."));
    if (text_is(f->danger, "yes") && f->urgency != URGENCY_EMERGENCY)
        return FAIL_FIELD("urgency", "%s", _("Someone is in danger: choose emergency."));
    if (f->urgency != URGENCY_UNKNOWN && f->urgency != URGENCY_NORMAL && !triage_is_reason(f->why))
        return FAIL_FIELD("why", "%s", _("Write down why you choose this urgency."));
    return OK;
}

/* The team of the neighbourhood, else of who writes it down: that user must be able to see it afterwards. Who
 * works for the whole city leaves it without a team, and sees it there. */
static int64_t team_of(const struct ctx *c, const struct config *k, const struct request_form *f)
{
    int64_t team = f->team != INT_NONE ? f->team : config_team_of(k, f->neighbourhood);

    return team != INT_NONE || c->scope == NULL || c->scope->all != 0 ? team : c->scope->team;
}

enum err request_take(struct ctx *c, const struct request_form *f, struct request_id *ret_id)
{
    const struct config *k;
    struct addition a = { .f = f };

    TRY(check_form(c, f));
    TRY(config_get(c, &k));
    /* asked today: now; earlier: nine in the morning of that day */
    a.received_at = f->received == c->today ? c->now : time_of_nl_day(f->received, 9 * 3600);
    a.team = team_of(c, k, f);
    TRY(db_tx(c, insert_request, &a));
    *ret_id = a.id;
    return OK;
}

enum err request_add(struct ctx *c, const struct request_form *f, struct request_id *ret_id)
{
    TRY(may(c, RIGHT_REGISTER));
    return request_take(c, f, ret_id);
}

/* ── Reading one ──────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err open_text(struct ctx *c, int64_t person, struct blob sealed, const char **ret_text)
{
    *ret_text = NULL;
    if (sealed.data == NULL)
        return OK;
    return vault_open(c, person, sealed, ret_text);
}

/* Content is for who works on the case: its worker, intake until it is judged, and who gave a reason. */
static enum err content_may(struct ctx *c, const struct sql_request_get_row *row, bool *ret_may)
{
    const struct actor *a = c->actor;
    struct sql_access_granted_row granted = { 0 };
    enum state state;

    if (!state_find(row->state, &state))
        return FAIL(E_CORRUPT, _("The register holds an unknown state \"%s\"."), row->state);
    *ret_may = a->role == ROLE_SYSTEM || (a->worker != INT_NONE && a->worker == row->worker) ||
               (a->role == ROLE_INTAKE && state == STATE_REGISTERED);
    if (*ret_may || a->account == INT_NONE || c->scope->grants == 0)
        return OK;
    TRY(sql_access_granted(c, a->account, row->id, c->now, &granted));
    *ret_may = granted.n > 0;
    return OK;
}

static bool is_withheld(const struct request *r, const struct event *e)
{
    bool talked = r->now.started_at != TIME_NONE && e->occurred_at >= r->now.started_at;

    return !r->content && (kind_is_content(e->kind) || (e->kind == KIND_NOTE && talked));
}

static enum err open_events(struct ctx *c, struct request *r)
{
    struct request_event *out;
    struct course k;

    TRY(course_read(c, r->id.v, &k));
    TRY(merge_fold(c, r->id.v, &k.now));
    r->now = k.now;
    TRY(ctx_alloc(c, k.n + 1, sizeof *out, (void *)&out));
    for (size_t i = 0; i < k.n; i++) {
        const struct event *e = &k.event[i];
        const struct sql_event_all_row *row = &k.row[e->seq - 1];
        out[i].e = *e;
        out[i].who = row->who;
        out[i].withheld = row->note.data != NULL && is_withheld(r, e);
        if (!r->content && kind_is_content(e->kind) && e->kind != KIND_PROTECTED)
            out[i].e.reason = NULL; /* how a carer is doing, what a resident thinks of the help */
        if (!out[i].withheld)
            TRY(open_text(c, r->person, row->note, &out[i].note));
    }
    r->event = out;
    r->events = k.n;
    return OK;
}

enum err request_get(struct ctx *c, struct request_id id, struct request *ret_request)
{
    struct sql_request_get_row row;
    struct request r = { .id = id };

    TRY(may(c, RIGHT_REQUEST));
    TRY(sql_request_get(c, id.v, &row));
    struct look look = { c->actor->account, "view", "request", id.v };
    TRY(read_log_add(c, &look));
    request_number(id.v, time_nl_day(row.received_at), r.number);
    r.person = row.person;
    r.channel = row.channel;
    r.route = row.route;
    r.category = row.category;
    r.neighbourhood = row.neighbourhood;
    r.recorded_at = row.recorded_at;
    TRY(content_may(c, &row, &r.content));
    if (row.person != INT_NONE) {
        TRY(person_get(c, row.person, &r.who));
        TRY(open_text(c, row.person, row.question, &r.question));
    }
    TRY(open_events(c, &r));
    *ret_request = r;
    return OK;
}

enum err request_visible(struct ctx *c, struct request_id id, bool *ret_visible)
{
    struct sql_request_get_row row;

    TRY(may(c, RIGHT_REQUEST));
    enum err e = sql_request_get(c, id.v, &row);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    if (e == E_NOT_FOUND)
        err_clear(c);
    *ret_visible = e == OK;
    return OK;
}

/* ── Adding an event ──────────────────────────────────────────────────────────────────────────────────────
 */

static enum err check_event(struct ctx *c, const struct request_change *ch,
                            const struct sql_request_get_row *row)
{
    if (ch->version >= 0 && ch->version != row->version)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this request in the meantime. Look at the new state first."));
    if (ch->e.occurred_at > c->now + 60)
        return FAIL_FIELD("date", "%s", _("This date is in the future."));
    if (ch->e.occurred_at < row->received_at)
        return FAIL_FIELD("date", "%s", _("This date is before the resident asked for help."));
    if (ch->e.kind == KIND_TRIAGED && ch->e.reason == NULL && !triage_is_reason(ch->note))
        return FAIL_FIELD("why", "%s", _("Write down why you choose this urgency."));
    return OK;
}

/* Taking back is for who wrote it down, or who answers for the team. */
static enum err check_undone(struct ctx *c, const struct event *event, size_t n, int64_t seq)
{
    const struct event *e = NULL;
    bool leads = c->actor->role == ROLE_TEAM_LEAD || c->actor->role == ROLE_SYSTEM;

    for (size_t i = 0; i < n; i++)
        if (event[i].seq == seq)
            e = &event[i];
    if (e == NULL || e->kind == KIND_REGISTERED)
        return FAIL(E_CONFLICT, "%s", _("This cannot be taken back."));
    TRY(may(c, request_right(e->kind)));
    if (e->kind == KIND_MERGED) /* for whoever may join requests */
        return may(c, RIGHT_MERGE);
    if (e->account != c->actor->account && !leads)
        return FAIL(E_FORBIDDEN, "%s", _("Only who wrote this down, or the team lead, can take it back."));
    return OK;
}

struct appending {
    const struct request_change *change;
    int64_t seq;
};

static enum err insert_event(struct ctx *c, void *arg)
{
    struct appending *a = arg;
    const struct request_change *ch = a->change;
    struct sql_request_get_row row;
    struct course k;
    struct blob note = { NULL, 0 };

    TRY(sql_request_get(c, ch->id.v, &row));
    TRY(check_event(c, ch, &row));
    TRY(course_begin(c, ch->id.v, 1, &k));
    struct event e = ch->e;
    e.seq = (int64_t)k.n + 1;
    e.recorded_at = c->now;
    e.account = c->actor->account;
    if (e.kind == KIND_UNDONE)
        TRY(check_undone(c, k.event, k.n, e.number));
    k.event[k.n++] = e;
    a->seq = e.seq;
    TRY(merge_check_event(c, k.event, k.n, row.merged));
    int64_t refused = course_play(&k);
    if (refused == e.seq || (refused != 0 && row.person != INT_NONE))
        return FAIL(E_CONFLICT, _("This is not possible: the request is \"%s\"."),
                    state_name(c, k.now.state));
    TRY(list_exit_check(c, k.event, k.n, row.waiting, &e));
    if (row.person != INT_NONE)
        TRY(note_seal(c, row.person, ch->note, &note));
    TRY(event_append(c, ch->id.v, &e, note));
    if (e.kind == KIND_UNDONE)
        TRY(message_follow(c, ch->id.v, k.event, k.n));
    if (e.kind == KIND_UNDONE || e.kind == KIND_ARRIVAL_CHECKED)
        TRY(referral_follow(c, ch->id.v, k.event, k.n));
    return course_store(c, &k, row.person, row.neighbourhood, row.person != INT_NONE ? e.seq : 0);
}

/* What an event asks for, where that is not RIGHT_EVENT. */
enum right request_right(enum kind kind)
{
    static const enum right rights_by_kind[KINDS] = {
        [KIND_CALL_REACHED] = RIGHT_CALL,
        [KIND_CALL_ATTEMPTED] = RIGHT_CALL,
        [KIND_CALL_LISTED] = RIGHT_CALL,
        [KIND_CALL_UNLISTED] = RIGHT_CALL,
        [KIND_WINDOW_TOLD] = RIGHT_CALL,
        [KIND_SAFETY_CHECKED] = RIGHT_TRIAGE,
        [KIND_TRIAGED] = RIGHT_TRIAGE,
        [KIND_ALLOCATED] = RIGHT_ALLOCATE,
        [KIND_WORKER_CHANGED] = RIGHT_ALLOCATE,
        [KIND_GIVEN_BACK] = RIGHT_CASE,
        [KIND_ACCEPTED] = RIGHT_CASE,
        [KIND_WEIGHED] = RIGHT_CASE,
        [KIND_FIRST_TALK] = RIGHT_CASE,
        [KIND_TALK] = RIGHT_CASE,
        [KIND_CARER_ASKED] = RIGHT_CASE,
        [KIND_CHOICE_EXPLAINED] = RIGHT_CASE,
        [KIND_PLAN_WRITTEN] = RIGHT_CASE,
        [KIND_PLAN_AGREED] = RIGHT_CASE,
        [KIND_PLAN_GIVEN] = RIGHT_CASE,
        [KIND_MAIN_LINE] = RIGHT_CASE,
        [KIND_AREAS_SCORED] = RIGHT_CASE,
        [KIND_ARRIVAL_CHECKED] = RIGHT_CASE,
        [KIND_DIRECT_SAID] = RIGHT_CASE,
        [KIND_AFTERCARE] = RIGHT_CALL,
        [KIND_HELP_STARTED] = RIGHT_CASE,
        [KIND_HELP_ENDED] = RIGHT_CASE,
        [KIND_EVALUATED] = RIGHT_CASE,
        [KIND_CONTINUED] = RIGHT_CASE,
        [KIND_WMO_REPORTED] = RIGHT_WMO,
        [KIND_WMO_RESEARCHED] = RIGHT_WMO,
        [KIND_ACCOUNT_SENT] = RIGHT_WMO,
        [KIND_LATE_LETTER] = RIGHT_WMO,
        [KIND_PERSONAL_PLAN] = RIGHT_WMO,
        [KIND_FAMILY_PLAN] = RIGHT_CASE,
        [KIND_WRITTEN_ASKED] = RIGHT_CASE,
        [KIND_WRITTEN_SENT] = RIGHT_CASE,
        [KIND_APPLIED] = RIGHT_WMO, /* handed in at the team or at the municipality */
        [KIND_SUSPENDED] = RIGHT_DECISION,
        [KIND_RUNS_AGAIN] = RIGHT_DECISION,
        [KIND_POSTPONED] = RIGHT_DECISION,
        [KIND_REVIEWED] = RIGHT_DECISION,
        [KIND_EXTENDED] = RIGHT_DECISION,
        [KIND_COMPLETION_ASKED] = RIGHT_DECISION,
        [KIND_COMPLETED] = RIGHT_DECISION,
        [KIND_DECIDED] = RIGHT_DECISION,
        [KIND_DEFAULT_NOTICE] = RIGHT_DECISION,
        [KIND_OBJECTED] = RIGHT_DECISION,
        [KIND_OBJECTION_DECIDED] = RIGHT_DECISION,
        [KIND_PENALTY_PAID] = RIGHT_DECISION,
        [KIND_AVE_CHANGED] = RIGHT_HOUSEHOLD,
        [KIND_REGIE_CHANGED] = RIGHT_HOUSEHOLD,
        [KIND_SEALED] = RIGHT_SEAL,
        [KIND_UNSEALED] = RIGHT_SEAL,
        [KIND_MERGED] = RIGHT_MERGE,
    };

    return rights_by_kind[kind] != RIGHT_NONE ? rights_by_kind[kind] : RIGHT_EVENT;
}

enum err request_append(struct ctx *c, const struct request_change *change, int64_t *ret_seq)
{
    struct appending a = { .change = change };

    /* taking back asks for what writing down asked for: check_undone */
    TRY(may(c, change->e.kind == KIND_UNDONE ? RIGHT_REQUEST : request_right(change->e.kind)));
    TRY(db_tx(c, insert_event, &a));
    *ret_seq = a.seq;
    return OK;
}

enum err request_change(struct ctx *c, const struct request_change *change)
{
    int64_t seq;

    return request_append(c, change, &seq);
}

enum err request_waits(struct ctx *c, struct request_id id, bool *ret_waits, int64_t *ret_team)
{
    struct course k;

    TRY(course_read(c, id.v, &k));
    if (k.n == 0)
        return FAIL(E_NOT_FOUND, "%s", _("We cannot find this request."));
    *ret_waits = k.now.waiting;
    *ret_team = k.now.team;
    return OK;
}
