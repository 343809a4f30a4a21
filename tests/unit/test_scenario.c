// SPDX-License-Identifier: EUPL-1.2
/* Plans: more capacity never makes people wait longer, more requests never shorter, the same question gets
 * the same answer; what is kept is compared with what the list became. */
#include "account/scenario.h"
#include "register/demo.h"
#include "register/session.h"
#include "store/sql.h"
#include "unit/asked.h"
#include "unit/test.h"

#include <math.h>
#include <stdlib.h>
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

TEST_LONG(scenario_more_capacity_never_lengthens_the_wait)
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
    /* Shorter in the middle; in one draw of ten nobody would wait as it is, and nothing can be shorter. */
    CHECK(r[1].at[0].more_middle.value < 0 && r[2].at[0].more_middle.value < r[1].at[0].more_middle.value);
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

TEST_LONG(scenario_is_checked_and_kept)
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
    int64_t again = 0;
    CHECK_INT(scenario_keep(c, list, &s, r, c->today, &again), OK); /* a button pressed twice */
    CHECK_INT(again, id);
    s.arrivals += 5;
    CHECK_INT(scenario_keep(c, list, &s, r, c->today, &again), E_INVALID); /* another plan of that name */
    CHECK_STR(c->err.field, "name");
    err_clear(c);
    s.arrivals -= 5;
    s.name[0] = '\0';
    CHECK_INT(scenario_keep(c, list, &s, r, c->today, &id), E_INVALID);
    CHECK_STR(c->err.field, "name");
    err_clear(c);
    CHECK_INT(scenario_list(c, list, 50, &kept, &n), OK);
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
    CHECK_INT(scenario_list(c, list, 50, &kept, &n), OK);
    CHECK(n == 1 && kept[0].became[0] >= 0 &&
          isnan(kept[0].became[1])); /* nobody began since: who waited waits */
    test_end(c);
}

static bool same_effects(const struct scenario_result *a, const struct scenario_result *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < SCENARIO_MOMENTS; k++) {
            const struct scenario_effect *x = &a[i].at[k], *y = &b[i].at[k];
            if (!same(&x->middle, &y->middle) || !same(&x->most, &y->most) || !same(&x->size, &y->size) ||
                !same(&x->more_middle, &y->more_middle) || !same(&x->more_most, &y->more_most))
                return false;
        }
    return true;
}

static enum err ask_help(struct ctx *c, int64_t team)
{
    struct request_form f = asked(c);
    struct request_id id;

    f.team = team;
    return request_add(c, &f, &id);
}

/* A server keeps what it computed, but never beyond a change of the list: each time as without a server. */
TEST_LONG(scenario_that_is_kept_in_memory_is_of_the_list_as_it_is)
{
    int64_t list;
    struct ctx *c = small_town(&list);
    struct scenario s[2] = { { .name = "one", .workers = 1 }, { .name = "surge", .arrivals = 25 } };
    struct scenario_how how = { .replications = 100, .day = c->today };
    struct scenario_result alone[2][3], served[3], first[3];
    struct db *own = c->db, *db = NULL;
    struct store *store;

    if (!CHECK_INT(store_open(c, test_url(c), false, &store), OK) ||
        !CHECK_INT(store_start_writer(c, store), OK) || !CHECK_INT(db_open(c, store, &db), OK))
        return;
    for (int round = 0; round < 2; round++) {
        c->db = own;
        CHECK_INT(scenario_run(c, list, s, 2, &how, alone[round]), OK);
        c->db = db;
        for (int again = 0; again < 2; again++) {
            CHECK_INT(scenario_run(c, list, s, 2, &how, served), OK);
            CHECK(same_effects(served, alone[round], 3));
        }
        CHECK_INT(scenario_run(c, list, &s[1], 1, &how, first), OK); /* another place, the same plan */
        CHECK(same_effects(&first[1], &served[2], 1));
        struct scenario_how other = how;
        other.seed = 5; /* another question is not answered with what is kept */
        CHECK_INT(scenario_run(c, list, s, 2, &other, first), OK);
        CHECK(!same_effects(first, served, 3));
        for (int i = 0; i < 12; i++)
            CHECK_INT(ask_help(c, list), OK);
    }
    CHECK(!same_effects(alone[0], alone[1], 3)); /* who asked meanwhile is seen */
    c->db = own;
    db_close(db);
    store_close(store);
    test_end(c);
}

static int by_days(const void *pa, const void *pb)
{
    const int32_t *a = pa, *b = pb;

    return a[0] != b[0] ? (a[0] < b[0] ? -1 : 1) : b[1] - a[1];
}

/* The product-limit formula written out: {days, begun} of everyone. */
static double first_day(int32_t (*who)[2], size_t n, double share)
{
    double stay = 1;

    qsort(who, n, sizeof *who, by_days);
    for (size_t i = 0; i < n; i++) {
        if (who[i][1])
            stay *= 1 - 1. / (double)(n - i);
        if (who[i][1] && stay <= 1 - share + 1e-9)
            return who[i][0];
    }
    return NAN;
}

TEST_LONG(scenario_kept_is_compared_with_the_wait_that_followed)
{
    int64_t list, id;
    struct ctx *c = small_town(&list);
    struct scenario s = { .name = "Eén erbij", .workers = 1 };
    struct scenario_value unknown = { NAN, NAN, NAN }, days = { 20, 10, 30 };
    struct scenario_effect e = { days, days, unknown, unknown, days };
    struct scenario_result r[2] = { { .at = { e, e } }, { .at = { e, e } } };
    int32_t made = c->today - 120;
    const struct scenario_kept *k;
    struct sql_scenario_asked_row *row;
    size_t n, asked;

    CHECK_INT(scenario_keep(c, list, &s, r, made, &id), OK);
    CHECK_INT(scenario_list(c, list, 50, &k, &n), OK);
    if (!CHECK_INT((int64_t)n, 1))
        test_skip("no plan");
    const struct scenario_waited *w = &k[0].waited[0];
    CHECK(w->come && !k[0].waited[1].come && w->from == made + 91 - 14 && w->to == made + 91 + 14);
    CHECK_INT(sql_scenario_asked(c, list, time_of_nl_day(w->from, 0), time_of_nl_day(w->to, 0),
                                 URGENCY_EMERGENCY, &row, &asked),
              OK);
    CHECK_INT(w->n, (int64_t)asked);
    CHECK(asked >= 5 && asked < 400);
    int32_t who[400][2];
    for (size_t i = 0; i < asked && i < 400; i++) {
        int64_t end = row[i].started_at != TIME_NONE ? row[i].started_at
                      : row[i].left_at != TIME_NONE  ? row[i].left_at
                                                     : c->now;
        who[i][0] = time_nl_day(end) - time_nl_day(row[i].received_at);
        who[i][1] = row[i].started_at != TIME_NONE;
    }
    double middle = first_day(who, asked, .5), most = first_day(who, asked, .8);
    CHECK(isnan(middle) ? isnan(w->middle.value) : w->middle.value == middle);
    CHECK(isnan(most) ? isnan(w->most.value) : w->most.value == most);
    CHECK(isnan(w->middle.low) || w->middle.low <= w->middle.value || isnan(w->middle.value));
    CHECK(k[0].since.come && k[0].since.n >= w->n); /* everyone who asked since is counted there */
    CHECK(k[0].plan[0].most.high == 30 && k[0].now[1].middle.low == 10);
    test_end(c);
}
