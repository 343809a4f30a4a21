// SPDX-License-Identifier: EUPL-1.2
#include "forecast/level.h"

#include "forecast/level_filter.h"

#include <math.h>
#include <string.h>

struct level_habits {
    double jump[LEVEL_JUMPS], jump_prior[LEVEL_JUMPS];
    double walk[LEVEL_WALKS], walk_prior[LEVEL_WALKS];
    double over[LEVEL_OVERS], over_prior[LEVEL_OVERS];
    double jump_sd; /* of the logarithm of the level after a jump */
};
/* A jump once in two years, or three times a year. Where there were none for long, the more often they are
 * thought possible the wider the level of today, which may have jumped unseen: once in thirty weeks made the
 * level of a steady stream of 25 a week a third wider, and did not see a surge any sooner. */
static const struct level_habits usual = { .jump = { 0.01, 0.06 },
                                           .jump_prior = { 0.5, 0.5 },
                                           .walk = { 0.002, 0.01, 0.025 },
                                           .walk_prior = { 0.4, 0.4, 0.2 },
                                           .over = { 0.45, 1, 1.8, 3.5 },
                                           .over_prior = { 1, 1, 1, 1 },
                                           .jump_sd = 0.35 };
static const struct level_habits of_starts = { .jump = { 0.08, 0.2 },
                                               .jump_prior = { 0.7, 0.3 },
                                               .walk = { 0.001, 0.004, 0.01 },
                                               .walk_prior = { 0.5, 0.4, 0.1 },
                                               .over = { 0.45, 1, 1.8, 3.5 },
                                               .over_prior = { 0.45, 0.5, 0.05, 0.0001 },
                                               .jump_sd = 0.4 };
/* The length of help, and how requests are split over streams: a change of practice comes once in six years
 * or once a year, and is a fifth rather than a half; it wanders by one, two or seven in a hundred in a year.
 * Cases end, and people ask, apart from each other, so what is counted in a week scatters by chance, and a
 * little more. */
static const struct level_habits seldom = { .jump = { 0.003, 0.02 },
                                            .jump_prior = { 0.5, 0.5 },
                                            .walk = { 0.001, 0.003, 0.01 },
                                            .walk_prior = { 0.5, 0.3, 0.2 },
                                            .over = { 0.45, 1, 1.8, 3.5 },
                                            .over_prior = { 1, 1, 1, 1 },
                                            .jump_sd = 0.2 };

#define FIRST_SD 0.875 /* before anything is seen */
/* Who writes down that something changed may be mistaken, or see it in another week. */
#define TOLD_JUMP 0.9

static size_t set_of(size_t jump, size_t walk, size_t over)
{
    return (jump * LEVEL_WALKS + walk) * LEVEL_OVERS + over;
}

/* The level of a point of the grid. */
static double level_at(const struct level *l, size_t grid)
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

static float least_of(const float *deviance)
{
    float part[4] = { deviance[0], deviance[1], deviance[2], deviance[3] };

    for (size_t g = 4; g < LEVEL_GRID; g++)
        part[g % 4] = deviance[g] < part[g % 4] ? deviance[g] : part[g % 4];
    return fminf(fminf(part[0], part[1]), fminf(part[2], part[3]));
}

/* Deviances become chances, and a distribution goes through the weeks under every set of habits. Weeks that
 * are not `known` say nothing, so their spread says nothing of it either. */
static void filter(const float *deviance, const bool *known, const bool *changed, size_t weeks,
                   double first_sd, struct level *l)
{
    float least[LEVEL_WEEKS_MAX];
    double jump[LEVEL_WEEKS_MAX];
    double prior[LEVEL_ROOM] = { 0 }, first[LEVEL_ROOM] = { 0 }, most = -INFINITY, sum = 0;
    struct level_habit habit[LEVEL_JUMPS * LEVEL_WALKS];
    const struct level_habits *h = l->habits;

    prior_of(prior, h->jump_sd);
    prior_of(first, first_sd);
    for (size_t k = 0; k < weeks; k++) {
        least[k] = least_of(&deviance[k * LEVEL_ROOM]);
        jump[k] = changed != NULL && changed[k] ? TOLD_JUMP : 0;
    }
    for (size_t o = 0; o < LEVEL_OVERS; o++) {
        struct level_weeks w = { deviance, weeks, LEVEL_GRID, least, jump, h->over[o] };
        double top = 0;
        for (size_t i = 0; i < LEVEL_JUMPS * LEVEL_WALKS; i++)
            habit[i] = (struct level_habit){ .jump = h->jump[i / LEVEL_WALKS],
                                             .walk = h->walk[i % LEVEL_WALKS] / LEVEL_STEP };
        level_filter(&w, first, prior, habit, LEVEL_JUMPS * LEVEL_WALKS);
        for (size_t k = 0; k < weeks; k++)
            top -= (double)least[k] / (2 * h->over[o]) + (known[k] ? log(h->over[o]) / 2 : 0);
        for (size_t i = 0; i < LEVEL_JUMPS * LEVEL_WALKS; i++) {
            size_t s = set_of(i / LEVEL_WALKS, i % LEVEL_WALKS, o);
            l->set[s] =
                habit[i].log_all + top +
                log(h->jump_prior[i / LEVEL_WALKS] * h->walk_prior[i % LEVEL_WALKS] * h->over_prior[o]);
            for (size_t g = 0; g < LEVEL_GRID; g++)
                l->p[s][g] = (float)habit[i].p[g];
            most = fmax(most, l->set[s]);
        }
    }
    for (size_t s = 0; s < LEVEL_SETS; s++)
        sum += l->set[s] = exp(l->set[s] - most);
    for (size_t s = 0; s < LEVEL_SETS; s++)
        l->set[s] /= sum;
    l->log_all = most + log(sum);
}

double level_deviance(double count, double mean)
{
    return 2 * ((count > 0 ? count * log(count / mean) : 0) - (count - mean));
}

/* level_deviance of the counts of a week at every level of the grid: the logarithms are those of the middle
 * and of whole steps from it. */
static void deviance_of(const struct level_week *w, double centre, const double *part, float *ret)
{
    double mean = w->exposure * centre, log_mean = w->events > 0 ? log(w->events / mean) : 0;

    for (size_t g = 0; g < LEVEL_GRID; g++) {
        double steps = LEVEL_STEP * ((double)g - (LEVEL_GRID - 1) / 2.0);
        ret[g] = (float)(2 * (w->events * (log_mean - steps) - (w->events - mean * part[g])));
    }
}

static void of_counts(const struct level_week *week, size_t n, double prior, double weight, struct level *l)
{
    float deviance[LEVEL_WEEKS_MAX * LEVEL_ROOM] = { 0 };
    double events = weight, exposure = weight / prior, part[LEVEL_GRID];
    bool known[LEVEL_WEEKS_MAX], changed[LEVEL_WEEKS_MAX];

    if (n > LEVEL_WEEKS_MAX) {
        week += n - LEVEL_WEEKS_MAX;
        n = LEVEL_WEEKS_MAX;
    }
    for (size_t w = 0; w < n; w++) {
        events += week[w].exposure > 0 ? week[w].events : 0;
        exposure += week[w].exposure;
    }
    l->centre = 1;
    for (size_t g = 0; g < LEVEL_GRID; g++)
        part[g] = level_at(l, g);
    l->centre = events / exposure;
    for (size_t w = 0; w < n; w++) {
        known[w] = week[w].exposure > 0;
        changed[w] = week[w].changed;
        if (known[w])
            deviance_of(&week[w], l->centre, part, &deviance[w * LEVEL_ROOM]);
    }
    filter(deviance, known, changed, n, FIRST_SD, l);
}

void level_of_counts(const struct level_week *week, size_t n, double prior, double weight,
                     struct level *ret_level)
{
    memset(ret_level, 0, sizeof *ret_level);
    ret_level->habits = &usual;
    of_counts(week, n, prior, weight, ret_level);
}

void level_of_starts(const struct level_week *week, size_t n, double prior, double weight,
                     struct level *ret_level)
{
    memset(ret_level, 0, sizeof *ret_level);
    ret_level->habits = &of_starts;
    of_counts(week, n, prior, weight, ret_level);
}

/* Of the kinds in a week at every level of the grid: the logarithms of the chance of either kind there. */
static void deviance_of_split(const struct level_split *w, const double *log_yes, const double *log_no,
                              float *ret)
{
    double yes = w->events, no = w->of - yes;
    double best = (yes > 0 ? yes * log(yes / w->of) : 0) + (no > 0 ? no * log(no / w->of) : 0);

    for (size_t g = 0; g < LEVEL_GRID; g++)
        ret[g] = (float)(2 * (best - yes * log_yes[g] - no * log_no[g]));
}

void level_of_odds(const struct level_split *week, size_t n, struct level *ret_level)
{
    float deviance[LEVEL_WEEKS_MAX * LEVEL_ROOM] = { 0 };
    double yes = 0.2, all = 0.4; /* one to one, at the weight of so little */
    double log_yes[LEVEL_GRID], log_no[LEVEL_GRID];
    bool known[LEVEL_WEEKS_MAX];

    memset(ret_level, 0, sizeof *ret_level);
    ret_level->habits = &seldom;
    if (n > LEVEL_WEEKS_MAX) {
        week += n - LEVEL_WEEKS_MAX;
        n = LEVEL_WEEKS_MAX;
    }
    for (size_t w = 0; w < n; w++) {
        yes += week[w].events;
        all += week[w].of;
    }
    ret_level->centre = yes / (all - yes);
    for (size_t g = 0; g < LEVEL_GRID; g++) {
        log_no[g] = -log1p(level_at(ret_level, g));
        log_yes[g] = log(level_at(ret_level, g)) + log_no[g];
    }
    for (size_t w = 0; w < n; w++) {
        known[w] = week[w].of > 0;
        if (known[w])
            deviance_of_split(&week[w], log_yes, log_no, &deviance[w * LEVEL_ROOM]);
    }
    filter(deviance, known, NULL, n, FIRST_SD, ret_level);
}

void level_of_deviance(const float *deviance, const bool *changed, size_t weeks, struct level *ret_level)
{
    float roomy[LEVEL_WEEKS_MAX * LEVEL_ROOM] = { 0 };
    bool known[LEVEL_WEEKS_MAX];

    memset(ret_level, 0, sizeof *ret_level);
    ret_level->habits = &seldom;
    ret_level->centre = 1;
    if (weeks > LEVEL_WEEKS_MAX) {
        deviance += (weeks - LEVEL_WEEKS_MAX) * LEVEL_GRID;
        changed += changed != NULL ? weeks - LEVEL_WEEKS_MAX : 0;
        weeks = LEVEL_WEEKS_MAX;
    }
    for (size_t w = 0; w < weeks; w++) {
        const float *d = &deviance[w * LEVEL_GRID];
        memcpy(&roomy[w * LEVEL_ROOM], d, LEVEL_GRID * sizeof *d);
        known[w] = d[0] > 0 || d[LEVEL_GRID - 1] > 0;
    }
    filter(roomy, known, changed, weeks, seldom.jump_sd, ret_level);
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
        sum += l->set[s] * l->habits->over[s % LEVEL_OVERS];
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
                                .jump = l->habits->jump[s / LEVEL_OVERS / LEVEL_WALKS],
                                .walk = l->habits->walk[s / LEVEL_OVERS % LEVEL_WALKS],
                                .over = l->habits->over[s % LEVEL_OVERS] };
}
