// SPDX-License-Identifier: EUPL-1.2
/* One description of an answer, printed as JSON or as lines of text. */
#include "cli/stats.h"
#include "measure/interval.h"

#include <math.h>

#define COLUMN 13 /* of a table in text */

static void indent(struct stats *s)
{
    for (int i = 1; i < s->depth; i++)
        buf_lit(&s->out, "  ");
}

/* What stands before a value: the comma and name of JSON, or the indented name of text. */
static void begin(struct stats *s, const char *name)
{
    size_t from = s->out.len;

    if (s->json) {
        if (!s->first)
            buf_char(&s->out, ',');
        if (name != NULL) {
            buf_json(&s->out, name);
            buf_char(&s->out, ':');
        }
    } else if (s->in_rows) {
        if (!s->head_done) {
            from = s->head.len;
            buf_str(&s->head, name);
            buf_pad(&s->head, from, COLUMN);
        }
    } else {
        indent(s);
        buf_str(&s->out, name);
        buf_pad(&s->out, from, 24);
    }
    s->first = false;
}

/* Without the blanks that only hold columns apart. */
static void put_line(struct stats *s, struct buf *line)
{
    while (line->len > 0 && line->data[line->len - 1] == ' ')
        line->len--;
    indent(s);
    buf_printf(&s->out, "%s\n", buf_text(line));
}

/* The text of a value is written to `s->out`, in a table to the line. */
static struct buf *target(struct stats *s)
{
    return !s->json && s->in_rows ? &s->line : &s->out;
}

static void end(struct stats *s, size_t from)
{
    if (s->json)
        return;
    if (s->in_rows)
        buf_pad(&s->line, from, COLUMN);
    else
        buf_char(&s->out, '\n');
}

static void put_value(struct stats *s, struct buf *b, double v)
{
    if (!s->json && isnan(v))
        buf_char(b, '-');
    else
        buf_number(b, v, s->json ? 15 : 6);
}

void out_number(struct stats *s, const char *name, double v)
{
    begin(s, name);
    size_t from = target(s)->len;
    put_value(s, target(s), v);
    end(s, from);
}

void out_count(struct stats *s, const char *name, int64_t v)
{
    begin(s, name);
    size_t from = target(s)->len;
    buf_int(target(s), v);
    end(s, from);
}

void out_text(struct stats *s, const char *name, const char *text)
{
    begin(s, name);
    size_t from = target(s)->len;
    if (s->json)
        buf_json(target(s), text);
    else
        buf_str(target(s), text != NULL ? text : "-");
    end(s, from);
}

void out_bool(struct stats *s, const char *name, bool v)
{
    begin(s, name);
    size_t from = target(s)->len;
    buf_str(target(s), v ? "true" : "false");
    end(s, from);
}

void out_numbers(struct stats *s, const char *name, const double *v, size_t n)
{
    begin(s, name);
    if (s->json)
        buf_char(&s->out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&s->out, s->json ? ',' : ' ');
        put_value(s, &s->out, v[i]);
    }
    if (s->json)
        buf_char(&s->out, ']');
    end(s, 0);
}

void out_interval(struct stats *s, const struct interval *v)
{
    out_number(s, "value", v->value);
    out_number(s, "lower", v->lower);
    out_number(s, "upper", v->upper);
}

static void open_with(struct stats *s, const char *name, char bracket)
{
    if (s->json) {
        begin(s, name);
        buf_char(&s->out, bracket);
    } else if (name != NULL && !s->in_rows) {
        indent(s);
        buf_printf(&s->out, "%s\n", name);
    }
    s->depth += s->in_rows ? 0 : 1;
    s->first = true;
}

static void close_with(struct stats *s, char bracket)
{
    if (s->json)
        buf_char(&s->out, bracket);
    s->first = false;
    s->depth -= s->in_rows ? 0 : 1;
}

/* The parts of a list stand apart by an empty line. */
void out_open(struct stats *s, const char *name)
{
    if (!s->json && !s->in_rows && name == NULL && !s->first)
        buf_char(&s->out, '\n');
    open_with(s, name, '{');
}

/* A line of a table is complete. */
void out_close(struct stats *s)
{
    close_with(s, '}');
    if (s->json || !s->in_rows)
        return;
    if (!s->head_done)
        put_line(s, &s->head);
    s->head_done = true;
    put_line(s, &s->line);
    buf_clear(&s->line);
}

void out_open_list(struct stats *s, const char *name)
{
    open_with(s, name, '[');
}

void out_close_list(struct stats *s)
{
    close_with(s, ']');
}

void out_open_rows(struct stats *s, const char *name)
{
    out_open_list(s, name);
    s->in_rows = true;
    s->head_done = false;
    buf_clear(&s->head);
    buf_clear(&s->line);
}

void out_close_rows(struct stats *s)
{
    s->in_rows = false;
    out_close_list(s);
}
