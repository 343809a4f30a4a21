// SPDX-License-Identifier: EUPL-1.2
/* Sorting large arrays of whole numbers in linear time.
 * LSD radix sort (Knuth, The Art of Computer Programming 3, 2nd ed., section 5.2.5), with the digits of
 * (value - smallest) only, so that waits of a few years cost three passes and not eight. */
#ifndef PEIL_BASE_SORT_H
#define PEIL_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/* Ascending, in place; `scratch` holds n values and is overwritten. O(n) above a few dozen values; an array
 * that is already in order costs one pass. n < 2^32. */
void sort_u64(uint64_t *value, uint64_t *scratch, size_t n);
/* The same for signed values; values must be 0 or more. */
void sort_i64(int64_t *value, int64_t *scratch, size_t n);
/* Where a value stands, or would stand, in an ascending array: how many are smaller. */
size_t sort_place(const int64_t *sorted, size_t n, int64_t value);

#endif
