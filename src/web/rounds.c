// SPDX-License-Identifier: EUPL-1.2
#include "web/rounds.h"

#include "base/log.h"
#include "base/text.h"
#include "register/session.h"

#include <sys/resource.h>
#include <time.h>

/* Of the processor, by this thread. */
static int64_t milliseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void one_round(struct rounds *r, struct db **db)
{
    struct session session;
    struct arena arena;
    struct ctx c;

    arena_init(&arena, r->how.memory);
    ctx_init(&c, &arena, LANG_NL);
    ctx_set_now(&c, c.now + r->how.clock_shift);
    enum err e = *db != NULL ? OK : db_open(&c, r->store, db);
    c.db = *db;
    if (e == OK) {
        session_act_as(&c, &session, ROLE_QUALITY, INT_NONE, INT_NONE);
        e = r->how.round(&c, r->how.arg);
    }
    if (e != OK && !r->stop)
        log_line(LOG_ERROR, "%s: %s (%s)", r->how.name, c.err.text, c.err.trace);
    arena_free(&arena);
}

/* False: time to stop. */
static bool wait_for(struct rounds *r, int64_t seconds)
{
    struct timespec until;
    int waited = 0;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&r->lock);
    while (!r->stop && waited == 0)
        waited = pthread_cond_timedwait(&r->wake, &r->lock, &until);
    bool go_on = !r->stop;
    pthread_mutex_unlock(&r->lock);
    return go_on;
}

static void *run(void *arg)
{
    struct rounds *r = arg;
    struct db *db = NULL;

    (void)setpriority(PRIO_PROCESS, 0, 15); /* of this thread alone */
    for (int64_t seconds = r->how.first_seconds; wait_for(r, seconds);) {
        int64_t before = milliseconds();
        one_round(r, &db);
        int64_t rest = (milliseconds() - before) * r->how.share / 1000;
        seconds = rest > r->how.pause_seconds ? rest : r->how.pause_seconds;
    }
    db_close(db);
    return NULL;
}

static void forget(struct rounds *r)
{
    pthread_cond_destroy(&r->wake);
    pthread_mutex_destroy(&r->lock);
}

bool rounds_start(struct rounds *r, struct store *store, const struct rounds_how *how)
{
    r->how = *how;
    r->store = store;
    r->stop = false;
    pthread_mutex_init(&r->lock, NULL);
    pthread_cond_init(&r->wake, NULL);
    if (pthread_create(&r->thread, NULL, run, r) == 0)
        return true;
    forget(r);
    return false;
}

void rounds_stop(struct rounds *r)
{
    pthread_mutex_lock(&r->lock);
    r->stop = true;
    pthread_cond_signal(&r->wake);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    forget(r);
}
