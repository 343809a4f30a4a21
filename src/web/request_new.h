// SPDX-License-Identifier: EUPL-1.2
/* Registering a new request (nieuwe aanmelding): one page, by keyboard, in under a minute, safe contact
 * first. When the resident may be known already, the likely same persons are shown first; "go on anyway" or
 * one of them is then part of the same form. From a contact (?contact=1&question=2) what was said there
 * stands in it already. */
#ifndef PEIL_WEB_REQUEST_NEW_H
#define PEIL_WEB_REQUEST_NEW_H

#include "register/intake.h"
#include "web/forecast.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"

struct same_view {
    int64_t person, request; /* request: INT_NONE when the user may see none */
    const char *name, *why, *number, *state;
    int32_t birth, received;
};
struct newcomer_list {
    const char *name;
    const char *places; /* its neighbourhoods, by number: "3 7" */
    struct newcomer_view view[TURN_STREAMS];
    size_t n;
};
struct request_new_page {
    struct frame frame;
    struct form_view form;
    const struct same_view *same; /* who may be the same person */
    size_t n_same;
    const char *contact, *question, *person; /* hidden: where it comes from; "" */
    const char *known, *safe;                /* the person that it is for, when chosen before; "" */
    const struct newcomer_list *expected;    /* if they are registered now: by list and class */
    size_t n_expected;
};

enum err web_request_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_request_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* What was asked at the intake, for the page of a request. */
struct intake_row {
    const char *label, *value;
};
enum { INTAKE_ROWS = 16 };
struct intake_view {
    struct intake_row row[INTAKE_ROWS];
    size_t n;
};
enum err intake_view_fill(struct ctx *c, const struct request *q, struct intake_view *ret_view) MUST_CHECK;

#endif
