// SPDX-License-Identifier: EUPL-1.2
#include "account/chart.h"

#include <math.h>

enum { HEIGHT = 320, LEFT = 44, TOP = 14, BOTTOM = 276, GRIDS = 4 };

/* For a window and for a phone: text has the same size on both, so a phone has room for fewer labels. */
struct shape {
    const char *class, *suffix; /* of the ids, which are unique on the page */
    double width, letter;       /* of the drawing; of one letter, on average */
    double dot, diamond, line;  /* line: from one to the next when names stand under each other */
};
static const struct shape wide = { "peil-chart--wide", "", 860, 7.6, 4.5, 9, 18 };
static const struct shape narrow = { "peil-chart--narrow", "n", 400, 8.6, 3, 6.5, 21 };

struct scale {
    const struct shape *shape;
    double top;   /* value at TOP; BOTTOM is 0 */
    double step;  /* between grid lines */
    double width; /* between points */
    double right; /* end of the lines; what is written at their end stands beyond it */
};

static double letters(const char *text)
{
    double n = 0;

    for (const char *p = text == NULL ? "" : text; *p != '\0'; p++)
        n += ((unsigned char)*p & 0xC0) != 0x80; /* bytes of UTF-8 that begin a letter */
    return n;
}

static double right_of(const struct chart *k, const struct shape *shape)
{
    const struct chart_line *const line[] = { &k->norm, &k->centre, &k->lower, &k->upper };
    double longest = fmax(letters(k->name), letters(k->second_name));

    for (size_t i = 0; i < COUNT(line); i++)
        if (!isnan(line[i]->value))
            longest = fmax(longest, letters(line[i]->label));
    return shape->width - (longest > 0 ? fmin(shape->width / 3, longest * shape->letter + 14) : 8);
}

static double highest(const struct chart *k)
{
    const double lines[] = { k->norm.value, k->centre.value, k->lower.value, k->upper.value };
    double high = 0;

    for (size_t i = 0; i < COUNT(lines); i++)
        high = fmax(high, isnan(lines[i]) ? 0 : lines[i]);
    for (size_t i = 0; i < k->n; i++) {
        const struct chart_point *p = &k->point[i];
        high = fmax(high, isnan(p->value) ? 0 : p->value);
        high = fmax(high, isnan(p->upper) ? 0 : p->upper);
        high = fmax(high, k->second == NULL || isnan(k->second[i]) ? 0 : k->second[i]);
    }
    return high;
}

/* Steps of 1, 2 or 5 times a power of ten, so that about GRIDS lines fit. */
static struct scale scale_of(const struct chart *k, const struct shape *shape)
{
    double right = right_of(k, shape);
    double high = highest(k);
    double rough = high > 0 ? high / GRIDS : 1;
    double power = pow(10, floor(log10(rough)));
    double digit = rough / power;
    double step = power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);

    return (struct scale){ .shape = shape,
                           .step = step,
                           .top = step * fmax(1, ceil(high / step)),
                           .right = right,
                           .width = k->n > 1 ? (right - LEFT - 30) / (double)(k->n - 1) : 0 };
}

static double x_of(const struct scale *s, size_t i)
{
    return LEFT + 15 + s->width * (double)i;
}

static double y_of(const struct scale *s, double value)
{
    return BOTTOM - (BOTTOM - TOP) * value / s->top;
}

static void put(struct buf *out, double v)
{
    buf_fixed(out, v, 1, '.');
}

static void attr(struct buf *out, const char *name, double v)
{
    buf_char(out, ' ');
    buf_str(out, name);
    buf_lit(out, "=\"");
    put(out, v);
    buf_char(out, '"');
}

static void text_at(struct buf *out, const char *class, const char *anchor, double x, double y,
                    const char *text)
{
    buf_lit(out, "<text");
    if (class != NULL)
        buf_printf(out, " class=\"%s\"", class);
    attr(out, "x", x);
    attr(out, "y", y);
    buf_printf(out, " text-anchor=\"%s\">", anchor);
    buf_html(out, text);
    buf_lit(out, "</text>");
}

static void level(struct buf *out, const struct scale *s, const char *class, double y)
{
    buf_printf(out, "<line class=\"%s\"", class);
    attr(out, "x1", LEFT);
    attr(out, "x2", s->right);
    attr(out, "y1", y);
    attr(out, "y2", y);
    buf_lit(out, "/>");
}

static void grid(struct buf *out, const struct scale *s)
{
    for (int i = 0; i * s->step <= s->top * 1.0001; i++) {
        double v = i * s->step;
        struct buf number = { 0 };
        level(out, s, "peil-chart__grid", y_of(s, v));
        buf_fixed(&number, v, s->step < 1 ? 1 : 0, ',');
        text_at(out, NULL, "end", LEFT - 8, y_of(s, v) + 4.5, buf_text(&number));
        buf_free(&number);
    }
}

/* As many labels as there is room for, each in the middle under its point. */
static void months(struct buf *out, const struct chart *k, const struct scale *s)
{
    double free_from = 0;

    for (size_t i = 0; i < k->n; i++) {
        double half = letters(k->point[i].label) * s->shape->letter / 2, x = x_of(s, i);
        if (k->point[i].label == NULL || x - half < free_from || x + half > s->shape->width)
            continue;
        text_at(out, NULL, "middle", x, BOTTOM + 26, k->point[i].label);
        free_from = x + half + 2 * s->shape->letter;
    }
}

/* Where what is known ends and what is expected begins. */
static void turning(struct buf *out, const struct chart *k, const struct scale *s)
{
    if (k->now_name == NULL || k->now >= k->n)
        return;
    buf_lit(out, "<line class=\"peil-chart__limit\"");
    attr(out, "x1", x_of(s, k->now));
    attr(out, "x2", x_of(s, k->now));
    attr(out, "y1", TOP);
    attr(out, "y2", BOTTOM);
    buf_lit(out, "/>");
    text_at(out, "peil-chart__name", "start", x_of(s, k->now) + 6, TOP + 14, k->now_name);
}

struct mark {
    const struct chart_line *line;
    const char *class;
    double y; /* of its label */
};

/* Labels at the end of the lines, moved apart when they would touch. */
static void lines(struct buf *out, const struct chart *k, const struct scale *s)
{
    struct mark mark[] = { { &k->upper, "peil-chart__limit", 0 },
                           { &k->centre, "peil-chart__centre", 0 },
                           { &k->lower, "peil-chart__limit", 0 },
                           { &k->norm, "peil-chart__norm", 0 } };

    for (size_t i = 0; i < COUNT(mark); i++) {
        if (mark[i].line->label == NULL || isnan(mark[i].line->value))
            continue;
        level(out, s, mark[i].class, y_of(s, mark[i].line->value));
        mark[i].y = y_of(s, mark[i].line->value) + 4.5;
        for (size_t again = 0; again < COUNT(mark); again++)
            for (size_t j = 0; j < i; j++)
                if (mark[j].y > 0 && fabs(mark[j].y - mark[i].y) < s->shape->line)
                    mark[i].y = mark[j].y + s->shape->line;
        text_at(out, i == 1 ? "peil-chart__name" : NULL, "start", s->right + 8, mark[i].y,
                mark[i].line->label);
    }
}

static double edge(const struct chart *k, size_t i, bool inner, bool upper)
{
    if (inner)
        return k->inner[2 * i + upper];
    return upper ? k->point[i].upper : k->point[i].lower;
}

static bool has_edge(const struct chart *k, size_t i, bool inner)
{
    return i < k->n && !isnan(edge(k, i, inner, false)) && !isnan(edge(k, i, inner, true));
}

/* The interval as a band: one shape for each run of points where it is known, there along the top and back.
 */
static void band(struct buf *out, const struct chart *k, const struct scale *s, bool inner)
{
    for (size_t from = 0, to; from < k->n; from = to) {
        for (to = from; has_edge(k, to, inner);)
            to++;
        for (size_t i = 0; to - from > 1 && i < 2 * (to - from); i++) {
            bool back = i >= to - from;
            size_t at = back ? 2 * to - from - 1 - i : from + i;
            buf_str(out, i > 0 ? "L" : "<path class=\"peil-chart__band\" d=\"M");
            put(out, x_of(s, at));
            buf_char(out, ' ');
            put(out, y_of(s, edge(k, at, inner, !back)));
        }
        if (to - from > 1)
            buf_lit(out, "Z\"/>");
        to += to == from;
    }
}

static double value_of(const struct chart *k, size_t i, bool second)
{
    return second ? k->second[i] : k->point[i].value;
}

static void curve(struct buf *out, const struct chart *k, const struct scale *s, bool second)
{
    bool open = false;

    buf_printf(out, "<path class=\"%s\" d=\"", second ? "peil-chart__second" : "peil-chart__line");
    for (size_t i = 0; i < k->n; i++) {
        bool known = !isnan(value_of(k, i, second));
        if (known) {
            buf_char(out, open ? 'L' : 'M');
            put(out, x_of(s, i));
            buf_char(out, ' ');
            put(out, y_of(s, value_of(k, i, second)));
        }
        open = known;
    }
    buf_lit(out, "\"/>");
}

/* Squares, and the names of both at their ends, kept apart. */
static void second(struct buf *out, const struct chart *k, const struct scale *s)
{
    double at[2] = { NAN, NAN };

    for (size_t i = 0; i < k->n; i++) {
        if (!isnan(k->second[i])) {
            buf_lit(out, "<rect class=\"peil-chart__square\"");
            attr(out, "x", x_of(s, i) - 4);
            attr(out, "y", y_of(s, k->second[i]) - 4);
            buf_lit(out, " width=\"8\" height=\"8\"/>");
        }
        for (int of = 0; of < 2; of++)
            if (!isnan(value_of(k, i, of == 1)))
                at[of] = y_of(s, value_of(k, i, of == 1)) + 4.5;
    }
    if (fabs(at[0] - at[1]) < s->shape->line)
        at[at[0] < at[1] ? 1 : 0] = fmin(at[0], at[1]) + s->shape->line;
    if (k->name != NULL && !isnan(at[0]))
        text_at(out, "peil-chart__name", "start", s->right + 8, at[0], k->name);
    if (k->second_name != NULL && !isnan(at[1]))
        text_at(out, "peil-chart__name", "start", s->right + 8, at[1], k->second_name);
}

static void diamond(struct buf *out, double size, double x, double y, bool better)
{
    buf_printf(out, "<path class=\"peil-chart__signal%s\" d=\"M",
               better ? " peil-chart__signal--better" : "");
    put(out, x);
    buf_char(out, ' ');
    put(out, y - size);
    for (int side = 0; side < 3; side++) {
        buf_char(out, side == 0 ? 'l' : ' ');
        put(out, side == 0 ? size : -size);
        buf_char(out, ' ');
        put(out, side == 2 ? -size : size);
    }
    buf_lit(out, "z\"/>");
}

static void points(struct buf *out, const struct chart *k, const struct scale *s)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct chart_point *p = &k->point[i];
        if (isnan(p->value))
            continue;
        if (p->signal) {
            bool below = p->value < (isnan(k->centre.value) ? k->norm.value : k->centre.value);
            diamond(out, s->shape->diamond, x_of(s, i), y_of(s, p->value), below == k->lower_is_better);
            continue;
        }
        buf_lit(out, "<circle class=\"peil-chart__point\"");
        attr(out, "cx", x_of(s, i));
        attr(out, "cy", y_of(s, p->value));
        attr(out, "r", s->shape->dot);
        buf_lit(out, "/>");
    }
}

static void draw(const struct chart *k, const struct shape *shape, struct buf *out)
{
    struct scale s = scale_of(k, shape);
    const char *end = shape->suffix;

    buf_printf(out, "<svg class=\"peil-chart %s\" viewBox=\"0 0 %d %d\" role=\"img\" ", shape->class,
               (int)shape->width, HEIGHT);
    buf_printf(out, "aria-labelledby=\"%s-t%s %s-d%s\"><title id=\"%s-t%s\">", k->id, end, k->id, end, k->id,
               end);
    buf_html(out, k->title);
    buf_printf(out, "</title><desc id=\"%s-d%s\">", k->id, end);
    buf_html(out, k->description);
    buf_lit(out, "</desc>");
    grid(out, &s);
    band(out, k, &s, false);
    if (k->inner != NULL)
        band(out, k, &s, true);
    lines(out, k, &s);
    turning(out, k, &s);
    if (k->second != NULL)
        curve(out, k, &s, true);
    curve(out, k, &s, false);
    points(out, k, &s);
    if (k->second != NULL)
        second(out, k, &s);
    months(out, k, &s);
    buf_lit(out, "</svg>");
}

void chart_svg(const struct chart *k, struct buf *out)
{
    draw(k, &wide, out);
}

void chart_narrow_svg(const struct chart *k, struct buf *out)
{
    draw(k, &narrow, out);
}
