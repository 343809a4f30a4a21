// SPDX-License-Identifier: EUPL-1.2
/* What the files of the indicator pages share; not for others. */
#ifndef PEIL_WEB_INDICATOR_CORE_H
#define PEIL_WEB_INDICATOR_CORE_H

#include "account/indicator_series.h"
#include "web/indicator.h"

/* ---- indicator.c ---- */

/* What the address asks for; the filter in words, for a file. */
void indicator_asked_of(const struct ctx *c, const struct req *r, char page, struct indicator_asked *a);
const char *indicator_words(struct ctx *c, const struct indicator_asked *a);

/* The question that belongs to what was asked, without the facts. */
enum err indicator_question(struct ctx *c, const struct indicator_asked *a,
                            struct indicator_measuring *ret) MUST_CHECK;

/* ---- indicator_record.c ---- */

/* Whether this user may look behind any part of the indicator. */
bool indicator_records_shown(struct ctx *c, const struct indicators *all, const char *id);

/* ---- indicator_list.c ---- */

enum err indicators_front_make(struct ctx *c, const struct indicator_asked *a, struct buf *out) MUST_CHECK;
enum err indicators_today_make(struct ctx *c, const struct indicator_asked *a, struct buf *out) MUST_CHECK;
/* All parts, or those of one indicator, as the file that was asked for. */
enum err indicators_export(struct ctx *c, const struct req *r, const struct indicator_asked *a,
                           const char *words, struct reply *out) MUST_CHECK;

/* ---- indicator_one.c ---- */

enum err indicator_one_make(struct ctx *c, const struct indicator_asked *a, struct buf *out) MUST_CHECK;

struct indicator_making {
    struct indicator_measuring g;
    const struct part *head; /* the headline of the version that counts */
    struct indicator_page *p;
};
/* Results of the parts of the indicator, or of its headline only, with a breakdown. */
enum err indicator_part_measure(struct ctx *c, struct indicator_making *m, bool head_only, bool every_version,
                                const struct indicator_query *q, struct measured_list *ret_list) MUST_CHECK;
const struct part *indicator_headline(const struct indicator_making *m); /* NULL: there is none */

/* ---- indicator_compare.c ---- */

/* Two periods that the reader chose, next to each other: every part. */
enum err indicator_compare_make(struct ctx *c, const struct indicator_asked *a, struct buf *out) MUST_CHECK;
/* The headline as it was sealed in the newest baselines, and now. */
enum err indicator_baselines_fill(struct ctx *c, struct indicator_making *m) MUST_CHECK;
/* Two results of a part may be told apart only when both are shown. */
struct difference indicator_shown_difference(struct ctx *c, const struct indicator_measuring *g,
                                             const struct measured *before, const struct measured *after);
/* A difference: "3,2 points"; its interval; whether it can be chance. "" where nothing can be said. */
const char *difference_text(struct ctx *c, const struct part *p, const struct difference *d);
const char *difference_sure(struct ctx *c, const struct part *p, const struct difference *d);
const char *difference_words(const struct ctx *c, const struct difference *d);

/* ---- indicator_definition.c ---- */

/* How it is measured, in words, and the versions of its headline side by side. */
enum err indicator_definition_fill(struct ctx *c, struct indicator_making *m) MUST_CHECK;

/* ---- indicator_map.c ---- */

/* The outlines that the municipality gave (register/outline.h), if any; else the areas stay tiles. */
enum err indicator_map_shapes(struct ctx *c, struct map *m, struct map_area *area) MUST_CHECK;

#endif
