// SPDX-License-Identifier: EUPL-1.2
#include "exchange/intern.h"

#include <string.h>

struct entry {
    const char *text;
    uint32_t len, hash;
};

/* FNV-1a, 64 bits, folded (Fowler, Noll & Vo 1991), with a last mix so that the low bits are good. */
static uint32_t hash_of(const char *text, size_t len)
{
    uint64_t h = 14695981039346656037u;

    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * 1099511628211u;
    h = (h ^ h >> 32) * 0x9E3779B97F4A7C15u;
    return (uint32_t)(h >> 32);
}

static struct entry *entries(const struct intern *t)
{
    return (struct entry *)(void *)t->entry.data;
}

static uint32_t *slots(const struct intern *t)
{
    return (uint32_t *)(void *)t->slot.data;
}

uint32_t intern_count(const struct intern *t)
{
    return (uint32_t)(t->entry.len / sizeof(struct entry));
}

const char *intern_text(const struct intern *t, uint32_t number)
{
    return entries(t)[number].text;
}

static bool is_entry(const struct entry *e, uint32_t hash, const char *text, size_t len)
{
    return e->hash == hash && e->len == len && memcmp(e->text, text, len) == 0;
}

/* The slot of this text, or the empty one where it belongs. */
static uint32_t slot_find(const struct intern *t, uint32_t hash, const char *text, size_t len)
{
    uint32_t mask = (uint32_t)(t->slot.len / sizeof(uint32_t)) - 1, at = hash & mask;

    while (slots(t)[at] != 0 && !is_entry(&entries(t)[slots(t)[at] - 1], hash, text, len))
        at = (at + 1) & mask;
    return at;
}

/* Twice the slots, at most half of them in use. */
static enum err slots_grow(struct ctx *c, struct intern *t)
{
    size_t bytes = t->slot.len > 0 ? t->slot.len * 2 : 1024 * sizeof(uint32_t);
    uint32_t mask = (uint32_t)(bytes / sizeof(uint32_t)) - 1;

    if (!buf_reserve(&t->slot, bytes - t->slot.len))
        return FAIL(E_NOMEM, "%s", "");
    t->slot.len = bytes;
    memset(t->slot.data, 0, bytes);
    for (uint32_t i = 0; i < intern_count(t); i++) {
        uint32_t at = entries(t)[i].hash & mask;
        while (slots(t)[at] != 0)
            at = (at + 1) & mask;
        slots(t)[at] = i + 1;
    }
    return OK;
}

enum err intern_add(struct ctx *c, struct intern *t, struct arena *texts, const char *text, size_t len,
                    uint32_t *ret_number)
{
    struct entry e = { .len = (uint32_t)len, .hash = hash_of(text, len) };
    uint32_t n = intern_count(t), at;

    if ((size_t)(n + 1) * 2 * sizeof(uint32_t) > t->slot.len)
        TRY(slots_grow(c, t));
    at = slot_find(t, e.hash, text, len);
    if (slots(t)[at] != 0) {
        *ret_number = slots(t)[at] - 1;
        return OK;
    }
    e.text = arena_copy(texts, text, len);
    buf_put(&t->entry, &e, sizeof e);
    if (e.text == NULL || t->entry.failed)
        return FAIL(E_NOMEM, "%s", "");
    slots(t)[at] = n + 1;
    *ret_number = n;
    return OK;
}

void intern_free(struct intern *t)
{
    buf_free(&t->entry);
    buf_free(&t->slot);
}
