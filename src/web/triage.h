// SPDX-License-Identifier: EUPL-1.2
/* Triage on the screen: safety first, then the class with its written criteria, and why. One page, so that it
 * takes a minute; the register saves nothing without the safety check. */
#ifndef PEIL_WEB_TRIAGE_H
#define PEIL_WEB_TRIAGE_H

#include "web/wait_step.h"

struct triage_class {
    const char *code; /* of the radio */
    const char *criterion[12];
    size_t n;
    bool chosen;
};
struct triage_page {
    struct frame frame;
    struct step_head head;
    struct form_view safety, rest; /* rest: why the change, and why this urgency */
    struct triage_class class[4];  /* the most urgent first */
    const char *class_error;
    bool round;
    bool steps; /* the five steps were ticked as read */
    const char *steps_error;
    const char *was; /* the class before this judgement; NULL: not judged yet */
};

enum err web_triage_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_triage_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
