// SPDX-License-Identifier: EUPL-1.2
/* Registering a new request (nieuwe aanmelding): one page, by keyboard, in under a minute. When the resident
 * may be known already, the likely same persons are shown first; "go on anyway" or one of them is then part
 * of the same form. */
#ifndef PEIL_WEB_REQUEST_NEW_H
#define PEIL_WEB_REQUEST_NEW_H

#include "register/person.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"

struct same_view {
    int64_t person, request; /* request: INT_NONE when the user may see none */
    const char *name, *why, *number, *state;
    int32_t birth, received;
};
struct request_new_page {
    struct frame frame;
    struct field name, birth, phone, question, received, why;
    struct choice channel, route, neighbourhood, safe, danger, urgency;
    const struct same_view *same; /* who may be the same person */
    size_t n_same;
    struct form_errors wrong;
};

extern const struct form_field request_new_fields[];
enum { REQUEST_NEW_FIELDS = 13 };

enum err web_request_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_request_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
