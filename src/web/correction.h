// SPDX-License-Identifier: EUPL-1.2
/* Taking back one step of a request: a mistake. The step stays visible, struck through, with the reason. */
#ifndef PEIL_WEB_CORRECTION_H
#define PEIL_WEB_CORRECTION_H

#include "register/request.h"
#include "web/reply.h"

/* Whether this user may take this step back; the register decides again. */
bool correction_may(const struct ctx *c, const struct event *e);
enum err web_correction_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_correction_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
