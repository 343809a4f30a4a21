// SPDX-License-Identifier: EUPL-1.2
/* Charts as SVG: real text, title and description, meaning in shape and colour together, lines labelled at
 * their end. Colours come from the style sheet (classes peil-chart__...), so that the same drawing works in
 * dark, in print and in forced colours. The caller puts the numbers in a table beside it. */
#ifndef PEIL_ACCOUNT_CHART_H
#define PEIL_ACCOUNT_CHART_H

#include "base/buf.h"
#include "base/ctx.h"

#include <stdbool.h>
#include <stddef.h>

struct chart_point {
    const char *label;   /* under the axis; NULL: none */
    double value;        /* NAN: no data; the line is broken there */
    double lower, upper; /* interval; NAN: none */
    bool signal;         /* drawn as a diamond */
};
struct chart_line {
    const char *label; /* at the end of the line */
    double value;      /* NAN: not drawn */
};
struct chart {
    const char *id; /* unique on the page; letters only */
    const char *title, *description;
    const struct chart_point *point;
    size_t n;
    const double *inner;            /* an inner interval within the first: n pairs; NAN: none. NULL: none */
    const double *second;           /* another series on the same axis, n values, with squares; NULL: none */
    const char *name, *second_name; /* written at the end of the two; NULL: none */
    struct chart_line norm;         /* dotted */
    struct chart_line centre;       /* solid */
    struct chart_line lower, upper; /* limits, dashed */
    const char *now_name;           /* an upright line at point `now`, with this word; NULL: none */
    size_t now;
    bool lower_is_better; /* which side of the norm a signal is bad on */
};

/* Writes one <svg>. An axis from 0 to a round number above everything that is drawn. The narrow one fits a
 * phone without scrolling, all points and lines in it; the style sheet shows one of the two. */
void chart_svg(const struct chart *k, struct buf *out);
void chart_narrow_svg(const struct chart *k, struct buf *out);

#endif
