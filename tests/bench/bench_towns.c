// SPDX-License-Identifier: EUPL-1.2
/* Towns whose future is known: what the forecast says of them, beside the simple ways (make towns). */
#include "forecast/backtest.h"
#include "stat/world.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CHECK(x) (x)

struct tally {
    double n, middle, truth, hit, absolute, late, rival[RIVALS], late_w, width;
    double apart, lists; /* logarithm of middle against truth, each list for one */
};

/* What is asked of towns. */
struct asked {
    int seeds;
    uint64_t first;
    int only;       /* one of them; -1: all */
    bool corrected; /* by the experience of the 78 weeks before */
    bool round;     /* records end in December, March, June and September in turn */
    bool told;      /* somebody wrote down which of starts and requests changed five weeks before the end */
};

/* Of the list of a team; -1: of all. */
static void add_list(const struct world_how *how, bool staff, int team, const struct asked *asked,
                     struct tally *t)
{
    struct history_change change = { .known_to = INT32_MAX, .team = -1 };
    struct arena a;
    struct world w;
    struct forecast f;
    struct rivals *rivals;

    arena_init(&a, (size_t)1 << 30);
    if (!CHECK(world_make(how, staff, &a, &w)))
        return;
    change.at = change.known = w.origin - 5 * 7;
    change.of_what = how->story == STORY_SURGE ? HISTORY_REQUESTS : HISTORY_STARTS;
    w.history.change = &change;
    w.history.changes = asked->told;
    struct forecast_how fh = { .estimate = { .team = team, .order = &w.order, .seed = how->seed },
                               .replications = asked->corrected ? 200 : 400 };
    struct backtest_how bh = {
        .forecast = fh, .first = w.history.from + 26 * 7 - 1, .last = w.origin, .until = w.origin
    };
    struct backtest b = { 0 };
    struct view v = view_of(&w.history, w.origin, team, &a);
    enum forecast_way way = staff ? FORECAST_STAFF : FORECAST_RATE;
    if (asked->corrected) { /* by experience, which also chooses the way */
        if (!CHECK(backtest_run(&w.history, &bh, &a, &b)))
            return;
        fh.calibration = &b.calibration;
        way = b.calibration.way;
    }
    double middle = t->middle, truth = t->truth;
    rivals = arena_alloc(&a, sizeof *rivals);
    if (!CHECK(forecast_by(&w.history, w.origin, &fh, way, &a, &f)) ||
        !CHECK(rivals_fit(&v, WORLD_STREAMS, rivals)))
        return;
    for (size_t i = 0; i < f.n; i++) {
        int32_t turn = w.turn[f.row[i]];
        struct window rival[RIVALS];
        if (turn == TICK_NONE)
            turn = w.origin + how->after * 7 + 1;
        double y = turn - w.origin, most = how->after * 7. + 1;
        struct window x = f.window[i];
        t->n++;
        t->truth += y;
        t->hit += y >= x.from && y <= x.to;
        t->late += y > x.to;
        x.middle = (int32_t)fmin(x.middle, most);
        t->middle += x.middle;
        t->width += fmin(x.to, most) - fmin(x.from, most);
        t->absolute += fabs(x.middle - y);
        rivals_window(rivals, (size_t)f.stream[i], w.origin - w.history.received[f.row[i]].at, i, rival);
        for (size_t k = 0; k < RIVALS; k++)
            t->rival[k] += fabs(rival[k].middle - y);
    }
    if (f.n > 0) { /* half a week more: a wait of a day is nothing to measure by */
        double more = 3.5 * (double)f.n;
        t->apart += log((t->middle - middle + more) / (t->truth - truth + more));
        t->lists++;
    }
    arena_free(&a);
}

static void add_town(const struct world_how *how, bool staff, const struct asked *asked, struct tally *t)
{
    for (int team = 0; how->teams > 1 && !how->shared && team < how->teams; team++)
        add_list(how, staff, team, asked, t);
    if (how->teams < 2 || how->shared)
        add_list(how, staff, -1, asked, t);
}

#define USUAL .turns = TURNS_AGED, .illness = true, .seasons = true, .leave = 1. / 600

struct named {
    const char *name;
    struct world_how how;
};
static const struct named town[] = {
    { "growing", { .load = 1.22, .list = 8, .workers = 20, USUAL } },
    { "stable", { .load = 1.13, .list = 12, .workers = 20, USUAL } },
    { "shrinking", { .load = 1.02, .list = 30, .workers = 20, USUAL } },
    { "steady", { .load = 1.1, .list = 10, .workers = 30, .turns = TURNS_AGED, .leave = 1. / 600 } },
    { "surge", { .load = 1.12, .list = 9, .workers = 20, .story = STORY_SURGE, USUAL } },
    { "sick", { .load = 1.12, .list = 9, .workers = 21, .story = STORY_SICK, USUAL } },
    { "recovery", { .load = 1.12, .list = 5, .workers = 21, .story = STORY_RECOVERY, USUAL } },
};

/* Towns that the seven say nothing of. Long and short help: hours a case. */
static const struct named other[] = {
    { "two workers", { .load = 1.13, .list = 9, .workers = 2, USUAL } },
    { "three workers", { .load = 1.13, .list = 9, .workers = 3, USUAL } },
    { "six workers", { .load = 1.13, .list = 9, .workers = 6, USUAL } },
    { "summer dip", { .load = 1.18, .list = 10, .workers = 20, .dip = 0.3, USUAL } },
    { "all urgent", { .load = 1.13, .list = 9, .workers = 20, .urgent = true, USUAL } },
    { "two teams", { .load = 1.13, .list = 9, .workers = 20, .teams = 2, USUAL } },
    { "one list", { .load = 1.13, .list = 9, .workers = 20, .teams = 2, .shared = true, USUAL } },
    { "help of years", { .load = 1.13, .list = 20, .workers = 20, .hours = 200, USUAL } },
    { "help of weeks", { .load = 1.04, .list = 6, .workers = 20, .hours = 5, USUAL } },
    { "many leave",
      { .load = 1.5, .list = 6, .workers = 20, .turns = TURNS_AGED, .illness = true, .leave = 1. / 60 } },
    { "nearly empty", { .load = 1.0, .list = 1, .workers = 20, USUAL } },
    { "classes", { .load = 1.1, .list = 9, .workers = 20, .turns = TURNS_CLASS, .illness = true } },
};

static void print_town(const char *name, bool staff, int seeds, const struct tally *t, double ms)
{
    printf("%-5s %-13s n %4.0f truth %5.1f mid %5.1f (%+5.1f%%, each list for one %+5.1f%%) hit %.3f late "
           "%.3f width %5.1f mae "
           "%5.1f les %5.1f pos %5.1f mean %5.1f km %5.1f naive %5.1f  %.0f ms\n",
           staff ? "staff" : "rate", name, t->n / seeds, t->truth / t->n, t->middle / t->n,
           100 * (t->middle / t->truth - 1), 100 * expm1(t->apart / t->lists), t->hit / t->n, t->late / t->n,
           t->width / t->n, t->absolute / t->n, t->rival[0] / t->n, t->rival[1] / t->n, t->rival[2] / t->n,
           t->rival[3] / t->n, t->rival[4] / t->n, ms / seeds);
    fflush(stdout);
}

/* Records end at the end of December, or round the year, because what a season makes of a forecast is the
 * same in all towns. */
static void towns(const struct named *of, size_t n, const struct asked *asked)
{
    for (int staff = 0; staff < 2; staff++)
        for (size_t k = 0; k < n; k++) {
            struct tally t = { 0 };
            clock_t c = clock();
            for (int s = 0; s < asked->seeds && (asked->only < 0 || asked->only == (int)k); s++) {
                struct world_how how = of[k].how;
                how.weeks = 104 + (asked->round ? 13 * (s % 4) : 0);
                how.after = 80;
                how.seed = asked->first + (uint64_t)s;
                add_town(&how, staff, asked, &t);
            }
            if (t.n > 0)
                print_town(of[k].name, staff, asked->seeds, &t,
                           1000. * (double)(clock() - c) / CLOCKS_PER_SEC);
        }
}
static void show(const char *name, const struct backtest_part *p)
{
    printf("  %-6s n %6zu cov %.3f early %.3f late %.3f width %5.1f bias %5.1f mae %5.2f pin %.2f crps %.2f "
           "| first %zu %.3f last %zu %.3f | open %zu left %zu missed %zu withdrawn %zu\n",
           name, p->every.n, p->every.coverage, p->every.early, p->every.late, p->every.width, p->every.bias,
           p->every.absolute, p->every.pinball, p->every.crps, p->first.n, p->first.coverage, p->last.n,
           p->last.coverage, p->open, p->left, p->missed, p->withdrawn);
    for (int k = 0; k < RIVALS; k++)
        printf("     %-10s cov %.3f width %5.1f mae %5.2f pin %.2f\n", rival_code[k], p->rival[k].coverage,
               p->rival[k].width, p->rival[k].absolute, p->rival[k].pinball);
}

static void run(const char *name, const struct world_how *how, bool staff, bool frozen)
{
    struct arena a;
    struct world w;
    struct backtest b;
    clock_t c = clock();

    arena_init(&a, (size_t)1 << 30);
    if (!CHECK(world_make(how, staff, &a, &w)))
        return;
    double made = (double)(clock() - c) / CLOCKS_PER_SEC;
    struct backtest_how bh = { .forecast = { .estimate = { .team = -1,
                                                           .order = &w.order,
                                                           .seed = how->seed,
                                                           .days = 300,
                                                           .frozen = frozen,
                                                           .frozen_at = w.history.from + 300 },
                                             .replications = 500 },
                               .first = w.history.from + 182,
                               .last = w.origin,
                               .until = w.origin };
    c = clock();
    if (!CHECK(backtest_run(&w.history, &bh, &a, &b)))
        return;
    printf("%s staff %d frozen %d: origins %zu way %zu %zu %zu factor %.2f %.2f withdrawals %zu at %d hit "
           "%.2f (world %.2f s, backtest %.2f s)\n",
           name, staff, frozen, b.origins, b.way[0], b.way[1], b.way[2], b.calibration.all.factor.low,
           b.calibration.all.factor.high, b.withdrawals, b.withdrawn_at - w.history.from,
           b.calibration.all.hit, made, (double)(clock() - c) / CLOCKS_PER_SEC);
    show("all", &b.all);
    for (size_t s = 0; s < b.streams; s++)
        printf("    stream %zu n %zu cov %.3f early %.3f late %.3f width %.1f mae %.2f les %.2f\n", s,
               b.stream[s].every.n, b.stream[s].every.coverage, b.stream[s].every.early,
               b.stream[s].every.late, b.stream[s].every.width, b.stream[s].every.absolute,
               b.stream[s].rival[0].absolute);
    fflush(stdout);
    arena_free(&a);
}

/* A three-year back-test, every week a refit, 2,000 runs: in the way that is used, and with the ways that
 * compete with it. */
static void speed(int only)
{
    struct world_how how = { .seed = 4,
                             .weeks = 208,
                             .workers = 40,
                             .load = 1.15,
                             .list = 16,
                             .leave = 1. / 500,
                             .turns = TURNS_AGED,
                             .illness = true,
                             .seasons = true };
    struct arena a;
    struct world w;
    struct backtest b;

    arena_init(&a, (size_t)1 << 31);
    if (!world_make(&how, true, &a, &w))
        return;
    for (int k = only < 0 ? 0 : only; k < 3 && (only < 0 || k == only); k++) {
        struct backtest_how bh = { .forecast = { .estimate = { .team = -1, .order = &w.order, .days = 182 },
                                                 .replications = 2000 },
                                   .first = w.origin - 156 * 7,
                                   .last = w.origin,
                                   .until = w.origin,
                                   .one_way = k < 2,
                                   .way = k == 0 ? FORECAST_STAFF : FORECAST_RATE };
        clock_t c = clock();
        if (!backtest_run(&w.history, &bh, &a, &b))
            return;
        printf("three years, %zu origins, %.0f waiting, 2,000 runs, %s: %.2f s on one core\n", b.origins,
               (double)b.n / (double)b.origins,
               k == 0   ? "staff"
               : k == 1 ? "rate"
                        : "ways that compete",
               (double)(clock() - c) / CLOCKS_PER_SEC);
        fflush(stdout);
    }
    arena_free(&a);
}

/* t: the seven towns; c: with correction; Y, y: round the year, without and with; k: what changed is written
 * down; o: other towns; b: back-tests; s: how fast. Then how many seeds, the first, and which town. */
int main(int argc, char **argv)
{
    char what = argc > 1 ? argv[1][0] : 't';
    int number = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 200;

    if (what == 's')
        speed(argc > 2 ? number : -1);
    struct asked asked = { .seeds = number,
                           .first = argc > 3 ? strtoull(argv[3], NULL, 10) : 1000,
                           .only = argc > 4 ? (int)strtol(argv[4], NULL, 10) : -1,
                           .corrected = what == 'c' || what == 'y',
                           .round = what == 'y' || what == 'Y',
                           .told = what == 'k' };
    if (what == 'o')
        towns(other, sizeof other / sizeof *other, &asked);
    else if (strchr("tcyYk", what) != NULL)
        towns(town, sizeof town / sizeof *town, &asked);
    for (int story = 0; what == 'b' && story < 3; story++) {
        struct world_how h = { .seed = (uint64_t)number,
                               .weeks = 156,
                               .after = 10,
                               .workers = 40,
                               .load = 1.1,
                               .list = 10,
                               .leave = 1. / 500,
                               .turns = TURNS_AGED,
                               .illness = true,
                               .seasons = argc > 3,
                               .story = story > 0 ? STORY_LONGER : STORY_NONE };
        run(story > 0 ? "longer" : "stable", &h, true, story == 2);
        if (story < 2)
            run(story > 0 ? "longer" : "stable", &h, false, false);
    }
    return 0;
}
