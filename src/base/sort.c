// SPDX-License-Identifier: EUPL-1.2
#include "base/sort.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#define DIGIT_MAX 11 /* 2048 counters: they and the written lines stay in the first-level cache */
#define SMALL 48     /* below this an insertion sort wins */
#define FEW 4096     /* below this clearing 2048 counters costs more than a pass with 8 bits */

static void insertion_sort(uint64_t *value, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint64_t v = value[i];
        size_t j = i;

        for (; j > 0 && value[j - 1] > v; j--)
            value[j] = value[j - 1];
        value[j] = v;
    }
}

/* Finds the smallest and the largest value; true when the array is in order already. */
static bool scan_range(const uint64_t *value, size_t n, uint64_t *ret_min, uint64_t *ret_max)
{
    uint64_t min = value[0], max = value[0];
    bool sorted = true;

    for (size_t i = 1; i < n; i++) {
        sorted &= value[i - 1] <= value[i];
        min = value[i] < min ? value[i] : min;
        max = value[i] > max ? value[i] : max;
    }
    *ret_min = min;
    *ret_max = max;
    return sorted;
}

/* One stable pass on the digit of `bits` bits from `shift`. */
static void radix_pass(const uint64_t *from, uint64_t *to, size_t n, uint64_t min, unsigned shift,
                       unsigned bits)
{
    uint32_t place[1 << DIGIT_MAX];
    uint64_t mask = (UINT64_C(1) << bits) - 1;
    uint32_t sum = 0;

    memset(place, 0, sizeof place[0] << bits);
    for (size_t i = 0; i < n; i++)
        place[((from[i] - min) >> shift) & mask]++;
    for (size_t d = 0; d <= mask; d++) {
        uint32_t count = place[d];

        place[d] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++)
        to[place[((from[i] - min) >> shift) & mask]++] = from[i];
}

void sort_u64(uint64_t *value, uint64_t *scratch, size_t n)
{
    uint64_t min, max, *from = value, *to = scratch;
    unsigned bits = n < FEW ? 8 : DIGIT_MAX;

    assert(n < UINT32_MAX);
    if (n < SMALL) {
        insertion_sort(value, n);
        return;
    }
    if (scan_range(value, n, &min, &max))
        return;
    for (unsigned shift = 0; shift < 64 && (max - min) >> shift != 0; shift += bits) {
        uint64_t *other = from;

        radix_pass(from, to, n, min, shift, bits);
        from = to;
        to = other;
    }
    if (from != value)
        memcpy(value, from, n * sizeof *value);
}

void sort_i64(int64_t *value, int64_t *scratch, size_t n)
{
    sort_u64((uint64_t *)value, (uint64_t *)scratch, n);
}

size_t sort_place(const int64_t *sorted, size_t n, int64_t value)
{
    size_t low = 0, high = n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sorted[middle] < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
