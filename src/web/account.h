// SPDX-License-Identifier: EUPL-1.2
/* The own account (mijn account): the language of the screens and the password. */
#ifndef PEIL_WEB_ACCOUNT_H
#define PEIL_WEB_ACCOUNT_H

#include "register/own_account.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"

struct account_page {
    struct frame frame;
    struct own_account own;
    const char *role;
    struct form_view language, password;
};
enum err web_account_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_account_language_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_account_password_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
