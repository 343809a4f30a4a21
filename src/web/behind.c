// SPDX-License-Identifier: EUPL-1.2
#include "web/behind.h"

#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "register/session.h"

#include <malloc.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { PARTS = 64, PART_MAX = 256 * 1024, MEMORY = 512 << 20 };
enum { SLOW = 1000 /* milliseconds */, WAIT_MOMENTS = 50 /* of 20 milliseconds */ };

struct part {
    char key[BEHIND_KEY];
    enum lang lang;
    struct buf text;          /* its memory stays when it is made again */
    int64_t made_at, used_at; /* seconds */
    int64_t took;             /* milliseconds */
    uint64_t commits;
    bool wanted, making, failed;
};

struct behind {
    struct arena memory; /* holds this struct */
    struct store *store;
    behind_make make;
    void *arg;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work;
    bool stop, slow;
    struct part part[PARTS];
};

static int64_t now_milliseconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t now_seconds(void)
{
    return now_milliseconds() / 1000;
}

static struct part *find(struct behind *b, enum lang lang, const char *key)
{
    for (size_t i = 0; i < PARTS; i++)
        if (b->part[i].key[0] != '\0' && b->part[i].lang == lang && text_is(b->part[i].key, key))
            return &b->part[i];
    return NULL;
}

/* A free place, or that of the part which nobody asked for the longest. */
static struct part *place(struct behind *b)
{
    struct part *oldest = &b->part[0];

    for (size_t i = 0; i < PARTS; i++) {
        if (b->part[i].key[0] == '\0')
            return &b->part[i];
        if (b->part[i].used_at < oldest->used_at)
            oldest = &b->part[i];
    }
    return oldest;
}

static void keep(struct part *p, const struct buf *part, int64_t made_at, uint64_t commits)
{
    buf_clear(&p->text);
    buf_put(&p->text, part->data, part->len);
    if (p->text.failed)
        p->key[0] = '\0';
    p->made_at = made_at;
    p->commits = commits;
    p->wanted = p->failed = false;
}

static bool is_slow(struct behind *b)
{
    pthread_mutex_lock(&b->lock);
    bool slow = b->slow;
    pthread_mutex_unlock(&b->lock);
    return slow;
}

static bool has_failed(struct behind *b, enum lang lang, const char *key)
{
    pthread_mutex_lock(&b->lock);
    struct part *p = find(b, lang, key);
    bool failed = p != NULL && p->failed;
    pthread_mutex_unlock(&b->lock);
    return failed;
}

bool behind_get(struct behind *b, enum lang lang, const char *key, struct buf *out, int64_t *ret_made_at)
{
    bool found = false;

    if (b == NULL)
        return false;
    pthread_mutex_lock(&b->lock);
    struct part *p = find(b, lang, key);
    if (p != NULL && p->made_at != 0) {
        buf_put(out, p->text.data, p->text.len);
        *ret_made_at = p->made_at;
        p->used_at = now_seconds();
        if (p->commits != store_commits(b->store) &&
            p->used_at - p->made_at >= BEHIND_SECONDS + p->took / 10) {
            p->wanted = true;
            pthread_cond_signal(&b->work);
        }
        found = true;
    }
    pthread_mutex_unlock(&b->lock);
    return found;
}

void behind_want(struct behind *b, enum lang lang, const char *key)
{
    if (b == NULL || strlen(key) >= BEHIND_KEY)
        return;
    pthread_mutex_lock(&b->lock);
    struct part *p = find(b, lang, key);
    if (p == NULL) {
        p = place(b);
        text_copy(p->key, sizeof p->key, key);
        p->lang = lang;
        buf_clear(&p->text);
        p->made_at = p->took = 0;
        p->making = p->failed = false;
        p->used_at = now_seconds();
    }
    if (p->made_at == 0 && !p->making) {
        p->wanted = true;
        p->failed = false;
        pthread_cond_signal(&b->work);
    }
    pthread_mutex_unlock(&b->lock);
}

enum behind_state behind_read(struct behind *b, enum lang lang, const char *key, struct buf *out,
                              int64_t *ret_made_at)
{
    const struct timespec moment = { 0, 20 * 1000 * 1000 };

    if (b == NULL || has_failed(b, lang, key))
        return BEHIND_SELF;
    if (behind_get(b, lang, key, out, ret_made_at))
        return BEHIND_MADE;
    behind_want(b, lang, key);
    for (int i = 0; i < WAIT_MOMENTS && !is_slow(b); i++) {
        nanosleep(&moment, NULL);
        if (behind_get(b, lang, key, out, ret_made_at))
            return BEHIND_MADE;
    }
    return BEHIND_MAKING;
}

void behind_put(struct behind *b, enum lang lang, const char *key, const struct buf *part, int64_t made_at,
                uint64_t commits)
{
    if (b == NULL || part->failed || part->len > PART_MAX || strlen(key) >= BEHIND_KEY)
        return;
    pthread_mutex_lock(&b->lock);
    struct part *p = find(b, lang, key);
    if (p == NULL)
        p = place(b);
    text_copy(p->key, sizeof p->key, key);
    p->lang = lang;
    p->used_at = now_seconds();
    keep(p, part, made_at, commits);
    pthread_mutex_unlock(&b->lock);
}

static struct part *next_wanted(struct behind *b)
{
    for (size_t i = 0; i < PARTS; i++)
        if (b->part[i].key[0] != '\0' && b->part[i].wanted)
            return &b->part[i];
    return NULL;
}

/* Makes one part anew; what fails is tried again when somebody asks. */
static enum err make_one(struct behind *b, struct ctx *c, const char *key)
{
    struct session session;
    struct buf out = { 0 };
    uint64_t commits = store_commits(b->store);

    session_act_as(c, &session, ROLE_QUALITY, INT_NONE, INT_NONE);
    enum err e = db_read_begin(c);
    if (e == OK)
        e = b->make(c, b->arg, key, &out);
    db_read_end(c);
    if (e != OK)
        log_line(LOG_ERROR, "behind %s: %s (%s)", key, c->err.text, c->err.trace);
    else
        behind_put(b, c->lang, key, &out, c->now, commits);
    buf_free(&out);
    return e;
}

/* False: it was not made. */
static bool work_on(struct behind *b, struct db **db, const char *key, enum lang lang)
{
    enum err e = E_IO;
    struct arena arena;
    struct ctx c;

    arena_init(&arena, MEMORY);
    ctx_init(&c, &arena, lang);
    c.db = *db;
    if (*db == NULL && db_open(&c, b->store, db) == OK)
        c.db = *db;
    if (c.db != NULL)
        e = make_one(b, &c, key);
    arena_free(&arena);
    return e == OK;
}

static void *run(void *arg)
{
    struct behind *b = arg;
    struct db *db = NULL;
    char key[BEHIND_KEY];

    (void)setpriority(PRIO_PROCESS, 0, 10); /* of this thread alone: pages that are asked for go first */
    pthread_mutex_lock(&b->lock);
    while (!b->stop) {
        struct part *p = next_wanted(b);
        if (p == NULL) {
            pthread_cond_wait(&b->work, &b->lock);
            continue;
        }
        enum lang lang = p->lang;
        text_copy(key, sizeof key, p->key);
        p->wanted = false;
        p->making = true;
        pthread_mutex_unlock(&b->lock);
        int64_t before = now_milliseconds();
        bool made = work_on(b, &db, key, lang);
        int64_t took = now_milliseconds() - before;
        if (took > SLOW)
            (void)malloc_trim(0); /* what it needed is much more than pages do */
        pthread_mutex_lock(&b->lock);
        b->slow = took > SLOW;
        if ((p = find(b, lang, key)) != NULL) { /* its place may have been given away */
            p->making = false;
            p->failed = !made;
            p->took = took;
        }
    }
    pthread_mutex_unlock(&b->lock);
    db_close(db);
    return NULL;
}

struct behind *behind_start(struct store *store, behind_make make, void *arg)
{
    struct arena memory;
    struct behind *b;

    arena_init(&memory, 1 << 18);
    b = arena_alloc(&memory, sizeof *b);
    if (b == NULL)
        return NULL;
    memset(b, 0, sizeof *b);
    b->memory = memory;
    b->store = store;
    b->make = make;
    b->arg = arg;
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->work, NULL);
    if (pthread_create(&b->thread, NULL, run, b) != 0) {
        memory = b->memory;
        arena_free(&memory);
        return NULL;
    }
    return b;
}

void behind_stop(struct behind *b)
{
    struct arena memory;

    if (b == NULL)
        return;
    pthread_mutex_lock(&b->lock);
    b->stop = true;
    pthread_cond_signal(&b->work);
    pthread_mutex_unlock(&b->lock);
    pthread_join(b->thread, NULL);
    for (size_t i = 0; i < PARTS; i++)
        buf_free(&b->part[i].text);
    pthread_cond_destroy(&b->work);
    pthread_mutex_destroy(&b->lock);
    memory = b->memory;
    arena_free(&memory);
}
