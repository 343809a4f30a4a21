// SPDX-License-Identifier: EUPL-1.2
/* Complaints: the list, a new one, one with its terms and steps, and the agenda of the committee. */
#ifndef PEIL_WEB_COMPLAINT_H
#define PEIL_WEB_COMPLAINT_H

#include "web/reply.h"
#include "web/today.h"

enum err web_complaints_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_complaint_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_complaint_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_complaint_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_complaint_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* What the committee has to do with: cases by day of the meeting, and every closed one with yes or no and
 * why. */
enum err web_committee_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err today_complaints(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
