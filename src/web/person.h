// SPDX-License-Identifier: EUPL-1.2
/* The page of a resident (inwoner): who, safe contact, all requests, one timeline, household, network; the
 * form that changes who it is; and what was changed. */
#ifndef PEIL_WEB_PERSON_H
#define PEIL_WEB_PERSON_H

#include "register/person_edit.h"
#include "register/person_file.h"
#include "web/edit_page.h"
#include "web/frame.h"
#include "web/reply.h"

struct person_request_view {
    int64_t id, urgency, ave, version;
    const char *number, *state, *team, *regie, *director, *ave_name, *question;
    int32_t received;
    int64_t merged; /* the request that stands for it; INT_NONE */
    bool open, sealed;
};
struct person_entry_view {
    const char *title, *detail, *note, *who, *look, *url, *number; /* NULL: none */
    int64_t at;
    int32_t recorded, day; /* recorded: DAY_NONE on the same day; day: of a promise */
    bool withheld, undone, late;
};
struct person_member_view {
    const struct household_member *m;
    const char *role;
    bool link; /* not the resident, and not hidden */
};
struct person_home_view {
    const struct household *h;
    const struct person_member_view *member;
    bool now;
};
struct person_helper_view {
    const struct helper *h;
    const char *kind, *told, *message; /* message: NULL when the resident alone gets them */
};
struct person_page {
    struct frame frame;
    const struct person_file *file;
    const char *name, *safe, *interpreter, *reading;
    bool safe_stop; /* something is not safe */
    int32_t birth;
    int64_t age;
    const struct person_request_view *request;
    const struct person_entry_view *entry, *promise;
    const struct person_home_view *home;
    const struct person_helper_view *helper;
    const char *ave;
    bool may_change, may_merge, may_seal, may_register, may_block;
};

struct person_change_view {
    int64_t at;
    const char *who, *title;
    const struct form_difference *difference; /* typed: before; present: after */
    size_t n;
    int64_t other;
};
struct person_history_page {
    struct frame frame;
    int64_t person;
    const char *name;
    const struct person_change_view *change;
    size_t n;
};

/* The differences of one change in words. */
enum err person_difference_show(struct ctx *c, const struct person_change *x,
                                struct form_difference **ret_d) MUST_CHECK;

enum err web_person_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_person_edit_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_person_edit_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_person_history_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
