// SPDX-License-Identifier: EUPL-1.2
/* A file of named blocks, each with a checksum: what an extract and a baseline are written in.
 *
 *   header     64 bytes: "PEILBLK1", kind (16 bytes), length of the whole in bytes, number of blocks, zeros,
 * and the CRC-32 of header and directory directory  48 bytes a block: name (24 bytes), offset, length, CRC-32
 * of the block with the zeros behind it, zero blocks     in the order of the directory, each from a multiple
 * of 64 bytes on
 *
 * Numbers are little-endian. Every byte of a part is under a checksum: CRC-32 finds any change within 32 bits
 * in a row, so any flipped byte (Peterson & Brown 1961, Proc. IRE 49:228, theorem 5). It is no protection
 * against who means harm: readers check what they read, and a baseline is signed. Parts of a kind may follow
 * each other in one file. */
#ifndef PEIL_MEASURE_BLOCK_FILE_H
#define PEIL_MEASURE_BLOCK_FILE_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { BLOCK_NAME = 24, BLOCK_KIND = 16, BLOCKS_MAX = 128 };

struct block {
    char name[BLOCK_NAME]; /* ended by NUL */
    const void *data;      /* aligned to 64 bytes when the file is */
    size_t len;
};
struct block_part {
    char kind[BLOCK_KIND];
    size_t len; /* bytes of the whole part */
    struct block block[BLOCKS_MAX];
    size_t n;
};

/* Adds a block to what will be written; the data must stay. False when it is full or the name too long. */
bool block_add(struct block_part *p, const char *name, const void *data, size_t len);
/* The part as bytes, behind what `out` holds already (a multiple of 64 bytes). */
void block_write(const struct block_part *p, struct buf *out);
/* Reads the part at the start of `data`; blocks point into it. False when anything does not fit. Blocks are
 * checked too unless `quick`. */
bool block_read(const void *data, size_t len, bool quick, struct block_part *ret_part);
const struct block *block_find(const struct block_part *p, const char *name); /* NULL: there is none */

#endif
