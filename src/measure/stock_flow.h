// SPDX-License-Identifier: EUPL-1.2
/* Does the list add up? Stock now = stock before + new - completed - left in another way. What is left over,
 * the unexplained outflow, is people who left the list without being counted as helped: partly real (moved,
 * solved), partly a list that was cleaned or coded anew, which is a data error and no success. When it is
 * below 0, more people wait than can wait.
 *
 * Little 1961, Operations Research 9:383-387 (L = lambda W): mean wait = mean stock / (everybody who left a
 * period). It holds over a long time and is an order of size, never the figure that is shown to residents. */
#ifndef PEIL_MEASURE_STOCK_FLOW_H
#define PEIL_MEASURE_STOCK_FLOW_H

#include <stddef.h>
#include <stdint.h>

enum stock_flow_flag {
    STOCK_APPEARED = 1 << 0,     /* unexplained outflow below 0 */
    STOCK_JUMP = 1 << 1,         /* out of the ordinary, see below: look whether the list was coded anew */
    STOCK_MORE_THAN_ALL = 1 << 2 /* more completed than there were: before + new < completed */
};
/* A jump: the unexplained outflow, as a share of the stock before, lies outside the limits of an XmR chart of
 * those shares (screened, measure/control_chart.h) and is at least this share. */
#define STOCK_FLOW_JUMP 0.05
#define STOCK_FLOW_WEEKS_A_MONTH (30.4375 / 7)

struct stock_flow_series {
    const double *in, *out, *stock; /* each period; stock at its end; NaN: not known */
    size_t n;
    double jump; /* 0: STOCK_FLOW_JUMP */
};
/* All over the periods after the first, whose stock before is not known; a period with something unknown is
 * left out of everything. */
struct stock_flow {
    size_t checked; /* periods */
    double first_stock, last_stock;
    double in, out, unexplained; /* sums */
    double mean_stock;
    double mean_wait; /* periods, by Little; NaN when nobody left */
    size_t appeared, jumps, more_than_all;
    double lower, upper; /* of the shares, beyond which a period is a jump */
};
/* ret_unexplained[n] (NaN where it cannot be told) and ret_flag[n]; work[4 n] is overwritten. */
struct stock_flow stock_flow_check(const struct stock_flow_series *s, double *ret_unexplained,
                                   uint8_t *ret_flag, double *work);

#endif
