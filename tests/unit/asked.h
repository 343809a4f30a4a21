// SPDX-License-Identifier: EUPL-1.2
#ifndef PEIL_TEST_ASKED_H
#define PEIL_TEST_ASKED_H

#include "register/contact.h"
#include "register/request.h"

/* Jan de Vries, who phoned three days ago about money, in no neighbourhood or team, of the usual urgency:
 * what a test changes of it is what the test is about. */
struct request_form asked(const struct ctx *c);
/* Registers it; the test goes on when that fails, with request 0. */
struct request_id asked_add(struct ctx *c, const struct request_form *f);
/* Of this person, with this team. */
struct request_id asked_of(struct ctx *c, struct identity who, int64_t team);
/* As it is now; empty when a check failed. */
struct request asked_get(struct ctx *c, struct request_id id);
/* A new team; its number. */
int64_t asked_team(struct ctx *c, const char *name);
/* For db_tx; arg: int64_t[2], the numbers of Oost and West. */
enum err asked_two_teams(struct ctx *c, void *arg);
/* A resident who is not named phones about one topic and has an answer at once: a line of the tally. */
struct contact_form asked_call(const char *topic, int64_t occurred_at);

#endif
