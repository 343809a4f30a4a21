// SPDX-License-Identifier: EUPL-1.2
/* Pages of the plan: all its versions (to print), a new version, and when it was agreed and given. */
#ifndef PEIL_WEB_PLAN_H
#define PEIL_WEB_PLAN_H

#include "register/plan.h"
#include "web/frame.h"
#include "web/reply.h"

struct plan_goal_view {
    struct goal goal;
    const char *for_whom;
};
struct plan_view {
    struct plan plan;
    const char *main;
    const struct plan_goal_view *goal;
    bool newest;
};
struct plan_page {
    struct frame frame;
    const struct request *request;
    const char *name, *worker;
    int32_t birth;
    const struct plan_view *plan; /* the newest first */
    size_t n;
    bool may_date;
};

enum err web_plan_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_plan_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_plan_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_plan_agreed_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_plan_given_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
