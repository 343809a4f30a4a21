// SPDX-License-Identifier: EUPL-1.2
/* Made-up requests of a large register, the same on every machine: 20 neighbourhoods of different size, three
 * urgencies, 2022-2025; weekdays, growth of 15 %, quiet summers; waits log-normal by urgency with a tail of
 * cases that got stuck, some who withdraw, some who still wait at the end. */
#ifndef PEIL_TESTS_MONTH_DATA_H
#define PEIL_TESTS_MONTH_DATA_H

#include "base/rng.h"
#include "measure/month_row.h"

enum { MONTH_DATA_HOODS = 20, MONTH_DATA_URGENCIES = 3, MONTH_DATA_CELLS = 60 };

struct month_data {
    struct rng rng;
    size_t n, made;
    int32_t first, last, day;
    double weight, done; /* of all days, of the days up to `day` */
};
void month_data_begin(struct month_data *d, uint64_t seed, size_t n);
/* The next request, in order of receipt; false after n. cell = neighbourhood * 3 + urgency. */
bool month_data_next(struct month_data *d, struct month_row *ret_row);
/* The frame of these data, with the norm of ten working days. */
void month_data_frame(struct month_frame *f);

#endif
