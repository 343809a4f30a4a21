// SPDX-License-Identifier: EUPL-1.2
#include "store/read_log.h"

#include "store/engine.h"
#include "store/sql.h"

#include <stdlib.h>

#define ENTRIES 4096

struct entry {
    struct look look;
    int64_t first_at, last_at, times;
};
struct read_log {
    struct entry entry[ENTRIES];
    size_t n;
    uint16_t place[2 * ENTRIES]; /* by hash: number of the entry + 1 */
};

static size_t hash(const struct look *l)
{
    uint64_t h = (uint64_t)l->account * 0x9e3779b97f4a7c15u ^ (uint64_t)l->object_id * 0xc2b2ae3d27d4eb4fu;

    h ^= (uint64_t)(uintptr_t)l->action * 31 + (uint64_t)(uintptr_t)l->object;
    return (size_t)((h ^ h >> 29) * 0xbf58476d1ce4e5b9u >> 40);
}

static bool same(const struct look *a, const struct look *b)
{
    return a->account == b->account && a->object_id == b->object_id && a->action == b->action &&
           a->object == b->object;
}

static void add(struct read_log *r, const struct look *l, int64_t now)
{
    size_t at = hash(l) % COUNT(r->place);

    while (r->place[at] != 0) {
        struct entry *e = &r->entry[r->place[at] - 1];
        if (same(&e->look, l)) {
            e->last_at = now;
            e->times++;
            return;
        }
        at = (at + 1) % COUNT(r->place);
    }
    r->entry[r->n] = (struct entry){ *l, now, now, 1 };
    r->place[at] = (uint16_t)++r->n;
}

static enum err insert(struct ctx *c, const struct entry *e)
{
    struct sql_access_log_insert_args row = { e->first_at,    e->last_at,     e->look.account,
                                              e->look.action, e->look.object, e->look.object_id,
                                              e->times };

    return sql_access_log_insert(c, &row);
}

struct one_look {
    struct entry entry;
};

static enum err insert_one(struct ctx *c, void *arg)
{
    struct one_look *o = arg;

    return insert(c, &o->entry);
}

enum err read_log_add(struct ctx *c, const struct look *look)
{
    struct store *s = db_store(c->db);
    bool full = false;

    if (s->writer != NULL) {
        pthread_mutex_lock(&s->log_lock);
        if (s->log == NULL)
            s->log = calloc(1, sizeof *s->log);
        full = s->log == NULL || s->log->n == ENTRIES;
        if (!full)
            add(s->log, look, c->now);
        pthread_mutex_unlock(&s->log_lock);
        if (!full)
            return OK;
    }
    /* no writer, or more looks than it can hold: this one is written now */
    struct one_look one = { { *look, c->now, c->now, 1 } };
    return db_tx(c, insert_one, &one);
}

bool read_log_pending(struct store *s)
{
    pthread_mutex_lock(&s->log_lock);
    bool pending = s->log != NULL && s->log->n > 0;
    pthread_mutex_unlock(&s->log_lock);
    return pending;
}

enum err read_log_flush(struct ctx *c, void *arg)
{
    struct store *s = arg;
    enum err e = OK;

    pthread_mutex_lock(&s->log_lock);
    struct read_log *r = s->log;
    s->log = NULL;
    pthread_mutex_unlock(&s->log_lock);
    for (size_t i = 0; r != NULL && i < r->n && e == OK; i++)
        e = insert(c, &r->entry[i]);
    free(r);
    return e;
}

void read_log_free(struct store *s)
{
    free(s->log);
    s->log = NULL;
}
