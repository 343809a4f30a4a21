// SPDX-License-Identifier: EUPL-1.2
/* Look backs of several lists side by side. */
#include "forecast/backtest.h"

#include <pthread.h>

enum { THREADS_MAX = 16 };

struct running {
    struct backtest_job *job;
    size_t n, ceiling;
    atomic_size_t next;
};

/* Whoever is ready takes the next. */
static void *work(void *arg)
{
    struct running *r = arg;

    for (size_t i; (i = atomic_fetch_add(&r->next, 1)) < r->n;) {
        struct backtest_job *j = &r->job[i];
        struct arena a;

        arena_init(&a, r->ceiling);
        j->done = backtest_run(j->h, &j->how, &a, &j->found);
        j->found.row = NULL;
        j->found.n = 0;
        arena_free(&a);
    }
    return NULL;
}

void backtest_run_jobs(struct backtest_job *job, size_t n, unsigned threads, size_t ceiling)
{
    struct running r = { .job = job, .n = n, .ceiling = ceiling };
    pthread_t thread[THREADS_MAX];
    bool apart[THREADS_MAX] = { false };

    threads = threads < THREADS_MAX ? threads : THREADS_MAX;
    for (unsigned i = 1; i < threads && i < n; i++)
        apart[i] = pthread_create(&thread[i], NULL, work, &r) == 0;
    work(&r);
    for (unsigned i = 1; i < threads && i < n; i++)
        if (apart[i])
            pthread_join(thread[i], NULL);
}
