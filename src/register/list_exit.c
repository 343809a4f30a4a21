// SPDX-License-Identifier: EUPL-1.2
#include "register/list_exit.h"

#include "base/date.h"
#include "base/text.h"
#include "register/right.h"
#include "register/wait_step.h"

const struct code_name exit_reasons[] = {
    { "solved", N_("Solved before it was their turn") },
    { "elsewhere", N_("Helped elsewhere") },
    { "withdrawn", N_("Does not want help any more") },
    { "moved", N_("Moved to another municipality") },
    { "died", N_("Died") },
    { REASON_DUPLICATE, N_("Was on the list already") },
    { "unreachable", N_("Could not be reached") },
    { "other", N_("Another reason") },
};
const size_t exit_reason_count = COUNT(exit_reasons);

static bool is_reason(const char *code)
{
    for (size_t i = 0; i < exit_reason_count; i++)
        if (text_is(exit_reasons[i].code, code))
            return true;
    return false;
}

enum err list_exit_add(struct ctx *c, const struct exit_form *f, int64_t *ret_batch)
{
    struct event e = EVENT_NONE;
    struct wait_step s = { .kind = "exit",
                           .request = &f->request.v,
                           .n = 1,
                           .version = f->version,
                           .event = &e,
                           .events = 1,
                           .note = f->note };

    TRY(may(c, RIGHT_EVENT));
    if (!is_reason(f->reason))
        return FAIL_FIELD(
            "reason", "%s",
            _("You take someone off the waiting list. Choose a reason. This reason goes into the "
              "report."));
    if (text_is(f->reason, "other") && text_empty(f->note))
        return FAIL_FIELD("note", "%s", _("Write down what the reason is."));
    e.kind = text_is(f->reason, "elsewhere") ? KIND_REDIRECTED : KIND_CLOSED;
    e.reason = f->reason;
    e.occurred_at = c->now;
    return wait_step_add(c, &s, ret_batch);
}

/* What was tried to reach a resident since we last spoke. */
struct tries {
    int64_t attempts, days; /* calls in vain, on so many days */
    bool letter;            /* sent after the last time that we spoke */
};

static struct tries tries_of(const struct event *event, size_t n)
{
    struct tries t = { 0 };
    int32_t last = DAY_NONE;

    for (size_t i = 0; i < n; i++) {
        const struct event *e = &event[i];
        if (e->undone)
            continue;
        if (e->kind == KIND_CALL_REACHED || e->kind == KIND_REGISTERED) {
            t = (struct tries){ 0 };
            last = DAY_NONE;
        } else if (e->kind == KIND_CALL_ATTEMPTED) {
            t.attempts++;
            t.days += time_nl_day(e->occurred_at) != last;
            last = time_nl_day(e->occurred_at);
        } else if (e->kind == KIND_INFORMED && text_is(e->reason, REASON_LETTER_UNREACHED)) {
            t.letter = true;
        }
    }
    return t;
}

static enum err check_unreachable(struct ctx *c, const struct event *event, size_t n)
{
    struct tries t = tries_of(event, n);

    if (c->actor->role != ROLE_TEAM_LEAD && c->actor->role != ROLE_SYSTEM)
        return FAIL(E_FORBIDDEN, "%s", _("Only the team lead decides that a resident cannot be reached."));
    if (t.attempts < EXIT_ATTEMPTS || t.days < EXIT_DAYS)
        return FAIL_FIELD("reason", "%s",
                          _("First call three times, on at least two days. The resident stays on the list."));
    if (!t.letter)
        return FAIL_FIELD("reason", "%s", _("First send a letter. The resident stays on the waiting list."));
    return OK;
}

enum err list_exit_check(struct ctx *c, const struct event *event, size_t n, bool waiting,
                         const struct event *e)
{
    if (!waiting || (e->kind != KIND_CLOSED && e->kind != KIND_REDIRECTED))
        return OK;
    if (text_empty(e->reason))
        return FAIL_FIELD(
            "reason", "%s",
            _("You take someone off the waiting list. Choose a reason. This reason goes into the "
              "report."));
    if (text_is(e->reason, "unreachable"))
        return check_unreachable(c, event, n);
    return OK;
}

enum err list_exit_letter(struct ctx *c, struct request_id id, int64_t version)
{
    struct request_change ch = { .id = id, .version = version, .e = EVENT_NONE };

    TRY(may(c, RIGHT_CALL));
    ch.e.kind = KIND_INFORMED;
    ch.e.reason = REASON_LETTER_UNREACHED;
    ch.e.occurred_at = c->now;
    return request_change(c, &ch);
}
