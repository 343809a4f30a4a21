// SPDX-License-Identifier: EUPL-1.2
/* The one writing connection of SQLite, and the writer of the read log on both engines. Threads queue their
 * transaction and wait; the writer takes the whole queue, runs each body under a savepoint of its own,
 * commits once (one fsync for all) and wakes them. A body that fails is undone alone; a commit that fails is
 * told to everyone in the group. */
#include "base/log.h"
#include "store/engine.h"
#include "store/read_log.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct job {
    struct ctx *c;
    enum err (*body)(struct ctx *c, void *arg);
    void *arg;
    enum err result;
    bool done;
    pthread_cond_t wake;
    struct job *next;
};

struct writer {
    struct store *store;
    struct db *db;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct job *first, **last;
    bool stop;
};

static void run_job(struct writer *w, struct job *j)
{
    struct ctx *c = j->c;
    struct db *own = c->db;

    c->db = w->db;
    j->result = w->db->engine->savepoint(c, w->db);
    if (j->result == OK) {
        j->result = j->body(c, j->arg);
        if (j->result == OK)
            j->result = w->db->engine->release(c, w->db);
        else
            w->db->engine->rollback_to(w->db);
    }
    c->db = own;
}

/* A commit that failed is everyone's failure, each in its own context. */
static void fail_all(struct job *group, const struct ctx *why)
{
    for (struct job *j = group; j != NULL; j = j->next)
        if (j->result == OK) {
            j->c->err = why->err;
            j->result = why->err.code;
        }
}

/* What people looked at goes with the group; when that fails the group goes on without it, loudly. */
static void flush_looks(struct writer *w, struct ctx *own)
{
    struct db *db = w->db;

    if (!read_log_pending(w->store) || db->engine->savepoint(own, db) != OK)
        return;
    if (read_log_flush(own, w->store) == OK && db->engine->release(own, db) == OK)
        return;
    log_line(LOG_ERROR, "read log: %s", own->err.text);
    db->engine->rollback_to(db);
    err_clear(own);
}

static void run_group(struct writer *w, struct job *group)
{
    struct ctx own = { .lang = LANG_NL, .db = w->db };

    struct db *db = w->db;

    if (db->engine->begin(&own, db, true) != OK) {
        fail_all(group, &own);
        return;
    }
    db->tx_depth = 1;
    for (struct job *j = group; j != NULL; j = j->next)
        run_job(w, j);
    flush_looks(w, &own);
    if (db->engine->commit(&own, db) != OK) {
        db->engine->rollback(db);
        fail_all(group, &own);
        log_line(LOG_ERROR, "commit failed: %s", own.err.text);
    }
    db->tx_depth = 0;
    if (group != NULL) /* a look changes no page */
        atomic_fetch_add_explicit(&w->store->commits, 1, memory_order_release);
}

static struct job *take_queue(struct writer *w)
{
    struct timespec until;

    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 500000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    while (w->first == NULL && !w->stop)
        if (pthread_cond_timedwait(&w->work, &w->lock, &until) == ETIMEDOUT)
            break;
    struct job *group = w->first;
    w->first = NULL;
    w->last = &w->first;
    return group;
}

static void *writer_main(void *arg)
{
    struct writer *w = arg;

    pthread_mutex_lock(&w->lock);
    while (!w->stop || w->first != NULL || read_log_pending(w->store)) {
        struct job *group = take_queue(w);
        pthread_mutex_unlock(&w->lock);
        if (group != NULL || read_log_pending(w->store))
            run_group(w, group);
        else if (w->db->engine->changed_elsewhere(w->db))
            atomic_fetch_add_explicit(&w->store->commits, 1, memory_order_release);
        pthread_mutex_lock(&w->lock);
        while (group != NULL) {
            struct job *next = group->next;
            group->done = true;
            pthread_cond_signal(&group->wake);
            group = next;
        }
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

enum err writer_run(struct ctx *c, struct writer *w, enum err (*body)(struct ctx *c, void *arg), void *arg)
{
    struct job j = { .c = c, .body = body, .arg = arg, .result = OK, .wake = PTHREAD_COND_INITIALIZER };

    pthread_mutex_lock(&w->lock);
    *w->last = &j;
    w->last = &j.next;
    pthread_cond_signal(&w->work);
    while (!j.done)
        pthread_cond_wait(&j.wake, &w->lock);
    pthread_mutex_unlock(&w->lock);
    pthread_cond_destroy(&j.wake);
    return j.result;
}

enum err store_start_writer(struct ctx *c, struct store *s)
{
    if (s->writer != NULL)
        return OK;
    struct writer *w = calloc(1, sizeof *w);
    if (w == NULL)
        return FAIL(E_NOMEM, "%s", "");
    enum err e = db_open(c, s, &w->db);
    if (e != OK) {
        free(w);
        return e;
    }
    w->store = s;
    w->last = &w->first;
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->work, NULL);
    if (pthread_create(&w->thread, NULL, writer_main, w) != 0) {
        db_close(w->db);
        free(w);
        return FAIL(E_NOMEM, "%s", "");
    }
    s->writer = w;
    return OK;
}

void store_stop_writer(struct store *s)
{
    struct writer *w = s->writer;

    if (w == NULL)
        return;
    pthread_mutex_lock(&w->lock);
    w->stop = true;
    pthread_cond_signal(&w->work);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    db_close(w->db);
    pthread_cond_destroy(&w->work);
    pthread_mutex_destroy(&w->lock);
    free(w);
    s->writer = NULL;
}
