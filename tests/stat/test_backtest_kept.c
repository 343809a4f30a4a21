// SPDX-License-Identifier: EUPL-1.2
/* What is kept from one origin to the next is what counting everything again gives, to the bit: also where
 * things are written down late, help and illness end, and the way changes. */
#include "forecast/backtest.h"
#include "forecast/estimate_core.h"
#include "stat/places.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

enum { STEP = 7, LATE = 25, OF_PEOPLE = 1, OF_WORKERS = 2 };

static int32_t days_late(struct rng *r)
{
    return rng_below(r, 3) == 0 ? (int32_t)rng_below(r, LATE) : 0;
}

static struct history_fact *late(const struct history_fact *f, size_t n, struct rng *r, struct arena *a)
{
    struct history_fact *copy = arena_array(a, n, sizeof *copy);

    for (size_t i = 0; copy != NULL && i < n; i++) {
        copy[i] = f[i];
        copy[i].known += f[i].at != TICK_NONE ? days_late(r) : 0;
    }
    return copy;
}

/* A list on which a third of what happens to people (OF_PEOPLE) or of absence (OF_WORKERS) is written down up
 * to LATE days after it. */
static bool make(int weeks, int what, struct arena *a, struct world *w)
{
    struct places_how how = { .seed = 812, .weeks = weeks, .after = 1, .apart = true, .longer = 70 };
    struct rng r;

    if (!places_make(&how, a, w))
        return false;
    struct history *h = &w->history;
    struct history_absence *absence = arena_array(a, h->absences + 1, sizeof *absence);
    rng_seed(&r, 31);
    for (size_t i = 0; absence != NULL && i < h->absences; i++) {
        absence[i] = h->absence[i];
        absence[i].known += days_late(&r);
        absence[i].to_known += absence[i].to_known < INT32_MAX ? days_late(&r) : 0;
    }
    if ((what & OF_WORKERS) != 0)
        h->absence = absence;
    if ((what & OF_PEOPLE) != 0) {
        h->started = late(h->started, h->n, &r, a);
        h->left = late(h->left, h->n, &r, a);
        h->closed = late(h->closed, h->n, &r, a);
    }
    return absence != NULL && h->started != NULL && h->left != NULL && h->closed != NULL;
}

static bool knows(const struct history_fact *f, int32_t at)
{
    return f->at != TICK_NONE && f->at <= at && f->known <= at;
}

/* ── The outcomes of windows ──────────────────────────────────────────────────────────────────────────────
 */

/* Of what was given before the last origin, everything as it was known there. */
struct recount {
    struct outcome *o;
    size_t n;
    double left, risk;
};

static void recount_one(const struct history *h, const struct backtest_how *how, const struct backtest_row *r,
                        enum forecast_way way, struct recount *c)
{
    const struct history_fact *s = &h->started[r->row], *l = &h->left[r->row];
    bool turn = knows(s, how->last), left = !turn && knows(l, how->last), ended = false;

    for (int32_t at = r->origin + STEP; !r->asked && at <= how->last && !ended; at += STEP) {
        ended = knows(s, at) || knows(l, at);
        c->risk += STEP;
    }
    c->left += !r->asked && left;
    if (r->asked != how->newcomers || (left && l->at - r->origin <= r->window.to))
        return;
    c->o[c->n++] = (struct outcome){ .origin = r->origin,
                                     .stream = r->stream,
                                     .raw = r->by_way[way],
                                     .window = r->window,
                                     .turn = turn ? (double)s->at - r->origin : INFINITY };
}

static void same_factor(const struct calibration_stream *a, const struct calibration_stream *b)
{
    CHECK(memcmp(&a->factor, &b->factor, sizeof a->factor) == 0);
    CHECK(memcmp(&a->hit, &b->hit, sizeof a->hit) == 0);
    CHECK(a->n == b->n && a->origins == b->origins);
}

/* The plan says half as many workers again, who never come: after a while another way is better. */
static void check_outcomes(const struct world *w, bool newcomers, struct arena *a)
{
    const struct history *h = &w->history;
    struct estimate_staff more = { h->from, PLACES_WORKERS / 2 };
    struct estimate_plan plan = { .staff = &more, .staffs = 1 };
    struct backtest_how how = {
        .forecast = { .estimate = { .team = -1, .order = &w->order, .plan = &plan, .days = 200 },
                      .replications = 64 },
        .first = h->from + 40 * 7 - 1,
        .last = w->origin,
        .until = w->origin,
        .newcomers = newcomers
    };
    struct backtest b;
    struct calibration c;
    struct recount k = { 0 };

    if (!CHECK(backtest_run(h, &how, a, &b)) || !CHECK((k.o = arena_array(a, b.n, sizeof *k.o)) != NULL))
        return;
    calibration_start(b.calibration.way, &c);
    for (size_t i = 0; i < b.n && (b.row[i].asked || b.row[i].origin < how.last); i++)
        recount_one(h, &how, &b.row[i], b.calibration.way, &k);
    CHECK(k.left > 20 && k.n > 1000);
    for (size_t i = 0; i < k.n; i++)
        k.o[i].weight = exp(fmin(1.5, k.left / k.risk * fmin(k.o[i].turn, k.o[i].window.to + 1)));
    CHECK(calibration_step(k.o, k.n, WORLD_STREAMS, how.last, STEP, a, &c));
    CHECK(c.all.n > 100 && fabs(c.all.factor.high - 1) > 0.001);
    same_factor(&c.all, &b.calibration.all);
    for (size_t s = 0; s < WORLD_STREAMS; s++)
        same_factor(&c.stream[s], &b.calibration.stream[s]);
    CHECK(b.way[FORECAST_STAFF] > 0 && b.way[FORECAST_RATE] > 0);
}

TEST(backtest_outcomes_kept)
{
    struct arena a;
    struct world w;

    arena_init(&a, (size_t)1 << 30);
    if (CHECK(make(110, OF_PEOPLE | OF_WORKERS, &a, &w))) {
        check_outcomes(&w, false, &a);
        check_outcomes(&w, true, &a);
    }
    arena_free(&a);
}

/* ── The length of help ───────────────────────────────────────────────────────────────────────────────────
 */

static bool same_length(const struct view *v, struct duration_kept *kept)
{
    struct duration_fit one = { 0 }, all = { 0 };
    bool full, some = duration_estimate(v, kept, &one, &full);

    CHECK(duration_estimate(v, NULL, &all, &full) == some && !full);
    if (!some)
        return false;
    CHECK(one.ended >= all.ended && one.ended <= all.ended);
    CHECK(memcmp(one.table, all.table, DURATION_TABLE * sizeof *one.table) == 0);
    CHECK(memcmp(&one.scale, &all.scale, sizeof one.scale) == 0);
    return true;
}

/* Week after week, until weeks are too long ago to count; with weeks left out; and on other weekdays, where
 * nothing can be kept. */
static void check_lengths(int what)
{
    enum { RECORD = LEVEL_WEEKS_MAX + 14 };
    struct arena a;
    struct world w;
    size_t n = 0;

    arena_init(&a, (size_t)1 << 29);
    struct duration_kept *kept = duration_kept_make(&a);
    if (CHECK(make(RECORD, what, &a, &w) && kept != NULL))
        for (int k = 20; k <= RECORD; k += k % 50 == 0 ? 3 : 1) {
            struct arena_mark mark = arena_mark(&a);
            struct view v = view_of(&w.history, w.history.from + 7 * k - 1 - (k >= 80 && k < 83), -1, &a);
            n += same_length(&v, kept);
            arena_release(&a, mark);
        }
    CHECK(n > RECORD - 40);
    arena_free(&a);
}

TEST(backtest_length_kept)
{
    check_lengths(0);
    check_lengths(
        OF_PEOPLE); /* apart, because of two late things the earlier one tells nothing of the other */
    check_lengths(OF_WORKERS);
}
