// SPDX-License-Identifier: EUPL-1.2
/* Random numbers by address: a keyed mix of 32 bits. Each replication has a key of 64 bits; what a number is
 * for has an address of 32. Half of the key is added before, half comes in during a public mix that passes
 * the tests of avalanche (after Even & Mansour 1997, J. Cryptology 10:151-161; the mix is `triple32` of C.
 * Wellons' hash prospector, 2018, with the constants of `lowbias32` in front), so that addresses next to each
 * other and keys next to each other share nothing that a simulation could see. Counter-based as in Salmon et
 * al. 2011, SC'11 ("Parallel random numbers: as easy as 1, 2, 3"); not for secrets.
 * tests/stat/test_simulate.c tests it. */
#ifndef PEIL_FORECAST_SIMULATE_RANDOM_H
#define PEIL_FORECAST_SIMULATE_RANDOM_H

#include <stdint.h>

#define RANDOM_MIX_1 0x7feb352du
#define RANDOM_MIX_2 0x846ca68bu
#define RANDOM_MIX_3 0x31848babu

struct random_key {
    uint32_t a, b;
};

/* What a number is for, in the top four bits. */
enum {
    RANDOM_LEAVE = 1,   /* person of model.waiting */
    RANDOM_LEAVE_LATER, /* stream << 22 | the how-manieth of those that came */
    RANDOM_COME,        /* stream << 22 | the how-manieth that comes */
    RANDOM_HELP,        /* worker << 22 | day << 8 | the how-manieth start of that day */
    RANDOM_OPEN,        /* case of model.open */
    RANDOM_ILL,         /* worker << 22 | the how-manieth change */
    RANDOM_PLACES,      /* part << 22 | day */
    RANDOM_ROOM
};
static inline uint32_t random_place(uint32_t what, uint32_t of, uint32_t i)
{
    return what << 28 | of << 22 | (i & 0x3fffff);
}

static inline uint32_t random_at(struct random_key k, uint32_t place)
{
    uint32_t x = place + k.a;

    x ^= x >> 16;
    x *= RANDOM_MIX_1;
    x ^= x >> 15;
    x *= RANDOM_MIX_2;
    x ^= x >> 16 ^ k.b;
    x *= RANDOM_MIX_3;
    return x ^ x >> 15;
}

/* splitmix64 of seed and replication (Steele, Lea & Flood 2014). */
static inline struct random_key random_key_of(uint64_t seed, uint32_t replication)
{
    uint64_t z = seed * 0xd1342543de82ef95u + (replication + 1) * 0x9e3779b97f4a7c15u;

    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    z ^= z >> 31;
    return (struct random_key){ (uint32_t)z, (uint32_t)(z >> 32) };
}

#endif
