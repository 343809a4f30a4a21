// SPDX-License-Identifier: EUPL-1.2
/* The form for what else happens to a request besides calls: the first talk, a pause, an end. */
#include "base/text.h"
#include "web/request.h"
#include "web/show.h"

/* What ends or stops the waiting otherwise has pages of its own (web/wait_step.h). */
static const enum kind kinds[] = { KIND_FIRST_TALK, KIND_CLOSED };
static const char *const reasons[] = { "helped",    "solved",   "elsewhere", "withdrawn",   "own_wish",
                                       "holiday",   "hospital", "moved",     "unreachable", "died",
                                       "duplicate", "other",    NULL };

struct event_typed {
    const char *event, *reason, *remark;
    int64_t seen; /* the version that the user saw */
    int32_t day, until;
};
const struct form_field event_fields[EVENT_FIELDS] = {
    { FORM_AT(struct event_typed, event), .kind = FORM_TEXT, .required = true,
      .label = N_("What else happened?") },
    { FORM_AT(struct event_typed, seen), .kind = FORM_INT, .required = true },
    { FORM_AT(struct event_typed, day), .kind = FORM_DATE, .required = true, .label = N_("On which day?") },
    { FORM_AT(struct event_typed, reason), .kind = FORM_TEXT, .max = 40, .label = N_("Why?") },
    { FORM_AT(struct event_typed, until), .kind = FORM_DATE, .label = N_("Paused until") },
    { FORM_AT(struct event_typed, remark), .kind = FORM_LINES, .max = 2000, .label = N_("Remark") },
};

static struct field typed(const struct req *r, const struct request_page *p, const char *name,
                          const char *label, const char *otherwise)
{
    const char *value = req_form(r, name);

    return (struct field){ .name = name,
                           .label = label,
                           .value = value != NULL ? value : otherwise,
                           .error = form_error(&p->wrong, name) };
}

/* Only what can happen in this state. */
static enum err kinds_fill(struct ctx *c, const struct req *r, struct request_page *p)
{
    struct option *o;
    size_t n = 0;

    TRY(ctx_alloc(c, COUNT(kinds), sizeof *o, (void *)&o));
    for (size_t i = 0; i < COUNT(kinds); i++)
        if (state_allows(p->request->now.state, kinds[i]) &&
            (kinds[i] != KIND_CLOSED || !p->request->now.waiting))
            o[n++] = (struct option){ .value = kind_code(kinds[i]),
                                      .label = kind_name(c, kinds[i]),
                                      .chosen = text_is(kind_code(kinds[i]), req_form(r, "event")) };
    p->kind = (struct choice){ .name = "event",
                               .label = _("What else happened?"),
                               .option = o,
                               .n = n,
                               .error = form_error(&p->wrong, "event") };
    return OK;
}

enum err event_form_fill(struct ctx *c, const struct req *r, struct request_page *p)
{
    struct option *o;

    TRY(kinds_fill(c, r, p));
    TRY(ctx_alloc(c, COUNT(reasons), sizeof *o, (void *)&o));
    o[0] = (struct option){ .value = "", .label = _("No reason needed") };
    for (size_t i = 0; reasons[i] != NULL; i++)
        o[i + 1] = (struct option){ .value = reasons[i],
                                    .label = reason_name(c, reasons[i]),
                                    .chosen = text_is(reasons[i], req_form(r, "reason")) };
    p->reason = (struct choice){ .name = "reason",
                                 .label = _("Why?"),
                                 .option = o,
                                 .n = COUNT(reasons),
                                 .error = form_error(&p->wrong, "reason") };
    p->day = typed(r, p, "day", _("On which day?"), typed_day_text(c, c->today));
    p->day.narrow = p->day.required = true;
    p->until = typed(r, p, "until", _("Paused until"), "");
    p->until.narrow = true;
    p->remark = typed(r, p, "remark", _("Remark"), "");
    p->remark.lines = true;
    p->event_open = req_form(r, "event") != NULL;
    p->may_event = user_may(c, RIGHT_EVENT) && p->kind.n > 0;
    return OK;
}

static enum err event_of(struct ctx *c, const struct event_typed *t, struct request_change *ch)
{
    enum kind kind;

    if (!kind_find(t->event, &kind))
        return FAIL_FIELD("event", "%s", _("Choose one of the list."));
    if (t->day > c->today)
        return FAIL_FIELD("day", "%s", _("This date is in the future."));
    if ((kind == KIND_CLOSED || kind == KIND_PAUSED) && t->reason[0] == '\0')
        return FAIL_FIELD("reason", "%s", _("Choose a reason. This reason is counted in the reports."));
    if (kind == KIND_PAUSED && t->until == DAY_NONE)
        return FAIL_FIELD("until", "%s", _("Fill in until when the resident wants to wait."));
    ch->e.kind = kind;
    ch->e.occurred_at = t->day == c->today ? c->now : time_of_nl_day(t->day, 12 * 3600);
    ch->e.reason = t->reason[0] == '\0' ? NULL : t->reason;
    ch->e.until = kind == KIND_PAUSED ? time_of_nl_day(t->until, 0) : TIME_NONE;
    ch->version = t->seen;
    ch->note = t->remark[0] == '\0' ? NULL : t->remark;
    return OK;
}

static enum err event_save(struct ctx *c, const struct req *r, struct form_errors *errors)
{
    struct request_change ch = { .id = { r->ids.id[0] }, .e = EVENT_NONE };
    struct event_typed t;

    TRY(form_read(c, r, event_fields, EVENT_FIELDS, &t, errors));
    TRY(event_of(c, &t, &ch));
    return request_change(c, &ch);
}

enum err web_request_event_post(struct ctx *c, const struct req *r, struct reply *out)
{
    struct form_errors errors = { 0 };
    enum err e = event_save(c, r, &errors);

    if (e == OK)
        return reply_redirect(c, out, "/requests/%lld?done=event", (long long)r->ids.id[0]);
    TRY(wrong_take(c, e, out, &errors));
    return request_show(c, r, errors, out);
}
