// SPDX-License-Identifier: EUPL-1.2
/* Pages of groups: the list, one group with who takes part and who was there, and adding people from the
 * waiting list. */
#ifndef PEIL_WEB_GROUP_H
#define PEIL_WEB_GROUP_H

#include "register/group.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"
#include "web/sheet_view.h"

struct group_page {
    struct frame frame;
    const struct group *group;
    const char *kind, *team, *themes;
    int64_t here, room; /* who takes part now; free places */
    int64_t fill;       /* per cent of the places; INT_NONE: not running */
    const struct participant *person;
    const char *const *end; /* why they left, per person; NULL: takes part */
    size_t people;
    int64_t others;
    const struct group_session *session;
    size_t sessions;
    bool over, may_case;
    struct form_errors wrong; /* of the form of attendance */
    const char *day, *guests; /* as typed */
};
struct group_join_page {
    struct frame frame;
    const struct group *group;
    const struct group_candidate *candidate;
    size_t n, fitting;
    int64_t room;
    struct form_errors wrong;
    const char *day;
};
enum err web_group_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_edit_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_edit_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_join_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_join_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_session_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_leave_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_group_leave_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
