// SPDX-License-Identifier: EUPL-1.2
/* The level that something has now, from what happened in the weeks before: a rate (requests, starts a week)
 * or a factor (of the length of help).
 *
 * The level may wander a little each week and now and then jump. What came before a jump says nothing of the
 * level after it, so recent weeks weigh more exactly as far as the level moved, and after a change only what
 * came after it counts. How much it wanders, how often it jumps and how much the counts scatter is not chosen
 * but weighed by how well it explains the weeks; nothing is decided by a threshold.
 *
 * A change that somebody wrote down is a jump at that week, nearly for sure: six weeks after it only those
 * six weeks say how large the level is, where without it they first have to show that they are no chance.
 *
 * A filter on a grid of log levels: Kitagawa 1987, Journal of the American Statistical Association
 * 82:1032-1041, (2.3)-(2.4), with jumps to a prior as in Adams & MacKay 2007, arXiv:0710.3742, (3). Counts:
 * extended quasi-likelihood with the variance `over` times the mean, Nelder & Pregibon 1987, Biometrika
 * 74:221-232, (4). With `over` = 1 and no wandering or jumps this is the gamma-Poisson posterior. */
#ifndef PEIL_FORECAST_LEVEL_H
#define PEIL_FORECAST_LEVEL_H

#include "base/rng.h"

#include <stdbool.h>
#include <stddef.h>

enum { LEVEL_GRID = 121, LEVEL_JUMPS = 2, LEVEL_WALKS = 3, LEVEL_OVERS = 4, LEVEL_WEEKS_MAX = 160 };
#define LEVEL_STEP 0.03 /* of the logarithm */
enum { LEVEL_SETS = LEVEL_JUMPS * LEVEL_WALKS * LEVEL_OVERS };

/* A week: so many events, where a level of 1 would give `exposure` of them. No exposure: it says nothing. */
struct level_week {
    double events, exposure;
    bool changed; /* somebody wrote down that the level is another one from this week on */
};
struct level_habits; /* how levels move: what is possible, and how likely beforehand */
struct level {
    const struct level_habits *habits;
    double centre;          /* the level in the middle of the grid */
    double log_all;         /* logarithm of the chance of all that was seen, but for a constant */
    double set[LEVEL_SETS]; /* how likely each set of habits is; they sum to 1 */
    float p[LEVEL_SETS][LEVEL_GRID];
};
/* What one set of habits says. */
struct level_draw {
    double level;
    double walk; /* sd of the change of the logarithm in a week */
    double jump; /* chance of a jump in a week */
    double over; /* variance of a count divided by its mean */
};

/* From counts, the oldest week first. `prior` is the level that is expected with weight `weight` (in events)
 * before anything is seen. Of more than LEVEL_WEEKS_MAX weeks the last are used. */
void level_of_counts(const struct level_week *week, size_t n, double prior, double weight,
                     struct level *ret_level);
/* The same of the starts of help, which are held by places: they scatter hardly more than chance and hardly
 * wander, but jump more often (sick leave, a vacancy, somebody comes back). A third fewer starts for five
 * weeks may half be chance: what is thought of jumps beforehand then decides. Chosen in towns whose future is
 * known (docs/forecast_estimate.md). */
void level_of_starts(const struct level_week *week, size_t n, double prior, double weight,
                     struct level *ret_level);
/* Odds: of `of` events of a week so many were of one kind, and the level is how often that is for once that
 * it is not. The chance of all that was seen compares with that of counts: Poisson counts have the deviance
 * of their sum and that of the kinds in it together (McCullagh & Nelder 1989, Generalized Linear Models, 2nd
 * ed., section 6.4). */
struct level_split {
    double events, of;
};
void level_of_odds(const struct level_split *week, size_t n, struct level *ret_level);
/* From the deviance of each level of the grid in each week (weeks x LEVEL_GRID; about 1 at the right level, 0
 * everywhere: the week says nothing); the grid has 1 in its middle. changed: as in level_week. */
void level_of_deviance(const float *deviance, const bool *changed, size_t weeks, struct level *ret_level);
/* Of a count when `mean` is expected: McCullagh & Nelder 1989, Generalized Linear Models, 2nd ed., p. 34. */
double level_deviance(double count, double mean);

double level_mean(const struct level *l);
double level_over(const struct level *l);
struct level_draw level_draw(const struct level *l, struct rng *r);

#endif
