// SPDX-License-Identifier: EUPL-1.2
#include "measure/drift.h"

#include "measure/control_chart.h"

#include <math.h>
#include <stdint.h>

/* Mean and mean moving range of the first `until` values. */
static void find_baseline(const double *value, size_t until, double *ret_mean, double *ret_sigma)
{
    double sum = 0, ranges = 0, last = NAN;
    size_t n = 0;

    for (size_t i = 0; i < until; i++) {
        if (isnan(value[i]))
            continue;
        sum += value[i];
        ranges += n > 0 ? fabs(value[i] - last) : 0;
        last = value[i];
        n++;
    }
    *ret_mean = n > 0 ? sum / (double)n : NAN;
    *ret_sigma = n > 1 ? ranges / (double)(n - 1) / CHART_D2 : NAN;
}

/* One side: sign 1 upwards, -1 downwards. */
static struct drift_side run_side(const double *value, size_t n, const struct drift *d, double sign,
                                  double *ret_sum)
{
    struct drift_side side = { DRIFT_NONE, DRIFT_NONE };
    double sum = 0;
    size_t since = DRIFT_NONE;

    for (size_t i = 0; i < n; i++) {
        ret_sum[i] = NAN;
        if (isnan(value[i]) || !(d->sigma > 0))
            continue;
        sum = fmax(0, sum + sign * (value[i] - d->target) - d->allowance);
        ret_sum[i] = sum;
        if (sum == 0)
            since = DRIFT_NONE;
        else if (since == DRIFT_NONE)
            since = i;
        if (sum > d->decision && side.signal == DRIFT_NONE)
            side = (struct drift_side){ i, since };
    }
    return side;
}

struct drift drift_cusum(const double *value, size_t n, const struct drift_way *way, double *ret_up,
                         double *ret_down)
{
    struct drift d;
    double mean, sigma;

    find_baseline(value, way->baseline > 0 && way->baseline < n ? way->baseline : n, &mean, &sigma);
    d.target = isnan(way->target) ? mean : way->target;
    d.sigma = isnan(way->sigma) ? sigma : way->sigma;
    d.allowance = (way->allowance > 0 ? way->allowance : DRIFT_ALLOWANCE) * d.sigma;
    d.decision = (way->decision > 0 ? way->decision : DRIFT_DECISION) * d.sigma;
    d.up = run_side(value, n, &d, 1, ret_up);
    d.down = run_side(value, n, &d, -1, ret_down);
    return d;
}

/* U after t adds the signs of the differences of value t with all others. */
static int64_t signs_of(const double *value, size_t n, size_t t)
{
    int64_t sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (value[t] > value[i]) - (value[t] < value[i]);
    return sum;
}

static void set_means(const double *value, size_t n, struct change_point *r)
{
    double sum[2] = { 0, 0 };
    size_t count[2] = { 0, 0 };

    for (size_t i = 0; i < n; i++)
        if (!isnan(value[i])) {
            sum[i >= r->first] += value[i];
            count[i >= r->first]++;
        }
    r->mean_before = sum[0] / (double)count[0];
    r->mean_after = sum[1] / (double)count[1];
}

struct change_point drift_change_point(const double *value, size_t n)
{
    struct change_point r = {
        .first = DRIFT_NONE, .k = NAN, .p = NAN, .mean_before = NAN, .mean_after = NAN
    };
    int64_t u = 0, best = -1;
    bool take_next = false;

    for (size_t t = 0; t < n; t++) {
        if (isnan(value[t]))
            continue;
        if (take_next)
            r.first = t;
        take_next = false;
        r.n++;
        u += signs_of(value, n, t);
        if ((u < 0 ? -u : u) > best) {
            best = u < 0 ? -u : u;
            take_next = true;
        }
    }
    if (r.n < 2 || r.first == DRIFT_NONE) {
        r.first = DRIFT_NONE;
        return r;
    }
    r.k = (double)best;
    r.p = fmin(1, 2 * exp(-6 * r.k * r.k / (pow((double)r.n, 3) + pow((double)r.n, 2))));
    set_means(value, n, &r);
    return r;
}
