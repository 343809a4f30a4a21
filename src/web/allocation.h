// SPDX-License-Identifier: EUPL-1.2
/* Giving requests to workers: the ranked colleagues for one request, a list of many at once, and the page of
 * the worker of a request: taking it, giving it back, weight, wishes, colleagues who take part. */
#ifndef PEIL_WEB_ALLOCATION_H
#define PEIL_WEB_ALLOCATION_H

#include "register/allocation.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"
#include "web/request.h"

struct colleague_view {
    int64_t worker;
    const char *name, *discipline, *why; /* why: what speaks for and against, in words */
    int64_t cases, load, room, points;
    const char *never; /* why this one cannot be chosen; NULL */
    bool chosen;
};
struct allocate_page {
    struct frame frame;
    const struct proposal *p;
    const char *team, *now; /* now: the present worker; "" */
    const struct colleague_view *colleague;
    size_t n;
    struct choice weight;
    struct field note;
    const char *wish; /* in words; NULL: none */
    struct news news;
    struct form_errors wrong;
};

/* One line of the list of many. */
struct allocate_line {
    const struct proposal *p;
    const char *why; /* of who is proposed first */
    const struct option *worker;
    size_t workers;
    const struct option *weight;
    struct news news; /* another changed it since this user looked: "not now" stands chosen */
    bool nobody;      /* nobody of the team can take it */
};
struct allocate_many_page {
    struct frame frame;
    const struct allocate_line *line;
    size_t n, left_out; /* left_out: chosen, but cannot be given now */
    struct form_errors wrong;
};

struct own_worker_page {
    struct frame frame;
    const struct request *request;
    const char *name, *worker, *weight, *state;
    int64_t points;
    bool has_worker, accepted, own, may_allocate, may_change, may_wish;
    struct form_view give_back, weigh, wish, co_worker;
    const struct co_worker *part;
    size_t parts;
    const char *wish_text, *wish_note, *wish_who;
    int32_t wish_day;
    struct form_errors wrong; /* what belongs to none of the forms */
};

enum err web_allocate_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_allocate_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_allocate_many_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_allocate_many_save_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err web_own_worker_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_accept_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_give_back_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_weigh_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_wish_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_co_worker_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_co_worker_end_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* What speaks for and against a colleague, in words with commas between. */
enum err colleague_why(struct ctx *c, const struct candidate *k, const char **ret_text) MUST_CHECK;
/* The wish in words; NULL for none. */
enum err wish_words(struct ctx *c, const struct wish *w, const char **ret_text) MUST_CHECK;
/* Weights to choose from. */
enum err weight_options(struct ctx *c, int64_t chosen, const struct option **ret_option) MUST_CHECK;
/* "work-12": the number of a field that stands once for each row of a list; INT_NONE when it was not sent. */
int64_t row_field(const struct req *r, const char *name, int64_t row);

#endif
