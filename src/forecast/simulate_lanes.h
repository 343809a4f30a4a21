// SPDX-License-Identifier: EUPL-1.2
/* What the wide registers of a processor do, under one name for two widths: the files that use it
 * (simulate_wide_*.h) are compiled once for each. SIM_BITS says for which. Every operation gives the same
 * bits on both, in any lane; sixteen lanes of 32 bits, or 64 of 8, are one value. Lanes are named by a mask:
 * bit l is lane l.
 *
 *   wide, wide_f      sixteen whole numbers, or floats; loads and stores need no alignment
 *   wide_x_if         only in these lanes, else what was there
 *   wide_x_u          of numbers without a sign
 *   wide_some         the lanes that are not 0
 *   wide_scatter      table[i] = v, in these lanes
 *   wide_gather       table[i]; of 16 or 8 bits: four bytes must be readable at the last one
 *   wide_gather_2     table[i] and table[i + 1]
 *   wide_pick_64      the same from a table of 64
 *   bytes_x           of 64 numbers of 8 bits: bytes_rest is a - b or 0 in these lanes and 0 in the others;
 *                     bytes_add_to adds both to 64 numbers of 16 bits
 *   bytes_put         the numbers of these lanes, one after the other; 64 bytes are written */
#ifndef PEIL_FORECAST_SIMULATE_LANES_H
#define PEIL_FORECAST_SIMULATE_LANES_H

#include "forecast/simulate_batch.h"

#include <immintrin.h>
#include <string.h>

#if SIM_BITS == 512
#include "forecast/simulate_lanes_512.h"
#else
#include "forecast/simulate_lanes_256.h"
#endif

/* random_at */
static WIDE_INLINE wide wide_random(wide place, wide a, wide b)
{
    wide x = wide_add(place, a);

    x = wide_xor(x, wide_right(x, 16));
    x = wide_mul(x, wide_set(RANDOM_MIX_1));
    x = wide_xor(x, wide_right(x, 15));
    x = wide_mul(x, wide_set(RANDOM_MIX_2));
    x = wide_xor_3(x, wide_right(x, 16), b);
    x = wide_mul(x, wide_set(RANDOM_MIX_3));
    return wide_xor(x, wide_right(x, 15));
}

/* random_place */
static WIDE_INLINE wide wide_place(uint32_t what, uint32_t of, wide i)
{
    return wide_or(wide_set(random_place(what, of, 0)), i);
}

#endif
