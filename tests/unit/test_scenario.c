// SPDX-License-Identifier: EUPL-1.2
/* Plans: more capacity never makes people wait longer, more requests never shorter, the same question gets
 * the same answer; what is kept is compared with what the list became. */
#include "account/scenario.h"
#include "register/demo.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

static struct ctx *small_town(int64_t *ret_list)
{
    struct ctx *c = test_begin("2024-07-01");
    struct demo_options o = {
        .seed = 3, .from = c->today - 150, .to = c->today - 1, .scale = .3, .password = "not-a-secret-at-all"
    };
    const struct config *k;
    struct demo_made made;

    if (!CHECK_INT(demo_make(c, &o, &made), OK) || !CHECK_INT(config_get(c, &k), OK))
        test_skip("%s", c->err.text);
    *ret_list = k->team[2].id;
    return c;
}

static bool same(const struct scenario_value *a, const struct scenario_value *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

TEST(scenario_more_capacity_never_lengthens_the_wait)
{
    int64_t list;
    struct ctx *c = small_town(&list);
    struct scenario s[5] = { { .name = "one", .workers = 1 },
                             { .name = "three", .workers = 3 },
                             { .name = "fewer", .workers = -1 },
                             { .name = "surge", .arrivals = 25 },
                             { .name = "the same" } };
    struct scenario_how how = { .replications = 200, .day = c->today };
    struct scenario_result r[6], again[6];

    if (!CHECK_INT(scenario_run(c, list, s, 5, &how, r), OK))
        test_skip("%s", c->err.text);
    CHECK(r[1].at[0].more_middle.high < 0);
    for (int k = 0; k < SCENARIO_MOMENTS; k++) {
        const struct scenario_value *one = &r[1].at[k].more_middle, *three = &r[2].at[k].more_middle;
        CHECK(isnan(one->value) || (one->high <= 0 && three->value <= one->value));
        CHECK(r[1].at[k].size.value <= r[0].at[k].size.value);
        CHECK(isnan(r[3].at[k].more_middle.value) || r[3].at[k].more_middle.low >= 0);
        CHECK(isnan(r[4].at[k].more_middle.value) || r[4].at[k].more_middle.low >= 0);
        CHECK(r[4].at[k].size.value > r[0].at[k].size.value);
        CHECK(same(&r[5].at[k].size, &r[0].at[k].size)); /* a plan that changes nothing */
    }
    how.threads = 2;
    CHECK_INT(scenario_run(c, list, s, 5, &how, again), OK);
    for (int i = 0; i < 6; i++)
        for (int k = 0; k < SCENARIO_MOMENTS; k++)
            CHECK(same(&r[i].at[k].size, &again[i].at[k].size));
    test_end(c);
}

TEST(scenario_is_checked_and_kept)
{
    int64_t list, id;
    struct ctx *c = small_town(&list);
    struct scenario s = { .name = "Eén erbij", .workers = 1 }, bad = { .workers = 61 };
    struct scenario_how how = { .replications = 100, .day = c->today };
    const struct scenario_kept *kept;
    const struct actor *me = c->actor;
    struct actor other = *c->actor;
    struct scenario_result r[2];
    size_t n;

    CHECK_INT(scenario_run(c, list, &bad, 1, &how, r), E_INVALID);
    CHECK_STR(c->err.field, "workers");
    err_clear(c);
    CHECK_INT(scenario_run(c, list + 1000, &s, 1, &how, r), E_NOT_FOUND);
    err_clear(c);
    if (!CHECK_INT(scenario_run(c, list, &s, 1, &how, r), OK))
        test_skip("%s", c->err.text);
    other.role = ROLE_QUALITY;
    c->actor = &other;
    CHECK_INT(scenario_keep(c, list, &s, r, c->today, &id), E_FORBIDDEN);
    err_clear(c);
    c->actor = me;
    CHECK_INT(scenario_keep(c, list, &s, r, c->today, &id), OK);
    s.name[0] = '\0';
    CHECK_INT(scenario_keep(c, list, &s, r, c->today, &id), E_INVALID);
    CHECK_STR(c->err.field, "name");
    err_clear(c);
    CHECK_INT(scenario_list(c, list, &kept, &n), OK);
    if (CHECK_INT((int64_t)n, 1)) {
        CHECK_STR(kept[0].s.name, "Eén erbij");
        CHECK_INT(kept[0].s.workers, 1);
        CHECK(kept[0].plan[0].size.value == r[1].at[0].size.value &&
              kept[0].now[1].size.low == r[0].at[1].size.low);
        CHECK(same(&kept[0].plan[0].middle, &r[1].at[0].middle) &&
              same(&kept[0].now[1].most, &r[0].at[1].most));
        CHECK(!kept[0].waited[0].come && !kept[0].since.come);
        CHECK(isnan(kept[0].became[0]));
    }
    ctx_set_now(c, c->now + (int64_t)100 * 86400);
    CHECK_INT(scenario_list(c, list, &kept, &n), OK);
    CHECK(n == 1 && kept[0].became[0] >= 0 &&
          isnan(kept[0].became[1])); /* nobody began since: who waited waits */
    test_end(c);
}
