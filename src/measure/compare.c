// SPDX-License-Identifier: EUPL-1.2
#include "measure/compare.h"

#include "measure/special.h"

#include <math.h>

#define DF_MANY 1e7 /* from here on t is normal in all digits that are shown */

static const struct interval unknown = { NAN, NAN, NAN };

/* One pass, without cancellation: Welford 1962, Technometrics 4:419-420. */
struct compare_sample compare_sample(const double *value, size_t n)
{
    struct compare_sample s = { 0, NAN, NAN };
    double mean = 0, squares = 0;

    for (size_t i = 0; i < n; i++) {
        double away = value[i] - mean;

        if (isnan(value[i]))
            continue;
        s.n++;
        mean += away / (double)s.n;
        squares += away * (value[i] - mean);
    }
    if (s.n > 0)
        s.mean = mean;
    if (s.n > 1)
        s.sd = sqrt(squares / (double)(s.n - 1));
    return s;
}

struct compare_paired compare_paired(const double *before, const double *after, size_t n, double level)
{
    struct compare_paired r = { .change = unknown, .share_up = unknown, .sd = NAN };
    double mean = 0, squares = 0;

    for (size_t i = 0; i < n; i++) {
        double change = after[i] - before[i], away = change - mean;

        if (isnan(change)) {
            r.unpaired += isnan(before[i]) != isnan(after[i]);
            continue;
        }
        r.pairs++;
        mean += away / (double)r.pairs;
        squares += away * (change - mean);
        r.up += change > 0;
        r.down += change < 0;
        r.same += change == 0;
    }
    if (r.pairs == 0)
        return r;
    r.sd = r.pairs > 1 ? sqrt(squares / (double)(r.pairs - 1)) : NAN;
    r.change = interval_mean(mean, r.sd, r.pairs, level);
    r.share_up = interval_wilson(r.up, r.pairs, level);
    return r;
}

struct interval compare_means(struct compare_sample before, struct compare_sample after, double level,
                              double *ret_df)
{
    double a, b, df, half, difference = after.mean - before.mean;

    *ret_df = NAN;
    if (before.n < 2 || after.n < 2)
        return (struct interval){ difference, NAN, NAN };
    a = before.sd * before.sd / (double)before.n;
    b = after.sd * after.sd / (double)after.n;
    if (a + b == 0)
        return (struct interval){ difference, difference, difference };
    df = (a + b) * (a + b) / (a * a / (double)(before.n - 1) + b * b / (double)(after.n - 1));
    half = special_t_quantile(1 - (1 - level) / 2, df) * sqrt(a + b);
    *ret_df = df;
    return (struct interval){ difference, difference - half, difference + half };
}

struct interval compare_shares(int64_t k_before, int64_t n_before, int64_t k_after, int64_t n_after,
                               double level)
{
    struct interval a = interval_wilson(k_after, n_after, level),
                    b = interval_wilson(k_before, n_before, level);
    double difference = a.value - b.value;

    if (isnan(difference))
        return unknown;
    return (struct interval){ difference, difference - hypot(a.value - a.lower, b.upper - b.value),
                              difference + hypot(a.upper - a.value, b.value - b.lower) };
}

struct interval compare_rates(int64_t events_before, double exposure_before, int64_t events_after,
                              double exposure_after, double level)
{
    struct interval split;
    double scale = exposure_before / exposure_after;

    if (events_before < 0 || events_after < 0 || !(exposure_before > 0) || !(exposure_after > 0) ||
        events_before + events_after == 0)
        return unknown;
    split = interval_clopper_pearson(events_after, events_before + events_after, level);
    return (struct interval){ split.value / (1 - split.value) * scale,
                              split.lower / (1 - split.lower) * scale,
                              split.upper / (1 - split.upper) * scale };
}

/* How far a limit lies from its value; a limit that is not known may lie anywhere. */
static double away(double value, double limit)
{
    return isnan(limit) ? INFINITY : fabs(value - limit);
}

/* Two distances put together; each was made with the t of its own degrees of freedom, half the rest of the
 * level outside. Fewer than one event between is no more than one. */
static double together(double a, double df_a, double b, double df_b, double half)
{
    double u, v, t;

    if (isinf(a) || isinf(b) || a == 0 || b == 0)
        return hypot(a, b);
    df_a = df_a > 0 ? fmin(fmax(df_a, 1), DF_MANY) : DF_MANY;
    df_b = df_b > 0 ? fmin(fmax(df_b, 1), DF_MANY) : DF_MANY;
    if (df_a >= DF_MANY && df_b >= DF_MANY)
        return hypot(a, b);
    u = a / special_t_quantile(1 - half, df_a);
    v = b / special_t_quantile(1 - half, df_b);
    u *= u;
    v *= v;
    t = special_t_quantile(1 - half, (u + v) * (u + v) / (u * u / df_a + v * v / df_b));
    return t * sqrt(u + v);
}

struct interval compare_values(const struct compare_value *x, const struct compare_value *y, double level)
{
    const struct interval before = x->at, after = y->at;
    double difference = after.value - before.value, half = (1 - level) / 2;

    if (isnan(difference))
        return unknown;
    if ((isnan(before.lower) && isnan(before.upper)) || (isnan(after.lower) && isnan(after.upper)))
        return (struct interval){ difference, NAN, NAN };
    return (struct interval){ difference,
                              difference - together(away(after.value, after.lower), y->df_lower,
                                                    away(before.value, before.upper), x->df_upper, half),
                              difference + together(away(after.value, after.upper), y->df_upper,
                                                    away(before.value, before.lower), x->df_lower, half) };
}
