// SPDX-License-Identifier: EUPL-1.2
/* Changing how a resident may safely be reached, with what it was before. */
#include "base/text.h"
#include "register/history.h"
#include "register/person.h"
#include "register/right.h"
#include "register/safe_contact.h"
#include "store/sql.h"

enum err safe_contact_seen(struct ctx *c, int64_t person, int64_t *ret_version)
{
    struct history_of what = { "safe_contact", person, person, -1 };
    const struct happening *h;
    size_t n;

    TRY(history_all(c, &what, &h, &n));
    *ret_version = (int64_t)n;
    return OK;
}

struct changing {
    int64_t request, seen;
    const struct safe_contact *safe;
};

static enum err put(struct ctx *c, void *arg)
{
    const struct changing *g = arg;
    struct happening step = HAPPENING_NONE;
    struct sql_request_get_row row;
    struct safe_contact before;
    struct identity who;

    TRY(sql_request_get(c, g->request, &row));
    if (row.person == INT_NONE)
        return FAIL(E_CONFLICT, "%s", _("We do not know whose request this is, so nothing can be sent."));
    TRY(person_get(c, row.person, &who));
    safe_contact_read(who.safe_contact, &before);
    step.kind = "changed";
    TRY(safe_contact_line(c, &before, &step.note));
    struct history_of what = { "safe_contact", row.person, row.person, g->seen };
    TRY(history_add(c, &what, &step, NULL));
    TRY(safe_contact_write(c, g->safe, &who.safe_contact));
    return person_change(c, row.person, &who);
}

enum err safe_contact_change(struct ctx *c, int64_t request, const struct safe_contact *safe, int64_t seen)
{
    struct changing g = { request, seen, safe };

    TRY(may(c, RIGHT_CONTACT));
    return db_tx(c, put, &g);
}
