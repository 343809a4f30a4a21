// SPDX-License-Identifier: EUPL-1.2
/* Why an event happened, in words: codes mean what the list of their kind says. */
#ifndef PEIL_REGISTER_EVENT_REASON_H
#define PEIL_REGISTER_EVENT_REASON_H

#include "register/state.h"

/* In the language of the user; an unknown code as it is, NULL without a reason. */
const char *event_reason(const struct ctx *c, const struct event *e);

#endif
