// SPDX-License-Identifier: EUPL-1.2
/* The call round on the screen: one resident after another with number, safe way, script, last talk and five
 * outcomes; what it costs; and the page for who takes over. */
#ifndef PEIL_WEB_CALL_ROUND_H
#define PEIL_WEB_CALL_ROUND_H

#include "account/expectation.h"
#include "register/call_turn.h"
#include "web/sheet_view.h"
#include "web/wait_step.h"

struct calls_page {
    struct frame frame;
    struct call_round round;
    int64_t hours, half; /* of the round; half: 5 when half an hour comes on top, else 0 */
    int64_t contact_days;
    struct choice team; /* n = 0: no choice */
};
struct script_line {
    const char *text;
};
struct call_page {
    struct frame frame;
    struct step_head head;
    struct call_round round;
    const char *phone, *safe, *warning; /* NULL: none */
    bool stop;                          /* calling is not safe now */
    const char *other;                  /* who else is calling; NULL */
    struct script_line line[12];
    size_t lines;
    const struct event_view *last; /* the last calls, newest first */
    size_t n_last;
    int64_t silent_days, gross_days, attempts;
    struct expectation_offer offer;
    const char *period;     /* what to say of it */
    const char *period_was; /* what was told before, when that changes; NULL */
    bool letter;            /* three tries: a letter must be sent */
    int64_t team;
    struct form_view form;
};
struct shift_page {
    struct frame frame;
    struct call_round round;
    struct sheet_view sheet;
};

enum err web_calls_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_calls_next_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_call_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_call_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_call_skip_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_call_letter_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_call_shift_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
