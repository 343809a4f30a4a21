// SPDX-License-Identifier: EUPL-1.2
/* Writing one part of an extract file, block by block, and reading numbers and names of a block. For
 * extract_*.c. */
#ifndef PEIL_MEASURE_EXTRACT_PART_H
#define PEIL_MEASURE_EXTRACT_PART_H

#include "base/arena.h"
#include "measure/block_file.h"
#include "measure/extract_file.h"

extern const char *const extract_names_block[EXTRACT_NAMES];

struct part_writing {
    struct block_part part;
    struct buf buf[BLOCKS_MAX];
};

/* The bytes of a new block. */
struct buf *part_block(struct part_writing *w, const char *name);
/* A block that points at data, which must stay. */
void part_point(struct part_writing *w, const char *name, const void *data, size_t len);
void part_names(struct part_writing *w, const char *block, const struct names *names);
/* The part behind what `out` holds, and its buffers given back. */
void part_end(struct part_writing *w, const char *kind, struct buf *out);

void part_put(struct buf *b, uint64_t v, size_t bytes);
uint64_t part_number(const struct block *b, size_t at, size_t bytes);
/* A copy of the names in a block. False: it is not there, is none, or the arena is full. */
bool part_names_get(const struct block_part *p, const char *block, struct arena *a, struct names *ret_names);

#endif
