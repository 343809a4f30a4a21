// SPDX-License-Identifier: EUPL-1.2
/* Kaplan-Meier and log-rank on real data, against R's survival package (expected/survival.csv and others). */
#include "base/date.h"
#include "base/text.h"
#include "stat/oracle.h"
#include "unit/test.h"

#include <math.h>

struct classic {
    const char *file, *time, *status, *event, *censored; /* event NULL: everything but censored */
    const char *by, *value;                              /* a subset */
};

static struct survival_sample classic_sample(struct ctx *c, const struct classic *k)
{
    struct csv t = csv_load(c, k->file);
    struct survival_sample s = sample_room(c, t.rows);
    size_t time = csv_column(&t, k->time), status = csv_column(&t, k->status);
    size_t by = k->by != NULL ? csv_column(&t, k->by) : 0;

    for (size_t i = 0; i < t.rows; i++) {
        const char *state = csv_cell(&t, i, status);
        bool event = k->event != NULL ? text_is(state, k->event) : !text_is(state, k->censored);

        if (k->by == NULL || text_is(csv_cell(&t, i, by), k->value))
            survival_add(&s, SURVIVAL_FROM_START, (int64_t)csv_real(csv_cell(&t, i, time)), event);
    }
    return s;
}

TEST(survival_data_curves)
{
    static const struct {
        struct classic set;
        const char *group;
        int rows; /* of expected/survival.csv that must have been compared */
    } cases[] = {
        { { "survival_lung.csv", "time", "status", "2", NULL, NULL, NULL }, "all", 37 },
        { { "survival_lung.csv", "time", "status", "2", NULL, "sex", "1" }, "sex 1", 31 },
        { { "survival_lung.csv", "time", "status", "2", NULL, "sex", "2" }, "sex 2", 31 },
        { { "waitlist_transplant_a.csv", "days", "outcome", NULL, "censored", NULL, NULL },
          "any exit from the list",
          43 },
        { { "competing_mgus2.csv", "months", "event", NULL, "censored", NULL, NULL }, "any", 27 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c = test_begin_bare();
        struct csv expected = csv_load(c, "expected/survival.csv");
        struct oracle o = { &expected, cases[i].set.file, cases[i].group, 1, SURVIVAL_LOG };
        struct survival_sample s = classic_sample(c, &cases[i].set);
        struct survival_curve k = sample_curve(c, &s);

        CHECK_INT(oracle_check(&o, &k), cases[i].rows);
    }
}

/* 1 - KM of one cause with the competing exits as censorings: the wrong figure, which must come out just as
 * wrong. */
TEST(survival_data_one_cause)
{
    static const struct {
        struct classic set;
        const char *group, *metric;
        int64_t time;
    } cases[] = {
        { { "waitlist_transplant_a.csv", "days", "outcome", "ltx", NULL, NULL, NULL },
          "all",
          "WRONG_1-KM_ltx_30",
          30 },
        { { "waitlist_transplant_a.csv", "days", "outcome", "ltx", NULL, NULL, NULL },
          "all",
          "WRONG_1-KM_ltx_365",
          365 },
        { { "waitlist_transplant_a.csv", "days", "outcome", "ltx", NULL, "bloodgroup", "B" },
          "blood group B",
          "WRONG_1-KM_ltx_90",
          90 },
        { { "waitlist_transplant_a.csv", "days", "outcome", "ltx", NULL, "bloodgroup", "O" },
          "blood group O",
          "WRONG_1-KM_ltx_365",
          365 },
        { { "competing_mgus2.csv", "months", "event", "pcm", NULL, NULL, NULL },
          "all",
          "WRONG_1-KM_pcm_240",
          240 },
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct ctx *c = test_begin_bare();
        struct csv expected = csv_load(c, "expected/survival.csv");
        struct survival_sample s = classic_sample(c, &cases[i].set);
        struct survival_curve k = sample_curve(c, &s);

        CHECK_NEAR(1 - survival_at(&k, cases[i].time, &(struct survival_way){ 0 }).survival,
                   csv_expected(&expected, cases[i].set.file, cases[i].group, cases[i].metric), 1e-6);
    }
}

static struct logrank classic_logrank(struct ctx *c, struct classic set, const char *const *value, size_t n)
{
    struct survival_sample s[8];

    for (size_t i = 0; i < n; i++) {
        set.value = value[i];
        s[i] = classic_sample(c, &set);
        sample_curve(c, &s[i]);
    }
    return survival_logrank(s, n, NULL, NULL);
}

TEST(survival_data_logrank)
{
    static const char *const sex[] = { "1", "2" }, *const blood[] = { "A", "B", "AB", "O" },
                             *const year[] = { "1990", "1991", "1992", "1993", "1994", "1995" };
    struct classic lung = { "survival_lung.csv", "time", "status", "2", NULL, "sex", NULL };
    struct classic list = { "waitlist_transplant_a.csv", "days", "outcome", "ltx", NULL, "bloodgroup", NULL };
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/survival.csv");
    struct logrank l = classic_logrank(c, lung, sex, COUNT(sex));

    CHECK_NEAR(l.chisq, csv_expected(&e, lung.file, "by sex", "logrank_chisq"), 1e-6);
    CHECK_NEAR(l.p, csv_expected(&e, lung.file, "by sex", "logrank_p"), 1e-6);
    CHECK_INT(l.df, 1);
    l = classic_logrank(c, list, blood, COUNT(blood));
    CHECK_NEAR(l.chisq, csv_expected(&e, list.file, "cause-specific ltx by blood group", "logrank_chisq"),
               1e-6);
    CHECK_NEAR(l.p, csv_expected(&e, list.file, "cause-specific ltx by blood group", "logrank_p"), 1e-6);
    CHECK_INT(l.df, 3);
    list.by = "year";
    l = classic_logrank(c, list, year, COUNT(year));
    CHECK_NEAR(l.chisq, csv_expected(&e, list.file, "cause-specific ltx by year", "logrank_chisq"), 1e-6);
    CHECK_INT(l.df, 5);
}

/* Emergency calls: dispatch to arrival, censored when the unit became available without arriving. */
TEST(survival_data_calls)
{
    for (int priority = 2; priority <= 3; priority++) {
        struct ctx *c = test_begin_bare();
        struct csv e = csv_load(c, "expected/requests_calls.csv"), t = csv_load(c, "calls_sffd_a.csv.gz");
        size_t wanted = csv_column(&t, "final_priority"), dispatch = csv_column(&t, "dispatch"),
               scene = csv_column(&t, "on_scene"), free_again = csv_column(&t, "available");
        struct survival_sample s = sample_room(c, t.rows);
        struct oracle o = {
            &e, "calls_sffd_a.csv.gz",
            priority == 2 ? "final_priority 2: dispatch -> on scene (available without arrival = censored)"
                          : "final_priority 3: dispatch -> on scene (available without arrival = censored)",
            60, SURVIVAL_LOG
        };

        for (size_t i = 0; i < t.rows; i++) {
            int64_t from = csv_time(&t, i, dispatch), to = csv_time(&t, i, scene);
            int64_t end = to != TIME_NONE ? to : csv_time(&t, i, free_again);

            if (csv_real(csv_cell(&t, i, wanted)) == priority && from != TIME_NONE && end != TIME_NONE)
                survival_add(&s, SURVIVAL_FROM_START, end > from ? end - from : 0, to != TIME_NONE);
        }
        struct survival_curve k = sample_curve(c, &s);

        CHECK_INT(oracle_check(&o, &k), 4);
    }
}
