// SPDX-License-Identifier: EUPL-1.2
/* What people see when something goes wrong: what it is, and what they can do. */
#ifndef PEIL_WEB_ERROR_H
#define PEIL_WEB_ERROR_H

#include "web/frame.h"
#include "web/reply.h"

struct error_page {
    struct frame frame;
    int status;
    const char *text, *advice;
};

/* The page for the failure that the context holds; the reply gets its status. */
enum err web_error(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
