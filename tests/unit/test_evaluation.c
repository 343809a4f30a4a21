// SPDX-License-Identifier: EUPL-1.2
#include "register/due.h"
#include "unit/case_help.h"
#include "unit/test.h"

static struct goal_result result[2] = { { 1, "yes", "partly", 7 }, { 2, "partly", "no", INT_NONE } };

static struct evaluation_form good(struct case_test *t, struct request_id id)
{
    return (struct evaluation_form){ .request = id,
                                     .seen = -1,
                                     .day = t->c->today,
                                     .result = result,
                                     .results = COUNT(result),
                                     .experience = "good",
                                     .note = "It is calmer at home",
                                     .next = t->c->today + 60 };
}

TEST(evaluation_is_due_on_the_agreed_day)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct evaluation *e;
    int64_t n[DUE_KINDS];
    size_t count;

    case_line(&t, id, "team");
    case_later(&t, 59);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_EVALUATION], 0);
    case_later(&t, 1);
    CHECK_INT(due_counts(t.c, t.worker, t.team, n), OK);
    CHECK_INT(n[DUE_EVALUATION], 1);
    CHECK_INT(due_counts(t.c, t.other_worker, INT_NONE, n), OK);
    CHECK_INT(n[DUE_EVALUATION], 0);
    struct evaluation_form f = good(&t, id);
    CHECK_INT(evaluation_add(t.c, &f), OK);
    CHECK_INT(due_counts(t.c, INT_NONE, INT_NONE, n), OK);
    CHECK_INT(n[DUE_EVALUATION], 0);
    struct request r = case_get(&t, id);
    CHECK_INT(r.now.state, STATE_SUPPORT); /* it goes on */
    CHECK_INT(evaluation_all(t.c, &r, &e, &count), OK);
    CHECK_INT((int64_t)count, 1);
    CHECK_STR(e[0].result[0].by_resident, "yes");
    CHECK_STR(e[0].result[0].by_worker, "partly");
    CHECK_INT(e[0].result[0].score, 7);
    CHECK_STR(e[0].note, "It is calmer at home");
    CHECK_INT(e[0].next, t.c->today + 60);
    case_later(&t, 60);
    f = good(&t, id);
    f.next = DAY_NONE; /* going to be closed */
    CHECK_INT(evaluation_add(t.c, &f), OK);
    CHECK_INT(case_get(&t, id).now.state, STATE_EVALUATED);
    test_end(t.c);
}

TEST(evaluation_asks_both_judgements_of_every_goal)
{
    struct case_test t = case_begin();
    struct request_id talked = case_talked(&t), id = case_planned(&t);
    struct goal_result half[2] = { { 1, "yes", "", INT_NONE }, { 2, "partly", "no", INT_NONE } };
    struct evaluation_form f = good(&t, id);

    f.results = 1;
    CHECK_INT(evaluation_add(t.c, &f), E_INVALID);
    CHECK_STR(t.c->err.field, "resident_2");
    err_clear(t.c);
    f = good(&t, id);
    f.result = half;
    CHECK_INT(evaluation_add(t.c, &f), E_INVALID);
    CHECK_STR(t.c->err.field, "worker_1");
    err_clear(t.c);
    f = good(&t, id);
    f.experience = "";
    CHECK_INT(evaluation_add(t.c, &f), E_INVALID);
    CHECK_STR(t.c->err.field, "experience");
    err_clear(t.c);
    f = good(&t, talked);
    CHECK_INT(evaluation_add(t.c, &f), E_CONFLICT); /* no plan */
    test_end(t.c);
}

static enum err switch_on(struct ctx *c, void *arg)
{
    (void)arg;
    return setting_put(c, "life_areas", "1");
}

TEST(evaluation_life_areas_are_off_until_a_municipality_needs_them)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct area_form f = { .request = id, .seen = -1, .day = t.c->today };
    struct area_change *change;
    size_t n, rounds;

    for (size_t i = 0; i < AREAS_MAX; i++)
        f.level[i] = INT_NONE;
    f.level[0] = 2;
    CHECK_INT(areas_add(t.c, &f), E_CONFLICT);
    err_clear(t.c);
    CHECK_INT(db_tx(t.c, switch_on, NULL), OK);
    config_changed(t.c);
    f.level[3] = 0; /* not needed */
    CHECK_INT(areas_add(t.c, &f), OK);
    f.level[0] = 6;
    CHECK_INT(areas_add(t.c, &f), E_INVALID);
    err_clear(t.c);
    case_later(&t, 30);
    f.day = t.c->today;
    f.level[0] = 4;
    CHECK_INT(areas_add(t.c, &f), OK);
    struct request r = case_get(&t, id);
    CHECK_INT(areas_change(t.c, &r, &change, &n, &rounds), OK);
    CHECK_INT((int64_t)rounds, 2);
    CHECK_INT((int64_t)n, 2);
    CHECK_STR(change[0].area, "money");
    CHECK_INT(change[0].first, 2);
    CHECK_INT(change[0].last, 4);
    CHECK_INT(change[1].last, 0);
    test_end(t.c);
}
