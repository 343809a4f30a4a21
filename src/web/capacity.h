// SPDX-License-Identifier: EUPL-1.2
/* What is needed: the arithmetic of the account manager for a list and for the telephone. The figures of the
 * register stand in the form and can be changed; with each answer stand its formula and source. A plain form
 * whose figures stand in the address. Numbers only. */
#ifndef PEIL_WEB_CAPACITY_H
#define PEIL_WEB_CAPACITY_H

#include "account/capacity_list.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"

enum { CAPACITY_FIELDS = 15, CAPACITY_LIST_FIELDS = 9, CAPACITY_ROWS = 6 };
struct capacity_row {
    const char *label, *value, *formula, *source;
};
struct capacity_page {
    struct frame frame;
    int64_t list;
    const char *list_name, *conclusion, *phone_conclusion;
    const struct tab *tab;
    size_t tabs;
    struct field field[CAPACITY_FIELDS]; /* first those of the list, then those of the telephone */
    struct capacity_row row[CAPACITY_ROWS], phone[CAPACITY_ROWS];
    size_t rows, phones;
    const char *counted; /* where the calls come from */
    struct form_errors wrong;
};
enum err web_capacity_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
