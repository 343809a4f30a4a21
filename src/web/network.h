// SPDX-License-Identifier: EUPL-1.2
/* The form of one helper of a resident: informal carer, representative, client supporter, organisation. */
#ifndef PEIL_WEB_NETWORK_H
#define PEIL_WEB_NETWORK_H

#include "web/reply.h"

enum err web_network_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_network_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_network_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_network_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
