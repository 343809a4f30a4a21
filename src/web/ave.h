// SPDX-License-Identifier: EUPL-1.2
/* AVE: the form that changes a request's level of escalation, and the list of open escalations. */
#ifndef PEIL_WEB_AVE_H
#define PEIL_WEB_AVE_H

#include "register/ave.h"
#include "web/frame.h"
#include "web/reply.h"
#include "web/sheet_view.h"
#include "web/today.h"

struct ave_fact {
    const char *name;
    int64_t level, n, days;
};
struct ave_page {
    struct frame frame;
    struct sheet_view sheet;
    struct ave_fact fact[AVE_MOST];
    size_t facts;
};

enum err web_ave_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_ave_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_ave_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* Escalations of which the day to look again has passed. */
enum err today_ave(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
