// SPDX-License-Identifier: EUPL-1.2
#include "web/extract_behind.h"

#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "register/extract_keep.h"
#include "web/rounds.h"

#include <string.h>

#define MEMORY ((size_t)4 << 30)
enum { FIRST_SECONDS = 5, PAUSE_SECONDS = 5, NIGHT_FROM = 2, NIGHT_TO = 5 /* hours */ };
enum {
    WAITED = 60 /* seconds */,
    SHARE = 100 /* of the processor: no more than one in so many parts goes to this */
};

struct extract_behind {
    struct arena self; /* holds this struct */
    struct rounds rounds;
    struct store *store;
    const char *path;
    pthread_mutex_t lock; /* of what follows */
    struct extract_live *live;
    struct month_live *months;
    uint64_t commits;                   /* of the register before it was looked at last */
    bool any, kept;                     /* it was looked at; the file has what stands here */
    int64_t recounted_at, different_at; /* TIME_NONE: never */
    struct month_recount last, worst;   /* worst: of different_at */
};

/* ── Under the lock ───────────────────────────────────────────────────────────────────────────────────── */

static enum err look(struct ctx *c, struct extract_behind *b, bool facts)
{
    const struct register_extract *x = extract_live_get(b->live);
    struct extract_news news;

    if (b->any && c->now < x->at && x->at - c->now < WAITED)
        ctx_set_now(c, x->at); /* whoever waited for the lock is a moment behind */
    b->any = false;
    TRY(facts ? extract_live_update_facts(c, b->live, &news) : extract_live_update(c, b->live, &news));
    TRY(month_live_update(c, b->months, b->live, &news));
    b->kept = b->kept && news.changed == 0 && !news.whole;
    b->any = true;
    return OK;
}

static bool differs(const struct month_recount *r)
{
    return r->rows_differ > 0 || r->numbers_differ > 0;
}

/* Nothing of what stood here is used again. */
static enum err start_anew(struct ctx *c, struct extract_behind *b)
{
    struct extract_live *live = extract_live_make();

    if (live == NULL)
        return FAIL(E_NOMEM, "%s", "");
    extract_live_keep_facts(live);
    extract_live_free(b->live);
    b->live = live;
    b->kept = false;
    return look(c, b, false);
}

static enum err recount(struct ctx *c, struct extract_behind *b)
{
    struct month_recount r;

    TRY(look(c, b, false));
    TRY(month_live_recount(c, b->months, b->live, &r));
    b->last = r;
    b->recounted_at = c->now;
    if (!differs(&r))
        return OK;
    b->worst = r;
    b->different_at = c->now;
    log_line(LOG_ERROR, "figures: counted again, %zu of %zu rows and %zu of %zu numbers differ",
             r.rows_differ, r.rows, r.numbers_differ, r.numbers);
    return start_anew(c, b);
}

/* ── For pages ────────────────────────────────────────────────────────────────────────────────────────── */

enum err extract_behind_hold(struct ctx *c, struct extract_behind *b, struct extract_held *ret_held)
{
    pthread_mutex_lock(&b->lock);
    enum err e = look(c, b, false);
    if (e != OK) {
        pthread_mutex_unlock(&b->lock);
        return e;
    }
    *ret_held = (struct extract_held){ extract_live_get(b->live), b->months };
    return OK;
}

void extract_behind_release(struct extract_behind *b)
{
    pthread_mutex_unlock(&b->lock);
}

enum err extract_behind_facts(struct ctx *c, struct extract_behind *b, const bool set[FACT_SETS],
                              struct register_facts *ret_facts)
{
    pthread_mutex_lock(&b->lock);
    enum err e = look(c, b, true);
    if (e == OK)
        e = facts_read_live(c, b->live, set, ret_facts);
    pthread_mutex_unlock(&b->lock);
    return e;
}

/* One moment of the register for both readings. */
enum err extract_behind_recount(struct ctx *c, struct extract_behind *b, struct month_recount *ret)
{
    pthread_mutex_lock(&b->lock);
    enum err e = db_read_begin(c);
    if (e == OK)
        e = recount(c, b);
    db_read_end(c);
    if (e == OK)
        *ret = b->last;
    pthread_mutex_unlock(&b->lock);
    return e;
}

void extract_behind_tell(struct extract_behind *b, struct buf *out)
{
    if (b == NULL)
        return;
    pthread_mutex_lock(&b->lock);
    int64_t at = b->recounted_at, different = b->different_at;
    struct month_recount last = b->last, worst = b->worst;
    pthread_mutex_unlock(&b->lock);
    if (at == TIME_NONE)
        return;
    buf_str(out, "figures counted again ");
    buf_time(out, at);
    buf_printf(out, ": %zu rows, %zu numbers, %zu and %zu differ\n", last.rows, last.numbers,
               last.rows_differ, last.numbers_differ);
    if (different == TIME_NONE || !differs(&worst))
        return;
    buf_str(out, "figures differed ");
    buf_time(out, different);
    buf_printf(out, ": %zu rows, %zu numbers; the count of the whole register was taken\n", worst.rows_differ,
               worst.numbers_differ);
}

/* ── The thread ───────────────────────────────────────────────────────────────────────────────────────── */

/* Of a processor, used by this thread: on a busy machine it takes longer, but not more. */
/* At night, once. */
static bool is_due(const struct ctx *c, const struct extract_behind *b)
{
    int64_t hour = (c->now - time_of_nl_day(c->today, 0)) / 3600;

    return b->any && hour >= NIGHT_FROM && hour < NIGHT_TO &&
           (b->recounted_at == TIME_NONE || time_nl_day(b->recounted_at) != c->today);
}

/* The file has what stands here, and the facts of the same moment. */
static enum err keep_file(struct ctx *c, struct extract_behind *b, const struct register_facts *facts)
{
    const struct extract_file e = extract_file_of(&facts->x, &facts->f);
    struct extract_kept kept;

    return extract_keep_put(c, b->path, &e, false, &kept);
}

/* What must be looked at; facts are read when the file is to be written. */
static enum err news(struct ctx *c, struct extract_behind *b, struct register_facts *ret_facts,
                     bool *ret_write)
{
    uint64_t commits = store_commits(b->store);
    bool same = b->any && b->commits == commits && (b->kept || b->path == NULL);

    *ret_write = false;
    if (same)
        return OK;
    TRY(look(c, b, b->path != NULL)); /* a page may have looked at an earlier moment */
    if (b->path != NULL) {
        TRY(facts_read_live(c, b->live, NULL, ret_facts));
        *ret_write = true;
    }
    b->commits = commits;
    b->kept = true;
    return OK;
}

static enum err turn(struct ctx *c, void *arg)
{
    struct extract_behind *b = arg;
    struct register_facts facts;
    struct month_recount r;
    bool write = false;

    if (is_due(c, b))
        return extract_behind_recount(c, b, &r);
    pthread_mutex_lock(&b->lock);
    enum err e = db_read_begin(c); /* requests and what happened beside them are of one moment */
    if (e == OK)
        e = news(c, b, &facts, &write);
    db_read_end(c);
    pthread_mutex_unlock(&b->lock);
    if (e != OK || !write)
        return e;
    e = keep_file(c, b, &facts); /* pages do not wait for the disk */
    if (e != OK) {
        pthread_mutex_lock(&b->lock);
        b->kept = false;
        pthread_mutex_unlock(&b->lock);
    }
    return e;
}

static void free_all(struct extract_behind *b)
{
    extract_live_free(b->live);
    month_live_free(b->months);
    pthread_mutex_destroy(&b->lock);
    struct arena self = b->self;
    arena_free(&self);
}

struct extract_behind *extract_behind_start(struct store *store, const char *path)
{
    struct extract_behind *b;
    struct arena self;

    arena_init(&self, 1 << 16);
    b = arena_alloc(&self, sizeof *b);
    if (b == NULL)
        return NULL;
    const char *own = path != NULL ? arena_copy(&self, path, strlen(path)) : NULL;
    *b = (struct extract_behind){
        .self = self, .path = own, .store = store, .recounted_at = TIME_NONE, .different_at = TIME_NONE
    };
    pthread_mutex_init(&b->lock, NULL);
    b->live = extract_live_make();
    b->months = month_live_make();
    bool there = b->live != NULL && b->months != NULL && (path == NULL || own != NULL);
    if (there)
        extract_live_keep_facts(b->live);
    const struct rounds_how how = { .name = "extract",
                                    .first_seconds = FIRST_SECONDS,
                                    .pause_seconds = PAUSE_SECONDS,
                                    .share = SHARE,
                                    .memory = MEMORY,
                                    .round = turn,
                                    .arg = b };
    if (!there || !rounds_start(&b->rounds, store, &how)) {
        free_all(b);
        return NULL;
    }
    return b;
}

void extract_behind_stop(struct extract_behind *b)
{
    if (b == NULL)
        return;
    rounds_stop(&b->rounds);
    free_all(b);
}
