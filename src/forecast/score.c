// SPDX-License-Identifier: EUPL-1.2
#include "forecast/score.h"

#include <math.h>

double score_pinball(double q, double p, double y)
{
    return (y - q) * (p - (y < q));
}

double score_window(const struct window *w, double y)
{
    return (score_pinball(w->from, WINDOW_LOW, y) + score_pinball(w->middle, 0.5, y) +
            score_pinball(w->to, WINDOW_HIGH, y)) /
           3;
}

static double total(const uint32_t *count, int32_t days)
{
    uint64_t n = 0;

    for (int32_t d = 0; d <= days; d++)
        n += count[d];
    return (double)n;
}

double score_crps(const uint32_t *count, int32_t days, double y)
{
    double n = total(count, days), below = 0, sum = 0;

    if (y > days)
        y = days;
    /* Days before the first run and the outcome, and after the last run and the outcome, add nothing. */
    int32_t d = 0;
    while (d < days && count[d] == 0 && y >= d + 1.)
        d++;
    for (; d < days && (below < n || y > d); d++) {
        double before = fmin(1, fmax(0, y - d)); /* the part of this day that lies before y */

        below += count[d];
        double f = below / n;
        sum += before * f * f + (1 - before) * (1 - f) * (1 - f);
    }
    /* An outcome before the first day can only be a mistake of the clock: the distance counts. */
    return n > 0 ? sum + fmax(0, -y) : (double)NAN;
}

double score_pit(const uint32_t *count, int32_t days, int32_t y, double u)
{
    double n = total(count, days), below = 0;

    if (y > days)
        y = days;
    if (y < 0)
        return 0;
    for (int32_t d = 0; d < y; d++)
        below += count[d];
    return n > 0 ? (below + u * count[y]) / n : (double)NAN;
}

void score_add(struct score *s, const struct window *w, double y, double crps, struct score_weight weight)
{
    s->n++;
    s->weight += weight.held;
    s->early += y < w->from ? weight.held : 0;
    s->late += y > w->to ? weight.held : 0;
    s->hit += y >= w->from && y <= w->to ? weight.held : 0;
    s->width += weight.held * ((double)w->to - w->from);
    if (!(weight.far > 0))
        return;
    s->far_weight += weight.far;
    s->bias += weight.far * (w->middle - y);
    s->absolute += weight.far * fabs(w->middle - y);
    s->pinball += weight.far * score_window(w, y);
    if (!isnan(crps)) {
        s->crps += weight.far * crps;
        s->crps_weight += weight.far;
    }
}

struct score_mean score_mean(const struct score *s)
{
    double w = s->weight > 0 ? s->weight : (double)NAN, far = s->far_weight > 0 ? s->far_weight : (double)NAN;

    return (struct score_mean){ .n = s->n,
                                .coverage = s->hit / w,
                                .early = s->early / w,
                                .late = s->late / w,
                                .width = s->width / w,
                                .bias = s->bias / far,
                                .absolute = s->absolute / far,
                                .pinball = s->pinball / far,
                                .crps = s->crps / (s->crps_weight > 0 ? s->crps_weight : (double)NAN) };
}

struct score_against score_against(const struct score_mean *s, const struct score_mean *other)
{
    return (struct score_against){ other->absolute > 0 ? s->absolute / other->absolute : (double)NAN,
                                   other->width > 0 ? s->width / other->width : (double)NAN };
}
