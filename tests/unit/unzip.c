// SPDX-License-Identifier: EUPL-1.2
#include "unit/unzip.h"

#include "unit/test.h"

#include <string.h>
#include <zlib.h>

static unsigned little(const unsigned char *p, int bytes)
{
    unsigned v = 0;

    while (bytes-- > 0)
        v = v << 8 | p[bytes];
    return v;
}

char *unzip(struct ctx *c, const struct buf *zip, const char *name)
{
    const unsigned char *base = (const unsigned char *)zip->data, *end = base + zip->len;

    for (const unsigned char *p = base; p + 46 < end; p++) {
        if (memcmp(p, "PK\1\2", 4) != 0 || little(p + 28, 2) != strlen(name) ||
            memcmp(p + 46, name, strlen(name)) != 0)
            continue;
        const unsigned char *local = base + little(p + 42, 4);
        unsigned packed = little(p + 20, 4), size = little(p + 24, 4);
        char *text = arena_alloc(c->arena, size + 1);
        z_stream z = { .next_in =
                           (Bytef *)(uintptr_t)(local + 30 + little(local + 26, 2) + little(local + 28, 2)),
                       .avail_in = packed,
                       .next_out = (Bytef *)text,
                       .avail_out = size };
        CHECK_INT(inflateInit2(&z, -15), Z_OK);
        CHECK_INT(inflate(&z, Z_FINISH), Z_STREAM_END);
        CHECK_INT((int64_t)crc32(0, (Bytef *)text, size), (int64_t)little(p + 16, 4));
        inflateEnd(&z);
        return text;
    }
    CHECK_STR("not in the archive", name);
    return arena_copy(c->arena, "", 0);
}
