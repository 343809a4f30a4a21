// SPDX-License-Identifier: EUPL-1.2
#include "measure/extract_part.h"

#include <string.h>

const char *const extract_names_block[EXTRACT_NAMES] = { "names.team",     "names.neighbourhood",
                                                         "names.channel",  "names.route",
                                                         "names.category", "names.reason" };

struct buf *part_block(struct part_writing *w, const char *name)
{
    struct buf *b = &w->buf[w->part.n];

    block_add(&w->part, name, NULL, 0);
    return b;
}

void part_point(struct part_writing *w, const char *name, const void *data, size_t len)
{
    block_add(&w->part, name, data, len);
}

void part_put(struct buf *b, uint64_t v, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        buf_char(b, (char)(v >> (8 * i)));
}

void part_names(struct part_writing *w, const char *block, const struct names *names)
{
    struct buf *b = part_block(w, block);

    for (size_t i = 0; i < names->n; i++)
        buf_put(b, names->name[i], strlen(names->name[i]) + 1);
}

void part_end(struct part_writing *w, const char *kind, struct buf *out)
{
    memcpy(w->part.kind, kind, strlen(kind) + 1);
    for (size_t i = 0; i < w->part.n; i++) {
        out->failed |= w->buf[i].failed;
        if (w->buf[i].data != NULL) {
            w->part.block[i].data = w->buf[i].data;
            w->part.block[i].len = w->buf[i].len;
        }
    }
    if (!out->failed)
        block_write(&w->part, out);
    for (size_t i = 0; i < w->part.n; i++)
        buf_free(&w->buf[i]);
}

uint64_t part_number(const struct block *b, size_t at, size_t bytes)
{
    const unsigned char *d = b->data;
    uint64_t v = 0;

    for (size_t i = 0; i < bytes; i++)
        v |= (uint64_t)d[at + i] << (8 * i);
    return v;
}

bool part_names_get(const struct block_part *p, const char *block, struct arena *a, struct names *ret_names)
{
    const struct block *b = block_find(p, block);
    const char *text = b != NULL ? b->data : NULL;
    size_t n = 0;

    if (b == NULL || (b->len > 0 && text[b->len - 1] != '\0'))
        return false;
    for (size_t i = 0; i < b->len; i++)
        n += text[i] == '\0';
    const char **name = arena_array(a, n + 1, sizeof *name);
    char *copy = arena_copy(a, b->len > 0 ? text : "", b->len);
    if (name == NULL || copy == NULL)
        return false;
    for (size_t i = 0; i < n; i++, copy += strlen(copy) + 1)
        name[i] = copy;
    *ret_names = (struct names){ name, n };
    return true;
}
