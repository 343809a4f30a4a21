// SPDX-License-Identifier: EUPL-1.2
/* Pages of talks: the talk itself, appointments, what did not take place, what was told and asked. */
#ifndef PEIL_WEB_TALK_H
#define PEIL_WEB_TALK_H

#include "web/reply.h"

enum err web_talk_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_talk_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_appointment_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_appointment_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_no_show_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_no_show_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_told_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_told_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* The contacts with client supporters, by kind. */
enum err web_supporter_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
