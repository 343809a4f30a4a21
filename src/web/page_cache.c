// SPDX-License-Identifier: EUPL-1.2
#include "web/page_cache.h"

#include "base/text.h"

#include <pthread.h>
#include <string.h>

enum { SLOTS = 512, PLACES = 2 }; /* a key may stand in two neighbouring slots */

struct slot {
    uint64_t version;
    struct ready *page; /* NULL: free */
    char key[PAGE_KEY];
};

struct page_cache {
    pthread_mutex_t lock;
    struct arena memory;
    size_t bytes, bytes_max;
    struct slot *slot;
};

struct page_cache *page_cache_make(size_t bytes)
{
    struct arena memory;
    struct page_cache *p;

    arena_init(&memory, (size_t)1 << 20);
    p = arena_alloc(&memory, sizeof *p);
    struct slot *slot = arena_array(&memory, SLOTS, sizeof *slot);
    if (p == NULL || slot == NULL) {
        arena_free(&memory);
        return NULL;
    }
    *p = (struct page_cache){ .memory = memory, .bytes_max = bytes, .slot = slot };
    pthread_mutex_init(&p->lock, NULL);
    return p;
}

static void empty(struct page_cache *p, struct slot *s)
{
    if (s->page == NULL)
        return;
    p->bytes -= ready_size(s->page);
    ready_drop(s->page);
    s->page = NULL;
}

void page_cache_free(struct page_cache *p)
{
    struct arena memory;

    if (p == NULL)
        return;
    for (size_t i = 0; i < SLOTS; i++)
        empty(p, &p->slot[i]);
    pthread_mutex_destroy(&p->lock);
    memory = p->memory;
    arena_free(&memory);
}

static size_t place_of(const char *key)
{
    uint64_t hash = 14695981039346656037u; /* FNV-1a */

    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * 1099511628211u;
    return (size_t)(hash ^ hash >> 32) % (SLOTS - PLACES + 1);
}

struct ready *page_cache_find(struct page_cache *p, const char *key, uint64_t version)
{
    struct slot *s = &p->slot[place_of(key)];
    struct ready *found = NULL;

    pthread_mutex_lock(&p->lock);
    for (int i = 0; i < PLACES && found == NULL; i++)
        if (s[i].page != NULL && s[i].version == version && strcmp(s[i].key, key) == 0)
            found = ready_hold(s[i].page);
    pthread_mutex_unlock(&p->lock);
    return found;
}

/* Makes room: first what is out of date, then everything. */
static void make_room(struct page_cache *p, size_t need, uint64_t version)
{
    for (int all = 0; all < 2 && p->bytes + need > p->bytes_max; all++)
        for (size_t i = 0; i < SLOTS; i++)
            if (all != 0 || p->slot[i].version != version)
                empty(p, &p->slot[i]);
}

void page_cache_put(struct page_cache *p, const char *key, uint64_t version, struct ready *page)
{
    struct slot *s = &p->slot[place_of(key)], *to = s;
    size_t need = ready_size(page);

    if (strlen(key) >= PAGE_KEY || need > p->bytes_max / 4)
        return;
    pthread_mutex_lock(&p->lock);
    make_room(p, need, version);
    for (int i = PLACES - 1; i >= 0; i--) /* the same key, else what is free or out of date, else the first */
        if (s[i].page == NULL || s[i].version != version)
            to = &s[i];
    for (int i = 0; i < PLACES; i++)
        if (s[i].page != NULL && strcmp(s[i].key, key) == 0)
            to = &s[i];
    empty(p, to);
    text_copy(to->key, sizeof to->key, key);
    to->version = version;
    to->page = ready_hold(page);
    p->bytes += need;
    pthread_mutex_unlock(&p->lock);
}

size_t page_cache_bytes(struct page_cache *p)
{
    pthread_mutex_lock(&p->lock);
    size_t bytes = p->bytes;
    pthread_mutex_unlock(&p->lock);
    return bytes;
}
