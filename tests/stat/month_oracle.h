// SPDX-License-Identifier: EUPL-1.2
/* The month set the slow and obvious way: every figure looks through all rows. */
#ifndef PEIL_TESTS_MONTH_ORACLE_H
#define PEIL_TESTS_MONTH_ORACLE_H

#include "measure/month_set.h"

/* number: month_set_rows(f) rows. */
void month_oracle(const struct month_frame *f, const struct calendar *k, int32_t norm,
                  const struct month_row *row, size_t n, int32_t (*number)[MONTH_NUMBERS]);

#endif
