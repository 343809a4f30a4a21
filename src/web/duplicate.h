// SPDX-License-Identifier: EUPL-1.2
/* Who may be registered twice: the list, two people side by side, joining, "never the same", and taking
 * apart. And two requests of one person that are the same question. */
#ifndef PEIL_WEB_DUPLICATE_H
#define PEIL_WEB_DUPLICATE_H

#include "register/duplicate.h"
#include "register/person_file.h"
#include "web/edit_page.h"
#include "web/frame.h"
#include "web/reply.h"
#include "web/sheet_view.h"

struct duplicate_page {
    struct frame frame;
    struct sheet_view sheet;
    const struct distinct_pair *judged, *joined;
    size_t n_judged, n_joined;
};

struct compare_line {
    const char *label, *a, *b; /* texts NULL: unknown */
    bool same;
};
struct compare_request {
    int64_t id;
    const char *number, *state, *question;
    int32_t received;
};
struct compare_side {
    int64_t person;
    const char *name;
    const struct compare_request *request;
    size_t n;
};
struct compare_page {
    struct frame frame;
    struct compare_side side[2];
    const struct compare_line *line;
    size_t n;
    struct form_view form;
    bool joined, distinct;
};

enum err web_duplicate_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_duplicate_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_duplicate_join_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_duplicate_never_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_duplicate_again_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_person_split_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_request_split_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_request_join_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_request_join_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
