// SPDX-License-Identifier: EUPL-1.2
#include "forecast/level.h"

#include <math.h>
#include <string.h>

static const double jump_of[LEVEL_JUMPS] = { 0.03, 0.2 }, jump_prior[LEVEL_JUMPS] = { 0.5, 0.5 };
static const double walk_of[LEVEL_WALKS] = { 0.002, 0.01, 0.025 },
                    walk_prior[LEVEL_WALKS] = { 0.4, 0.4, 0.2 };
static const double over_of[LEVEL_OVERS] = { 0.45, 1, 1.8, 3.5 };

#define PRIOR_SD 0.35 /* of the logarithm of the level after a jump */

static size_t set_of(size_t jump, size_t walk, size_t over)
{
    return (jump * LEVEL_WALKS + walk) * LEVEL_OVERS + over;
}

double level_at(const struct level *l, size_t grid)
{
    return l->centre * exp(LEVEL_STEP * ((double)grid - (LEVEL_GRID - 1) / 2.0));
}

static void scale(double *p, double to)
{
    double sum = 0;

    for (size_t g = 0; g < LEVEL_GRID; g++)
        sum += p[g];
    for (size_t g = 0; g < LEVEL_GRID; g++)
        p[g] *= to / sum;
}

static void prior_of(double *prior, double sd)
{
    for (size_t g = 0; g < LEVEL_GRID; g++) {
        double z = LEVEL_STEP * ((double)g - (LEVEL_GRID - 1) / 2.0) / sd;
        prior[g] = exp(-z * z / 2) + 1e-9;
    }
    scale(prior, 1);
}

/* One week further: the level wanders to its neighbours and may jump. */
static void move(const double *prior, double jump, double walk, double *p)
{
    double next[LEVEL_GRID], side = walk * walk / (2 * LEVEL_STEP * LEVEL_STEP);

    for (size_t g = 0; g < LEVEL_GRID; g++) {
        double from = p[g > 0 ? g - 1 : 0] + p[g + 1 < LEVEL_GRID ? g + 1 : g];
        next[g] = (1 - jump) * ((1 - 2 * side) * p[g] + side * from) + jump * prior[g];
    }
    memcpy(p, next, sizeof next);
}

/* Runs one set of habits through the weeks; returns the log of the chance of all that was seen. chance: weeks
 * x LEVEL_GRID, each week relative to its largest, whose logarithm is in `top`. */
static double run(const float *chance, const double *top, size_t weeks, const double *first,
                  const double *prior, double jump, double walk, double *p)
{
    double log_all = 0;

    memcpy(p, first, LEVEL_GRID * sizeof *p);
    for (size_t w = 0; w < weeks; w++) {
        const float *c = &chance[w * LEVEL_GRID];
        double sum = 0;
        if (w > 0)
            move(prior, jump, walk, p);
        for (size_t g = 0; g < LEVEL_GRID; g++)
            sum += p[g] *= (double)c[g];
        for (size_t g = 0; g < LEVEL_GRID; g++)
            p[g] /= sum;
        log_all += log(sum) + top[w];
    }
    move(prior, 0, walk, p); /* the week that begins now: no jump is foretold */
    return log_all;
}

/* exp(-deviance / (2 over)) relative to the largest of each week. */
static void chances(const float *deviance, const double *known, size_t weeks, double over, float *chance,
                    double *top)
{
    for (size_t w = 0; w < weeks; w++) {
        const float *d = &deviance[w * LEVEL_GRID];
        float least = d[0];
        for (size_t g = 1; g < LEVEL_GRID; g++)
            least = d[g] < least ? d[g] : least;
        for (size_t g = 0; g < LEVEL_GRID; g++)
            chance[w * LEVEL_GRID + g] = expf((least - d[g]) / (float)(2 * over)) + 1e-20f;
        top[w] = -(double)least / (2 * over) - (known[w] > 0 ? log(over) / 2 : 0);
    }
}

static void filter(const float *deviance, const double *known, size_t weeks, double first_sd, struct level *l)
{
    float chance[LEVEL_WEEKS_MAX * LEVEL_GRID];
    double top[LEVEL_WEEKS_MAX], prior[LEVEL_GRID], first[LEVEL_GRID], p[LEVEL_GRID], most = -INFINITY,
                                                                                      sum = 0;

    prior_of(prior, PRIOR_SD);
    prior_of(first, first_sd);
    for (size_t s = 0; s < LEVEL_SETS; s++)
        l->set[s] = -INFINITY;
    for (size_t o = 0; o < LEVEL_OVERS; o++) {
        chances(deviance, known, weeks, over_of[o], chance, top);
        for (size_t j = 0; j < LEVEL_JUMPS; j++)
            for (size_t k = 0; k < LEVEL_WALKS; k++) {
                size_t s = set_of(j, k, o);
                l->set[s] = run(chance, top, weeks, first, prior, jump_of[j], walk_of[k], p) +
                            log(jump_prior[j] * walk_prior[k]);
                for (size_t g = 0; g < LEVEL_GRID; g++)
                    l->p[s][g] = (float)p[g];
                most = fmax(most, l->set[s]);
            }
    }
    for (size_t s = 0; s < LEVEL_SETS; s++)
        sum += l->set[s] = exp(l->set[s] - most);
    for (size_t s = 0; s < LEVEL_SETS; s++)
        l->set[s] /= sum;
}

double level_deviance(double count, double mean)
{
    return 2 * ((count > 0 ? count * log(count / mean) : 0) - (count - mean));
}

void level_of_counts(const struct level_week *week, size_t n, double prior, double weight,
                     struct level *ret_level)
{
    float deviance[LEVEL_WEEKS_MAX * LEVEL_GRID];
    double known[LEVEL_WEEKS_MAX], events = weight, exposure = weight / prior;
    struct level *l = ret_level;

    memset(l, 0, sizeof *l);
    if (n > LEVEL_WEEKS_MAX) {
        week += n - LEVEL_WEEKS_MAX;
        n = LEVEL_WEEKS_MAX;
    }
    for (size_t w = 0; w < n; w++) {
        events += week[w].exposure > 0 ? week[w].events : 0;
        exposure += week[w].exposure;
    }
    l->centre = events / exposure;
    for (size_t w = 0; w < n; w++) {
        known[w] = week[w].exposure;
        for (size_t g = 0; g < LEVEL_GRID; g++)
            deviance[w * LEVEL_GRID + g] =
                known[w] > 0 ? (float)level_deviance(week[w].events, known[w] * level_at(l, g)) : 0;
    }
    filter(deviance, known, n, 2.5 * PRIOR_SD, l);
}

void level_of_deviance(const float *deviance, size_t weeks, struct level *ret_level)
{
    double known[LEVEL_WEEKS_MAX];

    memset(ret_level, 0, sizeof *ret_level);
    ret_level->centre = 1;
    if (weeks > LEVEL_WEEKS_MAX) {
        deviance += (weeks - LEVEL_WEEKS_MAX) * LEVEL_GRID;
        weeks = LEVEL_WEEKS_MAX;
    }
    for (size_t w = 0; w < weeks; w++)
        known[w] = deviance[w * LEVEL_GRID] > 0 || deviance[w * LEVEL_GRID + LEVEL_GRID - 1] > 0;
    filter(deviance, known, weeks, PRIOR_SD, ret_level);
}

double level_mean(const struct level *l)
{
    double sum = 0;

    for (size_t s = 0; s < LEVEL_SETS; s++)
        for (size_t g = 0; l->set[s] > 1e-6 && g < LEVEL_GRID; g++)
            sum += l->set[s] * (double)l->p[s][g] * level_at(l, g);
    return sum;
}

double level_over(const struct level *l)
{
    double sum = 0;

    for (size_t s = 0; s < LEVEL_SETS; s++)
        sum += l->set[s] * over_of[s % LEVEL_OVERS];
    return sum;
}

struct level_draw level_draw(const struct level *l, struct rng *r)
{
    double u = rng_unit(r);
    size_t s = 0, g = 0;

    while (s + 1 < LEVEL_SETS && (u -= l->set[s]) >= 0)
        s++;
    u = rng_unit(r);
    while (g + 1 < LEVEL_GRID && (u -= (double)l->p[s][g]) >= 0)
        g++;
    return (struct level_draw){ .level = level_at(l, g) * exp(LEVEL_STEP * (rng_unit(r) - 0.5)),
                                .jump = jump_of[s / LEVEL_OVERS / LEVEL_WALKS],
                                .walk = walk_of[s / LEVEL_OVERS % LEVEL_WALKS],
                                .over = over_of[s % LEVEL_OVERS] };
}
