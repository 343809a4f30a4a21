// SPDX-License-Identifier: EUPL-1.2
/* What changed on a waiting list on a day (verandering): more or fewer ask, more or fewer can be helped, help
 * takes longer or shorter. People know such a thing on the day itself, while a register shows it only after
 * weeks that could also be chance. By how much is not asked: the forecast learns that from what happens after
 * it (forecast/history.h). Only ever appended; a mistake is taken back and stays to be seen. */
#ifndef PEIL_REGISTER_LIST_CHANGE_H
#define PEIL_REGISTER_LIST_CHANGE_H

#include "register/code.h"
#include "register/config.h"

enum { LIST_CHANGE_NOTE = 200, LIST_CHANGE_DAYS = 3 * 365 /* how long ago it may be */ };
extern const struct code_name list_change_whats[]; /* requests, starts, help */
extern const size_t list_change_what_count;

struct list_change {
    int64_t id, team; /* INT_NONE: every list */
    const char *what; /* a code of list_change_whats */
    int32_t day;      /* from this day on */
    const char *note; /* what happened; no names */
    int64_t recorded_at;
    const char *who;   /* NULL: nobody that is still known */
    int64_t undone_at; /* TIME_NONE: it stands */
};
struct list_change_form {
    int64_t team;
    const char *what, *note;
    int32_t day;
};
/* All of them, the latest day first. Rights: RIGHT_FIGURES. */
enum err list_change_all(struct ctx *c, struct list_change **ret_change, size_t *ret_n) MUST_CHECK;
/* Whether this user may write one down for the list of a team; INT_NONE: for every list. Where the city has
 * one list, that is the own one of each team. */
bool list_change_may(const struct ctx *c, const struct config *k, int64_t team);
/* Where the city has one list, that of a team is that one. The same that stands already, as a button pressed
 * twice sends it, is that one. Rights: list_change_may. Errors: E_INVALID with the field, also when the
 * change stands there with another note. */
enum err list_change_add(struct ctx *c, const struct list_change_form *f, int64_t *ret_id) MUST_CHECK;
/* Taken back twice is once. Rights: list_change_may. E_NOT_FOUND. */
enum err list_change_undo(struct ctx *c, int64_t id) MUST_CHECK;

#endif
