// SPDX-License-Identifier: EUPL-1.2
/* Pages of lines of help: start one; one line with its end, the main line, and the question about arrival. */
#ifndef PEIL_WEB_HELP_LINE_H
#define PEIL_WEB_HELP_LINE_H

#include "register/help_line.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"

struct line_page {
    struct frame frame;
    const struct request *request;
    const struct help_line *line;
    const char *name, *kind, *partner, *end_reason, *arrival;
    int32_t since, until;
    bool may_end, may_main, may_arrive;
    struct form_view end, arrive;
};

enum err web_line_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_line_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_line_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_line_end_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_line_main_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_line_arrival_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
