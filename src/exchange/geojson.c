// SPDX-License-Identifier: EUPL-1.2
#include "exchange/geojson.h"

#include "base/buf.h"
#include "base/text.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 16 << 20, CORNERS_MOST = 50000, AREAS_MOST = 2000, WIDTH = 1000 };

struct corner {
    double x, y;
};
/* One closed line; `area` is the number of its neighbourhood. */
struct ring {
    size_t area, from, n;
};
struct drawing {
    struct ctx *c;
    struct corner *corner;
    size_t corners;
    struct ring *ring;
    size_t rings, rings_room;
    const char **name;
    size_t areas;
    struct corner low, high;
    double squeeze, scale; /* of x against y; of both to the width */
};

/* ── Reading ──────────────────────────────────────────────────────────────────────────────────────────────
 */

static enum err read_file(struct ctx *c, const char *path, json_t **ret_root)
{
    FILE *f = fopen(path, "rb");
    json_error_t wrong;
    struct stat st;

    if (f == NULL)
        return errno == ENOENT ? FAIL(E_NOT_FOUND, _("There is no file %s."), path)
                               : FAIL(E_IO, _("The file %s cannot be used: %s."), path, strerror(errno));
    if (fstat(fileno(f), &st) != 0 || st.st_size > FILE_MOST) {
        fclose(f);
        return FAIL(E_TOO_LARGE, _("The file %s is larger than %d MiB."), path, FILE_MOST >> 20);
    }
    *ret_root = json_loadf(f, JSON_REJECT_DUPLICATES, &wrong);
    fclose(f);
    if (*ret_root == NULL)
        return FAIL(E_INVALID, _("This is no GeoJSON: line %d: %s."), wrong.line, wrong.text);
    return OK;
}

static enum err take_corner(struct drawing *d, const json_t *at)
{
    const json_t *x = json_array_get(at, 0), *y = json_array_get(at, 1);
    struct ctx *c = d->c;

    if (!json_is_number(x) || !json_is_number(y))
        return FAIL(E_INVALID, _("Area %zu has a corner that is no pair of numbers."), d->areas + 1);
    if (d->corners == CORNERS_MOST)
        return FAIL(E_TOO_LARGE, _("The outlines have more than %d corners."), CORNERS_MOST);
    struct corner k = { json_number_value(x), json_number_value(y) };
    if (fabs(k.x) > 1e8 || fabs(k.y) > 1e8)
        return FAIL(E_INVALID, _("Area %zu has a corner that is no place on earth."), d->areas + 1);
    if (d->corners == 0)
        d->low = d->high = k;
    d->low = (struct corner){ fmin(d->low.x, k.x), fmin(d->low.y, k.y) };
    d->high = (struct corner){ fmax(d->high.x, k.x), fmax(d->high.y, k.y) };
    d->corner[d->corners++] = k;
    return OK;
}

/* The rings of one polygon: the outer line, and the holes in it. */
static enum err take_polygon(struct drawing *d, const json_t *polygon)
{
    struct ctx *c = d->c;
    size_t i, k;
    json_t *ring, *at;

    json_array_foreach(polygon, i, ring)
    {
        struct ring r = { d->areas, d->corners, 0 };
        if (json_array_size(ring) < 4)
            return FAIL(E_INVALID, _("Area %zu has an outline with fewer than three corners."), d->areas + 1);
        json_array_foreach(ring, k, at) TRY(take_corner(d, at));
        r.n = d->corners - r.from - 1; /* the last one is the first again */
        if (d->rings == d->rings_room)
            return FAIL(E_TOO_LARGE, _("The outlines have more than %d corners."), CORNERS_MOST);
        d->ring[d->rings++] = r;
    }
    return OK;
}

static enum err take_geometry(struct drawing *d, const json_t *geometry)
{
    const char *type = json_string_value(json_object_get(geometry, "type"));
    const json_t *all = json_object_get(geometry, "coordinates");
    size_t rings = d->rings, i;
    struct ctx *c = d->c;
    json_t *one;

    if (text_is(type, "Polygon"))
        TRY(take_polygon(d, all));
    else if (text_is(type, "MultiPolygon"))
        json_array_foreach(all, i, one) TRY(take_polygon(d, one));
    if (d->rings == rings)
        return FAIL(E_INVALID, _("Area %zu has no outline: it is no Polygon or MultiPolygon."), d->areas + 1);
    return OK;
}

/* "Wijk 10 Binnenstad": how CBS names them. */
static const char *plain_name(const char *name)
{
    const char *p = name;

    if (strncmp(p, "Wijk ", 5) != 0 || p[5] < '0' || p[5] > '9')
        return name;
    p += 5 + strspn(p + 5, "0123456789");
    return *p == ' ' && p[1] != '\0' ? p + 1 : name;
}

static enum err take_name(struct drawing *d, const json_t *properties, const char *field)
{
    static const char *const usual[] = { "wijknaam", "statnaam", "naam", "name" };
    const char *name = field != NULL ? json_string_value(json_object_get(properties, field)) : NULL;
    struct ctx *c = d->c;

    for (size_t i = 0; i < COUNT(usual) && field == NULL && name == NULL; i++)
        name = json_string_value(json_object_get(properties, usual[i]));
    if (text_empty(name) && field != NULL)
        return FAIL(E_INVALID, _("Area %zu has no name in \"%s\"."), d->areas + 1, field);
    if (text_empty(name))
        return FAIL(E_INVALID, _("Area %zu has no name. Say which field has it with --name-field."),
                    d->areas + 1);
    if (strpbrk(name, "\t\n") != NULL || strlen(name) > 200)
        return FAIL(E_INVALID, _("Area %zu has a name that cannot be one."), d->areas + 1);
    return ctx_copy(c, plain_name(name), &d->name[d->areas]);
}

static enum err take_areas(struct drawing *d, const json_t *root, const char *field)
{
    const json_t *all = json_object_get(root, "features");
    struct ctx *c = d->c;
    json_t *one;
    size_t i;

    if (json_array_size(all) == 0)
        return FAIL(E_INVALID, "%s", _("The file has no areas: it is no GeoJSON FeatureCollection."));
    if (json_array_size(all) > AREAS_MOST)
        return FAIL(E_TOO_LARGE, _("The file has more than %d areas."), AREAS_MOST);
    d->rings_room = CORNERS_MOST / 4;
    TRY(ctx_alloc(c, CORNERS_MOST, sizeof *d->corner, (void *)&d->corner));
    TRY(ctx_alloc(c, d->rings_room, sizeof *d->ring, (void *)&d->ring));
    TRY(ctx_alloc(c, json_array_size(all), sizeof *d->name, (void *)&d->name));
    json_array_foreach(all, i, one)
    {
        TRY(take_name(d, json_object_get(one, "properties"), field));
        TRY(take_geometry(d, json_object_get(one, "geometry")));
        d->areas++;
    }
    return OK;
}

/* ── Drawing ──────────────────────────────────────────────────────────────────────────────────────────────
 */

/* Degrees are narrower in the east-west direction: the middle of the map decides how much. */
static enum err fit(struct drawing *d)
{
    bool degrees =
        fabs(d->low.x) <= 180 && fabs(d->high.x) <= 180 && fabs(d->low.y) <= 90 && fabs(d->high.y) <= 90;
    double middle = (d->low.y + d->high.y) / 2;
    struct ctx *c = d->c;

    d->squeeze = degrees ? cos(middle * M_PI / 180) : 1;
    double width = (d->high.x - d->low.x) * d->squeeze, height = d->high.y - d->low.y;
    if (!(width > 0) || !(height > 0) || height > 20 * width)
        return FAIL(E_INVALID, "%s", _("The outlines enclose nothing."));
    d->scale = WIDTH / width;
    for (size_t i = 0; i < d->corners; i++) {
        struct corner *k = &d->corner[i];
        *k = (struct corner){ (k->x - d->low.x) * d->squeeze * d->scale, (d->high.y - k->y) * d->scale };
    }
    return OK;
}

static double beside(const struct corner *p, const struct corner *a, const struct corner *b)
{
    double x = b->x - a->x, y = b->y - a->y, length = hypot(x, y);

    return length > 0 ? fabs((p->x - a->x) * y - (p->y - a->y) * x) / length
                      : hypot(p->x - a->x, p->y - a->y);
}

/* Keeps the corners between two kept ones that lie more than a unit beside the line; with a stack, as a
 * hostile outline could nest as deep as it has corners. */
static enum err keep_corners(struct ctx *c, const struct corner *k, size_t n, bool *keep)
{
    size_t(*todo)[2], open = 0;

    TRY(ctx_alloc(c, n + 1, sizeof *todo, (void *)&todo));
    memset(keep, 0, n * sizeof *keep);
    keep[0] = keep[n / 2] = keep[n - 1] = true;
    todo[open][0] = 0, todo[open++][1] = n / 2;
    todo[open][0] = n / 2, todo[open++][1] = n - 1;
    while (open > 0) {
        size_t from = todo[--open][0], to = todo[open][1], far = from;
        double most = 1;
        for (size_t i = from + 1; i < to; i++)
            if (beside(&k[i], &k[from], &k[to]) > most) {
                most = beside(&k[i], &k[from], &k[to]);
                far = i;
            }
        if (far == from)
            continue;
        keep[far] = true;
        todo[open][0] = from, todo[open++][1] = far;
        todo[open][0] = far, todo[open++][1] = to;
    }
    return OK;
}

static enum err draw_ring(struct drawing *d, const struct ring *r, struct buf *out)
{
    const struct corner *k = &d->corner[r->from];
    struct arena_mark mark = arena_mark(d->c->arena);
    struct ctx *c = d->c;
    bool *keep;

    TRY(ctx_alloc(c, r->n, sizeof *keep, (void *)&keep));
    TRY(keep_corners(c, k, r->n, keep));
    for (size_t i = 0, n = 0; i < r->n; i++)
        if (keep[i])
            buf_printf(out, "%c%ld %ld", n++ == 0 ? 'M' : 'L', lround(k[i].x), lround(k[i].y));
    buf_char(out, 'Z');
    arena_release(c->arena, mark);
    return OK;
}

/* Twice the area within a ring, and its middle (the centroid of a polygon). */
static double middle_of(const struct drawing *d, const struct ring *r, struct corner *ret_middle)
{
    const struct corner *k = &d->corner[r->from];
    double twice = 0, x = 0, y = 0;

    for (size_t i = 0; i < r->n; i++) {
        const struct corner *a = &k[i], *b = &k[(i + 1) % r->n];
        double part = a->x * b->y - b->x * a->y;
        twice += part;
        x += (a->x + b->x) * part;
        y += (a->y + b->y) * part;
    }
    *ret_middle = twice != 0 ? (struct corner){ x / (3 * twice), y / (3 * twice) } : k[0];
    return fabs(twice);
}

static enum err draw_area(struct drawing *d, size_t area, struct outline *ret)
{
    struct buf shape = { 0 };
    double largest = -1;
    enum err e = OK;

    ret->name = d->name[area];
    for (size_t i = 0; i < d->rings && e == OK; i++) {
        struct corner middle;
        if (d->ring[i].area != area)
            continue;
        double size = middle_of(d, &d->ring[i], &middle);
        if (size > largest) {
            largest = size;
            ret->x = middle.x;
            ret->y = middle.y;
        }
        e = draw_ring(d, &d->ring[i], &shape);
    }
    if (e == OK)
        e = ctx_copy(d->c, buf_text(&shape), &ret->shape);
    buf_free(&shape);
    return e;
}

enum err geojson_read(struct ctx *c, const char *path, const struct geojson_options *o,
                      struct outlines *ret_outlines)
{
    struct drawing d = { .c = c };
    struct outline *list;
    json_t *root;

    TRY(read_file(c, path, &root));
    enum err e = take_areas(&d, root, o->name_field);
    json_decref(root);
    TRY(e);
    TRY(fit(&d));
    TRY(ctx_alloc(c, d.areas, sizeof *list, (void *)&list));
    for (size_t i = 0; i < d.areas; i++)
        TRY(draw_area(&d, i, &list[i]));
    *ret_outlines = (struct outlines){ list, d.areas, (d.high.y - d.low.y) * d.scale, "" };
    return OK;
}
