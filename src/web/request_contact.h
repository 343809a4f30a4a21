// SPDX-License-Identifier: EUPL-1.2
/* The part of a request's page about contact: what was asked at the intake, safe contact, call-backs, letters
 * and messages. */
#ifndef PEIL_WEB_REQUEST_CONTACT_H
#define PEIL_WEB_REQUEST_CONTACT_H

#include "web/contact.h"
#include "web/request_new.h"

struct request_contact {
    int64_t request;
    const char *safe; /* in one line */
    struct intake_view intake;
    const struct callback_view *callback;
    size_t callbacks;
    bool may_contact, may_message;
};
enum err request_contact_fill(struct ctx *c, const struct request *q,
                              struct request_contact *ret_part) MUST_CHECK;

#endif
