// SPDX-License-Identifier: EUPL-1.2
/* How far expected periods are from what a forecaster has who knows everything (docs/decisions/0012), on a
 * list of which the model is true. What that one has was measured with true parameters in the place of
 * estimates: build/bench_places 4 20000 alhri. */
#include "forecast/backtest.h"
#include "stat/places.h"
#include "unit/test.h"

struct places_sums {
    double n, right, error, width, last_width, class_n[WORLD_STREAMS], class_right[WORLD_STREAMS];
};

static void add_places(uint64_t seed, bool longer, struct places_sums *s)
{
    enum { FIRST = 26, ORIGINS = 154, AFTER = 60 };
    struct places_how how = {
        .seed = seed, .weeks = FIRST + ORIGINS, .after = AFTER, .longer = longer ? FIRST + ORIGINS / 2 : 0
    };
    struct arena a;
    struct world w;
    struct backtest b;

    arena_init(&a, (size_t)1 << 30);
    if (!CHECK(places_make(&how, &a, &w)))
        return;
    struct backtest_how bh = {
        .forecast = { .estimate = { .team = -1, .order = &w.order, .seed = seed, .days = 300 },
                      .replications = 100 },
        .first = w.history.from + 7 * FIRST - 1,
        .last = w.history.from + 7 * (FIRST + ORIGINS - 1) - 1,
        .until = w.origin + AFTER * 7,
        .one_way = true,
        .way = FORECAST_STAFF
    };
    if (!CHECK(backtest_run(&w.history, &bh, &a, &b)))
        return;
    for (size_t k = 1; k < WORLD_STREAMS; k++) { /* not urgent: within days */
        const struct score_mean *m = &b.stream[k].every;
        double n = (double)m->n;
        s->class_n[k] += n;
        s->class_right[k] += n * m->coverage;
        s->n += n;
        s->right += n * m->coverage;
        s->error += n * m->absolute;
        s->width += n * m->width;
        s->last_width += n * b.stream[k].rival[RIVAL_LAST].width;
    }
    arena_free(&a);
}

TEST_LONG(backtest_near_who_knows_everything)
{
    static const struct {
        double error, width; /* days, of who knows everything */
        double more_error, more_width;
    } known[2] = { { 4.34, 11.2, 1.15, 1.35 }, { 6.21, 16.4, 1.2, 1.6 } };

    for (int longer = 0; longer < 2; longer++) {
        struct places_sums s = { 0 };
        for (uint64_t seed = 20000; seed < 20004; seed++)
            add_places(seed, longer > 0, &s);
        CHECK(s.n > 100000);
        CHECK(s.error / s.n < known[longer].more_error * known[longer].error);
        CHECK(s.width / s.n < known[longer].more_width * known[longer].width);
        CHECK(s.right / s.n > .77 && s.right / s.n < .83);
        for (size_t k = 1; k < WORLD_STREAMS; k++)
            CHECK(s.class_right[k] / s.class_n[k] >= .75);
        if (longer == 0)
            CHECK(s.width < .62 * s.last_width);
    }
}
