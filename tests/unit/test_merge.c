// SPDX-License-Identifier: EUPL-1.2
/* Joining and taking apart: of persons and of requests. */
#include "base/rng.h"
#include "measure/extract.h"
#include "register/call_round.h"
#include "register/extract.h"
#include "register/integrity.h"
#include "register/merge.h"
#include "register/person_link.h"
#include "register/request.h"
#include "register/session.h"
#include "register/waiting_list.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <string.h>

static int64_t add(struct ctx *c, int64_t person, const char *name, int days_ago)
{
    struct request_form f = { .person = person,
                              .who = { .name = name, .phone = "06-55501234" },
                              .question = "Money worries",
                              .received = c->today - days_ago,
                              .channel = "phone",
                              .route = "self",
                              .neighbourhood = INT_NONE,
                              .team = INT_NONE,
                              .urgency = URGENCY_NORMAL,
                              .safety_checked = true };
    struct request_id id = { 0 };

    CHECK(request_add(c, &f, &id) == OK);
    return id.v;
}

static int64_t person_of(struct ctx *c, int64_t request)
{
    struct request r = { 0 };

    CHECK(request_get(c, (struct request_id){ request }, &r) == OK);
    return r.person;
}

static struct standing now_of(struct ctx *c, int64_t request)
{
    struct request r = { 0 };

    CHECK(request_get(c, (struct request_id){ request }, &r) == OK);
    return r.now;
}

static enum err call(struct ctx *c, int64_t request)
{
    struct call_form f = {
        .request = { request }, .version = -1, .reached = true, .day = c->today, .next = DAY_NONE
    };

    return call_add(c, &f);
}

static enum err happens(struct ctx *c, int64_t request, enum kind kind)
{
    struct request_change ch = { .id = { request }, .version = -1, .e = EVENT_NONE };

    ch.e.kind = kind;
    ch.e.occurred_at = c->now;
    ch.e.worker = kind == KIND_ALLOCATED ? 1 : INT_NONE;
    return request_change(c, &ch);
}

static int64_t waiting(struct ctx *c)
{
    struct waiting_filter all = { INT_NONE, INT_NONE, INT_NONE, WAITING_ALL, WAITING_BY_ORDER, 1 };
    struct waiting_page p = { 0 };

    CHECK(waiting_list_get(c, &all, &p) == OK);
    return p.total;
}

static void check_sound(struct ctx *c)
{
    struct integrity check;

    CHECK(integrity_check(c, &check) == OK);
    CHECK_INT(check.different, 0);
}

/* Two registrations of one person, each with a request; the second was asked first but typed later. */
static void two(struct ctx *c, int64_t request[2], int64_t person[2])
{
    request[0] = add(c, INT_NONE, "Jan de Vries", 5);
    request[1] = add(c, INT_NONE, "Jan de Vriez", 20);
    person[0] = person_of(c, request[0]);
    person[1] = person_of(c, request[1]);
}

static enum err join(struct ctx *c, int64_t a, int64_t b, int64_t *kept)
{
    struct merge_form f = { a, b, -1, -1, NULL };

    return merge_add(c, &f, kept);
}

TEST(merge_earliest_date_survives_and_split_restores)
{
    struct ctx *c = test_begin("2024-01-30");
    int64_t request[2], person[2], kept = 0;
    struct standing before[2], after;

    two(c, request, person);
    for (int i = 0; i < 2; i++)
        before[i] = now_of(c, request[i]);
    CHECK_INT(waiting(c), 2);
    CHECK(join(c, request[0], request[1], &kept) == E_CONFLICT); /* of two people, so far */
    err_clear(c);
    CHECK(person_link_add(c, person[0], person[1]) == OK);
    CHECK(join(c, request[0], request[1], &kept) == OK);
    CHECK_INT(kept, request[1]); /* asked first */
    CHECK_INT(waiting(c), 1);
    CHECK_INT(now_of(c, request[1]).received_at, before[1].received_at);
    CHECK_INT(now_of(c, request[0]).merged, request[1]);
    CHECK(call(c, request[1]) == OK);
    CHECK(call(c, request[0]) == OK); /* a call that was written down at the other one */
    check_sound(c);
    CHECK(merge_end(c, request[0], -1) == OK);
    CHECK_INT(waiting(c), 2);
    after = now_of(c, request[0]);
    CHECK_INT(after.state, before[0].state);
    CHECK_INT(after.received_at, before[0].received_at);
    CHECK_INT(after.ended_at, TIME_NONE);
    CHECK_INT(after.version, before[0].version + 3); /* joined, called, taken apart */
    CHECK(person_link_end(c, person[1]) == OK);
    const int64_t *group;
    size_t n;
    CHECK(person_link_group(c, person[0], &group, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK(merge_end(c, request[0], -1) == E_CONFLICT);
    err_clear(c);
    CHECK(person_link_end(c, person[1]) == E_CONFLICT);
    check_sound(c);
    test_end(c);
}

struct changing {
    int64_t person;
    struct identity who;
};

static enum err change(struct ctx *c, void *arg)
{
    const struct changing *x = arg;

    return person_change(c, x->person, &x->who);
}

/* What is changed through a joined registration changes the data that count, and not its own. */
TEST(merge_keeps_the_identity_of_each_registration)
{
    struct ctx *c = test_begin("2024-01-30");
    int64_t request[2], person[2];
    struct changing x;
    struct identity who;

    two(c, request, person);
    CHECK(person_link_add(c, person[0], person[1]) == OK);
    x.person = person[1];
    CHECK(person_get(c, person[1], &x.who) == OK);
    CHECK_STR(x.who.name, "Jan de Vries");
    x.who.safe_contact = "ask";
    CHECK(db_tx(c, change, &x) == OK);
    for (int i = 0; i < 2; i++) {
        CHECK(person_get(c, person[i], &who) == OK);
        CHECK_STR(who.safe_contact, "ask");
    }
    CHECK(person_link_end(c, person[1]) == OK);
    CHECK(person_get(c, person[1], &who) == OK);
    CHECK_STR(who.name, "Jan de Vriez");
    CHECK(who.safe_contact == NULL);
    test_end(c);
}

/* Help that has started goes on, with the date of who asked first; and then in the figures. */
TEST(merge_started_help_stays_and_figures_follow)
{
    struct ctx *c = test_begin("2024-01-30");
    int64_t request[2], person[2], kept = 0;
    struct register_extract x;

    two(c, request, person);
    CHECK(happens(c, request[0], KIND_FIRST_TALK) == OK);
    CHECK(call(c, request[1]) == OK);
    CHECK(person_link_add(c, person[0], person[1]) == OK);
    struct standing second = now_of(c, request[1]);
    CHECK(join(c, request[0], request[1], &kept) == OK);
    CHECK_INT(kept, request[0]);
    CHECK_INT(now_of(c, request[0]).received_at, second.received_at);
    CHECK(extract_read(c, c->now, &x) == OK);
    CHECK_INT((int64_t)x.x.n, 2);
    CHECK_INT(x.x.received[0], second.received_at);
    CHECK_INT(x.x.started[0], now_of(c, request[0]).started_at);
    CHECK(!(x.x.flags[0] & EXTRACT_DUPLICATE));
    CHECK(x.x.flags[1] & EXTRACT_DUPLICATE);
    CHECK_INT((int64_t)(x.x.contact_from[1] - x.x.contact_from[0]), 1); /* the call of the other one */
    /* what changes a state belongs to the one that is counted */
    CHECK(happens(c, request[1], KIND_FIRST_TALK) == E_CONFLICT);
    err_clear(c);
    CHECK(happens(c, request[1], KIND_AFTERCARE) == E_CONFLICT);
    err_clear(c);
    CHECK(happens(c, request[1], KIND_NOTE) == OK);
    CHECK(merge_end(c, request[1], -1) == OK);
    CHECK(now_of(c, request[0]).received_at != second.received_at);
    CHECK(extract_read(c, c->now, &x) == OK);
    CHECK(!(x.x.flags[1] & EXTRACT_DUPLICATE));
    CHECK(happens(c, request[1], KIND_FIRST_TALK) == OK);
    check_sound(c);
    test_end(c);
}

TEST(merge_never_the_same_is_remembered)
{
    struct ctx *c = test_begin("2024-01-30");
    int64_t request[2], person[2], third, other;

    two(c, request, person);
    third = add(c, INT_NONE, "J. de Vries", 3);
    other = person_of(c, third);
    CHECK(person_distinct_add(c, person[1], person[0]) == OK);
    CHECK(person_link_add(c, person[0], person[1]) == E_CONFLICT);
    err_clear(c);
    CHECK(person_link_add(c, person[1], other) == OK);
    CHECK(person_link_add(c, person[0], other) == E_CONFLICT); /* also not by a detour */
    err_clear(c);
    CHECK(person_distinct_end(c, person[0], person[1]) == OK);
    CHECK(person_link_add(c, person[0], other) == OK);
    CHECK(person_distinct_add(c, person[0], person[1]) == E_CONFLICT);
    test_end(c);
}

TEST(merge_asks_the_right_and_the_scope)
{
    struct ctx *c = test_begin("2024-01-30");
    int64_t request[2], person[2], team[2], kept;
    struct session s;

    CHECK(db_tx(c, asked_two_teams, team) == OK);
    two(c, request, person);
    for (int role = 0; role < ROLE_SYSTEM; role++) {
        session_act_as(c, &s, (enum role)role, team[0], INT_NONE);
        enum err want = !role_may((enum role)role, RIGHT_MERGE) ? E_FORBIDDEN
                        : role == ROLE_INTAKE                   ? OK
                                                                : E_NOT_FOUND;
        CHECK_INT(person_link_add(c, person[0], person[1]), want);
        err_clear(c);
        if (want == OK) {
            CHECK(join(c, request[0], request[1], &kept) == OK);
            CHECK(person_link_end(c, person[1]) == OK); /* takes the requests apart too */
            CHECK_INT(now_of(c, request[0]).merged, INT_NONE);
        } else {
            CHECK_INT(join(c, request[0], request[1], &kept), want);
            err_clear(c);
            CHECK_INT(person_distinct_add(c, person[0], person[1]), want);
            err_clear(c);
        }
    }
    test_end(c);
}

/* ── Any order of joining and taking apart, beside a slow model ───────────────────────────────────────────
 */

enum { PEOPLE = 6, STEPS = 120 };

/* The model: who stands under whom, and what happened to each request. */
struct model {
    int64_t person[PEOPLE], request[PEOPLE], received[PEOPLE], heard[PEOPLE];
    int up[PEOPLE], merged[PEOPLE]; /* -1: nobody */
    bool distinct[PEOPLE][PEOPLE];
};

static int top(const int *up, int i)
{
    while (up[i] >= 0)
        i = up[i];
    return i;
}

static bool apart(const struct model *m, int a, int b)
{
    for (int i = 0; i < PEOPLE; i++)
        for (int k = 0; k < PEOPLE; k++)
            if (m->distinct[i][k] && top(m->up, i) == a && top(m->up, k) == b)
                return true;
    return false;
}

static int64_t folded(const struct model *m, int i, bool last)
{
    int64_t v = last ? m->heard[i] : m->received[i];

    for (int k = 0; k < PEOPLE; k++) {
        if (m->merged[k] != i)
            continue;
        int64_t w = folded(m, k, last);
        v = last ? (w > v ? w : v) : (w < v ? w : v);
    }
    return v;
}

static void step_person(struct ctx *c, struct model *m, struct rng *r, int a, int b)
{
    int x = top(m->up, a), y = top(m->up, b);
    uint32_t what = (uint32_t)rng_below(r, 6);

    if (what < 3) {
        bool can = x != y && !apart(m, x, y);
        CHECK_INT(person_link_add(c, m->person[a], m->person[b]), can ? OK : E_CONFLICT);
        if (can)
            m->up[y] = x;
    } else if (what < 5) {
        bool can = m->up[a] >= 0;
        CHECK_INT(person_link_end(c, m->person[a]), can ? OK : E_CONFLICT);
        if (can)
            m->up[a] = -1;
        for (int i = 0; i < PEOPLE; i++) /* requests of people who are two again are two again */
            if (m->merged[i] >= 0 && top(m->up, i) != top(m->up, m->merged[i]))
                m->merged[i] = -1;
    } else if (rng_below(r, 4) == 0) {
        CHECK_INT(person_distinct_add(c, m->person[a], m->person[b]), x != y ? OK : E_CONFLICT);
        if (x != y)
            m->distinct[a][b] = m->distinct[b][a] = true;
    }
    err_clear(c);
}

static void step_request(struct ctx *c, struct model *m, struct rng *r, int a, int b)
{
    int x = top(m->merged, a), y = top(m->merged, b);
    int64_t kept = 0;

    switch (rng_below(r, 3)) {
    case 0: {
        bool can = x != y && top(m->up, x) == top(m->up, y);
        CHECK_INT(join(c, m->request[a], m->request[b], &kept), can ? OK : E_CONFLICT);
        if (can) {
            bool first = m->received[x] < m->received[y];
            m->merged[first ? y : x] = first ? x : y;
            CHECK_INT(kept, m->request[first ? x : y]);
        }
        break;
    }
    case 1:
        CHECK_INT(merge_end(c, m->request[a], -1), m->merged[a] >= 0 ? OK : E_CONFLICT);
        m->merged[a] = -1;
        break;
    default:
        CHECK(call(c, m->request[a]) == OK);
        m->heard[a] = c->now;
    }
    err_clear(c);
}

static void compare(struct ctx *c, const struct model *m)
{
    int64_t all = 0;

    for (int i = 0; i < PEOPLE; i++) {
        struct standing s = now_of(c, m->request[i]);
        int64_t first;
        CHECK_INT(s.merged, m->merged[i] >= 0 ? m->request[m->merged[i]] : INT_NONE);
        CHECK_INT(s.waiting, m->merged[i] < 0);
        CHECK_INT(s.received_at, folded(m, i, false));
        CHECK_INT(s.heard_at, folded(m, i, true));
        CHECK(person_link_top(c, m->person[i], &first) == OK);
        CHECK_INT(first, m->person[top(m->up, i)]);
        all += m->merged[i] < 0;
    }
    CHECK_INT(waiting(c), all);
}

TEST(merge_any_order_agrees_with_a_slow_model)
{
    for (uint64_t seed = 1; seed <= 3; seed++) {
        struct ctx *c = test_begin("2024-01-30");
        struct model m = { 0 };
        struct rng r;

        rng_seed(&r, seed);
        for (int i = 0; i < PEOPLE; i++) {
            m.request[i] = add(c, INT_NONE, "Jan de Vries", 2 + i * 3 % 7);
            m.person[i] = person_of(c, m.request[i]);
            m.received[i] = m.heard[i] = now_of(c, m.request[i]).received_at;
            m.up[i] = m.merged[i] = -1;
        }
        for (int step = 0; step < STEPS; step++) {
            int a = (int)rng_below(&r, PEOPLE), b = (int)rng_below(&r, PEOPLE - 1);
            struct arena_mark mark = arena_mark(c->arena);
            b += b >= a;
            ctx_set_now(c, c->now + 60);
            if (rng_below(&r, 2) == 0)
                step_person(c, &m, &r, a, b);
            else
                step_request(c, &m, &r, a, b);
            if (step % 10 == 9)
                compare(c, &m);
            arena_release(c->arena, mark);
        }
        check_sound(c);
        test_end(c);
    }
}
