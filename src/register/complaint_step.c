// SPDX-License-Identifier: EUPL-1.2
/* The steps of a complaint: one table, and how it stands after them. */
#include "register/complaint.h"

#define S(state) (1u << COMPLAINT_##state)
#define ACTIVE (S(OPEN) | S(RUNNING) | S(AT_COMMITTEE))
#define ANY (ACTIVE | S(DECIDED) | S(CLOSED))
#define SAME PROCEDURE_SAME

const size_t complaint_regime_count = COMPLAINT_REGIMES;

const struct code_name complaint_categories[] = {
    { "information", N_("Information and expectation") },
    { "unreachable", N_("Not called back, not reachable") },
    { "treatment", N_("How someone was treated") },
    { "privacy", N_("Privacy") },
    { "complexity", N_("Complicated, sent from pillar to post") },
    { "waiting", N_("Having to wait for help") },
    { "content", N_("Content of the help") },
    { "worker", N_("Change of worker") },
    { "partners", N_("Working together with partners") },
    { "choice", N_("Choice of provider or personal budget") },
    { "decision", N_("Decision") },
    { "safety", N_("Safety") },
    { "other", N_("Something else") },
};
const size_t complaint_category_count = COUNT(complaint_categories);

const struct code_name complaint_outcomes[] = {
    { "upheld", N_("Justified") },         { "partly", N_("Partly justified") },
    { "not_upheld", N_("Not justified") }, { "no_judgement", N_("No judgement possible") },
    { "solved", N_("Solved by talking") }, { "refused", N_("Not dealt with") },
    { "withdrawn", N_("Withdrawn") },
};
const size_t complaint_outcome_count = COUNT(complaint_outcomes);

const struct code_name complaint_channels[] = {
    { "letter", N_("Letter") }, { "mail", N_("E-mail") },     { "phone", N_("Phone") },
    { "web", N_("Website") },   { "visit", N_("In person") },
};
const size_t complaint_channel_count = COUNT(complaint_channels);

const struct code_name complaint_committee_reasons[] = {
    { "solved", N_("No: it was solved by talking") },
    { "not_wanted", N_("No: the complainant did not want it") },
    { "light", N_("No: a small matter, handled by ourselves") },
    { "refused", N_("No: the complaint is not dealt with") },
    { "no_committee", N_("No: these rules know no committee") },
};
const size_t complaint_committee_reason_count = COUNT(complaint_committee_reasons);

static const struct procedure_step steps[COMPLAINT_STEPS] = {
    [COMPLAINT_RECEIVED] = { "received", N_("Complaint received"), S(OPEN), COMPLAINT_OPEN },
    [COMPLAINT_ACKNOWLEDGED] = { "acknowledged", N_("Receipt confirmed"), ACTIVE, SAME },
    [COMPLAINT_HANDLER] = { "handler", N_("Given to who handles it"), ACTIVE | S(DECIDED), SAME },
    [COMPLAINT_CATEGORISED] = { "categorised", N_("Put in another category"), ANY, SAME },
    [COMPLAINT_TALKED] = { "talked", N_("Talked about a solution"), ACTIVE, COMPLAINT_RUNNING },
    [COMPLAINT_HEARD] = { "heard", N_("Complainant heard"), ACTIVE, COMPLAINT_RUNNING },
    [COMPLAINT_NOT_HEARD] = { "not_heard", N_("Complainant does not want to be heard"), ACTIVE,
                              COMPLAINT_RUNNING },
    [COMPLAINT_EXTENDED] = { "extended", N_("Four weeks longer, with a letter"), ACTIVE, SAME },
    [COMPLAINT_AGREED] = { "agreed", N_("Complainant agrees with a later answer"), ACTIVE, SAME },
    [COMPLAINT_TO_COMMITTEE] = { "to_committee", N_("To the complaints committee"), S(OPEN) | S(RUNNING),
                                 COMPLAINT_AT_COMMITTEE },
    [COMPLAINT_NO_COMMITTEE] = { "no_committee", N_("Not to the complaints committee"), ACTIVE | S(DECIDED),
                                 SAME },
    [COMPLAINT_RULED] = { "ruled", N_("The committee gave its judgement"), S(AT_COMMITTEE),
                          COMPLAINT_RUNNING },
    [COMPLAINT_REFUSED] = { "refused", N_("Told that it is not dealt with, and why"), ACTIVE,
                            COMPLAINT_DECIDED },
    [COMPLAINT_DECIDED_STEP] = { "decided", N_("Answer sent"), S(OPEN) | S(RUNNING), COMPLAINT_DECIDED },
    [COMPLAINT_SOLVED] = { "solved", N_("Solved: the complainant is satisfied"), ACTIVE, COMPLAINT_DECIDED },
    [COMPLAINT_WITHDRAWN] = { "withdrawn", N_("Complaint withdrawn"), ACTIVE, COMPLAINT_DECIDED },
    [COMPLAINT_ANSWERED] = { "answered", N_("Told what we do with the judgement"), S(RUNNING) | S(DECIDED),
                             SAME },
    [COMPLAINT_OMBUDSMAN] = { "ombudsman", N_("Complainant went to the ombudsman"), S(DECIDED) | S(CLOSED),
                              SAME },
    [COMPLAINT_CHANGED] = { "changed", N_("Told what changed because of it"), S(DECIDED) | S(CLOSED), SAME },
    [COMPLAINT_CLOSED_STEP] = { "closed", N_("Complaint closed"), S(DECIDED), COMPLAINT_CLOSED },
    [COMPLAINT_NOTE] = { "note", N_("Note"), ANY, SAME },
};

static const struct code_name states[] = {
    [COMPLAINT_OPEN] = { "open", N_("New") },
    [COMPLAINT_RUNNING] = { "running", N_("Being handled") },
    [COMPLAINT_AT_COMMITTEE] = { "committee", N_("With the committee") },
    [COMPLAINT_DECIDED] = { "decided", N_("Answered") },
    [COMPLAINT_CLOSED] = { "closed", N_("Closed") },
};

const struct procedure complaint_steps = { steps, COUNT(steps), states, COUNT(states) };

/* What the step settles, beside the state. */
static void apply(struct complaint_standing *s, enum complaint_step step, const struct happening *h)
{
    switch (step) {
    case COMPLAINT_ACKNOWLEDGED:
        s->acknowledged_at = h->occurred_at;
        break;
    case COMPLAINT_HANDLER:
        s->handler = h->number;
        break;
    case COMPLAINT_RECEIVED:
    case COMPLAINT_CATEGORISED:
        s->category = h->reason;
        break;
    case COMPLAINT_HEARD:
        s->heard = true;
        break;
    case COMPLAINT_EXTENDED:
        s->extended_at = h->occurred_at;
        break;
    case COMPLAINT_AGREED:
        s->agreed_at = h->occurred_at;
        s->agreed_to = h->until;
        break;
    case COMPLAINT_TO_COMMITTEE:
        s->committee_at = h->occurred_at;
        s->committee = "yes";
        break;
    case COMPLAINT_NO_COMMITTEE:
        if (s->committee_at == TIME_NONE)
            s->committee = h->reason;
        break;
    case COMPLAINT_RULED:
        s->ruled_at = h->occurred_at;
        s->outcome = h->reason;
        break;
    case COMPLAINT_ANSWERED:
        s->answered_at = h->occurred_at;
        break;
    default:
        break;
    }
}

static void apply_end(struct complaint_standing *s, enum complaint_step step, const struct happening *h)
{
    bool refused = step == COMPLAINT_REFUSED;

    if (refused)
        s->refused_at = h->occurred_at;
    if (refused || step == COMPLAINT_SOLVED || step == COMPLAINT_WITHDRAWN)
        s->outcome = steps[step].code;
    if (step == COMPLAINT_DECIDED_STEP)
        s->outcome = h->reason;
    if (refused || step == COMPLAINT_SOLVED || step == COMPLAINT_WITHDRAWN || step == COMPLAINT_DECIDED_STEP)
        s->decided_at = h->occurred_at;
    if (step == COMPLAINT_CLOSED_STEP)
        s->closed_at = h->occurred_at;
}

void complaint_replay(const struct happening *h, size_t n, struct complaint_standing *ret_s)
{
    struct complaint_standing s = { .handler = INT_NONE,
                                    .acknowledged_at = TIME_NONE,
                                    .extended_at = TIME_NONE,
                                    .agreed_at = TIME_NONE,
                                    .agreed_to = TIME_NONE,
                                    .committee_at = TIME_NONE,
                                    .ruled_at = TIME_NONE,
                                    .refused_at = TIME_NONE,
                                    .decided_at = TIME_NONE,
                                    .answered_at = TIME_NONE,
                                    .closed_at = TIME_NONE };
    size_t step;

    for (size_t i = 0; i < n; i++) {
        if (!procedure_find(&complaint_steps, h[i].kind, &step) ||
            !procedure_allows(&complaint_steps, s.state, step))
            continue;
        s.state = (enum complaint_state)procedure_next(&complaint_steps, s.state, step);
        apply(&s, (enum complaint_step)step, &h[i]);
        apply_end(&s, (enum complaint_step)step, &h[i]);
    }
    s.version = (int64_t)n;
    *ret_s = s;
}
