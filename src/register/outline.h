// SPDX-License-Identifier: EUPL-1.2
/* Outlines of neighbourhoods (wijkgrenzen) for the map, given by the municipality as GeoJSON (`peil map`) and
 * kept as drawn lines: 1000 units wide, north above. Kept in the setting "map". */
#ifndef PEIL_REGISTER_OUTLINE_H
#define PEIL_REGISTER_OUTLINE_H

#include "base/ctx.h"

#include <stddef.h>

struct outline {
    const char *name;  /* of the neighbourhood */
    double x, y;       /* where its name stands */
    const char *shape; /* "M1 2L3 4Z" */
};
struct outlines {
    const struct outline *outline;
    size_t n;
    double height;
    const char *source; /* who drew them */
};
/* n 0: none were given. */
enum err outlines_get(struct ctx *c, struct outlines *ret_outlines) MUST_CHECK;
/* Keeps these instead. Rights: RIGHT_SETTINGS. */
enum err outlines_put(struct ctx *c, const struct outlines *o) MUST_CHECK;

#endif
