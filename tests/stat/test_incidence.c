// SPDX-License-Identifier: EUPL-1.2
/* Cumulative incidence: against the definition on random data, and at its edges. */
#include "base/rng.h"
#include "measure/figure.h"
#include "measure/incidence.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

enum { N = 120 };

struct person {
    int64_t entry, time; /* entry SURVIVAL_FROM_START: seen from the start */
    enum incidence_end end;
};

static bool at_risk(const struct person *p, int64_t t)
{
    return (p->entry == SURVIVAL_FROM_START || p->entry < t) && p->time >= t;
}

/* F(until) and S(until), straight from the definition: every time one by one, everybody counted anew. */
static double slow(const struct person *p, int64_t until, enum incidence_end cause, double *ret_left)
{
    double f = 0, left = 1;

    for (int64_t t = 0; t <= until; t++) {
        double n = 0, hit = 0, all = 0;

        for (int i = 0; i < N; i++) {
            n += at_risk(&p[i], t);
            hit += at_risk(&p[i], t) && p[i].time == t && p[i].end == cause;
            all += at_risk(&p[i], t) && p[i].time == t && p[i].end != INCIDENCE_OPEN;
        }
        if (n > 0) {
            f += left * hit / n;
            left *= 1 - all / n;
        }
    }
    *ret_left = left;
    return f;
}

static struct incidence_sample sample(const struct person *p, enum incidence_end cause)
{
    static uint64_t key[N], entry[N], scratch[N];
    struct incidence_sample s = { .key = key, .entry = entry };

    for (int i = 0; i < N; i++)
        incidence_add(&s, p[i].entry, p[i].time,
                      p[i].end == INCIDENCE_OPEN ? INCIDENCE_OPEN
                      : p[i].end == cause        ? INCIDENCE_CAUSE
                                                 : INCIDENCE_OTHER);
    incidence_sort(&s, scratch);
    return s;
}

static void check_random(struct rng *r, bool late)
{
    static const int64_t at[] = { 40, 0, 7, 20, 12 };
    struct person p[N];
    struct incidence_point one[COUNT(at)], other[COUNT(at)];
    const struct survival_way way = { 0 };

    for (int i = 0; i < N; i++) {
        p[i] = (struct person){ SURVIVAL_FROM_START, (int64_t)rng_below(r, 41),
                                (enum incidence_end)rng_below(r, 3) };
        if (late && rng_below(r, 3) == 0)
            p[i].entry = (int64_t)rng_below(r, 20);
    }
    struct incidence_sample s = sample(p, INCIDENCE_CAUSE);
    CHECK_INT((int64_t)(s.n + s.dropped), N);
    CHECK(late || s.n_entry == 0);
    incidence_at(&s, at, COUNT(at), &way, one);
    s = sample(p, INCIDENCE_OTHER);
    incidence_at(&s, at, COUNT(at), &way, other);
    for (size_t i = 0; i < COUNT(at); i++) {
        double left;

        CHECK(fabs(one[i].value - slow(p, at[i], INCIDENCE_CAUSE, &left)) < 1e-12);
        CHECK(fabs(other[i].value - slow(p, at[i], INCIDENCE_OTHER, &left)) < 1e-12);
        CHECK(fabs(one[i].value + other[i].value + left - 1) < 1e-12); /* everybody is somewhere */
        CHECK(one[i].value == 0 || (one[i].lower < one[i].value && one[i].value < one[i].upper));
    }
}

TEST(incidence_is_its_definition)
{
    struct rng r;

    rng_seed(&r, 11);
    for (int turn = 0; turn < 50; turn++)
        check_random(&r, turn % 2 == 1);
}

/* Nobody censored: binomial. One cause only: Kaplan-Meier with Greenwood's standard error. */
TEST(incidence_known_cases)
{
    uint64_t key[60], scratch[60], survival_keys[60];
    struct incidence_sample s = { .key = key };
    struct survival_sample k = { .key = survival_keys };
    struct survival_step step[60];
    struct incidence_point p;
    const struct survival_way way = { 0 };
    int64_t at = 29;

    for (int i = 0; i < 60; i++)
        incidence_add(&s, SURVIVAL_FROM_START, i, i % 3 == 0 ? INCIDENCE_CAUSE : INCIDENCE_OTHER);
    incidence_sort(&s, scratch);
    incidence_at(&s, &at, 1, &way, &p);
    CHECK_NEAR(p.value, 10.0 / 60, 1e-12);
    CHECK_NEAR(p.se, sqrt(p.value * (1 - p.value) / 60), 1e-9);
    CHECK(p.se_aalen > p.se);
    s = (struct incidence_sample){ .key = key };
    for (int i = 0; i < 60; i++) {
        incidence_add(&s, SURVIVAL_FROM_START, i / 2, i % 5 == 0 ? INCIDENCE_OPEN : INCIDENCE_CAUSE);
        survival_add(&k, SURVIVAL_FROM_START, i / 2, i % 5 != 0);
    }
    incidence_sort(&s, scratch);
    survival_sort(&k, scratch);
    struct survival_curve curve = survival_curve(&k, step);
    for (at = 0; at < 29; at++) {
        struct survival_point q = survival_at(&curve, at, &way);

        incidence_at(&s, &at, 1, &way, &p);
        CHECK(fabs(p.value - (1 - q.survival)) < 1e-12);
        CHECK(fabs(p.se - q.se) < 1e-12);
    }
}

TEST(incidence_edges)
{
    uint64_t key[4], scratch[4];
    struct incidence_sample s = { .key = key };
    struct incidence_point p[3];
    const int64_t at[] = { 1000, 5, 0 };
    const struct survival_way log_log = { 0 }, plain = { .scale = SURVIVAL_PLAIN };

    incidence_at(&s, at, 3, &log_log, p);
    CHECK(p[0].value == 0 && p[0].beyond && isnan(p[0].lower));
    incidence_add(&s, SURVIVAL_FROM_START, 5, INCIDENCE_CAUSE);
    incidence_sort(&s, scratch);
    incidence_at(&s, at, 3, &log_log, p);
    CHECK(p[0].value == 1 && !p[0].beyond && isnan(p[0].lower)); /* nobody is left: known for ever */
    CHECK(p[1].value == 1 && p[2].value == 0 && p[2].se == 0);
    incidence_at(&s, at, 3, &plain, p);
    CHECK(p[0].upper == 1);
    incidence_add(&s, SURVIVAL_FROM_START, 9, INCIDENCE_OPEN);
    incidence_sort(&s, scratch);
    incidence_at(&s, at, 3, &log_log, p);
    CHECK(p[0].value == 0.5 && p[0].beyond);
    CHECK(p[1].value == 0.5 && !p[1].beyond);
}

/* Four requests: helped, left, left for no stated reason after a baseline, lost from sight. */
TEST(incidence_figures)
{
    enum { DAY = SECONDS_A_DAY };
    static const int64_t received[] = { 100 * DAY, 100 * DAY, 90 * DAY, 100 * DAY },
                         started[] = { 110 * DAY, TIME_NONE, TIME_NONE, TIME_NONE },
                         left[] = { TIME_NONE, 105 * DAY, 120 * DAY, TIME_NONE },
                         closed[] = { 140 * DAY, 105 * DAY, 120 * DAY, TIME_NONE },
                         lost[] = { TIME_NONE, TIME_NONE, TIME_NONE, 103 * DAY };
    static const int32_t reason[] = { 0, 1, -1, -1 };
    struct extract x = { .n = 4,
                         .received = received,
                         .started = started,
                         .left = left,
                         .closed = closed,
                         .lost = lost,
                         .reason = reason };
    int64_t at = 20 * DAY;
    struct figure_query q = { .at = 200 * DAY, .share_at = &at, .n_share_at = 1 };
    struct ctx *c = test_begin_bare();
    struct figure_work w = figure_work_in(arena_alloc(c->arena, figure_work_bytes(4)), 4);
    struct figure_result r;

    figure_get_helped(&x, &q, &w, &r);
    CHECK(r.n == 4 && r.events == 1 && r.censored == 1 && r.reason == FIGURE_EVERY_REASON);
    CHECK_NEAR(r.value[0].value, 1.0 / 3, 1e-12); /* lost on day 3: three left */
    figure_get_left(&x, &q, 1, &w, &r);
    CHECK(r.events == 1 && r.id == FIGURE_LEFT && r.reason == 1);
    CHECK_NEAR(r.value[0].value, 1.0 / 3, 1e-12);
    figure_get_left(&x, &q, FIGURE_NO_REASON, &w, &r);
    CHECK(r.events == 1 && r.value[0].value == 0); /* only after 30 days */
    figure_get_left(&x, &q, FIGURE_EVERY_REASON, &w, &r);
    CHECK_INT(r.events, 2);
    figure_get_closed(&x, &q, 0, &w, &r);
    CHECK(r.events == 1 && r.censored == 1);
    figure_get_completion(&x, &q, &w, &r, NULL);
    CHECK(r.n == 4 && r.events == 3 && r.late == 0);
    q.since = 101 * DAY; /* the one of day 90 was waiting 11 days by then, the others one */
    figure_get_completion(&x, &q, &w, &r, NULL);
    CHECK(r.n == 4 && r.late == 4);
    q.since = 104 * DAY;
    figure_get_completion(&x, &q, &w, &r, NULL);
    CHECK(r.n == 3 && r.late == 3 && r.outside == 1);
}
