// SPDX-License-Identifier: EUPL-1.2
/* The urgent path on the screen: everyone in an emergency with the clock of the first action, the form for
 * that action, and the alarm that every page shows. */
#ifndef PEIL_WEB_URGENT_H
#define PEIL_WEB_URGENT_H

#include "register/urgent.h"
#include "web/today.h"
#include "web/wait_step.h"

struct urgent_row {
    const struct urgent *u;
    const char *worker;     /* "": nobody yet */
    int64_t hours, minutes; /* of the clock */
    const char *state;
};
struct urgent_page {
    struct frame frame;
    const struct urgent_row *row;
    size_t n, open; /* open: the first so many have had no action yet */
    int64_t norm_minutes;
    bool may_allocate, may_act;
};
struct protect_page {
    struct frame frame;
    struct step_head head;
    int64_t due; /* TIME_NONE: no emergency, or done */
    struct form_view form;
};

enum err web_urgent_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_protect_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_protect_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* For pages that stay open: the alarm alone, as a piece of HTML; empty when there is none. */
enum err web_urgent_alarm_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err today_urgent(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
