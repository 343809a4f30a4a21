// SPDX-License-Identifier: EUPL-1.2
#include "web/frame.h"

#include "base/text.h"
#include "register/batch.h"
#include "register/config.h"
#include "register/session.h"
#include "register/urgent.h"

/* What a page can say was just done: the address names one of these, never a text. */
static const struct {
    const char *code, *text;
} done[] = {
    { "call", N_("The call has been saved.") },
    { "plan", N_("The plan has been kept.") },
    { "period", N_("Written down: the period was told.") },
    { "event", N_("What happened has been saved.") },
    { "new", N_("The request is on the waiting list.") },
    { "new_elsewhere", N_("The request is on the waiting list of the team of that neighbourhood.") },
    { "paused", N_("Paused until the day you gave.") },
    { "resumed", N_("The pause has ended.") },
    { "bridged", N_("The offer has been saved. The resident stays on the waiting list.") },
    { "left", N_("The resident is off the waiting list.") },
    { "triaged", N_("The urgency has been saved.") },
    { "protected", N_("The first protective action has been saved.") },
    { "letter", N_("The letter has been noted. The resident stays on the waiting list.") },
    { "skipped", N_("Put off: this resident comes back later in this round.") },
    { "rules", N_("The rules have been saved. Everyone sees the change on the waiting list.") },
    { "complaint", N_("The complaint has been saved.") },
    { "signal", N_("The signal has been sent.") },
    { "incident", N_("The incident has been reported.") },
    { "step", N_("The step has been saved.") },
    { "saved", N_("Saved.") },
    { "changed", N_("Saved. The expectation is made again with it.") },
    { "allocated", N_("Allocated.") },
    { "listed_before",
      N_("Nobody was added: they were on the call list already, or may not be called now.") },
    { "unlisted", N_("Taken off the call list again.") },
    { "handover", N_("The cases have been handed over. Now tell the residents.") },
    { "told", N_("Written down that they were told.") },
    { "consent_withdrawn", N_("Consent has been withdrawn. You do not see this referral any more.") },
    { "referred", N_("The referral has been sent.") },
    { "referred_unseen", N_("The referral has been sent. Without consent you do not see it any more.") },
    { "talk", N_("The talk has been saved.") },
    { "appointment", N_("The appointment has been saved.") },
    { "no_show", N_("It has been saved that the appointment did not take place.") },
    { "told", N_("What was told and asked has been saved.") },
    { "plan", N_("The plan has been saved.") },
    { "line", N_("The help has been saved.") },
    { "line_end", N_("This help has ended.") },
    { "main_line", N_("This is the main line of the help now.") },
    { "arrival", N_("It has been saved whether the resident arrived.") },
    { "evaluation", N_("The looking back has been saved.") },
    { "areas", N_("The scores have been saved.") },
    { "closed", N_("The request is closed.") },
    { "direct", N_("Your judgement has been saved beside that of the rule.") },
    { "aftercare", N_("The call afterwards has been saved.") },
    { "group", N_("The group has been saved.") },
    { "joined", N_("They take part in the group. Who waits stays on the waiting list.") },
    { "session", N_("It has been saved who was there.") },
    { "left_group", N_("It has been saved that taking part ended.") },
    { "person", N_("The data of the resident have been changed.") },
    { "household", N_("The household has been changed.") },
    { "network", N_("The network has been changed.") },
    { "regie", N_("Who directs the case has been saved.") },
    { "ave", N_("The level of escalation has been saved.") },
    { "joined", N_("The two have been joined. You can split them again.") },
    { "split", N_("The two have been split. Both are as they were.") },
    { "distinct", N_("Remembered: these are two people.") },
    { "opened", N_("The request is open for you. Your reason has been kept.") },
    { "sealed", N_("The seal has been changed.") },
    { "judged", N_("Your judgement has been saved.") },
    { "blocked", N_("From now on you see nothing of this resident.") },
    { "undone", N_("This has been taken back.") },
    { "contact", N_("The contact has been saved.") },
    { "tally", N_("Counted. The next one?") },
    { "settled", N_("The question has been dealt with.") },
    { "withdrawn", N_("The contact has been taken back. It no longer counts.") },
    { "callback", N_("The call has been saved.") },
    { "given", N_("Someone else will call now.") },
    { "promised", N_("The call-back has been saved.") },
    { "filter", N_("The filter has been saved.") },
    { "unfilter", N_("The filter has been removed.") },
    { "language", N_("The language has been changed.") },
    { "password", N_("The password has been changed.") },
    { "safe", N_("The answers about safe contact have been saved.") },
    { "counted", N_("The calls have been counted.") },
    { "message", N_("The message has been written down.") },
    { "sent", N_("Written down as sent.") },
    { "imported", N_("The file has been imported. It stands at the top of the list.") },
    { "letters", N_("The letters have been noted as sent.") },
    { "logout", N_("You have logged out.") },
};

bool user_may(const struct ctx *c, enum right right)
{
    return c->actor != NULL && role_may(c->actor->role, right);
}

/* After an action that can be taken back: ?batch=ID, when it is this user's. */
static enum err undo_fill(struct ctx *c, const struct req *r, struct frame *f)
{
    bool can = false;
    int64_t batch;

    f->undo = INT_NONE;
    if (c->actor == NULL || !text_to_int(req_query(r, "batch"), &batch))
        return OK;
    TRY(batch_can_undo(c, batch, &can));
    f->undo = can ? batch : INT_NONE;
    return OK;
}

enum err frame_fill(struct ctx *c, const struct req *r, const char *title, const char *menu,
                    struct frame *ret_frame)
{
    const struct config *k;
    struct frame f = { .title = title, .csrf = visitor_csrf(r->visitor) };

    TRY(config_get(c, &k));
    f.municipality = k->municipality;
    f.demo = k->made_up;
    if (c->actor != NULL) {
        f.user = c->actor->name;
        f.role = role_name(c, c->actor->role);
    }
    f.may_list = user_may(c, RIGHT_WAITING_LIST);
    f.may_register = user_may(c, RIGHT_REGISTER);
    f.may_search = user_may(c, RIGHT_SEARCH);
    f.account = text_is(menu, "/account");
    TRY(nav_fill(c, menu, &f.nav));
    for (size_t i = 0; i < COUNT(done); i++)
        if (text_is(done[i].code, req_query(r, "done")))
            f.done = _(done[i].text);
    f.alarms = user_may(c, RIGHT_TRIAGE);
    session_random(f.once);
    f.here = r->path != NULL ? r->path : "/";
    TRY(undo_fill(c, r, &f));
    TRY(urgent_alarm(c, &f.alarm));
    *ret_frame = f;
    return OK;
}
