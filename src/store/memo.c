// SPDX-License-Identifier: EUPL-1.2
#include "store/memo.h"

#include "store/engine.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 256
#define HASH 16
#define ALWAYS UINT64_MAX /* instead of a number of commits */

struct memo_slot {
    unsigned char hash[HASH];
    uint64_t commits; /* + 1, or ALWAYS; 0: empty */
    void *value;
    size_t len;
};

static void hash_of(const struct memo *m, unsigned char hash[HASH])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, HASH);
    crypto_generichash_update(&state, (const unsigned char *)m->what, strlen(m->what) + 1);
    crypto_generichash_update(&state, m->key, m->key_len);
    crypto_generichash_final(&state, hash, HASH);
}

static bool usable(const struct ctx *c, const struct memo *m)
{
    const struct store *s = c->db->store;

    return m->lasting ? s->writer != NULL || s->kind == DB_POSTGRES
                      : c->db->tx_depth == 0 && s->writer != NULL && s->kind == DB_SQLITE;
}

/* What a value is kept under. */
static uint64_t mark_of(const struct ctx *c, const struct memo *m)
{
    return m->lasting ? ALWAYS : c->db->commits_seen + 1;
}

/* The counter is read before the data (db_read_begin reads it before it opens its snapshot), so a value is
 * never older than the counter under which it is kept. */
bool memo_get(struct ctx *c, const struct memo *m)
{
    struct store *s = c->db->store;
    unsigned char hash[HASH];
    bool found = false;

    assert(m->value_len <= MEMO_VALUE_MAX);
    if (!usable(c, m))
        return false;
    if (!m->lasting && !c->db->in_snapshot)
        c->db->commits_seen = store_commits(s);
    hash_of(m, hash);
    pthread_mutex_lock(&s->memo_lock);
    const struct memo_slot *slot = s->memo != NULL ? &s->memo[hash[0]] : NULL;
    if (slot != NULL && slot->commits == mark_of(c, m) && memcmp(slot->hash, hash, HASH) == 0) {
        assert(slot->len == m->value_len);
        memcpy(m->value, slot->value, m->value_len);
        found = true;
    }
    pthread_mutex_unlock(&s->memo_lock);
    return found;
}

/* An empty slot when there is no memory: the value is found anew next time. */
static void fill(struct memo_slot *slot, const unsigned char hash[HASH], uint64_t mark, const struct memo *m)
{
    if (slot->len != m->value_len) {
        free(slot->value);
        slot->value = malloc(m->value_len);
        slot->len = m->value_len;
    }
    if (slot->value == NULL) {
        *slot = (struct memo_slot){ .len = 0 };
        return;
    }
    memcpy(slot->hash, hash, HASH);
    memcpy(slot->value, m->value, m->value_len);
    slot->commits = mark;
}

void memo_put(struct ctx *c, const struct memo *m)
{
    struct store *s = c->db->store;
    unsigned char hash[HASH];

    if (!usable(c, m))
        return;
    hash_of(m, hash);
    pthread_mutex_lock(&s->memo_lock);
    if (s->memo == NULL)
        s->memo = calloc(SLOTS, sizeof *s->memo);
    if (s->memo != NULL)
        fill(&s->memo[hash[0]], hash, mark_of(c, m), m);
    pthread_mutex_unlock(&s->memo_lock);
}

void memo_free(struct store *s)
{
    for (size_t i = 0; s->memo != NULL && i < SLOTS; i++)
        free(s->memo[i].value);
    free(s->memo);
    s->memo = NULL;
}
