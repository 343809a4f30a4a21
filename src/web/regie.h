// SPDX-License-Identifier: EUPL-1.2
/* Forms of a request: who directs it (regie), and on which level of escalation it is (AVE). */
#ifndef PEIL_WEB_REGIE_H
#define PEIL_WEB_REGIE_H

#include "register/regie.h"
#include "web/edit_page.h"
#include "web/reply.h"

enum err web_regie_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_regie_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* The workers that can be picked for a request. */
enum err regie_options(struct ctx *c, const struct request *q, const char *name,
                       struct form_options *ret_options) MUST_CHECK;

/* For the page of a request: who directs it, and who did before; above which level of escalation. */
struct regie_part {
    int64_t request;
    const struct regie_line *line; /* the newest first */
    size_t n;
    const char *ave, *ave_owner; /* ave: NULL on level 1 */
    int64_t ave_since, ave_review;
    bool may_change;
};
enum err regie_part_fill(struct ctx *c, const struct request *q, struct regie_part *ret_part) MUST_CHECK;

#endif
