// SPDX-License-Identifier: EUPL-1.2
/* Telling the expected period: on the page of a request, in the call round, and the list of who must hear
 * before the date. */
#ifndef PEIL_WEB_WINDOW_TELL_H
#define PEIL_WEB_WINDOW_TELL_H

#include "account/expectation.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"
#include "web/request_card.h"
#include "web/sheet_view.h"
#include "web/today.h"
#include "web/wait_step.h"

struct window_page {
    struct frame frame;
    struct step_head head;
    struct expectation_offer offer;
    const char *say; /* what to say to the resident */
    const char *was; /* what was told before, when that changes; NULL */
    struct form_view form;
    struct sheet_view told; /* every version */
};
struct tell_page {
    struct frame frame;
    struct sheet_view sheet;
    int64_t count[TELL_FIRST + 1];
};

/* To the resident: "It is probably your turn between ... Such a period is right for 8 out of 10 people." */
enum err window_say(struct ctx *c, const struct expectation *e, const char **ret_text) MUST_CHECK;
/* "We told you that it would be your turn between ... That is not going to work." */
enum err window_was(struct ctx *c, const struct window_told *told, const char **ret_text) MUST_CHECK;
/* "7 dec 2026 - 20 dec 2026", as days stand on a page, or a word or two on why there is none. */
enum err window_short(struct ctx *c, const struct expectation *e, const char **ret_text) MUST_CHECK;
/* The period that stood on the page that was sent. E_INVALID on field "told" without one. */
enum err window_shown(struct ctx *c, const struct req *r, struct expectation_tell_form *ret_form) MUST_CHECK;

enum err web_window_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_window_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_tell_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err today_tell(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err card_expected(struct ctx *c, const struct request *r, struct request_card *k) MUST_CHECK;

#endif
