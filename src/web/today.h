// SPDX-License-Identifier: EUPL-1.2
/* Today (vandaag): the first page of everyone. Blocks of work, each with its number, its first rows and a way
 * to the whole list. A role sees the blocks that its rights open, its most urgent work first; a block without
 * work takes one line.
 *
 * A block of your area: a function `enum err today_x(struct ctx *c, struct today_block *b)` in your own file
 * and one line in the table of today.c. */
#ifndef PEIL_WEB_TODAY_H
#define PEIL_WEB_TODAY_H

#include "web/frame.h"
#include "web/reply.h"

enum { TODAY_ROWS = 5, TODAY_BLOCKS = 40 };

struct today_row {
    const char *text; /* who or what */
    const char *sub;  /* NULL: no second line */
    const char *url;  /* NULL: leads nowhere */
    const char *badge,
        *look; /* badge: NULL for none; look: "danger", "warning", "neutral", "success", "inactive" */
};
struct today_block {
    const char *title;
    const char *url;   /* of the whole list; NULL */
    int64_t count;     /* how much there is; INT_NONE: not something to count */
    const char *empty; /* what to say when there is nothing: "Nobody has to be called today." */
    struct today_row row[TODAY_ROWS];
    size_t n;
    bool late; /* this should have been done before: it stands out */
};

/* The next free row; NULL when the block is full. */
struct today_row *today_row_add(struct today_block *b);

struct today_page {
    struct frame frame;
    struct today_block *block; /* with work, in order */
    size_t n;
    const struct today_block *quiet; /* without */
    size_t n_quiet;
    int32_t day;
    bool may_register;
    const struct buf *figures; /* the core figures, for who works with figures only; NULL */
};

enum err web_today_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* The blocks of the waiting list and of the own requests. */
enum err today_unjudged(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_to_call(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_call_list(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_over_norm(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_own(struct ctx *c, struct today_block *b) MUST_CHECK;
/* Of roles that see no residents, or only their own (today_role.c). */
enum err today_incidents(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_own_signals(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_own_referrals(struct ctx *c, struct today_block *b) MUST_CHECK;
enum err today_about_me(struct ctx *c, struct today_block *b) MUST_CHECK;
/* For who works with figures only. */
enum err today_figures(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
