// SPDX-License-Identifier: EUPL-1.2
/* Seven towns with a known future, and other towns: the whole way from a history to windows, without any
 * experience of earlier windows. `make towns` does it with 200 seeds each and prints the figures. */
#include "forecast/backtest.h"
#include "stat/world.h"
#include "unit/test.h"

#include <math.h>

struct tally {
    double n, middle, truth, hit, absolute, rival[RIVALS];
};

/* The windows of one town against what came. told: somebody wrote down that there are fewer hands. */
static void add_town(const struct world_how *how, bool staff, bool told, struct tally *t)
{
    struct history_change fewer = { .known_to = INT32_MAX, .team = -1, .of_what = HISTORY_STARTS };
    struct arena a;
    struct world w;
    struct forecast f = { 0 };

    arena_init(&a, (size_t)1 << 28);
    bool ok = world_make(how, staff, &a, &w);
    fewer.at = fewer.known = w.origin - 5 * 7; /* the third has fallen ill */
    w.history.change = &fewer;
    w.history.changes = told;
    struct forecast_how fh = { .estimate = { .team = -1, .order = &w.order, .seed = how->seed },
                               .replications = 300 };
    struct view v = view_of(&w.history, w.origin, -1, &a);
    struct rivals *rivals = arena_alloc(&a, sizeof *rivals);
    ok = ok && rivals != NULL &&
         forecast_by(&w.history, w.origin, &fh, staff ? FORECAST_STAFF : FORECAST_RATE, &a, &f) &&
         rivals_fit(&v, WORLD_STREAMS, rivals);
    CHECK(ok);
    for (size_t i = 0; ok && i < f.n; i++) {
        int32_t turn = w.turn[f.row[i]], waited = w.origin - w.history.received[f.row[i]].at;
        double y = (turn == TICK_NONE ? w.origin + how->after * 7 + 1 : turn) - w.origin;
        struct window rival[RIVALS];
        t->n++;
        t->middle += f.window[i].middle;
        t->truth += y;
        t->hit += y >= f.window[i].from && y <= f.window[i].to;
        t->absolute += fabs(f.window[i].middle - y);
        rivals_window(rivals, (size_t)f.stream[i], waited, i, rival);
        for (size_t k = 0; k < RIVALS; k++)
            t->rival[k] += fabs(rival[k].middle - y);
    }
    arena_free(&a);
}

/* What 200 seeds show is within 15 %, and right for 75-85 % (make towns); of fewer seeds a little wider, as
 * everybody in a town shares its luck. Staff: simulated workers. */
static double check_town(struct world_how how, bool staff, int seeds, double off)
{
    bool abrupt = how.story == STORY_SURGE || how.story == STORY_SICK || how.story == STORY_RECOVERY;
    struct tally t = { 0 };

    how.weeks = 104;
    how.after = 80;
    how.leave = 1. / 600;
    for (int s = 0; s < seeds; s++) {
        how.seed = 1000 + (uint64_t)s;
        add_town(&how, staff, false, &t);
    }
    CHECK(fabs(t.middle / t.truth - 1) < off);
    CHECK(t.hit / t.n > (staff ? 0.5 : 0.62) && t.hit / t.n < 0.95);
    if (abrupt) {
        CHECK(t.absolute < t.rival[RIVAL_POSITION]);
        CHECK(t.absolute < t.rival[RIVAL_MEAN]);
        CHECK(t.absolute < t.rival[RIVAL_SURVIVAL]);
    }
    return t.hit / t.n;
}

#define USUAL .turns = TURNS_AGED, .illness = true, .seasons = true

TEST_LONG(towns_seven)
{
    static const struct world_how town[] = {
        { .load = 1.22, .list = 8, .workers = 20, USUAL },                          /* slowly growing */
        { .load = 1.13, .list = 12, .workers = 20, USUAL },                         /* stable */
        { .load = 1.02, .list = 30, .workers = 20, USUAL },                         /* shrinking */
        { .load = 1.10, .list = 10, .workers = 30, .turns = TURNS_AGED },           /* steady */
        { .load = 1.12, .list = 9, .workers = 20, .story = STORY_SURGE, USUAL },    /* surge */
        { .load = 1.12, .list = 9, .workers = 21, .story = STORY_SICK, USUAL },     /* sick leave */
        { .load = 1.12, .list = 5, .workers = 21, .story = STORY_RECOVERY, USUAL }, /* recovery */
    };

    double hit = 0, staff = 0;

    for (size_t k = 0; k < sizeof town / sizeof *town; k++) {
        hit += check_town(town[k], false, 30, 0.17);
        staff += check_town(town[k], true, 16, 0.19);
    }
    CHECK(hit / 7 > 0.75 && hit / 7 < 0.86);
    CHECK(staff / 7 > 0.7 && staff / 7 < 0.86);
}

/* Without staff nothing tells of sick leave but five weeks with fewer starts, which may be chance. Where
 * somebody wrote down that something changed, the middle is within 15 % and the period right for 75-85 %, as
 * asked, on two sets of 200 seeds. */
TEST_LONG(towns_sick_leave_told)
{
    for (uint64_t first = 20000; first <= 30000; first += 10000) {
        struct tally told = { 0 }, alone = { 0 };
        for (uint64_t s = 0; s < 200; s++) {
            struct world_how how = { .seed = first + s,
                                     .weeks = 104,
                                     .after = 80,
                                     .workers = 21,
                                     .load = 1.12,
                                     .list = 9,
                                     .leave = 1. / 600,
                                     .story = STORY_SICK,
                                     USUAL };
            add_town(&how, false, true, &told);
            add_town(&how, false, false, &alone);
        }
        CHECK(fabs(told.middle / told.truth - 1) < 0.15);
        CHECK(told.hit / told.n > 0.75 && told.hit / told.n < 0.85);
        CHECK(told.absolute < alone.absolute);
    }
}

/* Other sizes, orders and amounts of work. */
TEST_LONG(towns_other)
{
    static const struct world_how town[] = {
        { .load = 1.1,
          .list = 10,
          .workers = 40,
          .turns = TURNS_CLASS,
          .work = WORK_TWO_KINDS,
          .illness = true },
        { .load = 1.1, .list = 12, .workers = 12, .turns = TURNS_ASKED, .work = WORK_GAMMA, .illness = true },
        { .load = 1.1, .list = 14, .workers = 6, .turns = TURNS_AGED, .work = WORK_TWO_KINDS },
    };

    for (size_t k = 0; k < sizeof town / sizeof *town; k++) {
        check_town(town[k], true, 6, 0.22);
        check_town(town[k], false, 6, 0.22);
    }
}
