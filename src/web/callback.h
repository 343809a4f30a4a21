// SPDX-License-Identifier: EUPL-1.2
/* Call-backs: the list of what is open, one of them with its form, and promising one. */
#ifndef PEIL_WEB_CALLBACK_H
#define PEIL_WEB_CALLBACK_H

#include "register/callback.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"
#include "web/sheet_view.h"
#include "web/today.h"

struct callback_list_page {
    struct frame frame;
    struct sheet_view sheet;
    struct tab tab[2];
    struct callback_figures figures; /* of the last 91 days */
    int64_t late;                    /* of those in the list */
};
struct callback_step_view {
    const char *title, *note, *who;
    int64_t at;
};
struct callback_page {
    struct frame frame;
    const struct callback *callback;
    const char *topic, *state, *look, *safe, *warning; /* warning: "" when calling is safe now */
    const struct callback_step_view *step;
    size_t n;
    struct form_view form, give;
    bool open;
};
struct callback_new_page {
    struct frame frame;
    struct form_view form;
    const char *name; /* of the person that it is about; "" */
};

enum err web_callback_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_callback_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_callback_try_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_callback_give_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_callback_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_callback_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err today_callbacks(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
