// SPDX-License-Identifier: EUPL-1.2
/* Baselines (nulmetingen) on the screen: the list, one with its tables, and what changed in the register
 * since. */
#ifndef PEIL_WEB_BASELINE_H
#define PEIL_WEB_BASELINE_H

#include "web/record.h"
#include "web/reply.h"

enum { BASELINE_TABS = 9, BASELINE_COLUMNS = 32 };
struct baseline_page {
    struct frame frame;
    struct record_page facts; /* only its facts are shown */
    struct tab tab[BASELINE_TABS];
    size_t tabs;
    const char *lead; /* of the table that is shown; NULL */
    struct sheet_view sheet;
};

enum err web_baseline_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* ?table=values|definitions|...|changes */
enum err web_baseline_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
