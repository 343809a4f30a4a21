// SPDX-License-Identifier: EUPL-1.2
/* Pieces of work side by side, each in memory of its own: whoever is ready takes the next. */
#ifndef PEIL_BASE_JOBS_H
#define PEIL_BASE_JOBS_H

#include "base/arena.h"

/* Calls one(arg, i, a) for i = 0 .. n - 1, on at most so many threads (0 or 1: this one alone). What a piece
 * took of the arena, of at most `ceiling` bytes, is given back after it; pieces do not touch what is of
 * another. */
void jobs_run(size_t n, unsigned threads, size_t ceiling, void (*one)(void *arg, size_t i, struct arena *a),
              void *arg);
/* Threads for one piece of work of a server that has others to do: two, where there are two processors. */
unsigned jobs_threads(void);

#endif
