// SPDX-License-Identifier: EUPL-1.2
/* Baselines (nulmetingen) on the screen: the list, one with its tables, and what changed in the register
 * since. */
#ifndef PEIL_WEB_BASELINE_H
#define PEIL_WEB_BASELINE_H

#include "web/record.h"
#include "web/reply.h"

enum { BASELINE_TABS = 10, BASELINE_COLUMNS = 32 };
struct baseline_page {
    struct frame frame;
    struct record_page facts; /* only its facts are shown */
    struct tab tab[BASELINE_TABS];
    size_t tabs;
    const char *lead;                   /* of the table that is shown; NULL */
    const char *sign_url, *erratum_url; /* NULL: this user may not */
    struct sheet_view sheet;
};

enum err web_baseline_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* ?table=values|definitions|...|changes|notes */
enum err web_baseline_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

/* ---- baseline_change.c ---- */
enum err web_baseline_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_baseline_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_baseline_sign_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_baseline_sign_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_baseline_erratum_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_baseline_erratum_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
