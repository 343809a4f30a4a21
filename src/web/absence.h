// SPDX-License-Identifier: EUPL-1.2
/* Absence of workers: the calendar of a team by week, and the form with dates. */
#ifndef PEIL_WEB_ABSENCE_H
#define PEIL_WEB_ABSENCE_H

#include "register/absence.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/record.h"
#include "web/reply.h"

struct absence_cell {
    const char *text; /* kind; NULL: present */
    const char *look;
};
struct absence_row {
    int64_t worker;
    const char *name;
    struct absence_cell day[ABSENCE_DAYS];
};
struct absence_page {
    struct frame frame;
    struct choice team; /* n 0: one team only */
    const char *team_name, *week_text;
    int32_t monday;
    const char *before_url, *after_url, *now_url, *week; /* week: of the address */
    const struct absence_row *row;
    size_t n;
    bool may_add;
};

enum err web_absence_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_absence_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_absence_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_absence_edit_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_absence_edit_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
