// SPDX-License-Identifier: EUPL-1.2
/* Sources of the timeline (timeline.h) that have a file of their own. */
#ifndef PEIL_REGISTER_TIMELINE_SOURCE_H
#define PEIL_REGISTER_TIMELINE_SOURCE_H

#include "register/timeline.h"

/* Contacts, call-backs with what was promised, letters and messages. */
enum err timeline_contacts(struct ctx *c, const struct timeline_of *of, struct timeline *t) MUST_CHECK;
enum err timeline_callbacks(struct ctx *c, const struct timeline_of *of, struct timeline *t) MUST_CHECK;
enum err timeline_messages(struct ctx *c, const struct timeline_of *of, struct timeline *t) MUST_CHECK;
/* Who came to live there or left; who began to help or stopped. */
enum err timeline_people(struct ctx *c, const struct timeline_of *of, struct timeline *t) MUST_CHECK;

#endif
