// SPDX-License-Identifier: EUPL-1.2
/* Pictures of the indicator pages, for templates. */
#ifndef PEIL_WEB_INDICATOR_SHOW_H
#define PEIL_WEB_INDICATOR_SHOW_H

#include "account/map.h"
#include "base/ctx.h"

void show_map(struct ctx *c, struct buf *out, const struct map *m);
void show_multiples(struct ctx *c, struct buf *out, const struct multiples *m);

#endif
