// SPDX-License-Identifier: EUPL-1.2
/* Compares a Kaplan-Meier curve with all rows of a group in expected/: values that R's survival package
 * computed. */
#ifndef PEIL_STAT_ORACLE_H
#define PEIL_STAT_ORACLE_H

#include "measure/survival.h"
#include "stat/csv.h"

struct oracle {
    const struct csv *expected;
    const char *data_set, *group;
    double unit;               /* ticks of the curve in a unit of the expected values */
    enum survival_scale scale; /* of intervals whose name does not tell */
};

/* Checks each row that speaks about the curve, to 1e-6 relative; returns how many there were. */
int oracle_check(const struct oracle *o, const struct survival_curve *k);

/* A sorted sample with room for n observations, in the memory of the context. */
struct survival_sample sample_room(struct ctx *c, size_t n);
/* Sorts it and draws the curve. */
struct survival_curve sample_curve(struct ctx *c, struct survival_sample *s);

#endif
