// SPDX-License-Identifier: EUPL-1.2
/* One request (aanmelding): what is next, its clocks and cards (request_card.h), what happened, and the forms
 * of a call and a note. Every other step has a page of its own. */
#ifndef PEIL_WEB_REQUEST_H
#define PEIL_WEB_REQUEST_H

#include "register/clock.h"
#include "register/request.h"
#include "web/frame.h"
#include "web/law_card.h"
#include "web/part.h"
#include "web/reply.h"
#include "web/request_card.h"
#include "web/request_contact.h"
#include "web/request_people.h"

struct event_view {
    const char *title, *note, *reason;
    const char *was, *why; /* judged again: the class before, and the reason of the change; NULL */
    const char *look;      /* class of the mark: reached, in vain, or "" */
    int64_t occurred_at;
    const char *who;  /* who recorded it; NULL: not a person */
    int32_t recorded; /* DAY_NONE: on the same day */
    int32_t from;     /* first day of a period that was told; DAY_NONE */
    int32_t until;    /* DAY_NONE: none */
    bool is_call;     /* until: the day of the next call */
    bool is_agreed;   /* until: an agreed day */
    bool withheld;    /* there is a note that this user may not read */
    bool undone;      /* taken back later */
    int64_t undo;     /* number of the step, when this user may take it back; INT_NONE */
};
/* What can be done with a request that waits, and where it stands. */
struct wait_view {
    bool shown; /* it waits, and this user may do something */
    bool may_triage, may_event, may_pause, paused, again;
    int32_t parked;     /* until which day it is paused; DAY_NONE */
    int64_t place, of;  /* in the order of turns; 0: has a worker, or is parked */
    bool city;          /* in the list of the city; else of the team */
    const char *bridge; /* what helps for now; NULL */
    bool accepted;
    bool unjudged;
    bool urgent; /* an emergency without a first action */
    int64_t due; /* of that action */
    bool late;
};
struct request_page {
    struct frame frame;
    struct wait_view wait;
    struct request_contact contact;
    struct law_card law;
    const struct request *request;
    struct clocks clocks;
    const char *name, *state, *team, *neighbourhood, *channel, *route, *safe;
    const char *worker;        /* the main worker; "" */
    int32_t birth;             /* DAY_NONE: unknown */
    int64_t age;               /* years */
    int32_t received;          /* day on which the resident asked */
    int64_t over;              /* days past the norm; negative: days left */
    int64_t norm_length, late; /* days from asking to the norm day; days that the call is late */
    int64_t paused_days;
    int contact_days;
    const struct event_view *event;
    size_t events;
    struct request_people people;
    /* the form of a call */
    bool may_call;
    struct choice result;
    struct field note, next;
    struct form_errors wrong;
    struct news news; /* by the "version" that the form was sent with */
    /* what stands in other parts of the register, and what is next */
    const struct request_card *card;
    size_t cards;
    struct next_step step;
    bool correcting; /* the timeline offers to take steps back */
    /* the form of a note */
    bool may_event, event_open;
    struct field day, remark;
};

enum err web_request_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_request_event_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_request_call_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* For the handlers of the forms: the page again, with what was wrong. */
enum err request_show(struct ctx *c, const struct req *r, struct form_errors wrong,
                      struct reply *out) MUST_CHECK;
enum err wait_view_fill(struct ctx *c, const struct config *k, const struct request *q,
                        struct wait_view *ret_view) MUST_CHECK;
struct event_view event_show(const struct ctx *c, const struct request_event *r);
/* The events after version `seen`. */
enum err request_news_since(struct ctx *c, const struct request *q, int64_t seen,
                            struct news *ret_news) MUST_CHECK;
/* By the field of this name of the form that was sent. */
enum err request_news_typed(struct ctx *c, const struct req *r, const struct request *q, const char *name,
                            struct news *ret_news) MUST_CHECK;
/* By its "version". */
enum err request_news_fill(struct ctx *c, const struct req *r, const struct request *q,
                           struct news *ret_news) MUST_CHECK;
enum err event_form_fill(struct ctx *c, const struct req *r, struct request_page *p) MUST_CHECK;

#endif
