// SPDX-License-Identifier: EUPL-1.2
#include "measure/block_file.h"

#include <string.h>
#include <zlib.h>

enum { ALIGN = 64, HEADER = 64, ENTRY = 48, CRC_AT = 60 };
static const unsigned char magic[8] = { 'P', 'E', 'I', 'L', 'B', 'L', 'K', '1' };

static void put(unsigned char *to, uint64_t v, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[i] = (unsigned char)(v >> (8 * i));
}

static uint64_t get(const unsigned char *from, size_t bytes)
{
    uint64_t v = 0;

    for (size_t i = 0; i < bytes; i++)
        v |= (uint64_t)from[i] << (8 * i);
    return v;
}

static size_t aligned(size_t n)
{
    return (n + ALIGN - 1) / ALIGN * ALIGN;
}

bool block_add(struct block_part *p, const char *name, const void *data, size_t len)
{
    if (p->n == BLOCKS_MAX || strlen(name) >= BLOCK_NAME)
        return false;
    struct block *b = &p->block[p->n++];
    *b = (struct block){ .data = data, .len = len };
    memcpy(b->name, name, strlen(name));
    return true;
}

/* A block with the zeros behind it. */
static uint32_t checksum(const struct block *b)
{
    static const unsigned char zeros[ALIGN] = { 0 };
    uLong crc = crc32_z(crc32(0, NULL, 0), b->data, b->len);

    return (uint32_t)crc32_z(crc, zeros, aligned(b->len) - b->len);
}

void block_write(const struct block_part *p, struct buf *out)
{
    static const unsigned char zeros[ALIGN] = { 0 };
    unsigned char head[HEADER + ENTRY * BLOCKS_MAX] = { 0 };
    size_t directory = HEADER + p->n * ENTRY, at = aligned(directory);

    memcpy(head, magic, sizeof magic);
    memcpy(head + 8, p->kind, BLOCK_KIND);
    put(head + 32, p->n, 4);
    for (size_t i = 0; i < p->n; i++) {
        unsigned char *e = head + HEADER + i * ENTRY;
        memcpy(e, p->block[i].name, BLOCK_NAME);
        put(e + 24, at, 8);
        put(e + 32, p->block[i].len, 8);
        put(e + 40, checksum(&p->block[i]), 4);
        at += aligned(p->block[i].len);
    }
    put(head + 24, at, 8);
    put(head + CRC_AT, crc32_z(crc32(0, NULL, 0), head, aligned(directory)), 4);
    buf_put(out, head, aligned(directory));
    for (size_t i = 0; i < p->n; i++) {
        if (p->block[i].len > 0)
            buf_put(out, p->block[i].data, p->block[i].len);
        buf_put(out, zeros, aligned(p->block[i].len) - p->block[i].len);
    }
}

/* The directory lies within the data and its checksum is right. */
static bool head_is_right(const unsigned char *data, size_t len, size_t n)
{
    unsigned char head[HEADER + ENTRY * BLOCKS_MAX + ALIGN];
    size_t size = aligned(HEADER + n * ENTRY);

    if (n > BLOCKS_MAX || size > len)
        return false;
    memcpy(head, data, size);
    put(head + CRC_AT, 0, 4);
    return get(data + CRC_AT, 4) == crc32_z(crc32(0, NULL, 0), head, size);
}

static bool read_entry(const unsigned char *data, size_t at, bool quick, size_t i, struct block_part *p)
{
    const unsigned char *e = data + HEADER + i * ENTRY;
    uint64_t offset = get(e + 24, 8), len = get(e + 32, 8);
    struct block *b = &p->block[i];

    if (offset != at || len > p->len || at > p->len - len || aligned(len) > p->len - at ||
        e[BLOCK_NAME - 1] != '\0')
        return false;
    memcpy(b->name, e, BLOCK_NAME);
    b->data = data + offset;
    b->len = len;
    if (quick)
        return true;
    return get(e + 40, 4) == crc32_z(crc32(0, NULL, 0), data + offset, aligned(len));
}

bool block_read(const void *data, size_t len, bool quick, struct block_part *ret_part)
{
    const unsigned char *d = data;
    struct block_part p = { .n = 0 };

    if (len < HEADER || memcmp(d, magic, sizeof magic) != 0 || d[8 + BLOCK_KIND - 1] != '\0')
        return false;
    p.n = get(d + 32, 4);
    p.len = get(d + 24, 8);
    if (p.len > len || !head_is_right(d, p.len, p.n))
        return false;
    memcpy(p.kind, d + 8, BLOCK_KIND);
    size_t at = aligned(HEADER + p.n * ENTRY);
    for (size_t i = 0; i < p.n; i++) {
        if (!read_entry(d, at, quick, i, &p))
            return false;
        at += aligned(p.block[i].len);
    }
    if (at != p.len)
        return false;
    *ret_part = p;
    return true;
}

const struct block *block_find(const struct block_part *p, const char *name)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->block[i].name, name) == 0)
            return &p->block[i];
    return NULL;
}
