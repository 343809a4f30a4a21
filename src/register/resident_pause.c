// SPDX-License-Identifier: EUPL-1.2
#include "register/resident_pause.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "register/wait_step.h"

const struct code_name pause_reasons[] = {
    { "holiday", N_("Holiday") },
    { "hospital", N_("In hospital") },
    { "chose_to_wait", N_("Chose to wait") },
    { "own_wish", N_("At their own wish") },
};
const size_t pause_reason_count = COUNT(pause_reasons);

static bool is_reason(const char *code)
{
    for (size_t i = 0; i < pause_reason_count; i++)
        if (text_is(pause_reasons[i].code, code))
            return true;
    return false;
}

enum err pause_add(struct ctx *c, const struct pause_form *f, int64_t *ret_batch)
{
    struct event e = EVENT_NONE;

    TRY(may(c, RIGHT_EVENT));
    if (!is_reason(f->reason))
        return FAIL_FIELD("reason", "%s",
                          _("Choose why the resident wants to wait. That we have no room is no reason."));
    if (f->until == DAY_NONE)
        return FAIL_FIELD("until", "%s", _("Fill in until when the resident wants to wait."));
    if (f->until <= c->today)
        return FAIL_FIELD("until", "%s", _("This day must be after today."));
    if (f->until > c->today + 366)
        return FAIL_FIELD("until", "%s", _("This day is more than a year ahead."));
    e.kind = KIND_PAUSED;
    e.occurred_at = c->now;
    e.reason = f->reason;
    e.until = time_of_nl_day(f->until, 0);
    struct wait_step s = { .kind = "pause",
                           .request = f->request,
                           .n = f->n,
                           .version = f->version,
                           .event = &e,
                           .events = 1,
                           .note = f->note };
    return wait_step_add(c, &s, ret_batch);
}

enum err pause_end(struct ctx *c, struct request_id id, int64_t version, int64_t *ret_batch)
{
    struct event e = EVENT_NONE;
    struct wait_step s = {
        .kind = "resume", .request = &id.v, .n = 1, .version = version, .event = &e, .events = 1
    };

    TRY(may(c, RIGHT_EVENT));
    e.kind = KIND_RESUMED;
    e.occurred_at = c->now;
    return wait_step_add(c, &s, ret_batch);
}
