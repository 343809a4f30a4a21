// SPDX-License-Identifier: EUPL-1.2
#include "unit/state_oracle.h"

#include "base/date.h"

#include <stdio.h>
#include <string.h>

enum { MANY = 256 };

/* What happened, without what was taken back, in the order of happening; only what was possible then. */
struct tale {
    struct event e[MANY];
    enum state after[MANY]; /* the state after each */
    size_t n;
};

/* An event counts unless a later one that counts takes it back. */
static bool counts(const struct event *event, size_t n, int64_t seq)
{
    for (size_t i = 0; i < n; i++)
        if (event[i].kind == KIND_UNDONE && event[i].number == seq && event[i].seq > seq &&
            counts(event, n, event[i].seq))
            return false;
    return true;
}

static bool is_end(enum kind k)
{
    return k == KIND_CLOSED || k == KIND_REDIRECTED || k == KIND_MERGED;
}

/* Is a told before b? */
static bool told_before(const struct event *a, const struct event *b)
{
    if (a->kind == KIND_REGISTERED || b->kind == KIND_REGISTERED)
        return a->kind == KIND_REGISTERED && (b->kind != KIND_REGISTERED || a->occurred_at < b->occurred_at);
    if (a->occurred_at != b->occurred_at)
        return a->occurred_at < b->occurred_at;
    if (is_end(a->kind) != is_end(b->kind))
        return is_end(b->kind);
    return a->seq < b->seq;
}

static bool waits(enum state s)
{
    return s == STATE_REGISTERED || s == STATE_TRIAGED || s == STATE_WAITING || s == STATE_PAUSED ||
           s == STATE_ALLOCATED;
}

static bool helped(enum state s)
{
    return s == STATE_EXPLORING || s == STATE_PLANNED || s == STATE_SUPPORT || s == STATE_EVALUATED;
}

/* Where an event leads; STATES: it cannot happen here. */
static enum state leads(enum state s, enum kind k)
{
    bool open = waits(s) || helped(s);

    if (s == STATE_NEW)
        return k == KIND_REGISTERED ? STATE_REGISTERED : STATES;
    switch (k) {
    case KIND_REGISTERED:
        return STATES;
    case KIND_QUEUED:
        return s == STATE_REGISTERED || s == STATE_TRIAGED ? STATE_WAITING : STATES;
    case KIND_PAUSED:
        return waits(s) && s != STATE_PAUSED && s != STATE_ALLOCATED ? STATE_PAUSED : STATES;
    case KIND_RESUMED:
        return s == STATE_PAUSED ? STATE_WAITING : STATES;
    case KIND_ALLOCATED:
        return waits(s) ? STATE_ALLOCATED : STATES;
    case KIND_GIVEN_BACK:
        return s == STATE_ALLOCATED ? STATE_WAITING : STATES;
    case KIND_FIRST_TALK:
        return waits(s) ? STATE_EXPLORING : STATES;
    case KIND_PLAN_AGREED:
        return s == STATE_EXPLORING ? STATE_PLANNED : helped(s) ? s : STATES;
    case KIND_HELP_STARTED:
        return helped(s) ? STATE_SUPPORT : STATES;
    case KIND_EVALUATED:
        return s == STATE_PLANNED || s == STATE_SUPPORT ? STATE_EVALUATED : STATES;
    case KIND_CONTINUED:
        return s == STATE_EVALUATED ? STATE_SUPPORT : STATES;
    case KIND_REDIRECTED:
        return waits(s) ? STATE_REDIRECTED : STATES;
    case KIND_CLOSED:
        return open ? STATE_CLOSED : STATES;
    case KIND_MERGED:
        return open ? STATE_CLOSED : s;
    /* for who waits */
    case KIND_CALL_LISTED:
    case KIND_WINDOW_TOLD:
        return waits(s) ? s : STATES;
    /* for who is helped */
    case KIND_TALK:
    case KIND_PLAN_WRITTEN:
    case KIND_PLAN_GIVEN:
    case KIND_MAIN_LINE:
        return helped(s) ? s : STATES;
    case KIND_HELP_ENDED:
    case KIND_AREAS_SCORED:
        return helped(s) || s == STATE_CLOSED ? s : STATES;
    case KIND_WORKER_CHANGED:
    case KIND_ACCEPTED:
        return helped(s) || s == STATE_ALLOCATED ? s : STATES;
    case KIND_AFTERCARE:
        return s == STATE_CLOSED || s == STATE_REDIRECTED ? s : STATES;
    /* as long as it is open */
    case KIND_SAFETY_CHECKED:
    case KIND_TRIAGED:
    case KIND_BRIDGED:
    case KIND_BRIDGE_ACCEPTED:
    case KIND_WEIGHED:
    case KIND_APPOINTMENT:
    case KIND_NO_SHOW:
    case KIND_PROTECTED:
    case KIND_SUPPORTER_TOLD:
    case KIND_SUPPORTER_USED:
    case KIND_CARER_ASKED:
    case KIND_CHOICE_EXPLAINED:
    case KIND_AVE_CHANGED:
    case KIND_REGIE_CHANGED:
        return open ? s : STATES;
    default:
        return s; /* at any time */
    }
}

static void tell(const struct event *event, size_t n, struct tale *t)
{
    struct event left[MANY];
    size_t many = 0;

    t->n = 0;
    for (size_t i = 0; i < n && many < MANY; i++)
        if (event[i].kind == KIND_REGISTERED || counts(event, n, event[i].seq))
            left[many++] = event[i];
    enum state s = STATE_NEW;
    while (many > 0) { /* the earliest of those that are left */
        size_t first = 0;
        for (size_t i = 1; i < many; i++)
            if (told_before(&left[i], &left[first]))
                first = i;
        enum state to = leads(s, left[first].kind);
        if (to != STATES) {
            t->e[t->n] = left[first];
            t->after[t->n++] = s = to;
        }
        left[first] = left[--many];
    }
}

/* The last event of any of these kinds; -1: none. */
static int last_of(const struct tale *t, const enum kind *kind, size_t kinds)
{
    for (int i = (int)t->n - 1; i >= 0; i--)
        for (size_t k = 0; k < kinds; k++)
            if (t->e[i].kind == kind[k])
                return i;
    return -1;
}
#define LAST(t, ...)                                                                                         \
    last_of(t, (const enum kind[]){ __VA_ARGS__ }, COUNT(((const enum kind[]){ __VA_ARGS__ })))

static int64_t when(const struct tale *t, int i)
{
    return i >= 0 ? t->e[i].occurred_at : TIME_NONE;
}

/* The event at which the request ended; -1. */
static int ended_by(const struct tale *t)
{
    for (size_t i = 1; i < t->n; i++)
        if (!waits(t->after[i]) && !helped(t->after[i]) &&
            (waits(t->after[i - 1]) || helped(t->after[i - 1])))
            return (int)i;
    return -1;
}

static void answer_calls(const struct tale *t, struct standing *s)
{
    int spoken = LAST(t, KIND_REGISTERED, KIND_CALL_REACHED, KIND_FIRST_TALK, KIND_TALK);
    int reset = LAST(t, KIND_CALL_REACHED, KIND_FIRST_TALK, KIND_TALK);
    int listed = LAST(t, KIND_CALL_LISTED), off = LAST(t, KIND_CALL_UNLISTED);

    s->heard_at = when(t, spoken);
    for (int i = reset + 1; i < (int)t->n; i++)
        s->attempts += t->e[i].kind == KIND_CALL_ATTEMPTED;
    s->listed = listed >= 0 && listed > off && listed > reset && listed > ended_by(t);
    s->called_at = when(t, LAST(t, KIND_CALL_REACHED, KIND_CALL_ATTEMPTED));
    for (int i = (int)t->n - 1; i >= 0; i--) {
        bool reached = t->e[i].kind == KIND_CALL_REACHED;
        if (reached || (t->e[i].kind == KIND_CALL_ATTEMPTED && t->e[i].until != TIME_NONE)) {
            s->call_at = t->e[i].until;
            break;
        }
    }
}

static void answer_pauses(const struct tale *t, struct standing *s)
{
    for (size_t i = 0; i + 1 < t->n; i++)
        if (t->after[i] == STATE_PAUSED)
            s->paused_seconds += t->e[i + 1].occurred_at - t->e[i].occurred_at;
    if (s->state != STATE_PAUSED)
        return;
    int since = LAST(t, KIND_PAUSED);
    s->paused_at = when(t, since);
    s->paused_until = t->e[since].until;
    s->paused_seconds -= t->e[t->n - 1].occurred_at - s->paused_at; /* what still runs is not over */
}

static void answer_urgency(const struct tale *t, struct standing *s)
{
    int since = -1;
    bool judged = false;

    for (size_t i = 0; i < t->n; i++) {
        int64_t u = t->e[i].urgency;
        if (u == INT_NONE)
            continue;
        if (u != URGENCY_EMERGENCY)
            since = -1;
        else if (since < 0)
            since = (int)i;
        if (since == (int)i)
            s->urgent_at = judged ? t->e[i].occurred_at : t->e[0].occurred_at;
        judged = judged || u != URGENCY_UNKNOWN;
        s->urgency = u;
        if (u == URGENCY_UNKNOWN)
            judged = false;
    }
    if (since < 0)
        s->urgent_at = TIME_NONE;
}

/* The first action after the request last became an emergency while it had been judged otherwise before. */
static void answer_protection(const struct tale *t, struct standing *s)
{
    int64_t urgency = URGENCY_UNKNOWN;
    size_t from = 0;

    for (size_t i = 0; i < t->n; i++) {
        if (t->e[i].urgency == INT_NONE)
            continue;
        if (t->e[i].urgency == URGENCY_EMERGENCY && urgency != URGENCY_UNKNOWN &&
            urgency != URGENCY_EMERGENCY)
            from = i;
        urgency = t->e[i].urgency;
    }
    for (size_t i = from; i < t->n && s->protected_at == TIME_NONE; i++)
        if (t->e[i].kind == KIND_PROTECTED)
            s->protected_at = t->e[i].occurred_at;
}

static void answer_worker(const struct tale *t, struct standing *s)
{
    int given = LAST(t, KIND_ALLOCATED, KIND_WORKER_CHANGED, KIND_GIVEN_BACK);
    int taken = LAST(t, KIND_ACCEPTED, KIND_FIRST_TALK), talk = LAST(t, KIND_FIRST_TALK);

    if (given >= 0 && t->e[given].kind != KIND_GIVEN_BACK)
        s->worker = t->e[given].worker;
    if (talk > given && t->e[talk].worker != INT_NONE)
        s->worker = t->e[talk].worker;
    s->accepted = taken >= 0 && taken > given;
    for (size_t i = 0; i < t->n; i++) {
        enum kind k = t->e[i].kind;
        if (t->e[i].team != INT_NONE)
            s->team = t->e[i].team;
        if ((k == KIND_ALLOCATED || k == KIND_WORKER_CHANGED || k == KIND_WEIGHED) &&
            t->e[i].number != INT_NONE)
            s->weight = t->e[i].number;
    }
}

static void answer_marks(const struct tale *t, struct standing *s)
{
    int seal = LAST(t, KIND_SEALED, KIND_UNSEALED), merged = LAST(t, KIND_MERGED);
    int bridge = LAST(t, KIND_BRIDGED, KIND_BRIDGE_ACCEPTED, KIND_BRIDGE_ENDED);

    s->sealed = seal >= 0 && t->e[seal].kind == KIND_SEALED;
    s->office = LAST(t, KIND_ACCOUNT_SENT, KIND_LATE_LETTER, KIND_APPLIED, KIND_DECIDED) >= 0;
    s->merged = merged >= 0 ? t->e[merged].object : INT_NONE;
    s->wmo = LAST(t, KIND_WMO_REPORTED) >= 0;
    if (bridge >= 0 && t->e[bridge].kind != KIND_BRIDGE_ENDED) {
        s->bridge = t->e[bridge].reason;
        s->bridged = t->e[bridge].kind == KIND_BRIDGED ? BRIDGE_OFFERED : BRIDGE_ACCEPTED;
    }
}

static void answer_ends(const struct tale *t, struct standing *s)
{
    int end = ended_by(t);

    s->started_at = when(t, LAST(t, KIND_FIRST_TALK));
    if (end >= 0) {
        s->ended_at = t->e[end].occurred_at;
        s->end_reason = t->e[end].kind == KIND_MERGED ? REASON_DUPLICATE : t->e[end].reason;
    }
    if (waits(s->state))
        return;
    s->left_at = s->started_at != TIME_NONE ? s->started_at : s->ended_at;
    s->left_reason = s->started_at != TIME_NONE ? LEFT_STARTED : s->end_reason;
}

struct standing oracle_standing(const struct event *event, size_t n)
{
    static struct tale t;
    struct standing s;

    memset(&s, 0, sizeof s);
    s.team = s.worker = s.merged = s.weight = INT_NONE;
    s.heard_at = s.paused_at = s.started_at = s.ended_at = s.paused_until = s.call_at = s.called_at =
        s.urgent_at = s.protected_at = s.left_at = TIME_NONE;
    tell(event, n, &t);
    s.state = t.n > 0 ? t.after[t.n - 1] : STATE_NEW;
    s.waiting = waits(s.state);
    s.version = (int64_t)n;
    s.received_at = t.n > 0 ? t.e[0].occurred_at : TIME_NONE;
    answer_calls(&t, &s);
    answer_pauses(&t, &s);
    answer_urgency(&t, &s);
    answer_protection(&t, &s);
    answer_worker(&t, &s);
    answer_marks(&t, &s);
    answer_ends(&t, &s);
    return s;
}

struct oracle_clocks oracle_clocks(const struct event *event, size_t n, int64_t now)
{
    struct standing s = oracle_standing(event, n);
    int64_t stop = s.left_at != TIME_NONE ? s.left_at : now, paused = s.paused_seconds;
    struct oracle_clocks k = { .silent = -1 };

    if (s.paused_at != TIME_NONE && stop > s.paused_at)
        paused += stop - s.paused_at;
    k.gross = stop > s.received_at ? (stop - s.received_at) / SECONDS_A_DAY : 0;
    k.net = stop - paused > s.received_at ? (stop - paused - s.received_at) / SECONDS_A_DAY : 0;
    if (s.waiting)
        k.silent = now > s.heard_at ? (now - s.heard_at) / SECONDS_A_DAY : 0;
    return k;
}

/* ── Made-up histories ────────────────────────────────────────────────────────────────────────────────────
 */

static enum kind any_kind(struct rng *r)
{
    static const enum kind often[] = { KIND_QUEUED,    KIND_TRIAGED,   KIND_CALL_REACHED, KIND_CALL_ATTEMPTED,
                                       KIND_PAUSED,    KIND_RESUMED,   KIND_ALLOCATED,    KIND_GIVEN_BACK,
                                       KIND_BRIDGED,   KIND_PROTECTED, KIND_UNDONE,       KIND_UNDONE,
                                       KIND_FIRST_TALK };

    if (rng_below(r, 5) > 0)
        return often[rng_below(r, COUNT(often))];
    return (enum kind)(1 + rng_below(r, KINDS - 1));
}

static struct event any_event(struct rng *r, int64_t asked, int64_t seq)
{
    static const char *const reason[] = { "solved", "worse", "group", "hospital", NULL };
    struct event e = EVENT_NONE;

    e.kind = any_kind(r);
    e.seq = seq;
    e.occurred_at = asked + (int64_t)rng_below(r, 60) * SECONDS_A_DAY / 2;
    e.recorded_at = e.occurred_at + (int64_t)rng_below(r, 20) * SECONDS_A_DAY;
    e.reason = reason[rng_below(r, COUNT(reason))];
    if (e.kind == KIND_TRIAGED)
        e.urgency = (int64_t)rng_below(r, URGENCIES);
    if (e.kind == KIND_UNDONE)
        e.number = 1 + (int64_t)rng_below(r, (uint64_t)seq + 1);
    else if (rng_below(r, 3) == 0)
        e.number = (int64_t)rng_below(r, 9);
    if (e.kind == KIND_MERGED)
        e.object = 1 + (int64_t)rng_below(r, 5);
    if (rng_below(r, 3) == 0)
        e.until = e.occurred_at + (int64_t)rng_below(r, 20) * SECONDS_A_DAY;
    if (rng_below(r, 6) == 0)
        e.team = 1 + (int64_t)rng_below(r, 2);
    if (rng_below(r, 2) == 0)
        e.worker = 1 + (int64_t)rng_below(r, 3);
    return e;
}

size_t oracle_history(struct rng *r, int64_t asked, size_t max, struct event *ret_event)
{
    size_t n = 1 + rng_below(r, max);

    ret_event[0] = EVENT_NONE;
    ret_event[0].kind = KIND_REGISTERED;
    ret_event[0].seq = 1;
    ret_event[0].occurred_at = ret_event[0].recorded_at = asked;
    if (rng_below(r, 4) == 0)
        ret_event[0].urgency = (int64_t)rng_below(r, URGENCIES);
    for (size_t i = 1; i < n; i++)
        ret_event[i] = any_event(r, asked, (int64_t)i + 1);
    return n;
}

static bool differs(const char *what, int64_t a, int64_t b)
{
    if (a != b)
        printf("    %s: %lld and %lld\n", what, (long long)a, (long long)b);
    return a != b;
}

bool oracle_same(const struct standing *a, const struct standing *b)
{
#define DIFFERS(member) differs(#member, (int64_t)a->member, (int64_t)b->member)
    bool bad = DIFFERS(state) || DIFFERS(waiting) || DIFFERS(version) || DIFFERS(team) || DIFFERS(worker) ||
               DIFFERS(urgency) || DIFFERS(received_at) || DIFFERS(heard_at) || DIFFERS(attempts) ||
               DIFFERS(listed) || DIFFERS(sealed) || DIFFERS(office) || DIFFERS(merged) || DIFFERS(weight) ||
               DIFFERS(accepted) || DIFFERS(paused_at) || DIFFERS(started_at) || DIFFERS(ended_at) ||
               DIFFERS(paused_seconds) || DIFFERS(paused_until) || DIFFERS(call_at) || DIFFERS(called_at) ||
               DIFFERS(urgent_at) || DIFFERS(protected_at) || DIFFERS(wmo) || DIFFERS(bridged) ||
               DIFFERS(left_at);
#undef DIFFERS
    if (!text_is(a->end_reason, b->end_reason) || !text_is(a->left_reason, b->left_reason) ||
        !text_is(a->bridge, b->bridge)) {
        printf("    reasons differ\n");
        bad = true;
    }
    return !bad;
}
