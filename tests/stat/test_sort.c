// SPDX-License-Identifier: EUPL-1.2
#include "base/rng.h"
#include "base/sort.h"
#include "unit/test.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

TEST(sort_like_qsort)
{
    static const size_t sizes[] = { 0, 1, 2, 47, 48, 49, 500, 4095, 4096, 70000 };
    static const unsigned shifts[] = { 0, 8, 37, 53, 63 }; /* ranges from all of 64 bits down to 0 and 1 */
    static uint64_t value[70000], want[70000], scratch[70000];
    struct rng r;

    rng_seed(&r, 42);
    for (size_t i = 0; i < COUNT(sizes); i++)
        for (size_t j = 0; j < COUNT(shifts); j++) {
            for (size_t k = 0; k < sizes[i]; k++)
                want[k] = value[k] = (rng_next(&r) >> shifts[j]) + j;
            qsort(want, sizes[i], sizeof *want, compare);
            sort_u64(value, scratch, sizes[i]);
            CHECK(memcmp(value, want, sizes[i] * sizeof *value) == 0);
            sort_u64(value, scratch, sizes[i]); /* in order already */
            CHECK(memcmp(value, want, sizes[i] * sizeof *value) == 0);
        }
}

TEST(sort_place_counts_who_is_smaller)
{
    static const int64_t sorted[] = { -3, 0, 0, 5, 9 };

    for (int64_t v = -5; v < 12; v++) {
        size_t smaller = 0;
        for (size_t i = 0; i < COUNT(sorted); i++)
            smaller += sorted[i] < v;
        CHECK_INT((int64_t)sort_place(sorted, COUNT(sorted), v), (int64_t)smaller);
    }
    CHECK_INT((int64_t)sort_place(sorted, 0, 3), 0);
}
