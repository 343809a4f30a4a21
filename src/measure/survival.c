// SPDX-License-Identifier: EUPL-1.2
#include "measure/survival.h"

#include "base/normal.h"
#include "base/sort.h"

#include <math.h>

void survival_sort(struct survival_sample *s, uint64_t *scratch)
{
    sort_u64(s->key, scratch, s->n);
    if (s->n_entry > 0)
        sort_u64(s->entry, scratch, s->n_entry);
}

/* Adds the next step below the previous level; d events among n at risk. */
static void add_step(struct survival_step *step, size_t i, int64_t time, uint64_t n, uint64_t d)
{
    double level = i > 0 ? step[i - 1].survival : 1, sum = i > 0 ? step[i - 1].greenwood : 0;
    double risk = (double)n, hit = (double)d;

    step[i] = (struct survival_step){ .time = time,
                                      .survival = d == n ? 0 : level * ((risk - hit) / risk),
                                      .greenwood = d == n ? INFINITY : sum + hit / (risk * (risk - hit)),
                                      .at_risk = (uint32_t)n,
                                      .events = (uint32_t)d };
}

struct survival_curve survival_curve(const struct survival_sample *s, struct survival_step *step)
{
    struct survival_curve k = { .step = step, .n = s->n, .events = s->events, .last = -1 };
    size_t entered = 0, early = s->n - s->n_entry;

    assert(s->n < UINT32_MAX);
    for (size_t i = 0; i < s->n;) {
        uint64_t key = s->key[i];
        size_t first = i;

        if (key & 1) { /* a censoring only leaves the risk set */
            i++;
            continue;
        }
        while (i < s->n && s->key[i] == key)
            i++;
        while (entered < s->n_entry && s->entry[entered] < key >> 1)
            entered++;
        add_step(step, k.n_step++, (int64_t)(key >> 1), early + entered - first, i - first);
    }
    if (s->n > 0)
        k.last = (int64_t)(s->key[s->n - 1] >> 1);
    return k;
}

struct survival_curve survival_curve_of_days(const struct survival_days *h, struct survival_step *step)
{
    struct survival_curve k = { .step = step, .n = h->start, .last = -1 };
    uint64_t at_risk = h->start;

    for (size_t d = 0; d < h->days; d++) {
        uint64_t gone = (uint64_t)h->events[d] + h->censored[d];

        assert(gone <= at_risk && at_risk < UINT32_MAX);
        if (h->events[d] > 0)
            add_step(step, k.n_step++, (int64_t)d, at_risk, h->events[d]);
        if (gone > 0)
            k.last = (int64_t)d;
        k.events += h->events[d];
        at_risk -= gone;
        if (h->entries != NULL) { /* at risk from the next day on */
            at_risk += h->entries[d];
            k.n += h->entries[d];
        }
    }
    return k;
}

/* Pointwise limits of S; z is the normal quantile (Klein & Moeschberger eq. 4.3.1-4.3.2; the log scale as R).
 */
static void limits(double s, double greenwood, enum survival_scale scale, double z, double *ret_low,
                   double *ret_high)
{
    double half = z * sqrt(greenwood), turn;

    *ret_low = *ret_high = NAN;
    if (s <= 0 || (scale == SURVIVAL_LOG_LOG && s >= 1))
        return;
    switch (scale) {
    case SURVIVAL_LOG_LOG:
        turn = half / log(s);
        *ret_low = exp(-exp(log(-log(s)) - turn));
        *ret_high = exp(-exp(log(-log(s)) + turn));
        break;
    case SURVIVAL_LOG:
        *ret_low = s * exp(-half);
        *ret_high = fmin(s * exp(half), 1);
        break;
    case SURVIVAL_PLAIN:
        *ret_low = fmax(s - s * half, 0);
        *ret_high = fmin(s + s * half, 1);
        break;
    }
}

static double way_z(const struct survival_way *way)
{
    double level = way->level > 0 ? way->level : 0.95;

    return normal_quantile(1 - (1 - level) / 2);
}

/* Number of steps at or before the time. */
static size_t steps_until(const struct survival_curve *k, int64_t time)
{
    size_t low = 0, high = k->n_step;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (k->step[middle].time <= time)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct survival_point survival_at(const struct survival_curve *k, int64_t time,
                                  const struct survival_way *way)
{
    struct survival_point at = { .survival = 1, .beyond = time > k->last };
    size_t i = steps_until(k, time);
    double greenwood = 0;

    if (i > 0) {
        at.survival = k->step[i - 1].survival;
        greenwood = k->step[i - 1].greenwood;
    }
    at.se = at.survival > 0 ? at.survival * sqrt(greenwood) : NAN;
    limits(at.survival, greenwood, way->scale, way_z(way), &at.lower, &at.upper);
    return at;
}

/* Where S and its limits lie on the scale of the interval, each rising with the share still waiting.
 * Comparing here instead of on the scale of S saves the exponentials in the loop over all steps. */
static double scaled(double s, enum survival_scale scale)
{
    switch (scale) {
    case SURVIVAL_LOG_LOG:
        return -log(-log(s));
    case SURVIVAL_LOG:
        return log(s);
    case SURVIVAL_PLAIN:
        break;
    }
    return s;
}

static double scaled_half(double s, double greenwood, enum survival_scale scale, double z)
{
    double half = z * sqrt(greenwood);

    if (scale == SURVIVAL_LOG_LOG)
        return -half / log(s);
    return scale == SURVIVAL_LOG ? half : half * s;
}

/* The search for the time where one of the three curves S, lower, upper has come down to the level 1 - p.
 * A limit can rise again near the end; like R's quantile.survfit we take the step that lies closest below the
 * level, which for a curve that only falls is the first one at or below it. Two searches, one for "at or
 * below" and one for "really below", give the two ends of a stretch that lies on the level. */
struct crossing {
    double level_high, level_low; /* the level plus and minus the tolerance */
    double best, best_below;      /* highest places so far at or below those; -infinity when there is none */
    int64_t time, time_below;
    double last; /* place after the last step */
};

static struct crossing crossing_start(double p, enum survival_scale scale)
{
    double level = 1 - p;

    return (struct crossing){ .level_high = scaled(fmin(level + SURVIVAL_TOLERANCE, 1), scale),
                              .level_low = scaled(fmax(level - SURVIVAL_TOLERANCE, 0), scale),
                              .best = -INFINITY,
                              .best_below = -INFINITY,
                              .last = INFINITY };
}

static inline void crossing_see(struct crossing *x, double place, int64_t time)
{
    if (place <= x->level_high && place > x->best) {
        x->best = place;
        x->time = time;
    }
    if (place <= x->level_low && place > x->best_below) {
        x->best_below = place;
        x->time_below = time;
    }
    x->last = place;
}

static double crossing_time(const struct crossing *x, int64_t last, enum survival_rule rule)
{
    if (isinf(x->best))
        return NAN;
    if (rule == SURVIVAL_STEP)
        return (double)x->time;
    if (x->last < x->level_high && x->last > x->level_low) /* the stretch runs to the end of what was seen */
        return ((double)x->time + (double)last) / 2;
    if (isinf(x->best_below))
        return NAN;
    return ((double)x->time + (double)x->time_below) / 2;
}

struct crossings {
    struct crossing value, lower, upper;
};

static void see_steps(const struct survival_curve *k, const struct survival_way *way, struct crossings *x,
                      size_t n)
{
    double z = way_z(way);

    for (size_t i = 0; i < k->n_step; i++) {
        const struct survival_step *s = &k->step[i];
        bool end = s->survival <= 0; /* here the limits are unknown */
        double place = end ? NAN : scaled(s->survival, way->scale);
        double half = end ? NAN : scaled_half(s->survival, s->greenwood, way->scale, z);

        for (size_t j = 0; j < n; j++) {
            crossing_see(&x[j].value, s->survival, s->time);
            crossing_see(&x[j].lower, place - half, s->time);
            crossing_see(&x[j].upper, place + half, s->time);
        }
    }
}

static void count_sides(const struct survival_curve *k, size_t n, struct survival_quantile *q)
{
    for (size_t i = 0; i < k->n_step; i++) {
        double time = (double)k->step[i].time, events = k->step[i].events;

        for (size_t j = 0; j < n; j++) { /* with NaN nothing is after or up to it */
            q[j].below += time > q[j].lower && time <= q[j].value ? events : 0;
            q[j].above += time > q[j].value && time <= q[j].upper ? events : 0;
        }
    }
}

void survival_quantiles(const struct survival_curve *k, const double *p, size_t n,
                        const struct survival_way *way, struct survival_quantile *ret)
{
    struct crossings x[SURVIVAL_QUANTILES_MAX];

    assert(n <= SURVIVAL_QUANTILES_MAX);
    for (size_t j = 0; j < n; j++) {
        assert(p[j] > 0 && p[j] < 1);
        x[j].value = crossing_start(p[j], SURVIVAL_PLAIN);
        x[j].lower = x[j].upper = crossing_start(p[j], way->scale);
    }
    see_steps(k, way, x, n);
    for (size_t j = 0; j < n; j++)
        ret[j] = (struct survival_quantile){ .value = crossing_time(&x[j].value, k->last, way->rule),
                                             .lower = crossing_time(&x[j].lower, k->last, way->rule),
                                             .upper = crossing_time(&x[j].upper, k->last, way->rule) };
    count_sides(k, n, ret);
}

void survival_mean(const struct survival_curve *k, int64_t until, double *ret_mean, double *ret_se)
{
    double area = 0, variance = 0;
    int64_t right = until;

    for (size_t i = steps_until(k, until);
         i-- > 0;) { /* from the right: the area after each event is needed */
        const struct survival_step *s = &k->step[i];
        double risk = s->at_risk, hit = s->events;

        area += s->survival * (double)(right - s->time);
        if (hit < risk)
            variance += area * area * hit / (risk * (risk - hit));
        right = s->time;
    }
    *ret_mean = area + (double)right;
    *ret_se = sqrt(variance);
}
