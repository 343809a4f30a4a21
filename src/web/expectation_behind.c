// SPDX-License-Identifier: EUPL-1.2
#include "web/expectation_behind.h"

#include "account/expectation.h"
#include "base/log.h"
#include "register/session.h"

#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { PAUSE_SECONDS = 60, FIRST_SECONDS = 2 };
#define MEMORY ((size_t)1 << 30)

struct expectation_behind {
    struct arena memory; /* holds this struct */
    struct store *store;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    atomic_bool stop;
    int64_t clock_shift;
    uint64_t commits; /* of the register when it was made last */
    int32_t day;      /* DAY_NONE: never */
};

/* Makes it when the register changed since, or another day began. */
static void make(struct expectation_behind *b, struct db **db)
{
    struct expectation_how how = { .list = INT_NONE, .calibrate = true, .stop = &b->stop };
    struct session session;
    struct arena arena;
    bool changed;
    struct ctx c;

    arena_init(&arena, MEMORY);
    ctx_init(&c, &arena, LANG_NL);
    ctx_set_now(&c, c.now + b->clock_shift);
    uint64_t commits = store_commits(b->store);
    if (b->day == c.today && b->commits == commits) {
        arena_free(&arena);
        return;
    }
    enum err e = *db != NULL ? OK : db_open(&c, b->store, db);
    c.db = *db;
    if (e == OK) {
        session_act_as(&c, &session, ROLE_QUALITY, INT_NONE, INT_NONE);
        e = expectation_make(&c, &how, &changed);
    }
    if (e != OK && !b->stop)
        log_line(LOG_ERROR, "expectation: %s (%s)", c.err.text, c.err.trace);
    b->commits = store_commits(b->store); /* its own writing is no news */
    b->day = c.today;
    arena_free(&arena);
}

/* False: time to stop. */
static bool wait_for(struct expectation_behind *b, int seconds)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&b->lock);
    int waited = 0;
    while (!b->stop && waited == 0)
        waited = pthread_cond_timedwait(&b->wake, &b->lock, &until);
    bool go_on = !b->stop;
    pthread_mutex_unlock(&b->lock);
    return go_on;
}

static void *run(void *arg)
{
    struct expectation_behind *b = arg;
    struct db *db = NULL;

    (void)setpriority(PRIO_PROCESS, 0, 15); /* of this thread alone: pages that are asked for go first */
    for (int seconds = FIRST_SECONDS; wait_for(b, seconds); seconds = PAUSE_SECONDS)
        make(b, &db);
    db_close(db);
    return NULL;
}

struct expectation_behind *expectation_behind_start(struct store *store, int64_t clock_shift)
{
    struct expectation_behind *b;
    struct arena memory;

    arena_init(&memory, 1 << 16);
    b = arena_alloc(&memory, sizeof *b);
    if (b == NULL)
        return NULL;
    *b = (struct expectation_behind){
        .memory = memory, .store = store, .clock_shift = clock_shift, .day = DAY_NONE
    };
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->wake, NULL);
    if (pthread_create(&b->thread, NULL, run, b) != 0) {
        memory = b->memory;
        arena_free(&memory);
        return NULL;
    }
    return b;
}

void expectation_behind_stop(struct expectation_behind *b)
{
    struct arena memory;

    if (b == NULL)
        return;
    pthread_mutex_lock(&b->lock);
    b->stop = true;
    pthread_cond_signal(&b->wake);
    pthread_mutex_unlock(&b->lock);
    pthread_join(b->thread, NULL);
    pthread_cond_destroy(&b->wake);
    pthread_mutex_destroy(&b->lock);
    memory = b->memory;
    arena_free(&memory);
}
