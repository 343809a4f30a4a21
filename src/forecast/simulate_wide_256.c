// SPDX-License-Identifier: EUPL-1.2
/* The wide work for processors with AVX2. */
#include "forecast/simulate_batch.h"

#ifdef SIM_WIDE
#define SIM_BITS 256
#include "forecast/simulate_wide.h"

const struct sim_wide sim_wide_256 = SIM_WIDE_TABLE;
#endif
