// SPDX-License-Identifier: EUPL-1.2
/* What forecasting knows of an earlier day equals what it knew on that day: the register is copied (read)
 * then, goes on for weeks, and is read again as it was known. */
#include "account/expectation_history.h"
#include "register/absence.h"
#include "register/allocation.h"
#include "register/call_round.h"
#include "register/demo.h"
#include "register/request.h"
#include "register/session.h"
#include "register/waiting_list.h"
#include "register/worker.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <string.h>

static struct request_id ask(struct ctx *c, int32_t received, int64_t urgency)
{
    struct request_form f = asked(c);

    f.received = received;
    f.urgency = urgency;
    f.why = "a reason";
    return asked_add(c, &f);
}

static void step(struct ctx *c, struct request_id id, struct event e)
{
    struct request_change ch = { .id = id, .version = -1, .e = e, .note = "why" };

    if (ch.e.occurred_at == 0)
        ch.e.occurred_at = c->now;
    if (request_change(c, &ch) != OK) /* the register refuses some: all the better */
        err_clear(c);
}

static struct event kind_of(enum kind kind)
{
    struct event e = EVENT_NONE;

    e.kind = kind;
    e.occurred_at = 0;
    return e;
}

static bool same_fact(struct history_fact a, struct history_fact b)
{
    return a.at == b.at && a.known == b.known;
}

static void same(const struct expectation_history *a, const struct expectation_history *b)
{
    CHECK_INT((int64_t)a->h.n, (int64_t)b->h.n);
    CHECK_INT((int64_t)a->h.moves, (int64_t)b->h.moves);
    CHECK_INT((int64_t)a->h.workers, (int64_t)b->h.workers);
    CHECK_INT((int64_t)a->h.absences, (int64_t)b->h.absences);
    CHECK_INT(a->h.from, b->h.from);
    for (size_t i = 0; i < a->h.n && i < b->h.n; i++) {
        CHECK_INT(a->request[i], b->request[i]);
        CHECK_INT(a->waiting[i], b->waiting[i]);
        CHECK(same_fact(a->h.received[i], b->h.received[i]));
        CHECK(same_fact(a->h.started[i], b->h.started[i]));
        CHECK(same_fact(a->h.left[i], b->h.left[i]));
        CHECK(same_fact(a->h.closed[i], b->h.closed[i]));
        CHECK(same_fact(a->h.lost[i], b->h.lost[i]));
        CHECK_INT(a->h.stream[i], b->h.stream[i]);
        CHECK_INT(a->h.team[i], b->h.team[i]);
        CHECK((a->h.worker == NULL) == (b->h.worker == NULL));
        if (a->h.worker != NULL && b->h.worker != NULL)
            CHECK_INT(a->h.worker[i], b->h.worker[i]);
    }
    for (size_t i = 0; i < a->h.moves && i < b->h.moves; i++) {
        CHECK_INT(a->h.move[i].row, b->h.move[i].row);
        CHECK_INT(a->h.move[i].known, b->h.move[i].known);
        CHECK_INT(a->h.move[i].stream, b->h.move[i].stream);
        CHECK_INT(a->h.move[i].until, b->h.move[i].until);
    }
    for (size_t i = 0; i < a->h.workers && i < b->h.workers; i++)
        CHECK(memcmp(&a->h.worker_of[i], &b->h.worker_of[i], sizeof a->h.worker_of[i]) == 0);
    for (size_t i = 0; i < a->h.absences && i < b->h.absences; i++)
        CHECK(memcmp(&a->h.absence[i], &b->h.absence[i], sizeof a->h.absence[i]) == 0);
    for (size_t i = 0; i < a->order.streams * a->order.ages; i++)
        CHECK_INT(a->order.rank[i], b->order.rank[i]);
}

/* A day in the life of a small register: requests, judgements, pauses, talks, mistakes taken back,
 * backdating, workers who come and go. */
static void live(struct ctx *c, struct rng *r, struct request_id *id, size_t *n, int64_t worker)
{
    struct event e;

    if (*n < 200)
        id[(*n)++] = ask(c, c->today - (int32_t)rng_below(r, 9), (int64_t)(1 + rng_below(r, 3)));
    for (int k = 0; k < 3; k++) {
        struct request_id one = id[rng_below(r, *n)];
        struct request q;
        CHECK_INT(request_get(c, one, &q), OK);
        if (!q.now.waiting) {
            if (q.now.ended_at == TIME_NONE && rng_unit(r) < .5) {
                e = kind_of(KIND_CLOSED);
                e.reason = "helped";
                step(c, one, e);
            }
            continue;
        }
        double u = rng_unit(r);
        if (u < .2) {
            e = kind_of(KIND_TRIAGED);
            e.urgency = (int64_t)(1 + rng_below(r, 4));
            step(c, one, e);
        } else if (u < .35 && q.now.state == STATE_WAITING) {
            e = kind_of(KIND_PAUSED);
            e.until = time_of_nl_day(c->today + 20, 0);
            e.reason = "holiday";
            step(c, one, e);
        } else if (u < .5 && q.now.state == STATE_PAUSED) {
            step(c, one, kind_of(KIND_RESUMED));
        } else if (u < .75) {
            e = kind_of(KIND_FIRST_TALK);
            e.worker = worker;
            int64_t earlier = c->now - (int64_t)rng_below(r, 4) * 86400;
            e.occurred_at = earlier > q.now.received_at ? earlier : c->now;
            if (q.now.state == STATE_PAUSED)
                continue;
            step(c, one, e);
            if (rng_unit(r) < .3) { /* a mistake */
                struct request again;
                CHECK_INT(request_get(c, one, &again), OK);
                e = kind_of(KIND_UNDONE);
                e.number = again.now.version;
                step(c, one, e);
            }
        } else if (u < .8) {
            e = kind_of(KIND_CLOSED);
            e.reason = "withdrawn";
            step(c, one, e);
        }
    }
}

static struct worker_facts facts_of(const struct ctx *c)
{
    return (struct worker_facts){ .name = "Kim",
                                  .team = INT_NONE,
                                  .employer = INT_NONE,
                                  .room = INT_NONE,
                                  .started = c->today - 100,
                                  .ended = DAY_NONE };
}

/* Leave is written down beforehand, illness ends when somebody writes its end, and then the worker leaves. */
static void staff(struct ctx *c, int64_t worker, int64_t leaver, int d)
{
    struct absence_form leave = { worker, "leave", c->today + 10, c->today + 17, DAY_NONE };
    struct absence_form sick = { worker, "sick", c->today - 1, DAY_NONE, DAY_NONE };
    static int64_t ill;
    struct absence a;
    int64_t id;

    if (d == 5)
        CHECK_INT(absence_add(c, &leave, &id), OK);
    if (d == 25)
        CHECK_INT(absence_add(c, &sick, &ill), OK);
    if (d == 45 && CHECK_INT(absence_get(c, ill, &a), OK)) {
        sick.from = a.from;
        sick.ended = c->today - 2;
        CHECK_INT(absence_change(c, ill, a.version, &sick, false), OK);
    }
    if (d == 65) {
        struct worker w;
        CHECK_INT(worker_read(c, leaver, &w), OK);
        w.f.ended = c->today + 30;
        CHECK_INT(worker_change(c, leaver, w.version, &w.f), OK);
    }
}

TEST(expectation_history_of_an_earlier_day_is_what_was_known_then)
{
    struct ctx *c = test_begin("2024-01-08");
    struct expectation_history then[4], again;
    struct request_id id[200];
    struct rng r;
    int64_t worker = INT_NONE, leaver = INT_NONE;
    int32_t day[4];
    size_t n = 0;

    rng_seed(&r, 7);
    struct worker_facts kim = facts_of(c);
    CHECK_INT(worker_add(c, &kim, 100, &worker), OK);
    kim.name = "Sam";
    CHECK_INT(worker_add(c, &kim, 80, &leaver), OK);
    for (int d = 0; d < 80; d++) {
        staff(c, worker, leaver, d);
        live(c, &r, id, &n, worker);
        if (d % 20 == 19) {
            day[d / 20] = c->today;
            CHECK_INT(expectation_history_read(c, c->today, &then[d / 20]), OK);
        }
        ctx_set_now(c, c->now + 86400);
    }
    for (int i = 0; i < 4; i++) {
        CHECK_INT(expectation_history_read(c, day[i], &again), OK);
        same(&then[i], &again);
    }
    CHECK(then[3].h.moves > 5);
    test_end(c);
}

/* The facts of the whole register, seen through `known`, tell the same of an earlier day, except of what was
 * taken back later. */
TEST(expectation_history_hides_what_was_not_known)
{
    struct ctx *c = test_begin("2024-01-08");
    struct expectation_history then, all;
    struct request_id a = ask(c, c->today - 2, URGENCY_NORMAL), b;
    uint32_t row;

    ctx_set_now(c, c->now + 7 * 86400);
    int32_t day = c->today;
    CHECK_INT(expectation_history_read(c, day, &then), OK);
    ctx_set_now(c, c->now + 5 * 86400);
    struct event e = kind_of(KIND_FIRST_TALK);
    e.occurred_at = c->now - 6 * 86400; /* happened before that day, written down after it */
    step(c, a, e);
    b = ask(c, c->today - 20, URGENCY_SOON);
    CHECK_INT(expectation_history_read(c, c->today, &all), OK);
    CHECK_INT((int64_t)then.h.n, 1);
    CHECK_INT(then.h.started[0].at, TICK_NONE);
    CHECK_INT((int64_t)all.h.n, 2);
    CHECK(all.h.started[0].at < day && all.h.started[0].known > day);
    CHECK(expectation_row(&all, b.v, &row) && all.h.received[row].at < day &&
          all.h.received[row].known > day);
    CHECK(!expectation_row(&all, b.v + 1, &row));
    test_end(c);
}

/* Every pair on the list stands in the same order by rank as by the one definition of the order. */
TEST(expectation_order_is_that_of_the_list)
{
    struct ctx *c = test_begin("2024-03-06");
    struct history_order o;
    const struct config *k;
    struct turn_stream stream[TURN_STREAMS];
    size_t n = turn_streams(stream), differ = 0, pairs = 0;

    CHECK_INT(config_get(c, &k), OK);
    CHECK_INT(expectation_order(c, c->today, &o), OK);
    CHECK_INT((int64_t)o.streams, (int64_t)n);
    for (size_t s = 0; s < n; s++) {
        CHECK_INT(expectation_stream(stream[s].urgency, stream[s].wmo), (int64_t)s);
        for (size_t age = 1; age < o.ages; age++)
            CHECK(o.rank[s * o.ages + age] >= o.rank[s * o.ages + age - 1]);
    }
    for (size_t s = 0; s < n; s++)
        for (size_t z = 0; z < n; z++)
            for (int32_t a = 0; a < 90; a += 2)
                for (int32_t b = 1; b < 90; b += 3) {
                    struct turn_facts fa = { 1, stream[s].urgency, time_of_nl_day(c->today - a, 43200),
                                             stream[s].wmo };
                    struct turn_facts fb = { 2, stream[z].urgency, time_of_nl_day(c->today - b, 43200),
                                             stream[z].wmo };
                    struct turn ta = turn_of(k, &fa, c->today), tb = turn_of(k, &fb, c->today);
                    int ra = o.rank[s * o.ages + (size_t)a], rb = o.rank[z * o.ages + (size_t)b];
                    bool by_rank = ra != rb ? ra > rb : a > b;
                    pairs++;
                    differ += (turn_compare(&ta, &tb, c->today) < 0) != by_rank;
                }
    /* shares that lie closer together than a day of waiting are a tie here */
    CHECK((double)differ / (double)pairs < .01);
    test_end(c);
}

/* The demo register is read whole: everyone who waits on the list has a row that waits, and the other way
 * round. */
TEST_LONG(expectation_history_has_everyone_who_waits)
{
    struct ctx *c = test_begin("2024-04-01");
    struct demo_options o = {
        .seed = 3, .from = c->today - 91, .to = c->today - 1, .scale = .12, .password = "not-a-secret-at-all"
    };
    struct waiting_filter f = {
        .team = INT_NONE, .neighbourhood = INT_NONE, .urgency = INT_NONE, .part = WAITING_ALL, .page = 1
    };
    struct expectation_history x;
    struct waiting_page list;
    struct demo_made made;
    int64_t waiting = 0, present = 0;

    CHECK_INT(demo_make(c, &o, &made), OK);
    CHECK_INT(expectation_history_read(c, c->today, &x), OK);
    CHECK_INT(waiting_list_get(c, &f, &list), OK);
    for (size_t i = 0; i < x.h.n; i++)
        waiting += x.waiting[i];
    CHECK_INT(waiting, list.total);
    CHECK(x.h.workers > 3 && x.h.absences > 0 && x.h.worker != NULL);
    for (size_t i = 0; i < x.h.teams * x.h.weeks; i++)
        present += x.h.presence[i] > 0 && x.h.presence[i] < .5f;
    CHECK(present > 20);
    test_end(c);
}
