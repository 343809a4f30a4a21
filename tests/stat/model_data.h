// SPDX-License-Identifier: EUPL-1.2
/* Models of waiting lists that are made up: for tests and for measuring the speed. */
#ifndef PEIL_TESTS_STAT_MODEL_DATA_H
#define PEIL_TESTS_STAT_MODEL_DATA_H

#include "base/arena.h"
#include "forecast/model.h"

struct model_data {
    size_t waiting[3]; /* urgent, soon, regular */
    size_t workers;    /* 0: nothing known of staff */
    int32_t days;
    size_t draws;
    bool ageing; /* every 14 days up a rank, of four below urgent, else strict classes */
};
/* 40 workers with 12 cases (11 in school weeks), 5.6 requests a working day of which 12 % urgent and 28 %
 * soon, help log-normal (median 60 days, sigma 0.8), 60 days present and 8 away, 1 in 250 leaves a day, 440
 * running cases as old as they are in the long run; with fewer workers all of it in proportion. The parts of
 * the result may be changed. */
struct model *model_data_make(const struct model_data *d, struct arena *a);
/* The first of `days` days up to which at least a share p of n has started, when row[d] start on day d;
 * `days` when it is none of them. */
int32_t model_data_day(const uint32_t *row, int32_t days, uint32_t n, double p);

#endif
