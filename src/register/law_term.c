// SPDX-License-Identifier: EUPL-1.2
/* The terms of a request: which clocks its legal track starts, stops and pauses. */
#include "base/text.h"
#include "register/law.h"

#include <stdlib.h>

struct making {
    const struct calendar *k;
    const struct law_options *o;
    const struct law *l;
    int64_t now;
    struct law_term *term;
    size_t n;
};

static int64_t noon_of(int32_t day)
{
    return time_of_nl_day(day, 12 * 3600);
}

static void look(const struct making *m, struct law_term *t)
{
    bool ended = m->l->ended_at != TIME_NONE && m->l->ended_at <= m->now;

    /* Our own clocks end with the request; those of the municipality do not. */
    if (t->application == 0 && ended && (t->term.stop == TIME_NONE || t->term.stop > m->l->ended_at)) {
        t->term.stop = m->l->ended_at;
        t->ended = t->dropped = true;
    }
    term_look(m->k, &t->term, t->change, t->changes, m->now, &t->now);
    if (t->now.verdict == TERM_NOT_KEPT && law_rule(t->kind)->duty)
        t->dropped = false; /* it was late already when the request ended */
    t->overdue = law_rule(t->kind)->duty && t->now.verdict == TERM_OVER;
}

static struct law_term *add(struct making *m, enum law_kind kind, int64_t start, int64_t stop)
{
    struct law_term *t = &m->term[m->n++];

    int32_t day = time_nl_day(start);
    *t =
        (struct law_term){ .kind = kind,
                           .term = { start, law_length(m->o, kind, day), law_owner(m->o, kind, day), stop } };
    return t;
}

static void add_report(struct making *m)
{
    const struct law *l = m->l;

    if (l->reported_at == TIME_NONE)
        return;
    look(m, add(m, LAW_RECEIPT, l->reported_at, l->receipt_at));
    look(m, add(m, LAW_PERSONAL_PLAN, l->reported_at, l->personal_plan_at));
    struct law_term *t = add(m, LAW_RESEARCH, l->reported_at, l->account_at);
    t->change = l->wait;
    t->changes = l->waits;
    look(m, t);
}

static void add_youth(struct making *m)
{
    const struct law *l = m->l;

    if (l->family_declined_at != TIME_NONE) {
        bool before = l->plan_at != TIME_NONE && l->plan_at < l->family_declined_at;
        look(m, add(m, LAW_YOUTH_PLAN, l->family_declined_at, before ? l->family_declined_at : l->plan_at));
    }
    if (l->written_asked_at != TIME_NONE)
        look(m, add(m, LAW_YOUTH_WRITTEN, l->written_asked_at, l->written_sent_at));
}

/* What happened to the term of an application, or of the objection against its decision. */
static enum err changes_of(struct ctx *c, const struct law *l, const struct law_application *a,
                           bool objection, struct law_term *t)
{
    TRY(ctx_alloc(c, l->pauses + 1, sizeof *t->change, (void *)&t->change));
    for (size_t i = 0; i < l->pauses; i++)
        if (l->pause[i].application == a->seq && l->pause[i].ground->objection == objection)
            t->change[t->changes++] = l->pause[i].change;
    /* Awb 4:14(1): where a law sets the term, the letter with another day does not move it; 4:14(3) does. */
    if (!objection && t->kind == LAW_DECISION_OTHER && a->postponed_at != TIME_NONE)
        t->change[t->changes++] =
            (struct term_change){ TERM_POSTPONE, a->postponed_at, a->postponed_to, PARTY_MUNICIPALITY, 0,
                                  TERM_DAYS };
    if (objection && a->extended_at != TIME_NONE)
        t->change[t->changes++] = (struct term_change){ TERM_EXTEND,
                                                        a->extended_at,
                                                        TIME_NONE,
                                                        PARTY_MUNICIPALITY,
                                                        law_rule(t->kind)->more.amount,
                                                        law_rule(t->kind)->more.unit };
    return OK;
}

/* Awb 7:10(1): counted from the day after the last day for objecting. */
static int64_t objection_start(const struct making *m, const struct law_application *a)
{
    struct term_length l = law_rule(LAW_OBJECTING)->length;
    int32_t last = calendar_legal_term(m->k, time_nl_day(a->decided_at), l.amount, l.unit);

    return a->objected_at > noon_of(last) ? a->objected_at : noon_of(last);
}

static enum err decision_term(struct ctx *c, const struct making *m, const struct law_application *a,
                              bool objection, struct law_term *t)
{
    enum law_kind kind = a->provision->act == LAW_WMO ? LAW_DECISION_WMO : LAW_DECISION_OTHER;

    if (objection)
        kind = a->committee ? LAW_OBJECTION_COMMITTEE : LAW_OBJECTION;
    int64_t start = objection ? objection_start(m, a) : a->applied_at;
    int32_t day = time_nl_day(start);
    *t = (struct law_term){ .kind = kind,
                            .application = a->seq,
                            .provision = a->provision,
                            .term = { start, law_length(m->o, kind, day), law_owner(m->o, kind, day),
                                      objection ? a->objection_decided_at : a->decided_at } };
    TRY(changes_of(c, m->l, a, objection, t));
    look(m, t);
    return OK;
}

/* The two weeks after a notice that came when the term had passed, and the penalty after them. */
static void add_late(struct making *m, const struct law_term *of, const struct law_late *late)
{
    int32_t stop = of->term.stop == TIME_NONE ? DAY_NONE : time_nl_day(of->term.stop);

    if (late->notice_at == TIME_NONE)
        return;
    struct law_term *t = add(m, LAW_DEFAULT, late->notice_at, of->term.stop);
    t->application = of->application;
    t->provision = of->provision;
    t->penalty = penalty_of(m->k, &m->o->penalty, of->now.due, time_nl_day(late->notice_at), stop,
                            time_nl_day(m->now));
    look(m, t);
    if (t->penalty.early) { /* it starts nothing */
        t->dropped = true;
        t->overdue = false;
    }
    if (t->penalty.days == 0 || t->penalty.running)
        return;
    struct law_term *fix = add(m, LAW_PENALTY, noon_of(t->penalty.last), late->paid_at);
    fix->application = of->application;
    fix->provision = of->provision;
    look(m, fix);
}

static void add_rights(struct making *m, const struct law_application *a)
{
    if (a->decided_at == TIME_NONE || text_is(a->result, "withdrawn"))
        return;
    struct law_term *t = add(m, LAW_OBJECTING, a->decided_at, a->objected_at);
    t->application = a->seq;
    t->provision = a->provision;
    look(m, t);
    if (a->review_at == TIME_NONE)
        return;
    /* an agreed day: the one after the day before it */
    t = add(m, LAW_REVIEW, noon_of(time_nl_day(a->review_at) - 1), TIME_NONE);
    t->application = a->seq;
    t->provision = a->provision;
    look(m, t);
}

static enum err add_application(struct ctx *c, struct making *m, const struct law_application *a)
{
    struct law_term *t = &m->term[m->n++];

    TRY(decision_term(c, m, a, false, t));
    add_late(m, t, &a->late);
    add_rights(m, a);
    if (a->objected_at == TIME_NONE)
        return OK;
    t = &m->term[m->n++];
    TRY(decision_term(c, m, a, true, t));
    add_late(m, t, &a->objection_late);
    return OK;
}

bool law_term_runs(const struct law_term *t)
{
    return !t->dropped && (t->now.verdict == TERM_RUNNING || t->overdue);
}

static int by_urgency(const void *pa, const void *pb)
{
    const struct law_term *a = pa, *b = pb;

    if (a->overdue != b->overdue)
        return a->overdue ? -1 : 1;
    if (law_term_runs(a) != law_term_runs(b))
        return law_term_runs(a) ? -1 : 1;
    if (a->now.due != b->now.due)
        return a->now.due < b->now.due ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return a->application < b->application ? -1 : a->application > b->application;
}

enum err law_terms(struct ctx *c, const struct calendar *k, const struct law_options *o, const struct law *l,
                   int64_t now, struct law_term **ret_term, size_t *ret_n)
{
    enum { REPORT = 5, APPLICATION = 8 };
    struct making m = { k, o, l, now, NULL, 0 };

    TRY(ctx_alloc(c, REPORT + APPLICATION * l->applications, sizeof *m.term, (void *)&m.term));
    add_report(&m);
    add_youth(&m);
    for (size_t i = 0; i < l->applications; i++)
        TRY(add_application(c, &m, &l->application[i]));
    qsort(m.term, m.n, sizeof *m.term, by_urgency);
    *ret_term = m.term;
    *ret_n = m.n;
    return OK;
}

enum err law_decision_term(struct ctx *c, const struct calendar *k, const struct law_options *o,
                           const struct law *l, const struct law_application *a, bool objection, int64_t now,
                           struct law_term *ret_term)
{
    struct making m = { k, o, l, now, NULL, 0 };

    return decision_term(c, &m, a, objection, ret_term);
}

int32_t law_research_due(const struct calendar *k, int64_t reported_at)
{
    struct term_length l = law_rule(LAW_RESEARCH)->length;

    return calendar_legal_term(k, time_nl_day(reported_at), l.amount, l.unit);
}

int64_t law_research_cutoff(const struct calendar *k, int32_t today)
{
    int32_t day = today - 42; /* a report of this day is in its last day, or moved */

    while (calendar_legal_term(k, day, 6, TERM_WEEKS) >= today)
        day--;
    return time_of_nl_day(day + 1, 0);
}
