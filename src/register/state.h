// SPDX-License-Identifier: EUPL-1.2
/* The state machine of a request, and how it stands: one table, and one function that plays the events of a
 * request.
 *
 * A request waits (wachtlijst) from the moment the resident asked until the first real talk with the worker
 * who is going to help (eerste gesprek), or until it ends with a reason. Nothing else stops the waiting: no
 * intake call, no letter, no call round, no allocation. Only a call in which the resident was reached resets
 * the silence.
 */
#ifndef PEIL_REGISTER_STATE_H
#define PEIL_REGISTER_STATE_H

#include "base/date.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum state {
    STATE_NEW, /* before the first event */
    STATE_REGISTERED,
    STATE_TRIAGED,
    STATE_WAITING,
    STATE_PAUSED,
    STATE_ALLOCATED,
    STATE_EXPLORING,
    STATE_PLANNED,
    STATE_SUPPORT,
    STATE_EVALUATED,
    STATE_CLOSED,
    STATE_REDIRECTED,
    STATES,
};

enum kind {
    KIND_REGISTERED,
    KIND_SAFETY_CHECKED,
    KIND_TRIAGED,
    KIND_QUEUED,
    KIND_CALL_REACHED,
    KIND_CALL_ATTEMPTED,
    KIND_CALL_LISTED,
    KIND_CALL_UNLISTED,
    KIND_BRIDGED, /* help for the time of waiting was offered; reason: its kind */
    KIND_BRIDGE_ACCEPTED,
    KIND_BRIDGE_ENDED, /* object: the group */
    KIND_PAUSED,
    KIND_RESUMED,
    KIND_ALLOCATED,
    KIND_GIVEN_BACK,
    KIND_WORKER_CHANGED, /* allocated, worker_changed: number: the weight of the case (register/allocation.h)
                          */
    KIND_ACCEPTED,       /* the worker took the case */
    KIND_WEIGHED,        /* number: another weight */
    KIND_APPOINTMENT,    /* until: when; object: with whom (worker) */
    KIND_NO_SHOW,        /* reason: "resident" or "us" */
    KIND_PROTECTED,      /* first protective action in an emergency */
    KIND_FIRST_TALK,
    KIND_TALK, /* a later one */
    KIND_SUPPORTER_TOLD,
    KIND_SUPPORTER_USED,
    KIND_CARER_ASKED,
    KIND_CHOICE_EXPLAINED,
    KIND_PLAN_WRITTEN, /* a version of the plan */
    KIND_PLAN_AGREED,  /* object: seq of KIND_PLAN_WRITTEN */
    KIND_PLAN_GIVEN,   /* the same */
    KIND_HELP_STARTED, /* reason: its kind; number 1: the main line */
    KIND_MAIN_LINE,    /* object: the help line that is the main one from now on */
    KIND_HELP_ENDED,   /* object: the help line */
    KIND_AREAS_SCORED,
    KIND_EVALUATED,
    KIND_CONTINUED,
    KIND_WMO_REPORTED, /* this request is a Wmo report (melding) */
    KIND_WMO_RESEARCHED,
    KIND_ACCOUNT_SENT,  /* the written account of the research */
    KIND_LATE_LETTER,   /* six weeks have passed: the resident may apply */
    KIND_PERSONAL_PLAN, /* the resident handed in a plan of their own */
    KIND_FAMILY_PLAN,   /* reason: wanted, declined or made */
    KIND_WRITTEN_ASKED, /* the family asks for the youth plan in writing */
    KIND_WRITTEN_SENT,
    KIND_APPLIED,
    KIND_COMPLETION_ASKED,
    KIND_COMPLETED,
    KIND_SUSPENDED, /* the term stands still on another ground; what follows names its application: law.h */
    KIND_RUNS_AGAIN,
    KIND_POSTPONED,
    KIND_DECIDED,
    KIND_REVIEWED, /* the decision was looked at again (Wmo 2.3.9) */
    KIND_DEFAULT_NOTICE,
    KIND_OBJECTED,
    KIND_EXTENDED, /* more time to decide on the objection */
    KIND_OBJECTION_DECIDED,
    KIND_PENALTY_PAID,
    KIND_AVE_CHANGED,   /* number: the level */
    KIND_REGIE_CHANGED, /* reason: who directs; object: which one */
    KIND_WINDOW_TOLD,
    KIND_INFORMED, /* in writing; reason: about what */
    KIND_LINKED,   /* object: another request */
    KIND_REOPENED, /* object: the new request */
    KIND_ARRIVAL_CHECKED,
    KIND_REFERRED_ON,      /* brought to a partner; object: the referral */
    KIND_REFERRAL_CHECKED, /* reason: whether the resident arrived there; object: the referral */
    KIND_AFTERCARE,
    KIND_DIRECT_SAID, /* reason: what a person makes of the rule for direct help */
    KIND_SEALED,
    KIND_UNSEALED,
    KIND_NOTE,
    KIND_ACTIVITY, /* a step of an imported log that means nothing to the clocks */
    KIND_UNDONE,   /* number: seq of an event that is passed over from now on: a mistake, or taken back */
    /* the ends: at one moment they come after all others */
    KIND_MERGED, /* object: the request that this one doubles */
    KIND_REDIRECTED,
    KIND_CLOSED,
    KINDS,
};

/* Reason of a closing that an import adds because the source tells no more: people are followed up to there.
 */
#define REASON_END_OF_DATA "end_of_data"
/* Closed because it was registered before: the earlier request counts, this one does not. */
#define REASON_DUPLICATE "duplicate"

/* Why a request left the waiting list, when that is the first talk; else the reason of its end. */
#define LEFT_STARTED "started"
enum bridge_state { BRIDGE_NONE, BRIDGE_OFFERED, BRIDGE_ACCEPTED };

/* Why this class, where nobody wrote a reason: nothing asked for another class than the usual one; or the
 * source of an import says so. */
#define REASON_USUAL "usual"
#define REASON_SOURCE "source"

/* Of KIND_INFORMED: told in writing that we received it. */
#define REASON_RECEIPT "receipt"

/* How pressing a request is; the number is the order of the waiting list. */
enum urgency { URGENCY_UNKNOWN, URGENCY_LATER, URGENCY_NORMAL, URGENCY_SOON, URGENCY_EMERGENCY, URGENCIES };

struct event {
    enum kind kind;
    bool undone; /* written by standing_replay: passed over */
    int64_t seq; /* order of recording, from 1 */
    int64_t occurred_at, recorded_at;
    int64_t account, team, worker, urgency; /* INT_NONE: not said */
    int64_t number, object;                 /* an amount or level; the id of another record; INT_NONE */
    int64_t until;                          /* end of a pause, date of the next call; TIME_NONE */
    const char *reason, *activity;          /* codes; NULL */
};

/* An event of which nothing is said yet. */
#define EVENT_NONE                                                                                           \
    (struct event)                                                                                           \
    {                                                                                                        \
        .account = INT_NONE, .team = INT_NONE, .worker = INT_NONE, .urgency = INT_NONE, .number = INT_NONE,  \
        .object = INT_NONE, .until = TIME_NONE                                                               \
    }

/* How a request stands after its events. Times are TIME_NONE when it did not happen. */
struct standing {
    enum state state;
    bool waiting;
    int64_t version; /* number of events */
    int64_t team, worker, urgency;
    int64_t received_at;
    int64_t heard_at; /* the last time we and the resident spoke; asking for help is the first */
    int64_t attempts; /* calls in vain since then */
    bool listed;      /* on the call list */
    bool sealed;      /* seen only by its worker and who has a grant */
    bool office;      /* the back office of the municipality has to do with it */
    int64_t merged;   /* the request that this one doubles; INT_NONE */
    int64_t weight;   /* how heavy the case is (register/allocation.h); INT_NONE: not said */
    bool accepted;    /* the worker took the case */
    int64_t paused_at, started_at, ended_at;
    int64_t paused_seconds; /* of pauses that are over */
    const char *end_reason;
    /* for the waiting list, the call round and the urgent path (state_list.c) */
    int64_t paused_until;       /* while it is paused: the day on which the resident is available again */
    int64_t call_at, called_at; /* agreed moment of the next call; the last call, reached or not */
    int64_t urgent_at, protected_at; /* since when it is an emergency; the first protective action */
    bool wmo;                        /* a Wmo report (melding) */
    const char *bridge;              /* the last help for the time of waiting: its kind; NULL */
    enum bridge_state bridged;
    int64_t left_at;         /* when it left the waiting list: the first talk, or an end without one */
    const char *left_reason; /* LEFT_STARTED, or why it ended */
};

/* Plays events in the order in which they happened (registered first; at the same moment, ends last). An
 * event that is impossible in its state changes nothing; returns the number of the first such event (0:
 * none). Events that an effective KIND_UNDONE names are passed over and marked. Sorts the array. */
int64_t standing_replay(struct event *event, size_t n, struct standing *ret_s);
/* Can this happen in this state? */
bool state_allows(enum state state, enum kind kind);
/* Does its note tell of talks, plan or help? Then only who may read the content of the case sees it. */
bool kind_is_content(enum kind kind);
bool state_waits(enum state state);

const char *kind_code(enum kind kind);
bool kind_find(const char *code, enum kind *ret_kind);
/* The same for a row of the register: E_CORRUPT when there is no such kind. */
enum err kind_read(struct ctx *c, const char *code, enum kind *ret_kind) MUST_CHECK;
const char *state_code(enum state state);
bool state_find(const char *code, enum state *ret_state);
const char *urgency_code(int64_t urgency);
bool urgency_find(const char *code, int64_t *ret_urgency);
/* For a person, in the language of the context. */
const char *kind_name(const struct ctx *c, enum kind kind);
const char *state_name(const struct ctx *c, enum state state);
const char *urgency_name(const struct ctx *c, int64_t urgency);
/* Why a request ended, or an event happened; an unknown code as it is, NULL as NULL. */
const char *reason_name(const struct ctx *c, const char *code);

#endif
