// SPDX-License-Identifier: EUPL-1.2
/* A map of neighbourhoods as SVG: a shade for each value, hatching where it is not shown, the name and the
 * value as text. Without boundaries the neighbourhoods are tiles of the same size: no place on earth, but
 * readable. The caller puts the numbers in a table beside it. */
#ifndef PEIL_ACCOUNT_MAP_H
#define PEIL_ACCOUNT_MAP_H

#include "base/buf.h"

#include <stddef.h>

struct map_area {
    const char *name;  /* of the neighbourhood */
    const char *value; /* as text; "" when it is not shown */
    double shade;      /* the value; NAN: not shown, hatched */
    const char *shape; /* outline within 1000 x `height` of struct map: "M1 2L3 4Z", digits and letters only;
                          NULL: a tile */
    double x, y;       /* of the label, with a shape */
};
struct map {
    const char *id; /* unique on the page; letters only */
    const char *title, *description;
    const char *source; /* who drew the outlines; NULL: tiles */
    const struct map_area *area;
    size_t n;
    double height; /* with shapes */
};
#define MAP_SHADES 5
/* Tiles are written twice, for a window and for a phone; the style sheet shows one of the two. A long name
 * takes two lines. */
void map_svg(const struct map *m, struct buf *out);

/* Small line charts side by side, all with the same axis: the name above, the last value at the end. */
struct multiple {
    const char *name;
    const double *value; /* n values; NAN breaks the line */
    const char *last;    /* the last known value as text; "" for none */
};
struct multiples {
    const char *id, *title, *description;
    const struct multiple *chart;
    size_t charts, n;
    double norm; /* NAN: none; dotted */
};
/* Written twice, as tiles are. */
void multiples_svg(const struct multiples *m, struct buf *out);

#endif
