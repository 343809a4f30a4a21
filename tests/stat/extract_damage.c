// SPDX-License-Identifier: EUPL-1.2
#include "stat/extract_damage.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { HEADER = 64, ENTRY = 48, BLOCKS = 128, ALIGN = 64 };

/* Checksums of one part; its length, 0 when it is none. */
static size_t repair(unsigned char *d, size_t len)
{
    uint64_t whole = 0;
    size_t blocks = len >= HEADER ? d[32] : BLOCKS + 1;

    if (blocks > BLOCKS || HEADER + blocks * ENTRY > len)
        return 0;
    for (size_t i = 0; i < blocks; i++) {
        unsigned char *e = d + HEADER + i * ENTRY;
        uint64_t at, size;
        memcpy(&at, e + 24, 8);
        memcpy(&size, e + 32, 8);
        size = (size + ALIGN - 1) / ALIGN * ALIGN;
        if (at > len || size > len - at)
            continue;
        uint32_t crc = (uint32_t)crc32_z(0, d + at, size);
        memcpy(e + 40, &crc, 4);
    }
    memset(d + 60, 0, 4);
    uint32_t crc = (uint32_t)crc32_z(0, d, (HEADER + blocks * ENTRY + ALIGN - 1) / ALIGN * ALIGN);
    memcpy(d + 60, &crc, 4);
    memcpy(&whole, d + 24, 8);
    return whole <= len ? whole : 0;
}

unsigned char *extract_damage(struct rng *r, const struct buf *from, size_t *ret_len)
{
    size_t len = rng_below(r, 4) == 0 ? rng_below(r, from->len + 1) : from->len;
    unsigned char *copy = aligned_alloc(ALIGN, (from->len + 2 * ALIGN - 1) / ALIGN * ALIGN);

    memcpy(copy, from->data, from->len);
    for (uint64_t n = rng_below(r, 6); n > 0; n--) {
        size_t where = rng_below(r, 2) == 0 ? rng_below(r, 1200) : rng_below(r, from->len);
        copy[where % from->len] = rng_below(r, 2) == 0 ? 0xff : (unsigned char)rng_next(r);
    }
    if (rng_below(r, 4) > 0)
        for (size_t at = 0, part = 1; part > 0 && at < len; at += part)
            part = repair(copy + at, len - at);
    *ret_len = len;
    return copy;
}
