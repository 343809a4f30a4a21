// SPDX-License-Identifier: EUPL-1.2
/* Gray's test: against cmprsk on the transplant list, its own promises, and the rate of false alarms. */
#include "base/rng.h"
#include "base/text.h"
#include "measure/gray.h"
#include "stat/csv.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>

#define N 90

static struct incidence_sample group_of(struct ctx *c, const struct csv *t, const char *blood,
                                        const char *cause)
{
    struct incidence_sample s = { .key = arena_array(c->arena, t->rows, sizeof *s.key) };
    uint64_t *scratch = arena_array(c->arena, t->rows, sizeof *scratch);
    size_t time = csv_column(t, "days"), end = csv_column(t, "outcome"), group = csv_column(t, "bloodgroup");

    for (size_t i = 0; i < t->rows; i++) {
        const char *how = csv_cell(t, i, end);
        if (text_is(csv_cell(t, i, group), blood))
            incidence_add(&s, SURVIVAL_FROM_START, (int64_t)csv_real(csv_cell(t, i, time)),
                          text_is(how, cause)        ? INCIDENCE_CAUSE
                          : text_is(how, "censored") ? INCIDENCE_OPEN
                                                     : INCIDENCE_OTHER);
    }
    incidence_sort(&s, scratch);
    return s;
}

TEST(gray_data_transplant)
{
    static const char *const causes[] = { "ltx", "death", "withdraw" }, *const groups[] = { "A", "AB", "B",
                                                                                            "O" };
    struct ctx *c = test_begin_bare();
    struct csv e = csv_load(c, "expected/survival.csv"), t = csv_load(c, "waitlist_transplant_a.csv");

    for (size_t k = 0; k < COUNT(causes); k++) {
        struct incidence_sample s[4], turned[4];
        struct logrank g, h;
        char name[60];

        for (size_t i = 0; i < 4; i++)
            turned[3 - i] = s[i] = group_of(c, &t, groups[i], causes[k]);
        g = gray_compare(s, 4);
        h = gray_compare(turned, 4);
        snprintf(name, sizeof name, "Gray test by blood group, cause %s", causes[k]);
        CHECK_NEAR(g.chisq, csv_expected(&e, "waitlist_transplant_a.csv", name, "gray_stat"), 1e-6);
        CHECK_NEAR(g.p, csv_expected(&e, "waitlist_transplant_a.csv", name, "gray_p"), 1e-6);
        CHECK_INT(g.df, 3);
        CHECK_NEAR(h.chisq, g.chisq, 1e-9); /* which group is left out makes no difference */
    }
}

static struct incidence_sample draw(struct rng *r, uint64_t *key, uint64_t *scratch, double share)
{
    struct incidence_sample s = { .key = key };

    for (int i = 0; i < N; i++) {
        double wait = rng_exponential(r, 45), seen = 150 * rng_unit(r);
        bool first = rng_unit(r) < share;
        incidence_add(&s, SURVIVAL_FROM_START, (int64_t)fmin(wait, seen),
                      wait > seen ? INCIDENCE_OPEN
                      : first     ? INCIDENCE_CAUSE
                                  : INCIDENCE_OTHER);
    }
    incidence_sort(&s, scratch);
    return s;
}

/* Three groups alike, in whole days with ties: 5 % come out as different; and when the cause takes 80 instead
 * of 50 % of the ends in one group, nearly always. */
TEST(gray_false_alarms)
{
    uint64_t key[3][N], scratch[N];
    int alike = 0, found = 0;
    struct rng r;

    rng_seed(&r, 1988);
    for (int run = 0; run < 10000; run++) {
        struct incidence_sample s[3];
        for (int g = 0; g < 3; g++)
            s[g] = draw(&r, key[g], scratch, 0.6);
        alike += gray_compare(s, 3).p < 0.05;
        if (run >= 1000)
            continue;
        s[0] = draw(&r, key[0], scratch, 0.5);
        s[1] = draw(&r, key[1], scratch, 0.8);
        found += gray_compare(s, 2).p < 0.05;
    }
    CHECK(alike >= 400 && alike <= 600);
    CHECK(found >= 800);
}

TEST(gray_cannot_be_said)
{
    uint64_t key[3][N], scratch[N], entry[1] = { 3 };
    struct incidence_sample s[2];
    struct rng r;

    rng_seed(&r, 2);
    s[0] = draw(&r, key[0], scratch, 0.5);
    s[1] = draw(&r, key[1], scratch, 0.5);
    CHECK(isnan(gray_compare(s, 1).chisq) && isnan(gray_compare(s, GRAY_GROUPS_MAX + 1).chisq));
    CHECK(!isnan(gray_compare(s, 2).chisq));
    s[1].entry = entry;
    s[1].n_entry = 1;
    CHECK(isnan(gray_compare(s, 2).p)); /* late entries */
    s[1] = (struct incidence_sample){ .key = key[1] };
    CHECK(isnan(gray_compare(s, 2).p)); /* nobody in a group */
    s[0] = draw(&r, key[0], scratch, 0);
    s[1] = draw(&r, key[1], scratch, 0);
    CHECK(isnan(gray_compare(s, 2).chisq)); /* it never happens */
}
