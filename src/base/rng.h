// SPDX-License-Identifier: EUPL-1.2
/* A seeded generator: the same seed gives the same numbers on every machine.
 * xoshiro256** (Blackman & Vigna 2021, ACM TOMS 47:36), seeded by splitmix64. Not for secrets: those come
 * from libsodium. */
#ifndef PEIL_BASE_RNG_H
#define PEIL_BASE_RNG_H

#include <stddef.h>
#include <stdint.h>

struct rng {
    uint64_t s[4];
};

void rng_seed(struct rng *r, uint64_t seed);
uint64_t rng_next(struct rng *r);
double rng_unit(struct rng *r);                /* [0,1), 53 bits */
uint64_t rng_below(struct rng *r, uint64_t n); /* 0..n-1 without bias (Lemire 2019) */
double rng_normal(struct rng *r);              /* mean 0, sd 1 (polar method, Marsaglia & Bray 1964) */
double rng_exponential(struct rng *r, double mean);
uint64_t rng_poisson(struct rng *r,
                     double mean); /* exact: multiplication below 30, else PTRS (Hörmann 1993) */
/* Index drawn with the given weights (n > 0, sum > 0). */
size_t rng_choice(struct rng *r, const double *weights, size_t n);

#endif
