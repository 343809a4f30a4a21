// SPDX-License-Identifier: EUPL-1.2
/* A register with one team, one worker, and requests in each stage of help, for the tests of those stages. */
#ifndef PEIL_TEST_CASE_HELP_H
#define PEIL_TEST_CASE_HELP_H

#include "register/closing.h"
#include "register/help_line.h"
#include "register/session.h"
#include "register/talk.h"

struct case_test {
    struct ctx *c;
    struct session as;
    int64_t team, worker, other_worker;
};
/* A context on 3 January 2024 with a team and two workers; the user is the first worker. */
struct case_test case_begin(void);
/* Moves the clock on, `days` later at noon. */
void case_later(struct case_test *t, int days);
void case_as(struct case_test *t, enum role role, int64_t worker);
/* A request asked three days before, given to the first worker. */
struct request_id case_request(struct case_test *t);
/* The same after a first talk held today. */
struct request_id case_talked(struct case_test *t);
/* And with a plan of two goals, agreed today. */
struct request_id case_planned(struct case_test *t);
struct talk_form case_talk_form(const struct case_test *t, struct request_id id);
struct plan_form case_plan_form(const struct case_test *t, struct request_id id);
struct closing_form case_closing_form(const struct case_test *t, struct request_id id);
/* A line of help of this kind started today; its id. */
int64_t case_line(struct case_test *t, struct request_id id, const char *kind);
struct request case_get(struct case_test *t, struct request_id id);
struct care case_care(struct case_test *t, struct request_id id);

#endif
