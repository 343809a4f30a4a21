// SPDX-License-Identifier: EUPL-1.2
/* The dashboard (cijfers): five core figures, each with n, interval, norm and definition; the waiting time
 * per month as a chart with its table; and what it means in one sentence. */
#ifndef PEIL_WEB_FIGURES_H
#define PEIL_WEB_FIGURES_H

#include "account/chart.h"
#include "web/extract_behind.h"
#include "web/frame.h"
#include "web/part.h"
#include "web/reply.h"

enum { FIGURES_CORE = 5, FIGURES_PERIODS = 36 };

struct figure_view {
    const char *label, *value, *unit; /* value: "" is no data */
    const char *note;                 /* n and interval */
    const char *look;                 /* "better", "worse" or "plain" */
    const char *mark, *verdict;       /* shape and words */
    const char *definition;           /* anchor on the page with definitions */
};
struct period_view {
    const char *label;
    int64_t asked, started, waiting;
    const char *median, *interval, *p80, *within; /* "" is no data */
};
struct figures_page {
    struct frame frame;
    int32_t from, to, day;
    struct choice team, period;
    const char *conclusion;
    struct figure_view figure[FIGURES_CORE];
    struct chart chart;
    struct period_view row[FIGURES_PERIODS];
    size_t n;
    bool empty;             /* nothing was ever asked */
    const struct buf *part; /* the measured part of the page, made (web/behind.h) */
    int64_t made_at;        /* when it was measured */
};

/* The measured part for a key "team period today"; for the thread that makes it again (web/behind.h). From
 * the extract that follows the register; without it (NULL) everything is read. The same numbers either way.
 */
enum err figures_make(struct ctx *c, struct extract_behind *live, const char *key,
                      struct buf *out) MUST_CHECK;
enum err web_figures_get(struct ctx *c, const struct req *r, struct reply *out) MUST_CHECK;

#endif
