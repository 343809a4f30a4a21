// SPDX-License-Identifier: EUPL-1.2
#include "base/jobs.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { THREADS_MAX = 16 };

struct running {
    size_t n, ceiling;
    void (*one)(void *arg, size_t i, struct arena *a);
    void *arg;
    atomic_size_t next;
};

/* Pieces are much alike: the memory of the first is kept for the others. */
static void *work(void *arg)
{
    struct running *r = arg;
    struct arena_mark empty;
    struct arena a;
    bool first = true;

    arena_init(&a, r->ceiling);
    empty = arena_mark(&a);
    for (size_t i; (i = atomic_fetch_add(&r->next, 1)) < r->n; first = false) {
        r->one(r->arg, i, &a);
        size_t used = a.used;
        arena_release(&a, empty);
        if (first)
            empty = arena_mark_room(&a, used);
    }
    arena_free(&a);
    return NULL;
}

void jobs_run(size_t n, unsigned threads, size_t ceiling, void (*one)(void *arg, size_t i, struct arena *a),
              void *arg)
{
    struct running r = { .n = n, .ceiling = ceiling, .one = one, .arg = arg };
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

unsigned jobs_threads(void)
{
    return sysconf(_SC_NPROCESSORS_ONLN) > 1 ? 2 : 1;
}
