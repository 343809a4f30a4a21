// SPDX-License-Identifier: EUPL-1.2
/* Logging a contact (nieuw contact) from one screen, and counting one without a name (vraag turven). */
#ifndef PEIL_WEB_CONTACT_NEW_H
#define PEIL_WEB_CONTACT_NEW_H

#include "register/contact.h"
#include "web/form_view.h"
#include "web/frame.h"
#include "web/reply.h"

/* Someone who may be the caller. */
struct caller_view {
    int64_t person;
    const char *name, *why, *safe;
    int32_t birth;
    bool waits, chosen;
    int64_t request; /* the newest that waits; INT_NONE */
};
struct contact_new_page {
    struct frame frame;
    struct form_view form;
    const struct caller_view *caller;
    size_t callers;
    bool searched, none; /* looked for a caller; found nobody */
    bool someone_new;    /* was chosen, or the only choice */
    bool more;           /* the later questions hold something */
};
struct tally_page {
    struct frame frame;
    struct form_view form;
    int64_t today; /* contacts of today */
};

enum err web_contact_new_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_contact_new_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_tally_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;
enum err web_tally_post(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
