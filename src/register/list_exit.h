// SPDX-License-Identifier: EUPL-1.2
/* Leaving the waiting list without a first talk: only by someone's decision, with a reason that goes into the
 * report. Not reached is no reason by itself: three tries on at least two days and a letter, and then the
 * team lead decides. */
#ifndef PEIL_REGISTER_LIST_EXIT_H
#define PEIL_REGISTER_LIST_EXIT_H

#include "register/code.h"
#include "register/request.h"

enum { EXIT_ATTEMPTS = 3, EXIT_DAYS = 2 };
/* Reason of the event `informed` that a letter about not reaching someone was sent. */
#define REASON_LETTER_UNREACHED "unreached"

extern const struct code_name exit_reasons[];
extern const size_t exit_reason_count;

struct exit_form {
    struct request_id request;
    int64_t version;    /* as the user saw it; -1: any */
    const char *reason; /* code of exit_reasons */
    const char *note;   /* needed for "other"; else NULL */
};
/* Takes a request off the list; an action that can be undone. Rights: RIGHT_EVENT ("unreachable": team lead).
 */
enum err list_exit_add(struct ctx *c, const struct exit_form *f, int64_t *ret_batch) MUST_CHECK;

/* The rules for an event that would end the waiting, whoever adds it and by which screen. `event` are all of
 * the request as standing_replay sorts them; called by request_append. */
enum err list_exit_check(struct ctx *c, const struct event *event, size_t n, bool waiting,
                         const struct event *e) MUST_CHECK;
/* A letter was sent because the resident was not reached. Rights: RIGHT_CALL. */
enum err list_exit_letter(struct ctx *c, struct request_id id, int64_t version) MUST_CHECK;

#endif
