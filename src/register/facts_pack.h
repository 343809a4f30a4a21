// SPDX-License-Identifier: EUPL-1.2
/* The facts of a request (measure/facts.h) in few bytes: its own row and the rows of what happened in it, as
 * its events tell them, before joined requests are followed. What follows the register (extract_live.h) keeps
 * them, so that only requests with news are played again. No persons, no texts of anybody: columns, marks and
 * codes. */
#ifndef PEIL_REGISTER_FACTS_PACK_H
#define PEIL_REGISTER_FACTS_PACK_H

#include "register/extract_core.h"

/* The bytes of a row within those of all. */
struct pack_span {
    size_t at, n, room;
};
struct facts_packs {
    struct pack_span *span; /* of each row; n 0: a request without events */
    uint8_t *runs;          /* of each row: the same events say something else at a later moment */
    size_t rows;            /* that there is room for */
    unsigned char *byte;
    size_t n, room;
};

/* Reads requests (extract_raw_read) with who helped, and packs the facts of each; the rows are those of the
 * raw extract. Memory: the arena. */
enum err facts_pack_read(struct ctx *c, const struct extract_wish *w, struct extract_raw *ret_raw,
                         struct facts_packs *ret_packs) MUST_CHECK;
/* Room for so many rows; the arena is that in which they are kept. */
enum err facts_packs_widen(struct ctx *c, struct facts_packs *p, size_t n, size_t rows) MUST_CHECK;
/* Row `at` of what was read as row `row` of what is kept; in its old place when it fits there. */
enum err facts_packs_put(struct ctx *c, struct facts_packs *p, size_t row, const struct facts_packs *read,
                         size_t at) MUST_CHECK;
/* Into row `row` of the requests that are filled (facts_request_begin), and behind the rows of the other
 * sets: row after row it does what reading the events would do. */
enum err facts_unpack(struct ctx *c, struct fact_filling *g, size_t row,
                      const struct facts_packs *p) MUST_CHECK;

#endif
