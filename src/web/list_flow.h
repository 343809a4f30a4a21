// SPDX-License-Identifier: EUPL-1.2
/* In and out of the waiting list, as a list per day or week. */
#ifndef PEIL_WEB_LIST_FLOW_H
#define PEIL_WEB_LIST_FLOW_H

#include "register/list_flow.h"
#include "web/frame.h"
#include "web/sheet_view.h"

struct flow_page {
    struct frame frame;
    struct form_errors wrong;
    struct field from, to;
    struct choice by, team; /* team.n = 0: no choice */
    int64_t before, joined, left, size;
    int32_t last; /* last day */
    struct sheet_view sheet;
};

enum err web_flow_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
