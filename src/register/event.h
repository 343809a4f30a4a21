// SPDX-License-Identifier: EUPL-1.2
/* Events of a request as rows of the register, and its standing: what the files of the register layer share.
 */
#ifndef PEIL_REGISTER_EVENT_H
#define PEIL_REGISTER_EVENT_H

#include "register/state.h"
#include "store/sql.h"

/* Writes one event; `seq` is its number. */
enum err event_append(struct ctx *c, int64_t request, const struct event *e, struct blob note) MUST_CHECK;
/* Writes how a request stands, and brings those that it is joined with up to date; call it with the outcome
 * of standing_replay after every event. */
enum err standing_store(struct ctx *c, int64_t request, int64_t person, int64_t neighbourhood,
                        const struct standing *s) MUST_CHECK;
/* An event recorded now by this user. */
struct event event_now(struct ctx *c, enum kind kind, int64_t occurred_at, int64_t seq);
/* A free text, sealed with the person's key; NULL data for no text. */
enum err note_seal(struct ctx *c, int64_t person, const char *text, struct blob *ret_sealed) MUST_CHECK;

#endif
