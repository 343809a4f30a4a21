// SPDX-License-Identifier: EUPL-1.2
/* The arithmetic of forecast/level.h: a distribution over the grid goes through the weeks under several sets
 * of habits at the same time (a hidden Markov model on a grid: Kitagawa 1987, Journal of the American
 * Statistical Association 82:1032-1041, (2.7)-(2.9)).
 *
 * It is written once, in registers of 64 bytes, and compiled for the registers that a processor has. Every
 * sum is made in eight parts that are added in one order, and nothing of the mathematical library is used
 * inside: the same bytes on every processor. */
#ifndef PEIL_FORECAST_LEVEL_FILTER_H
#define PEIL_FORECAST_LEVEL_FILTER_H

#include <stdbool.h>
#include <stddef.h>

enum {
    LEVEL_ROOM = 128,  /* LEVEL_GRID in whole registers; what lies beyond the grid holds nothing */
    LEVEL_RUNS_MAX = 6 /* sets of habits at the same time */
};

struct level_habit {
    double jump, walk;    /* chance of a jump in a week; sd of the change in a week, in steps of the grid */
    double log_all;       /* result: logarithm of the chance of all that was seen, but for `least` */
    double p[LEVEL_ROOM]; /* result: the distribution in the week that begins */
};
struct level_weeks {
    const float *deviance; /* weeks x LEVEL_ROOM: of each level of the grid */
    size_t weeks, grid;
    const float *least; /* deviance of each week, which counts as nothing */
    const double *jump; /* chance of a jump into each week, where it is more than that of the habit */
    double over;        /* variance over mean: a week says exp(-deviance / (2 over)) */
};
/* first: the distribution before the weeks; prior: that after a jump (both LEVEL_ROOM, 0 beyond the grid). */
void level_filter(const struct level_weeks *w, const double *first, const double *prior,
                  struct level_habit *habit, size_t habits);
/* exp for x in [-87, 0], within 2 units in the last place: 16 values. */
void level_exp(const float *x, float *ret);

/* For tests: only the registers that every processor has. */
void level_filter_plain(const struct level_weeks *w, const double *first, const double *prior,
                        struct level_habit *habit, size_t habits);

#endif
