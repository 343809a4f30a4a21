// SPDX-License-Identifier: EUPL-1.2
/* Complaints, signals and incidents: their own replay, as for every step that is added. */
#include "register/complaint.h"
#include "register/incident.h"
#include "register/record_core.h"
#include "register/signal.h"

static enum err same_complaint(struct ctx *c, const struct sql_complaint_after_row *row,
                               const struct played *p, bool *ret_same)
{
    struct complaint_standing s;

    (void)c;
    complaint_replay(p->h, p->n, &s);
    *ret_same =
        p->n > 0 && row->version == s.version && text_is(row->state, complaint_steps.state[s.state].code) &&
        text_is(row->category, s.category) && text_is(row->committee, s.committee) &&
        text_is(row->outcome, s.outcome) && row->handler == s.handler && row->closed_at == s.closed_at;
    return OK;
}

static enum err same_signal(struct ctx *c, const struct sql_signal_after_row *row, const struct played *p,
                            bool *ret_same)
{
    struct signal_standing s;

    (void)c;
    signal_replay(p->h, p->n, &s);
    *ret_same = p->n > 0 && row->version == s.version &&
                text_is(row->state, signal_steps.state[s.state].code) && row->severity == s.severity &&
                text_is(row->verdict, s.verdict) && row->answered_at == s.answered_at &&
                row->closed_at == s.closed_at;
    return OK;
}

static enum err same_incident(struct ctx *c, const struct sql_incident_after_row *row, const struct played *p,
                              bool *ret_same)
{
    struct incident_standing s;

    (void)c;
    incident_replay(p->h, p->n, row->calamity, &s);
    *ret_same = p->n > 0 && row->version == s.version &&
                text_is(row->state, incident_steps.state[s.state].code) && row->told_at == s.told_at &&
                row->closed_at == s.closed_at;
    return OK;
}

RECORD_CHECK(check_complaints, complaint_after, "complaint", "complaint", same_complaint);
RECORD_CHECK(check_signals, signal_after, "signal", "signal", same_signal);
RECORD_CHECK(check_incidents, incident_after, "incident", "incident", same_incident);

enum err record_check_voices(struct ctx *c, struct records *r)
{
    TRY(check_complaints(c, r));
    TRY(check_signals(c, r));
    return check_incidents(c, r);
}
