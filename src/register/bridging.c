// SPDX-License-Identifier: EUPL-1.2
#include "register/bridging.h"

#include "base/text.h"
#include "register/right.h"
#include "register/wait_step.h"

const struct code_name bridge_kinds[] = {
    { "group", N_("A group") },
    { "self_help", N_("Self-help") },
    { "contact_person", N_("A contact person") },
    { "other", N_("Something else") },
};
const size_t bridge_kind_count = COUNT(bridge_kinds);

const char *bridge_name(const struct ctx *c, const char *code)
{
    return code != NULL ? code_text(c, bridge_kinds, bridge_kind_count, code) : NULL;
}

enum err bridge_add(struct ctx *c, const struct bridge_form *f, int64_t *ret_batch)
{
    struct event e[2] = { EVENT_NONE, EVENT_NONE };

    TRY(may(c, RIGHT_EVENT));
    if (text_empty(f->kind))
        return FAIL_FIELD("kind", "%s", _("Choose what was offered."));
    e[0].kind = KIND_BRIDGED;
    e[1].kind = KIND_BRIDGE_ACCEPTED;
    e[0].reason = e[1].reason = f->kind;
    e[0].occurred_at = e[1].occurred_at = c->now;
    struct wait_step s = { .kind = "bridge",
                           .request = f->request,
                           .n = f->n,
                           .version = f->version,
                           .event = e,
                           .events = f->accepted ? 2 : 1,
                           .note = f->note };
    return wait_step_add(c, &s, ret_batch);
}
