// SPDX-License-Identifier: EUPL-1.2
#include "web/request_contact.h"

enum err request_contact_fill(struct ctx *c, const struct request *q, struct request_contact *ret_part)
{
    struct request_contact p = { .request = q->id.v };
    struct callback_about about = { INT_NONE, q->id.v, INT_NONE };
    struct safe_contact safe;
    struct callback *callback;
    struct callback_view *view;

    safe_contact_read(q->who.safe_contact, &safe);
    TRY(safe_contact_line(c, &safe, &p.safe));
    TRY(intake_view_fill(c, q, &p.intake));
    p.may_contact = user_may(c, RIGHT_CONTACT) && q->person != INT_NONE;
    p.may_message = user_may(c, RIGHT_MESSAGE) && q->person != INT_NONE;
    if (p.may_contact) {
        TRY(callback_of(c, &about, &callback, &p.callbacks));
        TRY(callback_views(c, callback, p.callbacks, &view));
        p.callback = view;
    }
    *ret_part = p;
    return OK;
}
