// SPDX-License-Identifier: EUPL-1.2
/* Expected periods (verwachte periode) that were told to residents: every version ever told, with what was
 * said, how sure it was then, along which way, by whom, and whether it was understood. Whether a period may
 * be told at all is decided in one place: account/expectation.h.
 *
 * Telling is the event KIND_WINDOW_TOLD: `until` is the last day, `number` the days from the first to the
 * last, `reason` the way. Taking it back is KIND_UNDONE, as for every event; the version stays visible. */
#ifndef PEIL_REGISTER_WINDOW_TOLD_H
#define PEIL_REGISTER_WINDOW_TOLD_H

#include "register/request.h"

/* Along which way: call, letter, text, talk, page. */
extern const struct code_name window_channels[];
extern const size_t window_channel_count;
/* Did the resident understand it: yes, no. NULL: not asked, as with a letter. */
extern const struct code_name window_understood[];
extern const size_t window_understood_count;

enum { WINDOW_DAYS_MAX = 3 * 366 };

/* What is told: the first day, the middle and the last day of the period in which it is the resident's turn,
 * and of 1000 such periods how many were right. */
struct window_said {
    int32_t from, middle, to;
    int32_t made_on;  /* day on which it was computed */
    int64_t hit_rate; /* of 1000 */
    int64_t scored;   /* periods that this was known of; at least 1: none is told without it */
};
struct window_form {
    struct request_id request;
    int64_t version; /* as the user saw it; -1: any */
    struct window_said said;
    const char *channel;    /* of window_channels */
    const char *understood; /* of window_understood; NULL */
    int64_t at;             /* TIME_NONE: now */
};
/* Whether this user may tell a period that way: who sends letters and text messages in one of those, who
 * calls in every way. E_FORBIDDEN. */
enum err window_may(struct ctx *c, const char *channel) MUST_CHECK;
/* Writes down that it was told. Rights: window_may. E_INVALID with field "period", "channel" or "understood";
 * E_CONFLICT when the request does not wait any more. */
enum err window_tell(struct ctx *c, const struct window_form *f, int64_t *ret_seq) MUST_CHECK;

struct window_told {
    int64_t request, seq;
    int64_t told_at, recorded_at;
    struct window_said said; /* an import tells no more than the period: hit_rate and scored 0 */
    const char *channel, *understood, *who;
    bool undone; /* taken back later */
};
/* Every version told, the first first; of a request that request_get has given. */
enum err window_told_all(struct ctx *c, const struct request *q, const struct window_told **ret_told,
                         size_t *ret_n) MUST_CHECK;
/* The one that holds: told last and not taken back. NULL: none. */
const struct window_told *window_told_last(const struct window_told *told, size_t n);

/* The period that holds of everyone who waits and was told one; ascending by request. */
struct window_waiting {
    int64_t request, person, urgency, team, received_at;
    int64_t times; /* how often this resident was told one */
    struct window_told told;
};
/* team INT_NONE: all that the user sees. Rights: RIGHT_WAITING_LIST; within scope. */
enum err window_waiting_list(struct ctx *c, int64_t team, const struct window_waiting **ret_row,
                             size_t *ret_n) MUST_CHECK;
/* Of one request in such a list; NULL. */
const struct window_waiting *window_waiting_find(const struct window_waiting *row, size_t n, int64_t request);

/* Inside db_tx, after every change of a request: which period holds now. The events are as standing_replay
 * left them. */
enum err window_told_put(struct ctx *c, int64_t request, const struct event *event, size_t n) MUST_CHECK;
/* Whether the register says the same. */
enum err window_told_same(struct ctx *c, int64_t request, const struct event *event, size_t n,
                          bool *ret_same) MUST_CHECK;

#endif
