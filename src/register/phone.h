// SPDX-License-Identifier: EUPL-1.2
/* Phone figures (telefoon): calls as the exchange reported them, or counted by hand for each half hour of a
 * day. Offered, answered, abandoned, and how long it took. The number of a caller is kept, sealed, only of a
 * call that was missed, to call back; every other call is just times. */
#ifndef PEIL_REGISTER_PHONE_H
#define PEIL_REGISTER_PHONE_H

#include "register/config.h"

enum { PHONE_HALF_HOURS = 48, PHONE_SHORT = 10 }; /* who hangs up within 10 seconds was not missed */

/* A period of calls added up. */
struct phone_sum {
    int64_t offered, answered, abandoned;
    int64_t missed;   /* abandoned after more than PHONE_SHORT seconds */
    int64_t in_time;  /* answered within the norm; INT_NONE when not all were timed */
    int64_t seconds;  /* that those who were answered waited together; INT_NONE when not known */
    int64_t p50, p90; /* seconds until answered; INT_NONE: only counted by hand, or none */
    bool by_hand;     /* (also) counted by hand */
};
struct phone_half_hour {
    int half_hour; /* 0: 00:00-00:30 */
    struct phone_sum sum;
    int64_t version; /* of the count by hand; 0: none */
};
struct phone_day {
    struct phone_half_hour row[PHONE_HALF_HOURS]; /* only those with calls or a count */
    size_t n;
    struct phone_sum sum;
};
/* One day. Where the exchange reported calls in a half hour, a count by hand of it is left out. Rights:
 * RIGHT_CONTACT or RIGHT_FIGURES. */
enum err phone_day_get(struct ctx *c, int32_t day, struct phone_day *ret_day) MUST_CHECK;
/* Days [from, to], added up. */
enum err phone_period_get(struct ctx *c, int32_t from, int32_t to, struct phone_sum *ret_sum) MUST_CHECK;

struct phone_count_form {
    int32_t day;
    int half_hour;
    int64_t offered, answered, abandoned;
    int64_t in_time, seconds; /* INT_NONE: not counted */
    int64_t seen;             /* version that the user saw; 0: there was none */
};
/* Counts a half hour by hand, or corrects it; the old numbers stay in the history. Rights: RIGHT_CONTACT.
 * Errors: E_INVALID with the field; E_CONFLICT when someone else counted it in the meantime. */
enum err phone_count_add(struct ctx *c, const struct phone_count_form *f) MUST_CHECK;

struct phone_missed {
    int64_t id, offered_at, seconds, person;
    const char *queue, *name, *phone; /* "" when not known */
};
/* Missed calls of [from, to] that nobody promised to call back, the newest first; logged. Rights:
 * RIGHT_CONTACT. */
enum err phone_missed(struct ctx *c, int32_t from, int32_t to, struct phone_missed **ret_missed,
                      size_t *ret_n) MUST_CHECK;
/* One of them, for the form that promises a call-back. */
enum err phone_missed_get(struct ctx *c, int64_t id, struct phone_missed *ret_missed) MUST_CHECK;

/* ── For imports and the demo, inside db_tx ── */
enum err phone_import_begin(struct ctx *c, const char *file, int64_t *ret_import,
                            int64_t *ret_keeper) MUST_CHECK;
struct phone_import_counts {
    int64_t lines, rejected, added, known;
};
enum err phone_import_end(struct ctx *c, int64_t import, const struct phone_import_counts *n) MUST_CHECK;
struct phone_call {
    int64_t import, keeper;
    const char *key; /* by which this call is known again */
    int64_t offered_at, answered_at, seconds;
    bool abandoned;
    const char *queue, *caller; /* NULL: not known */
};
/* *ret_new false: it was there already. */
enum err phone_call_put(struct ctx *c, const struct phone_call *call, bool *ret_new) MUST_CHECK;

#endif
