// SPDX-License-Identifier: EUPL-1.2
/* Facts of places, complaints, signals, incidents, partners, hand-over lists and groups. */
#include "base/text.h"
#include "measure/condition.h"
#include "register/complaint_core.h"
#include "register/facts_table.h"
#include "register/presence.h"
#include "register/signal.h"
#include "store/sql.h"

#include <stdio.h>
#include <string.h>

/* ── Consultation hours ── */

static enum err take_session(struct ctx *c, void *arg, const struct sql_facts_sessions_row *r)
{
    struct fact_filling *g = arg;
    struct fact_table *t = &g->set[FACT_SESSION];
    bool held = text_is(r->state, PRESENCE_HELD);
    int64_t at = time_of_nl_day(r->day, (int)r->starts * 60);
    size_t row;

    if (time_of_nl_day(r->day, (int)r->ends * 60) > g->at && !held)
        return OK; /* still to come */
    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = at;
    t->column[FACT_PLANNED_MINUTES][row] = r->ends - r->starts;
    t->column[FACT_HELD_MINUTES][row] = held ? r->held_to - r->held_from : 0;
    t->column[FACT_QUESTIONS][row] = r->questions;
    t->column[FACT_UNHANDLED][row] = r->unhandled;
    t->column[FACT_SOLVED][row] = r->solved;
    t->column[FACT_MADE][row] = r->requests;
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    t->code[FACT_NEIGHBOURHOOD][row] = fact_place(g, r->neighbourhood);
    fact_mark(t, row, FACT_BIT(BY_PLAN), r->by_plan != INT_NONE);
    fact_mark(t, row, FACT_BIT(HELD), held);
    fact_record(t, row, r->id);
    fact_since(t, at);
    return dictionary_code(c, &g->kind, r->place, &t->code[FACT_KIND][row]);
}

/* ── Complaints ── */

/* The steps up to the reference time say how it stood then, and its terms. */
static enum err one_complaint(struct ctx *c, struct fact_filling *g, const struct sql_facts_complaints_row *r)
{
    struct fact_table *t = &g->set[FACT_COMPLAINT];
    struct sql_facts_complaint_steps_row *step;
    struct complaint p = { .id = { r->id }, .regime = r->regime, .received_at = r->received_at };
    struct happening *h;
    size_t n, row;
    bool solved = false, ombudsman = false;
    int64_t end = TIME_NONE;

    TRY(sql_facts_complaint_steps(c, r->id, g->at, &step, &n));
    TRY(ctx_alloc(c, n + 1, sizeof *h, (void *)&h));
    for (size_t i = 0; i < n; i++) {
        h[i] = HAPPENING_NONE;
        h[i].kind = step[i].kind;
        h[i].occurred_at = step[i].occurred_at;
        h[i].seq = step[i].seq;
        h[i].number = step[i].number;
        h[i].reason = step[i].reason;
        h[i].until = step[i].until;
        bool done = text_is(step[i].kind, "solved") || text_is(step[i].kind, "decided") ||
                    text_is(step[i].kind, "answered") || text_is(step[i].kind, "withdrawn") ||
                    text_is(step[i].kind, "refused");
        if (done && end == TIME_NONE)
            end = step[i].occurred_at;
        solved = solved || text_is(step[i].kind, "solved");
        ombudsman = ombudsman || text_is(step[i].kind, "ombudsman");
    }
    complaint_replay(h, n, &p.now);
    complaint_fill_terms(g->config, &g->law, g->at, &p);
    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = r->received_at;
    t->column[FACT_DUE][row] = p.terms > 0 ? fact_day_end(p.term[0].now.due) : TIME_NONE;
    t->column[FACT_END][row] = end;
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    fact_mark(t, row, FACT_BIT(SOLVED), solved);
    fact_mark(t, row, FACT_BIT(COMMITTEE), p.now.committee_at != TIME_NONE);
    fact_mark(t, row, FACT_BIT(OMBUDSMAN), ombudsman);
    fact_record(t, row, r->id);
    fact_since(t, r->received_at);
    return dictionary_code(c, &g->kind, p.now.category != NULL ? p.now.category : r->category,
                           &t->code[FACT_KIND][row]);
}

static enum err complaints(struct ctx *c, struct fact_filling *g)
{
    struct sql_facts_complaints_row *r;
    size_t n;

    TRY(sql_facts_complaints(c, g->at, &r, &n));
    for (size_t i = 0; i < n; i++)
        TRY(one_complaint(c, g, &r[i]));
    return OK;
}

/* ── Signals: how serious, and how many people told the same in 91 days ── */

#define SIGNALS_ALIKE 400

struct signals {
    struct fact_filling *g;
    char topic[64];
    int64_t place;
    size_t n; /* of the same topic and place so far */
    struct {
        int64_t at;
        char reporter[80];
    } before[SIGNALS_ALIKE];
};

static int64_t reporters(const struct signals *k)
{
    int64_t from = k->before[k->n - 1].at - (int64_t)SIGNAL_DAYS * SECONDS_A_DAY, n = 0;

    for (size_t i = 0; i < k->n; i++) {
        bool seen = k->before[i].at < from;
        for (size_t j = 0; j < i && !seen; j++)
            seen = k->before[j].at >= from && strcmp(k->before[j].reporter, k->before[i].reporter) == 0;
        n += !seen;
    }
    return n;
}

static enum err take_signal(struct ctx *c, void *arg, const struct sql_facts_signals_row *r)
{
    struct signals *k = arg;
    struct fact_filling *g = k->g;
    struct fact_table *t = &g->set[FACT_SIGNAL];
    const struct condition_length days = { signal_answer_days(r->severity), UNIT_WORKING_DAYS };
    char name[40];
    size_t row;

    if (!text_is(r->topic, k->topic) || r->neighbourhood != k->place || k->n == SIGNALS_ALIKE)
        k->n = 0;
    text_copy(k->topic, sizeof k->topic, r->topic);
    k->place = r->neighbourhood;
    k->before[k->n].at = r->received_at;
    text_copy(k->before[k->n++].reporter, sizeof k->before[0].reporter, r->reporter);
    int64_t n = reporters(k);
    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = r->received_at;
    t->column[FACT_DUE][row] = condition_end(&g->config->calendar, r->received_at, &days);
    t->column[FACT_END][row] = r->answered_at;
    t->column[FACT_SEVERITY][row] = r->severity;
    t->column[FACT_REPORTERS][row] = n;
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    t->code[FACT_NEIGHBOURHOOD][row] = fact_place(g, r->neighbourhood);
    fact_record(t, row, r->id);
    fact_since(t, r->received_at);
    snprintf(name, sizeof name, "%d x %s", (int)r->severity,
             n <= 1   ? "1"
             : n == 2 ? "2"
             : n <= 4 ? "3-4"
                      : "5+");
    return dictionary_code(c, &g->kind, name, &t->code[FACT_KIND][row]);
}

static enum err take_incident(struct ctx *c, void *arg, const struct sql_facts_incidents_row *r)
{
    struct fact_filling *g = arg;
    struct fact_table *t = &g->set[FACT_INCIDENT];
    size_t row;

    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = r->found_at;
    t->column[FACT_RECORDED][row] = r->recorded_at;
    t->column[FACT_CLOSED][row] = r->closed_at;
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    fact_mark(t, row, FACT_BIT(CALAMITY), r->calamity);
    fact_mark(t, row, FACT_BIT(REPORTED), r->told_at != TIME_NONE);
    fact_mark(t, row, FACT_BIT(MEASURED), r->measures > 0);
    fact_record(t, row, r->id);
    fact_since(t, r->found_at);
    return dictionary_code(c, &g->kind, r->kind, &t->code[FACT_KIND][row]);
}

/* ── Partners ── */

static enum err take_agreement(struct ctx *c, void *arg, const struct sql_facts_agreements_row *r)
{
    struct fact_filling *g = arg;
    struct fact_table *t = &g->set[FACT_AGREEMENT];
    bool judged = r->judged_on != DAY_NONE && r->judged_on <= time_nl_day(g->at);
    size_t row;

    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = fact_day_begin(r->starts_on);
    t->column[FACT_GONE][row] = fact_day_end(r->ends_on);
    fact_mark(t, row, FACT_BIT(JUDGED), judged);
    fact_mark(t, row, FACT_BIT(KEPT), judged && r->kept == 1);
    fact_record(t, row, r->id);
    fact_since(t, t->column[FACT_AT][row]);
    return dictionary_code(c, &g->kind, r->kind, &t->code[FACT_KIND][row]);
}

static enum err take_referral(struct ctx *c, void *arg, const struct sql_facts_referrals_row *r)
{
    struct fact_filling *g = arg;
    struct fact_table *t = &g->set[FACT_REFERRAL];
    const struct fact_table *q = &g->set[FACT_REQUEST];
    size_t row, request = fact_request_row(g, r->request);

    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = r->occurred_at;
    t->column[FACT_END][row] = r->answered_at;
    fact_as_request(g, t, row, request);
    if (request != SIZE_MAX) {
        t->column[FACT_OFF][row] = q->column[FACT_OFF][request];
        t->column[FACT_NORM][row] = q->column[FACT_NORM][request];
    }
    fact_mark(t, row, FACT_BIT(CONSENT), r->consent);
    fact_mark(t, row, FACT_BIT(STAYS), r->stays);
    fact_mark(t, row, FACT_BIT(MULTIPLE), r->multi_problem);
    fact_record(t, row, r->id);
    fact_since(t, r->occurred_at);
    return dictionary_code(c, &g->kind, r->kind, &t->code[FACT_KIND][row]);
}

static enum err take_transfer(struct ctx *c, void *arg, const struct sql_facts_transfers_row *r)
{
    struct fact_filling *g = arg;
    struct fact_table *t = &g->set[FACT_TRANSFER];
    bool agreed =
        r->agreed_resident != DAY_NONE && r->agreed_provider != DAY_NONE && r->agreed_team != DAY_NONE;
    bool done = r->outcome != NULL && r->outcome_on != DAY_NONE && fact_day_begin(r->outcome_on) <= g->at;
    size_t row;

    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = fact_day_begin(r->starts_on);
    t->column[FACT_DUE][row] = fact_day_end(r->due_on);
    t->column[FACT_END][row] = done ? fact_day_begin(r->outcome_on) : TIME_NONE;
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    fact_mark(t, row, FACT_BIT(TRANSFERRED), done && agreed && text_is(r->outcome, "transferred"));
    fact_mark(t, row, FACT_BIT(WORKER_ASKED), r->kept_worker != INT_NONE);
    fact_mark(t, row, FACT_BIT(SAME_WORKER), r->kept_worker == 1);
    fact_record(t, row, r->id);
    fact_since(t, t->column[FACT_AT][row]);
    return dictionary_code(c, &g->kind, r->provider, &t->code[FACT_KIND][row]);
}

static enum err take_programme(struct ctx *c, void *arg, const struct sql_facts_programmes_row *r)
{
    struct fact_filling *g = arg;
    struct fact_table *t = &g->set[FACT_PROGRAMME];
    size_t row;

    TRY(fact_table_add(c, t, &row));
    t->column[FACT_AT][row] = fact_day_begin(r->starts_on);
    t->column[FACT_END][row] = fact_day_end(r->ends_on);
    t->column[FACT_CAPACITY][row] = r->capacity;
    t->column[FACT_TOOK_PART][row] = r->took_part;
    t->column[FACT_FINISHED][row] = fact_day_end(r->ends_on) <= g->at ? r->finished : INT_NONE;
    t->code[FACT_TEAM][row] = fact_team(g, r->team);
    fact_record(t, row, r->id);
    fact_since(t, t->column[FACT_AT][row]);
    return dictionary_code(c, &g->kind, r->kind, &t->code[FACT_KIND][row]);
}

static enum err begin(struct ctx *c, struct fact_filling *g)
{
    static const struct {
        enum fact_set set;
        uint64_t columns;
        uint32_t codes;
    } sets[] = {
        { FACT_SESSION,
          FACT_C(AT) | FACT_C(PLANNED_MINUTES) | FACT_C(HELD_MINUTES) | FACT_C(QUESTIONS) |
              FACT_C(UNHANDLED) | FACT_C(SOLVED) | FACT_C(MADE),
          FACT_K(TEAM) | FACT_K(NEIGHBOURHOOD) | FACT_K(KIND) },
        { FACT_COMPLAINT, FACT_C(AT) | FACT_C(DUE) | FACT_C(END), FACT_K(TEAM) | FACT_K(KIND) },
        { FACT_SIGNAL, FACT_C(AT) | FACT_C(DUE) | FACT_C(END) | FACT_C(SEVERITY) | FACT_C(REPORTERS),
          FACT_K(TEAM) | FACT_K(NEIGHBOURHOOD) | FACT_K(KIND) },
        { FACT_INCIDENT, FACT_C(AT) | FACT_C(RECORDED) | FACT_C(CLOSED), FACT_K(TEAM) | FACT_K(KIND) },
        { FACT_AGREEMENT, FACT_C(AT) | FACT_C(GONE), FACT_K(KIND) },
        { FACT_REFERRAL, FACT_C(AT) | FACT_C(END) | FACT_C(OFF) | FACT_C(NORM),
          FACT_K(TEAM) | FACT_K(NEIGHBOURHOOD) | FACT_K(URGENCY) | FACT_K(KIND) },
        { FACT_TRANSFER, FACT_C(AT) | FACT_C(DUE) | FACT_C(END), FACT_K(TEAM) | FACT_K(KIND) },
        { FACT_PROGRAMME, FACT_C(AT) | FACT_C(END) | FACT_C(CAPACITY) | FACT_C(TOOK_PART) | FACT_C(FINISHED),
          FACT_K(TEAM) | FACT_K(KIND) },
    };

    for (size_t i = 0; i < COUNT(sets); i++)
        TRY(fact_table_begin(c, &g->set[sets[i].set], sets[i].columns, sets[i].codes, 64));
    return OK;
}

enum err facts_record_fill(struct ctx *c, struct fact_filling *g)
{
    int32_t day = time_nl_day(g->at);
    struct signals *signals;

    TRY(begin(c, g));
    TRY(ctx_alloc(c, 1, sizeof *signals, (void *)&signals));
    signals->g = g;
    TRY(sql_facts_sessions_each(c, day, take_session, g));
    TRY(complaints(c, g));
    TRY(sql_facts_signals_each(c, g->at, take_signal, signals));
    TRY(sql_facts_incidents_each(c, g->at, take_incident, g));
    TRY(sql_facts_agreements_each(c, day, take_agreement, g));
    TRY(sql_facts_referrals_each(c, g->at, take_referral, g));
    TRY(sql_facts_transfers_each(c, day, take_transfer, g));
    return sql_facts_programmes_each(c, day, take_programme, g);
}
