// SPDX-License-Identifier: EUPL-1.2
/* Steps for who waits: pause until a day, help for now, off the list. For one request from its page, for many
 * from the list. And the head that pages about one step of a request share. */
#ifndef PEIL_WEB_WAIT_STEP_H
#define PEIL_WEB_WAIT_STEP_H

#include "register/request.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/request.h"

/* Whose step it is, and after a conflict what happened since this user looked. */
struct step_head {
    const struct request *request;
    const char *name, *state, *team; /* name: "" when nobody is known */
    struct news news;
};
/* Came here from the call round, and goes back to it. */
bool in_round(const struct req *r);
enum err step_head_fill(struct ctx *c, const struct req *r, struct step_head *ret_head) MUST_CHECK;

struct step_page {
    struct frame frame;
    struct step_head head; /* request NULL: many, `id` */
    const int64_t *id;
    size_t n;
    const char *about;                    /* what the step is about: an application; NULL */
    const char *intro, *warning, *button; /* warning: NULL for none */
    const char *url;                      /* of the form */
    bool round;
    struct form_view form;
};

enum err web_pause_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_pause_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_resume_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_bridge_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_bridge_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_exit_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_exit_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* From the list: the chosen ones, and what to do with them. The first of each shows the form. */
enum err web_many_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_many_pause_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_many_bridge_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
