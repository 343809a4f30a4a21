// SPDX-License-Identifier: EUPL-1.2
#include "base/rng.h"
#include "unit/test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Published with the reference code of both generators. */
TEST(rng_published_first_numbers)
{
    static const uint64_t splitmix[] = { 6457827717110365317u, 3203168211198807973u, 9817491932198370423u,
                                         4593380528125082431u };
    static const uint64_t xoshiro[] = { 11520u,
                                        0u,
                                        1509978240u,
                                        1215971899390074240u,
                                        1216172134540287360u,
                                        607988272756665600u,
                                        16172922978634559625u,
                                        8476171486693032832u,
                                        10595114339597558777u,
                                        2904607092377533576u };
    struct rng r;

    rng_seed(&r, 1234567);
    for (size_t i = 0; i < COUNT(splitmix); i++)
        CHECK(r.s[i] == splitmix[i]);
    r = (struct rng){ { 1, 2, 3, 4 } };
    for (size_t i = 0; i < COUNT(xoshiro); i++)
        CHECK(rng_next(&r) == xoshiro[i]);
}

/* The same generator bit by bit: the linear step as a map of 256 bits, the scrambler with additions only. */
static bool bit(const uint64_t s[4], unsigned word, unsigned i)
{
    return i < 64 && (s[word] >> i & 1) != 0;
}

static uint64_t next_slow(uint64_t s[4])
{
    uint64_t t[4] = { 0 }, five = 0, seven, nine = 0;

    for (int i = 0; i < 5; i++)
        five += s[1];
    seven = five << 7 | five >> 57;
    for (int i = 0; i < 9; i++)
        nine += seven;
    for (unsigned i = 0; i < 64; i++) {
        unsigned from = (i + 64 - 45) % 64; /* s3 is turned left by 45 */

        t[0] |= (uint64_t)(bit(s, 0, i) ^ bit(s, 1, i) ^ bit(s, 3, i)) << i;
        t[1] |= (uint64_t)(bit(s, 0, i) ^ bit(s, 1, i) ^ bit(s, 2, i)) << i;
        t[2] |= (uint64_t)(bit(s, 0, i) ^ bit(s, 2, i) ^ bit(s, 1, i - 17)) << i;
        t[3] |= (uint64_t)(bit(s, 1, from) ^ bit(s, 3, from)) << i;
    }
    memcpy(s, t, sizeof t);
    return nine;
}

TEST(rng_like_the_slow_way)
{
    struct rng r;
    uint64_t s[4];

    for (uint64_t seed = 0; seed < 5; seed++) {
        rng_seed(&r, seed);
        memcpy(s, r.s, sizeof s);
        for (int i = 0; i < 2000; i++)
            if (!CHECK(rng_next(&r) == next_slow(s)))
                return;
    }
}

/* Mean and variance of n draws lie within five standard errors. */
static void check_moments(double (*draw)(struct rng *), double mean, double variance, double kurtosis)
{
    enum { N = 200000 };
    struct rng r;
    double sum = 0, squares = 0;

    rng_seed(&r, 20240131);
    for (int i = 0; i < N; i++) {
        double x = draw(&r) - mean;

        sum += x;
        squares += x * x;
    }
    CHECK(fabs(sum / N) < 5 * sqrt(variance / N));
    CHECK(fabs(squares / N - variance) < 5 * variance * sqrt((kurtosis - 1) / N));
}

static double exponential_3(struct rng *r)
{
    return rng_exponential(r, 3);
}

static double poisson_2(struct rng *r)
{
    return (double)rng_poisson(r, 2);
}

static double poisson_29(struct rng *r)
{
    return (double)rng_poisson(r, 29.9);
}

static double poisson_31(struct rng *r)
{
    return (double)rng_poisson(r, 31);
}

static double poisson_5000(struct rng *r)
{
    return (double)rng_poisson(r, 5000);
}

TEST(rng_moments)
{
    check_moments(rng_unit, 0.5, 1.0 / 12, 1.8);
    check_moments(rng_normal, 0, 1, 3);
    check_moments(exponential_3, 3, 9, 9);
    check_moments(poisson_2, 2, 2, 3.5);
    check_moments(poisson_29, 29.9, 29.9, 3 + 1 / 29.9);
    check_moments(poisson_31, 31, 31, 3 + 1 / 31.0);
    check_moments(poisson_5000, 5000, 5000, 3);
}

TEST(rng_poisson_has_its_distribution)
{
    static const double means[] = { 0.3, 12, 29.5, 30, 45.5 };
    enum { N = 100000, CELLS = 120 };

    for (size_t m = 0; m < COUNT(means); m++) {
        int64_t seen[CELLS] = { 0 }, cells = 0;
        double chi = 0, p = exp(-means[m]);
        struct rng r;

        rng_seed(&r, m + 1);
        for (int i = 0; i < N; i++) {
            uint64_t k = rng_poisson(&r, means[m]);

            if (!CHECK(k < CELLS))
                return;
            seen[k]++;
        }
        for (int k = 0; k < CELLS; k++) {
            if (p * N >= 10) {
                chi += ((double)seen[k] - p * N) * ((double)seen[k] - p * N) / (p * N);
                cells++;
            }
            p *= means[m] / (k + 1);
        }
        CHECK(chi < (double)cells + 5 * sqrt(2 * (double)cells));
    }
    {
        struct rng r;

        rng_seed(&r, 1);
        CHECK_INT((int64_t)rng_poisson(&r, 0), 0);
    }
}

TEST(rng_below_has_no_bias)
{
    enum { N = 90000 };
    const uint64_t n = 3u * (UINT64_C(1) << 62); /* uncorrected, multiples of 3 come twice as often */
    int64_t third[3] = { 0 };
    struct rng r;

    rng_seed(&r, 9);
    for (int i = 0; i < N; i++) {
        uint64_t v = rng_below(&r, n);

        CHECK(v < n);
        third[v % 3]++;
    }
    for (int i = 0; i < 3; i++)
        CHECK(llabs(third[i] - N / 3) < 5 * (int64_t)sqrt(N * 2.0 / 9));
    for (uint64_t k = 1; k < 50; k++)
        CHECK(rng_below(&r, k) < k);
    CHECK_INT((int64_t)rng_below(&r, 1), 0);
}

TEST(rng_choice_follows_the_weights)
{
    static const double weights[] = { 0, 1, 0, 2, 5, 0 };
    enum { N = 80000 };
    int64_t seen[COUNT(weights)] = { 0 };
    struct rng r;

    rng_seed(&r, 4);
    for (int i = 0; i < N; i++)
        seen[rng_choice(&r, weights, COUNT(weights))]++;
    for (size_t i = 0; i < COUNT(weights); i++) {
        double p = weights[i] / 8;

        CHECK(fabs((double)seen[i] - p * N) <= 5 * sqrt(N * p * (1 - p)));
    }
}

TEST(rng_unit_stays_below_one)
{
    struct rng r = { { 0 } };
    double least = 1, most = 0;

    rng_seed(&r, 2);
    for (int i = 0; i < 100000; i++) {
        double u = rng_unit(&r);

        least = fmin(least, u);
        most = fmax(most, u);
    }
    CHECK(least >= 0 && least < 1e-3 && most < 1 && most > 1 - 1e-3);
}
