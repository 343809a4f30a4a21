// SPDX-License-Identifier: EUPL-1.2
#include "base/rng.h"
#include "register/continuity.h"
#include "register/request.h"
#include "register/work_split.h"
#include "unit/staff.h"
#include "unit/test.h"

/* The slow way: ask for every second from the first talk on who the main worker is, by looking at all events
 * again. */
static int64_t main_worker_at(const struct event *e, size_t n, int64_t moment)
{
    int64_t worker = INT_NONE, best = INT64_MIN;
    size_t last = 0;

    for (size_t i = 0; i < n; i++) {
        bool sets = e[i].kind == KIND_ALLOCATED || e[i].kind == KIND_WORKER_CHANGED ||
                    e[i].kind == KIND_GIVEN_BACK || (e[i].kind == KIND_FIRST_TALK && e[i].worker != INT_NONE);
        if (e[i].undone || !sets || e[i].occurred_at > moment)
            continue;
        if (e[i].occurred_at > best || (e[i].occurred_at == best && i > last)) {
            best = e[i].occurred_at;
            last = i;
            worker = e[i].kind == KIND_GIVEN_BACK ? INT_NONE : e[i].worker;
        }
    }
    return worker;
}

static int64_t slow_changes(const struct event *e, size_t n)
{
    int64_t from = INT64_MAX, to = 0, met = INT_NONE, changes = 0;

    for (size_t i = 0; i < n; i++) {
        if (!e[i].undone && e[i].kind == KIND_FIRST_TALK && e[i].occurred_at < from)
            from = e[i].occurred_at;
        to = e[i].occurred_at > to ? e[i].occurred_at : to;
    }
    for (int64_t at = from; at <= to; at++) {
        int64_t w = main_worker_at(e, n, at);
        if (w == INT_NONE || w == met)
            continue;
        changes += met != INT_NONE;
        met = w;
    }
    return changes;
}

TEST(continuity_is_the_slow_count)
{
    static const enum kind kinds[] = { KIND_ALLOCATED, KIND_GIVEN_BACK, KIND_WORKER_CHANGED, KIND_TALK,
                                       KIND_NOTE };
    struct rng rng;
    int64_t changed = 0;

    rng_seed(&rng, 7);
    for (int round = 0; round < 2000; round++) {
        struct event e[30];
        size_t n = 2 + rng_below(&rng, 28), talk = rng_below(&rng, n);
        for (size_t i = 0; i < n; i++) {
            e[i] = EVENT_NONE;
            e[i].kind = i == talk ? KIND_FIRST_TALK : kinds[rng_below(&rng, COUNT(kinds))];
            e[i].seq = (int64_t)i + 1;
            e[i].occurred_at = (int64_t)(3 * i + 1);
            e[i].undone = rng_below(&rng, 8) == 0;
            if (e[i].kind == KIND_ALLOCATED || e[i].kind == KIND_WORKER_CHANGED)
                e[i].worker = 1 + (int64_t)rng_below(&rng, 3);
        }
        struct continuity k = continuity_of(e, n);
        CHECK_INT(k.changes, slow_changes(e, n));
        changed += k.changes > 1;
    }
    CHECK(changed > 100); /* the rounds are not all empty */
}

TEST(continuity_before_the_first_talk_is_no_change)
{
    struct event e[] = { EVENT_NONE, EVENT_NONE, EVENT_NONE, EVENT_NONE, EVENT_NONE };
    static const enum kind kind[] = { KIND_ALLOCATED, KIND_GIVEN_BACK, KIND_ALLOCATED, KIND_FIRST_TALK,
                                      KIND_TALK };

    for (size_t i = 0; i < COUNT(e); i++) {
        e[i].kind = kind[i];
        e[i].occurred_at = (int64_t)i;
    }
    e[0].worker = 1;
    e[2].worker = 2;
    struct continuity k = continuity_of(e, COUNT(e));
    CHECK_INT(k.changes, 0);
    CHECK_INT(k.first, 2);
    CHECK_INT(k.talks, 2);
}

TEST(continuity_share_counts_two_talks_and_one_change)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct continuity_share s;

    staff_town_make(c, &t);
    struct request_id one = staff_case(c, &t, t.anna, WEIGHT_SHORT),
                      two = staff_case(c, &t, t.anna, WEIGHT_SHORT);
    staff_case(c, &t, t.anna, WEIGHT_SHORT); /* one talk only: not counted */
    CHECK(staff_event(c, one, KIND_TALK, INT_NONE) == OK);
    CHECK(staff_event(c, two, KIND_TALK, INT_NONE) == OK);
    CHECK(staff_event(c, one, KIND_WORKER_CHANGED, t.bram) == OK);
    CHECK(staff_event(c, two, KIND_WORKER_CHANGED, t.bram) == OK);
    CHECK(staff_event(c, two, KIND_WORKER_CHANGED, t.carla) == OK);
    CHECK(continuity_count(c, t.oost, c->now - 86400, &s) == OK);
    CHECK_INT(s.requests, 2);
    CHECK_INT(s.kept, 1);
    CHECK(continuity_count(c, t.west, c->now - 86400, &s) == OK);
    CHECK_INT(s.requests, 0);
    struct request_change undo = { .id = two, .version = -1, .e = EVENT_NONE };
    undo.e.kind = KIND_UNDONE;
    undo.e.number = 8; /* the change to Carla */
    undo.e.occurred_at = c->now;
    struct request r;
    CHECK(request_get(c, two, &r) == OK);
    undo.e.number = r.now.version;
    CHECK(request_change(c, &undo) == OK);
    CHECK(continuity_count(c, INT_NONE, c->now - 86400, &s) == OK);
    CHECK_INT(s.kept, 2);
    test_end(c);
}

TEST(work_split_counts_kinds_by_month)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct work_month m[2];

    staff_town_make(c, &t);
    struct request_id id = staff_case(c, &t, t.anna, WEIGHT_SHORT); /* a first talk: help */
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };
    ch.e.occurred_at = c->now;
    ch.e.kind = KIND_HELP_STARTED;
    ch.e.reason = "specialist"; /* refers */
    CHECK(request_change(c, &ch) == OK);
    ch.e.reason = "other"; /* an application for something else */
    ch.e.kind = KIND_APPLIED;
    CHECK(request_change(c, &ch) == OK);
    ch.e.reason = NULL;
    ch.e.kind = KIND_TALK;
    CHECK(request_change(c, &ch) == OK);
    CHECK(work_split(c, t.oost, c->today, 2, m) == OK);
    CHECK_INT(m[1].n[WORK_HELP], 2);
    CHECK_INT(m[1].n[WORK_REFER], 1);
    CHECK_INT(m[1].n[WORK_DECIDE], 1);
    CHECK_INT(m[0].n[WORK_HELP], 0);
    CHECK(work_split(c, t.west, c->today, 2, m) == OK);
    CHECK_INT(m[1].n[WORK_HELP], 0);
    ch.e.kind = KIND_UNDONE; /* the last talk was a mistake */
    struct request r;
    CHECK(request_get(c, id, &r) == OK);
    ch.e.number = r.now.version;
    CHECK(request_change(c, &ch) == OK);
    CHECK(work_split(c, t.oost, c->today, 2, m) == OK);
    CHECK_INT(m[1].n[WORK_HELP], 1);
    test_end(c);
}
