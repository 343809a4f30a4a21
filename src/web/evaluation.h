// SPDX-License-Identifier: EUPL-1.2
/* Pages of looking back together, and of scores of life areas. */
#ifndef PEIL_WEB_EVALUATION_H
#define PEIL_WEB_EVALUATION_H

#include "web/reply.h"

enum err web_evaluation_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_evaluation_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_areas_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_areas_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
