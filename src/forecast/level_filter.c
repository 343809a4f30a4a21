// SPDX-License-Identifier: EUPL-1.2
#include "forecast/level_filter.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF
#endif

/* Registers of 64 bytes; where they are shorter the compiler takes several. */
typedef float floats __attribute__((vector_size(64)));
typedef int32_t ints __attribute__((vector_size(64)));
typedef double doubles __attribute__((vector_size(64)));
enum { FLOATS = 16, DOUBLES = 8 };
#define FAR -80.0f /* of a logarithm: 1e-35 */

#define INLINE __attribute__((always_inline)) inline

/* x = n log 2 + r; the polynomial of r is that of Cephes' expf (Moshier 1989, Methods and Programs for
 * Mathematical Functions, chapter 4), the power of two goes into the exponent. */
static INLINE void exp_16(const float *from, float *to)
{
    const float rounder = 12582912.0f; /* 1.5 x 2^23: what is added to it is rounded to a whole number */
    floats x, n, r, y;

    memcpy(&x, from, sizeof x);
    n = (x * 1.44269504088896341f + rounder) - rounder;
    r = (x - n * 0.693359375f) - n * -2.12194440e-4f;
    y = r * 1.9875691500e-4f + 1.3981999507e-3f;
    y = y * r + 8.3334519073e-3f;
    y = y * r + 4.1665795894e-2f;
    y = y * r + 1.6666665459e-1f;
    y = y * r + 5.0000001201e-1f;
    y = y * (r * r) + r + 1.0f;
    ints power = (__builtin_convertvector(n, ints) + 127) << 23;
    floats two;
    memcpy(&two, &power, sizeof two);
    y *= two;
    memcpy(to, &y, sizeof y);
}

void level_exp(const float *x, float *ret)
{
    exp_16(x, ret);
}

/* What a week says of each level: exp(-deviance / (2 over)) against its largest, and a little of everything.
 */
static INLINE void chances(const struct level_weeks *w, size_t week, double *chance)
{
    const float half = (float)(-1 / (2 * w->over)), *d = &w->deviance[week * LEVEL_ROOM];

    for (size_t g = 0; g < LEVEL_ROOM; g += FLOATS) {
        float part[FLOATS];
        floats x;
        memcpy(&x, d + g, sizeof x);
        x = (x - w->least[week]) * half;
        ints far = x < FAR;
        x = (floats)(((ints)x & ~far) | ((ints)(x * 0 + FAR) & far));
        memcpy(part, &x, sizeof part);
        exp_16(part, part);
        for (size_t i = 0; i < FLOATS; i++)
            chance[g + i] = (double)part[i] + 1e-20;
    }
    for (size_t g = w->grid; g < LEVEL_ROOM; g++)
        chance[g] = 0;
}

/* One distribution, with room on either side for the neighbours of the ends: at an end the level stays. */
struct walk {
    double side[DOUBLES], p[LEVEL_ROOM], other[DOUBLES];
};

static INLINE double sum_of(const doubles *s)
{
    double part[DOUBLES];

    memcpy(part, s, sizeof part);
    return ((part[0] + part[4]) + (part[2] + part[6])) + ((part[1] + part[5]) + (part[3] + part[7]));
}

/* stay p + side (its neighbours) + jump prior, times what the week says of that. Returns the sum. */
static INLINE double step(struct walk *x, size_t grid, double stay, double side, double jump,
                          const double *prior, const double *chance, struct walk *next)
{
    const double *p = x->p;
    doubles sum = { 0 };

    x->side[DOUBLES - 1] = p[0];
    x->p[grid] = p[grid - 1]; /* the grid is shorter than its room */
    for (size_t g = 0; g < LEVEL_ROOM; g += DOUBLES) {
        doubles here, before, after, from, says;
        memcpy(&here, p + g, sizeof here);
        memcpy(&before, (const char *)x + (DOUBLES + g - 1) * sizeof(double), sizeof before);
        memcpy(&after, (const char *)x + (DOUBLES + g + 1) * sizeof(double), sizeof after);
        memcpy(&from, prior + g, sizeof from);
        memcpy(&says, chance + g, sizeof says);
        here = (here * stay + (before + after) * side + from * jump) * says;
        sum += here;
        memcpy(next->p + g, &here, sizeof here);
    }
    return sum_of(&sum);
}

/* The first week: the level as it was before, and what the week says of it. */
static INLINE double begin(const double *first, const double *chance, struct walk *next)
{
    doubles sum = { 0 };

    for (size_t g = 0; g < LEVEL_ROOM; g += DOUBLES) {
        doubles p, says;
        memcpy(&p, first + g, sizeof p);
        memcpy(&says, chance + g, sizeof says);
        p *= says;
        sum += p;
        memcpy(next->p + g, &p, sizeof p);
    }
    return sum_of(&sum);
}

enum { LOG_EVERY = 8 }; /* weeks: a product of so many chances is still a number */

/* All habits week by week, side by side: while the sum of one is made the next is under way. What a week's
 * sum divides by is done in the step after it. */
static INLINE void filter(const struct level_weeks *w, const double *first, const double *prior,
                          struct level_habit *habit, size_t habits)
{
    struct walk walk[LEVEL_RUNS_MAX][2] = { 0 };
    double sum[LEVEL_RUNS_MAX], product[LEVEL_RUNS_MAX], chance[LEVEL_ROOM] = { 0 };

    for (size_t i = 0; i < habits; i++) {
        habit[i].log_all = 0;
        memcpy(walk[i][0].p, first, sizeof walk[i][0].p);
        sum[i] = product[i] = 1;
    }
    for (size_t k = 0; k < w->weeks; k++) {
        chances(w, k, chance);
        for (size_t i = 0; i < habits; i++) {
            const struct level_habit *h = &habit[i];
            struct walk *from = &walk[i][k % 2], *to = &walk[i][(k + 1) % 2];
            double side = h->walk * h->walk / 2, jump = w->jump[k] > h->jump ? w->jump[k] : h->jump,
                   on = (1 - jump) / sum[i];

            sum[i] = k == 0 ? begin(first, chance, to)
                            : step(from, w->grid, on * (1 - 2 * side), on * side, jump, prior, chance, to);
            product[i] *= sum[i];
            if (k % LOG_EVERY == LOG_EVERY - 1 || k + 1 == w->weeks) {
                habit[i].log_all += log(product[i]);
                product[i] = 1;
            }
        }
    }
    for (size_t g = 0; g < w->grid; g++)
        chance[g] = 1;
    for (size_t i = 0; i < habits; i++) { /* the week that begins now: no jump is foretold */
        struct walk *from = &walk[i][w->weeks % 2], *to = &walk[i][(w->weeks + 1) % 2];
        double side = habit[i].walk * habit[i].walk / 2;

        step(from, w->grid, (1 - 2 * side) / sum[i], side / sum[i], 0, prior, chance, to);
        memcpy(habit[i].p, to->p, sizeof habit[i].p);
    }
}

void level_filter_plain(const struct level_weeks *w, const double *first, const double *prior,
                        struct level_habit *habit, size_t habits)
{
    filter(w, first, prior, habit, habits);
}

#if defined(__x86_64__) && defined(__GNUC__)
__attribute__((target("avx512f,avx512dq"))) static void filter_512(const struct level_weeks *w,
                                                                   const double *first, const double *prior,
                                                                   struct level_habit *habit, size_t habits)
{
    filter(w, first, prior, habit, habits);
}

__attribute__((target("avx2"))) static void filter_256(const struct level_weeks *w, const double *first,
                                                       const double *prior, struct level_habit *habit,
                                                       size_t habits)
{
    filter(w, first, prior, habit, habits);
}

void level_filter(const struct level_weeks *w, const double *first, const double *prior,
                  struct level_habit *habit, size_t habits)
{
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
        filter_512(w, first, prior, habit, habits);
    else if (__builtin_cpu_supports("avx2"))
        filter_256(w, first, prior, habit, habits);
    else
        filter(w, first, prior, habit, habits);
}
#else
void level_filter(const struct level_weeks *w, const double *first, const double *prior,
                  struct level_habit *habit, size_t habits)
{
    filter(w, first, prior, habit, habits);
}
#endif
