// SPDX-License-Identifier: EUPL-1.2
/* How often expected periods were right (ijking): a page for everybody, also without logging in. It holds
 * numbers only; a class with fewer than ten periods shows none. */
#ifndef PEIL_WEB_CALIBRATION_H
#define PEIL_WEB_CALIBRATION_H

#include "account/expectation.h"
#include "web/frame.h"
#include "web/reply.h"

enum { CALIBRATION_SHOWN = 10 };
struct calibration_row {
    const char *class; /* "Normal, Wmo report" */
    bool few;
    int64_t n;
    const char *lately; /* right in the last half year: what is said with a period */
    const char *every, *first, *last, *early, *late, *width;
    const char *badge, *look;
};
struct rival_row {
    const char *name, *error, *pinball, *coverage;
    bool ours;
};
struct calibration_list {
    int64_t list;
    bool open; /* the list of the reader's own team, else the first; the others fold */
    const char *name, *sentence;
    const char *order; /* followed in another one than the rule; "" */
    const char *badge, *look;
    int64_t origins, withdrawals;
    int32_t origin, withdrawn_on;
    const struct calibration_row *row;
    size_t n;
    struct rival_row rival[RIVALS + 1];
    size_t rivals;
};
struct calibration_page {
    struct frame frame;
    const struct calibration_list *list;
    size_t n;
};
enum err web_calibration_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
