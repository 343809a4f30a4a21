// SPDX-License-Identifier: EUPL-1.2
/* Pages that were made before and are still right. A page is kept under a key that says everything it depends
 * on (address, who may see it, language, day) and the number of commits of the register when its making
 * began; one commit later it no longer counts. Safe between threads; a hit costs a lock and a comparison. */
#ifndef PEIL_WEB_PAGE_CACHE_H
#define PEIL_WEB_PAGE_CACHE_H

#include "web/http.h"

enum { PAGE_KEY = 384 }; /* longer keys are not kept */

struct page_cache;

/* At most `bytes` of pages; NULL when memory is short. */
struct page_cache *page_cache_make(size_t bytes);
void page_cache_free(struct page_cache *p);
/* With a hold on it; NULL when there is none of this version. */
struct ready *page_cache_find(struct page_cache *p, const char *key, uint64_t version);
/* Takes a hold of its own. `version` was read before the page was made. */
void page_cache_put(struct page_cache *p, const char *key, uint64_t version, struct ready *page);
size_t page_cache_bytes(struct page_cache *p);

#endif
