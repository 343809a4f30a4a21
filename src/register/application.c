// SPDX-License-Identifier: EUPL-1.2
#include "register/application.h"

#include "base/text.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

#include <stdlib.h>

#define fact sql_law_events_running_row /* an event, with whose it is */

static enum err may_look(struct ctx *c)
{
    return may(c, c->actor != NULL && role_may(c->actor->role, RIGHT_DECISION) ? RIGHT_DECISION : RIGHT_WMO);
}

/* ── The legal tracks of many requests at once ────────────────────────────────────────────────────────────
 */

struct reader {
    const struct config *k;
    struct law_options o;
    enum err (*take)(struct ctx *c, struct reader *r, const struct fact *first, const struct law *l);
    void *arg;
};

static enum err reader_begin(struct ctx *c, struct reader *r)
{
    TRY(config_get(c, &r->k));
    return law_options_get(c, &r->o);
}

/* The events of one request: rows [from, to). */
static enum err read_one(struct ctx *c, struct reader *r, const struct fact *row, size_t n)
{
    struct standing s;
    struct event *event;
    struct law l;
    int64_t refused;

    TRY(ctx_alloc(c, n, sizeof *event, (void *)&event));
    for (size_t i = 0; i < n; i++) {
        event[i] = EVENT_NONE;
        TRY(kind_read(c, row[i].kind, &event[i].kind));
        event[i].seq = row[i].seq;
        event[i].occurred_at = row[i].occurred_at;
        event[i].recorded_at = row[i].recorded_at;
        event[i].reason = row[i].reason;
        event[i].until = row[i].until;
        event[i].number = row[i].number;
        event[i].object = row[i].object;
    }
    refused = standing_replay(event, n, &s);
    TRY(law_replay(c, event, n, &l, &refused));
    return r->take(c, r, row, &l);
}

static enum err read_all(struct ctx *c, struct reader *r, const struct fact *row, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && row[end].request == row[i].request)
            end++;
        TRY(read_one(c, r, &row[i], end - i));
        i = end;
    }
    return OK;
}

/* ── What is open ─────────────────────────────────────────────────────────────────────────────────────────
 */

struct opening {
    struct open_decision *open;
    size_t n, room;
};

static const char *ground_now(const struct law *l, const struct law_application *a, bool objection,
                              int64_t now)
{
    for (size_t i = l->pauses; i-- > 0;) {
        const struct law_pause *p = &l->pause[i];
        bool over = p->change.until != TIME_NONE && time_nl_day(p->change.until) <= time_nl_day(now);
        if (p->application == a->seq && p->ground->objection == objection && !over)
            return p->ground->code;
    }
    return NULL;
}

static enum err open_add(struct ctx *c, struct reader *r, const struct fact *of, const struct law *l,
                         const struct law_application *a, bool objection)
{
    struct opening *all = r->arg;
    const struct law_late *late = objection ? &a->objection_late : &a->late;
    struct open_decision *d;

    if (all->n == all->room) {
        struct open_decision *more;
        TRY(ctx_alloc(c, 2 * all->room + 64, sizeof *more, (void *)&more));
        for (size_t i = 0; i < all->n; i++)
            more[i] = all->open[i];
        all->open = more;
        all->room = 2 * all->room + 64;
    }
    d = &all->open[all->n++];
    *d = (struct open_decision){ .request = of->request,
                                 .seq = a->seq,
                                 .person = of->person,
                                 .team = of->team,
                                 .worker = of->worker,
                                 .objection = objection,
                                 .provision = a->provision,
                                 .ground = ground_now(l, a, objection, c->now),
                                 .notice_at = late->notice_at };
    request_number(of->request, time_nl_day(of->received_at), d->number);
    TRY(law_decision_term(c, &r->k->calendar, &r->o, l, a, objection, c->now, &d->term));
    if (late->notice_at != TIME_NONE)
        d->penalty = penalty_of(&r->k->calendar, &r->o.penalty, d->term.now.due, time_nl_day(late->notice_at),
                                DAY_NONE, c->today);
    return OK;
}

static enum err take_open(struct ctx *c, struct reader *r, const struct fact *first, const struct law *l)
{
    for (size_t i = 0; i < l->applications; i++) {
        const struct law_application *a = &l->application[i];
        if (a->decided_at == TIME_NONE)
            TRY(open_add(c, r, first, l, a, false));
        else if (law_objection_open(a))
            TRY(open_add(c, r, first, l, a, true));
    }
    return OK;
}

static int by_due(const void *pa, const void *pb)
{
    const struct open_decision *a = pa, *b = pb;

    if (a->term.now.due != b->term.now.due)
        return a->term.now.due < b->term.now.due ? -1 : 1;
    if (a->request != b->request)
        return a->request < b->request ? -1 : 1;
    return a->seq < b->seq ? -1 : a->seq > b->seq;
}

enum err open_decisions(struct ctx *c, struct open_decision **ret_open, size_t *ret_n)
{
    struct opening all = { .n = 0 };
    struct reader r = { .take = take_open, .arg = &all };
    struct fact *row;
    size_t n;

    TRY(may_look(c));
    struct look look = { c->actor->account, "list", "application", INT_NONE };
    TRY(read_log_add(c, &look));
    TRY(reader_begin(c, &r));
    TRY(sql_law_events_open(c, &row, &n));
    TRY(read_all(c, &r, row, n));
    if (all.n > 0)
        qsort(all.open, all.n, sizeof *all.open, by_due);
    *ret_open = all.open;
    *ret_n = all.n;
    return OK;
}

/* ── Figures ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static size_t place_of(const char *code)
{
    for (size_t i = 0; i < law_result_count; i++)
        if (text_is(law_results[i].code, code))
            return i;
    return law_result_count;
}

static void count_open(const struct open_decision *d, const struct ctx *c, struct decision_figures *f)
{
    const struct term_state *s = &d->term.now;
    int64_t age = c->today - time_nl_day(d->term.term.start);

    f->notices += d->notice_at != TIME_NONE;
    f->euros += d->penalty.euros;
    if (d->objection) {
        f->objections++;
        f->objections_over += d->term.overdue;
        return;
    }
    f->open++;
    f->over += d->term.overdue;
    f->still += s->still;
    f->days_still += s->stood;
    for (int p = 0; p < PARTIES; p++)
        f->days[p] += s->party[p];
    for (size_t i = 0; d->ground != NULL && i < law_ground_count; i++)
        f->ground[i] += s->still && text_is(law_grounds[i].code, d->ground);
    if (f->oldest == INT_NONE || age > f->oldest)
        f->oldest = age;
}

static enum err take_decided(struct ctx *c, struct reader *r, const struct fact *first, const struct law *l)
{
    struct decision_figures *f = r->arg;
    int64_t since = time_of_nl_day(c->today - 7 * DECIDED_WEEKS + 1, 0);

    (void)first;
    for (size_t i = 0; i < l->applications; i++) {
        const struct law_application *a = &l->application[i];
        struct law_term t;
        if (a->decided_at == TIME_NONE || a->decided_at < since)
            continue;
        size_t place = place_of(a->result);
        if (place < DECISION_RESULTS)
            f->result[place]++;
        if (text_is(a->result, "withdrawn"))
            continue; /* nothing was decided */
        TRY(law_decision_term(c, &r->k->calendar, &r->o, l, a, false, c->now, &t));
        f->decided++;
        f->in_term += t.now.verdict == TERM_KEPT;
        if (a->late.paid_at != TIME_NONE && a->late.paid != INT_NONE)
            f->paid += a->late.paid;
    }
    return OK;
}

static void count_week(struct decision_figures *f, int64_t at, int64_t *(*part)(struct decision_week *w))
{
    int32_t day = at == TIME_NONE ? DAY_NONE : time_nl_day(at);
    int64_t place = day == DAY_NONE ? -1 : (day - (int64_t)f->week[0].monday) / 7;

    if (day >= f->week[0].monday && day != DAY_NONE && place < DECISION_WEEKS)
        ++*part(&f->week[place]);
}

static int64_t *applied_of(struct decision_week *w)
{
    return &w->applied;
}
static int64_t *decided_of(struct decision_week *w)
{
    return &w->decided;
}
static int64_t *calls_of(struct decision_week *w)
{
    return &w->calls;
}

static enum err count_weeks(struct ctx *c, struct decision_figures *f)
{
    int32_t monday = c->today - date_weekday(c->today) + 1;
    struct sql_application_flow_row *flow;
    struct sql_application_calls_row *call;
    size_t flows, calls;

    for (int i = 0; i < DECISION_WEEKS; i++)
        f->week[i].monday = monday - 7 * (DECISION_WEEKS - 1 - i);
    int64_t since = time_of_nl_day(f->week[0].monday, 0);
    TRY(sql_application_flow(c, since, &flow, &flows));
    TRY(sql_application_calls(c, since, &call, &calls));
    for (size_t i = 0; i < flows; i++) {
        count_week(f, flow[i].applied_at, applied_of);
        count_week(f, flow[i].decided_at, decided_of);
        for (int w = 0; w < DECISION_WEEKS; w++) {
            int64_t end = time_of_nl_day(f->week[w].monday + 7, 0);
            bool open = flow[i].decided_at == TIME_NONE || flow[i].decided_at >= end;
            f->week[w].open += flow[i].applied_at < end && open;
        }
    }
    for (size_t i = 0; i < calls; i++)
        count_week(f, call[i].occurred_at, calls_of);
    return OK;
}

enum err decision_figures_get(struct ctx *c, const struct open_decision *open, size_t n,
                              struct decision_figures *ret_figures)
{
    struct decision_figures f = { .oldest = INT_NONE, .weeks_of_work = INT_NONE };
    struct reader r = { .take = take_decided, .arg = &f };
    struct fact *row;
    int64_t since = time_of_nl_day(c->today - 7 * DECIDED_WEEKS + 1, 0), done;
    size_t rows;

    TRY(may_look(c));
    TRY(reader_begin(c, &r));
    f.owner = law_owner(&r.o, LAW_DECISION_WMO, c->today);
    for (size_t i = 0; i < n; i++)
        count_open(&open[i], c, &f);
    TRY(sql_law_events_decided(c, since, c->now + 1, &row, &rows));
    TRY(read_all(c, &r, row, rows));
    TRY(count_weeks(c, &f));
    done = f.decided + f.result[place_of("withdrawn")];
    if (done > 0)
        f.weeks_of_work = f.open * DECIDED_WEEKS * 100 / done;
    *ret_figures = f;
    return OK;
}

/* ── What ends soon ───────────────────────────────────────────────────────────────────────────────────────
 */

struct ending {
    struct due_term *due;
    size_t n, room;
    int32_t until;
};

static enum err due_add(struct ctx *c, struct ending *e, const struct fact *of, const struct law_term *t)
{
    if (e->n == e->room) {
        struct due_term *more;
        TRY(ctx_alloc(c, 2 * e->room + 64, sizeof *more, (void *)&more));
        for (size_t i = 0; i < e->n; i++)
            more[i] = e->due[i];
        e->due = more;
        e->room = 2 * e->room + 64;
    }
    struct due_term *d = &e->due[e->n++];
    *d = (struct due_term){ .request = of->request, .person = of->person, .term = *t };
    request_number(of->request, time_nl_day(of->received_at), d->number);
    return OK;
}

static enum err take_due(struct ctx *c, struct reader *r, const struct fact *first, const struct law *l)
{
    bool decides = role_may(c->actor->role, RIGHT_DECISION), works = role_may(c->actor->role, RIGHT_CASE);
    struct ending *e = r->arg;
    struct law_term *t;
    size_t n;

    TRY(law_terms(c, &r->k->calendar, &r->o, l, c->now, &t, &n));
    for (size_t i = 0; i < n; i++) {
        bool ours = t[i].application == 0;
        if (!law_term_runs(&t[i]) || !law_rule(t[i].kind)->duty || t[i].now.due > e->until)
            continue;
        if (ours ? works || !decides : decides)
            TRY(due_add(c, e, first, &t[i]));
    }
    return OK;
}

static int by_day(const void *pa, const void *pb)
{
    const struct due_term *a = pa, *b = pb;

    if (a->term.now.due != b->term.now.due)
        return a->term.now.due < b->term.now.due ? -1 : 1;
    return a->request < b->request ? -1 : a->request > b->request;
}

enum err due_terms(struct ctx *c, int64_t worker, int32_t until, struct due_term **ret_due, size_t *ret_n)
{
    struct ending e = { .until = until };
    struct reader r = { .take = take_due, .arg = &e };
    struct fact *row;
    size_t n;

    TRY(may_look(c));
    struct look look = { c->actor->account, "list", "term", INT_NONE };
    TRY(read_log_add(c, &look));
    TRY(reader_begin(c, &r));
    bool decides = role_may(c->actor->role, RIGHT_DECISION);
    TRY(sql_law_events_running(c, worker, time_of_nl_day(until + 1, 0), decides, &row, &n));
    TRY(read_all(c, &r, row, n));
    if (e.n > 0)
        qsort(e.due, e.n, sizeof *e.due, by_day);
    *ret_due = e.due;
    *ret_n = e.n;
    return OK;
}
