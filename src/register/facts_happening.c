// SPDX-License-Identifier: EUPL-1.2
/* Facts that a request can have more than one of: stretches of silence, appointments, windows, steps of
 * escalation, lines of help that send on, applications, goals, life areas. */
#include "register/facts_request.h"

#include "base/text.h"
#include "measure/condition.h"

#include <stdio.h>

#define REQUEST_CODES                                                                                        \
    (FACT_K(TEAM) | FACT_K(NEIGHBOURHOOD) | FACT_K(URGENCY) | FACT_K(CHANNEL) | FACT_K(ROUTE) |              \
     FACT_K(CATEGORY) | FACT_K(KIND))
/* While it is filled: the row of the request, of which the codes come at the end. */
#define OF_REQUEST FACT_C(WHO)

enum err facts_happening_begin(struct ctx *c, struct fact_filling *g, size_t requests)
{
    static const struct {
        enum fact_set set;
        uint64_t columns;
    } sets[] = {
        { FACT_SILENCE, FACT_C(AT) },
        { FACT_WORSE, FACT_C(AT) },
        { FACT_WINDOW, FACT_C(AT) | FACT_C(DUE) | FACT_C(STARTED) | FACT_C(WIDTH) },
        { FACT_APPOINTMENT, FACT_C(AT) },
        { FACT_LEVEL, FACT_C(AT) | FACT_C(END) | FACT_C(NUMBER) },
        { FACT_LINE, FACT_C(AT) | FACT_C(END) | FACT_C(DUE) },
        { FACT_APPLICATION, FACT_C(AT) | FACT_C(END) | FACT_C(DUE) | FACT_C(GONE) | FACT_C(EUROS) },
        { FACT_ANSWER, FACT_C(AT) },
        { FACT_GOAL, FACT_C(AT) },
        { FACT_AREA, FACT_C(AT) | FACT_C(END) | FACT_C(NUMBER) },
    };

    for (size_t i = 0; i < COUNT(sets); i++)
        TRY(fact_table_begin(c, &g->set[sets[i].set], sets[i].columns | OF_REQUEST, REQUEST_CODES,
                             requests * (sets[i].set == FACT_SILENCE ? 4 : 1) + 64));
    return OK;
}

/* A new row of a request in a set, at a moment. */
static enum err add(struct ctx *c, struct fact_filling *g, enum fact_set set, size_t request, int64_t at,
                    size_t *ret_row)
{
    struct fact_table *t = &g->set[set];

    TRY(fact_table_add(c, t, ret_row));
    t->column[FACT_AT][*ret_row] = at;
    t->column[FACT_WHO][*ret_row] = (int64_t)request;
    fact_since(t, at);
    return OK;
}

/* ── Waiting ── */

/* Stretches without a talk: from asking or the last talk, each as long as is agreed at most, or until the
 * next talk. Who is off the list has no stretch that runs any more. */
static enum err silence(struct ctx *c, struct fact_filling *g, const struct extract_hook_row *r)
{
    const struct condition_length agreed = { g->config->contact_days, UNIT_DAYS };
    int64_t off = r->now->left_at != TIME_NONE ? r->now->left_at : g->at, heard = r->now->received_at, end;
    size_t row;

    for (size_t i = 0; i <= r->events && heard != TIME_NONE; i++) {
        const struct event *e = i < r->events ? &r->event[i] : NULL;
        if (e != NULL && (e->undone || e->kind != KIND_CALL_REACHED || e->occurred_at >= off))
            continue;
        int64_t until = e != NULL ? e->occurred_at : off;
        while ((end = condition_end(&g->config->calendar, heard, &agreed)) < until) {
            TRY(add(c, g, FACT_SILENCE, r->row, end, &row));
            heard = end + 1;
        }
        if (e == NULL)
            break;
        TRY(add(c, g, FACT_SILENCE, r->row, until, &row));
        g->set[FACT_SILENCE].marks[row] |= FACT_BIT(REACHED);
        heard = until;
    }
    return OK;
}

static enum err worse(struct ctx *c, struct fact_filling *g, const struct extract_hook_row *r)
{
    int64_t off = r->now->left_at != TIME_NONE ? r->now->left_at : g->at, urgency = URGENCY_UNKNOWN;
    size_t row;

    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i];
        if (e->undone || e->urgency == INT_NONE || e->occurred_at > off)
            continue;
        if (urgency != URGENCY_UNKNOWN && e->urgency > urgency)
            TRY(add(c, g, FACT_WORSE, r->row, e->occurred_at, &row));
        urgency = e->urgency;
    }
    return OK;
}

/* KIND_WINDOW_TOLD: until is the last day of the period, number the days from its first to its last day. */
static enum err windows(struct ctx *c, struct fact_filling *g, const struct extract_hook_row *r)
{
    struct fact_table *t = &g->set[FACT_WINDOW];
    size_t row, last = SIZE_MAX;

    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i];
        if (e->undone || e->kind != KIND_WINDOW_TOLD || e->until == TIME_NONE)
            continue;
        TRY(add(c, g, FACT_WINDOW, r->row, e->occurred_at, &row));
        t->column[FACT_DUE][row] = fact_day_end(time_nl_day(e->until));
        t->column[FACT_STARTED][row] = r->now->started_at;
        t->column[FACT_WIDTH][row] = e->number;
        fact_mark(t, row, FACT_BIT(FIRST), last == SIZE_MAX);
        last = row;
    }
    if (last != SIZE_MAX)
        t->marks[last] |= FACT_BIT(LAST);
    return OK;
}

/* ── Help ── */

static const struct event *missed(const struct extract_hook_row *r, int64_t moment)
{
    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i];
        if (!e->undone && e->kind == KIND_NO_SHOW && time_nl_day(e->occurred_at) == time_nl_day(moment))
            return e;
    }
    return NULL;
}

/* Appointments of which the moment has come, and those that did not take place without one written down. */
static enum err appointments(struct ctx *c, struct fact_filling *g, const struct extract_hook_row *r)
{
    struct fact_table *t = &g->set[FACT_APPOINTMENT];
    size_t row;

    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i], *no = NULL;
        bool planned = e->kind == KIND_APPOINTMENT && e->until != TIME_NONE && e->until <= g->at;
        if (e->undone || !(planned || e->kind == KIND_NO_SHOW))
            continue;
        if (planned)
            no = missed(r, e->until);
        else {
            bool counted = false;
            for (size_t k = 0; k < r->events && !counted; k++)
                counted = !r->event[k].undone && r->event[k].kind == KIND_APPOINTMENT &&
                          r->event[k].until != TIME_NONE && r->event[k].until <= g->at &&
                          missed(r, r->event[k].until) == e;
            if (counted)
                continue;
            no = e;
        }
        TRY(add(c, g, FACT_APPOINTMENT, r->row, planned ? e->until : e->occurred_at, &row));
        fact_mark(t, row, FACT_BIT(MISSED), no != NULL && !text_is(no->reason, "us"));
        fact_mark(t, row, FACT_BIT(MISSED_BY_US), no != NULL && text_is(no->reason, "us"));
    }
    return OK;
}

static enum err levels(struct ctx *c, struct fact_filling *g, const struct extract_hook_row *r)
{
    struct fact_table *t = &g->set[FACT_LEVEL];
    int64_t level = 0;
    size_t row, last = SIZE_MAX;
    char name[16];

    for (size_t i = 0; i < r->events; i++) {
        const struct event *e = &r->event[i];
        if (e->undone || e->kind != KIND_AVE_CHANGED || e->number == INT_NONE || e->number == level)
            continue;
        TRY(add(c, g, FACT_LEVEL, r->row, e->occurred_at, &row));
        if (last != SIZE_MAX)
            t->column[FACT_END][last] = e->occurred_at;
        t->column[FACT_NUMBER][row] = e->number;
        fact_mark(t, row, FACT_BIT(UP), e->number > level);
        fact_mark(t, row, FACT_BIT(DOWN), e->number < level);
        snprintf(name, sizeof name, "AVE %d", (int)e->number);
        TRY(dictionary_code(c, &g->kind, name, &t->code[FACT_KIND][row]));
        level = e->number;
        last = row;
    }
    if (last != SIZE_MAX)
        t->column[FACT_END][last] = r->now->ended_at;
    return OK;
}

static const struct event *arrival_of(const struct extract_hook_row *r, int64_t line)
{
    const struct event *found = NULL;

    for (size_t i = 0; i < r->events; i++)
        if (!r->event[i].undone && line_arrival_said(&r->event[i], line) != NULL)
            found = &r->event[i];
    return found;
}

static enum err lines(struct ctx *c, struct fact_filling *g, const struct extract_hook_row *r,
                      const struct fact_care *care)
{
    struct fact_table *t = &g->set[FACT_LINE];
    size_t row;

    for (size_t i = 0; i < care->lines; i++) {
        const struct line_played *l = &care->line[i];
        if (l->undone || l->started_at == TIME_NONE || !line_is_referral(l->kind))
            continue;
        const struct event *e = arrival_of(r, l->id);
        TRY(add(c, g, FACT_LINE, r->row, l->started_at, &row));
        t->column[FACT_DUE][row] = fact_day_end(time_nl_day(l->started_at) + g->config->arrival_days);
        t->column[FACT_END][row] = e != NULL ? e->occurred_at : TIME_NONE;
        const char *said = e != NULL ? line_arrival_said(e, l->id) : "unknown";
        fact_mark(t, row, FACT_BIT(ARRIVED), text_is(said, "arrived"));
        fact_mark(t, row, FACT_BIT(UNKNOWN), text_is(said, "unknown"));
        TRY(dictionary_code(c, &g->kind, l->kind, &t->code[FACT_KIND][row]));
    }
    return OK;
}

/* ── Legal track ── */

enum err applications_look(struct ctx *c, const struct fact_filling *g, const struct law *l,
                           struct application_fact app[APPLICATIONS_MAX], size_t *ret_n)
{
    struct law_term term;
    size_t n = 0;

    for (size_t i = 0; i < l->applications && n < APPLICATIONS_MAX; i++) {
        const struct law_application *a = &l->application[i];
        TRY(law_decision_term(c, &g->config->calendar, &g->law, l, a, false, g->at, &term));
        app[n++] = (struct application_fact){ .applied = a->applied_at,
                                              .decided = a->decided_at,
                                              .due = fact_day_end(term.now.due),
                                              .paid_at = a->late.paid_at,
                                              .paid = a->late.paid,
                                              .provision = a->provision->code };
    }
    *ret_n = n;
    return OK;
}

enum err applications_put(struct ctx *c, struct fact_filling *g, size_t request,
                          const struct application_fact *app, size_t n)
{
    struct fact_table *t = &g->set[FACT_APPLICATION];
    size_t row;

    for (size_t i = 0; i < n; i++) {
        TRY(add(c, g, FACT_APPLICATION, request, app[i].applied, &row));
        t->column[FACT_END][row] = app[i].decided;
        t->column[FACT_DUE][row] = app[i].due;
        t->column[FACT_GONE][row] = app[i].paid_at;
        t->column[FACT_EUROS][row] = app[i].paid;
        TRY(dictionary_code(c, &g->kind, app[i].provision, &t->code[FACT_KIND][row]));
    }
    return OK;
}

/* ── Outcome ── */

static int64_t moment_of(const struct extract_hook_row *r, int64_t seq)
{
    for (size_t i = 0; i < r->events; i++)
        if (r->event[i].seq == seq)
            return r->event[i].undone ? TIME_NONE : r->event[i].occurred_at;
    return TIME_NONE; /* later than the reference time */
}

static enum err goals(struct ctx *c, struct fact_filling *g, struct fact_side *side,
                      const struct extract_hook_row *r)
{
    struct fact_table *t = &g->set[FACT_GOAL];
    const struct side_row *goal;
    size_t row, n = side_of(&side->goal, r->request, &goal);

    for (size_t i = 0; i < n; i++) {
        int64_t at = moment_of(r, goal[i].seq);
        const char *resident = side->word.name[goal[i].code], *worker = side->word.name[goal[i].other];
        if (at == TIME_NONE)
            continue;
        TRY(add(c, g, FACT_GOAL, r->row, at, &row));
        fact_mark(t, row, FACT_BIT(ASKED), !text_is(resident, "not_asked"));
        fact_mark(t, row, FACT_BIT(BY_RESIDENT), text_is(resident, "yes") || text_is(resident, "partly"));
        fact_mark(t, row, FACT_BIT(BY_WORKER), text_is(worker, "yes") || text_is(worker, "partly"));
    }
    return OK;
}

#define PROBLEMS 3    /* life areas with a problem: several problems at once */
#define PROBLEM_MAX 2 /* a score of at most this is a problem; 0 was not needed */

/* The last score of an area after the first one; NULL: there is none. */
static const struct side_row *last_score(const struct extract_hook_row *r, const struct side_row *area,
                                         size_t n, const struct side_row *from)
{
    const struct side_row *found = NULL;

    for (const struct side_row *a = from + 1; a < area + n; a++)
        if (a->code == from->code && a->seq != from->seq && a->number >= 1 &&
            moment_of(r, a->seq) != TIME_NONE)
            found = a;
    return found;
}

static bool is_first(const struct extract_hook_row *r, const struct side_row *area, const struct side_row *a)
{
    if (a->number < 1 || moment_of(r, a->seq) == TIME_NONE)
        return false;
    for (const struct side_row *b = area; b < a; b++)
        if (b->code == a->code && b->number >= 1 && moment_of(r, b->seq) != TIME_NONE)
            return false;
    return true;
}

static enum err areas(struct ctx *c, struct fact_filling *g, struct fact_side *side,
                      const struct extract_hook_row *r)
{
    struct fact_table *t = &g->set[FACT_AREA], *q = &g->set[FACT_REQUEST];
    const struct side_row *area;
    size_t row, n = side_of(&side->area, r->request, &area);
    int64_t asked = 0, problems = 0, pairs = 0;

    for (size_t i = 0; i < n; i++) {
        if (!is_first(r, area, &area[i]))
            continue;
        asked++;
        problems += area[i].number <= PROBLEM_MAX;
        const struct side_row *last = last_score(r, area, n, &area[i]);
        if (last == NULL)
            continue;
        pairs++;
        TRY(add(c, g, FACT_AREA, r->row, moment_of(r, area[i].seq), &row));
        t->column[FACT_END][row] = moment_of(r, last->seq);
        t->column[FACT_NUMBER][row] = last->number - area[i].number;
        TRY(dictionary_code(c, &g->kind, side->word.name[area[i].code], &t->code[FACT_KIND][row]));
    }
    q->column[FACT_AREAS][r->row] = asked;
    q->column[FACT_NUMBER][r->row] = pairs;
    fact_mark(q, r->row, FACT_BIT(MULTIPLE), problems >= PROBLEMS);
    return OK;
}

enum err facts_happening_put(struct ctx *c, struct fact_filling *g, struct fact_side *side,
                             const struct extract_hook_row *r, const struct fact_care *care)
{
    TRY(silence(c, g, r));
    TRY(worse(c, g, r));
    TRY(windows(c, g, r));
    TRY(appointments(c, g, r));
    TRY(levels(c, g, r));
    TRY(lines(c, g, r, care));
    TRY(goals(c, g, side, r));
    return areas(c, g, side, r);
}

/* Helped: requests with help; questions that were answered at once come from the contacts. */
static enum err answers(struct ctx *c, struct fact_filling *g)
{
    const struct fact_table *q = &g->set[FACT_REQUEST];
    size_t row;

    for (size_t i = 0; i < q->n; i++) {
        bool counted = (q->marks[i] & (FACT_BIT(DIRECT) | FACT_BIT(INDIRECT))) != 0;
        if (!counted || q->column[FACT_HELPED][i] == TIME_NONE || (q->marks[i] & FACT_BIT(DUPLICATE)) != 0)
            continue;
        TRY(add(c, g, FACT_ANSWER, i, q->column[FACT_HELPED][i], &row));
        fact_mark(&g->set[FACT_ANSWER], row, FACT_BIT(DIRECT), (q->marks[i] & FACT_BIT(DIRECT)) != 0);
    }
    return OK;
}

enum err facts_happening_end(struct ctx *c, struct fact_filling *g)
{
    static const enum fact_set of[] = { FACT_SILENCE, FACT_WORSE, FACT_WINDOW,      FACT_APPOINTMENT,
                                        FACT_LEVEL,   FACT_LINE,  FACT_APPLICATION, FACT_ANSWER,
                                        FACT_GOAL,    FACT_AREA };
    const struct fact_table *q = &g->set[FACT_REQUEST];

    TRY(answers(c, g));
    for (size_t i = 0; i < COUNT(of); i++) {
        struct fact_table *t = &g->set[of[i]];
        for (size_t row = 0; row < t->n; row++) {
            size_t request = (size_t)t->column[FACT_WHO][row];
            fact_as_request(g, t, row, request);
            fact_record(t, row, g->x->id[request]);
            fact_mark(t, row, FACT_BIT(DUPLICATE), (q->marks[request] & FACT_BIT(DUPLICATE)) != 0);
        }
        t->column[FACT_WHO] = NULL; /* no number of a request goes to who measures */
        t->columns &= ~OF_REQUEST;
        if (of[i] != FACT_WINDOW && q->since != TIME_NONE)
            fact_since(t, t->n > 0 ? q->since : TIME_NONE);
    }
    return OK;
}
