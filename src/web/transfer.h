// SPDX-License-Identifier: EUPL-1.2
/* Hand-over lists (overdracht): all lists, one list with its burn-down line and residents, adding residents
 * from a spreadsheet, and the steps of one resident. */
#ifndef PEIL_WEB_TRANSFER_H
#define PEIL_WEB_TRANSFER_H

#include "account/chart.h"
#include "exchange/transfer_csv.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/record.h"
#include "web/reply.h"
#include "web/sheet_view.h"
#include "web/today.h"

struct outcome_view {
    const char *name;
    int64_t n;
};
struct transfer_page {
    struct frame frame;
    const struct transfer *t;
    const struct transfer_progress *p;
    struct tab tab[MEMBER_PARTS];
    struct sheet_view sheet;
    struct outcome_view outcome[TRANSFER_OUTCOMES];
    struct chart chart;
    const char *conclusion, *kept; /* kept: NULL, not known of anyone */
    bool may_add;
};

struct transfer_add_page {
    struct frame frame;
    const struct transfer *t;
    struct field csv, file;
    const struct transfer_csv_result *result; /* NULL: not sent */
    bool dry;
    struct form_errors wrong;
};

struct member_page {
    struct frame frame;
    const struct member *m;
    const struct transfer *t;
    const char *state, *look;
    struct record_fact fact[RECORD_FACTS];
    size_t facts;
    struct form_view form;
    const struct record_step *step;
    size_t steps;
    bool may_register;
};

enum err web_transfer_list_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_transfer_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_transfer_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_transfer_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_transfer_add_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_transfer_add_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
/* One resident by hand (transfer_one.c). */
enum err web_transfer_one_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_transfer_one_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_member_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_member_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_member_register_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err today_transfers(struct ctx *c, struct today_block *b) MUST_CHECK;

/* A sentence with numbers in its slots. */
const char *sentence(struct ctx *c, const char *text, const int64_t *number, size_t n);

#endif
