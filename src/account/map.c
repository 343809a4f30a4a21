// SPDX-License-Identifier: EUPL-1.2
#include "account/map.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WIDTH = 1000, COLUMNS = 4, TILE_W = 240, TILE_H = 110, GAP = 12 };
enum { SMALL_W = 260, SMALL_H = 130, SMALL_COLUMNS = 3, SMALL_TOP = 34, SMALL_BOTTOM = 112 };

static void open_svg(struct buf *out, const char *class, double width, double height, const char *id,
                     const char *title, const char *description)
{
    buf_printf(out, "<svg class=\"%s\" viewBox=\"0 0 ", class);
    buf_fixed(out, width, 0, '.');
    buf_char(out, ' ');
    buf_fixed(out, height, 0, '.');
    buf_printf(out, "\" role=\"img\" aria-labelledby=\"%s-t %s-d\"><title id=\"%s-t\">", id, id, id);
    buf_html(out, title);
    buf_printf(out, "</title><desc id=\"%s-d\">", id);
    buf_html(out, description);
    buf_lit(out, "</desc>");
}

static void text_at(struct buf *out, const char *class, double x, double y, const char *text)
{
    buf_printf(out, "<text class=\"%s\" x=\"", class);
    buf_fixed(out, x, 1, '.');
    buf_lit(out, "\" y=\"");
    buf_fixed(out, y, 1, '.');
    buf_lit(out, "\">");
    buf_html(out, text);
    buf_lit(out, "</text>");
}

/* 1 .. MAP_SHADES from the lowest to the highest value; 0: not shown. */
static int shade_of(const struct map *m, double v)
{
    double low = INFINITY, high = -INFINITY;

    for (size_t i = 0; i < m->n; i++) {
        if (isnan(m->area[i].shade))
            continue;
        low = fmin(low, m->area[i].shade);
        high = fmax(high, m->area[i].shade);
    }
    if (isnan(v))
        return 0;
    return high <= low ? 1 : 1 + (int)fmin(MAP_SHADES - 1, floor((v - low) / (high - low) * MAP_SHADES));
}

static void hatching(struct buf *out, const char *id)
{
    buf_printf(out,
               "<defs><pattern id=\"%s-h\" width=\"10\" height=\"10\" patternUnits=\"userSpaceOnUse\" "
               "patternTransform=\"rotate(45)\"><rect class=\"peil-map__blank\" width=\"10\" height=\"10\"/>"
               "<line class=\"peil-map__hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"10\"/></pattern></defs>",
               id);
}

/* Only what an outline is made of goes into the attribute. */
static void put_shape(struct buf *out, const char *shape)
{
    for (const char *p = shape; *p != '\0'; p++)
        if (strchr("MLZ0123456789. ", *p) != NULL)
            buf_char(out, *p);
}

static void corner_of_tile(size_t i, double *ret_x, double *ret_y)
{
    size_t column = i % COLUMNS, line = i / COLUMNS;

    *ret_x = (double)column * (TILE_W + GAP);
    *ret_y = (double)line * (TILE_H + GAP);
}

static void area(struct buf *out, const struct map *m, size_t i)
{
    const struct map_area *a = &m->area[i];
    int shade = shade_of(m, a->shade);
    double x, y;

    corner_of_tile(i, &x, &y);
    if (a->shape != NULL) {
        buf_lit(out, "<path d=\"");
        put_shape(out, a->shape);
        buf_lit(out, "\"");
    } else {
        buf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"", (int)x, (int)y, TILE_W,
                   TILE_H);
    }
    if (shade == 0)
        buf_printf(out, " class=\"peil-map__area\" fill=\"url(#%s-h)\"/>", m->id);
    else
        buf_printf(out, " class=\"peil-map__area peil-map__area--%d\"/>", shade);
}

/* The name and the value; drawn after all areas, as a small area is narrower than its name. */
static void label(struct buf *out, const struct map *m, size_t i)
{
    const struct map_area *a = &m->area[i];
    int shade = shade_of(m, a->shade);
    const char *tone = shade > 3 ? " peil-map__name--dark" : shade == 0 ? " peil-map__name--blank" : "";
    char class[64];
    double x, y;

    corner_of_tile(i, &x, &y);
    x = a->shape != NULL ? a->x : x + TILE_W / 2.0;
    y = a->shape != NULL ? a->y : y + 46;
    snprintf(class, sizeof class, "peil-map__name%s", tone);
    text_at(out, class, x, y, a->name);
    snprintf(class, sizeof class, "peil-map__value%s", tone);
    text_at(out, class, x, y + 36, a->value[0] != '\0' ? a->value : "–");
}

void map_svg(const struct map *m, struct buf *out)
{
    size_t lines = (m->n + COLUMNS - 1) / COLUMNS;
    double height = (double)lines * (TILE_H + GAP);

    open_svg(out, "peil-map", WIDTH, m->source != NULL ? m->height : height, m->id, m->title, m->description);
    hatching(out, m->id);
    for (size_t i = 0; i < m->n; i++)
        area(out, m, i);
    for (size_t i = 0; i < m->n; i++)
        label(out, m, i);
    if (m->source != NULL)
        text_at(out, "peil-map__source", WIDTH - 4, m->height - 8, m->source);
    buf_lit(out, "</svg>");
}

/* ── Small multiples ── */

static double highest(const struct multiples *m)
{
    double high = isnan(m->norm) ? 0 : m->norm;

    for (size_t k = 0; k < m->charts; k++)
        for (size_t i = 0; i < m->n; i++)
            high = isnan(m->chart[k].value[i]) ? high : fmax(high, m->chart[k].value[i]);
    return high > 0 ? high * 1.05 : 1;
}

static double y_of(double top, double high, double v)
{
    return top + SMALL_BOTTOM - (SMALL_BOTTOM - SMALL_TOP) * v / high;
}

static void line(struct buf *out, const struct multiples *m, const struct multiple *k, double left,
                 double top, double high)
{
    double step = m->n > 1 ? (double)(SMALL_W - 30) / (double)(m->n - 1) : 0;
    bool drawn = false;

    buf_lit(out, "<path class=\"peil-chart__line\" d=\"");
    for (size_t i = 0; i < m->n; i++) {
        bool known = !isnan(k->value[i]);
        if (known) {
            buf_char(out, drawn ? 'L' : 'M');
            buf_fixed(out, left + 10 + step * (double)i, 1, '.');
            buf_char(out, ' ');
            buf_fixed(out, y_of(top, high, fmax(0, k->value[i])), 1, '.');
        }
        drawn = known;
    }
    buf_lit(out, "\"/>");
    for (size_t i = 0; i < m->n; i++) /* a month alone is a point */
        if (!isnan(k->value[i])) {
            buf_lit(out, "<circle class=\"peil-chart__point\" r=\"3\" cx=\"");
            buf_fixed(out, left + 10 + step * (double)i, 1, '.');
            buf_lit(out, "\" cy=\"");
            buf_fixed(out, y_of(top, high, fmax(0, k->value[i])), 1, '.');
            buf_lit(out, "\"/>");
        }
}

static void level(struct buf *out, const char *class, double left, double y)
{
    buf_printf(out, "<line class=\"%s\" x1=\"", class);
    buf_fixed(out, left + 4, 1, '.');
    buf_lit(out, "\" x2=\"");
    buf_fixed(out, left + SMALL_W - 14, 1, '.');
    buf_lit(out, "\" y1=\"");
    buf_fixed(out, y, 1, '.');
    buf_lit(out, "\" y2=\"");
    buf_fixed(out, y, 1, '.');
    buf_lit(out, "\"/>");
}

void multiples_svg(const struct multiples *m, struct buf *out)
{
    size_t lines = (m->charts + SMALL_COLUMNS - 1) / SMALL_COLUMNS;
    double high = highest(m), rows = (double)lines;

    open_svg(out, "peil-chart peil-chart--small", SMALL_W * SMALL_COLUMNS, rows * SMALL_H, m->id, m->title,
             m->description);
    for (size_t k = 0; k < m->charts; k++) {
        size_t at = k / SMALL_COLUMNS;
        double left = (double)(k % SMALL_COLUMNS) * SMALL_W, top = (double)at * SMALL_H;
        text_at(out, "peil-chart__name", left + 4, top + 20, m->chart[k].name);
        text_at(out, "peil-chart__last", left + SMALL_W - 14, top + 20, m->chart[k].last);
        level(out, "peil-chart__grid", left, top + SMALL_BOTTOM);
        if (!isnan(m->norm))
            level(out, "peil-chart__norm", left, y_of(top, high, m->norm));
        line(out, m, &m->chart[k], left, top, high);
    }
    buf_lit(out, "</svg>");
}
