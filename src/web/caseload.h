// SPDX-License-Identifier: EUPL-1.2
/* Caseload (mijn inwoners): the own cases of a worker, the team of a lead, handing all cases over, and who
 * must still be told about another worker. */
#ifndef PEIL_WEB_CASELOAD_H
#define PEIL_WEB_CASELOAD_H

#include "register/handover.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"
#include "web/sheet_view.h"
#include "web/today.h"

struct caseload_page {
    struct frame frame;
    const char *lead; /* NULL: none */
    struct sheet_view sheet;
    int64_t worker; /* INT_NONE: the team */
    int64_t cases, points, room, to_tell, left;
    struct choice team; /* n 0: one team only */
    bool may_handover;
};

struct handover_line {
    const struct handover_case *at;
    const char *weight, *why;
    const struct option *to;
    size_t n_to;
    bool chosen, nobody;
};
struct handover_page {
    struct frame frame;
    const struct handover *h;
    const struct handover_line *line;
    struct choice reason;
    struct field last_day;
    struct form_errors wrong;
    bool may_end; /* may write down the last day */
};

struct to_tell_page {
    struct frame frame;
    struct sheet_view sheet;
    struct form_errors wrong;
};

enum err web_caseload_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_caseload_one_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_handover_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_handover_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_to_tell_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_to_tell_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err today_new_cases(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_late_steps(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_to_tell(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_no_worker(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
