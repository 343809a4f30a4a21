// SPDX-License-Identifier: EUPL-1.2
/* The phone: a day by half hours with its sums, counting by hand, and missed calls without a call-back. */
#ifndef PEIL_WEB_PHONE_H
#define PEIL_WEB_PHONE_H

#include "register/phone.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"
#include "web/sheet_view.h"
#include "web/today.h"

struct phone_page {
    struct frame frame;
    int32_t day;
    const char *previous, *next; /* addresses of the days beside it; next: NULL after today */
    struct sheet_view sheet;
    struct phone_sum sum, weeks;                /* of this day; of the last 28 days */
    const char *in_time, *weeks_in_time, *lost; /* shares, "" when there is too little */
    int norm;
    struct form_view form;
    bool may_count, may_import;
    const struct phone_missed *missed;
    size_t n_missed;
};

enum err web_phone_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_phone_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

enum err today_missed(struct ctx *c, struct today_block *b) MUST_CHECK;

#endif
