// SPDX-License-Identifier: EUPL-1.2
/* Outlines of neighbourhoods out of a GeoJSON file (RFC 7946), as CBS and municipalities publish them:
 * polygons in degrees, or in metres of a national grid. They are drawn 1000 units wide, north above, and
 * corners that nobody would see are left out (Douglas & Peucker 1973, Cartographica 10:112-122). */
#ifndef PEIL_EXCHANGE_GEOJSON_H
#define PEIL_EXCHANGE_GEOJSON_H

#include "register/outline.h"

struct geojson_options {
    const char *name_field; /* the property with the name; NULL: the first of the usual ones that is there */
};
/* "Wijk 10 Binnenstad" gives the name "Binnenstad". E_NOT_FOUND: no such file; E_INVALID with what is wrong
 * and in which area: no JSON, no areas, no name, coordinates that are no numbers; E_TOO_LARGE: over 16 MiB or
 * 50,000 corners. */
enum err geojson_read(struct ctx *c, const char *path, const struct geojson_options *o,
                      struct outlines *ret_outlines) MUST_CHECK;

#endif
