// SPDX-License-Identifier: EUPL-1.2
/* The part of a standing that the waiting list, the call round and the urgent path look at. For state.c. */
#ifndef PEIL_REGISTER_STATE_LIST_H
#define PEIL_REGISTER_STATE_LIST_H

#include "register/state.h"

/* How a standing is for these before the first event; the other fields are left alone. */
void standing_list_begin(struct standing *s);
/* What an event that is possible changes. Call it before `urgency` of the standing is changed by the event,
 * and after received_at is set. */
void standing_list_apply(struct standing *s, const struct event *e);
/* After the last event: when and why the request left the waiting list. */
void standing_list_end(struct standing *s);

#endif
