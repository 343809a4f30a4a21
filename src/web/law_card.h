// SPDX-License-Identifier: EUPL-1.2
/* The card with the running legal terms (wettelijke termijnen), for the page of a request. */
#ifndef PEIL_WEB_LAW_CARD_H
#define PEIL_WEB_LAW_CARD_H

#include "register/request.h"

struct law_term_view {
    const char *name, *about; /* about: what was applied for; NULL */
    const char *article;
    int32_t start, due;
    int64_t left;    /* days until the last day; negative: too late */
    const char *who; /* must act */
    bool runs, overdue, still, kept, late, ended, dropped, early, duty;
    int64_t euros; /* penalty so far; INT_NONE */
};
/* The running ones, on the page of the request. */
struct law_card {
    bool shown;
    const struct law_term_view *term;
    size_t n;
    const char *track, *stage; /* "" */
    int64_t request;
    bool letter; /* day 43: the letter is ready */
};
enum err law_card_fill(struct ctx *c, const struct request *q, struct law_card *ret_card) MUST_CHECK;

#endif
