// SPDX-License-Identifier: EUPL-1.2
#include "account/map.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    WIDTH = 1000,
    COLUMNS = 4,
    NARROW_COLUMNS = 2,
    TILE_W = 240,
    TILE_H = 110,
    GAP = 12,
    TILE_LETTERS = 22
};
enum { /* a line of the list below outlines; letters of a name and of the source that fit */
       PHONE_LINE = 62,
       PHONE_NUMBER = 64,
       PHONE_LETTERS = 26,
       PHONE_SOURCE = 54
};
enum {
    SMALL_W = 260,
    SMALL_H = 130,
    SMALL_COLUMNS = 3,
    SMALL_TOP = 34,
    SMALL_BOTTOM = 112,
    SMALL_LETTERS = 29
};

struct opening {
    const char *class, *id, *title, *description;
    const char *suffix; /* of the ids: one drawing for a window, one for a phone */
    double width, height;
};

static void open_svg(struct buf *out, const struct opening *o)
{
    buf_printf(out, "<svg class=\"%s\" viewBox=\"0 0 ", o->class);
    buf_fixed(out, o->width, 0, '.');
    buf_char(out, ' ');
    buf_fixed(out, o->height, 0, '.');
    buf_printf(out, "\" role=\"img\" aria-labelledby=\"%s-t%s %s-d%s\">", o->id, o->suffix, o->id, o->suffix);
    buf_printf(out, "<title id=\"%s-t%s\">", o->id, o->suffix);
    buf_html(out, o->title);
    buf_printf(out, "</title><desc id=\"%s-d%s\">", o->id, o->suffix);
    buf_html(out, o->description);
    buf_lit(out, "</desc>");
}

/* The bytes of the first `most` letters; all of them when there are no more. */
static size_t bytes_of(const char *text, size_t most)
{
    size_t n = 0, at = 0;

    for (; text[at] != '\0'; at++)
        if (((unsigned char)text[at] & 0xC0) != 0x80 && n++ == most)
            break;
    return at;
}

/* Where a name is broken in two lines: after the last blank or hyphen that fits, else within the word. */
static size_t break_of(const char *name)
{
    size_t fits = bytes_of(name, TILE_LETTERS), at = fits;

    if (name[fits] == '\0')
        return fits;
    while (at > 0 && name[at] != ' ' && name[at - 1] != '-')
        at--;
    return at > 0 ? at : fits;
}

/* At most `most` letters of it; what is cut off ends in three dots. */
static void text_at(struct buf *out, const char *class, double x, double y, const char *text, size_t most)
{
    size_t n = bytes_of(text, most);
    bool cut = text[n] != '\0';
    buf_printf(out, "<text class=\"%s\" x=\"", class);
    buf_fixed(out, x, 1, '.');
    buf_lit(out, "\" y=\"");
    buf_fixed(out, y, 1, '.');
    buf_lit(out, "\">");
    buf_html_part(out, text, cut ? bytes_of(text, most - 1) : n);
    buf_str(out, cut ? "…</text>" : "</text>");
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

static void hatching(struct buf *out, const char *id, const char *suffix)
{
    buf_printf(out,
               "<defs><pattern id=\"%s-h%s\" width=\"10\" height=\"10\" patternUnits=\"userSpaceOnUse\" "
               "patternTransform=\"rotate(45)\"><rect class=\"peil-map__blank\" width=\"10\" height=\"10\"/>"
               "<line class=\"peil-map__hatch\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"10\"/></pattern></defs>",
               id, suffix);
}

/* Only what an outline is made of goes into the attribute. */
static void put_shape(struct buf *out, const char *shape)
{
    for (const char *p = shape; *p != '\0'; p++)
        if (strchr("MLZ0123456789. ", *p) != NULL)
            buf_char(out, *p);
}

static void corner_of_tile(size_t columns, size_t i, double *ret_x, double *ret_y)
{
    size_t column = i % columns, line = i / columns;

    *ret_x = (double)column * (TILE_W + GAP);
    *ret_y = (double)line * (TILE_H + GAP);
}

static void area(struct buf *out, const struct map *m, size_t columns, size_t i)
{
    const struct map_area *a = &m->area[i];
    int shade = shade_of(m, a->shade);
    double x, y;

    corner_of_tile(columns, i, &x, &y);
    if (a->shape != NULL) {
        buf_lit(out, "<path d=\"");
        put_shape(out, a->shape);
        buf_lit(out, "\"");
    } else {
        buf_printf(out, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"8\"", (int)x, (int)y, TILE_W,
                   TILE_H);
    }
    if (shade == 0)
        buf_printf(out, " class=\"peil-map__area\" fill=\"url(#%s-h%s)\"/>", m->id,
                   columns == COLUMNS ? "" : "n");
    else
        buf_printf(out, " class=\"peil-map__area peil-map__area--%d\"/>", shade);
}

/* The name and the value; drawn after all areas, as a small area is narrower than its name. */
static void label(struct buf *out, const struct map *m, size_t columns, size_t i)
{
    const struct map_area *a = &m->area[i];
    int shade = shade_of(m, a->shade);
    const char *tone = shade > 3 ? " peil-map__name--dark" : shade == 0 ? " peil-map__name--blank" : "";
    char class[64];
    double x, y;

    corner_of_tile(columns, i, &x, &y);
    x = a->shape != NULL ? a->x : x + TILE_W / 2.0;
    y = a->shape != NULL ? a->y : y + 46;
    size_t first = a->shape != NULL ? strlen(a->name) : break_of(a->name);
    bool broken = a->name[first] != '\0';
    snprintf(class, sizeof class, "peil-map__name%s", tone);
    if (broken) {
        char line[4 * TILE_LETTERS + 1];
        snprintf(line, sizeof line, "%.*s", (int)first, a->name);
        text_at(out, class, x, y - 16, line, TILE_LETTERS);
        text_at(out, class, x, y + 6, a->name + first + (a->name[first] == ' '), TILE_LETTERS);
    } else {
        text_at(out, class, x, y, a->name, first + 1);
    }
    snprintf(class, sizeof class, "peil-map__value%s", tone);
    text_at(out, class, x, y + (broken ? 42 : 36), a->value[0] != '\0' ? a->value : "–", TILE_LETTERS);
}

static void draw_map(const struct map *m, size_t columns, struct buf *out)
{
    bool tiles = m->source == NULL, narrow = columns != COLUMNS;
    size_t lines = (m->n + columns - 1) / columns;
    const struct opening o = { .class = !tiles   ? "peil-map peil-map--drawn peil-chart--wide"
                                        : narrow ? "peil-map peil-chart--narrow"
                                                 : "peil-map peil-chart--wide",
                               .id = m->id,
                               .title = m->title,
                               .description = m->description,
                               .suffix = narrow ? "n" : "",
                               .width = narrow ? NARROW_COLUMNS * (TILE_W + GAP) - GAP : WIDTH,
                               .height = tiles ? (double)lines * (TILE_H + GAP) : m->height };

    open_svg(out, &o);
    hatching(out, m->id, o.suffix);
    for (size_t i = 0; i < m->n; i++)
        area(out, m, columns, i);
    for (size_t i = 0; i < m->n; i++)
        label(out, m, columns, i);
    if (!tiles)
        text_at(out, "peil-map__source", WIDTH - 4, m->height - 8, m->source, WIDTH);
    buf_lit(out, "</svg>");
}

/* ── Outlines on a phone: there a name is wider than its area. Areas have a number, and a list below says
 * which number is which. ── */

static void number_of(size_t i, char text[24])
{
    *text_put_int(text, (int64_t)i + 1) = '\0';
}

static void numbers(const struct map *m, struct buf *out)
{
    char number[24], class[64];

    for (size_t i = 0; i < m->n; i++) {
        int shade = shade_of(m, m->area[i].shade);
        snprintf(class, sizeof class, "peil-map__name%s",
                 shade > 3    ? " peil-map__name--dark"
                 : shade == 0 ? " peil-map__name--blank"
                              : "");
        number_of(i, number);
        text_at(out, class, m->area[i].x, m->area[i].y + PHONE_LINE / 4.0, number, sizeof number);
    }
}

static void legend(const struct map *m, double top, struct buf *out)
{
    char number[24];

    for (size_t i = 0; i < m->n; i++) {
        double y = top + (double)i * PHONE_LINE;
        number_of(i, number);
        text_at(out, "peil-map__number", PHONE_NUMBER, y, number, sizeof number);
        text_at(out, "peil-map__row", PHONE_NUMBER + 24, y, m->area[i].name, PHONE_LETTERS);
        text_at(out, "peil-map__number", WIDTH - 4, y, m->area[i].value[0] != '\0' ? m->area[i].value : "–",
                TILE_LETTERS);
    }
}

static void draw_on_phone(const struct map *m, struct buf *out)
{
    double rows = m->height + PHONE_LINE, end = rows + (double)m->n * PHONE_LINE;
    const struct opening o = { .class = "peil-map peil-map--drawn peil-chart--narrow",
                               .id = m->id,
                               .title = m->title,
                               .description = m->description,
                               .suffix = "n",
                               .width = WIDTH,
                               .height = end + PHONE_LINE / 4.0 };

    open_svg(out, &o);
    hatching(out, m->id, o.suffix);
    for (size_t i = 0; i < m->n; i++)
        area(out, m, NARROW_COLUMNS, i);
    numbers(m, out);
    legend(m, rows, out);
    text_at(out, "peil-map__source", WIDTH - 4, end, m->source, PHONE_SOURCE);
    buf_lit(out, "</svg>");
}

void map_svg(const struct map *m, struct buf *out)
{
    draw_map(m, COLUMNS, out);
    if (m->source == NULL)
        draw_map(m, NARROW_COLUMNS, out);
    else
        draw_on_phone(m, out);
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

static void draw_multiples(const struct multiples *m, size_t columns, struct buf *out)
{
    bool narrow = columns == 1;
    size_t lines = (m->charts + columns - 1) / columns;
    double high = highest(m);
    const struct opening o = { .class = narrow ? "peil-chart peil-chart--small peil-chart--narrow"
                                               : "peil-chart peil-chart--small peil-chart--wide",
                               .id = m->id,
                               .title = m->title,
                               .description = m->description,
                               .suffix = narrow ? "n" : "",
                               .width = SMALL_W * (double)columns,
                               .height = SMALL_H * (double)lines };

    open_svg(out, &o);
    for (size_t k = 0; k < m->charts; k++) {
        size_t at = k / columns;
        double left = (double)(k % columns) * SMALL_W, top = (double)at * SMALL_H;
        size_t taken = bytes_of(m->chart[k].last, SMALL_LETTERS / 2);
        text_at(out, "peil-chart__name", left + 4, top + 20, m->chart[k].name, SMALL_LETTERS - taken);
        text_at(out, "peil-chart__last", left + SMALL_W - 14, top + 20, m->chart[k].last, SMALL_LETTERS / 2);
        level(out, "peil-chart__grid", left, top + SMALL_BOTTOM);
        if (!isnan(m->norm))
            level(out, "peil-chart__norm", left, y_of(top, high, m->norm));
        line(out, m, &m->chart[k], left, top, high);
    }
    buf_lit(out, "</svg>");
}

void multiples_svg(const struct multiples *m, struct buf *out)
{
    draw_multiples(m, SMALL_COLUMNS, out);
    draw_multiples(m, 1, out);
}
