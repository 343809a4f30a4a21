// SPDX-License-Identifier: EUPL-1.2
/* What the page of a request says about people: whose it is, who lives there and helps, who directs, what it
 * was joined with, and who may see it. */
#ifndef PEIL_WEB_REQUEST_PEOPLE_H
#define PEIL_WEB_REQUEST_PEOPLE_H

#include "register/household.h"
#include "register/network.h"
#include "register/request.h"
#include "web/frame.h"
#include "web/regie.h"

struct request_helper_view {
    const char *kind, *name, *phone, *told, *message; /* message: NULL when the resident alone gets them */
};
struct request_people {
    const struct frame *frame;
    const struct request *request;
    struct household_sum household;
    struct request_helper_view *helper; /* of now */
    size_t helpers;
    struct regie_part regie;
    const int64_t *child; /* requests that this one stands for */
    size_t children;
    bool may_merge, may_seal, may_readers, content_closed, has_account;
};
/* frame, q: live as long as the page. */
enum err request_people_fill(struct ctx *c, const struct frame *frame, const struct request *q,
                             struct request_people *ret_people) MUST_CHECK;

#endif
