// SPDX-License-Identifier: EUPL-1.2
#include "measure/control_chart.h"

#include <math.h>

bool chart_needs_denominator(enum chart_kind kind)
{
    return kind == CHART_P || kind == CHART_P_PRIME || kind == CHART_U || kind == CHART_U_PRIME;
}

static bool is_laney(enum chart_kind kind)
{
    return kind == CHART_P_PRIME || kind == CHART_U_PRIME;
}

static bool is_share(enum chart_kind kind)
{
    return kind == CHART_P || kind == CHART_P_PRIME;
}

static double point_of(const struct chart_series *s, size_t i)
{
    double x = s->value[i];

    if (chart_needs_denominator(s->kind))
        return s->denominator[i] > 0 ? x / s->denominator[i] : NAN;
    return s->kind == CHART_T && x < 0 ? NAN : x;
}

static bool in_baseline(const struct chart_series *s, const struct chart *k, size_t i)
{
    return !isnan(k->point[i]) && (s->freeze == 0 || i < s->freeze) && (s->skip == NULL || !s->skip[i]);
}

/* What ranges are taken of: the turned value, z of Laney, or the value itself. */
static double range_value(const struct chart_series *s, const struct chart *k, size_t i)
{
    if (is_laney(s->kind))
        return (k->point[i] - k->centre) / k->sigma[i];
    return s->kind == CHART_T ? pow(k->point[i], 1 / CHART_T_POWER) : k->point[i];
}

/* Mean of the moving ranges of the baseline that are at most `limit`. */
static double ranges_mean(const struct chart_series *s, const struct chart *k, double limit, size_t *ret_used,
                          size_t *ret_left)
{
    double sum = 0, last = NAN;

    *ret_used = *ret_left = 0;
    for (size_t i = 0; i < s->n; i++) {
        double x, range;

        if (!in_baseline(s, k, i))
            continue;
        x = range_value(s, k, i);
        range = fabs(x - last);
        last = x;
        if (isnan(range))
            continue;
        if (range > limit) {
            (*ret_left)++;
            continue;
        }
        sum += range;
        (*ret_used)++;
    }
    return *ret_used > 0 ? sum / (double)*ret_used : NAN;
}

static void find_ranges(const struct chart_series *s, struct chart *k)
{
    k->mean_range = ranges_mean(s, k, INFINITY, &k->ranges, &k->screened);
    if (s->screen && !isnan(k->mean_range)) {
        k->range_limit = CHART_SCREEN * k->mean_range;
        k->mean_range = ranges_mean(s, k, k->range_limit, &k->ranges, &k->screened);
    }
}

/* The mean of the baseline: of P and U of everything together, of T of the turned values. */
static double find_centre(const struct chart_series *s, struct chart *k)
{
    double above = 0, below = 0;

    for (size_t i = 0; i < s->n; i++) {
        if (!in_baseline(s, k, i))
            continue;
        k->baseline++;
        above += s->kind == CHART_T ? range_value(s, k, i) : s->value[i];
        below += chart_needs_denominator(s->kind) ? s->denominator[i] : 1;
    }
    return below > 0 ? above / below : NAN;
}

/* One standard deviation of a point, before Laney. */
static double own_sigma(const struct chart_series *s, const struct chart *k, size_t i)
{
    double m = k->centre;

    switch (s->kind) {
    case CHART_P:
    case CHART_P_PRIME:
        return sqrt(m * (1 - m) / s->denominator[i]);
    case CHART_U:
    case CHART_U_PRIME:
        return sqrt(m / s->denominator[i]);
    case CHART_C:
        return sqrt(m);
    case CHART_G:
        return sqrt(m * (m + 1));
    default:
        return CHART_XMR_WIDTH / CHART_SIGMAS * k->mean_range;
    }
}

/* Of T the limits are those of the turned values, turned back; sigma stays turned. */
static void set_limits(const struct chart_series *s, struct chart *k, size_t i, double turned_centre)
{
    double half = CHART_SIGMAS * k->sigma[i];

    if (s->kind == CHART_T) {
        k->lower[i] = pow(fmax(turned_centre - half, 0), CHART_T_POWER);
        k->upper[i] = pow(turned_centre + half, CHART_T_POWER);
        return;
    }
    k->lower[i] = k->centre - half;
    k->upper[i] = k->centre + half;
    if (s->kind != CHART_XMR)
        k->lower[i] = fmax(k->lower[i], 0);
    if (is_share(s->kind))
        k->upper[i] = fmin(k->upper[i], 1);
}

void chart_limits(const struct chart_series *s, struct chart *k)
{
    double turned;

    k->mean_range = k->range_limit = NAN;
    k->sigma_z = 1;
    k->turned = s->kind == CHART_T;
    k->screened = k->ranges = k->baseline = k->known = 0;
    for (size_t i = 0; i < s->n; i++) {
        k->point[i] = point_of(s, i);
        k->known += isnan(k->point[i]) ? 0 : 1;
    }
    turned = k->centre = find_centre(s, k);
    if (s->kind == CHART_XMR || s->kind == CHART_T)
        find_ranges(s, k);
    for (size_t i = 0; i < s->n; i++)
        k->sigma[i] = isnan(k->point[i]) ? NAN : own_sigma(s, k, i);
    if (is_laney(s->kind)) {
        find_ranges(s, k);
        k->sigma_z = k->mean_range / CHART_D2;
        for (size_t i = 0; i < s->n; i++)
            k->sigma[i] *= k->sigma_z;
    }
    if (s->kind == CHART_T)
        k->centre = pow(turned, CHART_T_POWER);
    k->run_line = s->kind == CHART_G ? CHART_G_MEDIAN * k->centre : k->centre;
    for (size_t i = 0; i < s->n; i++) {
        k->lower[i] = k->upper[i] = NAN;
        if (!isnan(k->point[i]))
            set_limits(s, k, i, turned);
    }
}
