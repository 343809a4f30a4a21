// SPDX-License-Identifier: EUPL-1.2
#include "store/kept.h"

#include "store/engine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct kept {
    struct arena arena;
    void *value;
    uint64_t commits;
    unsigned char key[KEPT_KEY];
    size_t key_len;
    unsigned holds; /* guarded by kept_lock, as is store.kept; the store itself holds the newest */
};

static void let_go(struct kept *k)
{
    if (k == NULL || --k->holds > 0)
        return;
    arena_free(&k->arena);
    free(k);
}

/* As it is now, with one hold more. */
static struct kept *find(struct ctx *c, const struct kept_how *how)
{
    struct store *s = c->db->store;

    pthread_mutex_lock(&s->kept_lock);
    struct kept *k = s->kept;
    if (k != NULL && (k->commits != c->db->commits_seen || k->key_len != how->key_len ||
                      memcmp(k->key, how->key, how->key_len) != 0))
        k = NULL;
    if (k != NULL)
        k->holds++;
    pthread_mutex_unlock(&s->kept_lock);
    return k;
}

/* Reads it and puts it in the place of what stood there. */
static enum err fill(struct ctx *c, const struct kept_how *how, struct kept **ret_kept)
{
    struct store *s = c->db->store;
    struct arena *own = c->arena;
    struct kept *k = calloc(1, sizeof *k);

    if (k == NULL)
        return FAIL(E_NOMEM, "%s", "");
    *k = (struct kept){ .commits = c->db->commits_seen, .key_len = how->key_len, .holds = 2 };
    memcpy(k->key, how->key, how->key_len);
    arena_init(&k->arena, own->ceiling);
    c->arena = &k->arena;
    enum err e = how->read(c, how->arg, &k->value);
    c->arena = own;
    if (e != OK) {
        k->holds = 1;
        let_go(k);
        return e;
    }
    pthread_mutex_lock(&s->kept_lock);
    let_go(s->kept);
    s->kept = k;
    pthread_mutex_unlock(&s->kept_lock);
    *ret_kept = k;
    return OK;
}

/* The counter is read before the data, so what is kept is never older than the counter it is kept under. */
enum err kept_hold(struct ctx *c, const struct kept_how *how, struct kept **ret_kept, void **ret_value)
{
    struct store *s = c->db->store;
    struct kept *k = NULL;
    enum err e = OK;

    assert(how->key_len <= KEPT_KEY);
    *ret_kept = NULL;
    if (c->db->tx_depth > 0 || s->writer == NULL || s->kind != DB_SQLITE)
        return how->read(c, how->arg, ret_value);
    if (!c->db->in_snapshot)
        c->db->commits_seen = store_commits(s);
    if ((k = find(c, how)) == NULL) {
        pthread_mutex_lock(&s->kept_fill);
        if ((k = find(c, how)) == NULL)
            e = fill(c, how, &k);
        pthread_mutex_unlock(&s->kept_fill);
    }
    if (e != OK)
        return e;
    *ret_kept = k;
    *ret_value = k->value;
    return OK;
}

void kept_drop(struct ctx *c, struct kept *k)
{
    struct store *s = c->db->store;

    if (k == NULL)
        return;
    pthread_mutex_lock(&s->kept_lock);
    let_go(k);
    pthread_mutex_unlock(&s->kept_lock);
}

void kept_free(struct store *s)
{
    let_go(s->kept);
    s->kept = NULL;
}
