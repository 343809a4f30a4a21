// SPDX-License-Identifier: EUPL-1.2
/* The list of what is due in the help of residents, and its blocks of today. */
#ifndef PEIL_WEB_DUE_H
#define PEIL_WEB_DUE_H

#include "web/reply.h"
#include "web/today.h"

enum err web_due_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err today_evaluation(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_arrival(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_aftercare(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
