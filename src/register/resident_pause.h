// SPDX-License-Identifier: EUPL-1.2
/* Pause on request (pauze op verzoek): the resident wants to wait until a day. The net wait stops, the gross
 * wait and the terms of the law run on, and we keep calling. No room on our side is never a reason. On the
 * day the resident is available again by itself: shown and counted so, until someone ends the pause. */
#ifndef PEIL_REGISTER_RESIDENT_PAUSE_H
#define PEIL_REGISTER_RESIDENT_PAUSE_H

#include "register/code.h"
#include "register/request.h"

extern const struct code_name pause_reasons[];
extern const size_t pause_reason_count;

struct pause_form {
    const int64_t *request;
    size_t n;
    int64_t version;    /* as the user saw it, for one request; -1: any */
    const char *reason; /* code */
    int32_t until;      /* after today, at most a year ahead */
    const char *note;   /* NULL */
};
/* For one or more, all or none; one action that can be undone. Rights: RIGHT_EVENT. */
enum err pause_add(struct ctx *c, const struct pause_form *f, int64_t *ret_batch) MUST_CHECK;
/* Ends the pause now. Rights: RIGHT_EVENT. */
enum err pause_end(struct ctx *c, struct request_id id, int64_t version, int64_t *ret_batch) MUST_CHECK;

#endif
