// SPDX-License-Identifier: EUPL-1.2
/* The next step of a complaint. */
#include "register/complaint.h"

#include "register/complaint_core.h"
#include "register/right.h"
#include "store/sql.h"

static enum err check_handler(struct ctx *c, const struct complaint_change *ch, const struct complaint *p)
{
    struct complaint_handler *list;
    size_t n;

    TRY(complaint_handlers(c, &list, &n));
    for (size_t i = 0; i < n; i++)
        if (list[i].id == ch->handler) {
            bool involved = p->worker != INT_NONE && list[i].worker == p->worker;
            return involved
                       ? FAIL_FIELD("handler", "%s",
                                    _("This colleague was involved. Someone else must handle it (Awb 9:7)."))
                       : OK;
        }
    return FAIL_FIELD("handler", "%s", _("Choose who handles the complaint."));
}

static enum err check_codes(struct ctx *c, const struct complaint_change *ch)
{
    if (ch->step == COMPLAINT_CATEGORISED &&
        !code_known(complaint_categories, complaint_category_count, ch->reason))
        return FAIL_FIELD("category", "%s", _("Choose what the complaint is about."));
    if (ch->step == COMPLAINT_NO_COMMITTEE &&
        !code_known(complaint_committee_reasons, complaint_committee_reason_count, ch->reason))
        return FAIL_FIELD("why_not", "%s", _("Choose why the committee does not deal with it."));
    if ((ch->step == COMPLAINT_DECIDED_STEP || ch->step == COMPLAINT_RULED) &&
        !code_known(complaint_outcomes, 4, ch->reason)) /* the first four are judgements */
        return FAIL_FIELD("outcome", "%s", _("Choose the judgement."));
    return OK;
}

static enum err check_change(struct ctx *c, const struct complaint_change *ch, const struct complaint *p)
{
    TRY(check_codes(c, ch));
    if (ch->step == COMPLAINT_HANDLER)
        TRY(check_handler(c, ch, p));
    if (ch->step == COMPLAINT_TO_COMMITTEE && ch->until == TIME_NONE)
        return FAIL_FIELD("until", "%s", _("Fill in on which day the committee meets."));
    if (ch->step == COMPLAINT_AGREED && ch->until == TIME_NONE)
        return FAIL_FIELD("until", "%s", _("Fill in the day that was agreed."));
    if (ch->step == COMPLAINT_EXTENDED && p->now.extended_at != TIME_NONE)
        return FAIL(E_CONFLICT, "%s", _("The term was made longer before. That can be done once."));
    if ((ch->step == COMPLAINT_REFUSED || ch->step == COMPLAINT_CHANGED || ch->step == COMPLAINT_NOTE) &&
        text_empty(ch->note))
        return FAIL_FIELD("note", "%s", _("Write it down in a few words."));
    if (ch->step == COMPLAINT_CLOSED_STEP && p->now.committee == NULL)
        return FAIL_FIELD(
            "step", "%s",
            _("First say whether the complaints committee deals with it, and why not if it does not."));
    if (ch->at != TIME_NONE && ch->at < p->received_at - 60)
        return FAIL_FIELD("date", "%s", _("This date is before the complaint came in."));
    if (!procedure_allows(&complaint_steps, p->now.state, ch->step))
        return FAIL(E_CONFLICT, _("This is not possible: the complaint is \"%s\"."),
                    procedure_state_name(c, &complaint_steps, p->now.state));
    return OK;
}

static enum err store_standing(struct ctx *c, int64_t id, const struct complaint_standing *s)
{
    struct sql_complaint_state_args row = { id,          s->version,   complaint_steps.state[s->state].code,
                                            s->category, s->committee, s->outcome,
                                            s->handler,  s->closed_at };

    return sql_complaint_state(c, &row);
}

static enum err change(struct ctx *c, void *arg)
{
    const struct complaint_change *ch = arg;
    struct happening h = HAPPENING_NONE;
    struct complaint_standing now;
    struct complaint p;

    TRY(complaint_read(c, ch->id.v, &p));
    struct history_of what = { "complaint", ch->id.v, p.keeper, ch->seen };
    if (ch->seen >= 0 && ch->seen != p.now.version)
        return FAIL(E_CONFLICT, "%s",
                    _("Someone else changed this in the meantime. Look at the new state first."));
    TRY(check_change(c, ch, &p));
    h.kind = complaint_steps.step[ch->step].code;
    h.occurred_at = ch->at;
    h.until = ch->until;
    h.number = ch->step == COMPLAINT_HANDLER ? ch->handler : INT_NONE;
    h.reason = text_empty(ch->reason) ? NULL : ch->reason;
    h.note = ch->note;
    TRY(history_add(c, &what, &h, NULL));
    TRY(history_all(c, &what, &p.step, &p.steps));
    complaint_replay(p.step, p.steps, &now);
    return store_standing(c, ch->id.v, &now);
}

enum err complaint_change(struct ctx *c, const struct complaint_change *ch)
{
    struct complaint_change copy = *ch;

    TRY(may(c, RIGHT_COMPLAINT));
    return db_tx(c, change, &copy);
}

enum err complaint_handlers(struct ctx *c, struct complaint_handler **ret_handler, size_t *ret_n)
{
    struct sql_complaint_handlers_row *row;
    struct complaint_handler *h;
    size_t n;

    TRY(may(c, RIGHT_COMPLAINT));
    TRY(sql_complaint_handlers(c, &row, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *h, (void *)&h));
    for (size_t i = 0; i < n; i++)
        h[i] = (struct complaint_handler){ row[i].id, row[i].name, row[i].worker };
    *ret_handler = h;
    *ret_n = n;
    return OK;
}
