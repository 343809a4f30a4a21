// SPDX-License-Identifier: EUPL-1.2
#include "base/arena.h"
#include "base/rng.h"
#include "unit/test.h"

#include <stdalign.h>
#include <string.h>

TEST(arena_pieces_are_zero_aligned_and_apart)
{
    struct arena a;
    struct rng r;
    unsigned char *piece[500];
    size_t size[COUNT(piece)];

    arena_init(&a, 64 << 20);
    rng_seed(&r, 1);
    for (size_t i = 0; i < COUNT(piece); i++) {
        size[i] = i % 50 == 0 ? 100000 : (size_t)rng_below(&r, 300);
        piece[i] = arena_alloc(&a, size[i]);
        if (!CHECK(piece[i] != NULL))
            return;
        CHECK((uintptr_t)piece[i] % alignof(max_align_t) == 0);
        for (size_t k = 0; k < size[i]; k++)
            CHECK(piece[i][k] == 0);
        memset(piece[i], (int)(i % 251) + 1, size[i]);
    }
    for (size_t i = 0; i < COUNT(piece); i++) /* nobody wrote into another one's piece */
        for (size_t k = 0; k < size[i]; k++)
            CHECK(piece[i][k] == i % 251 + 1);
    CHECK(arena_alloc(&a, 0) != arena_alloc(&a, 0));
    arena_free(&a);
    CHECK_INT((int64_t)a.used, 0);
}

/* A small list of texts, as a request would build one. False when memory ran out. */
static bool build(struct arena *a, size_t *ret_bytes)
{
    char **list = arena_array(a, 40, sizeof *list);

    if (list == NULL)
        return false;
    for (size_t i = 0; i < 40; i++) {
        list[i] = arena_copy(a, "some text of a resident that is kept for a while", 5 + i);
        if (list[i] == NULL)
            return false;
    }
    for (size_t i = 0; i < 40; i++)
        *ret_bytes += strlen(list[i]);
    return true;
}

TEST(arena_ceiling_walk)
{
    bool before = false;

    for (size_t ceiling = 0; ceiling <= 8192; ceiling += 64) {
        struct arena a;
        size_t bytes = 0;
        bool ok;

        arena_init(&a, ceiling);
        ok = build(&a, &bytes);
        CHECK(a.used <= ceiling);
        CHECK(!before || ok); /* what fits under one ceiling fits under every higher one */
        if (ok)
            CHECK_INT((int64_t)bytes, 40 * 5 + 39 * 40 / 2);
        before = ok;
        arena_free(&a);
    }
    CHECK(before);
}

TEST(arena_refuses_what_cannot_be)
{
    struct arena a;

    arena_init(&a, SIZE_MAX);
    CHECK(arena_array(&a, SIZE_MAX / 2, 3) == NULL);
    CHECK(arena_array(&a, SIZE_MAX, SIZE_MAX) == NULL);
    CHECK(arena_copy(&a, "", SIZE_MAX) == NULL);
    CHECK_INT((int64_t)a.used, 0);
    CHECK(arena_alloc(&a, 10) != NULL); /* and it goes on */
    arena_free(&a);
}

TEST(arena_release_gives_back)
{
    struct arena a;
    struct arena_mark empty, some;
    char *kept;
    size_t used;

    arena_init(&a, 1 << 20);
    empty = arena_mark(&a);
    kept = arena_copy(&a, "kept", 4);
    some = arena_mark(&a);
    for (int turn = 0; turn < 100; turn++) { /* 100 x 500 kB under a ceiling of 1 MB */
        unsigned char *p;

        for (int i = 0; i < 5; i++) {
            p = arena_alloc(&a, 100000);
            if (!CHECK(p != NULL))
                return;
            for (size_t k = 0; k < 100000; k += 997)
                CHECK(p[k] == 0);
            memset(p, 0xff, 100000);
        }
        arena_release(&a, some);
        CHECK_STR(kept, "kept");
    }
    arena_release(&a, empty);
    used = a.used;
    CHECK(used <= 4096); /* the first block stays for the next turn */
    CHECK(arena_alloc(&a, 100) == (void *)kept);
    CHECK_INT((int64_t)a.used, (int64_t)used);
    arena_release(&a, empty);
    arena_free(&a);
}

TEST(arena_full_is_no_memory_in_the_context)
{
    struct arena a;
    struct ctx c;
    const char *text = "as it was";
    int *numbers = NULL;

    arena_init(&a, 4096);
    ctx_init(&c, &a, LANG_EN);
    CHECK_INT(ctx_alloc(&c, 10, sizeof *numbers, &numbers), OK);
    CHECK(numbers != NULL && numbers[9] == 0);
    CHECK_INT(ctx_alloc(&c, SIZE_MAX, sizeof *numbers, &numbers), E_NOMEM);
    CHECK(numbers != NULL); /* untouched */
    CHECK_STR(c.err.text, "The program ran out of memory for this.");
    err_clear(&c);
    CHECK_INT(ctx_copy(&c, "new", &text), OK);
    CHECK_STR(text, "new");
    while (ctx_copy(&c, "fill it up", &text) == OK)
        ;
    CHECK_STR(text, "fill it up");
    CHECK_INT(c.err.code, E_NOMEM);
    arena_free(&a);
}

TEST(arena_room_stays_for_the_next_turn)
{
    struct arena a;

    arena_init(&a, 8 << 20);
    (void)arena_alloc(&a, 100);
    struct arena_mark mark = arena_mark_room(&a, 3 << 20);
    size_t used = a.used;
    void *first = NULL;
    for (int turn = 0; turn < 3; turn++) {
        unsigned char *p = arena_alloc(&a, 2 << 20), *q = arena_alloc(&a, 1 << 19);
        CHECK(p != NULL && q != NULL && a.used == used);
        CHECK(first == NULL || first == p);
        CHECK(p[0] == 0 && p[(2 << 20) - 1] == 0);
        memset(p, 7, 2 << 20);
        first = p;
        arena_release(&a, mark);
    }
    mark = arena_mark_room(&a, 64 << 20); /* beyond the ceiling: a mark all the same */
    CHECK(arena_alloc(&a, 1 << 20) != NULL);
    arena_release(&a, mark);
    arena_free(&a);
}
