// SPDX-License-Identifier: EUPL-1.2
/* Taking back an action on one or more requests, from the message that says that it was done. */
#ifndef PEIL_WEB_BATCH_H
#define PEIL_WEB_BATCH_H

#include "web/reply.h"

enum err web_batch_undo_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
