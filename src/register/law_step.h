// SPDX-License-Identifier: EUPL-1.2
/* Steps of the legal track (Wmo-melding, aanvraag, besluit, bezwaar) as they are written down, and the terms
 * of one request. */
#ifndef PEIL_REGISTER_LAW_STEP_H
#define PEIL_REGISTER_LAW_STEP_H

#include "register/law.h"
#include "register/request.h"

/* Writes how the legal track stands; call it inside db_tx after every event, with the events as
 * standing_replay left them. Does nothing for a request without legal track. `added` is the number of the new
 * event (0: none): E_CONFLICT when the legal track does not allow it, or when it makes another one
 * impossible.
 */
enum err law_store(struct ctx *c, int64_t request, const struct event *event, size_t n,
                   int64_t added) MUST_CHECK;

/* The legal track of a request that was read, and its terms now. */
struct law_file {
    struct law law;
    struct law_options options;
    const struct law_term *term;
    size_t terms;
};
enum err law_file_get(struct ctx *c, const struct request *r, struct law_file *ret_file) MUST_CHECK;

struct law_step {
    struct request_id request;
    int64_t version; /* as the user saw it; -1: any */
    enum kind kind;
    int32_t day;         /* on which it happened; DAY_NONE: a Wmo report counts from the day of asking */
    int64_t application; /* its number; INT_NONE */
    const char *code;    /* provision, ground, result, what was said of the family plan; NULL */
    int32_t until;       /* last day of a letter, next review; DAY_NONE */
    int64_t number;      /* suspension that ends, euros, 1: a committee, who must act; INT_NONE */
    const char *note;
};
/* Writes one step. Rights: RIGHT_WMO for the report and for receiving an application, RIGHT_CASE for the
 * youth plan, RIGHT_DECISION for the rest; and within scope. Errors: E_INVALID with the field ("day",
 * "application", "code", "until", "number"), E_CONFLICT. */
enum err law_step_add(struct ctx *c, const struct law_step *step, int64_t *ret_seq) MUST_CHECK;

/* Takes back step `seq`, which stays visible: for who wrote it down, or the team lead, with the right that it
 * asked for. E_CONFLICT when a later step depends on it. */
enum err law_step_take_back(struct ctx *c, struct request_id request, int64_t version,
                            int64_t seq) MUST_CHECK;
/* Whether this user can: a step of the legal track that was not taken back. */
bool law_step_is_mine(const struct ctx *c, const struct event *e);
/* Whether this step can be written down now: by the state of the track and by the rights of the user. For one
 * application, or INT_NONE. */
enum err law_step_possible(struct ctx *c, const struct request *r, const struct law_file *f, enum kind kind,
                           int64_t application, bool *ret_possible) MUST_CHECK;

/* Compares the stored track of a request with its events: for `peil check`. */
enum err law_check(struct ctx *c, int64_t request, struct event *event, size_t n, bool *ret_same) MUST_CHECK;

#endif
