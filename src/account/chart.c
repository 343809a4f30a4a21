// SPDX-License-Identifier: EUPL-1.2
#include "account/chart.h"

#include <math.h>

enum { WIDTH = 860, HEIGHT = 320, LEFT = 44, RIGHT = 740, TOP = 14, BOTTOM = 276, GRIDS = 4, LABELS = 9 };

struct scale {
    double top;   /* value at TOP; BOTTOM is 0 */
    double step;  /* between grid lines */
    double width; /* between points */
};

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
static struct scale scale_of(const struct chart *k)
{
    double high = highest(k);
    double rough = high > 0 ? high / GRIDS : 1;
    double power = pow(10, floor(log10(rough)));
    double digit = rough / power;
    double step = power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);

    return (struct scale){ .step = step,
                           .top = step * fmax(1, ceil(high / step)),
                           .width = k->n > 1 ? (double)(RIGHT - LEFT - 30) / (double)(k->n - 1) : 0 };
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

static void level(struct buf *out, const char *class, double y)
{
    buf_printf(out, "<line class=\"%s\"", class);
    attr(out, "x1", LEFT);
    attr(out, "x2", RIGHT);
    attr(out, "y1", y);
    attr(out, "y2", y);
    buf_lit(out, "/>");
}

static void grid(struct buf *out, const struct scale *s)
{
    for (int i = 0; i * s->step <= s->top * 1.0001; i++) {
        double v = i * s->step;
        struct buf number = { 0 };
        level(out, "peil-chart__grid", y_of(s, v));
        buf_fixed(&number, v, s->step < 1 ? 1 : 0, ',');
        text_at(out, NULL, "end", LEFT - 8, y_of(s, v) + 4.5, buf_text(&number));
        buf_free(&number);
    }
}

static void months(struct buf *out, const struct chart *k, const struct scale *s)
{
    size_t every = (k->n + LABELS - 1) / LABELS;
    size_t drawn = 0;

    for (size_t i = 0; i < k->n; i += every == 0 ? 1 : every)
        if (k->point[i].label != NULL)
            text_at(out, drawn++ % 2 == 1 ? "peil-chart__small" : NULL, "middle", x_of(s, i), BOTTOM + 26,
                    k->point[i].label);
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
        level(out, mark[i].class, y_of(s, mark[i].line->value));
        mark[i].y = y_of(s, mark[i].line->value) + 4.5;
        for (size_t again = 0; again < COUNT(mark); again++)
            for (size_t j = 0; j < i; j++)
                if (mark[j].y > 0 && fabs(mark[j].y - mark[i].y) < 17)
                    mark[i].y = mark[j].y + 17;
        text_at(out, i == 1 ? "peil-chart__name" : NULL, "start", RIGHT + 8, mark[i].y, mark[i].line->label);
    }
}

static double edge(const struct chart *k, size_t i, bool inner, bool upper)
{
    if (inner)
        return k->inner[2 * i + upper];
    return upper ? k->point[i].upper : k->point[i].lower;
}

/* The interval as a band, piece by piece where it is known. */
static void band(struct buf *out, const struct chart *k, const struct scale *s, bool inner)
{
    for (size_t i = 0; i + 1 < k->n; i++) {
        double lower = edge(k, i, inner, false), upper = edge(k, i, inner, true);
        double next_lower = edge(k, i + 1, inner, false), next_upper = edge(k, i + 1, inner, true);
        if (isnan(lower) || isnan(upper) || isnan(next_lower) || isnan(next_upper))
            continue;
        const double corner[4][2] = { { x_of(s, i), y_of(s, upper) },
                                      { x_of(s, i + 1), y_of(s, next_upper) },
                                      { x_of(s, i + 1), y_of(s, next_lower) },
                                      { x_of(s, i), y_of(s, lower) } };
        buf_lit(out, "<path class=\"peil-chart__band\" d=\"");
        for (size_t j = 0; j < 4; j++) {
            buf_char(out, j == 0 ? 'M' : 'L');
            put(out, corner[j][0]);
            buf_char(out, ' ');
            put(out, corner[j][1]);
        }
        buf_lit(out, "Z\"/>");
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
    if (fabs(at[0] - at[1]) < 17)
        at[at[0] < at[1] ? 1 : 0] = fmin(at[0], at[1]) + 17;
    if (k->name != NULL && !isnan(at[0]))
        text_at(out, "peil-chart__name", "start", RIGHT + 8, at[0], k->name);
    if (k->second_name != NULL && !isnan(at[1]))
        text_at(out, "peil-chart__name", "start", RIGHT + 8, at[1], k->second_name);
}

static void diamond(struct buf *out, double x, double y, bool better)
{
    buf_printf(out, "<path class=\"peil-chart__signal%s\" d=\"M",
               better ? " peil-chart__signal--better" : "");
    put(out, x);
    buf_char(out, ' ');
    put(out, y - 9);
    buf_lit(out, "l9 9-9 9-9-9z\"/>");
}

static void points(struct buf *out, const struct chart *k, const struct scale *s)
{
    for (size_t i = 0; i < k->n; i++) {
        const struct chart_point *p = &k->point[i];
        if (isnan(p->value))
            continue;
        if (p->signal) {
            bool below = p->value < (isnan(k->centre.value) ? k->norm.value : k->centre.value);
            diamond(out, x_of(s, i), y_of(s, p->value), below == k->lower_is_better);
            continue;
        }
        buf_lit(out, "<circle class=\"peil-chart__point\"");
        attr(out, "cx", x_of(s, i));
        attr(out, "cy", y_of(s, p->value));
        buf_lit(out, " r=\"4.5\"/>");
    }
}

void chart_svg(const struct chart *k, struct buf *out)
{
    struct scale s = scale_of(k);

    buf_printf(out,
               "<svg class=\"peil-chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\">",
               WIDTH, HEIGHT, k->id, k->id);
    buf_printf(out, "<title id=\"%s-t\">", k->id);
    buf_html(out, k->title);
    buf_printf(out, "</title><desc id=\"%s-d\">", k->id);
    buf_html(out, k->description);
    buf_lit(out, "</desc>");
    grid(out, &s);
    band(out, k, &s, false);
    if (k->inner != NULL)
        band(out, k, &s, true);
    lines(out, k, &s);
    if (k->second != NULL)
        curve(out, k, &s, true);
    curve(out, k, &s, false);
    points(out, k, &s);
    if (k->second != NULL)
        second(out, k, &s);
    months(out, k, &s);
    buf_lit(out, "</svg>");
}
