// SPDX-License-Identifier: EUPL-1.2
#include "measure/gray.h"

#include "measure/special.h"

#include <math.h>

#define G GRAY_GROUPS_MAX
#define END_BITS 2 /* of a key, as measure/incidence.c writes it */

/* One group: where it is in its sample, and its curves just before and at the present time. */
struct group {
    size_t next;
    double at_risk, cause, other; /* at this time */
    double left_before, left;     /* S */
    double gone_before, gone;     /* F of the cause */
    double weight;                /* h */
};

struct test {
    const struct incidence_sample *sample;
    size_t k;
    struct group group[G];
    double cause, weights, reach; /* sums over the groups: ends by the cause, h, R */
    double gone_before, gone;     /* F of everybody together under no difference */
    double score[G];
    double a[G][G], c[G][G];         /* Gray's a and the running sum of a dF / (1 - F) */
    double v[G][G], v2[G][G], v3[G]; /* what the variance is put together from */
};

/* The next time at which any group has an observation; false at the end. */
static bool next_time(const struct test *t, uint64_t *ret_time)
{
    bool any = false;

    for (size_t i = 0; i < t->k; i++) {
        const struct incidence_sample *s = &t->sample[i];

        if (t->group[i].next < s->n && (!any || s->key[t->group[i].next] >> END_BITS < *ret_time)) {
            *ret_time = s->key[t->group[i].next] >> END_BITS;
            any = true;
        }
    }
    return any;
}

static void count_ends(const struct incidence_sample *s, struct group *g, uint64_t time)
{
    g->at_risk = (double)(s->n - g->next);
    g->cause = g->other = 0;
    g->left_before = g->left;
    g->gone_before = g->gone;
    for (; g->next < s->n && s->key[g->next] >> END_BITS == time; g->next++) {
        uint64_t end = s->key[g->next] & ((1u << END_BITS) - 1);

        g->cause += end == INCIDENCE_CAUSE;
        g->other += end == INCIDENCE_OTHER;
    }
}

/* Counts this time in every group and moves the curves on; returns whether anything ended. */
static bool step(struct test *t, uint64_t time)
{
    double ended = 0;

    t->cause = t->weights = t->reach = 0;
    for (size_t i = 0; i < t->k; i++) {
        struct group *g = &t->group[i];

        count_ends(&t->sample[i], g, time);
        t->cause += g->cause;
        ended += g->cause + g->other;
        g->weight = 0;
        if (g->at_risk <= 0)
            continue;
        g->weight = g->at_risk / g->left_before;
        g->left = g->left_before * (g->at_risk - g->cause - g->other) / g->at_risk;
        g->gone = g->gone_before + g->left_before * g->cause / g->at_risk;
        t->weights += g->weight;
        t->reach += g->weight * (1 - g->gone_before);
    }
    t->gone_before = t->gone;
    if (ended > 0)
        t->gone += t->cause / t->weights;
    return ended > 0;
}

static void add_score(struct test *t)
{
    double hazard = t->cause / (t->weights * (1 - t->gone_before));

    for (size_t i = 0; i < t->k; i++) {
        const struct group *g = &t->group[i];

        if (g->at_risk > 0)
            t->score[i] += g->cause - t->cause * g->weight * (1 - g->gone_before) / t->reach;
        for (size_t j = 0; j < t->k; j++) {
            t->a[i][j] = g->weight * ((i == j ? 1 : 0) - t->group[j].weight / t->weights);
            t->c[i][j] += t->a[i][j] * hazard;
        }
    }
}

/* Adds one martingale: its variance `spread`, its factor `f`, and what of it reaches score i. */
static void add_variance(struct test *t, size_t k, double spread, double f, const double *reach)
{
    t->v3[k] += f * f * spread;
    for (size_t i = 0; i < t->k; i++) {
        t->v2[i][k] += reach[i] * f * spread;
        for (size_t j = 0; j < t->k; j++)
            t->v[i][j] += reach[i] * reach[j] * spread;
    }
}

static void add_group_variance(struct test *t, size_t k)
{
    const struct group *g = &t->group[k];
    double reach[G], f, ties;

    if (t->cause > 0 && g->at_risk > 0) {
        f = g->left > 0 ? 1 - (1 - t->gone) / g->left : 1;
        ties = t->cause > 1 ? 1 - (t->cause - 1) / (t->weights * g->left_before - 1) : 1;
        for (size_t i = 0; i < t->k; i++)
            reach[i] = t->a[i][k] - f * t->c[i][k];
        add_variance(t, k, ties * g->left_before * t->cause / (t->weights * g->at_risk), f, reach);
    }
    if (g->other > 0 && g->left > 0) {
        f = -(1 - t->gone) / g->left;
        ties = g->other > 1 ? 1 - (g->other - 1) / (g->at_risk - 1) : 1;
        for (size_t i = 0; i < t->k; i++)
            reach[i] = -f * t->c[i][k];
        add_variance(t, k, ties * g->left_before * g->left_before * g->other / (g->at_risk * g->at_risk), f,
                     reach);
    }
}

/* The variance at the end: what is known by then of c goes into every earlier term. */
static double covariance(const struct test *t, size_t i, size_t j)
{
    double v = t->v[i][j];

    for (size_t k = 0; k < t->k; k++)
        v += t->c[i][k] * t->c[j][k] * t->v3[k] + t->c[i][k] * t->v2[j][k] + t->c[j][k] * t->v2[i][k];
    return v;
}

/* score' V^-1 score of the first m groups by Cholesky; NaN when V is singular. */
static double quadratic_form(const struct test *t, size_t m)
{
    double root[G][G], solved[G], sum = 0;

    for (size_t i = 0; i < m; i++) {
        double left = t->score[i];

        for (size_t j = 0; j <= i; j++) {
            double v = covariance(t, i, j);

            for (size_t h = 0; h < j; h++)
                v -= root[i][h] * root[j][h];
            if (i == j && !(v > 1e-12 * covariance(t, i, i)))
                return NAN;
            root[i][j] = i == j ? sqrt(v) : v / root[j][j];
        }
        for (size_t h = 0; h < i; h++)
            left -= root[i][h] * solved[h];
        solved[i] = left / root[i][i];
        sum += solved[i] * solved[i];
    }
    return sum;
}

struct logrank gray_compare(const struct incidence_sample *sample, size_t k)
{
    struct logrank ret = { .chisq = NAN, .p = NAN, .df = 0 };
    struct test t = { .sample = sample, .k = k };
    uint64_t time = 0;

    if (k < 2 || k > GRAY_GROUPS_MAX)
        return ret;
    for (size_t i = 0; i < k; i++) {
        if (sample[i].n_entry > 0 || sample[i].n == 0)
            return ret;
        t.group[i].left = 1;
    }
    while (next_time(&t, &time)) {
        if (!step(&t, time))
            continue;
        add_score(&t);
        for (size_t i = 0; i < k; i++)
            add_group_variance(&t, i);
    }
    ret.df = (int)k - 1;
    ret.chisq = quadratic_form(&t, k - 1);
    ret.p = special_chisq_tail(ret.chisq, ret.df);
    return ret;
}
