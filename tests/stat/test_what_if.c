// SPDX-License-Identifier: EUPL-1.2
/* Changes of a model and their effect. */
#include "forecast/what_if.h"
#include "stat/model_data.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

static struct model *town(struct arena *a)
{
    return model_data_make(&(struct model_data){ { 3, 24, 75 }, 10, 420, 5, true }, a);
}

/* Each change goes the way that it must, in every stream (within chance), and the interval holds the change.
 */
TEST(what_if_goes_the_right_way)
{
    struct ctx *c = test_begin_bare();
    struct model *m = town(c->arena);
    const struct what_if change[] = {
        { .day = 30, .workers = 1, .room = 1, .arrivals = 1 },
        { .hours = 20, .room = 1, .arrivals = 1 },
        { .hours = -20, .room = 1, .arrivals = 1 },
        { .day = 60, .until = 90, .away = 0.3f, .room = 1, .arrivals = 1 },
        { .day = 60, .until = 120, .room = 1, .arrivals = 1.3f },
        { .day = 14, .workers = -2, .room = 1, .arrivals = 1 },
        WHAT_IF_NOTHING,
    };
    static const int way[] = { -1, -1, 1, 1, 1, 1, 0 };
    struct what_if_ask ask = { .seed = 1, .replications = 1000, .threads = 2 };
    struct what_if_out *out;

    CHECK(what_if_run(m, change, 7, &ask, c->arena, &out));
    for (size_t k = 0; k < 7; k++)
        for (int asked = 0; asked < WHAT_IF_ASKED; asked++)
            for (size_t s = 0; s < 3; s++) {
                const struct what_if_value *v[2] = { &out[k + 1].middle[asked][s],
                                                     &out[k + 1].p80[asked][s] };
                for (int q = 0; q < 2; q++) {
                    CHECK(isnan(v[q]->change) || v[q]->change * way[k] >= -0.25);
                    CHECK(isnan(v[q]->change) ||
                          (v[q]->change_low <= v[q]->change && v[q]->change <= v[q]->change_high));
                    CHECK(way[k] != 0 ||
                          (v[q]->change == 0 && v[q]->change_low == 0 && v[q]->change_high == 0));
                }
            }
    /* the regular ones of this short list feel it */
    CHECK(out[3].middle[0][2].change > 0.5 && out[3].middle[0][2].change_low > 0);
    CHECK(out[1].p80[1][2].change < 0);
}

/* The interval by batches holds what ten times as many replications say, in nearly all of the cases. */
TEST(what_if_interval_holds)
{
    struct ctx *c = test_begin_bare();
    struct model *m = town(c->arena);
    const struct what_if change[] = { { .hours = -20, .room = 1, .arrivals = 1 },
                                      { .day = 30, .workers = 1, .room = 1, .arrivals = 1 } };
    struct what_if_ask many = { .seed = 99, .replications = 8000, .threads = 2 };
    struct what_if_out *truth, *out;
    int held = 0, all = 0;

    CHECK(what_if_run(m, change, 2, &many, c->arena, &truth));
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct what_if_ask ask = { .seed = seed, .replications = 500, .threads = 2 };
        CHECK(what_if_run(m, change, 2, &ask, c->arena, &out));
        for (size_t k = 1; k <= 2; k++) {
            const struct what_if_value *v = &out[k].middle[0][2];
            double is = truth[k].middle[0][2].change;
            held += v->change_low <= is && is <= v->change_high;
            all++;
        }
    }
    CHECK(held >= all - 4);
}

/* Under the rule that only counts the wait, the urgent wait longer and the others shorter. */
TEST(what_if_another_order)
{
    struct ctx *c = test_begin_bare();
    struct model *m = town(c->arena);
    static const uint16_t rank[3] = { 1, 1, 1 };
    const struct history_order by_wait = { .streams = 3, .ages = 1, .rank = rank };
    struct what_if change = WHAT_IF_NOTHING;
    struct what_if_ask ask = { .seed = 1, .replications = 500, .threads = 2 };
    struct what_if_out *out;

    change.order = &by_wait;
    CHECK(what_if_run(m, &change, 1, &ask, c->arena, &out));
    CHECK(out[1].middle[0][0].change > 5 && out[1].middle[0][2].change <= 0);
}

TEST(what_if_refuses)
{
    struct ctx *c = test_begin_bare();
    struct model *m = town(c->arena), with;
    struct what_if many = WHAT_IF_NOTHING, none = WHAT_IF_NOTHING;

    many.workers = 55;
    none.workers = -10;
    CHECK(!what_if_make(m, &many, c->arena, &with));
    CHECK(!what_if_make(m, &none, c->arena, &with));
    m->days = WHAT_IF_LATE;
    CHECK(!what_if_run(m, NULL, 0, &(struct what_if_ask){ 1, 100, 1 }, c->arena,
                       &(struct what_if_out *){ NULL }));
}
