// SPDX-License-Identifier: EUPL-1.2
#include "register/access.h"
#include "register/allocation.h"
#include "register/batch.h"
#include "register/integrity.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/staff.h"
#include "unit/test.h"

#include <stdio.h>

static const struct colleague *find(const struct proposal *p, int64_t worker)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->colleague[i].k.worker == worker)
            return &p->colleague[i];
    return NULL;
}

static struct proposal propose(struct ctx *c, struct request_id id)
{
    struct proposal *p = NULL;
    size_t n = 0;

    CHECK(allocation_propose(c, &id.v, 1, NULL, &p, &n) == OK);
    CHECK_INT((int64_t)n, 1);
    return p[0];
}

static int64_t worker_now(struct ctx *c, struct request_id id, struct request *r)
{
    CHECK(request_get(c, id, r) == OK);
    return r->now.worker;
}

TEST(allocation_keeps_weight_reason_and_choice)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct request r;
    int64_t batch;

    staff_town_make(c, &t);
    struct request_id id = staff_request(c, &t);
    struct proposal p = propose(c, id);
    CHECK_INT((int64_t)p.n, 3);                /* the team, nobody of West */
    CHECK(p.colleague[0].k.worker != t.carla); /* money: social workers first */
    struct allocation a = {
        .request = id.v, .version = p.version, .worker = t.carla, .weight = WEIGHT_HEAVY
    };
    CHECK(allocation_save(c, &a, 1, &batch) == OK);
    CHECK_INT(worker_now(c, id, &r), t.carla);
    CHECK_INT(r.now.weight, WEIGHT_HEAVY);
    CHECK(!r.now.accepted);
    CHECK_STR(r.event[r.events - 1].e.reason, "other_choice");
    CHECK(allocation_save(c, &a, 1, &batch) == E_CONFLICT); /* someone saw the old one */
    err_clear(c);
    CHECK(allocation_accept(c, id, r.now.version) == OK);
    CHECK(request_get(c, id, &r) == OK);
    CHECK(r.now.accepted);
    CHECK(allocation_weigh(c, id, r.now.version, WEIGHT_LIGHT) == OK);
    CHECK(request_get(c, id, &r) == OK);
    CHECK_INT(r.now.weight, WEIGHT_LIGHT);
    CHECK(r.now.accepted);
    p = propose(c, id);
    a = (struct allocation){
        .request = id.v, .version = p.version, .worker = p.colleague[0].k.worker, .weight = 2
    };
    CHECK(allocation_save(c, &a, 1, &batch) == OK);
    CHECK(request_get(c, id, &r) == OK);
    CHECK_INT(r.event[r.events - 1].e.kind, KIND_WORKER_CHANGED);
    CHECK_STR(r.event[r.events - 1].e.reason, "proposed");
    CHECK(!r.now.accepted); /* the new one has not taken it yet */
    struct integrity whole;
    CHECK(integrity_check(c, &whole) == OK);
    CHECK_INT(whole.different, 0);
    test_end(c);
}

TEST(allocation_gives_back_and_undoes)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct request r;
    int64_t batch;
    size_t n;

    staff_town_make(c, &t);
    struct request_id id = staff_request(c, &t);
    struct allocation a = { .request = id.v, .version = 4, .worker = t.anna, .weight = 2 };
    CHECK(allocation_save(c, &a, 1, &batch) == OK);
    CHECK(allocation_give_back(c, id, 5, "no idea", NULL) == E_INVALID);
    err_clear(c);
    CHECK(allocation_give_back(c, id, 5, "other", NULL) == E_INVALID); /* which other? */
    CHECK_STR(c->err.field, "note");
    err_clear(c);
    CHECK(allocation_give_back(c, id, 5, "no_room", "Full until March") == OK);
    CHECK_INT(worker_now(c, id, &r), INT_NONE);
    CHECK_INT(r.now.state, STATE_WAITING);
    CHECK(r.now.waiting);
    struct proposal p = propose(c, id);
    CHECK(find(&p, t.anna)->k.gave_back);
    CHECK(p.colleague[0].k.worker == t.bram);
    a = (struct allocation){ .request = id.v, .version = 6, .worker = t.bram, .weight = 3 };
    CHECK(allocation_save(c, &a, 1, &batch) == OK);
    CHECK_INT(worker_now(c, id, &r), t.bram);
    CHECK(batch_undo(c, batch, &n) == OK);
    CHECK_INT(worker_now(c, id, &r), INT_NONE);
    CHECK_INT(r.now.weight, 2);
    test_end(c);
}

/* Who knows the resident, speaks the language, is what they wish: each is seen in the proposal. */
TEST(allocation_sees_continuity_language_wish)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct request r;

    staff_town_make(c, &t);
    struct request_id old = staff_case(c, &t, t.carla, WEIGHT_SHORT);
    CHECK(request_get(c, old, &r) == OK);
    struct request_form f = { .person = r.person,
                              .question = "Again",
                              .received = c->today,
                              .category = "money",
                              .neighbourhood = INT_NONE,
                              .team = t.oost,
                              .urgency = URGENCY_NORMAL,
                              .safety_checked = true };
    struct request_id id;
    CHECK(request_add(c, &f, &id) == OK);
    struct proposal p = propose(c, id);
    CHECK_INT(find(&p, t.carla)->k.known, KNOWN_PERSON);
    CHECK_INT(find(&p, t.anna)->k.known, KNOWN_NOT);
    CHECK_INT(p.colleague[0].k.worker, t.carla); /* 50 for knowing beats 40 for the discipline */
    struct wish w = { .gender = "man", .language = "tr", .moment = "evening", .note = "Only after six" };
    CHECK(wish_put(c, id, &w) == OK);
    p = propose(c, id);
    CHECK_INT(p.colleague[0].k.worker, t.bram);
    CHECK(find(&p, t.bram)->k.speaks && find(&p, t.bram)->k.wish_met);
    CHECK(!find(&p, t.anna)->k.speaks && !find(&p, t.anna)->k.wish_met);
    CHECK_STR(p.wish.note, "Only after six");
    w = (struct wish){ .gender = "woman" };
    CHECK(wish_put(c, id, &w) == OK); /* the newest counts */
    p = propose(c, id);
    CHECK(p.wish.language == NULL);
    CHECK(find(&p, t.anna)->k.wish_met);
    test_end(c);
}

static enum err block(struct ctx *c, void *arg)
{
    const int64_t *pair = arg;

    return sql_access_block_insert(c, pair[0], pair[1], c->now);
}

TEST(allocation_never_to_family_or_who_leaves)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct request r;
    struct worker w;
    int64_t batch, pair[2];

    staff_town_make(c, &t);
    struct request_id id = staff_request(c, &t);
    CHECK(request_get(c, id, &r) == OK);
    pair[0] = staff_account(c, "anna", ROLE_SOCIAL_WORKER, t.oost, t.anna);
    pair[1] = r.person;
    CHECK(db_tx(c, block, pair) == OK);
    CHECK(worker_get(c, t.bram, &w) == OK);
    w.f.ended = c->today + 20;
    CHECK(worker_change(c, t.bram, w.version, &w.f) == OK);
    struct proposal p = propose(c, id);
    CHECK_INT(p.colleague[0].k.worker, t.carla);
    CHECK_INT(find(&p, t.anna)->k.never, NEVER_BLOCKED);
    CHECK_INT(find(&p, t.bram)->k.never, NEVER_LEAVES);
    int64_t never[] = { t.anna, t.bram, t.dirk, INT_NONE };
    for (size_t i = 0; i < COUNT(never); i++) {
        struct allocation a = { .request = id.v, .version = 4, .worker = never[i], .weight = 2 };
        CHECK(allocation_save(c, &a, 1, &batch) == E_INVALID);
        CHECK_STR(c->err.field, "worker");
        err_clear(c);
    }
    test_end(c);
}

/* Ten requests at once do not all go to the same colleague, and one wrong line stops all of them. */
TEST(allocation_in_bulk)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct proposal *p;
    struct allocation a[10];
    struct request r;
    int64_t id[10], batch;
    size_t n, bram = 0;

    staff_town_make(c, &t);
    for (size_t i = 0; i < COUNT(id); i++)
        id[i] = staff_request(c, &t).v;
    CHECK(allocation_propose(c, id, COUNT(id), NULL, &p, &n) == OK);
    CHECK_INT((int64_t)n, 10);
    for (size_t i = 0; i < n; i++) {
        bram += p[i].colleague[0].k.worker == t.bram;
        a[i] = (struct allocation){ p[i].id.v,    p[i].version, p[i].colleague[0].k.worker,
                                    WEIGHT_SHORT, NULL,         NULL };
    }
    CHECK_INT((int64_t)bram, 5);
    a[9].version--;
    CHECK(allocation_save(c, a, COUNT(a), &batch) == E_CONFLICT);
    err_clear(c);
    CHECK(request_get(c, (struct request_id){ id[0] }, &r) == OK);
    CHECK_INT(r.now.worker, INT_NONE); /* nothing was done */
    a[9].version++;
    CHECK(allocation_save(c, a, COUNT(a), &batch) == OK);
    CHECK(batch_undo(c, batch, &n) == OK);
    CHECK_INT((int64_t)n, 10);
    test_end(c);
}

TEST(allocation_rights)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct session s;
    struct proposal *p;
    int64_t batch;
    size_t n;

    staff_town_make(c, &t);
    struct request_id id = staff_request(c, &t);
    struct allocation a = { .request = id.v, .version = 4, .worker = t.anna, .weight = 2 };
    for (int role = 0; role < ROLE_SYSTEM; role++) {
        session_act_as(c, &s, (enum role)role, t.oost, INT_NONE);
        bool can = role_may((enum role)role, RIGHT_ALLOCATE);
        CHECK((allocation_propose(c, &id.v, 1, NULL, &p, &n) == OK) == can);
        err_clear(c);
        if (!can)
            CHECK(allocation_save(c, &a, 1, &batch) == E_FORBIDDEN);
        err_clear(c);
    }
    session_act_as(c, &s, ROLE_TEAM_LEAD, t.west, INT_NONE); /* another team */
    CHECK(allocation_propose(c, &id.v, 1, NULL, &p, &n) == E_NOT_FOUND);
    err_clear(c);
    session_act_as(c, &s, ROLE_SYSTEM, INT_NONE, INT_NONE);
    CHECK(allocation_save(c, &a, 1, &batch) == OK);
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, t.oost, t.bram); /* a colleague's case */
    CHECK(allocation_give_back(c, id, 5, "no_room", NULL) == E_FORBIDDEN);
    err_clear(c);
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, t.oost, t.anna);
    CHECK(allocation_give_back(c, id, 5, "no_room", NULL) == OK);
    test_end(c);
}

/* A worker of a partner sees what is shared with them, and nothing else of the team. */
TEST(allocation_partner_sees_only_shared)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct session s;
    struct request r;
    struct worker_facts f = {
        .name = "Guest", .employer = INT_NONE, .room = INT_NONE, .started = DAY_NONE, .ended = DAY_NONE
    };
    int64_t guest;

    staff_town_make(c, &t);
    f.team = t.oost;
    f.employer = staff_employer(c, "LEVgroep", "partner");
    CHECK(worker_add(c, &f, 50, &guest) == OK);
    staff_account(c, "guest", ROLE_SOCIAL_WORKER, t.oost, guest);
    struct request_id shared = staff_case(c, &t, t.anna, WEIGHT_SHORT),
                      other = staff_case(c, &t, t.anna, WEIGHT_SHORT);
    CHECK(co_worker_add(c, shared, guest, false) == OK);
    CHECK(co_worker_add(c, shared, guest, false) == E_INVALID);
    err_clear(c);
    CHECK(session_login(c, "guest", "a long password", &s) == OK);
    CHECK(request_get(c, shared, &r) == OK);
    CHECK(request_get(c, other, &r) == E_NOT_FOUND);
    err_clear(c);
    session_act_as(c, &s, ROLE_SYSTEM, INT_NONE, INT_NONE);
    CHECK(co_worker_end(c, shared, guest) == OK);
    c->now += 61; /* a grant that ended is noticed within a minute */
    CHECK(session_login(c, "guest", "a long password", &s) == OK);
    CHECK(request_get(c, shared, &r) == E_NOT_FOUND);
    test_end(c);
}

static enum err run_script(struct ctx *c, void *arg)
{
    return db_script(c, arg, false);
}

/* The whole household is shared at once; a neighbour is not. */
TEST(allocation_shares_a_household)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct request r[3];
    struct session s;
    char sql[600];

    staff_town_make(c, &t);
    struct request_id id[3];
    for (int i = 0; i < 3; i++) {
        id[i] = staff_case(c, &t, t.anna, WEIGHT_SHORT);
        CHECK(request_get(c, id[i], &r[i]) == OK);
    }
    snprintf(sql, sizeof sql,
             "INSERT INTO household (id, version, since) VALUES (1, 1, '2024-01-01T00:00:00Z');"
             "INSERT INTO household_member (household, person, role, starts_on) VALUES (1, %lld, 'adult', "
             "'2024-01-01');"
             "INSERT INTO household_member (household, person, role, starts_on) VALUES (1, %lld, 'child', "
             "'2024-01-01');",
             (long long)r[0].person, (long long)r[1].person);
    CHECK(db_tx(c, run_script, sql) == OK);
    struct worker_facts f = {
        .name = "Guest", .team = t.oost, .room = INT_NONE, .started = DAY_NONE, .ended = DAY_NONE
    };
    int64_t guest;
    f.employer = staff_employer(c, "LEVgroep", "partner");
    CHECK(worker_add(c, &f, 50, &guest) == OK);
    staff_account(c, "guest", ROLE_SOCIAL_WORKER, t.oost, guest);
    CHECK(co_worker_add(c, id[0], guest, true) == OK);
    CHECK(co_worker_add(c, id[0], guest, true) == OK); /* nothing twice */
    CHECK(session_login(c, "guest", "a long password", &s) == OK);
    for (int i = 0; i < 3; i++) {
        CHECK(request_get(c, id[i], &r[i]) == (i < 2 ? OK : E_NOT_FOUND));
        err_clear(c);
    }
    test_end(c);
}

/* Who knows someone of the household stands before who knows nobody. */
TEST(allocation_knows_the_household)
{
    struct ctx *c = test_begin("2024-01-03");
    struct staff_town t;
    struct request old, now;
    char sql[600];

    staff_town_make(c, &t);
    struct request_id first = staff_case(c, &t, t.bram, WEIGHT_SHORT), second = staff_request(c, &t);
    CHECK(request_get(c, first, &old) == OK);
    CHECK(request_get(c, second, &now) == OK);
    struct proposal p = propose(c, second);
    CHECK_INT(find(&p, t.bram)->k.known, KNOWN_NOT);
    snprintf(sql, sizeof sql,
             "INSERT INTO household (id, version, since) VALUES (1, 1, '2024-01-01T00:00:00Z');"
             "INSERT INTO household_member (household, person, role, starts_on) VALUES (1, %lld, 'adult', "
             "'2024-01-01');"
             "INSERT INTO household_member (household, person, role, starts_on) VALUES (1, %lld, 'adult', "
             "'2024-01-01');",
             (long long)old.person, (long long)now.person);
    CHECK(db_tx(c, run_script, sql) == OK);
    p = propose(c, second);
    CHECK_INT(find(&p, t.bram)->k.known, KNOWN_HOUSEHOLD);
    CHECK_INT(p.colleague[0].k.worker, t.bram);
    test_end(c);
}
