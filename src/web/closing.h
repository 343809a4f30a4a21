// SPDX-License-Identifier: EUPL-1.2
/* Pages of closing, of another judgement on direct help, of the call afterwards, and of asking again. */
#ifndef PEIL_WEB_CLOSING_H
#define PEIL_WEB_CLOSING_H

#include "web/reply.h"

enum err web_close_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_close_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_direct_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_direct_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_aftercare_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_aftercare_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_reopen_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_reopen_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
