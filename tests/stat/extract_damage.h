// SPDX-License-Identifier: EUPL-1.2
/* A file of parts (measure/extract_file.h) as it comes from somebody who means harm. */
#ifndef PEIL_TESTS_STAT_EXTRACT_DAMAGE_H
#define PEIL_TESTS_STAT_EXTRACT_DAMAGE_H

#include "base/buf.h"
#include "base/rng.h"

/* A copy with bytes flipped or its end cut off; checksums of all parts are put right again three times of
 * four. Free it. */
unsigned char *extract_damage(struct rng *r, const struct buf *from, size_t *ret_len);

#endif
