// SPDX-License-Identifier: EUPL-1.2
/* How much the radix sort brings: Kaplan-Meier with quantiles over n waits in seconds, against the same
 * calculation on an array of structs and qsort, in the same run. Prints best times and the ratio; fails when
 * both disagree.
 *
 *     gcc -std=c17 -D_GNU_SOURCE -O2 -Isrc tests/bench/bench_survival.c src/measure/{survival,sort,special}.c
 * \ src/base/rng.c -lm -o bench_survival && ./bench_survival [n] */
#include "base/rng.h"
#include "measure/survival.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct seen {
    int64_t time;
    bool event;
};

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;

    if (x->time != y->time)
        return x->time < y->time ? -1 : 1;
    return y->event - x->event;
}

/* The plain way: sort the rows, walk them, stop at the median. */
static double plain_median(struct seen *row, size_t n)
{
    double s = 1;

    qsort(row, n, sizeof *row, compare);
    for (size_t i = 0; i < n;) {
        size_t first = i, hit = 0;

        for (; i < n && row[i].time == row[first].time; i++)
            hit += row[i].event;
        s *= 1 - (double)hit / (double)(n - first);
        if (s <= 0.5 + SURVIVAL_TOLERANCE)
            return (double)row[first].time;
    }
    return NAN;
}

struct memory {
    struct seen *row, *copy;
    uint64_t *key, *scratch;
    struct survival_step *step;
};

static double our_median(const struct memory *m, size_t n, double *ret_sorted_ms)
{
    static const double p[] = { 0.5, 0.8, 0.9 };
    struct survival_sample s = { .key = m->key };
    struct survival_quantile q[3];
    double start = now_ms();

    for (size_t i = 0; i < n; i++)
        survival_add(&s, SURVIVAL_FROM_START, m->row[i].time, m->row[i].event);
    survival_sort(&s, m->scratch);
    *ret_sorted_ms = now_ms() - start;
    struct survival_curve k = survival_curve(&s, m->step);

    survival_quantiles(&k, p, 3, &(struct survival_way){ .rule = SURVIVAL_STEP }, q);
    return q[0].value;
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    struct memory m = { malloc(n * sizeof *m.row), malloc(n * sizeof *m.copy), malloc(n * sizeof *m.key),
                        malloc(n * sizeof *m.scratch), malloc(n * sizeof *m.step) };
    double plain = INFINITY, ours = INFINITY, sorting = INFINITY;
    struct rng r;

    if (n == 0 || !m.row || !m.copy || !m.key || !m.scratch || !m.step)
        return fprintf(stderr, "no memory\n"), 1;
    rng_seed(&r, 1);
    for (size_t i = 0; i < n; i++) /* waits of about 40 days, a tail of years, one in eight still waiting */
        m.row[i] = (struct seen){ (int64_t)(86400 * exp(3.7 + 0.9 * rng_normal(&r))), rng_below(&r, 8) > 0 };
    for (int run = 0; run < 3; run++) {
        double start, sorted, a, b;

        for (size_t i = 0; i < n; i++)
            m.copy[i] = m.row[i];
        start = now_ms();
        a = plain_median(m.copy, n);
        plain = fmin(plain, now_ms() - start);
        start = now_ms();
        b = our_median(&m, n, &sorted);
        ours = fmin(ours, now_ms() - start);
        sorting = fmin(sorting, sorted);
        if (a != b)
            return fprintf(stderr, "different medians: %g and %g\n", a, b), 1;
    }
    printf("n %zu: sort %.1f ms, sort + curve + 3 quantiles with intervals %.1f ms; qsort, median only %.1f "
           "ms; ratio %.1f\n",
           n, sorting, ours, plain, plain / ours);
    return 0;
}
