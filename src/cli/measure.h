// SPDX-License-Identifier: EUPL-1.2
/* How peil measure shows results; docs/measure.md describes what programs read. */
#ifndef PEIL_CLI_MEASURE_H
#define PEIL_CLI_MEASURE_H

#include "account/result.h"
#include "base/buf.h"
#include "cli/cli.h"

void measure_put_json(const struct ctx *c, struct buf *out, const struct result_query *a,
                      const struct register_extract *x, const struct results *s);
void measure_put_csv(struct buf *out, const struct result_query *a, const struct results *s);
void measure_put_table(const struct ctx *c, struct buf *out, const struct result_query *a,
                       const struct results *s); /* for a person */

#endif
