// SPDX-License-Identifier: EUPL-1.2
#include "store/memo.h"

#include "store/engine.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 256
#define HASH 16

struct memo_slot {
    unsigned char hash[HASH];
    uint64_t commits; /* + 1; 0: empty */
    char value[MEMO_VALUE_MAX];
};

static void hash_of(const struct memo *m, unsigned char hash[HASH])
{
    crypto_generichash_state state;

    crypto_generichash_init(&state, NULL, 0, HASH);
    crypto_generichash_update(&state, (const unsigned char *)m->what, strlen(m->what) + 1);
    crypto_generichash_update(&state, m->key, m->key_len);
    crypto_generichash_final(&state, hash, HASH);
}

static bool usable(const struct ctx *c)
{
    return c->db->tx_depth == 0 && c->db->store->writer != NULL && c->db->store->kind == DB_SQLITE;
}

/* The counter is read before the data (db_read_begin reads it before it opens its snapshot), so a value is
 * never older than the counter under which it is kept. */
bool memo_get(struct ctx *c, const struct memo *m)
{
    struct store *s = c->db->store;
    unsigned char hash[HASH];
    bool found = false;

    assert(m->value_len <= MEMO_VALUE_MAX);
    if (!usable(c))
        return false;
    if (!c->db->in_snapshot)
        c->db->commits_seen = store_commits(s);
    hash_of(m, hash);
    pthread_mutex_lock(&s->memo_lock);
    const struct memo_slot *slot = s->memo != NULL ? &s->memo[hash[0]] : NULL;
    if (slot != NULL && slot->commits == c->db->commits_seen + 1 && memcmp(slot->hash, hash, HASH) == 0) {
        memcpy(m->value, slot->value, m->value_len);
        found = true;
    }
    pthread_mutex_unlock(&s->memo_lock);
    return found;
}

void memo_put(struct ctx *c, const struct memo *m)
{
    struct store *s = c->db->store;
    unsigned char hash[HASH];

    if (!usable(c))
        return;
    hash_of(m, hash);
    pthread_mutex_lock(&s->memo_lock);
    if (s->memo == NULL)
        s->memo = calloc(SLOTS, sizeof *s->memo);
    if (s->memo != NULL) {
        struct memo_slot *slot = &s->memo[hash[0]];
        memcpy(slot->hash, hash, HASH);
        slot->commits = c->db->commits_seen + 1;
        memcpy(slot->value, m->value, m->value_len);
    }
    pthread_mutex_unlock(&s->memo_lock);
}
