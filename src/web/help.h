// SPDX-License-Identifier: EUPL-1.2
/* Help: the keys, what the words mean, how each figure is measured. */
#ifndef PEIL_WEB_HELP_H
#define PEIL_WEB_HELP_H

#include "web/frame.h"
#include "web/reply.h"

struct help_page {
    struct frame frame;
    int contact_days;                       /* everyone who waits is called within this many days */
    int norm_soon, norm_normal, norm_later; /* working days */
};

enum err web_help_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
