// SPDX-License-Identifier: EUPL-1.2
/* Consultation hours (spreekuren): the sessions of a period, one session with its result, the tally, sums. */
#ifndef PEIL_WEB_PRESENCE_H
#define PEIL_WEB_PRESENCE_H

#include "register/presence.h"
#include "web/panel.h"
#include "web/today.h"

/* Sessions of a period. */
enum err web_presence_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* /hours/{id}/{day}: the session of a plan on a day; POST begins writing it down. */
enum err web_session_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_session_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* /presence/{id} and its forms: hold, off, move. */
enum err web_presence_page_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_presence_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* A session that no plan promised. */
enum err web_presence_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_presence_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_presence_places_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_presence_neighbourhoods_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* The tally: three large buttons for one hand. */
struct question_tally_page {
    struct frame frame;
    const struct presence *session;
    const char *time, *state;
    struct choice topic;
    const char *error; /* NULL */
    bool may_undo, may_request;
};
enum err web_question_tally_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_question_tally_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* A question that becomes a request, in the same flow. */
enum err web_question_request_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_question_request_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* One plan: /hours/{id}, its forms change and end. */
enum err web_hour_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_hour_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* Consultation hours as a calendar file, for everybody; the own appointments, for a worker. */
enum err web_presence_calendar_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_appointment_calendar_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* "13:30 - 15:00" */
const char *session_time(struct ctx *c, const struct presence *s);
const char *session_look(const char *state);

/* Blocks of today. */
enum err today_sessions(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_sessions_unknown(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_unhandled(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
