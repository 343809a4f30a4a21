// SPDX-License-Identifier: EUPL-1.2
/* The days of workers who go through them alone, in all replications of a question: known from one model, for
 * models that differ from it a little (simulate_batch_share.c). As long as more people wait than there are
 * places, a day of a worker depends on nothing but that worker: another rule, more requests or one more
 * worker changes none of it, and hours from a day on change none of the days before.
 *
 * A batch begins with workers whose days are known. Who differs from a day on goes on by itself from the
 * block of that day (sim_days_join), with the cases that run then; so does everybody when places are left, or
 * when the known days end. */
#ifndef PEIL_FORECAST_SIMULATE_DAYS_H
#define PEIL_FORECAST_SIMULATE_DAYS_H

#include "forecast/simulate_batch.h"

struct sim_days {
    int32_t until; /* days 0 .. until - 1: whole blocks, or all days of the model */
    size_t workers, blocks;
    /* Of each batch: */
    uint8_t *free;     /* workers × days × lanes: so many places come free, and are taken */
    uint16_t *free_of; /* days × lanes: of all workers */
    /* (1 + blocks) × workers, the last at the end of the last block: */
    uint8_t *busy; /* × lanes: cases at the beginning of the block */
    uint64_t *present;
    /* Where cases end within the days (as of sim_batch.ends, of a worker), in this order: by batch; those of
     * day 0, then by block of their start; by worker. And where each of these pieces begins. */
    uint16_t *log;
    size_t log_room;
    size_t *piece; /* batches × (1 + blocks) × workers + 1 */
};

/* Room for the days of so many batches. NULL: they take too much. */
struct sim_days *sim_days_make(const struct sim_batch *b, size_t batches, struct arena *a);
/* The next batch, from the first on: what is on day 0 (after sim_batch_begin), and a block (after its
 * `block`), of which the places are then in b->free_of. */
void sim_days_begin(struct sim_days *d, struct sim_batch *b, size_t batch);
void sim_days_block(struct sim_days *d, struct sim_batch *b, size_t batch, int32_t day);
/* Whether there was room for all. */
bool sim_days_end(const struct sim_days *d, const struct sim_batch *b);

/* Finds out which workers of b have days that are known, and until when. `from` is what d was made of. */
void sim_days_find(struct sim_batch *b, const struct sim_days *d, const struct sim_table *from);
/* A block begins: who goes on by itself from here on gets the cases that run. */
void sim_days_join(struct sim_batch *b, int32_t day, bool alone);
/* These workers stand at the beginning of a block. */
void sim_days_take(struct sim_batch *b, int32_t day, uint64_t who);
/* Adds the places of a block to those of who goes on by itself. */
void sim_days_add(struct sim_batch *b, int32_t day);

#endif
