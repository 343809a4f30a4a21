// SPDX-License-Identifier: EUPL-1.2
/* Everything that is done in wide registers, for SIM_BITS of width: only simulate_wide_512.c and
 * simulate_wide_256.c include this. */
#ifndef PEIL_FORECAST_SIMULATE_WIDE_H
#define PEIL_FORECAST_SIMULATE_WIDE_H

#include "forecast/simulate_wide_alone.h"
#include "forecast/simulate_wide_list.h"
#include "forecast/simulate_wide_places.h"
#include "forecast/simulate_wide_queue.h"

#define SIM_WIDE_TABLE                                                                                       \
    {                                                                                                        \
        .begin = workers_begin, .requests = requests, .block = workers_block, .alone = workers_alone,        \
        .back = workers_back, .places = workers_places, .start = workers_start, .count = places_count,       \
        .list_begin = list_begin, .list_day = list_day, .list_turns = list_turns, .list_end = list_end,      \
        .list_size = list_size                                                                               \
    }

#endif
