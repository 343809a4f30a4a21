// SPDX-License-Identifier: EUPL-1.2
/* The call round: who must be called, against a slow computation from the raw events of made-up histories
 * (10,000; PEIL_TEST_LONG=1: 100,000); and calling one after another. */
#include "register/call_turn.h"
#include "register/course.h"
#include "register/event.h"
#include "register/integrity.h"
#include "register/session.h"
#include "register/waiting_list.h"
#include "unit/asked.h"
#include "unit/state_oracle.h"
#include "unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS = 24, BATCH = 1000 };

/* ── Nobody can fall off ──────────────────────────────────────────────────────────────────────────────────
 */

struct histories {
    struct rng r;
    int64_t team, asked_first;
    size_t from, to;
    int64_t *id;
    bool *due;
    int32_t today;
};

/* By the words of the rule: waits; and silent for 14 - 2 days, or promised by today, or put on the list. */
static bool must_call(const struct event *event, size_t n, int32_t today)
{
    struct standing s = oracle_standing(event, n);

    if (!s.waiting)
        return false;
    int32_t silent = today - time_nl_day(s.heard_at);
    return silent >= 12 || s.listed || (s.call_at != TIME_NONE && time_nl_day(s.call_at) <= today);
}

static enum err put_history(struct ctx *c, struct histories *h, size_t i)
{
    struct event event[EVENTS];
    struct request_import in = { .source = INT_NONE,
                                 .person = INT_NONE,
                                 .neighbourhood = INT_NONE,
                                 .team = h->team,
                                 .urgency = INT_NONE };
    struct request_imported done;
    int64_t asked = h->asked_first + (int64_t)rng_below(&h->r, 60) * SECONDS_A_DAY;
    size_t n = oracle_history(&h->r, asked, EVENTS, event);

    for (size_t k = 1; k < n; k++) { /* of this register: its one team, nobody in service */
        event[k].team = event[k].worker = INT_NONE;
        event[k].recorded_at = event[k].occurred_at;
        if (event[k].kind == KIND_MERGED || event[k].kind == KIND_SEALED)
            event[k].kind = KIND_NOTE;
    }
    in.received_at = asked;
    in.event = event + 1;
    in.events = n - 1;
    TRY(request_import(c, &in, &done));
    h->id[i] = done.id;
    return OK;
}

static enum err put_batch(struct ctx *c, void *arg)
{
    struct histories *h = arg;

    TRY(team_find_or_add(c, "Oost", &h->team));
    for (size_t i = h->from; i < h->to; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        TRY(put_history(c, h, i));
        arena_release(c->arena, mark);
    }
    return OK;
}

/* From the rows of the event table alone. */
static enum err expect(struct ctx *c, struct histories *h, size_t n)
{
    struct course k;

    for (size_t i = 0; i < n; i++) {
        struct arena_mark mark = arena_mark(c->arena);
        TRY(course_begin(c, h->id[i], 0, &k));
        h->due[i] = must_call(k.event, k.n, h->today);
        arena_release(c->arena, mark);
    }
    return OK;
}

static size_t place_of(const struct histories *h, size_t n, int64_t id)
{
    size_t i = 0;

    while (i < n && h->id[i] != id)
        i = i + 1 < n && h->id[i] < id ? i + 1 : n;
    return i;
}

/* Every page of the list "to call", every hand-out of the round, the counts and call_is_due say the same. */
static void check_round(struct ctx *c, struct histories *h, size_t n)
{
    struct waiting_filter f = { INT_NONE, INT_NONE, INT_NONE, WAITING_TO_CALL, WAITING_BY_HEARD, 1 };
    struct waiting_page p;
    struct call_round round;
    int64_t due = 0, listed = 0, wrong = 0;

    for (size_t i = 0; i < n; i++)
        due += h->due[i];
    do {
        struct arena_mark mark = arena_mark(c->arena);
        if (!CHECK(waiting_list_get(c, &f, &p) == OK))
            return;
        for (size_t i = 0; i < p.n; i++, listed++) {
            size_t at = place_of(h, n, p.row[i].id);
            wrong += at == n || !h->due[at];
        }
        arena_release(c->arena, mark);
    } while (f.page++ * WAITING_PAGE < p.total);
    CHECK_INT(wrong, 0);
    CHECK_INT(listed, due);
    CHECK_INT(p.total, due);
    CHECK(call_round_get(c, INT_NONE, &round) == OK);
    CHECK_INT(round.due, due);
    CHECK(due > (int64_t)n / 50 && due < (int64_t)n);
}

TEST_LONG(call_round_nobody_can_fall_off)
{
    struct ctx *c = test_begin("2024-04-15");
    size_t n = getenv("PEIL_TEST_LONG") != NULL ? 100000 : 10000;
    struct histories h = { .today = c->today, .asked_first = time_of_nl_day(c->today - 90, 9 * 3600) };

    rng_seed(&h.r, 14);
    CHECK(ctx_alloc(c, n, sizeof *h.id, (void *)&h.id) == OK);
    CHECK(ctx_alloc(c, n, sizeof *h.due, (void *)&h.due) == OK);
    for (size_t i = 0; i < n; i += BATCH) {
        h.from = i;
        h.to = i + BATCH;
        if (!CHECK(db_tx(c, put_batch, &h) == OK)) {
            printf("    %s\n", c->err.text);
            break;
        }
    }
    CHECK(expect(c, &h, n) == OK);
    check_round(c, &h, n);
    test_end(c);
}

/* ── One after another ────────────────────────────────────────────────────────────────────────────────────
 */

static struct request_id add(struct ctx *c, int32_t days_ago)
{
    struct request_form f = asked(c);

    f.who.phone = "06-55501234";
    f.received = c->today - days_ago;
    f.why = "Says so";
    return asked_add(c, &f);
}

static int64_t version_of(struct ctx *c, struct request_id id, struct request *ret)
{
    CHECK(request_get(c, id, ret) == OK);
    return ret->now.version;
}

TEST(call_turn_goes_through_everyone_once)
{
    struct ctx *c = test_begin("2024-04-15");
    struct request_id id[5], next, first;
    struct call_round round;
    struct request q;

    for (int i = 0; i < 5; i++)
        id[i] = add(c, 40 - i);
    add(c, 3); /* spoken to lately: not in the round */
    CHECK(call_round_next(c, INT_NONE, &next) == OK);
    CHECK_INT(next.v, id[0].v); /* the longest silence */
    CHECK(call_round_skip(c, next, INT_NONE, &next) == OK);
    for (int i = 1; i < 5; i++) {
        CHECK_INT(next.v, id[i].v);
        struct call_turn_form f = { .request = next,
                                    .version = version_of(c, next, &q),
                                    .team = INT_NONE,
                                    .result = i % 2 ? CALL_REACHED : CALL_MISSED,
                                    .back_at = TIME_NONE,
                                    .next = DAY_NONE };
        CHECK(call_turn_add(c, &f, &next) == OK);
        CHECK(call_turn_add(c, &f, &first) == E_CONFLICT); /* the old page again */
        err_clear(c);
    }
    CHECK_INT(next.v, id[0].v); /* the one who was put off comes back, last */
    CHECK(call_round_get(c, INT_NONE, &round) == OK);
    CHECK(round.due == 3 && round.open == 1 && round.spoken == 2 && round.missed == 2);
    struct call_turn_form last = { .request = next,
                                   .version = -1,
                                   .team = INT_NONE,
                                   .result = CALL_MISSED,
                                   .back_at = TIME_NONE,
                                   .next = DAY_NONE };
    CHECK(call_turn_add(c, &last, &next) == OK);
    CHECK_INT(next.v, 0);
    ctx_set_now(c, c->now + SECONDS_A_DAY); /* tomorrow: who was not reached is still there */
    CHECK(call_round_get(c, INT_NONE, &round) == OK);
    CHECK(round.due == 3 && round.open == 3);
    test_end(c);
}

TEST(call_turn_promises_and_confirmed_data)
{
    struct ctx *c = test_begin("2024-04-15");
    struct request_id id = add(c, 20), next;
    const struct call_shift *row;
    struct call_round round;
    struct request q;
    size_t n;
    struct call_turn_form f = { .request = id,
                                .version = version_of(c, id, &q),
                                .team = INT_NONE,
                                .result = CALL_BACK,
                                .back_at = TIME_NONE,
                                .next = DAY_NONE,
                                .phone = "06-55599999" };

    CHECK(call_turn_add(c, &f, &next) == E_INVALID);
    CHECK_STR(c->err.field, "back_at");
    err_clear(c);
    f.back_at = c->now - 60;
    CHECK(call_turn_add(c, &f, &next) == E_INVALID);
    err_clear(c);
    f.back_at = c->now + 3 * SECONDS_A_DAY;
    CHECK(call_turn_add(c, &f, &next) == OK);
    version_of(c, id, &q);
    CHECK_INT(q.now.attempts, 1); /* nobody was spoken to about the waiting */
    CHECK_INT(q.now.call_at, f.back_at);
    CHECK_STR(q.who.phone, "06-55599999");
    f.version = -1;
    f.result = CALL_REACHED;
    f.back_at = TIME_NONE;
    f.next = c->today + 4; /* "call me on Friday": earlier than the norm */
    f.note = "Better";
    CHECK(call_turn_add(c, &f, &next) == OK);
    CHECK(call_round_get(c, INT_NONE, &round) == OK);
    CHECK_INT(round.due, 0);
    CHECK(call_shift_get(c, INT_NONE, &row, &n) == OK);
    CHECK(n == 1 && row[0].state == SHIFT_PROMISED && row[0].id == id.v);
    ctx_set_now(c, c->now + 4 * SECONDS_A_DAY);
    CHECK(call_round_get(c, INT_NONE, &round) == OK);
    CHECK_INT(round.due, 1);
    CHECK(call_shift_get(c, INT_NONE, &row, &n) == OK);
    CHECK(n == 1 && row[0].state == SHIFT_OPEN);
    CHECK(q.now.waiting);
    struct session s;
    session_act_as(c, &s, ROLE_BOARD, INT_NONE, INT_NONE);
    CHECK(call_shift_get(c, INT_NONE, &row, &n) == E_FORBIDDEN);
    err_clear(c);
    CHECK(call_round_next(c, INT_NONE, &next) == E_FORBIDDEN);
    test_end(c);
}

static enum err two_accounts(struct ctx *c, void *arg)
{
    struct account_form f = { "a", "Anna", "correct horse battery", ROLE_INTAKE, INT_NONE, INT_NONE };
    int64_t *id = arg;

    TRY(account_add(c, &f, &id[0]));
    f.login = "b";
    f.name = "Bram";
    return account_add(c, &f, &id[1]);
}

/* Two who call at the same time do not ring the same resident; a hold ends by itself. */
TEST(call_turn_two_callers_get_different_residents)
{
    struct ctx *c = test_begin("2024-04-15");
    struct request_id id[2] = { add(c, 40), add(c, 30) }, next;
    int64_t account[2];
    struct session s;
    const char *name;

    CHECK(db_tx(c, two_accounts, account) == OK);
    session_act_as(c, &s, ROLE_INTAKE, INT_NONE, INT_NONE);
    s.actor.account = account[0];
    CHECK(call_round_next(c, INT_NONE, &next) == OK);
    CHECK_INT(next.v, id[0].v);
    CHECK(call_round_next(c, INT_NONE, &next) == OK);
    CHECK_INT(next.v, id[0].v); /* still mine */
    s.actor.account = account[1];
    CHECK(call_round_other(c, id[0], &name) == OK);
    CHECK_STR(name, "Anna");
    CHECK(call_round_next(c, INT_NONE, &next) == OK);
    CHECK_INT(next.v, id[1].v);
    ctx_set_now(c, c->now + (CALL_HOLD_MINUTES + 1) * 60);
    CHECK(call_round_next(c, INT_NONE, &next) == OK);
    CHECK_INT(next.v, id[0].v);
    test_end(c);
}

/* 150 reached in a week at 62 % is 242 tries and about 23 hours (domain.md 6.4). */
TEST(call_round_says_what_it_costs)
{
    struct config k = { .call = { 2, 8, 2, 62 } };

    CHECK_INT(call_minutes(&k, 150), 1384);
    CHECK_INT(call_minutes(&k, 0), 0);
    k.call.share_reached = 0;
    CHECK(call_minutes(&k, 1) > 0);
}
