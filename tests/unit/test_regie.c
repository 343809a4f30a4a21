// SPDX-License-Identifier: EUPL-1.2
/* Who directs a case, and on which level of escalation it is. */
#include "register/ave.h"
#include "register/integrity.h"
#include "register/regie.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

static enum err happens(struct ctx *c, struct request_id id, enum kind kind, int64_t worker)
{
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };

    ch.e.kind = kind;
    ch.e.occurred_at = c->now;
    ch.e.worker = worker;
    ch.e.reason = kind == KIND_CLOSED ? "withdrawn" : NULL;
    return request_change(c, &ch);
}

/* ── Regie and escalation ─────────────────────────────────────────────────────────────────────────────────
 */

static enum err two_workers(struct ctx *c, void *arg)
{
    int64_t *worker = arg;
    struct sql_worker_insert_row row;

    TRY(sql_worker_insert(c, "Ans Helper", INT_NONE, NULL, &row));
    worker[0] = row.id;
    TRY(sql_worker_insert(c, "Bea Helper", INT_NONE, NULL, &row));
    worker[1] = row.id;
    return OK;
}

static struct regie now_of(struct ctx *c, struct request_id id, size_t *ret_n)
{
    struct request r = asked_get(c, id);
    struct event event[64];
    struct regie play[REGIE_MOST] = { { 0 } };
    size_t n;

    for (size_t i = 0; i < r.events; i++)
        event[i] = r.event[i].e;
    regie_play(event, r.events, play, &n);
    *ret_n = n;
    /* exactly one at each moment: the next begins where the one before ended */
    for (size_t i = 1; i < n; i++)
        CHECK_INT(play[i - 1].until, play[i].from);
    return n > 0 ? play[n - 1] : (struct regie){ .holder = NULL };
}

TEST(regie_has_exactly_one_holder_at_each_moment)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_id id = asked_of(c, (struct identity){ .name = "Jan de Vries" }, INT_NONE);
    int64_t worker[2];
    struct regie r;
    size_t n;

    CHECK(db_tx(c, two_workers, worker) == OK);
    CHECK_STR(now_of(c, id, &n).holder, REGIE_RESIDENT);
    CHECK(happens(c, id, KIND_ALLOCATED, worker[0]) == OK);
    r = now_of(c, id, &n);
    CHECK_STR(r.holder, REGIE_WORKER);
    CHECK_INT(r.worker, worker[0]);
    ctx_set_now(c, c->now + 60);
    CHECK(happens(c, id, KIND_FIRST_TALK, INT_NONE) == OK);
    struct regie_form f = { .request = id,
                            .seen = -1,
                            .holder = REGIE_CASE_DIRECTOR,
                            .worker = INT_NONE,
                            .day = c->today,
                            .reason = "more_help" };
    CHECK(regie_change(c, &f) == E_INVALID);
    CHECK_STR(c->err.field, "name");
    err_clear(c);
    f.name = "Loes, Bijzonder Jeugdwerk";
    f.why = "Zij kennen het gezin.";
    ctx_set_now(c, c->now + 60);
    CHECK(regie_change(c, &f) == OK);
    CHECK_STR(now_of(c, id, &n).holder, REGIE_CASE_DIRECTOR);
    ctx_set_now(c, c->now + 60);
    CHECK(happens(c, id, KIND_WORKER_CHANGED, worker[1]) == OK); /* the director stays */
    CHECK_STR(now_of(c, id, &n).holder, REGIE_CASE_DIRECTOR);
    f.holder = REGIE_WORKER;
    ctx_set_now(c, c->now + 60);
    CHECK(regie_change(c, &f) == OK);
    CHECK_INT(now_of(c, id, &n).worker, worker[1]);
    ctx_set_now(c, c->now + 60);
    CHECK(happens(c, id, KIND_WORKER_CHANGED, worker[0]) == OK); /* that decision has lapsed */
    r = now_of(c, id, &n);
    CHECK_INT(r.worker, worker[0]);
    CHECK_INT(r.seq, 0);
    struct request q = asked_get(c, id);
    const struct regie_line *line;
    CHECK(regie_of(c, &q, &line, &n) == OK);
    CHECK_STR(line[0].name, "Ans Helper");
    CHECK_STR(line[2].name, "Loes, Bijzonder Jeugdwerk");
    CHECK_STR(line[2].why, "Zij kennen het gezin.");
    ctx_set_now(c, c->now + 60);
    CHECK(happens(c, id, KIND_CLOSED, INT_NONE) == OK);
    r = now_of(c, id, &n);
    CHECK(r.until != TIME_NONE); /* nobody directs what is closed */
    test_end(c);
}

/* "The worker" directs while there is none: only a damaged or imported register can say that; the check finds
 * it. */
TEST(regie_without_a_holder_is_found_by_the_check)
{
    struct ctx *c = test_begin("2024-01-03");
    struct request_id id = asked_of(c, (struct identity){ .name = "Jan de Vries" }, INT_NONE);
    struct integrity check;
    struct request_change ch = { .id = id, .version = -1, .e = EVENT_NONE };

    CHECK(integrity_check(c, &check) == OK);
    CHECK_INT(check.no_regie, 0);
    ch.e.kind = KIND_REGIE_CHANGED;
    ch.e.occurred_at = c->now;
    ch.e.activity = REGIE_WORKER;
    CHECK(request_change(c, &ch) == OK); /* past regie_change, which refuses it */
    CHECK(integrity_check(c, &check) == OK);
    CHECK_INT(check.no_regie, 1);
    struct regie_form f = { .request = id,
                            .seen = -1,
                            .holder = REGIE_WORKER,
                            .worker = INT_NONE,
                            .day = c->today,
                            .reason = "agreed" };
    CHECK(regie_change(c, &f) == E_INVALID);
    CHECK_STR(c->err.field, "worker");
    test_end(c);
}

TEST(ave_levels_3_and_4_are_for_the_lead)
{
    struct ctx *c = test_begin("2024-01-03");
    struct ave_form f = { .seen = -1,
                          .level = 2,
                          .owner = INT_NONE,
                          .day = c->today,
                          .review = c->today + 14,
                          .reason = "stagnation",
                          .route = "case_table" };
    int64_t worker[2], team[2];
    struct ave_counts counts;
    const struct ave_case *x;
    struct session s;
    size_t n;

    CHECK(db_tx(c, two_workers, worker) == OK);
    CHECK(db_tx(c, asked_two_teams, team) == OK);
    f.request = asked_of(c, (struct identity){ .name = "Jan de Vries" }, team[0]);
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, team[0], worker[0]);
    CHECK(ave_change(c, &f) == E_INVALID);
    CHECK_STR(c->err.field, "owner");
    err_clear(c);
    f.owner = worker[0];
    CHECK(ave_change(c, &f) == OK);
    f.level = 3;
    CHECK(ave_change(c, &f) == E_INVALID);
    CHECK_STR(c->err.field, "level");
    err_clear(c);
    session_act_as(c, &s, ROLE_TEAM_LEAD, team[0], INT_NONE);
    ctx_set_now(c, c->now + 86400);
    f.day = c->today;
    CHECK(ave_change(c, &f) == OK);
    session_act_as(c, &s, ROLE_SOCIAL_WORKER, team[0], worker[0]);
    f.level = 1;
    CHECK(ave_change(c, &f) == E_INVALID); /* down from 3 too */
    err_clear(c);
    ctx_set_now(c, c->now + 86400);
    CHECK(ave_list(c, INT_NONE, INT_NONE, &x, &n, &counts) == OK);
    CHECK_INT((int64_t)n, 1);
    CHECK_INT(x[0].level, 3);
    CHECK_INT(x[0].days, 1);
    CHECK_INT(counts.n[3], 1);
    CHECK_STR(x[0].owner_name, "Ans Helper");
    session_act_as(c, &s, ROLE_TEAM_LEAD, team[1], INT_NONE); /* another team */
    CHECK(ave_list(c, INT_NONE, INT_NONE, &x, &n, &counts) == OK);
    CHECK_INT((int64_t)n, 0);
    CHECK(ave_change(c, &f) == E_NOT_FOUND);
    err_clear(c);
    session_act_as(c, &s, ROLE_TEAM_LEAD, team[0], INT_NONE);
    session_act_as(c, &s, ROLE_SYSTEM, INT_NONE, INT_NONE);
    ctx_set_now(c, c->now + 60);
    CHECK(happens(c, f.request, KIND_CLOSED, INT_NONE) == OK);
    CHECK(ave_list(c, INT_NONE, INT_NONE, &x, &n, &counts) == OK);
    CHECK_INT((int64_t)n, 0); /* closed: not open any more */
    test_end(c);
}

TEST(ave_rejects_wrong_input)
{
    struct ctx *c = test_begin("2024-01-03");
    struct ave_form good = { .request = asked_of(c, (struct identity){ .name = "Jan" }, INT_NONE),
                             .seen = -1,
                             .level = 2,
                             .owner = 1,
                             .day = c->today,
                             .review = c->today,
                             .reason = "safety",
                             .route = "own_team" };
    struct {
        struct ave_form f;
        const char *field;
    } bad[6];

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i].f = good;
    bad[0].f.level = 5;
    bad[0].field = "level";
    bad[1].f.reason = "";
    bad[1].field = "reason";
    bad[2].f.route = "";
    bad[2].field = "route";
    bad[3].f.day = c->today + 1;
    bad[3].field = "day";
    bad[4].f.review = c->today - 1;
    bad[4].field = "review";
    bad[5].f.review = DAY_NONE;
    bad[5].field = "review";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK(ave_change(c, &bad[i].f) == E_INVALID);
        CHECK_STR(c->err.field, bad[i].field);
        err_clear(c);
    }
    CHECK(ave_change(c, &good) == OK);
    good.seen = 1;
    CHECK(ave_change(c, &good) == E_CONFLICT);
    test_end(c);
}
