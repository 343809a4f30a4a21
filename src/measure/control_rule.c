// SPDX-License-Identifier: EUPL-1.2
/* The rule sets of control charts. */
#include "measure/control_chart.h"

#include <math.h>

/* 1 above the line, -1 below it, 0 on it or not known. */
static int side_of(double x, double line)
{
    return (x > line) - (x < line);
}

static bool is_outside(const struct chart *k, size_t i)
{
    return k->point[i] < k->lower[i] || k->point[i] > k->upper[i]; /* false when not known */
}

/* The next known point after i, or n. */
static size_t next_known(const struct chart *k, size_t n, size_t i)
{
    do
        i++;
    while (i < n && isnan(k->point[i]));
    return i;
}

static void flag_known(const struct chart *k, size_t from, size_t to, enum chart_flag flag, uint8_t *ret)
{
    for (size_t i = from; i <= to; i++)
        if (!isnan(k->point[i]))
            ret[i] |= (uint8_t)flag;
}

/* Runs on one side; a point on the line ends a run. */
static void flag_shift(const struct chart *k, size_t n, uint8_t *ret)
{
    size_t first = 0, length = 0;
    int before = 0;

    for (size_t i = next_known(k, n, (size_t)-1); i < n; i = next_known(k, n, i)) {
        int side = side_of(k->point[i], k->run_line);

        if (side != before || side == 0) {
            first = i;
            length = 0;
        }
        before = side;
        length += side != 0 ? 1 : 0;
        if (length >= CHART_SHIFT)
            flag_known(k, first, i, CHART_FLAG_SHIFT, ret);
    }
}

/* Rows of points of which each is higher (or lower) than the one before. */
static void flag_trend(const struct chart *k, size_t n, uint8_t *ret)
{
    size_t first = next_known(k, n, (size_t)-1), last = first, length = 1;
    int before = 0;

    for (size_t i = first < n ? next_known(k, n, first) : n; i < n; i = next_known(k, n, i)) {
        int way = side_of(k->point[i], k->point[last]);

        if (way != before || way == 0) {
            first = way == 0 ? i : last;
            length = way == 0 ? 0 : 1;
        }
        before = way;
        length++;
        if (way != 0 && length >= CHART_TREND)
            flag_known(k, first, i, CHART_FLAG_TREND, ret);
        last = i;
    }
}

/* 1 or -1 when the point lies near the upper or the lower limit, but not outside it. */
static int near_side(const struct chart *k, size_t i)
{
    double away = k->turned ? pow(k->point[i], 1 / CHART_T_POWER) - pow(k->centre, 1 / CHART_T_POWER)
                            : k->point[i] - k->centre;

    if (isnan(away) || is_outside(k, i) || !(fabs(away) > CHART_NEAR_SIGMAS * k->sigma[i]))
        return 0;
    return side_of(away, 0);
}

/* All three points on one side of the centre, and two of them near its limit. */
static void flag_near(const struct chart *k, size_t n, uint8_t *ret)
{
    size_t window[3] = { n, n, n };

    for (size_t i = next_known(k, n, (size_t)-1); i < n; i = next_known(k, n, i)) {
        int sides = 0, near = 0;

        window[0] = window[1];
        window[1] = window[2];
        window[2] = i;
        for (int w = 0; w < 3 && window[0] < n; w++) {
            sides += side_of(k->point[window[w]], k->centre);
            near += near_side(k, window[w]) != 0;
        }
        for (int w = 0; w < 3 && near >= 2 && (sides == 3 || sides == -3); w++)
            if (near_side(k, window[w]) != 0)
                ret[window[w]] |= CHART_FLAG_NEAR;
    }
}

/* The smallest k with P(Bin(n, 1/2) <= k) >= 0.05. */
static size_t crossings_least(size_t n)
{
    double sum = 0, log_term = -(double)n * M_LN2;

    for (size_t k = 0; k <= n; k++) {
        sum += exp(log_term);
        if (sum >= 0.05)
            return k;
        log_term += log((double)(n - k)) - log((double)(k + 1));
    }
    return n;
}

/* Points on the line neither break a run nor count (Anhoej 2015). */
static struct chart_runs count_runs(const struct chart *k, size_t n)
{
    struct chart_runs r = { 0 };
    size_t length = 0;
    int before = 0;

    for (size_t i = 0; i < n; i++) {
        int side = isnan(k->point[i]) ? 0 : side_of(k->point[i], k->run_line);

        if (side == 0)
            continue;
        r.useful++;
        if (before != 0 && side != before) {
            r.crossings++;
            length = 0;
        }
        length++;
        before = side;
        if (length > r.longest)
            r.longest = length;
    }
    if (r.useful == 0)
        return r;
    r.longest_max = (size_t)lround(log2((double)r.useful)) + 3;
    r.crossings_min = crossings_least(r.useful - 1);
    r.signal = r.longest > r.longest_max || r.crossings < r.crossings_min;
    return r;
}

/* Every run above the allowed length. */
static void flag_long_runs(const struct chart *k, size_t n, size_t longest_max, uint8_t *ret)
{
    size_t first = 0, length = 0;
    int before = 0;

    for (size_t i = 0; i < n; i++) {
        int side = isnan(k->point[i]) ? 0 : side_of(k->point[i], k->run_line);

        if (side == 0)
            continue;
        if (side != before) {
            first = i;
            length = 0;
        }
        before = side;
        if (++length > longest_max)
            flag_known(k, first, i, CHART_FLAG_LONG_RUN, ret);
    }
}

struct chart_runs chart_signals(const struct chart *k, size_t n, enum chart_rules rules, uint8_t *ret)
{
    struct chart_runs r = count_runs(k, n);

    for (size_t i = 0; i < n; i++)
        ret[i] = is_outside(k, i) ? CHART_OUTSIDE : 0;
    if (rules == CHART_RULES_NHS) {
        flag_shift(k, n, ret);
        flag_trend(k, n, ret);
        flag_near(k, n, ret);
    } else if (rules == CHART_RULES_ANHOEJ) {
        if (r.longest > r.longest_max)
            flag_long_runs(k, n, r.longest_max, ret);
        if (r.crossings < r.crossings_min && n > 0)
            flag_known(k, 0, n - 1, CHART_FLAG_FEW_CROSSINGS, ret);
    }
    return r;
}
