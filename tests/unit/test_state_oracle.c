// SPDX-License-Identifier: EUPL-1.2
/* The state machine and the clocks against the second implementation of state_oracle.h: 100,000 made-up
 * histories in memory (PEIL_TEST_LONG=1: a million), and 150 through the data base of this run
 * (PEIL_TEST_HISTORIES=100000 for as many). */
#include "base/text.h"
#include "register/clock.h"
#include "register/event.h"
#include "register/integrity.h"
#include "register/request.h"
#include "register/waiting_list.h"
#include "unit/asked.h"
#include "unit/state_oracle.h"
#include "unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS = 40 };

static void show(const struct event *event, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf("    %lld %s at %lld number %lld urgency %lld\n", (long long)event[i].seq,
               kind_code(event[i].kind), (long long)event[i].occurred_at, (long long)event[i].number,
               (long long)event[i].urgency);
}

static bool same_clocks(const struct config *k, const struct event *event, size_t n, const struct standing *s,
                        int64_t now)
{
    struct clocks got = clocks_of(k, s, now);
    struct oracle_clocks want = oracle_clocks(event, n, now);

    return got.gross_days == want.gross && got.net_days == want.net &&
           (!s->waiting || got.silent_days == want.silent);
}

TEST_LONG(state_oracle_agrees_on_random_histories)
{
    struct config k = { .norm_days = { 10, 20, 10, 3, 0 }, .contact_days = 14 };
    int turns = getenv("PEIL_TEST_LONG") != NULL ? 1000000 : 100000;
    struct event event[EVENTS], copy[EVENTS];
    int64_t asked = time_of_nl_day(date_from_civil(2024, 2, 1), 9 * 3600);
    int64_t seen[STATES] = { 0 };
    struct rng r;

    calendar_init(&k.calendar, &(struct calendar_rule){ 0 });
    rng_seed(&r, 20240201);
    for (int turn = 0; turn < turns; turn++) {
        size_t n = oracle_history(&r, asked, EVENTS, event);
        struct standing got, want = oracle_standing(event, n);
        memcpy(copy, event, n * sizeof *copy);
        standing_replay(copy, n, &got);
        seen[got.state]++;
        int64_t now = asked + (30 + (int64_t)rng_below(&r, 40)) * SECONDS_A_DAY;
        bool fine = oracle_same(&got, &want) && same_clocks(&k, event, n, &got, now);
        if (!CHECK(fine)) {
            show(event, n);
            return;
        }
    }
    for (int s = STATE_REGISTERED; s < STATES; s++) /* the histories lead everywhere */
        if (s != STATE_TRIAGED)
            CHECK(seen[s] > turns / 2000);
}

/* No order of recording changes what is counted (apart from what is taken back, which names a number). */
TEST(state_oracle_order_of_recording_changes_no_sum)
{
    struct event event[EVENTS], copy[EVENTS];
    int64_t asked = time_of_nl_day(date_from_civil(2024, 2, 1), 9 * 3600);
    struct rng r;

    rng_seed(&r, 5);
    for (int turn = 0; turn < 20000; turn++) {
        size_t n = oracle_history(&r, asked, EVENTS, event), kept = 0;
        struct standing first, again;
        for (size_t i = 0; i < n; i++)
            if (event[i].kind != KIND_UNDONE)
                event[kept++] = event[i];
        for (size_t i = 0; i < kept; i++) { /* no two at one moment: their order is that of recording */
            event[i].occurred_at += (int64_t)i;
            event[i].seq = (int64_t)i + 1;
        }
        memcpy(copy, event, kept * sizeof *copy);
        standing_replay(copy, kept, &first);
        for (size_t i = kept - 1; i > 0; i--) {
            size_t j = rng_below(&r, i + 1);
            struct event swap = event[i];
            event[i] = event[j];
            event[j] = swap;
        }
        for (size_t i = 0; i < kept; i++)
            event[i].seq = (int64_t)i + 1;
        standing_replay(event, kept, &again);
        if (!CHECK(oracle_same(&first, &again)))
            return;
    }
}

/* ── Through the data base ────────────────────────────────────────────────────────────────────────────────
 */

static enum err add_register(struct ctx *c, void *arg)
{
    struct sql_worker_insert_row added;
    int64_t *team = arg;

    for (int i = 0; i < 3; i++)
        TRY(sql_worker_insert(c, "Noor", INT_NONE, NULL, &added));
    TRY(team_find_or_add(c, "Oost", team));
    return team_find_or_add(c, "West", team);
}

/* Every step offered to the register as a user would; what it takes must stand as the oracle says, and what
 * the oracle finds impossible must be refused. */
static bool offer(struct ctx *c, struct request_id id, struct rng *r, struct event *event, size_t *n)
{
    struct request_change ch = { .id = id, .version = -1 };
    struct event all[EVENTS];
    size_t many = oracle_history(r, event[0].occurred_at, 8, all);
    struct event next = all[many - 1];

    if (many == 1 || next.kind == KIND_REGISTERED)
        return true;
    next.seq = (int64_t)*n + 1;
    next.recorded_at = c->now;
    if (next.occurred_at > c->now)
        next.occurred_at = c->now;
    if (next.kind == KIND_UNDONE)
        next.number = 1 + (int64_t)rng_below(r, *n);
    ch.e = next;
    enum err done = request_change(c, &ch);
    err_clear(c);
    if (done == OK)
        event[(*n)++] = next;
    return done == OK || done == E_CONFLICT || done == E_INVALID || done == E_FORBIDDEN;
}

static bool row_same(struct ctx *c, struct request_id id, const struct event *event, size_t n)
{
    struct standing want = oracle_standing(event, n);
    struct request q;

    if (!CHECK(request_get(c, id, &q) == OK))
        return false;
    return oracle_same(&q.now, &want);
}

TEST(state_oracle_agrees_through_the_data_base)
{
    struct ctx *c = test_begin("2024-06-03");
    struct waiting_filter f = { INT_NONE, INT_NONE, INT_NONE, WAITING_ALL, WAITING_BY_ORDER, 1 };
    struct waiting_page p;
    struct integrity check;
    const char *wanted = getenv("PEIL_TEST_HISTORIES");
    int64_t waiting = 0, team, turns = 150;
    struct rng r;

    CHECK(db_tx(c, add_register, &team) == OK);
    CHECK(wanted == NULL || text_to_int(wanted, &turns));
    rng_seed(&r, 77);
    for (int64_t turn = 0; turn < turns; turn++) {
        struct arena_mark mark = arena_mark(c->arena);
        struct request_form form = asked(c);

        form.who.name = "Jan";
        form.question = "Q";
        form.received = c->today - 60 - (int32_t)rng_below(&r, 20);
        form.urgency = URGENCY_UNKNOWN;
        form.safety_checked = false;
        struct request_id id;
        struct request q;
        struct event event[EVENTS];
        size_t n;
        if (!CHECK(request_add(c, &form, &id) == OK) || !CHECK(request_get(c, id, &q) == OK))
            break;
        for (n = 0; n < q.events; n++)
            event[q.event[n].e.seq - 1] = q.event[n].e;
        for (int i = 0; i < 20 && n < EVENTS; i++)
            if (!CHECK(offer(c, id, &r, event, &n)))
                break;
        if (!CHECK(row_same(c, id, event, n))) {
            show(event, n);
            break;
        }
        waiting += oracle_standing(event, n).waiting;
        arena_release(c->arena, mark);
    }
    CHECK(waiting > turns / 15 && waiting < turns * 14 / 15);
    CHECK(waiting_list_get(c, &f, &p) == OK);
    CHECK_INT(p.total, waiting);
    CHECK(integrity_check(c, &check) == OK); /* the stored rows, not only what request_get plays */
    CHECK_INT(check.different, 0);
    test_end(c);
}
