// SPDX-License-Identifier: EUPL-1.2
/* The figures on a small waiting list that can be counted by hand, and what must hold for any list. */
#include "base/rng.h"
#include "measure/figure.h"
#include "unit/test.h"

#include <math.h>
#include <string.h>

#define DAY ((int64_t)SECONDS_A_DAY)
#define NEVER (-1)

/* Days since 1 January 2024 12:00 UTC; NEVER is unknown. */
struct line {
    int received, started, left, reached, norm, team;
    uint32_t flags;
};

#define ROWS 10
static const struct line list[ROWS] = {
    /* received started left reached norm team */
    { 0, 5, NEVER, NEVER, 10, 0, 0 },       /* within the norm */
    { 0, 10, NEVER, NEVER, 10, 1, 0 },      /* on the norm date: still within */
    { 0, 30, NEVER, NEVER, 10, 0, 0 },      /* too late */
    { 0, NEVER, 4, NEVER, 10, 1, 0 },       /* left before the norm date */
    { 0, NEVER, 12, NEVER, 10, 0, 0 },      /* left after it */
    { 10, NEVER, NEVER, 90, 20, 1, 0 },     /* waits 90 days, called 10 days ago */
    { 70, NEVER, NEVER, NEVER, 80, 0, 0 },  /* waits 30 days, never called */
    { 95, NEVER, NEVER, NEVER, 105, 1, 0 }, /* waits 5 days: norm date not reached */
    { 96, 97, NEVER, NEVER, 106, 0, 0 },    /* started, norm date not reached */
    { 98, NEVER, NEVER, NEVER, NEVER, -1, EXTRACT_DIRECT },
};

struct town {
    int64_t received[ROWS], started[ROWS], left[ROWS], reached[ROWS], norm[ROWS], memory[ROWS * 7];
    int32_t team[ROWS];
    uint32_t flags[ROWS];
    struct extract x;
    struct figure_query q;
    struct figure_work w;
};

static int64_t moment(int day)
{
    return day == NEVER ? TIME_NONE : INT64_C(1704110400) + day * DAY;
}

static void town_build(struct town *t)
{
    for (size_t i = 0; i < ROWS; i++) {
        t->received[i] = moment(list[i].received);
        t->started[i] = moment(list[i].started);
        t->left[i] = moment(list[i].left);
        t->reached[i] = moment(list[i].reached);
        t->norm[i] = moment(list[i].norm);
        t->team[i] = list[i].team;
        t->flags[i] = list[i].flags;
    }
    t->x = (struct extract){ .n = ROWS,
                             .received = t->received,
                             .started = t->started,
                             .left = t->left,
                             .last_reached = t->reached,
                             .team = t->team,
                             .flags = t->flags };
    t->q = (struct figure_query){ .at = moment(100), .skip = EXTRACT_DIRECT, .norm = t->norm };
    CHECK(figure_work_bytes(ROWS) <= sizeof t->memory);
    t->w = figure_work_in(t->memory, ROWS);
}

TEST(figure_norm)
{
    struct town t;
    struct figure_result r;

    town_build(&t);
    figure_get_norm(&t.x, &t.q, &t.w, &r);
    CHECK_INT(r.n, 9);
    CHECK_INT(r.outside, 1);
    CHECK_INT(r.events, 3);   /* 5, 10 and 97 - 96 days */
    CHECK_INT(r.censored, 2); /* left before the norm date; norm date ahead */
    CHECK_NEAR(r.value[1].value, 2.0 / 6, 1e-15);
    CHECK(r.value[2].value == 6);
    /* In norms: events at 0.1, 0.5, 1 (and 3); censored 0.4, 0.5 among others:
     * (1 - 1/9) (1 - 1/7, the one of 0.4 is gone) (1 - 1/5, the one of 0.5 as well). */
    CHECK_NEAR(r.value[0].value, 1 - 8.0 / 9 * 6 / 7 * 4 / 5, 1e-12);
    CHECK(r.value[0].lower < r.value[0].value && r.value[0].value < r.value[0].upper);
    t.left[3] = moment(10); /* who leaves on the norm date itself was not kept waiting beyond it */
    figure_get_norm(&t.x, &t.q, &t.w, &r);
    CHECK(r.value[2].value == 6);
    t.left[3]++;
    figure_get_norm(&t.x, &t.q, &t.w, &r);
    CHECK(r.value[2].value == 7);
}

TEST(figure_stock_and_contact)
{
    struct town t;
    struct figure_result r;

    town_build(&t);
    figure_get_stock(&t.x, &t.q, &t.w, &r);
    CHECK_INT(r.n, 3);
    CHECK_INT(r.outside, 7);
    CHECK(r.value[0].value == 1 && r.value[1].value == 1 && r.value[2].value == 1 && r.value[3].value == 0);
    CHECK(isinf(r.value[4].at) && r.value[4].value == 0);
    CHECK(r.value[5].kind == FIGURE_MAX && r.value[5].value == 90);
    CHECK(r.value[6].value == 30);
    figure_get_contact(&t.x, &t.q, &t.w, &r);
    CHECK_INT(r.n, 3);
    CHECK_INT(r.events, 2);
    CHECK_NEAR(r.value[0].value, 2.0 / 3, 1e-15);
    CHECK(r.value[1].value == 30);
    CHECK_NEAR(r.value[2].value, 28, 1e-12); /* 10 + 0.9 * 20 */
    t.q.gap_days = 10;                       /* to the day is still in order */
    figure_get_contact(&t.x, &t.q, &t.w, &r);
    CHECK_INT(r.events, 2);
    t.q.gap_days = 4;
    figure_get_contact(&t.x, &t.q, &t.w, &r);
    CHECK_INT(r.events, 0);
    t.q.at = moment(-5); /* nobody waits: nothing to say, which is not zero */
    figure_get_contact(&t.x, &t.q, &t.w, &r);
    CHECK(r.n == 0 && isnan(r.value[0].value) && isnan(r.value[1].value));
}

TEST(figure_wait_cohort)
{
    static const int64_t share_at[] = { 10 * DAY, 200 * DAY };
    struct town t;
    struct figure_result r;
    struct survival_curve k;

    town_build(&t);
    t.q.from = moment(0);
    t.q.to = moment(1);
    t.q.share_at = share_at;
    t.q.n_share_at = 2;
    figure_get_wait(&t.x, &t.q, &t.w, &r, &k);
    CHECK(r.n == 5 && r.events == 3 && r.censored == 2 && r.outside == 5 && !r.biased);
    CHECK_INT(k.last, 30 * DAY);
    CHECK_INT((int64_t)r.values, 6);
    CHECK(r.value[0].value == 20); /* S: 3/4 at 5, 1/2 at 10, 0 at 30 days: the middle of 10..30 */
    CHECK(r.value[1].value == 30);
    CHECK_NEAR(r.value[3].value, 0.5, 1e-12);
    CHECK(r.value[4].value == 1); /* everybody seen had started by then */
    CHECK(r.value[5].value == 30);
    figure_get_wait_started(&t.x, &t.q, &t.w, &r);
    CHECK(r.n == 3 && r.biased && r.value[0].value == 10);
    t.q.from = moment(50); /* the young ones: nobody knows what happens after 30 days */
    t.q.to = moment(99);
    figure_get_wait(&t.x, &t.q, &t.w, &r, NULL);
    CHECK(r.n == 3 && r.events == 1 && isnan(r.value[0].value) && isnan(r.value[4].value));
    CHECK(r.value[5].value == 30); /* more than 30 days */
}

/* A baseline on day 20: who had started or left by then is not seen; who came before it enters late. */
TEST(figure_wait_since)
{
    struct town t;
    struct figure_result r;
    struct survival_curve k;

    town_build(&t);
    t.q.since = moment(20);
    figure_get_wait(&t.x, &t.q, &t.w, &r, &k);
    CHECK_INT(r.n, 5);
    CHECK_INT(r.events, 2);
    CHECK_INT((int64_t)k.n_step, 2);
    CHECK_INT(k.step[0].at_risk, 3); /* after 1 day only those who came after the baseline are there */
    CHECK_INT(k.step[1].at_risk, 3); /* after 30 days: rows 2, 5 and 6 */
    t.q.in_days = true;
    figure_get_wait(&t.x, &t.q, &t.w, &r, &k);
    CHECK(r.n == 5 && k.step[1].at_risk == 3);
    t.q.in_days = false;
    t.q.since = t.started[8] =
        t.received[8]; /* came and was helped at the very moment of the baseline: before it */
    figure_get_wait(&t.x, &t.q, &t.w, &r, &k);
    CHECK(r.n == 3 && r.events == 0);
}

TEST(figure_inflow_months)
{
    int64_t month[] = { moment(0), moment(1), moment(90), moment(97) }, count[3];
    struct town t;
    struct figure_result r;

    town_build(&t);
    figure_get_inflow(&t.x, &t.q, &(struct figure_months){ month, 3, count }, &r);
    CHECK(count[0] == 5 && count[1] == 2 && count[2] == 2);
    CHECK(r.n == 9 && r.value[0].value == 9 && r.value[1].value == 3 && r.value[2].value == 5);
    t.q.skip = 0;
    figure_get_inflow(&t.x, &t.q, NULL, &r);
    CHECK(r.n == 10 && r.values == 1);
}

TEST(figure_groups)
{
    uint32_t row[ROWS];
    size_t start[4];
    struct town t;
    struct figure_result all, part;
    int64_t sum = 0;

    town_build(&t);
    figure_group(t.team, NULL, ROWS, 2, row, start);
    CHECK(start[0] == 0 && start[1] == 5 && start[2] == 9 && start[3] == 10);
    CHECK(row[0] == 0 && row[1] == 2 && row[4] == 8 && row[5] == 1 && row[9] == 9);
    figure_get_wait(&t.x, &t.q, &t.w, &all, NULL);
    for (size_t g = 0; g < 3; g++) {
        t.q.row = row + start[g];
        t.q.n = start[g + 1] - start[g];
        figure_get_wait(&t.x, &t.q, &t.w, &part, NULL);
        CHECK_INT(part.n + part.outside, (int64_t)t.q.n);
        sum += part.n;
    }
    CHECK_INT(sum, all.n);
    t.q.row = row;
    t.q.n = start[2];
    struct logrank l = figure_compare_wait(&t.x, &t.q, &t.w, start, 2);

    CHECK(l.df == 1 && l.chisq >= 0 && l.p > 0 && l.p <= 1);
}

TEST(figure_names)
{
    CHECK_STR(figure_name(FIGURE_INFLOW), "I1");
    CHECK_STR(figure_name(FIGURE_THROUGHPUT), "L1");
}

/* On a random list: the stock is joins less exits; nobody is lost between n and outside; the order does not
 * matter. */
TEST(figure_properties)
{
    enum { N = 600 };
    static int64_t received[N], started[N], left[N];
    static uint32_t row[N];
    struct ctx *c = test_begin_bare();
    struct figure_work w = figure_work_in(arena_alloc(c->arena, figure_work_bytes(N)), N);
    struct extract x = { .n = N, .received = received, .started = started, .left = left };
    struct rng r;

    rng_seed(&r, 3);
    for (size_t i = 0; i < N; i++) {
        int64_t wait = (int64_t)rng_exponential(&r, 60.0 * SECONDS_A_DAY);
        bool leaves = rng_unit(&r) < 0.1;

        received[i] = moment(0) + (int64_t)rng_below(&r, (uint64_t)(300 * DAY));
        started[i] = leaves ? TIME_NONE : received[i] + wait;
        left[i] = leaves ? received[i] + wait : TIME_NONE;
        row[i] = (uint32_t)(N - 1 - i);
    }
    for (int day = 0; day < 420; day += 13) {
        struct figure_query q = { .at = moment(day) };
        struct figure_result stock, wait, other;
        int64_t joined = 0, gone = 0;

        for (size_t i = 0; i < N; i++) {
            joined += received[i] <= q.at;
            gone +=
                (started[i] != TIME_NONE && started[i] <= q.at) || (left[i] != TIME_NONE && left[i] <= q.at);
        }
        figure_get_stock(&x, &q, &w, &stock);
        CHECK_INT(stock.n, joined - gone);
        figure_get_wait(&x, &q, &w, &wait, NULL);
        CHECK_INT(wait.n, joined);
        CHECK_INT(wait.n + wait.outside, N);
        q.row = row;
        q.n = N;
        figure_get_wait(&x, &q, &w, &other, NULL);
        CHECK(memcmp(&wait, &other, sizeof wait) == 0);
    }
}
