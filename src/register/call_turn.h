// SPDX-License-Identifier: EUPL-1.2
/* Calling one resident after another (belronde): who is next, who is being called by whom, who was put off.
 * The list is that of call_is_due; nothing here takes anyone off it. Two people who call at the same time get
 * different residents. */
#ifndef PEIL_REGISTER_CALL_TURN_H
#define PEIL_REGISTER_CALL_TURN_H

#include "register/call_round.h"

#include <stdbool.h>

enum { CALL_HOLD_MINUTES = 15, CALL_SHIFT_DAYS = 7, CALL_SHIFT_ROWS = 500 };

struct call_round {
    int64_t due;            /* must be called */
    int64_t open;           /* of those, not tried yet today */
    int64_t late;           /* not spoken to within the contact norm */
    int64_t spoken, missed; /* today */
    int64_t minutes;        /* that reaching everyone who is due takes, about */
};
/* Rights: RIGHT_CALL; within scope. team INT_NONE: all that the user sees. */
enum err call_round_get(struct ctx *c, int64_t team, struct call_round *ret_round) MUST_CHECK;
/* The next one to call, held for this user for CALL_HOLD_MINUTES; v = 0 when everyone was tried today. */
enum err call_round_next(struct ctx *c, int64_t team, struct request_id *ret_id) MUST_CHECK;
/* Puts this one off to the end of the round of today and takes the next. */
enum err call_round_skip(struct ctx *c, struct request_id id, int64_t team,
                         struct request_id *ret_next) MUST_CHECK;
/* Who else is calling this resident now; NULL: nobody. */
enum err call_round_other(struct ctx *c, struct request_id id, const char **ret_name) MUST_CHECK;

enum call_result { CALL_REACHED, CALL_MISSED, CALL_BACK, CALL_NOT_NEEDED, CALL_MORE_URGENT };
struct call_turn_form {
    struct request_id request;
    int64_t version; /* as the user saw it */
    int64_t team;    /* of the round; INT_NONE: all */
    enum call_result result;
    int64_t back_at;             /* CALL_BACK: when; else TIME_NONE */
    int32_t next;                /* agreed day of the next call; DAY_NONE: within the contact norm */
    const char *note;            /* NULL */
    const char *phone, *address; /* as the resident confirms them; NULL: as they are */
};
/* One call of the round: the event, the contact data that changed, and the next one to call, all or nothing.
 * Reached, not needed and more urgent are talks, which end the silence; "call back" is not: nobody was spoken
 * to about the waiting. Nobody leaves the list by it. */
enum err call_turn_add(struct ctx *c, const struct call_turn_form *f, struct request_id *ret_next) MUST_CHECK;

/* For who takes over: everyone who must be called, and who was promised a call in the coming days. */
enum shift_state { SHIFT_OPEN, SHIFT_SKIPPED, SHIFT_MISSED, SHIFT_PROMISED };
struct call_shift {
    int64_t id;
    char number[32];
    const char *name, *team; /* name: "" when nobody is known */
    enum shift_state state;
    int64_t urgency, attempts;
    int64_t heard_at, called_at; /* called_at: TIME_NONE, never */
    int64_t call_at;             /* promised; TIME_NONE */
    bool late;
    const char *caller; /* who calls them now; NULL */
};
/* At most CALL_SHIFT_ROWS, longest silence first. Rights: RIGHT_CALL; the look is logged. */
enum err call_shift_get(struct ctx *c, int64_t team, const struct call_shift **ret_row,
                        size_t *ret_n) MUST_CHECK;

#endif
