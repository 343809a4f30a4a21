// SPDX-License-Identifier: EUPL-1.2
/* The cards of a request's page: what stands in each part of the register about it, in a few lines, with the
 * ways to do something. The order follows the state of the request: what matters now stands above.
 *
 * A card of your area: a function `enum err card_x(struct ctx *c, const struct request *r, struct
 * request_card *k)` in your own file and one line in the table of request_card.c. It fills lines and actions;
 * without any the card is not shown. What belongs to the content of a case is for who may read it:
 * r->content. */
#ifndef PEIL_WEB_REQUEST_CARD_H
#define PEIL_WEB_REQUEST_CARD_H

#include "register/request.h"

enum { CARD_LINES = 16, CARD_ACTIONS = 6, REQUEST_CARDS = 20 };

struct card_line {
    const char *label;        /* NULL: the text says it all */
    const char *text, *sub;   /* sub: a second, subtle line; NULL */
    const char *url;          /* where the text leads; NULL */
    const char *badge, *look; /* "danger", "warning", "neutral", "success", "inactive"; NULL: none */
};
struct card_action {
    const char *label, *url;
};
struct request_card {
    const char *title, *id; /* id: of the heading, a literal; both set by the table */
    struct card_line line[CARD_LINES];
    size_t n, plain; /* plain: how many have no label; counted by request_cards_fill */
    struct card_action action[CARD_ACTIONS];
    size_t actions;
};
/* The next free line; when the card is full the last one is used again. */
struct card_line *card_line_add(struct request_card *k, const char *label, const char *text);
/* A way to a page of this request: path after "/requests/ID", "/talks". Not shown when the user lacks the
 * right of that page. */
enum err card_action_add(struct ctx *c, const struct request *r, struct request_card *k, const char *label,
                         const char *path) MUST_CHECK;
/* "/requests/ID" + path. */
enum err request_url(struct ctx *c, const struct request *r, const char *path,
                     const char **ret_url) MUST_CHECK;

/* All cards that have something to say, the most important first. */
enum err request_cards_fill(struct ctx *c, const struct request *r, struct request_card **ret_card,
                            size_t *ret_n) MUST_CHECK;

/* The one thing to do next; label NULL when there is nothing for this user. */
struct next_step {
    const char *label, *url, *why;
};
enum err next_step_fill(struct ctx *c, const struct request *r, struct next_step *ret_step) MUST_CHECK;

#endif
