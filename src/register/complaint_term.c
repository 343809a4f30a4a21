// SPDX-License-Identifier: EUPL-1.2
#include "register/complaint_term.h"

const struct code_name complaint_regimes[COMPLAINT_REGIMES] = {
    [COMPLAINT_AWB] = { "awb", N_("Municipality (Awb, chapter 9)") },
    [COMPLAINT_PROVIDER] = { "provider", N_("Wmo provider (own scheme)") },
    [COMPLAINT_YOUTH] = { "youth", N_("Youth help (Youth Act 4.2.1)") },
};

static struct law_term make(const struct calendar *k, const struct law_options *o,
                            const struct complaint_clock *q, enum law_kind kind, int64_t start, int64_t stop,
                            int64_t now)
{
    int32_t day = time_nl_day(start);
    struct law_term t = { .kind = kind,
                          .term = { start, law_length(o, kind, day), law_owner(o, kind, day), stop } };
    struct term_length more = law_rule(kind)->more;
    struct term_change change[2];
    size_t n = 0;

    if (more.amount > 0 && q->extended_at != TIME_NONE)
        change[n++] =
            (struct term_change){ TERM_EXTEND, q->extended_at, TIME_NONE, PARTY_US, more.amount, more.unit };
    if (more.amount > 0 && q->agreed_at != TIME_NONE && q->agreed_to != TIME_NONE)
        change[n++] =
            (struct term_change){ TERM_POSTPONE, q->agreed_at, q->agreed_to, PARTY_US, 0, TERM_DAYS };
    term_look(k, &t.term, change, n, now, &t.now);
    t.overdue = law_rule(kind)->duty && t.now.verdict == TERM_OVER;
    return t;
}

/* What ended it: the answer, or the message that it is not taken up. */
static int64_t answer_of(const struct complaint_clock *q)
{
    if (q->answered_at == TIME_NONE)
        return q->refused_at;
    return q->refused_at != TIME_NONE && q->refused_at < q->answered_at ? q->refused_at : q->answered_at;
}

size_t complaint_terms(const struct calendar *k, const struct law_options *o, const struct complaint_clock *q,
                       int64_t now, struct law_term ret_term[COMPLAINT_TERMS])
{
    enum law_kind kind = q->committee ? LAW_COMPLAINT_COMMITTEE : LAW_COMPLAINT;

    switch (q->regime) {
    case COMPLAINT_PROVIDER:
        ret_term[0] = make(k, o, q, LAW_COMPLAINT_PROVIDER, q->received_at, answer_of(q), now);
        return 1;
    case COMPLAINT_YOUTH:
        if (q->ruled_at == TIME_NONE) {
            ret_term[0] = make(k, o, q, LAW_COMPLAINT_YOUTH, q->received_at, q->refused_at, now);
            return 1;
        }
        ret_term[0] = make(k, o, q, LAW_COMPLAINT_ANSWER, q->ruled_at, q->answered_at, now);
        ret_term[1] = make(k, o, q, LAW_COMPLAINT_YOUTH, q->received_at, q->ruled_at, now);
        return 2;
    default:
        ret_term[0] = make(k, o, q, kind, q->received_at, answer_of(q), now);
        if (q->answered_at != TIME_NONE && q->refused_at == TIME_NONE)
            return 1;
        ret_term[1] = make(k, o, q, LAW_COMPLAINT_REFUSED, q->received_at, q->refused_at, now);
        if (q->refused_at == TIME_NONE)
            ret_term[1].overdue = false; /* who takes it up need not refuse */
        return 2;
    }
}
