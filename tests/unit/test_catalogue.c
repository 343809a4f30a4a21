// SPDX-License-Identifier: EUPL-1.2
#include "base/buf.h"
#include "base/catalogue.h"
#include "base/rng.h"
#include "base/text.h"
#include "unit/test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_number(struct buf *b, uint32_t v, bool swap)
{
    v = swap ? __builtin_bswap32(v) : v;
    buf_put(b, &v, sizeof v);
}

/* A .mo of n pairs "id <i> ..." = "text <i>", after the gettext manual; with the head that msgfmt writes. */
static void make_mo(struct buf *b, uint32_t n, bool swap)
{
    struct buf texts = { 0 };
    uint32_t start = 28 + 16 * (n + 1), descriptors[2][1000][2];

    for (uint32_t kind = 0; kind < 2; kind++)
        for (uint32_t i = 0; i <= n; i++) {
            size_t from = texts.len;

            if (i == 0)
                buf_str(&texts, kind == 0 ? "" : "Content-Type: text/plain; charset=UTF-8\n");
            else if (kind == 0)
                buf_printf(&texts, "id %u %.*s", i, (int)(i % 60),
                           "is followed by a longer and longer piece of English text to read");
            else
                buf_printf(&texts, "text %u", i);
            descriptors[kind][i][0] = (uint32_t)(texts.len - from);
            descriptors[kind][i][1] = start + (uint32_t)from;
            buf_char(&texts, '\0');
        }
    put_number(b, 0x950412de, swap);
    put_number(b, 0, swap);
    put_number(b, n + 1, swap);
    put_number(b, 28, swap);
    put_number(b, 28 + 8 * (n + 1), swap);
    put_number(b, 0, swap);
    put_number(b, start, swap);
    for (uint32_t kind = 0; kind < 2; kind++)
        for (uint32_t i = 0; i <= n; i++) {
            put_number(b, descriptors[kind][i][0], swap);
            put_number(b, descriptors[kind][i][1], swap);
        }
    buf_put(b, texts.data, texts.len);
    buf_free(&texts);
}

static void check_all_found(const struct catalogue *k, uint32_t n)
{
    for (uint32_t i = 1; i <= n; i++) {
        char id[100], want[20];

        snprintf(id, sizeof id, "id %u %.*s", i, (int)(i % 60),
                 "is followed by a longer and longer piece of English text to read");
        snprintf(want, sizeof want, "text %u", i);
        CHECK_STR(catalogue_find(k, id), want);
        id[strlen(id) - 1] = '#';
        CHECK(catalogue_find(k, id) == NULL);
    }
    CHECK(catalogue_find(k, "") == NULL); /* the head is no translation */
    CHECK(catalogue_find(k, "id") == NULL);
}

TEST(catalogue_finds_every_text_in_both_byte_orders)
{
    static const uint32_t sizes[] = { 0, 1, 3, 4, 500, 999 };

    for (size_t i = 0; i < COUNT(sizes); i++)
        for (int swap = 0; swap < 2; swap++) {
            struct buf mo = { 0 };
            struct catalogue k;

            make_mo(&mo, sizes[i], swap);
            catalogue_open(&k, (const unsigned char *)mo.data, mo.len);
            CHECK_INT((int64_t)k.n, sizes[i]);
            check_all_found(&k, sizes[i]);
            catalogue_close(&k);
            CHECK(catalogue_find(&k, "id 1 i") == NULL);
            buf_free(&mo);
        }
}

TEST(catalogue_survives_a_broken_file)
{
    struct buf mo = { 0 };
    struct rng r;

    rng_seed(&r, 6);
    make_mo(&mo, 20, false);
    for (size_t len = 0; len < mo.len;
         len++) { /* cut off anywhere; a copy of its own size, so that overruns show */
        unsigned char *part = malloc(len + (len == 0));
        struct catalogue k;

        if (!CHECK(part != NULL))
            return;
        memcpy(part, mo.data, len);
        catalogue_open(&k, part, len);
        CHECK(k.n < 20 || len + 1 == mo.len);
        catalogue_find(&k, "id 3 is ");
        catalogue_close(&k);
        free(part);
    }
    for (int i = 0; i < 20000; i++) { /* a few wrong bytes in the numbers */
        struct catalogue k;
        unsigned char *part = malloc(mo.len);

        if (!CHECK(part != NULL))
            return;
        memcpy(part, mo.data, mo.len);
        for (int wrong = 0; wrong < 3; wrong++)
            part[rng_below(&r, 28 + 16 * 21)] = (unsigned char)rng_next(&r);
        catalogue_open(&k, part, mo.len);
        catalogue_find(&k, "id 3 is ");
        catalogue_close(&k);
        free(part);
    }
    buf_free(&mo);
}

TEST(catalogue_english_stays_as_it_is)
{
    static const char text[] = "No catalogue holds this sentence.";

    CHECK(text_in(LANG_EN, text) == text);
    CHECK(text_in(LANG_NL, text) == text);
    CHECK_STR(text_in(LANG_NL, ""), "");
    CHECK_STR(text_in(LANG_EN, "We cannot find this."), "We cannot find this.");
}

/* What a resident or a social worker may get to see whatever happens. */
TEST(catalogue_every_error_has_a_dutch_text)
{
    for (enum err e = E_INVALID; e <= E_BUSY; e++)
        if (!CHECK(!text_is(text_in(LANG_NL, err_text(e)), err_text(e))))
            CHECK_STR(err_text(e), "a Dutch text in po/nl.po");
}

static void *look_up(void *arg)
{
    const struct catalogue *k = arg;
    intptr_t wrong = 0;
    char id[100], want[20];

    for (int turn = 0; turn < 200; turn++)
        for (uint32_t i = 1; i <= 100; i++) {
            snprintf(id, sizeof id, "id %u %.*s", i, (int)(i % 60),
                     "is followed by a longer and longer piece of English text to read");
            snprintf(want, sizeof want, "text %u", i);
            wrong += !text_is(catalogue_find(k, id), want);
        }
    return (void *)wrong;
}

TEST(catalogue_serves_several_threads)
{
    struct buf mo = { 0 };
    struct catalogue k;
    pthread_t thread[4];

    make_mo(&mo, 100, false);
    catalogue_open(&k, (const unsigned char *)mo.data, mo.len);
    for (size_t i = 0; i < COUNT(thread); i++)
        if (pthread_create(&thread[i], NULL, look_up, &k) != 0)
            test_skip("no thread to be had");
    for (size_t i = 0; i < COUNT(thread); i++) {
        void *wrong = NULL;

        pthread_join(thread[i], &wrong);
        CHECK_INT((int64_t)(intptr_t)wrong, 0);
    }
    catalogue_close(&k);
    buf_free(&mo);
}
