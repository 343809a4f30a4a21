// SPDX-License-Identifier: EUPL-1.2
/* /gezond, /healthz: "ok" and the version when the register can be read, for whoever watches the server; and
 * when the figures were last counted again, with how much differed (web/extract_behind.h), and which baseline
 * is missing (account/baseline_memory.h). */
#ifndef PEIL_WEB_HEALTH_H
#define PEIL_WEB_HEALTH_H

#include "web/reply.h"

enum err web_health_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
