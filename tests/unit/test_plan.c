// SPDX-License-Identifier: EUPL-1.2
#include "unit/case_help.h"
#include "unit/test.h"

static size_t plans_of(struct case_test *t, struct request_id id, struct plan **ret_plan)
{
    struct request r = case_get(t, id);
    struct care k;
    size_t n = 0;

    CHECK_INT(care_of(t->c, &r, &k), OK);
    CHECK_INT(plan_all(t->c, &r, &k, ret_plan, &n), OK);
    return n;
}

TEST(plan_versions_stay_and_goals_keep_their_number)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct goal goal[3];
    struct plan *plan;

    CHECK_INT((int64_t)plans_of(&t, id, &plan), 1);
    CHECK_INT(plan[0].agreed, t.c->today);
    CHECK_STR(plan[0].goal[0].what, "I open my post again");
    CHECK_INT(plan[0].goal[0].score, 3);
    CHECK_INT(plan[0].goal[1].by, plan[0].evaluate_on); /* not said: at the evaluation */
    CHECK_STR(plan[0].goal[1].tasks, "Aunt Rita comes on Tuesdays");
    CHECK_INT(case_get(&t, id).now.state, STATE_PLANNED);
    /* the second version leaves out goal 1 and adds one */
    case_later(&t, 10);
    goal[0] = plan[0].goal[1];
    goal[1] =
        (struct goal){ .what = "Back to work", .for_whom = "resident", .by = DAY_NONE, .score = INT_NONE };
    struct plan_form f = case_plan_form(&t, id);
    f.goal = goal;
    f.goals = 2;
    f.agreed = DAY_NONE;
    CHECK_INT(plan_add(t.c, &f), OK);
    CHECK_INT((int64_t)plans_of(&t, id, &plan), 2);
    CHECK_INT((int64_t)plan[0].goals, 2);
    CHECK_INT(plan[1].goal[0].number, 2);
    CHECK_INT(plan[1].goal[1].number, 3);
    CHECK_INT(plan[1].agreed, DAY_NONE);
    struct plan_date d = { id, -1, t.c->today };
    CHECK_INT(plan_agree(t.c, &d), OK);
    CHECK_INT(plan_give(t.c, &d), OK);
    plans_of(&t, id, &plan);
    CHECK_INT(plan[1].agreed, t.c->today);
    CHECK_INT(plan[1].given, t.c->today);
    CHECK_INT(plan[0].given, DAY_NONE);
    test_end(t.c);
}

TEST(plan_refuses_what_is_incomplete)
{
    struct case_test t = case_begin();
    struct request_id waiting = case_request(&t), id = case_talked(&t);
    struct goal wrong[2] = { { .what = "Sleep", .for_whom = "resident", .by = DAY_NONE, .score = INT_NONE },
                             { .what = "Walk", .for_whom = "resident", .by = DAY_NONE, .score = 11 } };
    struct {
        struct plan_form f;
        const char *field;
    } bad[6];

    for (size_t i = 0; i < COUNT(bad); i++)
        bad[i].f = case_plan_form(&t, id);
    bad[0].f.goals = 0;
    bad[0].field = "what_1";
    bad[1].f.evaluate_on = DAY_NONE;
    bad[1].field = "evaluate_on";
    bad[2].f.agreed = t.c->today + 1;
    bad[2].field = "agreed";
    bad[3].f.main = "";
    bad[3].field = "main_help";
    bad[4].f.goal = wrong;
    bad[4].field = "score_2";
    bad[5].f.evaluate_on = t.c->today - 5;
    bad[5].field = "evaluate_on";
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_INT(plan_add(t.c, &bad[i].f), E_INVALID);
        CHECK_STR(t.c->err.field, bad[i].field);
        err_clear(t.c);
    }
    struct plan_form early = case_plan_form(&t, waiting);
    CHECK_INT(plan_add(t.c, &early), E_CONFLICT);
    err_clear(t.c);
    struct plan_date d = { id, -1, t.c->today };
    CHECK_INT(plan_agree(t.c, &d), E_CONFLICT); /* there is none */
    test_end(t.c);
}

/* Jeugdwet 4.1.3: who asked for the plan in writing has it when it was given. */
TEST(plan_given_answers_who_asked_for_it_in_writing)
{
    struct case_test t = case_begin();
    struct request_id id = case_planned(&t);
    struct request_change asked = { .id = id, .version = -1, .e = EVENT_NONE };
    struct plan_date d = { id, -1, t.c->today };
    size_t sent = 0;

    asked.e.kind = KIND_WRITTEN_ASKED;
    asked.e.occurred_at = t.c->now;
    CHECK_INT(request_change(t.c, &asked), OK);
    CHECK_INT(plan_give(t.c, &d), OK);
    CHECK_INT(plan_give(t.c, &d), OK); /* once more is no second answer */
    struct request r = case_get(&t, id);
    for (size_t i = 0; i < r.events; i++)
        sent += r.event[i].e.kind == KIND_WRITTEN_SENT;
    CHECK_INT((int64_t)sent, 1);
    test_end(t.c);
}
