// SPDX-License-Identifier: EUPL-1.2
/* The filter of levels against the same filter in its plainest form, and against itself on the registers that
 * every processor has. */
#include "base/rng.h"
#include "forecast/level_filter.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

enum { GRID = 121, WEEKS = 90, HABITS = 6 };

struct slow {
    double p[GRID], log_all;
};

/* One set of habits, a point of the grid at a time. */
static void slow_filter(const struct level_weeks *w, const double *first, const double *prior,
                        const struct level_habit *h, struct slow *ret)
{
    double next[GRID];

    memcpy(ret->p, first, sizeof ret->p);
    ret->log_all = 0;
    for (size_t k = 0; k <= w->weeks; k++) {
        double side = h->walk * h->walk / 2, jump = k < w->weeks ? fmax(h->jump, w->jump[k]) : 0, sum = 0;

        for (size_t g = 0; g < GRID; g++) {
            double near = ret->p[g > 0 ? g - 1 : 0] + ret->p[g + 1 < GRID ? g + 1 : g];
            next[g] = (1 - jump) * ((1 - 2 * side) * ret->p[g] + side * near) + jump * prior[g];
        }
        if (k > 0)
            memcpy(ret->p, next, sizeof next);
        for (size_t g = 0; k < w->weeks && g < GRID; g++) {
            double d = (double)(w->deviance[k * LEVEL_ROOM + g] - w->least[k]);
            sum += ret->p[g] *= exp(-d / (2 * w->over)) + 1e-20;
        }
        for (size_t g = 0; k < w->weeks && g < GRID; g++)
            ret->p[g] /= sum;
        ret->log_all += k < w->weeks ? log(sum) : 0;
    }
}

struct filter_data {
    float deviance[WEEKS * LEVEL_ROOM], least[WEEKS];
    double jump[WEEKS]; /* somebody said so */
    double first[LEVEL_ROOM], prior[LEVEL_ROOM];
    struct level_habit habit[HABITS], again[HABITS];
    struct level_weeks w;
};

static void fill(struct filter_data *x, uint64_t seed, size_t weeks, double over)
{
    struct rng r;

    rng_seed(&r, seed);
    memset(x, 0, sizeof *x);
    for (size_t k = 0; k < weeks; k++) {
        double at = rng_unit(&r) * GRID, steep = rng_unit(&r) * 2;
        x->least[k] = 1e9f;
        x->jump[k] = k % 40 == 38 ? 0.9 : 0;
        for (size_t g = 0; g < GRID; g++) {
            float d = (float)((at - (double)g) * (at - (double)g) * steep);
            x->deviance[k * LEVEL_ROOM + g] = d;
            x->least[k] = d < x->least[k] ? d : x->least[k];
        }
    }
    for (size_t g = 0; g < GRID; g++) {
        x->first[g] = 1. / GRID;
        x->prior[g] = 2. * (double)(g + 1) / GRID / (GRID + 1);
    }
    for (size_t i = 0; i < HABITS; i++)
        x->habit[i] = x->again[i] =
            (struct level_habit){ .jump = 0.01 + 0.1 * (double)i, .walk = 0.05 + (double)(i % 3) / 3 };
    x->w = (struct level_weeks){ x->deviance, weeks, GRID, x->least, x->jump, over };
}

static struct filter_data data; /* large */

TEST(level_filter_same_everywhere_and_as_written)
{
    static const size_t weeks[] = { 0, 1, 7, 8, 9, WEEKS };
    static const double over[] = { 0.45, 1, 3.5 };
    struct slow slow;

    for (size_t n = 0; n < sizeof weeks / sizeof *weeks; n++)
        for (size_t o = 0; o < 3; o++) {
            double far = 0, off = 0;
            fill(&data, n * 3 + o, weeks[n], over[o]);
            level_filter(&data.w, data.first, data.prior, data.habit, HABITS);
            level_filter_plain(&data.w, data.first, data.prior, data.again, HABITS);
            CHECK(memcmp(data.habit, data.again, sizeof data.habit) == 0);
            for (size_t i = 0; i < HABITS; i++) {
                slow_filter(&data.w, data.first, data.prior, &data.habit[i], &slow);
                off = fmax(off, fabs(slow.log_all - data.habit[i].log_all));
                for (size_t g = 0; g < GRID; g++)
                    far = fmax(far, fabs(slow.p[g] - data.habit[i].p[g]));
                for (size_t g = GRID; g < LEVEL_ROOM; g++)
                    CHECK(weeks[n] == 0 || g == GRID || fpclassify(data.habit[i].p[g]) == FP_ZERO);
            }
            CHECK(far < 1e-5); /* deviances are kept in single precision */
            CHECK(off < 1e-3);
        }
}

/* Against the C library. */
TEST(level_filter_exp)
{
    float x[16], y[16];
    double worst = 0;

    for (int k = 0; k < 2000; k++) {
        for (int i = 0; i < 16; i++)
            x[i] = -(float)(k * 16 + i) * (80.0f / 32000);
        level_exp(x, y);
        for (int i = 0; i < 16; i++)
            worst = fmax(worst, fabs((double)y[i] / exp((double)x[i]) - 1));
    }
    CHECK(worst < 2.0 / (1 << 23));
}
