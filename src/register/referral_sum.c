// SPDX-License-Identifier: EUPL-1.2
/* Numbers a partner: were answers given in time, who is stuck, how long until we spoke to the resident. */
#include "base/text.h"
#include "register/referral_core.h"
#include "register/right.h"
#include "register/setting.h"

#include <stdlib.h>

struct counting {
    const struct config *config;
    int64_t norm;
    int64_t *days; /* until the first contact, of the partner being counted */
    size_t n_days;
};

static void count_answer(const struct ctx *c, const struct counting *g,
                         const struct sql_referral_numbers_row *r, struct referral_sum *s)
{
    int32_t due = calendar_add_working(&g->config->calendar, time_nl_day(r->occurred_at), (int32_t)g->norm);

    if (!r->consent)
        s->no_consent++;
    else if (r->answered_at == TIME_NONE)
        *(c->today > due ? &s->open_late : &s->open) += 1;
    else
        *(time_nl_day(r->answered_at) > due ? &s->late : &s->in_time) += 1;
}

static void count(const struct ctx *c, struct counting *g, const struct sql_referral_numbers_row *r,
                  struct referral_sum *s)
{
    int32_t norm = calendar_add_working(&g->config->calendar, time_nl_day(r->received_at),
                                        g->config->norm_days[r->urgency]);

    s->all++;
    s->multi_problem += r->multi_problem;
    s->stuck += r->stays && r->waiting && c->today > norm;
    count_answer(c, g, r, s);
    if (r->first_contact_at != TIME_NONE) {
        int32_t days = time_nl_day(r->first_contact_at) - time_nl_day(r->occurred_at);
        g->days[g->n_days++] = days > 0 ? days : 0; /* a report that was written down later */
        s->contacted++;
    }
}

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

enum err referral_sums(struct ctx *c, int32_t from, int32_t to, struct referral_sum **ret_sum, size_t *ret_n)
{
    struct sql_referral_numbers_row *row;
    struct sql_partner_all_row *partner;
    struct referral_sum *sum;
    struct counting g = { 0 };
    size_t n, partners;

    TRY(may(c, RIGHT_PARTNER));
    TRY(config_get(c, &g.config));
    TRY(setting_number(c, "norm.referrer", &g.norm));
    TRY(sql_partner_all(c, &partner, &partners));
    TRY(sql_referral_numbers(c, time_of_nl_day(from, 0), time_of_nl_day(to + 1, 0) - 1, &row, &n));
    TRY(ctx_alloc(c, partners + 1, sizeof *sum, (void *)&sum));
    TRY(ctx_alloc(c, n + 1, sizeof *g.days, (void *)&g.days));
    for (size_t i = 0; i < partners; i++) {
        struct referral_sum *s = &sum[i];
        *s = (struct referral_sum){ .partner = partner[i].id,
                                    .name = partner[i].name,
                                    .contact_days = INT_NONE };
        g.n_days = 0;
        for (size_t k = 0; k < n; k++)
            if (row[k].partner == s->partner)
                count(c, &g, &row[k], s);
        qsort(g.days, g.n_days, sizeof *g.days, by_number);
        if (g.n_days > 0)
            s->contact_days = g.days[(g.n_days - 1) / 2];
    }
    *ret_sum = sum;
    *ret_n = partners;
    return OK;
}
