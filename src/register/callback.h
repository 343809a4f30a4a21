// SPDX-License-Identifier: EUPL-1.2
/* A call-back (terugbelverzoek): a promise to call someone back, with an owner, attempts and a result. It is
 * kept by the day that was agreed, or else by the norm in working days (setting norm.callback, 2); that last
 * day is always computed. */
#ifndef PEIL_REGISTER_CALLBACK_H
#define PEIL_REGISTER_CALLBACK_H

#include "register/config.h"
#include "register/history.h"
#include "register/person.h"

enum { CALLBACK_ATTEMPTS = 3 }; /* in vain, before it may be ended as not reached */

struct callback_promise {
    int64_t person;           /* INT_NONE: nobody we know; then `who` */
    struct identity who;      /* name and number of someone who is not registered; sealed with the promise */
    int64_t request, contact; /* that it belongs to; INT_NONE */
    int64_t missed;           /* the missed call that it answers; INT_NONE */
    int64_t promised_at;      /* TIME_NONE: now */
    int32_t by_day;           /* agreed last day; DAY_NONE: the norm */
    int64_t owner;            /* account that will call; INT_NONE: whoever is on the phone */
    const char *topic, *note; /* NULL */
};
/* Rights: RIGHT_CONTACT. Errors: E_INVALID "phone" when there is no number to call, "by_day" in the past. */
enum err callback_add(struct ctx *c, const struct callback_promise *p, int64_t *ret_id) MUST_CHECK;
/* The same inside db_tx, without checks. For contacts and the demo. */
enum err callback_put(struct ctx *c, const struct callback_promise *p, int64_t *ret_id) MUST_CHECK;

enum callback_state {
    CALLBACK_OPEN,
    CALLBACK_REACHED,
    CALLBACK_UNREACHABLE,
    CALLBACK_WITHDRAWN,
    CALLBACK_STATES
};
const char *callback_state_name(const struct ctx *c, enum callback_state state);
const char *callback_state_code(enum callback_state state);

struct callback {
    int64_t id, person, keeper, request, contact, missed;
    int64_t promised_at, recorded_at, tried_at, done_at;
    int64_t account, owner, team, attempts, version;
    int32_t by_day, due; /* due: the last day on which the promise is kept */
    enum callback_state state;
    const char *topic, *name, *phone, *note, *owner_name; /* "" when unknown */
    bool late;                                            /* open past its last day, or done after it */
};
/* Rights: RIGHT_CONTACT; looks are logged. */
enum err callback_get(struct ctx *c, int64_t id, struct callback *ret_callback) MUST_CHECK;
/* All that are open, the first due first. */
enum err callback_open(struct ctx *c, struct callback **ret_callback, size_t *ret_n) MUST_CHECK;
/* Promised in [from, to), the newest first. */
enum err callback_between(struct ctx *c, int64_t from, int64_t to, struct callback **ret_callback,
                          size_t *ret_n) MUST_CHECK;
/* Those of a person, a request or a contact (the others INT_NONE), without a log of its own: the page that
 * shows them is logged. */
struct callback_about {
    int64_t person, request, contact;
};
enum err callback_of(struct ctx *c, const struct callback_about *about, struct callback **ret_callback,
                     size_t *ret_n) MUST_CHECK;

enum callback_result {
    CALL_RESULT_REACHED,
    CALL_RESULT_NOT_REACHED,
    CALL_RESULT_UNREACHABLE,
    CALL_RESULT_WITHDRAWN
};
struct callback_attempt {
    int64_t id, seen; /* the version that the user saw */
    enum callback_result result;
    const char *note;
};
/* What came of it. Reached: also the call of the request that it belongs to, when that waits, so that nobody
 * types it twice. Unreachable only after CALLBACK_ATTEMPTS; withdrawn needs a note. Rights: RIGHT_CONTACT.
 * Errors: E_CONFLICT when someone else was first or it is done. */
enum err callback_try(struct ctx *c, const struct callback_attempt *a) MUST_CHECK;
/* Someone else will call. Rights: RIGHT_CONTACT. */
enum err callback_give(struct ctx *c, int64_t id, int64_t seen, int64_t owner) MUST_CHECK;
/* Steps of one, the oldest first. */
enum err callback_history(struct ctx *c, const struct callback *b, const struct happening **ret_h,
                          size_t *ret_n) MUST_CHECK;

/* The last day of a promise. */
int32_t callback_due(const struct config *k, int64_t promised_at, int32_t by_day);

struct callback_figures {
    int64_t promised, in_time, late, open, overdue, unreachable, withdrawn;
};
/* Of the promises made in [from, to); promised = all but the withdrawn ones. A promise that is open and not
 * yet due is in `open` only. */
enum err callback_figures(struct ctx *c, int64_t from, int64_t to, struct callback_figures *ret_f) MUST_CHECK;

#endif
