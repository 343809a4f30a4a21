// SPDX-License-Identifier: EUPL-1.2
/* An arena: memory that lives as long as one request or command and is given back at once.
 * It grows in blocks up to a ceiling; a full arena returns NULL, which callers turn into E_NOMEM.
 * Nobody frees single pieces. */
#ifndef PEIL_BASE_ARENA_H
#define PEIL_BASE_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena {
    struct arena_block *top; /* newest block */
    size_t used;             /* bytes of all blocks together */
    size_t ceiling;          /* never more than this */
};
struct arena_mark {
    struct arena_block *block;
    size_t fill;
};

void arena_init(struct arena *a, size_t ceiling);
void arena_free(struct arena *a);
/* Zeroed, aligned for any type; NULL when the ceiling is reached. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((malloc, alloc_size(2)));
/* count * size with overflow check. */
void *arena_array(struct arena *a, size_t count, size_t size);
char *arena_copy(struct arena *a, const char *text, size_t len); /* adds the final NUL */
/* Everything allocated after the mark is given back by arena_release. */
struct arena_mark arena_mark(const struct arena *a);
void arena_release(struct arena *a, struct arena_mark mark);
/* A mark with at least `size` bytes after it in one block, if there is room for that: a loop that releases to
 * it each turn then need not ask the system for the same memory again. */
struct arena_mark arena_mark_room(struct arena *a, size_t size);

#endif
