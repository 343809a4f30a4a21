// SPDX-License-Identifier: EUPL-1.2
/* Searching a resident (zoeken), from the field in the frame of every page. What was typed goes by POST: no
 * name ever stands in an address. */
#ifndef PEIL_WEB_SEARCH_H
#define PEIL_WEB_SEARCH_H

#include "register/search.h"
#include "web/frame.h"
#include "web/reply.h"

struct search_page {
    struct frame frame;
    const char *asked; /* "" on an empty page */
    const char *wrong; /* nothing was typed to search for; NULL */
    const struct found_person *person;
    size_t n;
    const struct config *config;
    bool may_register;
};

enum err web_search_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_search_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
