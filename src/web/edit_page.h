// SPDX-License-Identifier: EUPL-1.2
/* A page that changes one record: title, a sentence that says what happens, the form, its button, and a way
 * back. */
#ifndef PEIL_WEB_EDIT_PAGE_H
#define PEIL_WEB_EDIT_PAGE_H

#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"

/* What the present state says beside what was typed, when somebody else changed it meanwhile. */
struct form_difference {
    const char *label, *typed, *present; /* texts NULL: empty */
};
struct edit_page {
    struct frame frame;
    const char *action;            /* path that the form is sent to */
    const char *back, *back_label; /* where to without saving */
    const char *lead, *warning;    /* sentences above the form; NULL: none */
    const char *button;
    bool danger; /* the button does something that needs a second thought */
    struct form_view form;
    const struct form_difference *difference;
    size_t differences;
    const char *changed_by; /* who changed it meanwhile; NULL: not known */
    struct news news;       /* what others did to it meanwhile, where that is known step by step */
};
/* Fills action and back: the number stands where "{}" is: "/requests/{}/open". */
enum err edit_page_paths(struct ctx *c, struct edit_page *p, const char *action, const char *back,
                         int64_t id) MUST_CHECK;
/* After a conflict: what was typed beside the present values of the form, where they differ. */
enum err edit_page_compare(struct ctx *c, const struct req *r, const struct form *form,
                           struct edit_page *p) MUST_CHECK;
enum err edit_page_show(struct ctx *c, const struct edit_page *p, struct reply *out) MUST_CHECK;

#endif
