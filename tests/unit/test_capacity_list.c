// SPDX-License-Identifier: EUPL-1.2
/* What is needed: the own figures of a list and of the telephone, and the answers against the formulas; what
 * became of the wait after a plan was kept. */
#include "account/capacity_list.h"
#include "account/scenario.h"
#include "forecast/capacity.h"
#include "forecast/erlang.h"
#include "register/config.h"
#include "register/phone.h"
#include "unit/test.h"

#include <math.h>

static const struct expected_driver drivers[] = {
    { "arrivals_week", 5 }, { "help_weeks", 12 }, { "hours", 4 }, { "helped", 50 }, { "leave_rate", .02 },
};

TEST(capacity_list_fills_the_formulas_with_the_own_figures)
{
    struct ctx *c = test_begin("2024-07-01");
    struct capacity_asked q;

    CHECK_INT(capacity_own(c, drivers, COUNT(drivers), 40, &q), OK);
    CHECK_NEAR(q.caseload, 12.5, 1e-12);
    CHECK(q.demand == 5 && q.duration == 12 && q.queue == 40 && q.leave == .02 && q.share == .8);
    CHECK_NEAR(q.within, 2, 1e-12); /* ten working days */
    struct capacity_answer a = capacity_answer_of(&q);
    struct capacity_load l = { 5, 12, 50, 40, -log(.98) };
    CHECK(a.whole);
    CHECK_NEAR(a.load, 1.2, 1e-12);
    CHECK_NEAR(a.starts, 50. / 12, 1e-12);
    CHECK_NEAR(a.wait, log(1 - log(.98) * 40 / (50. / 12)) / -log(.98), 1e-9);
    CHECK(isinf(a.empty)); /* more people come than begin */
    CHECK_NEAR(a.norm_places, capacity_for_norm(&l, .8, 2), 1e-12);
    CHECK(a.norm_places > 60 && a.norm_places < 80);
    CHECK_NEAR(a.norm_hours * 12.5, a.norm_places, 1e-12);
    CHECK_NEAR(a.clear_places, capacity_to_clear(&l, 26), 1e-12);
    l.places = a.clear_places; /* with so many places it is empty by then */
    CHECK_NEAR(capacity_clears_in(&l), 26, 1e-6);
    q.hours = NAN;
    CHECK(!capacity_answer_of(&q).whole);
    CHECK_INT(capacity_own(c, NULL, 0, NAN, &q), OK); /* an empty register */
    CHECK(!capacity_answer_of(&q).whole);
    test_end(c);
}

TEST(capacity_list_takes_the_busiest_half_hour_of_the_telephone)
{
    struct ctx *c = test_begin("2024-07-01"); /* a Monday */
    struct capacity_phone_own own;

    CHECK_INT(capacity_phone_own(c, c->today, &own), OK);
    CHECK(own.half_hour == -1 && isnan(own.asked.calls));
    CHECK(isnan(capacity_phone_answer_of(&own.asked).level));
    for (int day = 3; day <= 5; day++)
        for (int half = 18; half < 22; half++) {
            struct phone_count_form f = { .day = c->today - day, /* Friday, Thursday, Wednesday */
                                          .half_hour = half,
                                          .offered = half == 19 ? 20 + day : 8,
                                          .answered = 8,
                                          .in_time = INT_NONE,
                                          .seconds = INT_NONE };
            f.abandoned = f.offered - f.answered;
            CHECK_INT(phone_count_add(c, &f), OK);
        }
    CHECK_INT(capacity_phone_own(c, c->today, &own), OK);
    CHECK_INT(own.half_hour, 19);
    CHECK_INT(own.days, 3);
    CHECK_NEAR(own.asked.calls, 24, 1e-12);
    struct capacity_phone_answer a = capacity_phone_answer_of(&own.asked);
    struct erlang_load l = { 24, 1800, CAPACITY_HANDLING };
    CHECK_NEAR(a.traffic, 3.2, 1e-12);
    CHECK_INT((int64_t)a.need, (int64_t)erlang_agents(&l, own.asked.within, own.asked.share, 1));
    CHECK(a.level >= own.asked.share && a.level_a >= own.asked.share && a.need_a <= a.need && a.lost > 0);
    own.asked.agents = 3; /* they cannot keep up unless callers give up */
    a = capacity_phone_answer_of(&own.asked);
    CHECK(a.occupancy > 1 && isinf(a.wait) && a.level_a < own.asked.share && a.lost > .1);
    own.asked.patience = 0; /* nobody gives up */
    a = capacity_phone_answer_of(&own.asked);
    CHECK(isnan(a.level_a) && a.need_a == 0);
    test_end(c);
}

TEST(capacity_list_every_answer_has_formula_and_source)
{
    for (int i = 0; i < CAPACITY_LINES; i++) {
        const struct capacity_source *s = &capacity_source[i];
        CHECK(s->code != NULL && s->formula[0] != '\0' && s->source[0] != '\0');
    }
}

TEST(capacity_list_a_plan_is_judged_by_the_wait_that_followed)
{
    struct scenario_value expected = { 30, 25, 36 }, became = { 33, 28, 40 };
    struct scenario_waited w = { .come = true, .n = 40, .began = 30, .last = 60 };

    CHECK_INT(scenario_verdict_of(&expected, &w, &became), SCENARIO_AS_EXPECTED);
    became = (struct scenario_value){ 48, 40, 57 };
    CHECK_INT(scenario_verdict_of(&expected, &w, &became), SCENARIO_LONGER);
    became = (struct scenario_value){ 15, 11, 20 };
    CHECK_INT(scenario_verdict_of(&expected, &w, &became), SCENARIO_SHORTER);
    became = (struct scenario_value){ NAN, NAN, NAN }; /* half has not begun */
    CHECK_INT(scenario_verdict_of(&expected, &w, &became), SCENARIO_LONGER);
    w.last = 20;
    CHECK_INT(scenario_verdict_of(&expected, &w, &became), SCENARIO_UNKNOWN);
    w.n = SCENARIO_LEAST - 1;
    became = (struct scenario_value){ 33, 28, 40 };
    CHECK_INT(scenario_verdict_of(&expected, &w, &became), SCENARIO_UNKNOWN);
    w.n = 40;
    w.come = false;
    CHECK_INT(scenario_verdict_of(&expected, &w, &became), SCENARIO_UNKNOWN);
}
