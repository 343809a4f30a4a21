// SPDX-License-Identifier: EUPL-1.2
#include "unit/test.h"
#include "web/page_cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static struct ready *page_of(size_t bytes)
{
    struct reply r = { .status = 200, .content_type = "text/html" };

    for (size_t i = 0; i < bytes; i++)
        buf_char(&r.body, 'x');
    struct ready *page = ready_make(&r);
    buf_free(&r.body);
    return page;
}

static bool has(struct page_cache *p, const char *key, uint64_t version)
{
    struct ready *page = page_cache_find(p, key, version);

    ready_drop(page);
    return page != NULL;
}

TEST(page_cache_is_right_for_one_version_only)
{
    struct page_cache *p = page_cache_make(1 << 20);
    struct ready *page = page_of(1000);

    CHECK(!has(p, "/figures nl a", 7));
    page_cache_put(p, "/figures nl a", 7, page);
    CHECK(page_cache_find(p, "/figures nl a", 7) == page);
    ready_drop(page);
    CHECK(!has(p, "/figures nl b", 7)); /* someone else */
    CHECK(!has(p, "/figures en a", 7)); /* another language */
    CHECK(!has(p, "/figures nl a", 8)); /* one commit later */
    struct ready *newer = page_of(10);
    page_cache_put(p, "/figures nl a", 8, newer);
    CHECK(has(p, "/figures nl a", 8));
    CHECK(!has(p, "/figures nl a", 7));
    ready_drop(newer);
    ready_drop(page);
    page_cache_free(p);
}

TEST(page_cache_stays_within_its_size)
{
    enum { MAX = 200000 };
    struct page_cache *p = page_cache_make(MAX);
    char key[PAGE_KEY + 10];

    for (int i = 0; i < 2000; i++) {
        struct ready *page = page_of(1000 + (size_t)(i % 7) * 4000);
        snprintf(key, sizeof key, "page %d", i);
        page_cache_put(p, key, (uint64_t)i / 100, page);
        ready_drop(page);
        CHECK(page_cache_bytes(p) <= MAX);
    }
    struct ready *large = page_of(MAX / 2);
    page_cache_put(p, "large", 1, large); /* one page must not push out all others */
    CHECK(!has(p, "large", 1));
    ready_drop(large);
    memset(key, 'k', sizeof key - 1);
    key[sizeof key - 1] = '\0';
    struct ready *page = page_of(10);
    page_cache_put(p, key, 1, page);
    CHECK(!has(p, key, 1));
    ready_drop(page);
    page_cache_free(p);
}

struct crowd {
    struct page_cache *cache;
    atomic_int hits;
};

static void *visit(void *arg)
{
    struct crowd *w = arg;
    char key[32];

    for (uint64_t i = 0; i < 3000; i++) {
        snprintf(key, sizeof key, "page %d", (int)(i % 40));
        struct ready *page = page_cache_find(w->cache, key, i / 500);
        if (page == NULL) {
            page = page_of(2000);
            page_cache_put(w->cache, key, i / 500, page);
        } else {
            atomic_fetch_add(&w->hits, 1);
        }
        ready_drop(page);
    }
    return NULL;
}

TEST(page_cache_is_shared_by_threads)
{
    struct crowd w = { .cache = page_cache_make(1000000) }; /* room for all forty pages: hits are certain */
    pthread_t t[4];

    for (size_t i = 0; i < COUNT(t); i++)
        pthread_create(&t[i], NULL, visit, &w);
    for (size_t i = 0; i < COUNT(t); i++)
        pthread_join(t[i], NULL);
    CHECK(atomic_load(&w.hits) > 0);
    page_cache_free(w.cache);
}
