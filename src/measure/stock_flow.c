// SPDX-License-Identifier: EUPL-1.2
#include "measure/stock_flow.h"

#include "measure/control_chart.h"

#include <math.h>

/* Fills what is unexplained, its share of the stock before, and the sums. */
static void add_up(const struct stock_flow_series *s, struct stock_flow *r, double *ret_unexplained,
                   double *ret_share)
{
    for (size_t i = 0; i < s->n; i++) {
        double before = i > 0 ? s->stock[i - 1] : NAN, left = before + s->in[i] - s->out[i] - s->stock[i];

        ret_unexplained[i] = left;
        ret_share[i] = before > 0 ? left / before : NAN;
        if (isnan(left))
            continue;
        r->checked++;
        r->in += s->in[i];
        r->out += s->out[i];
        r->unexplained += left;
        r->mean_stock += s->stock[i];
    }
}

static void flag(const struct stock_flow_series *s, const struct chart *k, const double *unexplained,
                 struct stock_flow *r, uint8_t *ret_flag)
{
    double least = s->jump > 0 ? s->jump : STOCK_FLOW_JUMP;

    for (size_t i = 0; i < s->n; i++) {
        uint8_t f = 0;

        if (unexplained[i] < 0)
            f |= STOCK_APPEARED;
        if (fabs(k->point[i]) >= least && (k->point[i] < k->lower[i] || k->point[i] > k->upper[i]))
            f |= STOCK_JUMP;
        if (i > 0 && s->stock[i - 1] + s->in[i] < s->out[i])
            f |= STOCK_MORE_THAN_ALL;
        r->appeared += f & STOCK_APPEARED ? 1 : 0;
        r->jumps += f & STOCK_JUMP ? 1 : 0;
        r->more_than_all += f & STOCK_MORE_THAN_ALL ? 1 : 0;
        ret_flag[i] = f;
    }
}

struct stock_flow stock_flow_check(const struct stock_flow_series *s, double *ret_unexplained,
                                   uint8_t *ret_flag, double *work)
{
    struct stock_flow r = { .first_stock = NAN, .last_stock = NAN, .mean_wait = NAN };
    struct chart k = {
        .point = work, .lower = work + s->n, .upper = work + 2 * s->n, .sigma = work + 3 * s->n
    };

    for (size_t i = 0; i < s->n; i++)
        if (!isnan(s->stock[i])) {
            r.first_stock = isnan(r.first_stock) ? s->stock[i] : r.first_stock;
            r.last_stock = s->stock[i];
        }
    add_up(s, &r, ret_unexplained, k.point);
    chart_limits(&(struct chart_series){ .kind = CHART_XMR, .value = k.point, .n = s->n, .screen = true },
                 &k);
    flag(s, &k, ret_unexplained, &r, ret_flag);
    r.lower = k.centre - CHART_XMR_WIDTH * k.mean_range;
    r.upper = k.centre + CHART_XMR_WIDTH * k.mean_range;
    r.mean_stock = r.checked > 0 ? r.mean_stock / (double)r.checked : NAN;
    if (r.out + r.unexplained > 0)
        r.mean_wait = r.mean_stock / ((r.out + r.unexplained) / (double)r.checked);
    return r;
}
