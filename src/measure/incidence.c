// SPDX-License-Identifier: EUPL-1.2
#include "measure/incidence.h"

#include "base/normal.h"
#include "base/sort.h"

#include <assert.h>
#include <math.h>

#define END_BITS 2 /* of a key: time first, then enum incidence_end */

void incidence_add(struct incidence_sample *s, int64_t entry, int64_t time, enum incidence_end end)
{
    assert(time >= 0 && time <= SURVIVAL_TIME_MAX);
    if (entry != SURVIVAL_FROM_START && entry >= 0) {
        if (time <= entry) {
            s->dropped++;
            return;
        }
        s->entry[s->n_entry++] = (uint64_t)entry;
    }
    s->key[s->n++] = (uint64_t)time << END_BITS | end;
    s->cause += end == INCIDENCE_CAUSE;
    s->other += end == INCIDENCE_OTHER;
}

void incidence_sort(struct incidence_sample *s, uint64_t *scratch)
{
    sort_u64(s->key, scratch, s->n);
    if (s->n_entry > 0)
        sort_u64(s->entry, scratch, s->n_entry);
}

/* A variance as a quadratic in F(t): what each earlier moment s adds to it depends on F(t) only through
 * C = (F(t) - F(s)) / S(s), the chance that who is left at s will still end by the cause before t. So one
 * pass with three sums gives the variance at every t. */
struct quadratic {
    double constant, linear, square;
};

/* Adds a + b C + c C^2 of one moment; f and left are F and S just after it. */
static void quadratic_add(struct quadratic *q, double a, double b, double c, double f, double left)
{
    q->constant += a;
    if (left <= 0) /* nobody is left: C is 0 */
        return;
    q->constant += -b * f / left + c * f * f / (left * left);
    q->linear += b / left - 2 * c * f / (left * left);
    q->square += c / (left * left);
}

static double quadratic_root(const struct quadratic *q, double f)
{
    return sqrt(fmax(q->constant + f * (q->linear + f * q->square), 0));
}

struct running {
    double f, left; /* F and S so far */
    struct quadratic greenwood, aalen;
};

/* Variance of d / n as Aalen has it, with the correction for ties. */
static double aalen_term(double d, double n)
{
    return d / (n * n) * (d > 1 ? (n - d) / (n - 1) : 1);
}

/* One moment: d1 ends by the cause and d2 by others among n at risk. With the hazards h1 = d1/n, h2 = d2/n
 * and S before it, dF(t)/dh1 = S (1 - C) and dF(t)/dh2 = -S C. */
static void step(struct running *r, double n, double d1, double d2)
{
    double before = r->left, h1 = d1 / n, h = (d1 + d2) / n, per = before * before / n;
    double v1 = before * before * aalen_term(d1, n), v2 = before * before * aalen_term(d2, n);

    r->f += before * h1;
    r->left = d1 + d2 >= n ? 0 : before * ((n - d1 - d2) / n);
    quadratic_add(&r->greenwood, per * h1 * (1 - h1), -2 * per * h1 * (1 - h), per * h * (1 - h), r->f,
                  r->left);
    quadratic_add(&r->aalen, v1, -2 * v1, v1 + v2, r->f, r->left);
}

/* Limits of a share f with standard error se. */
static void limits(double f, double se, const struct survival_way *way, double *ret_low, double *ret_high)
{
    double level = way->level > 0 ? way->level : 0.95;
    double half = normal_quantile(1 - (1 - level) / 2) * se, turn;

    *ret_low = *ret_high = NAN;
    if (f <= 0 || (way->scale == SURVIVAL_LOG_LOG && f >= 1))
        return;
    switch (way->scale) {
    case SURVIVAL_LOG_LOG:
        turn = exp(-half / (f * log(f)));
        *ret_low = pow(f, turn);
        *ret_high = pow(f, 1 / turn);
        break;
    case SURVIVAL_LOG:
        *ret_low = f * exp(-half / f);
        *ret_high = fmin(f * exp(half / f), 1);
        break;
    case SURVIVAL_PLAIN:
        *ret_low = fmax(f - half, 0);
        *ret_high = fmin(f + half, 1);
        break;
    }
}

static struct incidence_point point(const struct running *r, bool after, const struct survival_way *way)
{
    struct incidence_point p = { .value = r->f,
                                 .se = quadratic_root(&r->greenwood, r->f),
                                 .se_aalen = quadratic_root(&r->aalen, r->f),
                                 .beyond = after && r->left > 0 };

    limits(p.value, p.se, way, &p.lower, &p.upper);
    return p;
}

/* Places of `at` in ascending order. */
static void order_times(const int64_t *at, size_t n, size_t *ret_place)
{
    for (size_t i = 0; i < n; i++) {
        size_t k = i;

        for (; k > 0 && at[ret_place[k - 1]] > at[i]; k--)
            ret_place[k] = ret_place[k - 1];
        ret_place[k] = i;
    }
}

void incidence_at(const struct incidence_sample *s, const int64_t *at, size_t n_at,
                  const struct survival_way *way, struct incidence_point *ret)
{
    struct running r = { .left = 1 };
    size_t place[INCIDENCE_TIMES_MAX], asked = 0, entered = 0, early = s->n - s->n_entry;

    assert(n_at <= INCIDENCE_TIMES_MAX);
    order_times(at, n_at, place);
    for (size_t i = 0; i < s->n;) {
        int64_t time = (int64_t)(s->key[i] >> END_BITS);
        size_t first = i, d[INCIDENCE_OPEN + 1] = { 0 };

        while (asked < n_at && at[place[asked]] < time) {
            ret[place[asked]] = point(&r, false, way);
            asked++;
        }
        for (; i < s->n && (int64_t)(s->key[i] >> END_BITS) == time; i++)
            d[s->key[i] & ((1u << END_BITS) - 1)]++;
        while (entered < s->n_entry && (int64_t)s->entry[entered] < time)
            entered++;
        if (d[INCIDENCE_CAUSE] + d[INCIDENCE_OTHER] > 0)
            step(&r, (double)(early + entered - first), (double)d[INCIDENCE_CAUSE],
                 (double)d[INCIDENCE_OTHER]);
    }
    for (; asked < n_at; asked++) {
        bool after = s->n == 0 || at[place[asked]] > (int64_t)(s->key[s->n - 1] >> END_BITS);

        ret[place[asked]] = point(&r, after, way);
    }
}
