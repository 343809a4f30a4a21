// SPDX-License-Identifier: EUPL-1.2
/* Logging in and out. */
#ifndef PEIL_WEB_LOGIN_H
#define PEIL_WEB_LOGIN_H

#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"

struct login_page {
    struct frame frame;
    struct field login, password;
    struct form_errors wrong;
};

/* The first page: what this role begins the day with. */
enum err web_home_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_login_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_login_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_logout_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
