// SPDX-License-Identifier: EUPL-1.2
/* The wide work for processors with AVX-512. */
#include "forecast/simulate_batch.h"

#ifdef SIM_WIDE
#define SIM_BITS 512
#include "forecast/simulate_wide.h"

const struct sim_wide sim_wide_512 = SIM_WIDE_TABLE;
#endif
