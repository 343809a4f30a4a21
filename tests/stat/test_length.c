// SPDX-License-Identifier: EUPL-1.2
/* The length of help as it is estimated, on the lists of stat/places.h of which the true length is known. */
#include "forecast/estimate_core.h"
#include "stat/places.h"
#include "unit/test.h"

#include <math.h>
#include <stdlib.h>

enum { WORLDS = 4, RECORD = 180, FIRST = 60, EVERY = 8, DRAWS = 400 };

static int ascending(const void *pa, const void *pb)
{
    double a = *(const double *)pa, b = *(const double *)pb;

    return (a > b) - (a < b);
}

struct seen {
    double n, off, square, width;
};

/* Median length: what is estimated, in days with a worker, becomes days with the part that workers are away.
 */
static void look(const struct world *w, int32_t at, double truth, struct arena *a, struct seen *ret)
{
    static const double away = PLACES_ILL / PLACES_WELL;
    struct view v = view_of(&w->history, at, -1, a);
    struct duration_fit fit;
    struct rng r;
    double x[DRAWS];
    bool full;

    if (!CHECK(duration_estimate(&v, NULL, &fit, &full)))
        return;
    rng_seed(&r, (uint64_t)at);
    for (int i = 0; i < DRAWS; i++)
        x[i] = log(level_draw(&fit.scale, &r).level * (double)fit.table[DURATION_TABLE / 2] * (1 + away));
    qsort(x, DRAWS, sizeof *x, ascending);
    double off = x[DRAWS / 2] - log(truth);
    ret->n++;
    ret->off += off;
    ret->square += off * off;
    ret->width += x[DRAWS * 9 / 10] - x[DRAWS / 10];
}

/* Of all origins of a few lists; with help a fifth longer only those of half a year after it and later. */
static struct seen look_at_all(bool longer)
{
    struct seen all = { 0 };

    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        struct places_how how = {
            .seed = 700 + seed, .weeks = RECORD, .after = 1, .longer = longer ? RECORD / 2 : 0
        };
        struct arena a;
        struct world w;
        arena_init(&a, (size_t)1 << 28);
        if (CHECK(places_make(&how, &a, &w)))
            for (int k = longer ? RECORD / 2 + 26 : FIRST; k <= RECORD; k += EVERY) {
                struct arena_mark mark = arena_mark(&a);
                look(&w, w.history.from + 7 * k - 1, PLACES_MEDIAN * (longer ? PLACES_LONGER : 1), &a, &all);
                arena_release(&a, mark);
            }
        arena_free(&a);
    }
    return all;
}

/* Some forty cases end in a week, so the length is known to some three in a hundred, and is said to be. */
TEST(length_as_sure_as_it_is)
{
    struct seen s = look_at_all(false);

    CHECK(fabs(s.off / s.n) < 0.03);
    CHECK(sqrt(s.square / s.n) < 0.05);
    CHECK(s.width / s.n < 0.095);
}

/* A change is believed, and half a year after it the level is nearly as sure again. */
TEST(length_a_fifth_longer)
{
    struct seen s = look_at_all(true);

    CHECK(fabs(s.off / s.n) < 0.05);
    CHECK(s.width / s.n < 0.14);
}
