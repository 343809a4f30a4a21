// SPDX-License-Identifier: EUPL-1.2
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };

struct arena_block {
    struct arena_block *below; /* the block before this one */
    size_t size, fill;         /* bytes of data, and how many of them are given out */
    size_t used;               /* so many bytes were given out at some time: after them all is still zero */
    alignas(max_align_t) unsigned char data[];
};

void arena_init(struct arena *a, size_t ceiling)
{
    *a = (struct arena){ .ceiling = ceiling };
}

static void drop_top(struct arena *a)
{
    struct arena_block *b = a->top;

    a->top = b->below;
    a->used -= sizeof *b + b->size;
    free(b);
}

void arena_free(struct arena *a)
{
    while (a->top != NULL)
        drop_top(a);
}

/* A new block that holds at least `need`: twice the one before as long as the ceiling allows that. */
static struct arena_block *grow(struct arena *a, size_t need)
{
    size_t left = a->ceiling > a->used ? a->ceiling - a->used : 0;
    size_t size = a->top != NULL ? a->top->size * 2 : FIRST_BLOCK - sizeof(struct arena_block);
    struct arena_block *b;

    if (left < sizeof *b || need > left - sizeof *b)
        return NULL;
    if (size > LARGEST_BLOCK)
        size = LARGEST_BLOCK;
    if (size > left - sizeof *b)
        size = left - sizeof *b;
    if (size < need)
        size = need;
    b = calloc(1, sizeof *b + size); /* of a large block the system only gives what is touched */
    if (b == NULL)
        return NULL;
    b->below = a->top;
    b->size = size;
    a->top = b;
    a->used += sizeof *b + size;
    return b;
}

/* *ret_dirty: so many bytes of it may not be zero. */
static void *take(struct arena *a, size_t size, size_t *ret_dirty)
{
    struct arena_block *b = a->top;
    size_t need;
    void *p;

    if (size > SIZE_MAX / 2)
        return NULL;
    /* At least one byte, so that two pieces never share an address. */
    need = (size + (size == 0) + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
    if (b == NULL || b->size - b->fill < need) {
        b = grow(a, need);
        if (b == NULL)
            return NULL;
    }
    p = b->data + b->fill;
    *ret_dirty = b->used > b->fill ? b->used - b->fill : 0;
    b->fill += need;
    if (b->used < b->fill)
        b->used = b->fill;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    size_t dirty;
    void *p = take(a, size, &dirty);

    if (p != NULL && dirty > 0)
        memset(p, 0, dirty < size ? dirty : size);
    return p;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t bytes;

    if (__builtin_mul_overflow(count, size, &bytes))
        return NULL;
    return arena_alloc(a, bytes);
}

char *arena_copy(struct arena *a, const char *text, size_t len)
{
    size_t dirty;
    char *p = len < SIZE_MAX ? take(a, len + 1, &dirty) : NULL;

    if (p == NULL)
        return NULL;
    if (len > 0)
        memcpy(p, text, len);
    p[len] = '\0';
    return p;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){ .block = a->top, .fill = a->top != NULL ? a->top->fill : 0 };
}

void arena_release(struct arena *a, struct arena_mark mark)
{
    while (a->top != mark.block) {
        /* Back to empty keeps the first block, so that a loop does not ask the system again each turn. */
        if (mark.block == NULL && a->top->below == NULL && a->top->size <= LARGEST_BLOCK) {
            a->top->fill = 0;
            return;
        }
        drop_top(a);
    }
    if (a->top != NULL)
        a->top->fill = mark.fill;
}

struct arena_mark arena_mark_room(struct arena *a, size_t size)
{
    if (a->top == NULL || a->top->size - a->top->fill < size)
        (void)grow(a, size);
    return arena_mark(a);
}
