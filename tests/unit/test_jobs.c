// SPDX-License-Identifier: EUPL-1.2
/* Pieces side by side: each is done once, in memory that is empty and zeroed, whatever the threads. */
#include "base/jobs.h"

#include "unit/test.h"

#include <string.h>

enum { PIECES = 200 };

static void one(void *arg, size_t i, struct arena *a)
{
    int *times = arg;
    size_t n = 1000 + i * 100;
    unsigned char *p = arena_alloc(a, n);

    for (size_t k = 0; p != NULL && k < n; k++)
        if (p[k] != 0)
            return;
    if (p != NULL)
        memset(p, 7, n);
    times[i] += p != NULL ? 1 : 100;
}

TEST(jobs_each_piece_is_done_once)
{
    for (unsigned threads = 0; threads <= 20; threads += 5) {
        int times[PIECES] = { 0 };

        jobs_run(PIECES, threads, 1 << 20, one, times);
        for (size_t i = 0; i < PIECES; i++)
            CHECK_INT(times[i], 1);
    }
    int none[PIECES] = { 0 };
    jobs_run(0, 4, 1 << 20, one, none);
    CHECK_INT(none[0], 0);
    jobs_run(2, 2, 16, one, none); /* no memory for any of them: each sees it */
    CHECK(none[0] == 100 && none[1] == 100);
}
