// SPDX-License-Identifier: EUPL-1.2
#ifndef PEIL_TEST_ASKED_H
#define PEIL_TEST_ASKED_H

#include "register/request.h"

/* Jan de Vries, who phoned three days ago about money, in no neighbourhood or team, of the usual urgency:
 * what a test changes of it is what the test is about. */
struct request_form asked(const struct ctx *c);
/* Registers it; the test goes on when that fails, with request 0. */
struct request_id asked_add(struct ctx *c, const struct request_form *f);

#endif
