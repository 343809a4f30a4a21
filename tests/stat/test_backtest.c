// SPDX-License-Identifier: EUPL-1.2
/* The back-test: who is scored, that nothing of the future leaks in, the factors, the bar and its negative
 * controls, and the real files. */
#include "unit/test.h"
#include "base/date.h"
#include "forecast/backtest.h"
#include "forecast/order_found.h"
#include "stat/csv.h"
#include "stat/world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct world_how town = { .seed = 5,
                                       .weeks = 104,
                                       .after = 30,
                                       .workers = 24,
                                       .load = 1.12,
                                       .list = 9,
                                       .leave = 1. / 600,
                                       .turns = TURNS_AGED,
                                       .illness = true };

static struct forecast_how how_of(const struct world *w, uint32_t runs)
{
    return (struct forecast_how){ .estimate = { .team = -1, .order = &w->order, .seed = 11, .days = 250 },
                                  .replications = runs };
}

/* ── Nothing of the future, and the same bytes ────────────────────────────────────────────────────────────
 */

/* Everything after the origin is made different: the windows of the origin stay. */
TEST(backtest_sees_no_future)
{
    struct arena a;
    struct world w;
    struct forecast before, after;

    arena_init(&a, (size_t)1 << 29);
    struct world_how busy = town;
    busy.load = 1.2;
    if (!CHECK(world_make(&busy, true, &a, &w)))
        return;
    int32_t origin = w.origin - 7;
    struct forecast_how how = how_of(&w, 200);
    CHECK(forecast_make(&w.history, origin, &how, &a, &before));
    struct history h = w.history;
    struct history_fact *column[3];
    const struct history_fact *from[3] = { h.started, h.left, h.closed };
    for (int k = 0; k < 3; k++) {
        column[k] = arena_array(&a, h.n, sizeof *column[k]);
        memcpy(column[k], from[k], h.n * sizeof *column[k]);
        for (size_t i = 0; i < h.n; i++)
            if (column[k][i].at > origin)
                column[k][i] = (struct history_fact){ column[k][i].at + 500, column[k][i].known + 500 };
    }
    h.started = column[0];
    h.left = column[1];
    h.closed = column[2];
    CHECK(forecast_make(&h, origin, &how, &a, &after));
    CHECK(before.n > 20);
    CHECK_INT(before.way, FORECAST_STAFF);
    CHECK(before.n == after.n && memcmp(before.window, after.window, before.n * sizeof *before.window) == 0);
    CHECK(forecast_by(&w.history, origin, &how, FORECAST_RATE, &a, &before) && before.way == FORECAST_RATE);
    CHECK(forecast_by(&h, origin, &how, FORECAST_RATE, &a, &after));
    CHECK(before.n == after.n && memcmp(before.window, after.window, before.n * sizeof *before.window) == 0);
    /* What happened before, but was written down later, is not known either. */
    for (size_t i = 0; i < h.n; i++)
        if (w.history.started[i].at != TICK_NONE && w.history.started[i].at > origin - 30 &&
            w.history.started[i].at <= origin)
            column[0][i] = (struct history_fact){ w.history.started[i].at, origin + 1 };
    CHECK(forecast_make(&h, origin, &how, &a, &after));
    CHECK(after.n > before.n + 10);
    arena_free(&a);
}

TEST(backtest_same_bytes)
{
    struct arena a;
    struct world w;
    struct forecast one, two;

    arena_init(&a, (size_t)1 << 29);
    if (!CHECK(world_make(&town, true, &a, &w)))
        return;
    struct forecast_how how = how_of(&w, 300);
    how.newcomer = true;
    CHECK(forecast_make(&w.history, w.origin, &how, &a, &one));
    how.threads = 2;
    CHECK(forecast_make(&w.history, w.origin, &how, &a, &two));
    CHECK(one.n == two.n && memcmp(one.window, two.window, one.n * sizeof *one.window) == 0);
    for (size_t s = 0; s < WORLD_STREAMS; s++)
        CHECK(memcmp(&one.newcomer[s], &two.newcomer[s], sizeof *one.newcomer) == 0);
    /* Who would ask today waits longer than the first of the list, and urgent shorter than normal. */
    CHECK(one.newcomer[2].middle > one.window[0].middle && one.newcomer[0].middle < one.newcomer[2].middle);
    arena_free(&a);
}

/* ── Who is scored ────────────────────────────────────────────────────────────────────────────────────────
 */

/* A list of one start a day in order of asking; from some day on nobody starts any more. */
TEST(backtest_not_started_is_a_miss)
{
    enum { N = 420, STOP = 360, QUEUE = 20 };
    static struct history_fact received[N], started[N], none[N];
    static int16_t stream[N], team[N];
    static const uint16_t rank[1] = { 0 };
    struct history_order order = { .streams = 1, .ages = 1, .rank = rank };
    struct history h = { .n = N,
                         .received = received,
                         .started = started,
                         .left = none,
                         .closed = none,
                         .stream = stream,
                         .team = team,
                         .streams = 1,
                         .teams = 1,
                         .ticks_a_day = 1 };
    struct arena a;
    struct backtest b;

    for (int i = 0; i < N; i++) {
        received[i] = (struct history_fact){ i, i };
        none[i] = started[i] = (struct history_fact){ TICK_NONE, TICK_NONE };
        if (i + QUEUE < STOP)
            started[i] = (struct history_fact){ i + QUEUE, i + QUEUE };
    }
    arena_init(&a, (size_t)1 << 28);
    struct backtest_how how = { .forecast = { .estimate = { .team = -1, .order = &order, .days = 100 },
                                              .replications = 200 },
                                .first = 200,
                                .last = N - 1,
                                .until = N - 1,
                                .one_way = true,
                                .way = FORECAST_RATE,
                                .plain = true };
    CHECK(backtest_run(&h, &how, &a, &b));
    size_t missed = 0;
    for (size_t i = 0; i < b.n; i++) {
        const struct backtest_row *r = &b.row[i];
        bool over = r->origin + r->window.to <= N - 1;
        CHECK(r->scored == over);
        missed += r->scored && isinf(r->turn);
        if (r->origin < STOP - 60)
            CHECK(r->scored && fabs(r->turn - (received[r->row].at + QUEUE - r->origin)) < 0.5);
    }
    CHECK(missed > 20);
    CHECK_INT((int64_t)b.all.missed, (int64_t)missed);
    CHECK(b.all.every.late > 0 && b.all.every.coverage < 1);
    arena_free(&a);
}

/* Turns that are twice as spread as the windows say: the factors find it, and only from windows that are
 * over. The same from those who started, whenever that was, is too narrow: the early starters. */
TEST(backtest_factors)
{
    enum { WEEKS = 160, EACH = 20, N = WEEKS * EACH };
    static struct outcome o[N], started[N];
    struct calibration c, naive;
    struct arena a;
    struct rng r;
    size_t n = 0;

    rng_seed(&r, 17);
    for (int i = 0; i < N; i++) {
        double turn = 100 + 40 * rng_normal(&r);
        /* P10 and P90 of a standard deviation of 20. */
        o[i] = (struct outcome){ .origin = i / EACH * 7,
                                 .raw = { 74, 100, 126 },
                                 .window = { 74, 100, 126 },
                                 .turn = turn < 1 ? 1 : floor(turn),
                                 .weight = 1 };
    }
    int32_t now = WEEKS * 7;
    for (int i = 0; i < N; i++)
        if (o[i].origin + o[i].turn <= now) {
            started[n] = o[i];
            started[n++].origin = o[i].origin; /* as if every window of who started were over */
            started[n - 1].raw.to = started[n - 1].window.to = (int32_t)o[i].turn > 126 ? 126 : 126;
        }
    for (int i = 0; i < N; i++)
        if (o[i].origin + o[i].turn > now)
            o[i].turn = INFINITY;
    arena_init(&a, (size_t)1 << 24);
    calibration_start(FORECAST_RATE, &c);
    CHECK(calibration_step(o, N, 1, now, 7, &a, &c));
    /* About twice, and more for what was missed so far. */
    CHECK(c.all.factor.low > 1.5 && c.all.factor.low < 2.8);
    CHECK(c.all.factor.high > 1.5 && c.all.factor.high < 2.8);
    CHECK(!c.all.told && c.all.reason == CALIBRATION_MISSED && c.all.hit < 0.6);
    /* Of recent origins only those who started. */
    size_t late = 0;
    for (size_t i = 0; i < n; i++)
        if (started[i].origin > now - 130) {
            started[late] = started[i];
            started[late].origin = now - 126;
            late++;
        }
    calibration_start(FORECAST_RATE, &naive);
    CHECK(calibration_step(started, late, 1, now, 7, &a, &naive));
    CHECK(naive.all.factor.high < c.all.factor.high);
    arena_free(&a);
}

/* Windows of so many weeks with `each` turns, in their order; as they were given `wide` to each side, which
 * is right in eight of ten, so that nothing is owed. */
static void give_weeks(const double *turn, size_t weeks, size_t each, int32_t wide, struct outcome *o)
{
    for (size_t i = 0; i < weeks * each; i++)
        o[i] = (struct outcome){ .origin = (int32_t)(i / each) * 7,
                                 .raw = { 74, 100, 126 },
                                 .window = { 100 - wide, 100, 100 + wide },
                                 .turn = turn[i],
                                 .weight = 1 };
}

/* The same turns, once over two years and once of as many people in a quarter: less is known then, so windows
 * stay nearer to what the model says. */
TEST(backtest_factors_together)
{
    enum { WEEKS = 104, EACH = 20, FEW = 8, N = WEEKS * EACH };
    static struct outcome o[N];
    static double turn[N];
    struct calibration years, quarter;
    struct arena a;

    for (int i = 0; i < N; i++)
        turn[i] = 100 + (i % 2 == 0 ? 60 : -60) * (i / 2 % 10) / 9.;
    arena_init(&a, (size_t)1 << 24);
    calibration_start(FORECAST_RATE, &years);
    calibration_start(FORECAST_RATE, &quarter);
    int32_t now = (WEEKS + 25) * 7;
    give_weeks(turn, WEEKS, EACH, 52, o);
    CHECK(calibration_step(o, N, 1, now, 7, &a, &years));
    give_weeks(turn, WEEKS / FEW, EACH * FEW, 52, o);
    CHECK(calibration_step(o, N, 1, now, 7, &a, &quarter));
    CHECK(years.all.factor.low > 1.4 && years.all.factor.high > 1.4);
    CHECK(quarter.all.factor.low > 1.1 && quarter.all.factor.low < 0.93 * years.all.factor.low);
    CHECK(quarter.all.factor.high > 1.1 && quarter.all.factor.high < 0.93 * years.all.factor.high);
    arena_free(&a);
}

/* A calm year is a few seasons, however many people waited in it: windows become less wide, not half. When
 * it is over and turns come as the model says, or farther, they are not too narrow by then. */
TEST(backtest_factors_calm_year)
{
    enum { WEEKS = 52, EACH = 40, N = WEEKS * EACH };
    static struct outcome o[N];
    static double turn[N];
    struct calibration c;
    struct arena a;

    for (int i = 0; i < N; i++)
        turn[i] = 100 + i % 11 - 5; /* a fifth of the windows */
    arena_init(&a, (size_t)1 << 24);
    calibration_start(FORECAST_RATE, &c);
    give_weeks(turn, WEEKS, EACH, 4, o);
    CHECK(calibration_step(o, N, 1, (WEEKS + 18) * 7, 7, &a, &c));
    CHECK(c.all.factor.low > 0.6 && c.all.factor.low < 0.9);
    CHECK(c.all.factor.high > 0.6 && c.all.factor.high < 0.9);
    arena_free(&a);
}

/* Withdrawn below the bar, back only from the higher one on, silent with too few. */
TEST(backtest_bar)
{
    static struct outcome o[600];
    struct calibration c;
    struct arena a;
    static const struct {
        int right; /* of a hundred */
        bool told;
        enum calibration_reason reason;
    } step[] = { { 80, true, CALIBRATION_TOLD },
                 { 68, true, CALIBRATION_TOLD },
                 { 60, false, CALIBRATION_MISSED },
                 { 68, false, CALIBRATION_MISSED },
                 { 74, true, CALIBRATION_TOLD } };

    arena_init(&a, (size_t)1 << 24);
    calibration_start(FORECAST_RATE, &c);
    CHECK(calibration_step(o, 0, 1, 100, 7, &a, &c));
    CHECK(!c.all.told && c.all.reason == CALIBRATION_FEW && isnan(c.all.hit));
    for (size_t k = 0; k < sizeof step / sizeof *step; k++) {
        for (int i = 0; i < 600; i++)
            o[i] = (struct outcome){ .origin = 7 * (i / 60),
                                     .stream = 1,
                                     .raw = { 5, 10, 20 },
                                     .window = { 5, 10, 20 },
                                     .weight = 1,
                                     .turn = i % 60 * 100 / 60 < step[k].right ? 10 : 40 };
        CHECK(calibration_step(o, 600, 2, 100, 7, &a, &c));
        CHECK(c.all.told == step[k].told && c.all.reason == step[k].reason);
        CHECK(c.stream[0].told == step[k].told && c.stream[0].n == 0); /* follows the list */
        CHECK(c.stream[1].told == step[k].told && c.stream[1].n == 600);
    }
    arena_free(&a);
}

/* In which order a list is followed is found, and that it is not. */
TEST(backtest_order_found)
{
    static const enum order_kind want[] = { ORDER_ASKED, ORDER_CLASS, ORDER_AGED };

    for (enum world_turns k = TURNS_ASKED; k <= TURNS_AGED; k++) {
        struct world_how how = town;
        struct history_order order;
        enum order_kind kind;
        struct arena a;
        struct world w;
        double share;

        how.turns = k;
        arena_init(&a, (size_t)1 << 28);
        if (!CHECK(world_make(&how, false, &a, &w)))
            return;
        struct view v = view_of(&w.history, w.origin, -1, &a);
        CHECK(order_find(&v, WORLD_STREAMS, &order, &kind, &share));
        CHECK_INT(kind, want[k]);
        CHECK(share < 0.1);
        CHECK(order_share(&v, &w.order) < 0.02); /* the true one */
        arena_free(&a);
    }
}

/* A team that keeps another habit than the rule: the habit is found, also from when on waiting long goes
 * first; a rule that is followed holds. */
TEST(backtest_order_followed)
{
    static const uint16_t strict[WORLD_STREAMS] = { 3, 2, 1 };
    const struct history_order classes = { .streams = WORLD_STREAMS, .ages = 1, .rank = strict };
    struct arena a;
    struct world asked, by_class, aged;

    struct world_how how = town;
    arena_init(&a, (size_t)1 << 29);
    how.turns = TURNS_ASKED;
    bool made = world_make(&how, false, &a, &asked);
    how.turns = TURNS_CLASS;
    made = made && world_make(&how, false, &a, &by_class);
    how.turns = TURNS_AGED;
    if (!CHECK(made && world_make(&how, false, &a, &aged)))
        return;
    const struct {
        const struct world *world;
        const struct history_order *rule;
        int32_t least, most;                        /* days */
    } expect[] = { { &by_class, &classes, -2, -2 }, /* as the rule says */
                   { &aged, &aged.order, -2, -2 },
                   { &asked, &classes, 7, 14 } }; /* who asked first: nearly no class */
    for (size_t i = 0; i < COUNT(expect); i++) {
        struct view v = view_of(&expect[i].world->history, expect[i].world->origin, -1, &a);
        struct history_order order;
        int32_t days;
        CHECK(order_followed(&v, expect[i].rule, &a, &order, &days));
        CHECK(days >= expect[i].least && days <= expect[i].most);
        CHECK(order_share(&v, &order) <= order_share(&v, expect[i].rule));
        if (days != -2)
            CHECK(order_share(&v, &order) < order_share(&v, expect[i].rule) - 0.04);
    }
    arena_free(&a);
}

/* ── Worlds that stay as they are, and that drift ─────────────────────────────────────────────────────────
 */

struct sums {
    double n, hit, absolute, last, class_n[WORLD_STREAMS], class_hit[WORLD_STREAMS];
    size_t withdrawals, withdrawn, scored;
};

static void add_world(const struct world_how *world, bool staff, const struct backtest_how *as,
                      struct sums *s)
{
    struct arena a;
    struct world w;
    struct backtest b;

    arena_init(&a, (size_t)1 << 29);
    if (!CHECK(world_make(world, staff, &a, &w)))
        return;
    struct backtest_how how = *as;
    how.forecast = how_of(&w, 150);
    how.forecast.estimate.frozen = as->forecast.estimate.frozen;
    how.forecast.estimate.frozen_at = w.history.from + 280;
    how.first = w.history.from + 26 * 7;
    how.last = how.until = w.origin;
    if (!CHECK(backtest_run(&w.history, &how, &a, &b)))
        return;
    s->n += (double)b.all.every.n;
    s->hit += (double)b.all.every.n * b.all.every.coverage;
    s->absolute += (double)b.all.every.n * b.all.every.absolute;
    s->last += (double)b.all.every.n * b.all.rival[RIVAL_LAST].absolute;
    for (size_t k = 0; k < WORLD_STREAMS; k++)
        if (b.stream[k].every.n > 0) {
            s->class_n[k] += (double)b.stream[k].every.n;
            s->class_hit[k] += (double)b.stream[k].every.n * b.stream[k].every.coverage;
        }
    s->withdrawals += b.withdrawals;
    s->withdrawn += b.all.withdrawn;
    s->scored += b.all.every.n;
    arena_free(&a);
}

/* Coverage in worlds whose model the forecaster does not know, with help that becomes a fifth longer in half
 * of them; and better than the last to start. */
TEST_LONG(backtest_worlds)
{
    for (int drift = 0; drift < 2; drift++) {
        struct sums s = { 0 };
        for (uint64_t seed = 1; seed <= 3; seed++) {
            struct world_how how = town;
            how.seed = seed;
            how.weeks = 130;
            how.story = drift > 0 ? STORY_LONGER : STORY_NONE;
            add_world(&how, seed % 2 == 0, &(struct backtest_how){ .plain = false }, &s);
        }
        CHECK(s.hit / s.n > 0.76 && s.hit / s.n < 0.85);
        for (size_t k = 0; k < WORLD_STREAMS; k++)
            CHECK(s.class_hit[k] / s.class_n[k] >= 0.75);
        CHECK(s.absolute < 0.85 * s.last);
        CHECK(s.withdrawn * 5 < s.scored); /* mostly before there is enough to judge */
    }
}

/* Negative controls: estimates that stay as they were, without any correction, while help comes to take a
 * fifth longer: the alarm goes and the windows are withdrawn. In the same world with fresh estimates, or in a
 * stable world, it does not. */
TEST_LONG(backtest_alarm)
{
    struct sums frozen = { 0 }, fresh = { 0 }, stable = { 0 };
    struct backtest_how plain = { .plain = true, .one_way = true, .way = FORECAST_STAFF };
    struct world_how longer = town, same = town;

    longer.story = STORY_LONGER;
    longer.weeks = same.weeks = 130;
    plain.forecast.estimate.frozen = true;
    add_world(&longer, true, &plain, &frozen);
    add_world(&longer, true, &(struct backtest_how){ .plain = false }, &fresh);
    add_world(&same, true, &(struct backtest_how){ .plain = false }, &stable);
    CHECK(frozen.withdrawals >= 1);
    CHECK(frozen.withdrawn * 5 > frozen.scored);
    CHECK_INT((int64_t)stable.withdrawals, 0);
    CHECK_INT((int64_t)fresh.withdrawals, 0);
    CHECK(frozen.hit / frozen.n < fresh.hit / fresh.n - 0.1);
}

/* ── Real files ───────────────────────────────────────────────────────────────────────────────────────────
 */

struct file {
    struct history h;
    struct history_order order;
    int32_t until;
};

/* Moments of two columns in ticks of so many seconds; nothing else is known. */
static void read_file(struct ctx *c, const char *name, const char *const column[2], int64_t tick,
                      int64_t until, struct file *f)
{
    static const uint16_t rank[1];
    struct csv t = csv_load(c, name);
    size_t from = csv_column(&t, column[0]), to = csv_column(&t, column[1]);
    struct history_fact *received = arena_array(c->arena, t.rows, sizeof *received),
                        *started = arena_array(c->arena, t.rows, sizeof *started),
                        *none = arena_array(c->arena, t.rows, sizeof *none);
    int16_t *zero = arena_array(c->arena, t.rows, sizeof *zero);
    int64_t first = tick < SECONDS_A_DAY ? 946684800 : 0;

    *f = (struct file){ .order = { .streams = 1, .ages = 1, .rank = rank } };
    f->h = (struct history){ .received = received,
                             .started = started,
                             .left = none,
                             .closed = none,
                             .stream = zero,
                             .team = zero,
                             .streams = 1,
                             .teams = 1,
                             .from = INT32_MAX,
                             .ticks_a_day = (int32_t)(SECONDS_A_DAY / tick) };
    for (size_t i = 0; i < t.rows; i++) {
        int64_t a = csv_time(&t, i, from), b = csv_time(&t, i, to);
        if (a == TIME_NONE || a > until)
            continue;
        size_t k = f->h.n++;
        int32_t at = (int32_t)((a - first) / tick),
                end = b == TIME_NONE || b > until ? TICK_NONE : (int32_t)((b - first) / tick);
        end = end != TICK_NONE && end < at ? at : end;
        received[k] = (struct history_fact){ at, at };
        started[k] = (struct history_fact){ end, end };
        none[k] = (struct history_fact){ TICK_NONE, TICK_NONE };
        f->h.from = at < f->h.from ? at : f->h.from;
        f->until = end > f->until ? end : at > f->until ? at : f->until;
    }
}

/* 80 % means 80 %, at less loss than the last 200 waits. */
static void check_file(const char *name, const char *const column[2], int64_t tick, int64_t until, bool asked)
{
    struct ctx *c = test_begin_bare();
    struct file f;
    struct backtest b;
    struct arena a;

    read_file(c, name, column, tick, until, &f);
    arena_init(&a, (size_t)1 << 30);
    struct backtest_how how = { .forecast = { .estimate = { .team = -1, .order = &f.order } },
                                .first = f.h.from + 26 * 7 * f.h.ticks_a_day,
                                .last = f.until,
                                .until = f.until,
                                .newcomers = asked,
                                .one_way = true,
                                .way = FORECAST_WAIT };
    if (CHECK(backtest_run(&f.h, &how, &a, &b))) {
        const struct score_mean *m = asked ? &b.all.asked : &b.all.every,
                                *naive = asked ? &b.all.asked_rival[RIVAL_NAIVE] : &b.all.rival[RIVAL_NAIVE];
        CHECK(m->n > 3000);
        CHECK(m->coverage > 0.78 && m->coverage < 0.82);
        CHECK(m->pinball < naive->pinball);
        CHECK(forecast_way_first(&f.h, f.until, &how.forecast.estimate, &a) == FORECAST_WAIT);
    }
    arena_free(&a);
}

TEST_LONG(backtest_data_requests)
{
    check_file("requests_sf311_a.csv.gz", (const char *const[2]){ "created", "closed" }, SECONDS_A_DAY,
               1404172800, false);
}

TEST_LONG(backtest_data_calls)
{
    check_file("calls_sffd_a.csv.gz", (const char *const[2]){ "received", "dispatch" }, 1, INT64_MAX, true);
}
