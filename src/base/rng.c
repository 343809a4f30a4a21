// SPDX-License-Identifier: EUPL-1.2
#include "base/rng.h"

#include <assert.h>
#include <math.h>

__extension__ typedef unsigned __int128 wide;

static uint64_t rotl(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

/* splitmix64 (Steele, Lea & Flood 2014): spreads a small seed over the whole state. */
void rng_seed(struct rng *r, uint64_t seed)
{
    for (int i = 0; i < 4; i++) {
        uint64_t z = seed += 0x9e3779b97f4a7c15u;

        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        r->s[i] = z ^ (z >> 31);
    }
}

uint64_t rng_next(struct rng *r)
{
    uint64_t *s = r->s;
    uint64_t result = rotl(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotl(s[3], 45);
    return result;
}

double rng_unit(struct rng *r)
{
    return (double)(rng_next(r) >> 11) * 0x1p-53;
}

uint64_t rng_below(struct rng *r, uint64_t n)
{
    wide m;

    assert(n > 0);
    m = (wide)rng_next(r) * n;
    if ((uint64_t)m < n) {
        uint64_t least = -n % n; /* 2^64 mod n: these low parts would come once too often */

        while ((uint64_t)m < least)
            m = (wide)rng_next(r) * n;
    }
    return (uint64_t)(m >> 64);
}

double rng_normal(struct rng *r)
{
    double u, v, s;

    do {
        u = 2 * rng_unit(r) - 1;
        v = 2 * rng_unit(r) - 1;
        s = u * u + v * v;
    } while (s >= 1 || s <= 0);
    return u * sqrt(-2 * log(s) / s); /* the second one (v) is dropped: a generator has no other state */
}

double rng_exponential(struct rng *r, double mean)
{
    return -mean * log1p(-rng_unit(r));
}

static uint64_t poisson_small(struct rng *r, double mean)
{
    double limit = exp(-mean), product = rng_unit(r);
    uint64_t k = 0;

    while (product > limit) {
        product *= rng_unit(r);
        k++;
    }
    return k;
}

/* PTRS: transformed rejection with squeeze (Hörmann 1993, Insurance: Mathematics and Economics 12:39-45).
 * Exact. */
static uint64_t poisson_large(struct rng *r, double mean)
{
    double b = 0.931 + 2.53 * sqrt(mean), a = -0.059 + 0.02483 * b;
    double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), v_r = 0.9277 - 3.6224 / (b - 2);

    for (;;) {
        double u = rng_unit(r) - 0.5, v = rng_unit(r), us = 0.5 - fabs(u);
        double k = floor((2 * a / us + b) * u + mean + 0.43);
        int sign;

        if (us >= 0.07 && v <= v_r)
            return (uint64_t)k;
        if (k < 0 || (us < 0.013 && v > us))
            continue;
        if (log(v * inverse_alpha / (a / (us * us) + b)) <= k * log(mean) - mean - lgamma_r(k + 1, &sign))
            return (uint64_t)k;
    }
}

uint64_t rng_poisson(struct rng *r, double mean)
{
    assert(mean >= 0 && mean < 1e15);
    return mean < 30 ? poisson_small(r, mean) : poisson_large(r, mean);
}

size_t rng_choice(struct rng *r, const double *weights, size_t n)
{
    double sum = 0, left;
    size_t last = 0;

    assert(n > 0);
    for (size_t i = 0; i < n; i++)
        sum += weights[i];
    assert(sum > 0);
    left = rng_unit(r) * sum;
    for (size_t i = 0; i < n; i++) {
        if (!(weights[i] > 0))
            continue;
        last = i; /* rounding may leave a rest: it belongs to the last one that can be drawn */
        left -= weights[i];
        if (left < 0)
            break;
    }
    return last;
}
