// SPDX-License-Identifier: EUPL-1.2
/* How the order of the waiting list is made, in words, and which rule changed lately: on the list itself, for
 * everyone who works with it. */
#ifndef PEIL_WEB_LIST_RULE_H
#define PEIL_WEB_LIST_RULE_H

#include "register/config.h"
#include "register/setting.h"
#include "web/frame.h"
#include "web/reply.h"

enum { RULE_NEWS_DAYS = 14, RULE_NEWS = 5 };

/* A change of a rule that matters to the list: its order, who sees it, its norms, its calls. */
struct rule_news {
    const char *label, *from, *to, *who; /* from, to: "" for none; who: NULL, the command line */
    int32_t day;
};
struct rules_page {
    struct frame frame;
    bool city;
    int64_t near_days, wmo_days, norm[URGENCIES], contact_days, soon_days, urgent_minutes;
    const struct rule_news *news;
    size_t n_news;
};

/* The changes of the last days, newest first; at most `max`. */
enum err rule_news_fill(struct ctx *c, int days, size_t max, const struct rule_news **ret_news,
                        size_t *ret_n) MUST_CHECK;
enum err web_list_rules_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
