// SPDX-License-Identifier: EUPL-1.2
/* How the legal track of a request stands: its events, played in the order in which they happened. */
#include "base/text.h"
#include "register/law.h"

static struct law_application *find(const struct law *l, int64_t seq)
{
    for (size_t i = 0; i < l->applications; i++)
        if (l->application[i].seq == seq)
            return &l->application[i];
    return NULL;
}

const struct law_application *law_application_find(const struct law *l, int64_t seq)
{
    return find(l, seq);
}

bool law_objection_open(const struct law_application *a)
{
    return a->objected_at != TIME_NONE && a->objection_decided_at == TIME_NONE;
}

/* A moment that can be only once; false when it was there already. */
static bool once(int64_t *at, const struct event *e)
{
    if (*at != TIME_NONE)
        return false;
    *at = e->occurred_at;
    return true;
}

/* ── Report and youth plan ────────────────────────────────────────────────────────────────────────────────
 */

static bool play_report(struct law *l, const struct event *e)
{
    if (e->kind == KIND_WMO_REPORTED)
        return once(&l->reported_at, e);
    if (l->reported_at == TIME_NONE)
        return false;
    switch (e->kind) {
    case KIND_PERSONAL_PLAN:
        return once(&l->personal_plan_at, e);
    case KIND_WMO_RESEARCHED:
        return l->account_at == TIME_NONE && once(&l->researched_at, e);
    case KIND_ACCOUNT_SENT:
        return once(&l->account_at, e);
    default: /* KIND_LATE_LETTER */
        return l->account_at == TIME_NONE && once(&l->letter_at, e);
    }
}

static bool play_youth(struct law *l, const struct event *e)
{
    switch (e->kind) {
    case KIND_FAMILY_PLAN:
        l->family_plan = e->reason;
        if (text_is(e->reason, "declined") && l->family_declined_at == TIME_NONE)
            l->family_declined_at = e->occurred_at;
        return true;
    case KIND_WRITTEN_ASKED:
        return once(&l->written_asked_at, e);
    default: /* KIND_WRITTEN_SENT */
        return l->written_asked_at != TIME_NONE && once(&l->written_sent_at, e);
    }
}

/* ── Applications ─────────────────────────────────────────────────────────────────────────────────────────
 */

static bool play_applied(struct law *l, const struct event *e)
{
    const struct law_provision *p;

    if (!law_provision_find(e->reason, &p) || (p->act == LAW_WMO && l->reported_at == TIME_NONE))
        return false;
    l->application[l->applications++] =
        (struct law_application){ .seq = e->seq,
                                  .provision = p,
                                  .applied_at = e->occurred_at,
                                  .decided_at = TIME_NONE,
                                  .review_at = TIME_NONE,
                                  .reviewed_at = TIME_NONE,
                                  .postponed_at = TIME_NONE,
                                  .postponed_to = TIME_NONE,
                                  .late = { TIME_NONE, TIME_NONE, INT_NONE },
                                  .objected_at = TIME_NONE,
                                  .objection_decided_at = TIME_NONE,
                                  .extended_at = TIME_NONE,
                                  .objection_late = { TIME_NONE, TIME_NONE, INT_NONE } };
    return true;
}

/* "Until" of an agreement is the last day that stands still; the day after it runs. */
static int64_t pause_end(const struct law_ground *g, int64_t until)
{
    return g->through && until != TIME_NONE ? time_of_nl_day(time_nl_day(until) + 1, 0) : until;
}

static bool play_pause(struct law *l, const struct law_application *a, const struct event *e)
{
    const struct law_ground *g = law_ground_find(e->kind == KIND_COMPLETION_ASKED ? "completion" : e->reason);
    enum party party;

    if (g == NULL || (g->objection ? !law_objection_open(a) : a->decided_at != TIME_NONE))
        return false;
    /* The party that must act is said by its place in the list, when it is another than usual. */
    party = e->number >= 0 && e->number < PARTIES ? (enum party)e->number : g->party;
    l->pause[l->pauses++] = (struct law_pause){ .seq = e->seq,
                                                .application = a->seq,
                                                .ground = g,
                                                .change = { g->still ? TERM_STILL : TERM_WAIT, e->occurred_at,
                                                            pause_end(g, e->until), party, 0, TERM_DAYS } };
    return true;
}

/* It runs again on this day, or earlier when the last day of the letter has passed. */
static bool play_again(struct law *l, const struct event *e)
{
    for (size_t i = 0; i < l->pauses; i++) {
        struct law_pause *p = &l->pause[i];
        if (p->seq != e->number || p->application != e->object || p->ended || e->occurred_at < p->change.at)
            continue;
        p->ended = true;
        if (p->change.until == TIME_NONE || e->occurred_at < p->change.until)
            p->change.until = e->occurred_at;
        return true;
    }
    return false;
}

/* A notice is about what has to be decided now; a payment about the first notice that was not settled. */
static bool play_late(struct law_application *a, const struct event *e)
{
    struct law_late *late = &a->late;

    if (e->kind == KIND_DEFAULT_NOTICE) {
        if (a->decided_at != TIME_NONE)
            late = &a->objection_late;
        return (a->decided_at == TIME_NONE || law_objection_open(a)) && once(&late->notice_at, e);
    }
    if (late->notice_at == TIME_NONE || late->paid_at != TIME_NONE)
        late = &a->objection_late;
    if (late->notice_at == TIME_NONE || !once(&late->paid_at, e))
        return false;
    late->paid = e->number;
    return true;
}

static bool play_decided(struct law_application *a, const struct event *e)
{
    if (!once(&a->decided_at, e))
        return false;
    a->result = e->reason;
    a->review_at = e->until;
    return true;
}

static bool has_decision(const struct law_application *a)
{
    return a->decided_at != TIME_NONE && !text_is(a->result, "withdrawn");
}

static bool play_objection(struct law_application *a, const struct event *e)
{
    if (e->kind == KIND_OBJECTED) {
        if (!has_decision(a) || !once(&a->objected_at, e))
            return false;
        a->committee = e->number == 1;
        return true;
    }
    if (!law_objection_open(a))
        return false;
    if (e->kind == KIND_EXTENDED)
        return once(&a->extended_at, e);
    a->objection_decided_at = e->occurred_at;
    a->objection_result = e->reason;
    return true;
}

static bool play_application(struct law *l, const struct event *e)
{
    struct law_application *a = find(l, e->object);

    if (a == NULL)
        return false;
    switch (e->kind) {
    case KIND_COMPLETION_ASKED:
    case KIND_SUSPENDED:
        return play_pause(l, a, e);
    case KIND_COMPLETED:
    case KIND_RUNS_AGAIN:
        return play_again(l, e);
    case KIND_POSTPONED:
        if (a->decided_at != TIME_NONE || !once(&a->postponed_at, e))
            return false;
        a->postponed_to = e->until;
        return true;
    case KIND_DECIDED:
        return play_decided(a, e);
    case KIND_REVIEWED:
        if (!has_decision(a))
            return false;
        a->reviewed_at = e->occurred_at;
        a->review_at = e->until; /* the next one; TIME_NONE: no more */
        return true;
    case KIND_DEFAULT_NOTICE:
    case KIND_PENALTY_PAID:
        return play_late(a, e);
    default:
        return play_objection(a, e);
    }
}

/* ── All of it ────────────────────────────────────────────────────────────────────────────────────────────
 */

enum part { PART_NONE, PART_SEEN, PART_REPORT, PART_YOUTH, PART_APPLIED, PART_APPLICATION };

static enum part part_of(enum kind kind)
{
    static const enum part parts[KINDS] = {
        [KIND_WMO_REPORTED] = PART_REPORT,
        [KIND_PERSONAL_PLAN] = PART_REPORT,
        [KIND_WMO_RESEARCHED] = PART_REPORT,
        [KIND_ACCOUNT_SENT] = PART_REPORT,
        [KIND_LATE_LETTER] = PART_REPORT,
        [KIND_FAMILY_PLAN] = PART_YOUTH,
        [KIND_WRITTEN_ASKED] = PART_YOUTH,
        [KIND_WRITTEN_SENT] = PART_YOUTH,
        [KIND_APPLIED] = PART_APPLIED,
        [KIND_COMPLETION_ASKED] = PART_APPLICATION,
        [KIND_COMPLETED] = PART_APPLICATION,
        [KIND_SUSPENDED] = PART_APPLICATION,
        [KIND_RUNS_AGAIN] = PART_APPLICATION,
        [KIND_POSTPONED] = PART_APPLICATION,
        [KIND_DECIDED] = PART_APPLICATION,
        [KIND_REVIEWED] = PART_APPLICATION,
        [KIND_DEFAULT_NOTICE] = PART_APPLICATION,
        [KIND_PENALTY_PAID] = PART_APPLICATION,
        [KIND_OBJECTED] = PART_APPLICATION,
        [KIND_EXTENDED] = PART_APPLICATION,
        [KIND_OBJECTION_DECIDED] = PART_APPLICATION,
        [KIND_SUPPORTER_TOLD] = PART_SEEN,
        [KIND_INFORMED] = PART_SEEN,
        [KIND_PLAN_AGREED] = PART_SEEN,
    };

    return parts[kind];
}

bool law_kind_is(enum kind kind)
{
    return part_of(kind) > PART_SEEN;
}

bool law_kind_is_application(enum kind kind)
{
    return part_of(kind) == PART_APPLICATION;
}

/* What other parts of the register write and the law looks at: the first of each. */
static void look(struct law *l, const struct event *e)
{
    if (e->kind == KIND_SUPPORTER_TOLD && l->supporter_at == TIME_NONE)
        l->supporter_at = e->occurred_at;
    if (e->kind == KIND_INFORMED && text_is(e->reason, REASON_RECEIPT) && l->receipt_at == TIME_NONE)
        l->receipt_at = e->occurred_at;
    if (e->kind == KIND_PLAN_AGREED && (l->plan_at == TIME_NONE || l->plan_at < l->family_declined_at))
        l->plan_at = e->occurred_at;
}

/* While the resident asked to wait, it is the resident's turn; the research runs on (no pause rule). */
static void wait_for_resident(struct law *l, const struct event *e)
{
    struct term_change *open =
        l->waits > 0 && l->wait[l->waits - 1].until == TIME_NONE ? &l->wait[l->waits - 1] : NULL;

    switch (e->kind) {
    case KIND_PAUSED:
        if (open == NULL)
            l->wait[l->waits++] =
                (struct term_change){ TERM_WAIT, e->occurred_at, TIME_NONE, PARTY_RESIDENT, 0, TERM_DAYS };
        break;
    case KIND_RESUMED:
    case KIND_ALLOCATED:
    case KIND_FIRST_TALK:
        if (open != NULL)
            open->until = e->occurred_at;
        break;
    case KIND_MERGED:
    case KIND_REDIRECTED:
    case KIND_CLOSED:
        if (open != NULL)
            open->until = e->occurred_at;
        if (l->ended_at == TIME_NONE)
            l->ended_at = e->occurred_at;
        break;
    default:
        break;
    }
}

static bool play(struct law *l, const struct event *e)
{
    switch (part_of(e->kind)) {
    case PART_SEEN:
        look(l, e);
        return true;
    case PART_REPORT:
        return play_report(l, e);
    case PART_YOUTH:
        return play_youth(l, e);
    case PART_APPLIED:
        return play_applied(l, e);
    case PART_APPLICATION:
        return play_application(l, e);
    default:
        wait_for_resident(l, e);
        return true;
    }
}

static void conclude(struct law *l)
{
    bool undecided = false, youth = false;

    for (size_t i = 0; i < l->applications; i++) {
        undecided = undecided || l->application[i].decided_at == TIME_NONE;
        youth = youth || l->application[i].provision->act == LAW_YOUTH;
    }
    if (l->applications > 0)
        l->stage = undecided ? STAGE_APPLIED : STAGE_DECIDED;
    else if (l->reported_at != TIME_NONE)
        l->stage =
            l->researched_at != TIME_NONE || l->account_at != TIME_NONE ? STAGE_RESEARCHED : STAGE_OPEN;
    if (l->reported_at != TIME_NONE)
        l->track = TRACK_WMO;
    else if (l->applications > 0)
        l->track = youth ? TRACK_YOUTH : TRACK_OTHER;
}

enum err law_replay(struct ctx *c, const struct event *event, size_t n, struct law *ret_law,
                    int64_t *ret_refused)
{
    struct law l = { .reported_at = TIME_NONE,
                     .receipt_at = TIME_NONE,
                     .personal_plan_at = TIME_NONE,
                     .supporter_at = TIME_NONE,
                     .researched_at = TIME_NONE,
                     .account_at = TIME_NONE,
                     .letter_at = TIME_NONE,
                     .family_declined_at = TIME_NONE,
                     .plan_at = TIME_NONE,
                     .written_asked_at = TIME_NONE,
                     .written_sent_at = TIME_NONE,
                     .ended_at = TIME_NONE };
    int64_t refused = 0;
    size_t applied = 0, paused = 0, waits = 0;

    for (size_t i = 0; i < n; i++) {
        applied += event[i].kind == KIND_APPLIED;
        paused += event[i].kind == KIND_SUSPENDED || event[i].kind == KIND_COMPLETION_ASKED;
        waits += event[i].kind == KIND_PAUSED;
    }
    TRY(ctx_alloc(c, applied + 1, sizeof *l.application, (void *)&l.application));
    TRY(ctx_alloc(c, paused + 1, sizeof *l.pause, (void *)&l.pause));
    TRY(ctx_alloc(c, waits + 1, sizeof *l.wait, (void *)&l.wait));
    for (size_t i = 0; i < n; i++)
        if (!event[i].undone && !play(&l, &event[i]) && refused == 0)
            refused = event[i].seq;
    conclude(&l);
    *ret_law = l;
    *ret_refused = refused;
    return OK;
}
