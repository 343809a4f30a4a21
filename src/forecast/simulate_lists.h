// SPDX-License-Identifier: EUPL-1.2
/* The list at the beginning of a block of days, in all replications of a question: known from one model, for
 * models that are the same until then (simulate_batch_share.c). A change that begins in six weeks leaves six
 * weeks as they are: only who comes then is followed, not whose turn it is. For questions about probes alone,
 * before the first of them asks. */
#ifndef PEIL_FORECAST_SIMULATE_LISTS_H
#define PEIL_FORECAST_SIMULATE_LISTS_H

#include "forecast/simulate_batch.h"

struct sim_lists {
    int32_t until; /* the beginnings of blocks up to and with this day are known */
    size_t blocks, streams;
    uint32_t *of_lane; /* batches × blocks × (3 × streams + 1) × lanes: head, taken and backlog by stream, and
                          open, as of struct sim_batch */
    uint64_t *standing; /* batches × blocks × streams, as there */
};

/* NULL: not for this question, or no room. */
struct sim_lists *sim_lists_make(const struct sim_batch *b, size_t batches, struct arena *a);
/* A day of a batch, the days one after the other, when the places of its block and who comes are known: keeps
 * the list if it is the beginning of a block, and gives the places. */
void sim_lists_day(struct sim_lists *l, struct sim_batch *b, size_t batch, int32_t day);

/* The day up to which nothing differs from the model that l was made of: the beginning of a block; 0. After
 * sim_days_find. */
int32_t sim_lists_find(const struct sim_batch *b, const struct sim_lists *l, const struct sim_table *from);
/* The list of the batch stands as it did then. */
void sim_lists_take(struct sim_batch *b, const struct sim_lists *l, int32_t day);

#endif
