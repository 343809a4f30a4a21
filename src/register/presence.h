// SPDX-License-Identifier: EUPL-1.2
/* Presence (aanwezigheid): consultation hours (spreekuren) at places, as they are promised and what became of
 * each session. A session that was promised and of which nothing was written down is unknown: it counts as
 * promised, never as held. Questions are tallied without a word about who asked. */
#ifndef PEIL_REGISTER_PRESENCE_H
#define PEIL_REGISTER_PRESENCE_H

#include "register/place.h"
#include "register/request.h"

/* ── The plan ─────────────────────────────────────────────────────────────────────────────────────────────
 */

struct walk_in_hour {
    int64_t id, version, place, team;
    const char *place_name;
    int64_t weekday;      /* 1 Monday .. 7 Sunday */
    int64_t starts, ends; /* minutes after midnight */
    int64_t every_weeks;  /* 1: every week, 2: every other week ..., counted from the week of first_day */
    int32_t first_day, last_day; /* last_day: DAY_NONE, until further notice */
};
/* Of a place, a team, or all (INT_NONE). Rights: RIGHT_PLACE. */
enum err hour_all(struct ctx *c, int64_t place, int64_t team, struct walk_in_hour **ret_hour,
                  size_t *ret_n) MUST_CHECK;
enum err hour_get(struct ctx *c, int64_t id, struct walk_in_hour *ret_hour) MUST_CHECK;
/* A new promise; with an id it takes the place of that one, which ends the day before (version as the user
 * saw it). Rights: RIGHT_PLACE_EDIT. */
enum err hour_save(struct ctx *c, const struct walk_in_hour *h, int64_t *ret_id) MUST_CHECK;
/* The last day on which it is held; not before today. Rights: RIGHT_PLACE_EDIT. */
enum err hour_end(struct ctx *c, int64_t id, int64_t version, int32_t last_day) MUST_CHECK;
/* Is there a session of this plan on that day? Not on holidays and closing days, nor in a break of the place.
 */
bool hour_is_on(const struct walk_in_hour *h, int32_t day, const struct calendar *k,
                const struct place_break *breaks, size_t n_breaks);

/* ── Sessions ─────────────────────────────────────────────────────────────────────────────────────────────
 */

#define PRESENCE_PROMISED "promised" /* nothing was written down yet */
#define PRESENCE_OPEN "open"         /* being tallied */
#define PRESENCE_HELD "held"
#define PRESENCE_CANCELLED "cancelled"
#define PRESENCE_MOVED "moved" /* to another day or time: another session */
const char *presence_state_name(const struct ctx *c, const char *code);
/* Why a session did not go on, and who decided it. */
extern const struct code_name presence_reasons[], presence_deciders[];
extern const size_t presence_reason_count, presence_decider_count;

struct presence {
    int64_t id; /* INT_NONE: nothing written down */
    int64_t version, hour, place, neighbourhood, team;
    const char *place_name;
    int32_t day;
    int64_t starts, ends; /* as promised */
    const char *state, *reason, *by_whom;
    int64_t told_at;  /* when the place was told that it did not go on; TIME_NONE */
    int64_t moved_to; /* the session that it was moved to; INT_NONE */
    int64_t signal;   /* that its unhandled questions are part of; only of presence_get; INT_NONE */
    int64_t held_from, held_to, visitors; /* INT_NONE: not written down */
    int64_t workers;                      /* how many of us were there */
    int64_t solved, requests, unhandled, questions;
};
struct presence_filter {
    int32_t from, to;    /* both included; at most 800 days */
    int64_t place, team; /* INT_NONE: all */
};
/* What was promised and what was written down, by day and time. Rights: RIGHT_PLACE. */
enum err presence_list(struct ctx *c, const struct presence_filter *f, struct presence **ret_row,
                       size_t *ret_n) MUST_CHECK;
/* The same for the register itself, to count with: no rights. */
enum err presence_book_read(struct ctx *c, const struct presence_filter *f, struct presence **ret_row,
                            size_t *ret_n) MUST_CHECK;
/* What everybody may know of a session, for a calendar file: when and where, and whether it goes on. */
struct public_session {
    const char *uid, *place_name, *address; /* address: NULL */
    int32_t day;
    int64_t starts, ends;
    bool cancelled; /* or moved to another session */
};
/* Rights: none. */
enum err presence_public(struct ctx *c, const struct presence_filter *f, struct public_session **ret_session,
                         size_t *ret_n) MUST_CHECK;
enum err presence_get(struct ctx *c, int64_t id, struct presence *ret_presence) MUST_CHECK;
struct presence_worker {
    int64_t worker;
    const char *name;
};
enum err presence_workers(struct ctx *c, int64_t id, struct presence_worker **ret_worker,
                          size_t *ret_n) MUST_CHECK;
/* Who can have been there: the workers of a team in service on that day. Rights: RIGHT_PLACE. */
enum err presence_worker_choice(struct ctx *c, int64_t team, int32_t day, struct presence_worker **ret_worker,
                                size_t *ret_n) MUST_CHECK;
enum err presence_history(struct ctx *c, int64_t id, const struct happening **ret_h,
                          size_t *ret_n) MUST_CHECK;

/* The session of a plan on a day, written down from now on (or found again). E_CONFLICT when none is promised
 * then. Rights: RIGHT_CONTACT. */
enum err presence_open(struct ctx *c, int64_t hour, int32_t day, int64_t *ret_id) MUST_CHECK;
/* A session that no plan promised. Rights: RIGHT_CONTACT. */
enum err presence_extra(struct ctx *c, int64_t place, int32_t day, int64_t starts, int64_t ends,
                        int64_t *ret_id) MUST_CHECK;

struct presence_result {
    int64_t id, version;
    int64_t held_from, held_to, visitors;
    const int64_t *worker;
    size_t workers;
};
/* It was held. With unhandled questions it is raised as a signal (presence_unhandled). Again: corrects.
 * Rights: RIGHT_CONTACT. */
enum err presence_hold(struct ctx *c, const struct presence_result *r) MUST_CHECK;
struct presence_off {
    int64_t id, version;
    const char *reason, *by_whom;
    int64_t told_at;      /* TIME_NONE: the place does not know */
    int32_t day;          /* moved to this day, DAY_NONE: cancelled */
    int64_t starts, ends; /* of the moved one */
};
/* It did not go on, or not then; ret_id is the session that it was moved to. Rights: RIGHT_CONTACT. */
enum err presence_call_off(struct ctx *c, const struct presence_off *o, int64_t *ret_id) MUST_CHECK;

/* ── The tally ────────────────────────────────────────────────────────────────────────────────────────────
 */

#define QUESTION_SOLVED "solved"
#define QUESTION_REQUEST "request"
#define QUESTION_UNHANDLED "unhandled"
extern const struct code_name question_outcomes[]; /* topics: contact_topics of register/contact.h */
extern const size_t question_outcome_count;

struct question {
    int64_t seq;
    const char *outcome, *topic; /* topic: NULL */
    int64_t request;             /* the request that it became; INT_NONE */
    int64_t occurred_at;
    bool undone;
};
/* One question more; solved or unhandled. Rights: RIGHT_CONTACT. */
enum err question_add(struct ctx *c, int64_t presence, const char *outcome, const char *topic) MUST_CHECK;
/* The question becomes a request: route outreach, asked on the day of the session, in the neighbourhood of
 * the place unless the form says otherwise. One transaction. Rights: RIGHT_CONTACT and RIGHT_REGISTER. */
enum err question_to_request(struct ctx *c, int64_t presence, const struct request_form *f,
                             struct request_id *ret_id) MUST_CHECK;
/* Takes the last one back that was not taken back yet; not one that became a request. Rights: RIGHT_CONTACT.
 */
enum err question_undo(struct ctx *c, int64_t presence) MUST_CHECK;
/* In the order of tallying, also those that were taken back. Rights: RIGHT_PLACE. */
enum err question_all(struct ctx *c, int64_t presence, struct question **ret_question,
                      size_t *ret_n) MUST_CHECK;

/* ── Unhandled questions ──────────────────────────────────────────────────────────────────────────────────
 *
 * A session that ends with them raises a signal (register/signal.h) about its place; as long as that signal
 * is open, the next sessions there become notes with it, so that one place is one signal. */

struct unhandled {
    int64_t presence, place, neighbourhood, team;
    const char *place_name;
    int32_t day;
    int64_t raised_at, unhandled, questions;
    int64_t signal; /* the signal that it is part of */
};
/* Sessions that ended so from that moment on, oldest first. Rights: RIGHT_PLACE. */
enum err presence_unhandled(struct ctx *c, int64_t since, struct unhandled **ret_row,
                            size_t *ret_n) MUST_CHECK;

/* ── Sums ─────────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Minutes and counts over a period up to today. promised = held as planned + cancelled + moved + unknown;
 * `held` and `unknown` also count sessions that were moved there or added. */
struct presence_sum {
    int64_t id;          /* of the place or neighbourhood */
    const char *name;    /* in the arena */
    int64_t inhabitants; /* of a neighbourhood; INT_NONE */
    int64_t promised_minutes, held_minutes, cancelled_minutes, unknown_minutes;
    int64_t worker_minutes; /* held, times the workers who were there: what presence costs */
    int64_t promised, held, cancelled, moved, unknown; /* sessions */
    int64_t visitors, questions, solved, requests, unhandled;
    /* of a neighbourhood: how many of its people asked for help by any way, and per 1,000 inhabitants with
     * its 95 % interval (Wilson); INT_NONE and 0 for a place, and where nobody lives or fewer than 5 asked
     * and the reader does not work with residents */
    int64_t asked;
    double per_thousand, lower, upper;
};
/* By place: all places. By neighbourhood: all neighbourhoods; without a minute of presence first, then by the
 * fewest hours. Rights: RIGHT_PLACE. */
enum err presence_by_place(struct ctx *c, int32_t from, int32_t to, struct presence_sum **ret_sum,
                           size_t *ret_n) MUST_CHECK;
enum err presence_by_neighbourhood(struct ctx *c, int32_t from, int32_t to, struct presence_sum **ret_sum,
                                   size_t *ret_n) MUST_CHECK;

#endif
