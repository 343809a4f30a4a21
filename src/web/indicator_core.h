// SPDX-License-Identifier: EUPL-1.2
/* What the files of the indicator pages share; not for others. */
#ifndef PEIL_WEB_INDICATOR_CORE_H
#define PEIL_WEB_INDICATOR_CORE_H

#include "web/indicator.h"

/* ---- indicator.c ---- */

/* What the address asks for; the filter in words, for a file. */
void indicator_asked_of(const struct ctx *c, const struct req *r, char page, struct indicator_asked *a);
const char *indicator_words(struct ctx *c, const struct indicator_asked *a);

/* ---- indicator_list.c ---- */

enum err indicators_front_make(struct ctx *c, const struct indicator_asked *a, struct buf *out) MUST_CHECK;
enum err indicators_today_make(struct ctx *c, const struct indicator_asked *a, struct buf *out) MUST_CHECK;
/* All parts, or those of one indicator, as the file that was asked for. */
enum err indicators_export(struct ctx *c, const struct req *r, const struct indicator_asked *a,
                           const char *words, struct reply *out) MUST_CHECK;

/* ---- indicator_one.c ---- */

enum err indicator_one_make(struct ctx *c, const struct indicator_asked *a, struct buf *out) MUST_CHECK;

/* ---- indicator_map.c ---- */

/* The outlines that the municipality gave (register/outline.h), if any; else the areas stay tiles. */
enum err indicator_map_shapes(struct ctx *c, struct map *m, struct map_area *area) MUST_CHECK;

#endif
