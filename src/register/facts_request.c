// SPDX-License-Identifier: EUPL-1.2
/* Facts of requests: the moments of a request in its own row. What happens more than once in a request has
 * sets of its own: facts_happening.c. */
#include "register/facts_request.h"

#include "base/text.h"
#include "measure/condition.h"
#include "register/clock.h"
#include "register/closing.h"
#include "register/continuity.h"
#include "register/law.h"
#include "register/right.h"
#include "register/urgent.h"
#include "store/sql.h"

#include <stdlib.h>
#include <string.h>

enum err facts_request_begin(struct ctx *c, struct fact_filling *g, size_t requests)
{
    struct fact_table *t = &g->set[FACT_REQUEST];
    uint64_t columns = FACT_C(RECEIVED) | FACT_C(RECORDED) | FACT_C(CONFIRMED) | FACT_C(TRIAGED) |
                       FACT_C(URGENT) | FACT_C(URGENT_DUE) | FACT_C(PROTECTED) | FACT_C(STARTED) |
                       FACT_C(OFF) | FACT_C(CLOSED) | FACT_C(NORM) | FACT_C(PLANNED) | FACT_C(CLEAR) |
                       FACT_C(FIRST_LINE) | FACT_C(HELPED) | FACT_C(WMO) | FACT_C(WMO_DUE) |
                       FACT_C(WMO_DONE) | FACT_C(WINDOW_END) | FACT_C(AGAIN) | FACT_C(WHO) | FACT_C(TALKS) |
                       FACT_C(CHANGES) | FACT_C(AREAS) | FACT_C(NUMBER);
    size_t row;

    TRY(fact_table_begin(c, t, columns, FACT_K(KIND), requests + 1));
    for (size_t i = 0; i < requests; i++)
        TRY(fact_table_add(c, t, &row));
    return facts_happening_begin(c, g, requests);
}

/* ── What single events say ── */

static void first(int64_t *moment, int64_t t)
{
    if (*moment == TIME_NONE || t < *moment)
        *moment = t;
}

static void supporter_and_carer(struct fact_table *t, size_t row, const struct event *e)
{
    fact_mark(t, row, FACT_BIT(TOLD), e->kind == KIND_SUPPORTER_TOLD);
    fact_mark(t, row, FACT_BIT(UNDERSTOOD),
              e->kind == KIND_SUPPORTER_TOLD && text_is(e->reason, "understood"));
    fact_mark(t, row, FACT_BIT(SUPPORTED), e->kind == KIND_SUPPORTER_USED);
    if (e->kind == KIND_CARER_ASKED)
        fact_mark(t, row, FACT_BIT(CARER) | FACT_BIT(CARER_ASKED), !text_is(e->reason, "no_carer"));
}

static void choice(struct fact_table *t, size_t row, const struct event *e)
{
    bool none = text_is(e->reason, "no_choice");
    bool wish =
        text_is(e->reason, "honoured") || text_is(e->reason, "full") || text_is(e->reason, "not_contracted");

    fact_mark(t, row, FACT_BIT(CHOICE) | FACT_BIT(CHOICE_LAW), !none);
    fact_mark(t, row, FACT_BIT(WISH), wish);
    fact_mark(t, row, FACT_BIT(HONOURED), text_is(e->reason, "honoured"));
}

static void one_event(struct fact_table *t, size_t row, const struct event *e)
{
    switch (e->kind) {
    case KIND_INFORMED:
        if (text_is(e->reason, REASON_RECEIPT))
            first(&t->column[FACT_CONFIRMED][row], e->occurred_at);
        break;
    case KIND_TRIAGED:
        first(&t->column[FACT_TRIAGED][row], e->occurred_at);
        break;
    case KIND_PLAN_AGREED:
        first(&t->column[FACT_PLANNED][row], e->occurred_at);
        break;
    case KIND_HELP_STARTED:
        first(&t->column[FACT_FIRST_LINE][row], e->occurred_at);
        fact_mark(t, row, FACT_BIT(CHOICE_LAW), text_is(e->reason, "specialist"));
        break;
    case KIND_APPLIED:
        t->marks[row] |= FACT_BIT(CHOICE_LAW);
        break;
    case KIND_CHOICE_EXPLAINED:
        choice(t, row, e);
        break;
    case KIND_WINDOW_TOLD:
        t->column[FACT_WINDOW_END][row] =
            e->until != TIME_NONE ? fact_day_end(time_nl_day(e->until)) : TIME_NONE;
        break;
    default:
        supporter_and_carer(t, row, e);
    }
}

/* ── Help: who gives it, and how it ended ── */

static enum err help(struct ctx *c, struct fact_filling *g, const struct extract_hook_row *r,
                     const struct fact_care *k)
{
    struct fact_table *t = &g->set[FACT_REQUEST];
    const struct care_played *p = &k->played;
    const char *main = p->main != NULL ? p->main : p->main_planned, *direct = direct_now(p, r->now);
    bool yes = text_is(direct, "yes"), no = text_is(direct, "no");
    bool ended = r->now->ended_at != TIME_NONE, closed_yes = ended && yes, closed_no = ended && no;

    if (!p->talked)
        return OK;
    *r->flags |= side_help_flags(direct);
    fact_mark(t, r->row, FACT_BIT(PLAN_DIRECT), line_is_direct(p->main_planned));
    fact_mark(t, r->row, FACT_BIT(CLOSED_DIRECT), closed_yes);
    fact_mark(t, r->row, FACT_BIT(CLOSED_INDIRECT), closed_no);
    fact_mark(t, r->row, FACT_BIT(DIRECT), yes);
    fact_mark(t, r->row, FACT_BIT(INDIRECT), no);
    if (p->planned)
        t->column[FACT_HELPED][r->row] = t->column[FACT_PLANNED][r->row];
    else if (closed_yes || closed_no)
        t->column[FACT_HELPED][r->row] = r->now->ended_at;
    return dictionary_code(c, &g->kind,
                           main != NULL ? main
                           : closed_yes ? LINE_TEAM
                                        : NULL,
                           &t->code[FACT_KIND][r->row]);
}

static bool happened(const struct extract_hook_row *r, enum kind kind, int64_t seq)
{
    for (size_t i = 0; i < r->events; i++)
        if (r->event[i].kind == kind && r->event[i].seq == seq)
            return !r->event[i].undone;
    return false;
}

static void closing(struct fact_filling *g, struct fact_side *side, const struct extract_hook_row *r)
{
    struct fact_table *t = &g->set[FACT_REQUEST];
    const struct side_row *row;
    size_t n = side_of(&side->closing, r->request, &row);

    for (size_t i = 0; i < n; i++) {
        if (!happened(r, KIND_CLOSED, row[i].seq))
            continue;
        const char *alone = side->word.name[row[i].code];
        fact_mark(t, r->row, FACT_BIT(ALONE_ASKED), text_is(alone, "yes") || text_is(alone, "no"));
        fact_mark(t, r->row, FACT_BIT(ALONE), text_is(alone, "yes"));
    }
}

/* ── The six weeks ── */

static void wmo(struct fact_filling *g, const struct extract_hook_row *r, const struct law *l)
{
    struct fact_table *t = &g->set[FACT_REQUEST];
    int64_t due;

    if (l->reported_at == TIME_NONE)
        return;
    due = fact_day_end(law_research_due(&g->config->calendar, l->reported_at));
    t->column[FACT_WMO][r->row] = l->reported_at;
    t->column[FACT_WMO_DUE][r->row] = due;
    t->column[FACT_WMO_DONE][r->row] = l->account_at;
    fact_mark(t, r->row, FACT_BIT(WMO_DROPPED),
              l->account_at == TIME_NONE && l->ended_at != TIME_NONE && l->ended_at <= due);
}

static bool has_law(const struct extract_hook_row *r)
{
    for (size_t i = 0; i < r->events; i++)
        if (!r->event[i].undone &&
            (r->event[i].kind == KIND_WMO_REPORTED || r->event[i].kind == KIND_APPLIED))
            return true;
    return false;
}

static enum err law(struct ctx *c, struct fact_filling *g, const struct extract_hook_row *r)
{
    struct arena_mark mark = arena_mark(c->arena);
    struct application_fact *app = g->application;
    struct law l;
    int64_t refused;
    size_t n = 0;

    if (!has_law(r))
        return OK;
    TRY(law_replay(c, r->event, r->events, &l, &refused));
    wmo(g, r, &l);
    TRY(applications_look(c, g, &l, app, &n));
    arena_release(c->arena, mark); /* what a request needs is not kept */
    return applications_put(c, g, r->row, app, n);
}

/* ── One request ── */

static void moments(struct fact_filling *g, const struct extract_hook_row *r)
{
    struct fact_table *t = &g->set[FACT_REQUEST];
    const struct standing *s = r->now;
    size_t row = r->row;
    int64_t clear;

    t->column[FACT_RECORDED][row] = r->recorded_at;
    t->column[FACT_OFF][row] = s->left_at;
    t->column[FACT_CLOSED][row] = s->ended_at;
    if (s->urgent_at != TIME_NONE) {
        t->column[FACT_URGENT][row] = s->urgent_at;
        t->column[FACT_URGENT_DUE][row] = urgent_due(g->config, s->urgent_at);
        t->column[FACT_PROTECTED][row] = s->protected_at;
        if (s->started_at != TIME_NONE && s->started_at >= s->urgent_at)
            first(&t->column[FACT_PROTECTED][row], s->started_at);
    }
    clear = t->column[FACT_PLANNED][row];
    if (t->column[FACT_FIRST_LINE][row] != TIME_NONE)
        first(&clear, t->column[FACT_FIRST_LINE][row]);
    if (s->ended_at != TIME_NONE)
        first(&clear, s->ended_at);
    if (s->started_at != TIME_NONE && clear != TIME_NONE)
        t->column[FACT_CLEAR][row] = clear > s->started_at ? clear : s->started_at;
    fact_mark(t, row, FACT_BIT(BRIDGED), s->bridged != BRIDGE_NONE);
    fact_mark(t, row, FACT_BIT(BRIDGE_USED), s->bridged == BRIDGE_ACCEPTED);
    fact_mark(t, row, FACT_BIT(EMERGENCY), s->urgency == URGENCY_EMERGENCY);
}

enum err facts_request_put(struct ctx *c, struct fact_filling *g, struct fact_side *side,
                           const struct extract_hook_row *r)
{
    struct fact_table *t = &g->set[FACT_REQUEST];
    struct continuity k = continuity_of(r->event, r->events);
    const struct side_row *carer;
    struct fact_care care;

    for (size_t i = 0; i < r->events; i++) {
        fact_mark(t, r->row, FACT_BIT(CORRECTED), r->event[i].undone);
        if (!r->event[i].undone)
            one_event(t, r->row, &r->event[i]);
    }
    t->column[FACT_TALKS][r->row] = k.talks;
    t->column[FACT_CHANGES][r->row] = k.changes;
    fact_mark(t, r->row, FACT_BIT(CARER), side_of(&side->carer, r->request, &carer) > 0);
    moments(g, r);
    TRY(side_care(c, side, r, &care));
    TRY(help(c, g, r, &care));
    closing(g, side, r);
    TRY(law(c, g, r));
    return facts_happening_put(c, g, side, r, &care);
}

/* ── When joined requests were followed ── */

struct owned {
    int64_t person, received;
    size_t row;
};

static int by_person(const void *pa, const void *pb)
{
    const struct owned *a = pa, *b = pb;

    if (a->person != b->person)
        return a->person < b->person ? -1 : 1;
    if (a->received != b->received)
        return a->received < b->received ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

struct owning {
    struct fact_filling *g;
    struct owned *list;
    size_t n;
};

static enum err take_person(struct ctx *c, void *arg, const struct sql_facts_persons_row *r)
{
    struct owning *o = arg;
    size_t row = fact_request_row(o->g, r->request);

    (void)c;
    if (row != SIZE_MAX && o->n < o->g->x->x.n &&
        (o->g->set[FACT_REQUEST].marks[row] & FACT_BIT(DUPLICATE)) == 0)
        o->list[o->n++] = (struct owned){ r->person, o->g->x->x.received[row], row };
    return OK;
}

/* Requests of the same person, in order: asked again within the months of the setting, and when. */
static void link(struct fact_filling *g, const struct owned *list, size_t n)
{
    struct fact_table *t = &g->set[FACT_REQUEST];
    const struct condition_length months = { g->config->repeat_months, UNIT_MONTHS };
    int64_t who = -1;

    for (size_t i = 0; i < n; i++) {
        const struct owned *o = &list[i];
        who += i == 0 || list[i - 1].person != o->person;
        t->column[FACT_WHO][o->row] = who;
        t->marks[o->row] |= FACT_BIT(KNOWN);
        for (size_t k = i; k > 0 && list[k - 1].person == o->person; k--) {
            size_t before = list[k - 1].row;
            int64_t closed = t->column[FACT_CLOSED][before];
            if (closed == TIME_NONE || closed > o->received)
                continue;
            first(&t->column[FACT_AGAIN][before], o->received);
            fact_mark(t, o->row, FACT_BIT(REPEAT),
                      o->received <= condition_end(&g->config->calendar, closed, &months));
        }
    }
}

/* People are numbered by their first row: what comes later does not number them otherwise. */
static enum err number_people(struct ctx *c, struct fact_table *t, size_t people)
{
    int64_t *number, next = 0;

    TRY(ctx_alloc(c, people + 1, sizeof *number, (void *)&number));
    for (size_t i = 0; i < t->n; i++) {
        int64_t *who = &t->column[FACT_WHO][i];
        if (*who < 0)
            continue;
        if (number[*who] == 0)
            number[*who] = ++next;
        *who = number[*who] - 1;
    }
    return OK;
}

enum err facts_request_end(struct ctx *c, struct fact_filling *g)
{
    struct fact_table *t = &g->set[FACT_REQUEST];
    const struct extract *x = &g->x->x;
    struct owning o = { g, NULL, 0 };

    for (size_t i = 0; i < x->n; i++) {
        bool half = x->channel[i] < 0 || x->route[i] < 0 || x->category[i] < 0 || x->urgency[i] <= 0;
        t->column[FACT_RECEIVED][i] = x->received[i];
        t->column[FACT_STARTED][i] = x->started[i];
        if (x->lost[i] != TIME_NONE) {
            first(&t->column[FACT_OFF][i], x->lost[i]);
            first(&t->column[FACT_CLOSED][i], x->lost[i]);
        }
        t->column[FACT_NORM][i] =
            fact_day_end(clock_norm_day(g->config, x->urgency[i], time_nl_day(x->received[i])));
        fact_mark(t, i, FACT_BIT(CARRY_OVER), (x->flags[i] & EXTRACT_CARRY_OVER) != 0);
        fact_mark(t, i, FACT_BIT(DUPLICATE), (x->flags[i] & EXTRACT_DUPLICATE) != 0);
        fact_mark(t, i, FACT_BIT(NO_PLACE), x->neighbourhood[i] < 0);
        fact_mark(t, i, FACT_BIT(HALF), half || x->neighbourhood[i] < 0);
        if ((x->flags[i] & EXTRACT_CARRY_OVER) == 0)
            fact_since(t, x->received[i]);
    }
    TRY(ctx_alloc(c, x->n + 1, sizeof *o.list, (void *)&o.list));
    TRY(sql_facts_persons_each(c, g->at, take_person, &o));
    qsort(o.list, o.n, sizeof *o.list, by_person);
    link(g, o.list, o.n);
    TRY(number_people(c, t, o.n));
    return facts_happening_end(c, g);
}
