// SPDX-License-Identifier: EUPL-1.2
#include "base/catalogue.h"

#include "base/ctx.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MO_MAGIC 0x950412deu

/* Eight bytes a step: a text is hashed at every lookup, and most are 10 to 60 bytes long. */
static uint64_t hash_of(const char *text, size_t len)
{
    uint64_t h = len * 0x9e3779b97f4a7c15u, word;

    for (; len >= sizeof word; text += sizeof word, len -= sizeof word) {
        memcpy(&word, text, sizeof word);
        h = (h ^ word) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    if (len > 0) {
        word = 0;
        memcpy(&word, text, len);
        h = (h ^ word) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return h;
}

static uint32_t number_at(const unsigned char *mo, size_t at, bool swap)
{
    uint32_t v;

    memcpy(&v, mo + at, sizeof v);
    return swap ? __builtin_bswap32(v) : v;
}

/* The text that the descriptor at `at` (length, offset) names; NULL when it does not lie in the file with a
 * NUL behind. */
static const char *text_at(const unsigned char *mo, size_t len, size_t at, bool swap)
{
    uint32_t bytes = number_at(mo, at, swap), offset = number_at(mo, at + 4, swap);

    if (offset >= len || bytes >= len - offset || mo[offset + bytes] != '\0')
        return NULL;
    return (const char *)mo + offset;
}

static void add(struct catalogue *k, const char *id, const char *text)
{
    size_t len = strlen(id), i;
    uint64_t hash = hash_of(id, len);

    if (len == 0 || text[0] == '\0') /* the head of the catalogue; not translated */
        return;
    for (i = hash & k->mask; k->entry[i].id != NULL; i = (i + 1) & k->mask)
        ;
    k->entry[i] = (struct catalogue_entry){ .id = id, .text = text, .len = len, .hash = hash };
    k->n++;
}

void catalogue_open(struct catalogue *k, const unsigned char *mo, size_t len)
{
    bool swap;
    size_t n, ids, texts, places = 8;

    *k = (struct catalogue){ .entry = NULL };
    if (len < 28)
        return;
    swap = number_at(mo, 0, false) != MO_MAGIC;
    if (number_at(mo, 0, swap) != MO_MAGIC)
        return;
    n = number_at(mo, 8, swap);
    ids = number_at(mo, 12, swap);
    texts = number_at(mo, 16, swap);
    if (ids > len || n > (len - ids) / 8 || texts > len || n > (len - texts) / 8)
        return;
    while (places < 2 * n)
        places *= 2;
    k->entry = calloc(places, sizeof *k->entry);
    if (k->entry == NULL)
        return;
    k->mask = places - 1;
    for (size_t i = 0; i < n; i++) {
        const char *id = text_at(mo, len, ids + 8 * i, swap), *text = text_at(mo, len, texts + 8 * i, swap);

        if (id != NULL && text != NULL)
            add(k, id, text);
    }
}

void catalogue_close(struct catalogue *k)
{
    free(k->entry);
    *k = (struct catalogue){ .entry = NULL };
}

const char *catalogue_find(const struct catalogue *k, const char *id)
{
    size_t len = strlen(id);
    uint64_t hash = hash_of(id, len);

    if (k->entry == NULL)
        return NULL;
    for (size_t i = hash & k->mask; k->entry[i].id != NULL; i = (i + 1) & k->mask) {
        const struct catalogue_entry *e = &k->entry[i];

        if (e->hash == hash && e->len == len && memcmp(e->id, id, len) == 0)
            return e->text;
    }
    return NULL;
}

/* Built before main and read-only from then on, so that a lookup needs no lock. */
static struct catalogue dutch;

__attribute__((constructor)) static void open_dutch(void)
{
    catalogue_open(&dutch, catalogue_nl, catalogue_nl_len);
}

const char *text_in(enum lang lang, const char *english)
{
    const char *text = lang == LANG_NL ? catalogue_find(&dutch, english) : NULL;

    return text != NULL ? text : english;
}

/* Two threads may both look it up: they find the same. */
const char *text_find(struct text_site *s)
{
    const char *text = text_in(LANG_NL, s->english);

    atomic_store_explicit(&s->dutch, text, memory_order_relaxed);
    if (strpbrk(text, "&<>\"'") == NULL)
        atomic_store_explicit(&s->plain, (uint32_t)strlen(text), memory_order_release);
    return text;
}
