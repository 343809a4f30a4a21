// SPDX-License-Identifier: EUPL-1.2
/* Cumulative incidence on real data, against R's survfit and cmprsk (expected/survival.csv). */
#include "base/text.h"
#include "measure/incidence.h"
#include "stat/csv.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct set {
    const char *file, *time, *status;
    const char *group, *blood; /* blood NULL: everybody */
    const char *cause[3];
    int times[4];
    int rows;
};

static struct incidence_sample set_sample(struct ctx *c, const struct set *k, const char *cause)
{
    struct csv t = csv_load(c, k->file);
    size_t time = csv_column(&t, k->time), status = csv_column(&t, k->status),
           blood = k->blood != NULL ? csv_column(&t, "bloodgroup") : 0;
    struct incidence_sample s = { .key = arena_array(c->arena, t.rows + 1, sizeof(uint64_t)) };
    uint64_t *scratch = arena_array(c->arena, t.rows + 1, sizeof *scratch);

    for (size_t i = 0; i < t.rows; i++) {
        const char *end = csv_cell(&t, i, status);

        if (k->blood == NULL || text_is(csv_cell(&t, i, blood), k->blood))
            incidence_add(&s, SURVIVAL_FROM_START, (int64_t)csv_real(csv_cell(&t, i, time)),
                          text_is(end, cause)        ? INCIDENCE_CAUSE
                          : text_is(end, "censored") ? INCIDENCE_OPEN
                                                     : INCIDENCE_OTHER);
    }
    incidence_sort(&s, scratch);
    return s;
}

static void check_point(const struct csv *e, const struct set *k, const char *cause, int time,
                        const struct incidence_point *p)
{
    char metric[60];

    snprintf(metric, sizeof metric, "cif_%s_%d", cause, time);
    CHECK_NEAR(p->value, csv_expected(e, k->file, k->group, metric), 1e-6);
    snprintf(metric, sizeof metric, "cif_%s_%d_se_aalen", cause, time);
    CHECK_NEAR(p->se_aalen, csv_expected(e, k->file, k->group, metric), 1e-6);
    snprintf(metric, sizeof metric, "cif_%s_%d_se_survfit", cause, time);
    CHECK_NEAR(p->se, csv_expected(e, k->file, k->group, metric), 1e-6);
}

TEST(incidence_data_against_r)
{
    static const struct set sets[] = {
#define LIST "waitlist_transplant_a.csv", "days", "outcome"
        { LIST, "all", NULL, { "ltx", "death", "withdraw" }, { 365, 30, 180, 90 }, 36 },
        { LIST, "blood group A", "A", { "ltx", "death", "withdraw" }, { 90, 365 }, 18 },
        { LIST, "blood group B", "B", { "ltx", "death", "withdraw" }, { 90, 365 }, 18 },
        { LIST, "blood group AB", "AB", { "ltx", "death", "withdraw" }, { 90, 365 }, 18 },
        { LIST, "blood group O", "O", { "ltx", "death", "withdraw" }, { 90, 365 }, 18 },
#undef LIST
        { "competing_mgus2.csv", "months", "event", "all", NULL, { "pcm", "death" }, { 60, 120, 240 }, 18 },
    };

    for (size_t i = 0; i < COUNT(sets); i++) {
        const struct set *k = &sets[i];
        struct ctx *c = test_begin_bare();
        struct csv e = csv_load(c, "expected/survival.csv");
        int rows = 0, n_times = 0;

        while (n_times < 4 && k->times[n_times] > 0)
            n_times++;
        for (size_t j = 0; j < 3 && k->cause[j] != NULL; j++) {
            struct incidence_sample s = set_sample(c, k, k->cause[j]);
            struct incidence_point p[4];
            int64_t at[4];

            for (int t = 0; t < n_times; t++)
                at[t] = k->times[t];
            incidence_at(&s, at, (size_t)n_times, &(struct survival_way){ 0 }, p);
            for (int t = 0; t < n_times; t++, rows += 3)
                check_point(&e, k, k->cause[j], k->times[t], &p[t]);
        }
        CHECK_INT(rows, k->rows);
    }
}
