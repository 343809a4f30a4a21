// SPDX-License-Identifier: EUPL-1.2
#include "web/expectation_behind.h"

#include "account/expectation.h"
#include "base/jobs.h"
#include "web/rounds.h"

enum { PAUSE_SECONDS = 60, FIRST_SECONDS = 2 };

struct expectation_behind {
    struct arena memory; /* holds this struct */
    struct rounds rounds;
    uint64_t commits; /* of the register when it was made last */
    int32_t day;      /* DAY_NONE: never */
    struct expectation_memory lists;
    struct expectation_progress progress;
};

/* Makes it when the register changed since, or another day began. */
static enum err make(struct ctx *c, void *arg)
{
    struct expectation_behind *b = arg;
    struct expectation_how how = { .list = INT_NONE,
                                   .calibrate = true,
                                   .threads = jobs_threads(),
                                   .memory = &b->lists,
                                   .progress = &b->progress,
                                   .stop = &b->rounds.stop };
    bool changed;

    if (b->day == c->today && b->commits == store_commits(b->rounds.store))
        return OK;
    enum err e = expectation_make(c, &how, &changed);
    b->progress.lists = 0;
    if (e != OK)
        b->lists.n = 0;
    b->commits = store_commits(b->rounds.store); /* its own writing is no news */
    b->day = c->today;
    return e;
}

struct expectation_behind *expectation_behind_start(struct store *store, int64_t clock_shift)
{
    struct expectation_behind *b;
    struct arena memory;

    arena_init(&memory, 1 << 16);
    b = arena_alloc(&memory, sizeof *b);
    if (b == NULL)
        return NULL;
    *b = (struct expectation_behind){ .memory = memory, .day = DAY_NONE };
    const struct rounds_how how = { .name = "expectation",
                                    .first_seconds = FIRST_SECONDS,
                                    .pause_seconds = PAUSE_SECONDS,
                                    .clock_shift = clock_shift,
                                    .memory = (size_t)1 << 30,
                                    .round = make,
                                    .arg = b };
    if (!rounds_start(&b->rounds, store, &how)) {
        arena_free(&memory);
        return NULL;
    }
    return b;
}

struct expectation_far expectation_behind_far(const struct expectation_behind *b)
{
    if (b == NULL || b->progress.lists == 0)
        return (struct expectation_far){ 0 };
    return (struct expectation_far){ b->progress.lists, b->progress.ready, b->progress.weeks,
                                     b->progress.back };
}

void expectation_behind_stop(struct expectation_behind *b)
{
    if (b == NULL)
        return;
    rounds_stop(&b->rounds);
    struct arena memory = b->memory;
    arena_free(&memory);
}
