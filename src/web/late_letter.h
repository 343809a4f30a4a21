// SPDX-License-Identifier: EUPL-1.2
/* The letters of day 43 (zes weken voorbij): the list, the letters themselves on paper, and that they were
 * sent. */
#ifndef PEIL_WEB_LATE_LETTER_H
#define PEIL_WEB_LATE_LETTER_H

#include "register/late_letter.h"
#include "web/frame.h"
#include "web/sheet_view.h"

struct late_letter_page {
    struct frame frame;
    struct sheet_view sheet;
    struct research_count count;
    const char *share;      /* in time; NULL: too few to say */
    int64_t total, stopped; /* stopped: a letter is not safe */
    struct form_errors wrong;
};
struct late_letter_print_page {
    struct frame frame;
    const struct late_letter *letter;
    size_t n;
    int32_t day;
};

enum err web_late_letters_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_late_letters_print_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_late_letters_sent_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_late_letter_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
