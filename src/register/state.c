// SPDX-License-Identifier: EUPL-1.2
#include "register/state.h"

#include "base/date.h"
#include "base/text.h"
#include "register/state_list.h"

#include <stdlib.h>

#define S(state) (1u << STATE_##state)
#define WAITS (S(REGISTERED) | S(TRIAGED) | S(WAITING) | S(PAUSED) | S(ALLOCATED))
#define HELPED (S(EXPLORING) | S(PLANNED) | S(SUPPORT) | S(EVALUATED))
#define OPEN (WAITS | HELPED)
#define ANY (OPEN | S(CLOSED) | S(REDIRECTED))
#define SAME STATES /* the event leaves the state as it is */

/* The one table: which event can happen in which state, and where it leads. */
static const struct kind_row {
    const char *code, *name;
    unsigned from;
    enum state to;
} kinds[KINDS] = {
    [KIND_REGISTERED] = { "registered", N_("Request registered"), S(NEW), STATE_REGISTERED },
    [KIND_SAFETY_CHECKED] = { "safety_checked", N_("Safety checked"), OPEN, SAME },
    [KIND_TRIAGED] = { "triaged", N_("Urgency decided"), OPEN, SAME },
    [KIND_QUEUED] = { "queued", N_("Put on the waiting list"), S(REGISTERED) | S(TRIAGED), STATE_WAITING },
    [KIND_CALL_REACHED] = { "call_reached", N_("Called: spoken"), ANY, SAME },
    [KIND_CALL_ATTEMPTED] = { "call_attempted", N_("Called: not reached"), ANY, SAME },
    [KIND_CALL_LISTED] = { "call_listed", N_("Put on the call list"), WAITS, SAME },
    [KIND_CALL_UNLISTED] = { "call_unlisted", N_("Taken off the call list"), ANY, SAME },
    [KIND_BRIDGED] = { "bridged", N_("Help offered for the time of waiting"), OPEN, SAME },
    [KIND_BRIDGE_ACCEPTED] = { "bridge_accepted", N_("Help for the time of waiting accepted"), OPEN, SAME },
    [KIND_BRIDGE_ENDED] = { "bridge_ended", N_("Help for the time of waiting ended"), ANY, SAME },
    [KIND_PAUSED] = { "paused", N_("Paused because the resident asked"),
                      S(REGISTERED) | S(TRIAGED) | S(WAITING), STATE_PAUSED },
    [KIND_RESUMED] = { "resumed", N_("Pause ended"), S(PAUSED), STATE_WAITING },
    [KIND_ALLOCATED] = { "allocated", N_("Given to a worker"), WAITS, STATE_ALLOCATED },
    [KIND_GIVEN_BACK] = { "given_back", N_("Given back by the worker"), S(ALLOCATED), STATE_WAITING },
    [KIND_WORKER_CHANGED] = { "worker_changed", N_("Another worker"), S(ALLOCATED) | HELPED, SAME },
    [KIND_ACCEPTED] = { "accepted", N_("Taken by the worker"), S(ALLOCATED) | HELPED, SAME },
    [KIND_WEIGHED] = { "weighed", N_("Weight of the case changed"), OPEN, SAME },
    [KIND_APPOINTMENT] = { "appointment", N_("Appointment made"), OPEN, SAME },
    [KIND_NO_SHOW] = { "no_show", N_("Appointment did not take place"), OPEN, SAME },
    [KIND_PROTECTED] = { "protected", N_("First protective action"), OPEN, SAME },
    [KIND_FIRST_TALK] = { "first_talk", N_("First talk held"), WAITS, STATE_EXPLORING },
    [KIND_TALK] = { "talk", N_("Talk held"), HELPED, SAME },
    [KIND_SUPPORTER_TOLD] = { "supporter_told", N_("Told about the free client supporter"), OPEN, SAME },
    [KIND_SUPPORTER_USED] = { "supporter_used", N_("Client supporter takes part"), OPEN, SAME },
    [KIND_CARER_ASKED] = { "carer_asked", N_("Asked how the carer is doing"), OPEN, SAME },
    [KIND_CHOICE_EXPLAINED] = { "choice_explained", N_("Choice of provider explained"), OPEN, SAME },
    [KIND_PLAN_WRITTEN] = { "plan_written", N_("Plan written"), HELPED, SAME },
    [KIND_PLAN_AGREED] = { "plan_agreed", N_("Plan agreed"), HELPED, STATE_PLANNED },
    [KIND_PLAN_GIVEN] = { "plan_given", N_("Plan given to the resident"), HELPED, SAME },
    [KIND_HELP_STARTED] = { "help_started", N_("Help started"), HELPED, STATE_SUPPORT },
    [KIND_MAIN_LINE] = { "main_line", N_("Another line of help is the main one"), HELPED, SAME },
    [KIND_HELP_ENDED] = { "help_ended", N_("Part of the help ended"), HELPED | S(CLOSED), SAME },
    [KIND_AREAS_SCORED] = { "areas_scored", N_("Life areas scored"), HELPED | S(CLOSED), SAME },
    [KIND_EVALUATED] = { "evaluated", N_("Looked back together"), S(PLANNED) | S(SUPPORT), STATE_EVALUATED },
    [KIND_CONTINUED] = { "continued", N_("Help goes on"), S(EVALUATED), STATE_SUPPORT },
    [KIND_WMO_REPORTED] = { "wmo_reported", N_("This is a report for the Social Support Act"), ANY, SAME },
    [KIND_WMO_RESEARCHED] = { "wmo_researched", N_("Research finished"), ANY, SAME },
    [KIND_ACCOUNT_SENT] = { "account_sent", N_("Account of the research sent"), ANY, SAME },
    [KIND_LATE_LETTER] = { "late_letter", N_("Letter sent: six weeks have passed"), ANY, SAME },
    [KIND_PERSONAL_PLAN] = { "personal_plan", N_("Personal plan received"), ANY, SAME },
    [KIND_FAMILY_PLAN] = { "family_plan", N_("Family group plan"), ANY, SAME },
    [KIND_WRITTEN_ASKED] = { "written_asked", N_("Asked for the plan in writing"), ANY, SAME },
    [KIND_WRITTEN_SENT] = { "written_sent", N_("Plan sent in writing"), ANY, SAME },
    [KIND_APPLIED] = { "applied", N_("Application received"), ANY, SAME },
    [KIND_COMPLETION_ASKED] = { "completion_asked", N_("Asked to complete the application"), ANY, SAME },
    [KIND_COMPLETED] = { "completed", N_("Application completed"), ANY, SAME },
    [KIND_SUSPENDED] = { "suspended", N_("Term stands still"), ANY, SAME },
    [KIND_RUNS_AGAIN] = { "runs_again", N_("Term runs again"), ANY, SAME },
    [KIND_POSTPONED] = { "postponed", N_("Letter sent: the decision comes later"), ANY, SAME },
    [KIND_REVIEWED] = { "reviewed", N_("Decision looked at again"), ANY, SAME },
    [KIND_EXTENDED] = { "extended", N_("More time for the objection"), ANY, SAME },
    [KIND_DECIDED] = { "decided", N_("Decision sent"), ANY, SAME },
    [KIND_DEFAULT_NOTICE] = { "default_notice", N_("Notice of default received"), ANY, SAME },
    [KIND_OBJECTED] = { "objected", N_("Objection received"), ANY, SAME },
    [KIND_OBJECTION_DECIDED] = { "objection_decided", N_("Decided on the objection"), ANY, SAME },
    [KIND_PENALTY_PAID] = { "penalty_paid", N_("Penalty paid"), ANY, SAME },
    [KIND_AVE_CHANGED] = { "ave_changed", N_("Level of escalation changed"), OPEN, SAME },
    [KIND_REGIE_CHANGED] = { "regie_changed", N_("Someone else directs the case"), OPEN, SAME },
    [KIND_WINDOW_TOLD] = { "window_told", N_("Expected period told"), WAITS, SAME },
    [KIND_INFORMED] = { "informed", N_("Informed in writing"), ANY, SAME },
    [KIND_LINKED] = { "linked", N_("Linked to another request"), ANY, SAME },
    [KIND_REOPENED] = { "reopened", N_("Asked again: a new request"), ANY, SAME },
    [KIND_ARRIVAL_CHECKED] = { "arrival_checked", N_("Checked whether the other help started"), ANY, SAME },
    [KIND_REFERRED_ON] = { "referred_on", N_("Brought to a partner"), ANY, SAME },
    [KIND_REFERRAL_CHECKED] = { "referral_checked", N_("Asked whether the resident arrived there"), ANY,
                                SAME },
    [KIND_AFTERCARE] = { "aftercare", N_("Asked how it went afterwards"), S(CLOSED) | S(REDIRECTED), SAME },
    [KIND_DIRECT_SAID] = { "direct_said", N_("Judged otherwise whether the team itself helped"), ANY, SAME },
    [KIND_SEALED] = { "sealed", N_("Sealed: only the own worker sees it"), ANY, SAME },
    [KIND_UNSEALED] = { "unsealed", N_("Seal taken off"), ANY, SAME },
    [KIND_NOTE] = { "note", N_("Note"), ANY, SAME },
    [KIND_ACTIVITY] = { "activity", N_("Step"), ANY, SAME },
    [KIND_UNDONE] = { "undone", N_("Taken back"), ANY, SAME },
    [KIND_MERGED] = { "merged", N_("Joined with another request"), ANY, SAME },
    [KIND_REDIRECTED] = { "redirected", N_("Brought to other help"), WAITS, STATE_REDIRECTED },
    [KIND_CLOSED] = { "closed", N_("Closed"), OPEN, STATE_CLOSED },
};

static const struct name {
    const char *code, *name;
} states[STATES] = {
    [STATE_NEW] = { "new", N_("New") },
    [STATE_REGISTERED] = { "registered", N_("Registered") },
    [STATE_TRIAGED] = { "triaged", N_("Judged") },
    [STATE_WAITING] = { "waiting", N_("Waiting") },
    [STATE_PAUSED] = { "paused", N_("Paused") },
    [STATE_ALLOCATED] = { "allocated", N_("Allocated") },
    [STATE_EXPLORING] = { "exploring", N_("In conversation") },
    [STATE_PLANNED] = { "planned", N_("Plan agreed") },
    [STATE_SUPPORT] = { "support", N_("Gets help") },
    [STATE_EVALUATED] = { "evaluated", N_("Looked back") },
    [STATE_CLOSED] = { "closed", N_("Closed") },
    [STATE_REDIRECTED] = { "redirected", N_("Helped elsewhere") },
}, urgencies[URGENCIES] = {
    [URGENCY_UNKNOWN] = { "unknown", N_("Not judged yet") },
    [URGENCY_LATER] = { "later", N_("Can wait") },
    [URGENCY_NORMAL] = { "normal", N_("Normal") },
    [URGENCY_SOON] = { "soon", N_("Soon") },
    [URGENCY_EMERGENCY] = { "emergency", N_("Emergency") },
};

bool state_allows(enum state state, enum kind kind)
{
    return (kinds[kind].from & (1u << state)) != 0;
}

bool state_waits(enum state state)
{
    return (WAITS & (1u << state)) != 0;
}

bool kind_is_content(enum kind kind)
{
    switch (kind) {
    case KIND_PROTECTED:
    case KIND_FIRST_TALK:
    case KIND_TALK:
    case KIND_CARER_ASKED:
    case KIND_PLAN_WRITTEN:
    case KIND_PLAN_AGREED:
    case KIND_EVALUATED:
    case KIND_CONTINUED:
    case KIND_DIRECT_SAID:
        return true;
    default:
        return false;
    }
}

static int by_happening(const void *pa, const void *pb)
{
    const struct event *a = pa, *b = pb;
    bool a_first = a->kind == KIND_REGISTERED, b_first = b->kind == KIND_REGISTERED;

    if (a_first != b_first)
        return a_first ? -1 : 1;
    if (a->occurred_at != b->occurred_at)
        return a->occurred_at < b->occurred_at ? -1 : 1;
    bool a_last = a->kind >= KIND_MERGED, b_last = b->kind >= KIND_MERGED;
    if (a_last != b_last)
        return a_last ? 1 : -1;
    return a->seq < b->seq ? -1 : a->seq > b->seq;
}

static void end_pause(struct standing *s, int64_t at)
{
    if (s->paused_at != TIME_NONE)
        s->paused_seconds += at - s->paused_at;
    s->paused_at = TIME_NONE;
}

static void end_request(struct standing *s, const struct event *e, enum state to, const char *reason)
{
    end_pause(s, e->occurred_at);
    s->state = to;
    s->ended_at = e->occurred_at;
    s->end_reason = reason;
    s->listed = false;
}

/* Marks that do not lead to another state. */
static void apply_mark(struct standing *s, const struct event *e)
{
    switch (e->kind) {
    case KIND_CALL_ATTEMPTED:
        s->attempts++;
        break;
    case KIND_CALL_LISTED:
    case KIND_CALL_UNLISTED:
        s->listed = e->kind == KIND_CALL_LISTED;
        break;
    case KIND_SEALED:
    case KIND_UNSEALED:
        s->sealed = e->kind == KIND_SEALED;
        break;
    case KIND_ACCOUNT_SENT:
    case KIND_LATE_LETTER: /* the resident may apply, so an application can come in */
    case KIND_APPLIED:
    case KIND_DECIDED:
        s->office = true;
        break;
    case KIND_MERGED:
        s->merged = e->object;
        if (OPEN & (1u << s->state))
            end_request(s, e, STATE_CLOSED, REASON_DUPLICATE);
        break;
    default:
        break;
    }
}

static bool spoke(enum kind kind)
{
    return kind == KIND_CALL_REACHED || kind == KIND_FIRST_TALK || kind == KIND_TALK;
}

static bool gives_weight(enum kind kind)
{
    return kind == KIND_ALLOCATED || kind == KIND_WORKER_CHANGED || kind == KIND_WEIGHED;
}

/* Who has the case, how heavy it is, whether the worker took it. */
static void apply_worker(struct standing *s, const struct event *e)
{
    bool gets = e->kind == KIND_ALLOCATED || e->kind == KIND_WORKER_CHANGED;

    if (gets || (e->kind == KIND_FIRST_TALK && e->worker != INT_NONE))
        s->worker = e->worker;
    if (e->kind == KIND_GIVEN_BACK)
        s->worker = INT_NONE;
    if (gets || e->kind == KIND_GIVEN_BACK)
        s->accepted = false;
    if (e->kind == KIND_ACCEPTED || e->kind == KIND_FIRST_TALK)
        s->accepted = true;
    if (gives_weight(e->kind) && e->number != INT_NONE)
        s->weight = e->number;
}

static void apply(struct standing *s, const struct event *e)
{
    enum state to = kinds[e->kind].to;

    if (e->kind == KIND_PLAN_AGREED && s->state != STATE_EXPLORING)
        to = SAME; /* a newer version of the plan: the help goes on */
    if (to != SAME)
        s->state = to;
    if (e->team != INT_NONE)
        s->team = e->team;
    if (e->kind == KIND_REGISTERED)
        s->received_at = s->heard_at = e->occurred_at;
    standing_list_apply(s, e);
    if (e->urgency != INT_NONE)
        s->urgency = e->urgency;
    apply_worker(s, e);
    if (spoke(e->kind)) {
        s->heard_at = e->occurred_at > s->heard_at ? e->occurred_at : s->heard_at;
        s->attempts = 0;
        s->listed = false;
    }
    apply_mark(s, e);
    if (to != SAME && e->kind != KIND_PAUSED)
        end_pause(s, e->occurred_at);
    if (e->kind == KIND_PAUSED)
        s->paused_at = e->occurred_at;
    if (e->kind == KIND_FIRST_TALK)
        s->started_at = e->occurred_at;
    if (to == STATE_CLOSED || to == STATE_REDIRECTED)
        end_request(s, e, to, e->reason);
}

static const struct event *find_seq(const struct event *event, size_t n, int64_t seq)
{
    for (size_t i = 0; i < n; i++)
        if (event[i].seq == seq)
            return &event[i];
    return NULL;
}

/* The newest first: a KIND_UNDONE that was taken back itself has no effect. The asking itself stays. */
static void mark_undone(struct event *event, size_t n)
{
    int64_t newest = 0;

    for (size_t i = 0; i < n; i++) {
        event[i].undone = false;
        if (event[i].kind == KIND_UNDONE && event[i].seq > newest)
            newest = event[i].seq;
    }
    for (int64_t seq = newest; seq > 1; seq--) {
        const struct event *by = find_seq(event, n, seq);
        if (by == NULL || by->kind != KIND_UNDONE || by->undone || by->number >= seq)
            continue;
        for (size_t i = 0; i < n; i++)
            if (event[i].seq == by->number && event[i].kind != KIND_REGISTERED)
                event[i].undone = true;
    }
}

int64_t standing_replay(struct event *event, size_t n, struct standing *ret_s)
{
    struct standing s = { .state = STATE_NEW,
                          .team = INT_NONE,
                          .worker = INT_NONE,
                          .urgency = URGENCY_UNKNOWN,
                          .merged = INT_NONE,
                          .weight = INT_NONE,
                          .received_at = TIME_NONE,
                          .heard_at = TIME_NONE,
                          .paused_at = TIME_NONE,
                          .started_at = TIME_NONE,
                          .ended_at = TIME_NONE };
    int64_t refused = 0;

    standing_list_begin(&s);
    mark_undone(event, n);
    qsort(event, n, sizeof *event, by_happening);
    for (size_t i = 0; i < n; i++) {
        if (event[i].undone)
            continue;
        if (state_allows(s.state, event[i].kind))
            apply(&s, &event[i]);
        else if (refused == 0)
            refused = event[i].seq;
    }
    s.version = (int64_t)n;
    s.waiting = state_waits(s.state);
    standing_list_end(&s);
    *ret_s = s;
    return refused;
}

const char *kind_code(enum kind kind)
{
    return kinds[kind].code;
}

bool kind_find(const char *code, enum kind *ret_kind)
{
    for (size_t i = 0; i < KINDS; i++)
        if (text_is(kinds[i].code, code)) {
            *ret_kind = (enum kind)i;
            return true;
        }
    return false;
}

enum err kind_read(struct ctx *c, const char *code, enum kind *ret_kind)
{
    if (!kind_find(code, ret_kind))
        return FAIL(E_CORRUPT, _("The register holds an unknown event \"%s\"."), code);
    return OK;
}

static bool name_find(const struct name *list, size_t n, const char *code, size_t *ret_i)
{
    for (size_t i = 0; i < n; i++)
        if (text_is(list[i].code, code)) {
            *ret_i = i;
            return true;
        }
    return false;
}

const char *state_code(enum state state)
{
    return states[state].code;
}

bool state_find(const char *code, enum state *ret_state)
{
    size_t i;

    if (!name_find(states, STATES, code, &i))
        return false;
    *ret_state = (enum state)i;
    return true;
}

const char *urgency_code(int64_t urgency)
{
    return urgencies[urgency].code;
}

bool urgency_find(const char *code, int64_t *ret_urgency)
{
    size_t i;

    if (!name_find(urgencies, URGENCIES, code, &i))
        return false;
    *ret_urgency = (int64_t)i;
    return true;
}

const char *kind_name(const struct ctx *c, enum kind kind)
{
    return _(kinds[kind].name);
}

const char *state_name(const struct ctx *c, enum state state)
{
    return _(states[state].name);
}

const char *urgency_name(const struct ctx *c, int64_t urgency)
{
    return _(urgencies[urgency >= 0 && urgency < URGENCIES ? urgency : URGENCY_UNKNOWN].name);
}

const char *reason_name(const struct ctx *c, const char *code)
{
    static const struct name reasons[] = {
        { "helped", N_("Helped by us: can go on alone") },
        { "answered", N_("Answered at once") },
        { "solved", N_("Solved before it was their turn") },
        { "elsewhere", N_("Helped elsewhere") },
        { "withdrawn", N_("Does not want help any more") },
        { "unreachable", N_("Could not be reached") },
        { "moved", N_("Moved to another municipality") },
        { "died", N_("Died") },
        { REASON_DUPLICATE, N_("Was on the list already") },
        { "arrived", N_("The resident arrived there") },
        { "not_arrived", N_("The resident did not arrive there") },
        { "arrival_unknown", N_("Not known whether the resident arrived there") },
        { "other", N_("Another reason") },
        { "chose_to_wait", N_("Chose to wait") },
        { "holiday", N_("Holiday") },
        { "hospital", N_("In hospital") },
        { "own_wish", N_("At their own wish") },
        { "no_room", N_("No room in the team") },
        { "other_discipline", N_("Fits another discipline better") },
        { "worse", N_("It became worse") },
        { "better", N_("It became better") },
        { "new_facts", N_("We know more now") },
        { "mistake", N_("The first judgement was not right") },
        { REASON_USUAL, N_("Nothing asks for another class") },
        { REASON_SOURCE, N_("The urgency that the source gave") },
        { "danger_no", N_("Nobody is in danger") },
        { "danger_unsure", N_("Not sure whether anyone is in danger") },
        { "danger_yes", N_("Someone is in danger") },
        { "self_help", N_("Self-help") },
        { "contact_person", N_("A contact person") },
        { "unreached", N_("Letter because we did not reach the resident") },
        { "team", N_("By the team itself") },
        { "group", N_("In a group of the team") },
        { "informal", N_("By people nearby") },
        { "general", N_("By a general provision") },
        { "specialist", N_("By a specialist") },
        { "proposed", N_("As proposed") },
        { "other_choice", N_("Another choice than the proposal") },
        { "left", N_("The worker leaves") },
        { "absence", N_("The worker is away for long") },
        { "wish", N_("The resident wishes it") },
        { "match", N_("Another worker fits better") },
        { "known_privately", N_("Knows the resident privately") },
        { "absent_soon", N_("Will be away for long") },
        { "resident_wish", N_("The resident wants someone else") },
        { "worker", N_("About the new worker") },
        { REASON_RECEIPT, N_("Receipt confirmed") },
        { REASON_END_OF_DATA, N_("The imported file ends here") },
    };
    size_t i;

    return code != NULL && name_find(reasons, COUNT(reasons), code, &i) ? _(reasons[i].name) : code;
}
