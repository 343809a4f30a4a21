// SPDX-License-Identifier: EUPL-1.2
/* Forms of the household: someone who lives there, someone who left. */
#ifndef PEIL_WEB_HOUSEHOLD_H
#define PEIL_WEB_HOUSEHOLD_H

#include "web/reply.h"

enum err web_household_add_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_household_add_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_household_leave_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_household_leave_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
