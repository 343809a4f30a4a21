// SPDX-License-Identifier: EUPL-1.2
/* How the resident of a request may safely be reached: read it, and change the answers. */
#ifndef PEIL_WEB_SAFE_CONTACT_H
#define PEIL_WEB_SAFE_CONTACT_H

#include "register/request.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"

struct safe_page {
    struct frame frame;
    const struct request *request;
    const char *name, *safe;
    struct form_view form;
};

enum err web_safe_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_safe_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
