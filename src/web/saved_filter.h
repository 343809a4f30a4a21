// SPDX-License-Identifier: EUPL-1.2
/* Saved filters on a list: tabs above it, a way to keep the present filter under a name, and a page to rename
 * or remove them. sheet_view_fill puts them on every sheet page; another list calls saved_tabs_fill itself.
 */
#ifndef PEIL_WEB_SAVED_FILTER_H
#define PEIL_WEB_SAVED_FILTER_H

#include "register/saved_filter.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"

struct saved_tabs {
    const struct tab *tab; /* the whole list first; none when nothing is saved */
    size_t n;
    const char *page, *query;         /* what would be saved; query "": nothing to save */
    bool may_save, may_share, manage; /* manage: there are own ones */
    const char *csrf;
    char once[48];
};
enum err saved_tabs_fill(struct ctx *c, const struct req *r, struct saved_tabs *ret_tabs) MUST_CHECK;

struct saved_filter_page {
    struct frame frame;
    const struct saved_filter *filter;
    size_t n;
    struct form_view form; /* to add or change one */
    int64_t id;            /* the one being changed; INT_NONE: a new one; 0: no form */
    const char *page, *query;
};
enum err web_saved_filters_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_saved_filter_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* The list with this filter. */
enum err web_saved_filter_open_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_saved_filter_add_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_saved_filter_change_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_saved_filter_remove_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
