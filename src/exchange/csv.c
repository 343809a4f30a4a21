// SPDX-License-Identifier: EUPL-1.2
#include "exchange/csv.h"

#include "exchange/csv_mark.h"

#include <string.h>

#define BUFFER_SIZE ((size_t)256 * 1024)

/* Where a field is, from the start of its record. */
struct span {
    uint32_t start, len;
    bool escaped; /* holds doubled quotes */
};

struct csv {
    struct source *source;
    char *buf;
    size_t cap;      /* bytes of text that fit; CSV_PAD more are allocated */
    size_t pos, end; /* start of the next record; end of the text */
    size_t block;    /* `mask` is about buf[block .. block + 63] */
    uint64_t mask;   /* marks not yet looked at */
    int64_t line;    /* line number at `pos` */
    bool ended;      /* the source has no more */
    char delimiter;
    struct span *span;
    struct csv_field *field;
};

/* The record that is being read; offsets into the buffer. */
struct scan {
    size_t start, field, close; /* of the record; of the field; its closing quote, 0 when there is none */
    size_t n, broken;
    int64_t lines;
    bool quoted, escaped;
};

static void block_set(struct csv *r, size_t at)
{
    r->block = at;
    r->mask = csv_marks(r->buf + at, r->delimiter);
}

/* Position of the next mark, or `end` when there is none in the buffer. */
static inline size_t mark_next(struct csv *r)
{
    size_t at;

    while (r->mask == 0) {
        if (r->block + 64 >= r->end)
            return r->end;
        block_set(r, r->block + 64);
    }
    at = r->block + (size_t)__builtin_ctzll(r->mask);
    r->mask &= r->mask - 1;
    return at;
}

/* Text of the source behind what is there. Sets `ended`. */
static enum err buffer_read(struct ctx *c, struct csv *r)
{
    size_t n;

    TRY(source_read(c, r->source, r->buf + r->end, r->cap - r->end, &n));
    r->end += n;
    r->ended = n == 0;
    memset(r->buf + r->end, 0, CSV_PAD);
    return OK;
}

static enum err buffer_grow(struct ctx *c, struct csv *r)
{
    char *bigger;

    TRY(ctx_alloc(c, 1, r->cap * 2 + CSV_PAD, (void *)&bigger));
    memcpy(bigger, r->buf, r->end);
    r->buf = bigger;
    r->cap *= 2;
    return OK;
}

static enum err too_long(struct ctx *c, const struct csv *r, const struct scan *s)
{
    if (s->quoted)
        return FAIL(E_INVALID,
                    _("Line %lld, column %zu: this field is longer than 1 MiB. Is a closing quote missing?"),
                    (long long)r->line, s->n + 1);
    return FAIL(E_INVALID, _("Line %lld, column %zu: this field or line is too long."), (long long)r->line,
                s->n + 1);
}

/* Makes room by moving the record to the front and reads on. `seen`: everything before it has been looked at.
 */
static enum err refill(struct ctx *c, struct csv *r, struct scan *s, size_t seen)
{
    size_t shift = s->start;

    if (r->end - s->field > CSV_FIELD_LIMIT || r->end - s->start > CSV_RECORD_LIMIT)
        return too_long(c, r, s);
    memmove(r->buf, r->buf + shift, r->end - shift);
    s->start = 0;
    s->field -= shift;
    s->close -= s->close ? shift : 0;
    r->end -= shift;
    if (r->cap - r->end < r->cap / 4)
        TRY(buffer_grow(c, r));
    TRY(buffer_read(c, r));
    block_set(r, seen - shift);
    return OK;
}

static enum err field_add(struct ctx *c, struct csv *r, struct scan *s, size_t at)
{
    size_t end = s->close ? s->close : at;

    if (end - s->field > CSV_FIELD_LIMIT || at - s->start > CSV_RECORD_LIMIT)
        return too_long(c, r, s);
    if (s->n == CSV_COLUMN_LIMIT)
        return FAIL(E_INVALID, _("Line %lld: more than %d columns."), (long long)r->line, CSV_COLUMN_LIMIT);
    if (s->close && at != s->close + 1 && s->broken == 0)
        s->broken = s->n + 1;
    r->span[s->n++] =
        (struct span){ (uint32_t)(s->field - s->start), (uint32_t)(end - s->field), s->escaped };
    s->field = at + 1;
    s->close = 0;
    s->escaped = false;
    return OK;
}

/* A quote at `at` in a quoted field: doubled, or the closing one. Needs one byte of text after it. */
static void quote_in_quotes(struct csv *r, struct scan *s, size_t at)
{
    if (at + 1 < r->end && r->buf[at + 1] == '"') {
        s->escaped = true;
        mark_next(r);
    } else {
        s->quoted = false;
        s->close = at;
    }
}

/* One mark inside quotes; *ret_seen is the position up to which everything is done. */
static void mark_in_quotes(struct csv *r, struct scan *s, size_t at)
{
    char ch = r->buf[at];

    if (ch == '"')
        quote_in_quotes(r, s, at);
    else if (ch == '\n' || (ch == '\r' && r->buf[at + 1] != '\n'))
        s->lines++;
}

/* The record that the end of the file ends; none when nothing is left. */
static enum err last_record(struct ctx *c, struct csv *r, struct scan *s)
{
    if (s->quoted)
        return FAIL(E_INVALID, _("Line %lld, column %zu: a quote is opened and never closed."),
                    (long long)r->line, s->n + 1);
    if (s->start == r->end)
        return OK;
    TRY(field_add(c, r, s, r->end));
    r->pos = r->end;
    return OK;
}

/* Behind the line end at `at`; CR LF is one. Needs one byte of text after a CR. */
static void line_end(struct csv *r, struct scan *s, size_t at)
{
    if (r->buf[at] == '\r' && at + 1 < r->end && r->buf[at + 1] == '\n') {
        mark_next(r);
        at++;
    }
    s->lines++;
    r->pos = at + 1;
}

/* Finds the fields of one record; s->n is 0 at the end of the file. */
static enum err record_scan(struct ctx *c, struct csv *r, struct scan *s)
{
    for (;;) {
        size_t at = mark_next(r);
        char ch;
        /* A quote or CR may belong together with the byte after it. */
        if (at + 1 >= r->end && !r->ended) {
            TRY(refill(c, r, s, at));
            continue;
        }
        if (at >= r->end)
            return last_record(c, r, s);
        ch = r->buf[at];
        if (s->quoted) {
            mark_in_quotes(r, s, at);
        } else if (ch == r->delimiter) {
            TRY(field_add(c, r, s, at));
        } else if (ch == '"') {
            if (at == s->field) {
                s->quoted = true;
                s->field++;
            }
        } else {
            TRY(field_add(c, r, s, at));
            line_end(r, s, at);
            return OK;
        }
    }
}

/* "a""b" -> a"b, in place. */
static size_t unescape(char *text, size_t len)
{
    size_t to = 0;

    for (size_t i = 0; i < len; i++) {
        text[to++] = text[i];
        if (text[i] == '"')
            i++;
    }
    return to;
}

static void record_finish(struct csv *r, const struct scan *s, struct csv_record *ret_record)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct span *f = &r->span[i];
        char *text = r->buf + s->start + f->start;
        size_t len = f->escaped ? unescape(text, f->len) : f->len;
        text[len] = '\0';
        r->field[i] = (struct csv_field){ text, len };
    }
    *ret_record = (struct csv_record){ .line = r->line, .n = s->n, .field = r->field, .broken = s->broken };
    r->line += s->lines;
}

enum err csv_next(struct ctx *c, struct csv *r, struct csv_record *ret_record, bool *ret_more)
{
    for (;;) {
        struct scan s = { .start = r->pos, .field = r->pos };
        TRY(record_scan(c, r, &s));
        if (s.n == 1 && r->span[0].start == 0 && r->span[0].len == 0) {
            r->line += s.lines; /* a blank line */
            continue;
        }
        record_finish(r, &s, ret_record);
        *ret_more = s.n > 0;
        return OK;
    }
}

static bool sep_line(struct csv *r)
{
    const char *p = r->buf;

    if (r->end < 6 || strncasecmp(p, "sep=", 4) != 0 || (p[5] != '\n' && p[5] != '\r') ||
        strchr(",;\t|", p[4]) == NULL)
        return false;
    r->delimiter = p[4];
    r->pos = p[5] == '\r' && p[6] == '\n' ? 7 : 6;
    r->line++;
    return true;
}

enum err csv_open(struct ctx *c, struct source *s, struct csv **ret_csv)
{
    struct csv *r;

    TRY(ctx_alloc(c, 1, sizeof *r, (void *)&r));
    TRY(ctx_alloc(c, 1, BUFFER_SIZE + CSV_PAD, (void *)&r->buf));
    TRY(ctx_alloc(c, CSV_COLUMN_LIMIT, sizeof *r->span, (void *)&r->span));
    TRY(ctx_alloc(c, CSV_COLUMN_LIMIT, sizeof *r->field, (void *)&r->field));
    r->source = s;
    r->cap = BUFFER_SIZE;
    r->line = 1;
    do
        TRY(buffer_read(c, r));
    while (!r->ended && r->end < CSV_GUESS_SIZE);
    if (!sep_line(r))
        r->delimiter = csv_guess(r->buf, r->end);
    block_set(r, r->pos);
    *ret_csv = r;
    return OK;
}

char csv_delimiter(const struct csv *r)
{
    return r->delimiter;
}
