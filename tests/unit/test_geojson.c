// SPDX-License-Identifier: EUPL-1.2
/* Outlines out of GeoJSON: drawn to scale, simplified, and anything else refused with what is wrong. */
#include "base/text.h"
#include "exchange/geojson.h"
#include "register/setting.h"
#include "unit/temp_file.h"
#include "unit/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define AREA(name, geometry)                                                                                 \
    "{\"type\":\"Feature\",\"properties\":{\"wijknaam\":\"" name "\"},\"geometry\":" geometry "}"
#define AREAS(list) "{\"type\":\"FeatureCollection\",\"features\":[" list "]}"

static enum err read_text(struct ctx *c, const char *text, const char *field, struct outlines *ret)
{
    TEMP_FILE f = temp_file_text(text);

    return geojson_read(c, f.path, &(struct geojson_options){ field }, ret);
}

/* Metres: two squares beside each other, the second with a hole, and a corner that nobody would see. */
TEST(geojson_is_drawn_to_scale)
{
    struct ctx *c = test_begin("2026-01-01");
    struct outlines o;

    CHECK(read_text(
              c,
              AREAS(AREA(
                  "Wijk 10 Binnenstad",
                  "{\"type\":\"Polygon\",\"coordinates\":[[[1000,2000],[1500.1,2000],[2000,2000],"
                  "[2000,3000],[1000,3000],[1000,2000]]]}") "," AREA("Wijkzicht",
                                                                     "{\"type\":\"MultiPolygon\","
                                                                     "\"coordinates\":[[[[2000,2000],[3000,"
                                                                     "2000],[3000,3000],"
                                                                     "[2000,3000],[2000,2000]],[[2400,2400],["
                                                                     "2400,2600],[2600,2600],[2600,2400],"
                                                                     "[2400,2400]]]]}")),
              NULL, &o) == OK);
    if (!CHECK_INT((int64_t)o.n, 2))
        return;
    CHECK_NEAR(o.height, 500, 1e-9);
    CHECK_STR(o.outline[0].name, "Binnenstad");
    CHECK_STR(o.outline[0].shape, "M0 500L500 500L500 0L0 0Z");
    CHECK_NEAR(o.outline[0].x, 250, 1e-9);
    CHECK_NEAR(o.outline[0].y, 250, 1e-9);
    CHECK_STR(o.outline[1].name, "Wijkzicht");
    CHECK_STR(o.outline[1].shape, "M500 500L1000 500L1000 0L500 0ZM700 300L700 200L800 200L800 300Z");
    test_end(c);
}

/* Degrees at 60 north: a degree of longitude is half as wide as one of latitude. */
TEST(geojson_degrees_are_narrower_in_the_north)
{
    struct ctx *c = test_begin("2026-01-01");
    struct outlines o;

    CHECK(read_text(c,
                    AREAS(AREA("Noord", "{\"type\":\"Polygon\",\"coordinates\":[[[5,59.5],[7,59.5],[7,60.5],"
                                        "[5,60.5],[5,59.5]]]}")),
                    "wijknaam", &o) == OK);
    CHECK_NEAR(o.height, 1000, 1e-6);
    test_end(c);
}

TEST(geojson_refuses_what_it_cannot_draw)
{
    static const struct {
        const char *text, *field;
        enum err e;
    } rows[] = {
        { "", NULL, E_INVALID },
        { "{", NULL, E_INVALID },
        { "[]", NULL, E_INVALID },
        { AREAS(""), NULL, E_INVALID },
        { "{\"features\":[],\"features\":[1]}", NULL, E_INVALID },
        { "{\"features\":[1]}", NULL, E_INVALID },
        { AREAS(AREA("A", "null")), NULL, E_INVALID },
        { AREAS(AREA("A", "{\"type\":\"Point\",\"coordinates\":[1,2]}")), NULL, E_INVALID },
        { AREAS(AREA("A", "{\"type\":\"Polygon\",\"coordinates\":[]}")), NULL, E_INVALID },
        { AREAS(AREA("A", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[0,0]]]}")), NULL, E_INVALID },
        { AREAS(AREA("A", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,\"1\"],[1,0],[0,0]]]}")), NULL,
          E_INVALID },
        { AREAS(AREA("A", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1e300,1],[1,0],[0,0]]]}")), NULL,
          E_INVALID },
        { AREAS(AREA("A", "{\"type\":\"Polygon\",\"coordinates\":[[[1,1],[1,1],[1,1],[1,1]]]}")), NULL,
          E_INVALID },
        { AREAS(AREA("", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[1,0],[0,0]]]}")), NULL,
          E_INVALID },
        { AREAS(AREA("A\\tB", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[1,0],[0,0]]]}")), NULL,
          E_INVALID },
        { AREAS(AREA("A", "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[1,1],[1,0],[0,0]]]}")), "naam",
          E_INVALID },
    };
    struct ctx *c = test_begin("2026-01-01");
    struct outlines o;

    for (size_t i = 0; i < COUNT(rows); i++) {
        if (read_text(c, rows[i].text, rows[i].field, &o) != rows[i].e)
            test_check(false, rows[i].text, 0, "refused");
        CHECK(c->err.text[0] != '\0');
        err_clear(c);
    }
    CHECK(geojson_read(c, "/nowhere/at.all", &(struct geojson_options){ NULL }, &o) == E_NOT_FOUND);
    err_clear(c);
    test_end(c);
}

/* The neighbourhoods of Helmond, as published: kept and found again. */
TEST(geojson_data_helmond)
{
    struct ctx *c = test_begin("2026-01-01");
    const char *folder = getenv("PEIL_TEST_DATA");
    struct outlines o, kept;
    char path[1024];

    snprintf(path, sizeof path, "%s/wijken_helmond_2023.geojson", folder != NULL ? folder : "../shared/data");
    enum err e = geojson_read(c, path, &(struct geojson_options){ NULL }, &o);
    if (e == E_NOT_FOUND) {
        err_clear(c);
        test_end(c);
        test_skip("%s is not there", path);
    }
    CHECK(e == OK);
    CHECK_INT((int64_t)o.n, 12);
    CHECK(o.height > 500 && o.height < 2000);
    for (size_t i = 0; i < o.n; i++) {
        CHECK(strncmp(o.outline[i].name, "Wijk ", 5) != 0);
        CHECK(o.outline[i].x > 0 && o.outline[i].x < 1000 && o.outline[i].y > 0 && o.outline[i].y < o.height);
    }
    o.source = "CBS";
    CHECK(outlines_put(c, &o) == OK);
    CHECK(outlines_get(c, &kept) == OK);
    CHECK(kept.n == o.n);
    for (size_t i = 0; i < kept.n && kept.n == o.n; i++) {
        CHECK_STR(kept.outline[i].name, o.outline[i].name);
        CHECK_STR(kept.outline[i].shape, o.outline[i].shape);
    }
    CHECK_STR(kept.source, "CBS");
    test_end(c);
}
