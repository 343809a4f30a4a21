// SPDX-License-Identifier: EUPL-1.2
/* How values look on a page. In a template {{date x}} calls show_date(c, out, x): those write, escaped, into
 * the page. The functions that return text are for the slots of a sentence; the text lives in the arena of
 * the context
 * ("" when that is full). DAY_NONE, TIME_NONE and INT_NONE write nothing. */
#ifndef PEIL_WEB_SHOW_H
#define PEIL_WEB_SHOW_H

#include "account/chart.h"
#include "base/buf.h"
#include "base/date.h"

const char *day_text(struct ctx *c, int32_t day);               /* 24 okt 2023 */
const char *month_text(struct ctx *c, int32_t day);             /* januari 2024 */
const char *long_day_text(struct ctx *c, int32_t day);          /* dinsdag 24 oktober 2023 */
const char *moment_text(struct ctx *c, int64_t time);           /* dinsdag 24 oktober 2023, 14:03 */
const char *typed_day_text(struct ctx *c, int32_t day);         /* 24-10-2023, as a person types it */
const char *number_text(struct ctx *c, double v, int decimals); /* 1.234,5 in Dutch, 1,234.5 in English */
const char *count_text(struct ctx *c, int64_t v);               /* 12.345 */
/* "agreed and kept: at most 14 days"; look: "better", "worse", "plain" (cannot be said) or NULL (no number).
 */
const char *agreement_text(struct ctx *c, const char *look, const char *what);
/* The text with {1} and {2} filled in, not escaped; NULL writes nothing. */
const char *filled_text(struct ctx *c, const char *text, const char *a, const char *b);
const char *percent_text(struct ctx *c, double share); /* 0.384 -> "38 %" */
const char *resident_name(const struct ctx *c,
                          const char *name); /* of a resident; empty: that there is no name */
/* The text of a buffer, which is given back. */
const char *text_of_buf(struct ctx *c, struct buf *b);

void show_date(struct ctx *c, struct buf *out, int32_t day);
void show_longdate(struct ctx *c, struct buf *out, int32_t day);
void show_moment(struct ctx *c, struct buf *out, int64_t time); /* dinsdag 24 oktober 2023, 14:03 */
void show_month(struct ctx *c, struct buf *out, int32_t day);   /* januari 2024 */
void show_unbroken(struct ctx *c, struct buf *out,
                   const char *text); /* no line ends between a number and its % */
void show_count(struct ctx *c, struct buf *out, int64_t v);
void show_days(struct ctx *c, struct buf *out, int64_t days); /* 1 dag, 3 dagen */
/* The badge of an urgency class: shape, word and colour. `show_term` says the norm too. */
void show_urgency(struct ctx *c, struct buf *out, int64_t urgency);
void show_term(struct ctx *c, struct buf *out, int64_t urgency);
/* A bar that fills up to the norm; past it the colour of "worse". Decoration: the text beside it says the
 * same. */
void show_bar(struct ctx *c, struct buf *out, int64_t value, int64_t norm);
/* A part of a page that was made by a template before (web/behind.h); written as it is. */
void show_made(struct ctx *c, struct buf *out, const struct buf *part);
/* aria-sort and the arrow of a sorted column are written by the template; this is the picture. */
void show_chart(struct ctx *c, struct buf *out, const struct chart *chart);

#endif
