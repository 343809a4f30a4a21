// SPDX-License-Identifier: EUPL-1.2
#include "measure/special.h"
#include "measure/survival.h"

#include <math.h>
#include <string.h>

/* Everything summed over the event times; the place of each group in its sorted sample. */
struct tally {
    size_t k;
    size_t gone[LOGRANK_GROUPS_MAX],
        entered[LOGRANK_GROUPS_MAX]; /* exits and entries before the present time */
    size_t next[LOGRANK_GROUPS_MAX]; /* the next event, at or after gone */
    double at_risk[LOGRANK_GROUPS_MAX], events[LOGRANK_GROUPS_MAX];
    double observed[LOGRANK_GROUPS_MAX], expected[LOGRANK_GROUPS_MAX];
    double variance[LOGRANK_GROUPS_MAX][LOGRANK_GROUPS_MAX];
};

/* The next time at which any group has an event; false when no group has one left. */
static bool next_event(struct tally *t, const struct survival_sample *sample, uint64_t *ret_key)
{
    uint64_t least = UINT64_MAX;

    for (size_t g = 0; g < t->k; g++) {
        const struct survival_sample *s = &sample[g];
        size_t i = t->next[g] < t->gone[g] ? t->gone[g] : t->next[g];

        while (i < s->n && s->key[i] & 1)
            i++;
        t->next[g] = i;
        if (i < s->n && s->key[i] < least)
            least = s->key[i];
    }
    *ret_key = least;
    return least != UINT64_MAX;
}

/* At risk and events of each group at this time; returns the totals. */
static void count_time(struct tally *t, const struct survival_sample *sample, uint64_t key, double *ret_risk,
                       double *ret_hit)
{
    *ret_risk = *ret_hit = 0;
    for (size_t g = 0; g < t->k; g++) {
        const struct survival_sample *s = &sample[g];
        size_t i = t->gone[g], first;

        while (i < s->n && s->key[i] < key)
            i++;
        while (t->entered[g] < s->n_entry && s->entry[t->entered[g]] < key >> 1)
            t->entered[g]++;
        t->at_risk[g] = (double)(s->n - s->n_entry + t->entered[g] - i);
        for (first = i; i < s->n && s->key[i] == key;)
            i++;
        t->events[g] = (double)(i - first);
        t->gone[g] = i;
        *ret_risk += t->at_risk[g];
        *ret_hit += t->events[g];
    }
}

static void add_time(struct tally *t, double risk, double hit)
{
    double spread = risk > 1 ? hit * (risk - hit) / (risk * risk * (risk - 1)) : 0;

    for (size_t g = 0; g < t->k; g++) {
        t->observed[g] += t->events[g];
        t->expected[g] += hit * t->at_risk[g] / risk;
        t->variance[g][g] += spread * t->at_risk[g] * risk;
        for (size_t h = 0; h < t->k; h++)
            t->variance[g][h] -= spread * t->at_risk[g] * t->at_risk[h];
    }
}

/* d' V^-1 d by Cholesky for the m groups in `use`; NaN when V is singular. */
static double quadratic_form(struct tally *t, const size_t *use, size_t m)
{
    double root[LOGRANK_GROUPS_MAX][LOGRANK_GROUPS_MAX], solved[LOGRANK_GROUPS_MAX], sum = 0;

    for (size_t i = 0; i < m; i++) {
        double left = t->observed[use[i]] - t->expected[use[i]];

        for (size_t j = 0; j <= i; j++) {
            double v = t->variance[use[i]][use[j]];

            for (size_t h = 0; h < j; h++)
                v -= root[i][h] * root[j][h];
            if (i == j && v <= 1e-12 * t->variance[use[i]][use[i]])
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

struct logrank survival_logrank(const struct survival_sample *sample, size_t k, double *observed,
                                double *expected)
{
    struct tally t = { .k = k };
    struct logrank ret = { .chisq = NAN, .p = NAN, .df = -1 };
    size_t use[LOGRANK_GROUPS_MAX], m = 0;
    double risk, hit;
    uint64_t key;

    if (k > LOGRANK_GROUPS_MAX)
        return ret;
    while (next_event(&t, sample, &key)) {
        count_time(&t, sample, key, &risk, &hit);
        add_time(&t, risk, hit);
    }
    for (size_t g = 0; g < k; g++)
        if (t.expected[g] > 0)
            use[m++] = g;
    ret.df = m > 0 ? (int)m - 1 : 0;
    if (ret.df > 0) { /* one group follows from the others */
        ret.chisq = quadratic_form(&t, use + 1, m - 1);
        ret.p = special_chisq_tail(ret.chisq, ret.df);
    }
    if (observed != NULL)
        memcpy(observed, t.observed, k * sizeof *observed);
    if (expected != NULL)
        memcpy(expected, t.expected, k * sizeof *expected);
    return ret;
}
