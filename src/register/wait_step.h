// SPDX-License-Identifier: EUPL-1.2
/* One step for one or many who wait, as one action: all or none, and to be undone at once (batch.h). What
 * pause, bridging and the call list share. */
#ifndef PEIL_REGISTER_WAIT_STEP_H
#define PEIL_REGISTER_WAIT_STEP_H

#include "register/request.h"

enum { WAIT_STEP_MAX = 1000 };

struct wait_step {
    const char *kind; /* of the batch, such as "pause" */
    const int64_t *request;
    size_t n;
    int64_t version; /* as the user saw it, for one request; -1: any */
    const struct event *event;
    size_t events; /* added to each request, in this order; the note goes with the first */
    const char *note;
};
/* E_INVALID with field "request" for nobody or too many. A refusal of the register names the request when
 * there is more than one. Rights: those of the events. */
enum err wait_step_add(struct ctx *c, const struct wait_step *s, int64_t *ret_batch) MUST_CHECK;

#endif
