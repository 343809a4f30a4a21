// SPDX-License-Identifier: EUPL-1.2
/* What is told to a resident: what holds, what will be missed, and writing it down. */
#include "account/expectation.h"
#include "base/text.h"
#include "register/right.h"
#include "store/read_log.h"
#include "store/sql.h"

#include <stdlib.h>

enum { DRIFT_DAYS = 7, WITHDRAWN_DAYS = 14 };

static struct window days_of(const struct window_said *w)
{
    return (struct window){ w->from, w->middle, w->to };
}

static enum window_revise revise_of(const struct ctx *c, const struct window_told *told,
                                    const struct expectation *now)
{
    struct window then = days_of(&told->said), next = days_of(&now->said);

    return window_revise(&then, time_nl_day(told->told_at), &next, c->today);
}

/* Told last and not told since that it changed. Who did not understand it is told it again. */
static void offer_make(const struct ctx *c, const struct window_told *last, struct expectation_offer *o)
{
    o->last = last;
    if (o->now.state != EXPECTATION_TOLD)
        return;
    o->may = true;
    o->said = o->now.said;
    if (last == NULL)
        return;
    o->revise = revise_of(c, last, &o->now);
    o->again = o->revise == WINDOW_KEEP && last->said.scored > 0;
    if (o->again) {
        o->said = last->said;
        o->said.from = last->said.from > c->today ? last->said.from : c->today;
        o->said.middle = o->said.middle > o->said.from ? o->said.middle : o->said.from;
        o->said.hit_rate = o->now.said.hit_rate; /* how sure it is now */
        o->said.scored = o->now.said.scored;
        o->said.made_on = o->now.said.made_on;
    }
}

enum err expectation_offer_get(struct ctx *c, const struct request *q, struct expectation_offer *ret_offer)
{
    struct expectation_offer o = { 0 };
    const struct window_told *told;
    size_t n;

    TRY(expectation_of(c, q->id, &o.now));
    TRY(window_told_all(c, q, &told, &n));
    offer_make(c, window_told_last(told, n), &o);
    o.may = o.may && q->now.waiting;
    *ret_offer = o;
    return OK;
}

static bool near(int32_t a, int32_t b)
{
    return abs(a - b) <= DRIFT_DAYS;
}

enum err expectation_tell(struct ctx *c, const struct expectation_tell_form *f, int64_t *ret_seq)
{
    struct expectation_offer o;
    struct request q;

    TRY(window_may(c, f->channel));
    TRY(request_get(c, f->request, &q));
    TRY(expectation_offer_get(c, &q, &o));
    if (!o.may)
        return FAIL(E_CONFLICT, "%s", _("No period may be told now. Look at what is said of it."));
    if (!near(f->from, o.said.from) || !near(f->to, o.said.to) || f->to < f->from || f->to < c->today)
        return FAIL(E_CONFLICT, "%s",
                    _("The period was computed again meanwhile. Look at the new one first."));
    struct window_form w = { .request = f->request,
                             .version = f->version,
                             .said = o.said,
                             .channel = f->channel,
                             .understood = f->understood,
                             .at = TIME_NONE };
    /* what the user saw is what was told */
    w.said.from = f->from;
    w.said.to = f->to;
    w.said.middle = w.said.middle < f->from ? f->from : w.said.middle > f->to ? f->to : w.said.middle;
    return window_tell(c, &w, ret_seq);
}

struct calling {
    const struct call_turn_form *call;
    struct expectation_tell_form tell;
    struct request_id next;
};

static enum err call_and_tell(struct ctx *c, void *arg)
{
    struct calling *g = arg;
    int64_t seq;

    TRY(call_turn_add(c, g->call, &g->next));
    return expectation_tell(c, &g->tell, &seq);
}

enum err expectation_call(struct ctx *c, const struct call_turn_form *call,
                          const struct expectation_tell_form *tell, struct request_id *ret_next)
{
    struct calling g = { .call = call };

    if (tell == NULL)
        return call_turn_add(c, call, ret_next);
    if (call->result == CALL_MISSED || call->result == CALL_BACK)
        return FAIL_FIELD("told", "%s", _("Nobody was spoken to, so no period was told."));
    g.tell = *tell;
    g.tell.request = call->request;
    g.tell.version = -1; /* the call checked it */
    TRY(db_tx(c, call_and_tell, &g));
    *ret_next = g.next;
    return OK;
}

struct sending {
    const struct message_form *m;
    struct expectation_tell_form tell;
    int64_t message;
};

static enum err send_and_tell(struct ctx *c, void *arg)
{
    struct sending *s = arg;
    struct message_form m = *s->m;

    TRY(expectation_tell(c, &s->tell, &m.event));
    return message_add(c, &m, &s->message);
}

enum err expectation_letter(struct ctx *c, const struct message_form *m,
                            const struct expectation_tell_form *tell, int64_t *ret_message)
{
    struct sending s = { .m = m };

    if (tell == NULL)
        return message_add(c, m, ret_message);
    s.tell = *tell;
    s.tell.request = m->request;
    s.tell.channel = text_is(m->way, "text") || text_is(m->way, "call") ? m->way : "letter";
    TRY(db_tx(c, send_and_tell, &s));
    *ret_message = s.message;
    return OK;
}

struct letter_period expectation_letter_period(const struct expectation_offer *o)
{
    return (struct letter_period){ .from = o->said.from,
                                   .to = o->said.to,
                                   .tenths = expectation_tenths(o->said.hit_rate),
                                   .old_from = o->last != NULL ? o->last->said.from : DAY_NONE,
                                   .old_to = o->last != NULL ? o->last->said.to : DAY_NONE };
}

/* ── Tell before the date ─────────────────────────────────────────────────────────────────────────────────
 */

static bool reason_of(const struct ctx *c, const struct window_told *told, const struct expectation *now,
                      enum tell_why *ret_why)
{
    if (told == NULL) {
        *ret_why = TELL_FIRST;
        return now->state == EXPECTATION_TOLD;
    }
    bool over = told->said.to < c->today;
    if (now->state != EXPECTATION_TOLD) {
        *ret_why = over ? TELL_MISSED : TELL_WITHDRAWN;
        return now->state != EXPECTATION_EMERGENCY && now->state != EXPECTATION_MAKING
                   ? over || told->said.to - c->today <= WITHDRAWN_DAYS
                   : over && now->state == EXPECTATION_MAKING;
    }
    enum window_revise r = revise_of(c, told, now);
    *ret_why = over || r == WINDOW_MUST ? TELL_MISSED : r == WINDOW_HELPS ? TELL_BETTER : TELL_AGAIN;
    return over || r != WINDOW_KEEP || text_is(told->understood, "no");
}

static int by_why(const void *pa, const void *pb)
{
    const struct tell_row *a = pa, *b = pb;
    int32_t end_a = a->told != NULL ? a->told->said.to : INT32_MAX;
    int32_t end_b = b->told != NULL ? b->told->said.to : INT32_MAX;

    if (a->why != b->why)
        return a->why < b->why ? -1 : 1;
    if (end_a != end_b)
        return end_a < end_b ? -1 : 1;
    return a->request < b->request ? -1 : a->request > b->request;
}

enum err expectation_to_tell(struct ctx *c, int64_t team, const struct tell_row **ret_row, size_t *ret_n)
{
    const struct window_waiting *told;
    struct sql_told_facts_row *all;
    const struct expected_row *now;
    struct tell_row *row;
    size_t n_told, n_now, n_all, n = 0;

    TRY(window_waiting_list(c, team, &told, &n_told));
    TRY(expectation_waiting(c, team, &now, &n_now));
    TRY(sql_told_facts(c, team, &all, &n_all));
    TRY(ctx_alloc(c, n_all + 1, sizeof *row, (void *)&row));
    for (size_t i = 0; i < n_all; i++) {
        const struct window_waiting *w = window_waiting_find(told, n_told, all[i].request);
        struct tell_row r = { .request = all[i].request,
                              .person = all[i].person,
                              .urgency = all[i].urgency,
                              .team = all[i].team,
                              .received_at = all[i].received_at,
                              .told = w != NULL ? &w->told : NULL,
                              .now = expectation_find(now, n_now, all[i].request) };
        if (reason_of(c, r.told, &r.now, &r.why))
            row[n++] = r;
    }
    qsort(row, n, sizeof *row, by_why);
    struct look look = { c->actor->account, "list", "told_window", INT_NONE };
    TRY(read_log_add(c, &look));
    *ret_row = row;
    *ret_n = n;
    return OK;
}
