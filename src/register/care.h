// SPDX-License-Identifier: EUPL-1.2
/* The help of a request (hulp, van eerste gesprek tot nazorg): what its events say together about lines of
 * help, the plan, the main line and what comes next. Talks, plans, lines, evaluations and closings have files
 * of their own; here is what they share. */
#ifndef PEIL_REGISTER_CARE_H
#define PEIL_REGISTER_CARE_H

#include "register/code.h"
#include "register/request.h"

/* Who gives a line of help. The first two are given by the team itself (directe hulp). Codes are stored. */
#define LINE_TEAM "team"
#define LINE_GROUP "group"
extern const struct code_name line_kinds[];
extern const size_t line_kind_count;
const char *line_kind_name(const struct ctx *c, const char *code);
/* Sending on: whether the resident arrived there is checked after 14 days (warme overdracht). */
bool line_is_referral(const char *kind);

/* One line of help as its events tell it. */
struct line_played {
    int64_t id, seq;              /* seq: of the event that started it */
    const char *kind;             /* of line_kinds */
    int64_t started_at, ended_at; /* TIME_NONE: still open */
    const char *end_reason;       /* NULL: open */
    const char *arrival;          /* arrived, not_arrived, unknown; NULL: not checked */
    bool undone, main;            /* main: the main line, or the last one that was */
};
/* One version of the plan: the event that wrote it, and its dates. */
struct plan_played {
    int64_t seq;
    const char *main; /* the help that is to be the main line; of line_kinds */
    int32_t evaluate_on;
    int64_t agreed_at, given_at; /* TIME_NONE: not yet */
    bool undone;
};
struct care_played {
    size_t open;              /* lines that run */
    const char *main;         /* kind of the main line, also after it ended; NULL: there was none */
    const char *main_planned; /* the main line when the first plan was agreed, or what the plan says; NULL */
    const char *direct_said;  /* what a person made of the rule's answer; NULL: nobody did */
    bool talked, planned;     /* a first talk was held; a plan was agreed */
    int32_t evaluate_on;      /* agreed day of the next evaluation; DAY_NONE: none, or not helped now */
    int64_t referred_at;      /* start of the oldest referral that nobody asked about; TIME_NONE */
    int64_t helped_until;     /* closed after help and nobody asked yet how it goes; TIME_NONE */
};
/* Whether the resident arrived at this line, as this event says: one about the line itself, or about the
 * referral to the same partner that it is (KIND_REFERRAL_CHECKED; number: the line). A code of line_arrivals;
 * NULL when it says nothing about this line. */
const char *line_arrival_said(const struct event *e, int64_t line);
/* Plays the events (sorted and marked by standing_replay) over the lines and plans, and fills these in.
 * Exactly one open line is the main line: the first one, until another is named; when it ends, the oldest
 * open one. Pure. */
void care_play(const struct event *event, size_t n, struct line_played *line, size_t lines,
               struct plan_played *plan, size_t plans, struct care_played *ret_care);

/* Was this help given by the team itself (directe hulp)? The fixed rule, version DIRECT_RULE:
 *  - nobody counts who had no first talk, or closed without any help (no plan, no line, not "helped");
 *  - the main line at closing decides: the team or a group of the team is direct, all else is not;
 *  - closed as helped without any line: the talks were the help, which is direct. */
enum { DIRECT_RULE = 1 };
extern const struct code_name direct_answers[]; /* yes, no, none */
extern const size_t direct_answer_count;
const char *direct_by_rule(const struct care_played *p, const char *end_reason);
const char *direct_name(const struct ctx *c, const char *code);
/* H1a of one request: "yes", "no", or NULL when it does not count. Of one that ended: what was said at
 * closing, or the rule; of another: the main line, from the first agreed plan on. */
const char *direct_now(const struct care_played *p, const struct standing *now);
bool line_is_direct(const char *kind); /* given by the team itself; NULL is not */

/* The lines and plans of a request, played. The request was checked by request_get. */
struct care {
    struct care_played played;
    struct line_played *line;
    size_t lines;
    struct plan_played *plan; /* in the order of writing */
    size_t plans;
};
enum err care_read(struct ctx *c, const struct event *event, size_t n, int64_t request,
                   struct care *ret_care) MUST_CHECK;

/* The same for a request that request_get read. */
enum err care_of(struct ctx *c, const struct request *r, struct care *ret_care) MUST_CHECK;

/* ── For the files of this concept ────────────────────────────────────────────────────────────────────── */

/* A request whose case this user may change: RIGHT_CASE, within scope, and its content is open to this user.
 * Errors: E_FORBIDDEN with what to do, E_NOT_FOUND. */
enum err care_open(struct ctx *c, struct request_id id, struct request *ret_request) MUST_CHECK;
/* The moment of a day that was typed: now when it is today, else noon, or right after `not_before`. */
int64_t care_moment(const struct ctx *c, int32_t day, int64_t not_before);
/* Inside db_tx: adds an event; *ret_seq is its number. seen: the version the user saw, -1: any. */
struct care_event {
    struct request_id request;
    int64_t seen;
    struct event e;
    const char *note;
};
enum err care_event_add(struct ctx *c, const struct care_event *add, int64_t *ret_seq) MUST_CHECK;
/* Inside db_tx, after any event: writes how the help of a request stands. Events as standing_replay left
 * them; before the first talk there is nothing to write. */
enum err care_put(struct ctx *c, int64_t request, const struct event *event, size_t n,
                  const struct standing *now) MUST_CHECK;
/* The same when only what belongs to an event was added. */
enum err care_store(struct ctx *c, int64_t request) MUST_CHECK;
/* Whether the stored row is what the events say; for `peil check`. */
enum err care_same(struct ctx *c, int64_t request, const struct event *event, size_t n,
                   const struct standing *now, bool *ret_same) MUST_CHECK;

#endif
