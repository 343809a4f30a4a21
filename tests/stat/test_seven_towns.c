// SPDX-License-Identifier: EUPL-1.2
/* Towns with a known future: the whole way from a history to windows. */
#include "forecast/backtest.h"
#include "stat/world.h"
#include "unit/test.h"

#include <math.h>

struct tally {
    double n, middle, truth, hit;
};

/* The windows of one town against what came; false: no memory. */
static bool add_town(const struct world_how *how, bool staff, struct tally *t)
{
    struct arena a;
    struct world w;
    struct forecast f = { 0 };

    arena_init(&a, (size_t)1 << 28);
    bool ok = world_make(how, staff, &a, &w);
    struct forecast_how fh = { .estimate = { .team = -1, .order = &w.order, .seed = how->seed },
                               .replications = 400 };
    ok = ok && forecast_make(&w.history, w.origin, &fh, &a, &f);
    for (size_t i = 0; i < f.n; i++) {
        double y = w.turn[f.row[i]] - w.origin;
        t->n++;
        t->middle += f.window[i].middle;
        t->truth += y;
        t->hit += y >= f.window[i].from && y <= f.window[i].to;
    }
    arena_free(&a);
    return ok;
}

TEST(towns_steady)
{
    for (int staff = 0; staff < 2; staff++) {
        struct tally t = { 0 };
        for (uint64_t s = 0; s < 12; s++) {
            struct world_how how = { .seed = 1000 + s,
                                     .weeks = 104,
                                     .after = 80,
                                     .workers = 30,
                                     .load = 1.1,
                                     .list = 10,
                                     .leave = 1. / 600,
                                     .turns = TURNS_AGED };
            CHECK(add_town(&how, staff > 0, &t));
        }
        CHECK(fabs(t.middle / t.truth - 1) < 0.15);
        CHECK(t.hit / t.n > 0.7 && t.hit / t.n < 0.92);
    }
}
