// SPDX-License-Identifier: EUPL-1.2
/* The waiting list (wachtlijst): who waits, how long, and who should be called. Filters and order stand in
 * the address, so that a list can be kept as a bookmark. */
#ifndef PEIL_WEB_WAITING_LIST_H
#define PEIL_WEB_WAITING_LIST_H

#include "register/waiting_list.h"
#include "web/frame.h"
#include "web/list_rule.h"
#include "web/part.h"
#include "web/reply.h"
#include "web/saved_filter.h"

enum { WAITING_TABS = WAITING_PARTS + 1, WAITING_COLUMNS = 3 };

struct sort_column {
    const char *label, *url, *arrow; /* arrow: "ascending", "descending" or NULL */
};
struct expected_cell {
    const char *text, *sure; /* sure: "" when there is no period */
    int32_t from, to;        /* DAY_NONE then */
};
struct waiting_list_page {
    struct frame frame;
    const char *put_url, *undo_url; /* of the forms: they come back to this list */
    int32_t day;
    struct tab tab[WAITING_TABS];
    size_t tabs;
    struct choice team, neighbourhood, urgency;
    const char *tab_code, *order_code; /* kept when a filter changes */
    bool filtered;
    struct sort_column column[WAITING_COLUMNS];
    const struct waiting *row;
    const struct expected_cell *expected; /* of each row */
    size_t n;
    int64_t total, first; /* of the list; number of the first row */
    struct pages pages;
    /* after putting people on the call list: who, so that it can be undone */
    const int64_t *put;
    size_t n_put;
    bool may_allocate, may_call, may_register, may_import;
    const struct rule_news *news; /* rules that changed lately */
    size_t n_news;
    struct saved_tabs saved;
    const char *filter;             /* in words, for print */
    const char *csv_url, *xlsx_url; /* NULL: this user may take nothing out */
};

enum err web_waiting_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_call_list_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_call_list_undo_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

const char *waiting_part_name(const struct ctx *c, enum waiting_part part);
/* The filter in words; what ?format= asks for. */
enum err waiting_filter_text(struct ctx *c, const struct waiting_filter *f, const char **ret_text) MUST_CHECK;
enum err waiting_export(struct ctx *c, const struct req *r, const struct waiting_filter *f,
                        struct reply *out) MUST_CHECK;

#endif
